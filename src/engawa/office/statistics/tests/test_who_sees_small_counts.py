"""Who has no right to any case sees no single life in a table; a released report is the same for all."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from engawa.office.access.actors import KEEPER, Actor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.statistics.actions import release_report
from engawa.office.statistics.models import Release
from engawa.office.statistics.rules import Scope
from engawa.office.statistics.tests.conftest import YEAR

pytestmark = pytest.mark.django_db

DAYS = "first=2020-09-01&last=2021-08-31"
ClientOf = Callable[[Staff], Client]
WITHOUT_CASES = ["manager", "prefecture"]
WITH_CASES = ["supervisor", "coordinator"]


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
@pytest.mark.parametrize("who", WITHOUT_CASES)
def test_without_a_right_to_cases_small_counts_are_an_x(sign_in: Callable[[str], Client], who: str) -> None:
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
@pytest.mark.parametrize("who", WITH_CASES)
def test_who_answers_for_cases_sees_every_count_of_any_day(sign_in: Callable[[str], Client], who: str) -> None:
    client = sign_in(who)
    assert "cases-by-requester,本人,ケース数,2" in csv(client, "cases-by-requester")
    assert "cases-by-requester,本人,ケース数,1" in csv(client, "cases-by-requester", "first=2020-09-01&last=2020-09-01")


@pytest.mark.usefixtures("lives")
def test_a_short_window_hides_counts_below_ten(sign_in: Callable[[str], Client]) -> None:
    days = "first=2020-09-01&last=2020-09-30"
    assert csv(sign_in("manager"), "cases-by-requester", days)[0].endswith(",X")
    page = sign_in("manager").get(f"/tables/?table=cases-by-requester&{days}").content.decode()
    assert "10未満" in page


@pytest.mark.parametrize("who", WITHOUT_CASES)
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
def test_a_released_report_shows_everybody_the_same_figures(
    sign_in: Callable[[str], Client], supervisor: Staff
) -> None:
    releasing = sign_in("supervisor")
    page = releasing.get(f"/tables/verification/?{DAYS}").content.decode()
    assert "公表用と認める" in page
    asked = {"first": "2020-09-01", "last": "2021-08-31", "as_of": "2021-08-31"}
    for _ in range(2):
        assert releasing.post("/tables/verification/release/", asked).status_code == 302
    assert Release.objects.count() == 1
    prefecture = sign_in("prefecture")
    page = prefecture.get(f"/tables/verification/?{DAYS}").content.decode()
    assert f"{supervisor.name} が認めた" in page
    assert '<td class="num">X</td>' not in page
    report = prefecture.get(f"/tables/verification/file/csv/?{DAYS}").content.decode()
    assert "cases-by-requester,本人,ケース数,2" in report
    # Released was this report, not every table of these days, nor the report of other days.
    assert "cases-by-requester,本人,ケース数,X" in csv(prefecture, "cases-by-requester")
    other = prefecture.get("/tables/verification/file/csv/?first=2020-09-01&last=2021-07-31").content.decode()
    assert "cases-by-requester,本人,ケース数,X" in other


def test_a_month_cannot_be_released(sign_in: Callable[[str], Client]) -> None:
    days = {"first": "2020-09-01", "last": "2020-09-30"}
    answer = sign_in("supervisor").post("/tables/verification/release/", days, follow=True)
    assert "3か月以上の期間" in answer.content.decode()
    assert not Release.objects.exists()


def test_nobody_releases_what_they_cannot_judge(actor_of: Callable[[Staff], Actor], manager: Staff) -> None:
    with pytest.raises(NotAllowed):
        release_report(by=actor_of(manager), scope=Scope(YEAR))


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
