"""Who does not answer for the city's report sees no single life in it; a released report is the same for all."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COMMAND, KEEPER, Actor, NotAllowed
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.intake.actions import CaseRow, take_in_cases
from engawa.office.directory.models import Desk
from engawa.office.statistics.actions import release_report
from engawa.office.statistics.models import Release
from engawa.office.statistics.rules import Scope, Table
from engawa.office.statistics.tables import TABLES
from engawa.office.statistics.tests.conftest import YEAR

pytestmark = pytest.mark.django_db

DAYS = "first=2020-09-01&last=2021-08-31"
ClientOf = Callable[[Staff], Client]
ALL_THE_OTHERS = ["supervisor", "coordinator", "prefecture"]


@pytest.fixture
def lives(put: Callable[..., None]) -> None:
    """Two of the self, eleven of families, twelve of others; one ended for a reason of its own."""
    for count, requester in ((2, "self"), (11, "family"), (12, "other")):
        for number in range(count):
            put(f"2020-09-{number + 1:02}", requester=requester)


@pytest.fixture
def sign_in(request: pytest.FixtureRequest, client_of: ClientOf) -> Callable[[str], Client]:
    return lambda who: client_of(request.getfixturevalue(who))


def csv(client: Client, table: str, days: str = DAYS) -> list[str]:
    answer = client.get(f"/tables/file/csv/?table={table}&{days}")
    return answer.content.decode("utf-8-sig").splitlines()[1:]


@pytest.mark.usefixtures("lives")
@pytest.mark.parametrize("who", ALL_THE_OTHERS)
def test_small_counts_of_the_whole_house_are_an_x(sign_in: Callable[[str], Client], who: str) -> None:
    client = sign_in(who)
    assert csv(client, "cases-by-requester") == [
        "cases-by-requester,本人,ケース数,X",
        "cases-by-requester,家族・親族,ケース数,X",
        "cases-by-requester,その他,ケース数,12",
    ]
    page = client.get(f"/tables/?table=cases-by-requester&{DAYS}").content.decode()
    assert '<td class="num">X</td>' in page
    assert "3未満" in page
    assert "利用上の注意" in page
    report = client.get(f"/tables/verification/file/csv/?{DAYS}").content.decode()
    assert "cases-by-requester,本人,ケース数,X" in report


@pytest.mark.usefixtures("lives")
def test_the_city_s_manager_sees_every_count_of_any_day(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("manager")
    assert "cases-by-requester,本人,ケース数,2" in csv(client, "cases-by-requester")
    assert "cases-by-requester,本人,ケース数,1" in csv(client, "cases-by-requester", "first=2020-09-01&last=2020-09-01")


@pytest.mark.usefixtures("lives")
def test_a_manager_of_another_body_sees_no_more_than_others(
    sign_in: Callable[[str], Client], manager: Staff, desk_organisation: Organisation
) -> None:
    manager.memberships.update(organisation=desk_organisation)
    client = sign_in("manager")
    assert csv(client, "cases-by-requester")[0].endswith("ケース数,X")
    assert "公表用と認める" not in client.get(f"/tables/verification/?{DAYS}").content.decode()
    assert (
        client.post("/tables/verification/release/", {"first": "2020-09-01", "last": "2021-08-31"}).status_code == 404
    )


@pytest.fixture
def ours(desk_organisation: Organisation, other_ward: Organisation) -> None:
    """Three cases that the supervisor's organisation holds, five of another, all at desks of the same kind."""
    for organisation, requesters in ((desk_organisation, ["self", "self", "family"]), (other_ward, ["family"] * 5)):
        desk = Desk.objects.create(name=organisation.name, organisation=organisation, group="all_age")
        received = dt.date(2020, 9, 5)
        rows = [
            CaseRow(f"{organisation.name}{number}", received, desk.id, who) for number, who in enumerate(requesters)
        ]
        with acting_as(COMMAND):
            take_in_cases(by=COMMAND, import_id=uuid7(), rows=rows)


@pytest.mark.usefixtures("ours")
def test_who_answers_for_cases_sees_every_count_of_those_alone(sign_in: Callable[[str], Client]) -> None:
    day = "first=2020-09-05&last=2020-09-05"
    client = sign_in("supervisor")
    assert csv(client, "cases-by-requester", f"{day}&own=on") == [
        "cases-by-requester,本人,ケース数,2",
        "cases-by-requester,家族・親族,ケース数,1",
        "cases-by-requester,その他,ケース数,0",
    ]
    assert csv(client, "people-once", f"{DAYS}&own=on")[-1].endswith(",3")
    assert "自分の機関のケース" in client.get(f"/tables/?table=cases-by-requester&{day}&own=on").content.decode()
    with acting_as(KEEPER):
        assert "of" in Entry.objects.filter(deed="statistics.take_file").latest("id").detail


