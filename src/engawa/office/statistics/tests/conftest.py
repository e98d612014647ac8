"""What tests of the tables share: the demo city's cases, put in through the actions that own them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from engawa.kernel.fiscal import Period
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation
from engawa.office.access.walls import acting_as
from engawa.office.casework.intake.actions import (
    CaseRow,
    ContactRow,
    StateRow,
    take_in_cases,
    take_in_contacts,
    take_in_states,
)
from engawa.office.casework.intake.queries.cases import case_ids
from engawa.office.directory.models import Desk

YEAR = Period(dt.date(2020, 9, 1), dt.date(2021, 8, 31))
BEFORE = Period(dt.date(2019, 4, 1), dt.date(2020, 3, 31))


@pytest.fixture
def desks(db: None) -> dict[str, Desk]:
    """One desk of each group."""
    organisation = Organisation.objects.create(name="みやこ市")
    return {group: Desk.objects.create(name=group, organisation=organisation, group=group) for group in Desk.Group}


@pytest.fixture
def put(desks: dict[str, Desk]) -> Callable[..., None]:
    """Puts in one case with its contacts (day, method, counterpart) and states (day, state, destination)."""
    numbers = iter(range(1, 10_000))

    def put_in(
        received: str,
        group: str = "all_age",
        *,
        contacts: tuple[tuple[str, str, str], ...] = (),
        states: tuple[tuple[str, ...], ...] = (),
        **facts: Any,
    ) -> None:
        number, made_by = f"K{next(numbers)}", {"by": COMMAND, "import_id": uuid7()}
        day = dt.date.fromisoformat
        with acting_as(COMMAND):
            row = CaseRow(number, day(received), desks[group].id, **{"requester": "self", **facts})
            take_in_cases(rows=[row], **made_by)
            case = case_ids([number])[number]
            rows = [
                ContactRow(f"{number}-{place}", case, day(on), how, who)
                for place, (on, how, who) in enumerate(contacts)
            ]
            take_in_contacts(rows=rows, **made_by)
            for on, state, *destination in states:
                take_in_states(rows=[StateRow(case, day(on), state, destination="".join(destination))], **made_by)

    return put_in
