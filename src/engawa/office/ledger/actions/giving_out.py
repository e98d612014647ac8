"""Giving the ledger out: what came in, and what was recorded since, as a workbook that could come in again."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from django.db import transaction
from django.utils.translation import override

from engawa.kernel.spreadsheets.writing import Page, Written, book_bytes
from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record, record_all
from engawa.office.casework.assessments.models import StageStep
from engawa.office.casework.cases.models import Case, CaseState
from engawa.office.casework.intake.queries.cases import cases_of, contact_codes, contacts_of, stages_of, states_of
from engawa.office.casework.intake.queries.family import Homes
from engawa.office.casework.intake.queries.telling import Telling
from engawa.office.casework.timeline.models import Contact, Counterpart
from engawa.office.ledger import rules
from engawa.office.ledger.rules import TOLD, Part, SheetKind

Row = Sequence[Written]
_WIDTH = 16


@transaction.atomic
def give_out(
    *, by: Actor, first: dt.date | None = None, last: dt.date | None = None, parts: Collection[Part] = ()
) -> bytes:
    """The ledger of the actor's organisations as a workbook; each case that leaves in it is noted.

    Args:
        by: needs ``ledger:file:export``; cases of those organisations go out, no others.
        first: received from this day on; from the beginning where none is given.
        last: received up to this day.
        parts: what goes out beside the cases and their course; names leave only where people are asked for.

    Raises:
        NotAllowed: ``by`` may not give out.
    """
    organisations = by.organisations_with(Permission.LEDGER_FILE_EXPORT)
    if not organisations:
        raise NotAllowed
    cases = cases_of(organisations, first, last)
    leaving = list(cases.values_list("pk", "number"))
    record_all(
        by=by, deeds=({"deed": "ledger.give_out_case", "subject": number, "case_id": pk} for pk, number in leaving)
    )
    days = {name: day.isoformat() for name, day in (("first", first), ("last", last)) if day}
    chosen = sorted(part.value for part in parts)
    record(by=by, deed="ledger.give_out", detail={"cases": len(leaving), "parts": chosen, **days})
    with override("ja"):  # the words of the ledger, whatever language the screen speaks
        return book_bytes(_pages(Telling(cases, organisations), parts))


def _pages(telling: Telling, parts: Collection[Part]) -> Iterator[Page]:
    cases = telling.cases
    yield _case_page(list(cases))
    yield _page(rules.STATES, map(_state, states_of(cases)))
    row = _Contacts(telling.homes if Part.PEOPLE in parts else None).row
    yield _page(rules.CONTACTS, map(row, contacts_of(cases).iterator(chunk_size=2_000)))
    yield _page(rules.STAGES, map(_stage, stages_of(cases)))
    for kind in TOLD:
        if kind.part in parts:
            yield _page(kind, map(kind.cells_of, telling.rows(kind.row)))


def _page(kind: SheetKind, rows: Iterator[Row], further: Sequence[str] = ()) -> Page:
    columns = [*kind.names, *further]
    return Page(kind.name, columns, rows, widths=[_WIDTH] * len(columns))


def _case_page(cases: Sequence[Case]) -> Page:
    """The cases, with the further columns that came in with any of them."""
    further = list(dict.fromkeys(title for case in cases for title in case.notes))
    rows = ([*_case(case), *(case.notes.get(title, "") for title in further)] for case in cases)
    return _page(rules.CASES, rows, further)


def _case(case: Case) -> Row:
    who = (case.get_requester_display(), case.age, case.get_sex_display())
    return (case.number, case.received_on, case.desk.name, *who, case.route, case.complaint)


def _state(state: CaseState) -> Row:
    said = (state.reason, state.destination, state.note)
    return (state.case.number, state.effective_on, state.get_state_display(), *said)


class _Contacts:
    """Tells contacts; whom of the family they met only where people go out, with ``homes``."""

    def __init__(self, homes: Homes | None) -> None:
        self.homes = homes
        self.codes = {code: label for label, code in contact_codes().items()}

    def row(self, contact: Contact) -> Row:
        """One line of 対応記録."""
        number, case = contact.number or str(contact.pk), contact.case.number
        how = (f"{contact.at:%H:%M}" if contact.at else "", contact.get_method_display())
        others = ";".join(str(Counterpart(one).label) for one in contact.also_with)
        who = (contact.get_counterpart_display(), others, self._met(contact), contact.minutes)
        said = (contact.content, contact.own_words, contact.hearsay, contact.opinion, contact.place)
        counted = (";".join(self.codes.get(code, code) for code in contact.codes), "○" if contact.urgent else "")
        after = (contact.next_step, contact.next_on, contact.next_done_on, contact.written_by)
        return (number, case, contact.on, *how, *who, *said, *counted, *after)

    def _met(self, contact: Contact) -> str:
        return ";".join(self.homes.labels_in(contact.case.number, contact.members)) if self.homes else ""


def _stage(step: StageStep) -> Row:
    return (step.case.number, step.on, step.stage.label, step.note, step.written_by)
