"""Tables on screen and as files, for any window; aggregates only, and only for those who may see them."""

import io
import json
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from engawa.office.access.models import Staff
from engawa.office.statistics.tables import TABLES

pytestmark = pytest.mark.django_db

YEAR = "first=2020-09-01&last=2021-08-31"
BOTH = f"{YEAR}&first_before=2019-04-01&last_before=2020-03-31"
ClientOf = Callable[[Staff], Client]
Put = Callable[..., None]


@pytest.fixture
def browser(client_of: ClientOf, manager: Staff, put: Put) -> Client:
    """Somebody who sees small counts too."""
    put("2020-09-04", age_years=23, requester="family")
    put("2020-09-05", age_years=40, contacts=(("2020-09-05", "phone", "self"),))
    put("2019-04-01", "former", age_years=20)
    put("2019-04-02", "former", age_years=21)
    return client_of(manager)


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_every_table_has_its_page_with_figure_and_text_to_copy(browser: Client, table: str) -> None:
    page = browser.get(f"/tables/?table={table}&{BOTH}").content.decode()
    assert f'data-table="{table}"' in page
    assert "<svg" in page
    assert 'data-copy="text-1"' in page


def test_negative_numbers_are_printed_with_a_triangle_and_missing_classes_with_a_dash(browser: Client) -> None:
    """X-08, 002-12."""
    page = browser.get(f"/tables/?table=cases-by-age&{BOTH}").content.decode()
    assert "△1" in page
    assert ">－<" in page
    assert "-1" not in page.split("<tbody>")[1].split("</tbody>")[0]


def test_results_are_those_of_the_day_that_is_asked_for(browser: Client, put: Put) -> None:
    """002-18, X-03: a case that ended later was still open on an earlier day."""
    put("2020-09-06", states=(("2020-12-01", "closed"),))
    found = [
        re.findall(
            r"<t[hd][^>]*>([^<]+)</t[hd]>",
            browser.get(f"/tables/?table=case-results&{YEAR}&as_of={day}").content.decode().split("<tbody>")[1],
        )[:6]
        for day in ("2020-11-30", "2020-12-01")
    ]
    assert found == [
        ["保健福祉センターへ引継ぎ", "0", "終結", "0", "継続対応中", "3"],
        ["保健福祉センターへ引継ぎ", "0", "終結", "1", "継続対応中", "2"],
    ]


def test_days_may_be_written_in_eras(browser: Client) -> None:
    """X-08."""
    page = browser.get("/tables/?table=cases-by-requester&first=令和2年9月1日&last=R3.8.31").content.decode()
    assert "令和2年9月1日～令和3年8月31日" in page


def test_a_table_without_comparison_columns_stands_beside_that_of_the_former_desks(browser: Client) -> None:
    """002-14: free periods side by side."""
    page = browser.get(f"/tables/?table=cases-by-requester&{BOTH}").content.decode()
    assert "相談者別の相談件数（比較期間）" in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("first=2020-09-01&last=2020-08-31", "末日は、初日と同じ日か後の日"),
        ("first=昨日&last=2020-08-31", "日付として読めません"),
        (f"{YEAR}&first_before=2019-04-01", "初日と末日の両方"),
        ("first=&last=2020-08-31", "必須"),
    ],
)
def test_an_impossible_window_is_explained_at_its_field(browser: Client, query: str, message: str) -> None:
    page = browser.get(f"/tables/?table=cases-by-age&{query}").content.decode()
    assert message in page
    assert "data-table" not in page
    assert browser.get(f"/tables/verification/file/csv/?{query}").status_code == 404


def test_the_page_offers_the_last_twelve_months_with_records(browser: Client) -> None:
    page = browser.get("/tables/").content.decode()
    assert "first=2019-10-01&amp;last=2020-09-30" in page


def test_a_table_is_downloaded_as_csv_and_workbook(browser: Client) -> None:
    text = browser.get(f"/tables/file/csv/?table=cases-by-age&{BOTH}").content.decode("utf-8-sig")
    assert "cases-by-age,39歳以下,増減,-1" in text
    content = browser.get(f"/tables/file/xlsx/?table=cases-by-age&{BOTH}").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "39歳以下")
    assert row == ("39歳以下", 2, 1, -1)
    assert browser.get(f"/tables/file/exe/?table=cases-by-age&{BOTH}").status_code == 404


def test_the_report_is_downloaded_in_every_form(browser: Client) -> None:
    answers = {
        form: browser.get(f"/tables/verification/file/{form}/?{BOTH}") for form in ("csv", "json", "xlsx", "html")
    }
    assert all(answer["Content-Disposition"].startswith("attachment") for answer in answers.values())
    tables = json.loads(answers["json"].content)["tables"]
    assert tables[0]["cells"][0] == {"row": "39歳以下", "column": "比較期間", "value": 2}
    assert answers["html"].content.startswith(b"<!doctype html>")


def test_the_report_on_screen_shows_every_table(browser: Client) -> None:
    page = browser.get(f"/tables/verification/?{BOTH}").content.decode()
    assert page.count("data-table=") == 9


@pytest.mark.parametrize("who", ["counsellor", "companion", "partner", "administrator", "supporter"])
def test_nobody_without_the_permission_sees_tables(
    who: str, request: pytest.FixtureRequest, client_of: ClientOf
) -> None:
    visitor = client_of(request.getfixturevalue(who))
    for path in ("/tables/", f"/tables/file/csv/?table=cases-by-age&{YEAR}", "/tables/verification/"):
        assert visitor.get(path).status_code == 404
