"""People, not cases: each counted once, without a name, over years and areas."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.kernel.fiscal import Period
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Household, Member
from engawa.office.casework.people.actions import keep_marks
from engawa.office.casework.people.models import Person
from engawa.office.casework.plans.models.evaluations import Evaluation
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.casework.timeline.models import Contact
from engawa.office.directory.models import Desk
from engawa.office.statistics.queries import fill
from engawa.office.statistics.rules import TOTAL, Filled, Scope
from engawa.office.statistics.tables import PEOPLE_ONCE

THREE_YEARS = Period(dt.date(2020, 4, 1), dt.date(2023, 3, 31))
AT_WORK, OTHERS = "仕事につながった人", "そのほかの人"
MAY = {year: dt.date(year, 5, 1) for year in range(2019, 2024)}


@pytest.fixture
def town(db: None) -> list[Desk]:
    """Two organisations that do not see each other's cases, each with a desk."""
    organisations = [Organisation.objects.create(name=name) for name in ("北の支援機関", "南の支援機関")]
    return [Desk.objects.create(name=f"{one.name}の窓口", organisation=one) for one in organisations]


@pytest.fixture
def put_case(town: list[Desk]) -> Iterator[Callable[..., Case]]:
    """Puts in cases as a part of the system does; contacts by their days."""
    numbers = iter(range(1, 10_000))

    def put(received: dt.date, desk: int = 0, contacts: tuple[dt.date, ...] = (), **facts: Any) -> Case:
        at = town[desk]
        case = Case(number=f"K{next(numbers)}", received_on=received, desk=at, organisation=at.organisation, **facts)
        case.requester = "self"
        case.save(force_insert=True)
        Contact.objects.bulk_create(Contact(case=case, on=on, method="phone", counterpart="self") for on in contacts)
        return case

    with acting_as(COMMAND):
        yield put


def found_work(case: Case, on: dt.date, *changes: str, whose: str = "") -> None:
    number = case.plans.count() + 1
    told = {"state": Plan.State.ENDED, "made_on": on, "written_at": clock.now()}
    plan = Plan.objects.create(case=case, number=number, whose=whose, **told)
    Evaluation.objects.create(plan=plan, on=on, result="closed", changes=list(changes))


def known(name: str, born: dt.date | None = None) -> Person:
    person = Person.objects.create(name=name, birth_date=born)
    keep_marks(person)
    return person


def counted(window: Period = THREE_YEARS) -> Filled:
    return fill(PEOPLE_ONCE, Scope(window))


def people(window: Period = THREE_YEARS) -> object:
    return counted(window)[TOTAL, TOTAL]


@pytest.mark.slow
def test_254_people_over_three_fiscal_years_of_whom_93_reached_work_are_each_counted_once(
    put_case: Callable[..., Case],
) -> None:
    """000-09: R2-R4, 254 people, 93 at work incl. work from home; who comes in several years is one person."""
    for place in range(254):
        person = known(f"人{place}") if place % 3 else None
        years = [2020 + place % 3, *([2022] if place % 2 else [])]
        first, *later = (put_case(MAY[year], person=person) for year in ([years[0]] if person is None else years))
        again = [MAY[2022]] if person is None and place % 2 else []
        Contact.objects.bulk_create(Contact(case=first, on=on, method="chat", counterpart="self") for on in again)
        if place < 93:
            for case in (first, *later):
                found_work(case, MAY[2022], "work_at_home" if place % 2 else "work_open", "less_isolated")
        else:
            found_work(first, MAY[2022], "job_search")
    table = counted()
    assert table[TOTAL, TOTAL] == 254
    assert table[TOTAL, AT_WORK] == 93
    assert table[TOTAL, OTHERS] == 254 - 93
    assert table.rows == ("令和2年度", "令和3年度", "令和4年度", TOTAL)
    assert sum(int(str(table[row, TOTAL])) for row in table.rows[:-1]) == 254
    each_year = [counted(Period(MAY[year], dt.date(year + 1, 3, 31))) for year in (2020, 2021, 2022)]
    assert sum(int(str(year[TOTAL, TOTAL])) for year in each_year) > 254


