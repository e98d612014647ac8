"""Large ledgers are checked and taken in by a job, on behalf of whoever handed them over."""

import uuid

from procrastinate.contrib.django import app

from engawa.office.access.models import Staff
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.ledger.actions import receiving
from engawa.office.ledger.actions.progress import told_beside
from engawa.office.ledger.models import Import


def preview_later(staff_id: uuid.UUID, import_id: uuid.UUID) -> None:
    """Have the import previewed once this transaction is done."""
    preview.defer(staff_id=str(staff_id), import_id=str(import_id))


def take_in_later(staff_id: uuid.UUID, import_id: uuid.UUID) -> None:
    """Have the import taken in once this transaction is done."""
    take_in.defer(staff_id=str(staff_id), import_id=str(import_id))


@app.task(name="ledger.preview")
def preview(staff_id: str, import_id: str) -> None:
    _run(staff_id, import_id, dry_run=True)


@app.task(name="ledger.take_in")
def take_in(staff_id: str, import_id: str) -> None:
    _run(staff_id, import_id, dry_run=False)


def _run(staff_id: str, import_id: str, *, dry_run: bool) -> None:
    by = actor_of(Staff.objects.get(id=staff_id))
    try:
        with acting_as(by), told_beside(uuid.UUID(import_id)) as progress:
            entry = Import.objects.get(id=import_id)
            (receiving.preview if dry_run else receiving.take_in)(by=by, entry=entry, progress=progress)
    except Exception:
        with acting_as(by):
            receiving.break_off(by=by, entry=Import.objects.get(id=import_id))
        raise
