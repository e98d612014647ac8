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
    for add in (_demo, _serve, _import, _report, _staff, _keys, _backup, _restore, _migrate, _doctor, _test, _check):
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
    parser.add_argument(
        "--home", metavar="FOLDER", help="the data folder (default: ENGAWA_HOME, else your user's data directory)"
    )
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


def _demo(commands: _SubCommands) -> None:
    parser = _command(
        commands,
        "demo",
        "look around: an invented city with staff, desks and talks",
        "Build the invented city みやこ市 (the first time; about a minute), print how to sign in, and serve it until\n"
        "Ctrl-C. A folder that holds real data is refused.",
        django=True,
    )
    parser.add_argument("--fresh", action="store_true", help="throw the demo away and build it anew")
    parser.add_argument("--build-only", action="store_true", help="build the city, and do not serve it")
    parser.add_argument("--code", action="store_true", help="print the six digits that staff sign in with just now")
    _addresses(parser)


def _keys(commands: _SubCommands) -> None:
    parser = _command(
        commands,
        "keys",
        "show the office's keys, or put a new one in use",
        "Show which key visitors' words are sealed to, and the public keys that a porch and an office on different\n"
        "machines must be told of each other (ENGAWA_LINK_KEY).",
        django=True,
    )
    parser.add_argument("--rotate", action="store_true", help="make a new key and use it; the older ones stay")


def _doctor(commands: _SubCommands) -> None:
    _command(
        commands,
        "doctor",
        "what is wrong, and the one line that mends it",
        "Look at everything: programs, data folder, keys, space, databases, migrations, rights, both walls, the audit\n"
        "log's chain, letters set aside. Changes nothing. The exit status is 1 when something is to be mended.",
        django=True,
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


def _staff(commands: _SubCommands) -> None:
    parser = _command(
        commands,
        "staff",
        "let the first administrator in",
        "Make an administrator of a house that has none, or let one in again who lost the way. An administrator\n"
        "invites everybody else on the office's pages, and sees no case.",
        django=True,
    )
    parser.add_argument("--email", required=True, help="address to sign in with")
    parser.add_argument("--name", required=True, help="name as colleagues write it, such as 山田花子")
    parser.add_argument("--organisation", required=True, help="city, office or body; made where it is not known")
    parser.add_argument(
        "--office-url", default="http://localhost:8010", help="where the office is served (default: %(default)s)"
    )


def _backup(commands: _SubCommands) -> None:
    parser = _command(
        commands,
        "backup",
        "everything that must survive, in one encrypted file",
        "Write both databases, the keys and the rest of the data folder into one encrypted file, while everything\n"
        "runs. Without the passphrase (or key file) nobody can open it: keep that apart, and keep both. Names the\n"
        "backups beside it that are older than ENGAWA_BACKUP_DAYS (90).",
    )
    parser.add_argument("file", metavar="FILE", help="the file to make; never overwritten")
    parser.add_argument("--key-file", metavar="FILE", help="a file of at least 32 random bytes instead of a passphrase")


def _restore(commands: _SubCommands) -> None:
    parser = _command(
        commands,
        "restore",
        "make an empty data folder what it was when a backup was made",
        "Put a backup back into a data folder that is empty or does not exist yet. Nothing is ever overwritten, and\n"
        "a damaged file or a wrong passphrase leaves nothing half restored.",
    )
    parser.add_argument("file", metavar="FILE", help="a file made by ./engawa backup")
    parser.add_argument("--key-file", metavar="FILE", help="the key file, where the backup was made with one")
    parser.add_argument(
        "--destroyed",
        metavar="LIST",
        help="the newest copy of keys/destroyed.list (default: the one beside FILE); what was destroyed since the\n"
        "backup is destroyed again before the house opens",
    )
    parser.add_argument(
        "--list-lost",
        action="store_true",
        help="no copy of that list is left: what was destroyed since comes back, and you are told what to do",
    )
    parser.add_argument(
        "--overdue",
        action="store_true",
        help="take a backup older than backups are kept (ENGAWA_BACKUP_DAYS): it holds what was destroyed since",
    )


def _import(commands: _SubCommands) -> None:
    parser = _command(
        commands,
        "import",
        "bring in an office's existing ledger (Excel or CSV)",
        "Bring in a ledger: one workbook, or a folder of CSV files, with the sheets that there are: 相談ケース,\n"
        "対応記録, 状態, 本人, 世帯員, アセスメント, 計画 and so on (docs/ledger.md). Rows with a bad cell are\n"
        "set aside and the rest is taken in, as a whole or not at all. The same ledger twice changes nothing.",
        django=True,
    )
    parser.add_argument("ledger", metavar="FILE_OR_FOLDER", nargs="?", help="the workbook, or the folder of CSV files")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--set-aside", metavar="FILE.xlsx", help="save the rows set aside as a workbook to mend")
    parser.add_argument("--organisation", metavar="NAME", help="whose staff see the import (default: the only city)")
    parser.add_argument("--undo", action="store_true", help="undo the last import as a whole")


def _report(commands: _SubCommands) -> None:
    parser = _command(
        commands,
        "report",
        "the tables that are owed to the city and the prefecture",
        "Compute a report from the records. The only one so far is verification: the tables of the yearly\n"
        "verification report, for any window, any window to compare with, and as of any day.\n\n"
        "  ./engawa report verification --from 2020-09-01 --to 2021-08-31 --format pdf --out report.pdf",
        django=True,
    )
    parser.add_argument("report", choices=["verification"], help="which report")
    for name, what in (
        ("--from", "first day of the window"),
        ("--to", "last day of the window"),
        ("--compare-from", "first day of the window to compare with"),
        ("--compare-to", "last day of the window to compare with"),
        ("--as-of", "the day whose states count (default: the window's last)"),
    ):
        parser.add_argument(
            name,
            dest=name[2:].replace("-", "_").replace("from", "first").replace("to", "last"),
            metavar="DAY",
            required=name in {"--from", "--to"},
            help=f"{what}; 2020-09-01 or 令和2年9月1日",
        )
    parser.add_argument(
        "--format",
        choices=["csv", "json", "xlsx", "html", "pdf"],
        help="how to write it (default: by the ending of --out, else csv)",
    )
    parser.add_argument("--out", metavar="FILE", help="where to write it (default: standard output)")


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
