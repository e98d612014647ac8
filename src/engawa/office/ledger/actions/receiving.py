"""From the files that somebody hands over to a previewed and confirmed import."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.kernel.locks import lock_until_commit
from engawa.kernel.spreadsheets.cells import Refused
from engawa.kernel.spreadsheets.reading import Source
from engawa.kernel.words import Words, said_by
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.audit.actions import record
from engawa.office.casework.intake.actions import check_may_take_in
from engawa.office.ledger.actions.taking_in import Outcome, Progress, plan_of, silent, take_in_sources
from engawa.office.ledger.models import Import, SetAsideRow, Upload

Stage = Import.Stage


class WrongStage(Exception):
    """The import is not in a stage in which this can be done; the message says so."""


class _NoLongerAsShown(Exception):
    """What would be taken in is not what the preview had shown."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


@dataclass(frozen=True)
class Handed:
    """A ledger as it was handed over.

    Args:
        files: one workbook, or the CSV files of one ledger.
        name: what it is called; the files' own names where nothing is given.
        organisation: whose staff will see the import and may undo it; none for the command line.
    """

    files: Sequence[Source]
    name: str = ""
    organisation: Organisation | None = None


@transaction.atomic
def receive(*, by: AnyActor, ledger: Handed) -> Import:
    """Keep the files of one ledger for a preview.

    Args:
        by: needs ``ledger:file:import`` in the ledger's organisation.
        ledger: as it was handed over.

    Raises:
        NotAllowed: ``by`` may not import for this organisation.
        Refused: a file may not come in, or holds no sheet of a ledger.
    """
    check_may_take_in(by)
    organisation = ledger.organisation
    if isinstance(by, Actor) and (not organisation or organisation.id not in _organisations(by)):
        raise NotAllowed
    plan_of(ledger.files, Outcome())
    entry = Import.objects.create(
        file_name=ledger.name or _name_of(ledger.files), organisation=organisation, by_id=_staff(by), by_name=by.name
    )
    Upload.objects.bulk_create(Upload(belongs_to=entry, name=file.name, content=file.content) for file in ledger.files)
    record(by=by, deed="ledger.receive", subject=entry.file_name, detail={"import": str(entry.id)})
    return entry


def _organisations(by: Actor) -> list[uuid.UUID]:
    return by.organisations_with(Permission.LEDGER_FILE_IMPORT)


def _staff(by: AnyActor) -> uuid.UUID | None:
    return by.id if isinstance(by, Actor) else None


def _name_of(files: Sequence[Source]) -> str:
    names = [PurePath(file.name).name for file in files]
    return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"


@transaction.atomic
def preview(*, by: AnyActor, entry: Import, progress: Progress = silent) -> Outcome | None:
    """Find out what the import would do, and keep that for whoever decides. Nothing else changes.

    A file that turns out to be unreadable ends the import with its reason; there is no outcome then.
    """
    _check_stage(entry, Stage.RECEIVED, Stage.CHECKING, Stage.PREVIEWED)
    return _run(by, entry, progress, dry_run=True)


@transaction.atomic
def take_in(*, by: AnyActor, entry: Import, progress: Progress = silent) -> Outcome | None:
    """Take the ledger in as a whole; rows with a fault are set aside, and the files are forgotten afterwards.

    There is no outcome where the files turn out to be unreadable, and where something else is known by now than when
    the import was previewed (another import, one that was undone, a desk that closed): then nothing is taken in, and
    the import waits again with what would happen now.
    """
    _check_stage(entry, Stage.RECEIVED, Stage.PREVIEWED, Stage.TAKING)
    outcome = _run(by, entry, progress, dry_run=False)
    if outcome:
        entry.uploads.all().delete()
        record(
            by=by,
            deed="ledger.take_in",
            subject=entry.file_name,
            detail={"import": str(entry.id), "counts": entry.counts},
        )
    return outcome


@transaction.atomic
def mark_waiting(*, by: AnyActor, entry: Import, stage: Import.Stage) -> None:
    """Say that a job will go on with the import (``CHECKING`` or ``TAKING``)."""
    check_may_take_in(by)
    _check_stage(entry, Stage.RECEIVED, Stage.PREVIEWED)
    entry.stage = stage
    entry.rows_read = 0
    entry.save(update_fields=["stage", "rows_read"])


