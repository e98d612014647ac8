"""``engawa import``: bring in an office's ledger, or undo the last one."""

from argparse import Namespace
from pathlib import Path

from django.db import transaction
from django.utils.translation import override

from engawa.engine.command.terminal import in_english, progress, say, write_file
from engawa.engine.home import Home
from engawa.engine.house import open_house
from engawa.engine.trouble import Trouble
from engawa.kernel.spreadsheets.cells import Refused
from engawa.kernel.spreadsheets.reading import sources_of
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation
from engawa.office.access.walls import acting_as
from engawa.office.ledger.actions.receiving import Handed, import_files
from engawa.office.ledger.actions.taking_in import Outcome
from engawa.office.ledger.actions.undoing import NotUndoable, undo
from engawa.office.ledger.mending import mending_book
from engawa.office.ledger.models import Import

SHOWN_ROWS = 20


def run(args: Namespace, home: Home) -> int:
    if not args.ledger and not args.undo:
        raise Trouble("No ledger was named.", "./engawa import FILE_OR_FOLDER")
    with open_house(home):
        if args.undo:
            return _undo_last()
        outcome = _import(args)
    _tell(outcome, dry_run=args.dry_run)
    if args.set_aside and outcome.set_aside:
        kept = "Nothing was changed." if args.dry_run else "What was taken in stays; the same ledger can come again."
        with override("en"):
            book = mending_book(outcome.set_aside)
        write_file(args.set_aside, book, kept)
        say(f"rows set aside: saved to {args.set_aside}; mend them there and import that file")
    return 0


def _import(args: Namespace) -> Outcome:
    path = Path(args.ledger).expanduser()
    if not path.exists():
        raise Trouble(f"There is no file or folder {path}. Nothing was changed.")
    organisation = _organisation(args.organisation)
    with progress() as bar:
        task = bar.add_task("reading", total=None)
        try:
            return import_files(
                by=COMMAND,
                ledger=Handed(sources_of(path), path.name, organisation),
                dry_run=args.dry_run,
                progress=lambda done, total, sheet: bar.update(task, completed=done, total=total, description=sheet),
            )
        except Refused as refusal:
            raise Trouble(f"{path.name}: {in_english(refusal)} Nothing was changed.") from refusal


def _organisation(name: str | None) -> Organisation | None:
    """The organisation of that name, or the only city there is."""
    if name:
        found = Organisation.objects.filter(name=name).first()
        if found is None:
            raise Trouble(f"There is no organisation “{name}”. Nothing was changed.")
        return found
    cities = list(Organisation.objects.filter(kind=Organisation.Kind.CITY)[:2])
    return cities[0] if len(cities) == 1 else None


def _undo_last() -> int:
    with acting_as(COMMAND), transaction.atomic():
        entry = Import.objects.filter(stage=Import.Stage.DONE).order_by("-taken_at").first()
        if entry is None:
            raise Trouble("There is no import to undo. Nothing was changed.")
        try:
            with override("en"):
                undo(by=COMMAND, entry=entry)
        except NotUndoable as error:
            later = "look at what was recorded since, in 台帳の取り込み; an import is undone as a whole or not at all"
            raise Trouble(f"{entry.file_name}: {in_english(error)}", later) from error
    say(f"undone: {entry.file_name}, taken in on {entry.taken_at:%Y-%m-%d %H:%M}")
    return 0


def _tell(outcome: Outcome, *, dry_run: bool) -> None:
    for sheet, count in outcome.counts.items():
        say(
            f"{sheet}: {count['read']} rows, {count['made']} {'would be ' if dry_run else ''}taken in, "
            f"{count['same']} known already, {count['set_aside']} set aside"
        )
    for remark in outcome.remarks:
        say(in_english(remark))
    for row in outcome.set_aside[:SHOWN_ROWS]:
        say(f"{row.sheet}, row {row.line}, {row.fault.column} “{row.fault.value}”: {in_english(row.fault.problem)}")
        say(f"    accepted: {in_english(row.fault.accepted)}")
    if len(outcome.set_aside) > SHOWN_ROWS:
        say(f"… and {len(outcome.set_aside) - SHOWN_ROWS} more rows set aside (--set-aside FILE.xlsx saves them all)")
    if dry_run:
        say("dry run: nothing was changed")
