"""Every word of ``./engawa --help``, written for somebody who sees Engawa for the first time."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter, _SubParsersAction
from typing import TypeAlias

_ABOUT = """\
Engawa: from the first anonymous word to the verification report.

  ./engawa demo       look at it: a made-up city with staff, desks and talks
  ./engawa serve      run it for real
  ./engawa doctor     what is wrong, and the one line that mends it
"""
_AFTER = """\
Everything that must survive is kept in one folder: --home, else ENGAWA_HOME, else your user's data folder.
It holds its own PostgreSQL; to use another, see docs/operations.md.
"""

_SubCommands: TypeAlias = "_SubParsersAction[ArgumentParser]"


def make_parser() -> ArgumentParser:
    """The parser of the whole command."""
    parser = ArgumentParser(
        prog="engawa", description=_ABOUT, epilog=_AFTER, formatter_class=RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (_serve, _test, _check, _migrate):
        add(commands)
    return parser


def _command(commands: _SubCommands, name: str, short: str, long: str, *, django: bool = False) -> ArgumentParser:
    """One sub-command.

    Args:
        commands: where it is added.
        name: what is typed.
        short: its line in the list of commands.
        long: what its own help says first.
        django: whether its module can only be loaded once Django's settings stand.
    """
    parser = commands.add_parser(name, help=short, description=long, formatter_class=RawDescriptionHelpFormatter)
    parser.set_defaults(module=name.replace("import", "import_"), django=django)
    parser.add_argument("--home", metavar="FOLDER", help="the data folder (default: ENGAWA_HOME)")
    return parser


def _addresses(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="listen on this address (default: %(default)s, this machine only)"
    )
    for zone, port, who in (("porch", 8000, "visitors"), ("office", 8010, "staff")):
        parser.add_argument(
            f"--{zone}-port",
            type=int,
            default=port,
            metavar="PORT",
            help=f"pages of the {zone}, for {who} (default: %(default)s)",
        )
        parser.add_argument(
            f"--{zone}-live-port",
            type=int,
            metavar="PORT",
            help=f"live updates of the {zone} (default: one above its pages)",
        )
        parser.add_argument(
            f"--{zone}-live-url",
            metavar="URL",
            help=f"where a proxy leads to the {zone}'s live updates, such as /live/ (default: its port)",
        )


def _serve(commands: _SubCommands) -> None:
    parser = _command(
        commands,
        "serve",
        "run the house until Ctrl-C",
        "Run the porch (visitors) and the office (staff) until Ctrl-C or SIGTERM: databases, pages, live updates,\n"
        "courier and jobs. What dies is started again. With ENGAWA_ZONES=porch or office only that zone is run.",
        django=True,
    )
    _addresses(parser)


def _test(commands: _SubCommands) -> None:
    parser = _command(
        commands,
        "test",
        "run the checks and every test",
        "Run the checks (style, types, walls), then every test on real PostgreSQL and in a real browser.\n"
        "As root it installs Debian's Chromium and a Japanese font when they are missing. The last lines are pytest's\n"
        "summary. Words after -- go to pytest: ./engawa test --fast -- src/engawa/kernel -x",
    )
    parser.add_argument("--fast", action="store_true", help="leave out the slow tests and those in a browser")
    parser.add_argument("pytest", nargs="*", metavar="WORDS", help="words for pytest")


def _check(commands: _SubCommands) -> None:
    _command(
        commands,
        "check",
        "style, types and the walls between packages, without a test",
        "Run ruff, import-linter and mypy over the whole source; about a minute the first time.",
    )


def _migrate(commands: _SubCommands) -> None:
    _command(
        commands,
        "migrate",
        "bring the databases to the shape this version needs",
        "Bring the tables of both zones to the shape this version needs, as their owner. serve does this by itself\n"
        "for the embedded PostgreSQL; for another one, ENGAWA_OFFICE_OWNER_DB and ENGAWA_PORCH_OWNER_DB say how to\n"
        "reach it as the owner of the tables.",
        django=True,
    )
