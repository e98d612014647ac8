"""An import by staff stays within their organisations: what others hold is neither written to nor told."""

import datetime as dt
from collections.abc import Callable

import pytest

from engawa.kernel.ids import uuid7
from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.models import Membership, Organisation, Staff
from engawa.office.access.permissions import Role
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case, CaseState
from engawa.office.casework.timeline.models import Contact
from engawa.office.conferences.models import AgendaItem
from engawa.office.directory.models import Desk
from engawa.office.ledger.actions.context import OUT_OF_REACH
from engawa.office.ledger.actions.receiving import Handed, import_files
from engawa.office.ledger.actions.taking_in import LEDGER, Outcome, take_in_sources

pytestmark = pytest.mark.django_db
THEIRS, OURS = "よその相談窓口", "市の相談窓口"
CONTACT = ("T1", "K1", "R2.9.4", "電話", "本人", "30", "")
Book = Callable[..., Source]
TakeIn = Callable[..., Outcome]


def a_case(number: str = "K1", desk: str = THEIRS, day: str = "R2.9.4") -> tuple[str, ...]:
    return (number, day, desk, "本人", "23歳", "男", "", "")


@pytest.fixture
def take_in_by_manager(city: Organisation, manager: Staff) -> TakeIn:
    with acting_as(LEDGER):
        Desk.objects.create(name=OURS, organisation=city, group=Desk.Group.ALL_AGE)

    def take(source: Source) -> Outcome:
        return take_in_sources(by=actor_of(manager), import_id=uuid7(), sources=[source])

    return take


@pytest.fixture
def take_in_as_manager_of_city(city: Organisation, manager: Staff) -> TakeIn:
    """As the pages do it: a file handed over for the city, then taken in."""

    def take(source: Source) -> Outcome:
        return import_files(by=actor_of(manager), ledger=Handed([source], organisation=city))

    return take


def faults(outcome: Outcome) -> list[object]:
    return [row.fault for row in outcome.set_aside]


def test_an_import_does_not_write_into_cases_of_others(take_in: TakeIn, take_in_by_manager: TakeIn, book: Book) -> None:
    take_in(book(相談ケース=[a_case()], 支援調整会議=[("M1", "R2.9.5", "北", "", "")]))
    outcome = take_in_by_manager(
        book(対応記録=[CONTACT], 状態=[("K1", "R2.9.5", "終結", "", "")], 会議案件=[("M1", "K1", "新規", "", "")])
    )
    assert faults(outcome) == [OUT_OF_REACH] * 3
    with acting_as(LEDGER):
        assert [model.objects.count() for model in (Contact, CaseState, AgendaItem)] == [0, 0, 0]


@pytest.mark.parametrize("desk", [THEIRS, OURS])
@pytest.mark.parametrize("day", ["R2.9.4", "R2.9.5"])
def test_a_known_case_of_others_is_told_alike_whatever_it_holds(
    take_in: TakeIn, take_in_by_manager: TakeIn, book: Book, desk: str, day: str
) -> None:
    take_in(book(相談ケース=[a_case()]))
    assert faults(take_in_by_manager(book(相談ケース=[a_case(desk=desk, day=day)]))) == [OUT_OF_REACH]


@pytest.mark.parametrize("minutes", ["30", "31"])
def test_a_known_contact_of_others_is_told_alike_whatever_it_holds(
    take_in: TakeIn, take_in_by_manager: TakeIn, book: Book, minutes: str
) -> None:
    take_in(book(相談ケース=[a_case()], 対応記録=[CONTACT]))
    theirs = ("T1", "K2", "R2.9.4", "電話", "本人", minutes, "")
    outcome = take_in_by_manager(book(相談ケース=[a_case("K2", OURS)], 対応記録=[theirs]))
    assert faults(outcome) == [OUT_OF_REACH]


def test_no_case_comes_in_at_a_desk_of_others(take_in: TakeIn, take_in_by_manager: TakeIn, book: Book) -> None:
    take_in(book(相談ケース=[a_case()]))
    assert faults(take_in_by_manager(book(相談ケース=[a_case("K2")]))) == [OUT_OF_REACH]


def test_no_desk_is_founded_in_an_organisation_of_others(
    take_in_by_manager: TakeIn, book: Book, other_ward: Organisation
) -> None:
    assert faults(take_in_by_manager(book(相談ケース=[a_case(desk=other_ward.name)]))) == [OUT_OF_REACH]
    with acting_as(LEDGER):
        assert not Desk.objects.filter(name=other_ward.name).exists()
        assert not Case.objects.exists()


def test_own_cases_go_on_from_import_to_import(take_in_by_manager: TakeIn, book: Book) -> None:
    take_in_by_manager(book(相談ケース=[a_case(desk=OURS)]))
    outcome = take_in_by_manager(book(相談ケース=[a_case(desk=OURS)], 対応記録=[CONTACT]))
    assert (outcome.counts["相談ケース"]["same"], outcome.counts["対応記録"]["made"]) == (1, 1)


def test_what_an_import_founds_it_may_fill(take_in_by_manager: TakeIn, book: Book) -> None:
    outcome = take_in_by_manager(book(相談ケース=[a_case(), a_case("K2")], 対応記録=[CONTACT]))
    assert faults(outcome) == []
    assert (outcome.counts["相談ケース"]["made"], outcome.counts["対応記録"]["made"]) == (2, 1)


def test_a_second_import_finds_again_what_the_first_founded(
    take_in_as_manager_of_city: TakeIn, book: Book, city: Organisation
) -> None:
    rows = book(
        相談ケース=[a_case(), a_case("K2", "ほかの窓口")], 対応記録=[CONTACT], 状態=[("K2", "R2.9.6", "終結", "", "")]
    )
    take_in_as_manager_of_city(rows)
    outcome = take_in_as_manager_of_city(rows)
    assert faults(outcome) == []
    assert {name: (count["same"], count["set_aside"]) for name, count in outcome.counts.items()} == {
        "相談ケース": (2, 0), "対応記録": (1, 0), "状態": (1, 0)
    }  # fmt: skip


def test_what_was_founded_belongs_to_others_once_somebody_works_there(
    take_in_as_manager_of_city: TakeIn, book: Book, stranger: Staff
) -> None:
    rows = book(相談ケース=[a_case()])
    take_in_as_manager_of_city(rows)
    with acting_as(LEDGER):
        founded = Desk.objects.get(name=THEIRS).organisation
        Membership.objects.create(
            staff=stranger, organisation=founded, role=Role.COUNSELLOR, starts_on=dt.date(2020, 4, 1)
        )
    assert faults(take_in_as_manager_of_city(rows)) == [OUT_OF_REACH]
