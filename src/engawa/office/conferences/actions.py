"""The only writers of conferences and their agenda."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from engawa.kernel.rows import insert_all
from engawa.kernel.taken import Taken, sort_out
from engawa.office.access.actors import AnyActor
from engawa.office.casework.intake.actions import check_may_take_in
from engawa.office.conferences.models import AgendaItem, Conference


@dataclass(frozen=True)
class ConferenceRow:
    """A sitting as an earlier record has it."""

    number: str
    held_on: dt.date
    ward: str
    basis: str = ""
    agencies: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ItemRow:
    """One case at one sitting as an earlier record has it."""

    conference_id: uuid.UUID
    case_id: uuid.UUID
    kind: str
    route: str = ""
    lead: str = ""
    notes: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def take_in_conferences(*, by: AnyActor, import_id: uuid.UUID, rows: Sequence[ConferenceRow]) -> list[Taken]:
    """Make the sittings that are not known by their number."""
    check_may_take_in(by)
    known: dict[str, Any] = Conference.objects.in_bulk([row.number for row in rows], field_name="number")
    new, fates = sort_out(rows, known, lambda row: row.number, ("held_on", "ward", "basis", "agencies"))
    insert_all([Conference(**vars(row), import_id=import_id) for row in new])
    return fates


@transaction.atomic
def take_in_items(*, by: AnyActor, import_id: uuid.UUID, rows: Sequence[ItemRow]) -> list[Taken]:
    """Make the agenda items whose case is not yet on that sitting's agenda."""
    check_may_take_in(by)
    known: dict[Any, Any] = {
        (item.conference_id, item.case_id): item
        for item in AgendaItem.objects.filter(conference__in={row.conference_id for row in rows})
    }
    new, fates = sort_out(rows, known, lambda row: (row.conference_id, row.case_id), ("kind", "route", "lead"))
    insert_all([AgendaItem(**vars(row), import_id=import_id) for row in new])
    return fates


@transaction.atomic
def give_back(*, by: AnyActor, import_id: uuid.UUID) -> None:
    """Take away every sitting and agenda item of an import."""
    check_may_take_in(by)
    AgendaItem.objects.filter(import_id=import_id).delete()
    Conference.objects.filter(import_id=import_id).delete()
