"""The only writers of cases, states and stages that come in by the thousand.

They run as a part of the system (second wall), on behalf of ``by``; each row carries the import that made it.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.locks import lock_until_commit
from engawa.kernel.rows import insert_all
from engawa.kernel.taken import Taken, sort_out
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.models import Grant
from engawa.office.access.permissions import Permission
from engawa.office.casework.assessments.models import StageStep
from engawa.office.casework.cases.models import Case, CaseCounter, CaseSearch, CaseState, EndReason
from engawa.office.casework.cases.rules import index_of, read_number
from engawa.office.directory.models import Desk

_CASE_FIELDS = (
    *("received_on", "desk_id", "requester", "age_years", "age_band"),
    *("sex", "route", "complaint"),
)
_STATE_FIELDS = ("reason", "destination", "note")


@dataclass(frozen=True)
class CaseRow:
    """A case as an earlier record has it."""

    number: str
    received_on: dt.date
    desk_id: uuid.UUID
    requester: str
    age_years: int | None = None
    age_band: str = ""
    sex: str = "0"
    route: str = ""
    complaint: str = ""
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StateRow:
    """A change of state as an earlier record has it."""

    case_id: uuid.UUID
    effective_on: dt.date
    state: str
    reason: str = ""
    destination: str = ""
    note: str = ""


@dataclass(frozen=True)
class StageRow:
    """A stage of support that a case has reached, as an earlier record has it."""

    case_id: uuid.UUID
    on: dt.date
    stage_id: str
    note: str = ""
    writer: str = ""


def check_may_take_in(by: AnyActor) -> None:
    """Whether ``by`` may bring in earlier records.

    Raises:
        NotAllowed: they may not.
    """
    if not by.may(Permission.LEDGER_FILE_IMPORT):
        raise NotAllowed


@transaction.atomic
def take_in_cases(*, by: AnyActor, import_id: uuid.UUID, rows: Sequence[CaseRow]) -> list[Taken]:
    """Make the cases that are not known by their number; the organisation of their desk holds and sees them."""
    check_may_take_in(by)
    known: dict[str, Any] = Case.objects.in_bulk([row.number for row in rows], field_name="number")
    new, fates = sort_out(rows, known, lambda row: row.number, _CASE_FIELDS)
    desks = Desk.objects.select_related("organisation").in_bulk({row.desk_id for row in new})
    cases = [Case(**vars(row), organisation_id=desks[row.desk_id].organisation_id, import_id=import_id) for row in new]
    now = clock.now()
    insert_all(
        [
            Grant(case_id=case.id, organisation_id=case.organisation_id, basis=Grant.Basis.OWN, starts_at=now)
            for case in cases
        ]
    )
    insert_all(cases)
    insert_all([_search_row(case, desks[case.desk_id]) for case in cases])
    _never_give_again(cases)
    return fates


def _search_row(case: Case, desk: Desk) -> CaseSearch:
    text, pieces = index_of([case.number, desk.organisation.name])
    return CaseSearch(case=case, text=text, pieces=pieces)


def _never_give_again(cases: Sequence[Case]) -> None:
    """Numbers that look like ours are taken: the counter of their fiscal year goes on behind them."""
    highest: dict[int, int] = {}
    for year, place in filter(None, (read_number(case.number) for case in cases)):
        highest[year] = max(place, highest.get(year, 0))
    for year, place in highest.items():
        lock_until_commit(f"casework.number.{year}")
        counter, _ = CaseCounter.objects.get_or_create(fiscal_year=year)
        counter.last = max(counter.last, place)
        counter.save()


@transaction.atomic
def take_in_states(*, by: AnyActor, import_id: uuid.UUID, rows: Sequence[StateRow]) -> list[Taken]:
    """Make the changes of state that their case does not know on that day."""
    check_may_take_in(by)
    known: dict[Any, Any] = {
        (state.case_id, state.effective_on, state.state): state
        for state in CaseState.objects.filter(case__in={row.case_id for row in rows})
    }
    new, fates = sort_out(rows, known, lambda row: (row.case_id, row.effective_on, row.state), _STATE_FIELDS)
    codes = dict(EndReason.objects.values_list("label", "code"))
    insert_all([CaseState(**vars(row), reason_code=codes.get(row.reason, ""), import_id=import_id) for row in new])
    return fates


@transaction.atomic
def take_in_stages(*, by: AnyActor, import_id: uuid.UUID, rows: Sequence[StageRow]) -> list[Taken]:
    """Make the stages that their case does not stand at since that day."""
    check_may_take_in(by)
    known: dict[Any, Any] = {
        (step.case_id, step.on, step.stage_id): step
        for step in StageStep.objects.filter(case__in={row.case_id for row in rows})
    }
    heard = [_heard(row, known.get((row.case_id, row.on, row.stage_id))) for row in rows]
    new, fates = sort_out(heard, known, lambda row: (row.case_id, row.on, row.stage_id), ("note", "writer"))
    insert_all([StageStep(**vars(row), import_id=import_id) for row in new])
    return fates


def _heard(row: StageRow, known: StageStep | None) -> StageRow:
    """The row with what is known in place of its silence; of whoever has an account here no ledger knows better."""
    if known is None or (row.writer and known.by_id is None):
        return row
    return replace(row, writer=known.writer)
