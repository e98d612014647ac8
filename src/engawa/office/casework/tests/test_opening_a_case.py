"""Opening a case: numbers, what need not be known, and who sees it."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER, Actor, NotAllowed
from engawa.office.access.models import Grant
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.access import case_for, visible_cases
from engawa.office.casework.cases.actions import edit_facts, open_case
from engawa.office.casework.cases.models import Case, CaseCounter, CaseSearch
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.people.models import Person

pytestmark = pytest.mark.django_db


def test_a_family_may_ask_for_somebody_who_stays_nameless(here: Any) -> None:
    """X-05, 002-01: no name, no age, no birth date, and a complaint that is not hikikomori."""
    with acting_as(here.actor):
        case = open_case(by=here.actor, desk=here.desk, requester="family", complaint="家族との関係")
        assert case.person is None
        assert Case.objects.get().age_band == ""


@pytest.mark.parametrize(
    ("at", "number"),
    [
        (dt.datetime(2027, 3, 31, 23, 59, 59, tzinfo=clock.JAPAN), "E-2026-00001"),
        (dt.datetime(2027, 4, 1, 0, 0, 0, tzinfo=clock.JAPAN), "E-2027-00001"),
    ],
)
def test_the_number_belongs_to_the_fiscal_year_of_the_day_even_in_its_last_second(
    here: Any, monkeypatch: pytest.MonkeyPatch, at: dt.datetime, number: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr("engawa.office.casework.cases.actions.opening.grant", grant_from_the_past)
    with acting_as(here.actor):
        assert open_case(by=here.actor, desk=here.desk, requester="self").number == number


def grant_from_the_past(*, by: Any, case_id: UUID, basis: str, organisation: Any) -> Any:
    with acting_as(KEEPER):
        Grant.objects.create(
            case_id=case_id,
            basis=basis,
            organisation=organisation,
            starts_at=dt.datetime(2020, 4, 1, tzinfo=clock.JAPAN),
        )


def test_numbers_follow_each_other_without_gaps_and_skip_what_an_old_ledger_used(here: Any) -> None:
    day = dt.date(2026, 5, 1)
    with acting_as(here.actor):
        first = open_case(by=here.actor, desk=here.desk, requester="self", received_on=day)
        old = open_case(by=here.actor, desk=here.desk, requester="self", received_on=day, number="E-2026-00007")
        other = open_case(by=here.actor, desk=here.desk, requester="self", received_on=day, number="K0001")
        next_one = open_case(by=here.actor, desk=here.desk, requester="self", received_on=day)
    assert [c.number for c in (first, old, other, next_one)] == [
        "E-2026-00001",
        "E-2026-00007",
        "K0001",
        "E-2026-00008",
    ]
    assert CaseCounter.objects.get().last == 8


def test_the_desks_organisation_sees_the_case_by_its_own_grant_and_a_stranger_does_not(
    here: Any, there: Any, case: Case
) -> None:
    with acting_as(here.actor):
        assert list(visible_cases(here.actor)) == [case]
        assert Grant.objects.get().basis == "own"
        assert case_for(here.actor, case.number) == case
    with acting_as(there.actor):
        assert not visible_cases(there.actor).exists()
        with pytest.raises(NotAllowed):
            case_for(there.actor, case.number)


def test_with_the_first_wall_taken_away_raw_sql_shows_a_stranger_nothing(here: Any, there: Any, case: Case) -> None:
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, name="山田 太郎", complaint="変わった")
        edit_facts(by=here.actor, case=case, name="山田 次郎")
    tables = ["case", "casesearch", "person", "casepast", "personpast", "casestate", "contact", "contactpast"]
    with acting_as(there.actor), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM casework_{table}")  # noqa: S608 - our own table names
            assert cursor.fetchone() == (0,), table
    with acting_as(KEEPER):
        assert CaseSearch.objects.exists()
    with acting_as(here.actor), connection.cursor() as cursor:
        for table, rows in {"case": 1, "person": 1, "casepast": 1, "personpast": 1}.items():
            cursor.execute(f"SELECT count(*) FROM casework_{table}")  # noqa: S608 - our own table names
            assert cursor.fetchone()[0] >= rows, table


def test_a_role_that_may_not_open_cases_is_refused(here: Any) -> None:
    with acting_as(here.actor), pytest.raises(NotAllowed):
        open_case(by=Actor(here.staff.id, "閲覧だけ", {}), desk=here.desk, requester="self")


def test_a_day_in_the_future_and_an_impossible_age_are_refused_in_words(here: Any) -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    with acting_as(here.actor):
        with pytest.raises(NotPossible, match="今日まで"):
            open_case(by=here.actor, desk=here.desk, requester="self", received_on=tomorrow)
        with pytest.raises(NotPossible, match="0から120"):
            open_case(by=here.actor, desk=here.desk, requester="self", age_years=200)
        assert not Case.objects.exists()


def test_opening_and_reading_stand_in_the_audit_log(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        case_for(here.actor, case.number)
    with acting_as(KEEPER):
        deeds = list(Entry.objects.order_by("id").values_list("deed", "subject", "reading"))
    assert deeds == [
        ("access.grant", "", False),
        ("casework.open_case", case.number, False),
        ("casework.read", case.number, True),
    ]


def test_a_nameless_person_can_be_named_later_and_the_past_is_kept(here: Any, case: Case) -> None:
    """X-04, 000-06: the case keeps its number and history when a name becomes known."""
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, handle="ねこやなぎ")
        edit_facts(by=here.actor, case=case, name="葛󠄀城 かおる", reading="かつらぎ かおる")
        edit_facts(by=here.actor, case=case, name="葛󠄀城 薫")
        changed = Case.objects.get()
        assert changed.number == case.number
        assert changed.person is not None
        assert changed.person.name == "葛󠄀城 薫"
        assert [past.name for past in Person.objects.get().events.all()] == ["葛󠄀城 かおる"]
    with acting_as(KEEPER):  # what cases are found by holds former names, and is read by the system alone
        assert "ネコヤナギ" in CaseSearch.objects.get().text


@pytest.mark.parametrize("name", ["𠮷田 太郎", "渡邊󠄂", "😀", "あ" * 20_000])
def test_names_are_stored_exactly_as_written(here: Any, name: str) -> None:
    with acting_as(here.actor):
        open_case(by=here.actor, desk=here.desk, requester="self", name=name)
        assert Person.objects.get().name == name
