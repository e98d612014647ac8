"""``engawa restore``: make an empty data folder what it was when a backup was made, less what was destroyed since."""

import os
from argparse import Namespace
from importlib import import_module
from pathlib import Path

from engawa.engine.backup.restoring import restore_backup
from engawa.engine.backup.sealed import Secret
from engawa.engine.command.terminal import ask_secret, bytes_progress, say
from engawa.engine.databases import OFFICE, PORCH
from engawa.engine.home import Home
from engawa.engine.opening import set_up_django
from engawa.engine.trouble import Trouble
from engawa.engine.zones import chosen_zones
from engawa.office.casework.retention.outside import NAME, bring_together, noted_in

_AGAIN = (
    "carry it out again before anybody works here: its records are due again under 保存と消去. Draw up a list there,"
    " compare its case numbers with the certificate, and let a second person approve it."
)


def run(args: Namespace, home: Home) -> int:
    for zone in (OFFICE, PORCH):
        if os.environ.get(zone.variable):
            raise Trouble(
                f"{zone.variable} is set; restore only fills the embedded PostgreSQL of a new data folder.",
                f"env -u {zone.variable} ./engawa restore {args.file} --home NEW_FOLDER",
            )
    destroyed = _list_of_destructions(args) if OFFICE in chosen_zones() else None
    secret = Secret.key_file(Path(args.key_file)) if args.key_file else Secret.passphrase(ask_secret("Passphrase"))
    with bytes_progress("putting back the databases") as count:
        about = restore_backup(Path(args.file).absolute(), secret, home, count, overdue=args.overdue)
    if destroyed:
        bring_together(home.keys / NAME, destroyed)
    # Only now: the settings make what is missing in the data folder, which had to be empty.
    set_up_django()
    with import_module("engawa.engine.house").open_house(home):
        say(f"{home.path} is as it was at {about.get('made_at')}.")
    if OFFICE in chosen_zones():
        _tell_how_far(home, lost=destroyed is None)
    return 0


def _list_of_destructions(args: Namespace) -> Path | None:
    """The newest copy of the list that there is; None where it was said to be lost.

    Raises:
        Trouble: there is none, or it cannot be read. Nothing was restored.
    """
    if args.list_lost:
        return None
    file = Path(args.destroyed or Path(args.file).parent / NAME).absolute()
    advice = (
        f"./engawa restore {args.file} --destroyed FILE   (keys/{NAME} of the house that was lost, or the newest copy;"
        " where none is left: --list-lost)"
    )
    if not file.is_file():
        raise Trouble(f"{file} is missing: the list of what was destroyed. Nothing was restored.", advice)
    try:
        noted_in(file)
    except ValueError as error:
        raise Trouble(f"{error}. Nothing was restored.", advice) from error
    return file


def _tell_how_far(home: Home, *, lost: bool) -> None:
    """Which certificates the operator has to look after, by date and reference."""
    noted = noted_in(home.keys / NAME)
    until = f"{noted[-1].approved_at:%Y-%m-%d %H:%M} UTC (certificate {noted[-1].destruction})" if noted else ""
    if lost:
        say("The list of destructions is lost: only those are known here that were noted before the backup.")
    say(f"The last destruction known here is of {until}." if until else "No destruction is known here.")
    say(f"Is there a certificate {'of a later date' if until else 'since the backup'}? Then {_AGAIN}")
