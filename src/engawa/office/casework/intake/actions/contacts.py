"""The only writer of contacts that come in by the thousand; as with cases, each carries the import that made it."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.rows import insert_all
from engawa.kernel.taken import Taken, sort_out
from engawa.office.access.actors import AnyActor
from engawa.office.casework.households.models import Member
from engawa.office.casework.intake.actions.cases import check_may_take_in
from engawa.office.casework.intake.queries.cases import contacts_known
from engawa.office.casework.timeline.models import Contact

# What earlier ledgers have no column for: where a row is silent, it says nothing else than what is known.
_MAYBE_SILENT = ("at", "also_with", "members", "codes", "urgent", "writer")
_SETS = ("also_with", "members", "codes")
_COMPARED = (
    *("case_id", "on", "method", "counterpart", "minutes", "content", "own_words", "hearsay", "opinion", "place"),
    *("next_step", "next_on", *_MAYBE_SILENT),
)


@dataclass(frozen=True)
class ContactRow:
    """A contact as an earlier record has it; its number is unique in the house.

    A contact that was recorded here has no number: our own ledger gives its id instead. What was to be done next may
    be done by now: ``next_done_on`` is no part of what is compared. ``members`` are of the case's household.
    """

    number: str
    case_id: UUID
    on: dt.date
    method: str
    counterpart: str
    minutes: int | None = None
    content: str = ""
    own_words: str = ""
    hearsay: str = ""
    opinion: str = ""
    place: str = ""
    next_step: str = ""
    next_on: dt.date | None = None
    next_done_on: dt.date | None = None
    at: dt.time | None = None
    also_with: Sequence[str] = ()
    members: Sequence[UUID] = ()
    codes: Sequence[str] = ()
    urgent: bool = False
    writer: str = ""


@transaction.atomic
def take_in_contacts(*, by: AnyActor, import_id: UUID, rows: Sequence[ContactRow]) -> list[Taken]:
    """Make the contacts that are not known by their number. Nobody is called by what was urgent then."""
    check_may_take_in(by)
    contacts = contacts_known(row.number for row in rows)
    at_home = _still_at_home(contacts.values())
    known: dict[str, Any] = {number: _as_kept(contact, at_home) for number, contact in contacts.items()}
    heard = [_heard(row, contacts[row.number], known[row.number]) if row.number in known else row for row in rows]
    new, fates = sort_out(heard, known, lambda row: row.number, _COMPARED)
    now = clock.now()
    insert_all([Contact(**vars(row), import_id=import_id, urgent_seen_at=now if row.urgent else None) for row in new])
    return fates


def _still_at_home(contacts: Collection[Contact]) -> set[tuple[UUID, UUID]]:
    """Which members these contacts met are still of the household, each with the cases of it."""
    met = {member for contact in contacts for member in contact.members}
    if not met:
        return set()
    found = Member.objects.filter(pk__in=met, household__cases__isnull=False)
    return set(found.values_list("pk", "household__cases"))


def _as_kept(contact: Contact, at_home: Collection[tuple[UUID, UUID]]) -> ContactRow:
    """The contact as a row would tell it: whoever left the household can be named by none."""
    plain = {name: getattr(contact, name) for name in ("number", "next_done_on", *_COMPARED)}
    plain["members"] = [member for member in contact.members if (member, contact.case_id) in at_home]
    return ContactRow(**plain | {"writer": contact.written_by})


def _heard(row: ContactRow, contact: Contact, known: ContactRow) -> ContactRow:
    """The row with what is known in place of its silence.

    Who wrote here is known by their account, whatever they were called when the ledger went out.
    """
    silent = {name for name in _MAYBE_SILENT if not getattr(row, name)} | ({"writer"} if contact.by_id else set())
    alike = {name for name in _SETS if set(getattr(row, name)) == set(getattr(known, name))}
    return replace(row, **{name: getattr(known, name) for name in silent | alike})