@transaction.atomic
def give_up(*, by: AnyActor, entry: Import) -> None:
    """Forget the files of an import that nobody wants any more, and the rows that were set aside."""
    check_may_take_in(by)
    _check_stage(entry, Stage.RECEIVED, Stage.PREVIEWED)
    _forget(entry)
    entry.stage = Stage.GIVEN_UP
    entry.save(update_fields=["stage"])
    record(by=by, deed="ledger.give_up", subject=entry.file_name, detail={"import": str(entry.id)})


@transaction.atomic
def break_off(*, by: AnyActor, entry: Import) -> None:
    """Say that an import could not be finished; nothing of it was kept."""
    check_may_take_in(by)
    _forget(entry)
    entry.stage = Stage.REFUSED
    entry.refusal = Words("取り込みの途中で思わぬことが起き、何も書き込まずにやめました。管理者に知らせてください。")
    entry.save(update_fields=["stage", "refusal"])
    record(by=by, deed="ledger.break_off", subject=entry.file_name, detail={"import": str(entry.id)})


def import_files(*, by: AnyActor, ledger: Handed, dry_run: bool = False, progress: Progress = silent) -> Outcome:
    """What ``./engawa import`` does: take a ledger in at once, or only say what would happen.

    Raises:
        Refused: a file may not come in, or holds no sheet of a ledger.
    """
    if dry_run:
        return take_in_sources(by=by, import_id=uuid7(), sources=ledger.files, dry_run=True, progress=progress)
    with acting_as(by):
        entry = receive(by=by, ledger=ledger)
        outcome = take_in(by=by, entry=entry, progress=progress)
    if outcome is None:
        raise Refused(entry.refusal)
    return outcome


def _check_stage(entry: Import, *stages: str) -> None:
    # The row itself is not locked: progress is written to it from beside.
    lock_until_commit(f"ledger.import.{entry.id}")
    entry.refresh_from_db()
    if entry.stage not in stages:
        said = "この取り込みは「%(stage)s」です。今の操作では何も変えていません。今のようすは、この下のとおりです。"
        raise WrongStage(Words(said, stage=entry.get_stage_display()))


def _run(by: AnyActor, entry: Import, progress: Progress, *, dry_run: bool) -> Outcome | None:
    files = [Source(upload.name, bytes(upload.content)) for upload in entry.uploads.all()]
    try:
        with transaction.atomic():
            outcome = take_in_sources(by=by, import_id=entry.id, sources=files, dry_run=dry_run, progress=progress)
            if not dry_run:
                _check_as_shown(entry, outcome)
    except Refused as refusal:
        _forget(entry)
        entry.stage, entry.refusal = Stage.REFUSED, said_by(refusal)
        entry.save()
        return None
    except _NoLongerAsShown as moved:
        entry.stage, entry.counts_before = Stage.PREVIEWED, entry.counts
        _keep(entry, moved.outcome)
        return None
    entry.stage, entry.counts_before = (Stage.PREVIEWED if dry_run else Stage.DONE), {}
    if not dry_run:
        entry.taken_at, entry.taken_by_name = clock.now(), by.name
    _keep(entry, outcome)
    return outcome


def _check_as_shown(entry: Import, outcome: Outcome) -> None:
    """What nobody has looked at beforehand was shown to nobody."""
    if entry.counts not in ({}, _counts(outcome)):
        raise _NoLongerAsShown(outcome)


def _forget(entry: Import) -> None:
    """An import that comes to nothing keeps nothing of what people told."""
    entry.uploads.all().delete()
    entry.set_aside.all().delete()


def _counts(outcome: Outcome) -> dict[str, dict[str, int]]:
    return {name: dict(count) for name, count in outcome.counts.items()}


def _keep(entry: Import, outcome: Outcome) -> None:
    entry.counts = _counts(outcome)
    entry.remarks, entry.founded = outcome.remarks, outcome.founded
    entry.rows_read = entry.rows_in_all = sum(count["read"] for count in outcome.counts.values())
    entry.save()
    entry.set_aside.all().delete()
    rows = (
        SetAsideRow(
            belongs_to=entry,
            position=position,
            sheet=row.sheet,
            row=row.line,
            column=row.fault.column,
            value=row.fault.value,
            problem=row.fault.problem,
            accepted=row.fault.accepted,
            cells=row.cells,
        )
        for position, row in enumerate(outcome.set_aside)
    )
    SetAsideRow.objects.bulk_create(rows, batch_size=2_000)