@pytest.mark.usefixtures("ours")
def test_what_is_not_of_cases_cannot_be_narrowed_and_who_sees_no_case_cannot_narrow(
    sign_in: Callable[[str], Client],
) -> None:
    page = sign_in("supervisor").get(f"/tables/?table=conference-routes&{DAYS}&own=on").content.decode()
    assert "絞ることができません" in page
    assert csv(sign_in("prefecture"), "cases-by-requester", f"{DAYS}&own=on")[0].endswith("ケース数,X")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_counts_through_what_somebody_holds_or_says_that_it_does_not(table: Table) -> None:
    held = [f"statistics_{name} " for name in ("case", "gathering")]
    assert any(view in table.facts.relation for view in held) == table.facts.narrows
    assert not any(view in table.facts.narrowed for view in held)


@pytest.mark.usefixtures("lives")
def test_a_short_window_hides_counts_below_ten(sign_in: Callable[[str], Client]) -> None:
    days = "first=2020-09-01&last=2020-09-30"
    assert csv(sign_in("prefecture"), "cases-by-requester", days)[0].endswith(",X")
    page = sign_in("prefecture").get(f"/tables/?table=cases-by-requester&{days}").content.decode()
    assert "10未満" in page


@pytest.mark.parametrize("who", ALL_THE_OTHERS)
@pytest.mark.parametrize(
    "days",
    [
        "first=2020-09-04&last=2020-09-04",
        "first=2020-09-01&last=2021-08-30",
        f"{DAYS}&as_of=2021-08-30",
        f"{DAYS}&first_before=2019-04-02&last_before=2020-03-31",
    ],
)
def test_days_inside_a_month_are_refused_with_the_reason(sign_in: Callable[[str], Client], who: str, days: str) -> None:
    client = sign_in(who)
    for path in ("/tables/?table=cases-by-age&", "/tables/verification/?"):
        page = client.get(f"{path}{days}").content.decode()
        assert "一人ひとりが分からないように" in page
        assert "data-table" not in page
    assert client.get(f"/tables/file/csv/?table=cases-by-age&{days}").status_code == 404
    assert client.get(f"/tables/verification/file/csv/?{days}").status_code == 404


@pytest.mark.usefixtures("lives")
def test_a_released_report_shows_everybody_the_same_figures(sign_in: Callable[[str], Client], manager: Staff) -> None:
    releasing = sign_in("manager")
    page = releasing.get(f"/tables/verification/?{DAYS}").content.decode()
    assert "公表用と認める" in page
    asked = {"first": "2020-09-01", "last": "2021-08-31", "as_of": "2021-08-31"}
    for _ in range(2):
        assert releasing.post("/tables/verification/release/", asked).status_code == 302
    assert Release.objects.count() == 1
    prefecture = sign_in("prefecture")
    page = prefecture.get(f"/tables/verification/?{DAYS}").content.decode()
    assert f"{manager.name} が認めた" in page
    assert '<td class="num">X</td>' not in page
    report = prefecture.get(f"/tables/verification/file/csv/?{DAYS}").content.decode()
    assert "cases-by-requester,本人,ケース数,2" in report
    # Released was this report, not every table of these days, nor the report of other days.
    assert "cases-by-requester,本人,ケース数,X" in csv(prefecture, "cases-by-requester")
    other = prefecture.get("/tables/verification/file/csv/?first=2020-09-01&last=2021-07-31").content.decode()
    assert "cases-by-requester,本人,ケース数,X" in other


def test_a_month_cannot_be_released(sign_in: Callable[[str], Client]) -> None:
    days = {"first": "2020-09-01", "last": "2020-09-30"}
    answer = sign_in("manager").post("/tables/verification/release/", days, follow=True)
    assert "3か月以上の期間" in answer.content.decode()
    assert not Release.objects.exists()


@pytest.mark.parametrize("who", ALL_THE_OTHERS)
def test_nobody_releases_what_they_cannot_judge(
    actor_of: Callable[[Staff], Actor], who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        release_report(by=actor_of(request.getfixturevalue(who)), scope=Scope(YEAR))


def test_which_figures_were_asked_for_is_in_the_log(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("manager")
    client.get(f"/tables/?table=cases-by-age&{DAYS}")
    client.get(f"/tables/file/csv/?table=cases-by-age&{DAYS}")
    client.get(f"/tables/verification/file/csv/?{DAYS}")
    with acting_as(KEEPER):
        noted = list(Entry.objects.filter(deed__startswith="statistics.").order_by("id"))
    assert [(entry.deed, entry.subject) for entry in noted] == [
        ("statistics.read_table", "cases-by-age"),
        ("statistics.take_file", "cases-by-age"),
        ("statistics.take_file", "verification"),
    ]
    assert noted[1].detail == {
        "first": "2020-09-01", "last": "2021-08-31", "as_of": str(dt.date(2021, 8, 31)), "form": "csv"
    }  # fmt: skip
