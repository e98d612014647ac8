"""The search box: by number, reading and organisation, whatever the script or width."""

from typing import Any

import pytest

from engawa.kernel import clock, fiscal
from engawa.office.access.actors import Actor
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.directory.models import Desk
from engawa.office.home.queries import found_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(counsellor: Staff, actor_of: Any) -> Actor:
    return actor_of(counsellor)


@pytest.fixture
def desk(desk_organisation: Organisation) -> Desk:
    return Desk.objects.create(name="よりそい窓口", reading="よりそいまどぐち", organisation=desk_organisation)


@pytest.fixture
def case(me: Actor, desk: Desk) -> Case:
    facts = {"name": "渡邊󠄂 ヶ崎", "reading": "わたなべ がさき", "handle": "こもれび"}
    with acting_as(me):
        open_case(by=me, desk=desk, requester="self", handle="凪")
        return open_case(by=me, desk=desk, requester="family", **facts)


@pytest.mark.parametrize(
    "typed",
    [
        "わたなべ",
        "ワタナベ",
        "ﾜﾀﾅﾍﾞ",
        "渡辺",
        "渡邉",
        "渡邊",
        "わたなべがさき",
        "がさき わたなべ",
        "なべ",
        "こもれび",
        "コモレビ",
        "２",
        "2",
        "00002",
    ],
)
def test_a_case_is_found_by_reading_name_nickname_or_number_in_any_script(me: Actor, case: Case, typed: str) -> None:
    with acting_as(me):
        assert found_by(me, typed).cases[0] == case


@pytest.mark.parametrize("template", ["E-{year}-00002", "e-{year}-00002", "{year}-2", "Ｅ－{year}－００００２"])
def test_a_number_is_found_as_people_type_it(me: Actor, case: Case, template: str) -> None:
    with acting_as(me):
        assert found_by(me, template.format(year=fiscal.fiscal_year(clock.today()))).cases[0] == case


def test_one_character_finds_what_begins_with_it(me: Actor, case: Case) -> None:
    with acting_as(me):
        assert [found.handle for found in found_by(me, "凪").cases] == ["凪"]
        assert case in found_by(me, "わ").cases


def test_organisations_and_desks_are_found_by_their_reading(me: Actor, case: Case, ward: Organisation) -> None:
    with acting_as(me):
        assert found_by(me, "ｷﾀﾎｹﾝ").organisations == [ward]
        assert [desk.name for desk in found_by(me, "よりそい").desks] == ["よりそい窓口"]
        assert case in found_by(me, "ひきこもり相談").cases


@pytest.mark.parametrize("typed", ["%", "_", "'; DROP TABLE casework_case;--", "\\", "あ" * 20_000, "😀", "　", "ー"])
def test_strange_searches_find_nothing_and_break_nothing(me: Actor, case: Case, typed: str) -> None:
    with acting_as(me):
        assert found_by(me, typed).nothing


def test_a_stranger_finds_no_case(stranger: Staff, actor_of: Any, case: Case) -> None:
    other = actor_of(stranger)
    with acting_as(other):
        for typed in ("わたなべ", case.number, "こもれび", "凪"):
            assert found_by(other, typed).cases == []


def test_an_administrator_finds_desks_but_no_case(administrator: Staff, client_of: Any, case: Case) -> None:
    page = client_of(administrator).get("/search/", {"q": "こもれび"}).content.decode()
    assert case.number not in page
    assert "よりそい窓口" in client_of(administrator).get("/search/", {"q": "よりそい"}).content.decode()


def test_suggestions_are_the_results_of_the_page(counsellor: Staff, client_of: Any, case: Case) -> None:
    client = client_of(counsellor)
    page = client.get("/search/", {"q": "わたなべ"}).content.decode()
    fragment = client.get("/search/", {"q": "わたなべ"}, headers={"HX-Request": "true"}).content.decode()
    assert case.number in fragment
    assert fragment.strip() in page
    assert "見つかりませんでした" in client.get("/search/", {"q": "いない人"}).content.decode()
    assert "さがせます" in client.get("/search/").content.decode()