def test_who_is_known_in_two_areas_by_name_and_birth_date_is_one_person(put_case: Callable[..., Case]) -> None:
    """000-09, 000-14: neither organisation learns of the other."""
    born = dt.date(1985, 4, 1)
    north, south = known("山田 花子", born), known("山田花子", born)
    put_case(MAY[2020], 0, person=north)
    put_case(MAY[2021], 1, person=south)
    assert people() == 1
    put_case(MAY[2021], 1, person=known("山田花子"))
    put_case(MAY[2021], 1, person=known("山田花子", born.replace(year=1986)))
    assert people() == 3


def test_records_that_are_linked_by_a_third_are_one_person(put_case: Callable[..., Case]) -> None:
    """000-09: one knows the name, one the reading, one both."""
    born = dt.date(1985, 4, 1)
    both = Person.objects.create(name="山田 花子", reading="やまだ はなこ", birth_date=born)
    keep_marks(both)
    for person in (known("山田 花子", born), both, known("やまだ はなこ", born)):
        put_case(MAY[2020], person=person)
    assert people() == 1


def test_nameless_cases_are_people_of_their_own_unless_they_are_of_one_member(put_case: Callable[..., Case]) -> None:
    """000-09, X-04: nobody has to be named in order to count."""
    household = Household.objects.create()
    son, daughter = (Member.objects.create(household=household, called=called) for called in ("息子", "娘"))
    for member in (son, son, daughter):
        put_case(MAY[2020], household=household, member=member)
    put_case(MAY[2020])
    put_case(MAY[2020])
    assert people() == 4


def test_a_member_who_is_named_later_stays_one_person(put_case: Callable[..., Case]) -> None:
    """000-06, 000-09."""
    household, person = Household.objects.create(), known("山田 花子")
    daughter = Member.objects.create(household=household, called="娘", person=person)
    put_case(MAY[2020], household=household, member=daughter)
    put_case(MAY[2021], household=household, member=daughter, person=person)
    assert people() == 1


def test_whoever_came_before_counts_in_the_years_with_contacts_alone(put_case: Callable[..., Case]) -> None:
    put_case(MAY[2019], contacts=(MAY[2019], MAY[2021]))
    assert counted()["令和3年度", TOTAL] == 1
    assert people(Period(MAY[2022], MAY[2023])) == 0


@pytest.mark.parametrize(
    ("on", "changes", "whose"),
    [(MAY[2019], ["work_open"], ""), (MAY[2021], ["income"], ""), (MAY[2021], ["work_open"], "母")],
)
def test_work_counts_when_it_began_in_the_window_and_was_the_persons_own(
    put_case: Callable[..., Case], on: dt.date, changes: list[str], whose: str
) -> None:
    """000-09."""
    case = put_case(MAY[2020])
    found_work(case, on, *changes, whose=whose)
    assert counted()[TOTAL, AT_WORK] == 0
    found_work(case, MAY[2021], "work_intermediate")
    assert counted()[TOTAL, AT_WORK] == 1


def test_few_people_at_work_are_hidden_from_whoever_does_not_answer_for_the_city(
    put_case: Callable[..., Case], manager: Staff, supervisor: Staff, client_of: Callable[[Staff], Client]
) -> None:
    """000-09: nor does a difference tell them (decision 0012)."""
    cases = [put_case(MAY[2020]) for _ in range(9)]
    found_work(cases[0], MAY[2021], "work_open")
    url = "/tables/file/csv/?table=people-once&first=2020-04-01&last=2023-03-31"
    whole, discreet = (client_of(who).get(url).content.decode() for who in (manager, supervisor))
    assert f"{TOTAL},{AT_WORK},1\r\n" in whole
    assert f"{TOTAL},{AT_WORK},X\r\n" in discreet
    assert f"{TOTAL},{OTHERS},X\r\n" in discreet
