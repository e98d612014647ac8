"""Family courses and meetings in figures: how many, where, how many came, how many families, how many of them new."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engawa.kernel.fiscal import Period
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.gatherings.actions import begin_gathering, correct_sitting, hold_sitting, take_part
from engawa.office.casework.gatherings.models import Attendee, Gathering, Sitting
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.maps.actions.household import join_household
from engawa.office.directory.models import Desk
from engawa.office.statistics.queries import fill
from engawa.office.statistics.rules import HIDDEN, TOTAL, Filled, Scope
from engawa.office.statistics.suppression import Discretion
from engawa.office.statistics.tables import GATHERING_ATTENDANCE, GATHERING_FAMILIES, GATHERING_SUMMARY

pytestmark = pytest.mark.django_db
YEAR = Period(dt.date(2024, 4, 1), dt.date(2025, 3, 31))
BEFORE, EARLY, LATE = dt.date(2024, 1, 10), dt.date(2024, 5, 10), dt.date(2024, 6, 10)
NEW, AGAIN = "はじめて参加した家族", "前にも参加した家族"


@pytest.fixture
def desk(db: None) -> Desk:
    organisation = Organisation.objects.create(name="よりそい相談センター")
    return Desk.objects.create(name="窓口", organisation=organisation)


@pytest.fixture
def cases(desk: Desk) -> list[Case]:
    """Three cases, of which the first two share a household."""
    with acting_as(COMMAND):
        made = [open_case(by=COMMAND, desk=desk, requester="family") for _ in range(3)]
        join_household(by=COMMAND, case=made[0], other=made[1], member=None)
        return list(Case.objects.order_by("number"))


@pytest.fixture
def held(desk: Desk, cases: list[Case]) -> list[Sitting]:
    """A course with a day before the window and two in it, and a meeting elsewhere to which nobody gave a name."""
    by: dict[str, Any] = {"by": COMMAND}
    with acting_as(COMMAND):
        course, meeting = (
            begin_gathering(**by, organisation=desk.organisation, kind=kind, name=kind, place=place)
            for kind, place in (("course", "二階の和室"), ("meeting", "公民館"))
        )
        mother = add_member(**by, case=cases[0], as_="mother")
        first, mum, second, third = (
            take_part(**by, gathering=course, case=case, member=member, since=BEFORE)
            for case, member in ((cases[0], None), (cases[0], mother.pk), (cases[1], None), (cases[2], None))
        )
        blue = take_part(**by, gathering=course, called="青い帽子の母", since=BEFORE)
        return [
            hold_sitting(**by, gathering=course, present=[first], on=BEFORE),
            hold_sitting(**by, gathering=course, present=[first, mum, second, blue], on=EARLY, nameless=2),
            hold_sitting(**by, gathering=course, present=[third, blue], on=LATE),
            hold_sitting(**by, gathering=meeting, present=[], on=LATE, nameless=7),
        ]


def figures(table: Filled) -> dict[str, Any]:
    column = table.columns[0]
    return {row: table[row, column] for row in table.rows}


@pytest.mark.usefixtures("held")
def test_what_was_held_and_whom_it_reached_is_counted_for_any_window() -> None:
    """002-26: a household is one family, however many of it come and in how many cases; the nameless only come."""
    counted = {"開催回数": 3, "会場（実数）": 2, "参加者（延べ）": 15, "参加した家族（実数）": 3}
    assert figures(fill(GATHERING_SUMMARY, Scope(YEAR))) == counted
    assert figures(fill(GATHERING_FAMILIES, Scope(YEAR))) == {NEW: 2, AGAIN: 1, TOTAL: 3}
    june = Period(dt.date(2024, 6, 1), dt.date(2024, 6, 30))
    assert figures(fill(GATHERING_FAMILIES, Scope(june))) == {NEW: 1, AGAIN: 1, TOTAL: 2}
    empty = Period(dt.date(2020, 4, 1), dt.date(2021, 3, 31))
    assert set(figures(fill(GATHERING_SUMMARY, Scope(empty))).values()) == {0}


@pytest.mark.usefixtures("held")
def test_who_came_is_told_by_kind_and_by_how_far_they_are_known() -> None:
    table = fill(GATHERING_ATTENDANCE, Scope(YEAR))
    assert [[table[row, column] for column in table.columns] for row in table.rows] == [
        *([4, 2, 2, 8], [0, 0, 7, 7], [4, 2, 9, 15])
    ]


def test_an_attendance_that_was_taken_back_counts_nowhere(held: list[Sitting]) -> None:
    with acting_as(COMMAND):
        present = [one.attendee for one in held[2].attendances.select_related("attendee") if one.attendee.called]
        correct_sitting(by=COMMAND, sitting=held[2], present=present)
    assert figures(fill(GATHERING_FAMILIES, Scope(YEAR))) == {NEW: 1, AGAIN: 1, TOTAL: 2}
    assert figures(fill(GATHERING_SUMMARY, Scope(YEAR)))["参加者（延べ）"] == 14


def test_few_families_are_hidden_with_what_would_give_them_away_but_not_how_often_it_was_held(
    desk: Desk, held: list[Sitting]
) -> None:
    """The rules of small counts: of four new families and one that came before, neither the one nor the four."""
    with acting_as(COMMAND):
        more = [joined(held[1].gathering, f"家族{place}") for place in range(2)]
        hold_sitting(by=COMMAND, gathering=held[1].gathering, present=more, on=LATE + dt.timedelta(days=7))
    discreet = Discretion(3, "きまり")
    families = figures(fill(GATHERING_FAMILIES, Scope(YEAR), discreet))
    assert families == {NEW: HIDDEN, AGAIN: HIDDEN, TOTAL: 5}
    short = figures(fill(GATHERING_SUMMARY, Scope(YEAR), Discretion(10, "きまり")))
    assert (short["参加した家族（実数）"], short["開催回数"], short["会場（実数）"]) == (HIDDEN, 4, 2)


@pytest.mark.usefixtures("held")
def test_each_organisation_counts_its_own_gatherings_alone(desk: Desk) -> None:
    """Whoever came elsewhere before is new here: what they did there is not told."""
    with acting_as(COMMAND):
        other = Organisation.objects.create(name="となり町の家族会")
        theirs = begin_gathering(by=COMMAND, organisation=other, kind="meeting", name="家族会", place="公民館")
        family = take_part(by=COMMAND, gathering=theirs, case=Case.objects.earliest("number"), since=BEFORE)
        hold_sitting(by=COMMAND, gathering=theirs, present=[family], on=LATE, nameless=1)
    whole, ours, their = (
        figures(fill(GATHERING_SUMMARY, Scope(YEAR, organisations=of)))
        for of in ((), (desk.organisation_id,), (other.pk,))
    )
    assert [one["参加者（延べ）"] for one in (whole, ours, their)] == [17, 15, 2]
    assert (whole["参加した家族（実数）"], their["参加した家族（実数）"]) == (3, 1)
    assert figures(fill(GATHERING_FAMILIES, Scope(YEAR, organisations=(other.pk,)))) == {NEW: 1, AGAIN: 0, TOTAL: 1}


def joined(gathering: Gathering, called: str) -> Attendee:
    return take_part(by=COMMAND, gathering=gathering, called=called, since=BEFORE)


@pytest.mark.usefixtures("held")
def test_the_table_is_asked_for_on_its_page(manager: Staff, client_of: Callable[[Staff], Client]) -> None:
    asked = {"table": "family-gatherings", "first": "2024-04-01", "last": "2025-03-31"}
    page = client_of(manager).get("/tables/", asked).content.decode()
    assert "家族教室・家族会の開催状況" in page
    assert "会場（実数）" in page
