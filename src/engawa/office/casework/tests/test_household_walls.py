"""Households stand behind the wall of their cases; written to the tables themselves, past every action."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, transaction

from engawa.office.access.actors import COMMAND
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Household, LifeEvent, Member, Need, Relation

pytestmark = pytest.mark.django_db
ROWS = (Household, Member, Relation, Need, LifeEvent)


@pytest.fixture
def household(case: Case) -> Household:
    """A mother and her child, with a need and an event, each once corrected and once more."""
    with acting_as(COMMAND):
        household = Household.objects.create(name="前")
        case.household = household
        case.save()
        mother, child = (Member.objects.create(household=household, called=called) for called in ("母", "前"))
        rows = [
            Relation.objects.create(household=household, one=mother, other=child, kind="parent"),
            Need.objects.create(household=household, member=child, words="前", noted_on=dt.date(2026, 5, 1)),
            LifeEvent.objects.create(household=household, member=mother, kind_id="moved", on=dt.date(2026, 5, 1)),
        ]
        Household.objects.filter(pk=household.pk).update(name="後")
        Member.objects.filter(pk=child.pk).update(called="後")
        for row in rows:
            type(row).objects.filter(pk=row.pk).update(words="後")
    return household


def count(actor: Any) -> dict[str, int]:
    with acting_as(actor):
        return {
            model.__name__: model.objects.count()
            for row in ROWS
            for model in (row, apps.get_model("casework", f"{row.__name__}Past"))
        }


def test_whoever_sees_a_case_of_the_household_sees_it_and_its_past_and_nobody_else(
    household: Household, here: Any, there: Any
) -> None:
    mine, theirs = count(here.actor), count(there.actor)
    assert min(mine.values()) > 0
    assert set(theirs.values()) == {0}


def test_a_stranger_can_put_nothing_into_a_household(household: Household, there: Any) -> None:
    with acting_as(there.actor):
        for write in (
            lambda: Member.objects.create(household=household, called="だれか"),
            lambda: Household.objects.create(name="よそ"),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                write()


def test_a_household_of_two_organisations_is_seen_by_both_but_each_sees_its_own_case_only(
    household: Household, here: Any, there: Any
) -> None:
    with acting_as(COMMAND):
        second = open_case(by=COMMAND, desk=there.desk, requester="self")
        second.household = household
        second.save()
    assert count(here.actor) == count(there.actor)
    with acting_as(there.actor):
        assert [case.pk for case in household.cases.all()] == [second.pk]
