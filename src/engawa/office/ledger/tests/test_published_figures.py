"""The tables that the city published come out of its ledger, cell by cell."""

import csv
import datetime as dt
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

import engawa
from engawa.kernel import wareki
from engawa.kernel.fiscal import Period
from engawa.kernel.ids import uuid7
from engawa.kernel.spreadsheets.reading import Source, sources_of
from engawa.office.access.actors import COMMAND
from engawa.office.ledger.actions.taking_in import take_in_sources
from engawa.office.statistics.formats.page import as_page
from engawa.office.statistics.formats.paper import as_paper
from engawa.office.statistics.formats.plain import as_csv, as_json
from engawa.office.statistics.formats.printed import notes_of
from engawa.office.statistics.formats.workbook import as_workbook
from engawa.office.statistics.queries import fill
from engawa.office.statistics.rules import SHARE, Filled, Scope, Table
from engawa.office.statistics.tables import (
    CASES_BY_AGE,
    CASES_BY_DESK,
    CASES_BY_MONTH,
    END_REASONS,
    SHARES_BY_COUNTERPART,
    SHARES_BY_REQUESTER,
    TABLES,
)
from engawa.office.statistics.verification import verification

pytestmark = pytest.mark.django_db
YEAR = Period(dt.date(2020, 9, 1), dt.date(2021, 8, 31))
BEFORE = Period(dt.date(2019, 4, 1), dt.date(2020, 3, 31))
DEMO = Path(engawa.__file__).parent / "engine" / "demo"
EXPECTED = DEMO / "ledger" / "expected.csv"


@pytest.fixture(scope="module", params=["ledger", "ledger.xlsx"], autouse=True)
def city(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The city's ledger, once as tidy CSV files and once as the workbook of the offices, is taken in for all tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        outcome = take_in_sources(by=COMMAND, import_id=uuid7(), sources=sources_of(DEMO / request.param))
        assert outcome.set_aside == []
        yield
        transaction.set_rollback(True)


@pytest.fixture
def tables() -> dict[str, Filled]:
    return {table.name: table for table in verification(YEAR, BEFORE).tables}


def counts(table: Filled, column: str) -> list[object]:
    return [table[row, column] for row in table.rows]


def test_every_published_cell_comes_out(tables: dict[str, Filled]) -> None:
    """X-03: every table from raw records, cell by cell and in the published order, from both forms of the ledger."""
    with EXPECTED.open(newline="") as file:
        expected = list(csv.reader(file))[1:]
    lines = [line for table in tables.values() for line in table.lines()]
    assert [
        [name, row, column, "－" if value is None else str(value)] for name, row, column, value in lines
    ] == expected


def published() -> list[tuple[str, ...]]:
    with EXPECTED.open(newline="") as file:
        return [tuple(line) for line in list(csv.reader(file))[1:]]


def test_the_csv_file_is_the_published_file_line_by_line() -> None:
    """X-03: so that two files can be compared with any program."""
    assert as_csv(verification(YEAR, BEFORE)).decode().splitlines() == EXPECTED.read_text().splitlines()


def test_the_json_file_holds_every_published_cell() -> None:
    """X-03."""
    tables = json.loads(as_json(verification(YEAR, BEFORE)))["tables"]
    cells = [
        (table["name"], cell["row"], cell["column"], str(cell["value"])) for table in tables for cell in table["cells"]
    ]
    assert cells == published()


def test_the_workbook_holds_every_published_cell_flat_and_table_by_table(tables: dict[str, Filled]) -> None:
    """X-03: as numbers, on the sheet for programs and on the sheet of each table."""
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(verification(YEAR, BEFORE))), read_only=True)
    flat, *sheets = book.worksheets
    lines = [tuple(str(value) for value in line) for line in flat.iter_rows(min_row=2, max_col=4, values_only=True)]
    assert _numbers(lines) == _numbers(published())
    found = []
    for table, sheet in zip(tables.values(), sheets, strict=True):
        rows = [[str(value) for value in line] for line in sheet.iter_rows(values_only=True)]
        found += _cells(table.name, rows[rows_before(rows, table) :][: len(table.rows) + 1])
    assert sorted(_numbers(found)) == sorted(_numbers(published()))


def test_the_page_shows_every_published_cell() -> None:
    """X-03: △ for less and eras for months, as on paper."""
    found = []
    for name, body in re.findall(
        r'data-table="([^"]+)">(.*?)</table>', as_page(verification(YEAR, BEFORE)).decode(), re.DOTALL
    ):
        rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in re.findall(r"<tr.*?</tr>", body)]
        found += _cells(html.unescape(name), [[_plain(html.unescape(cell)) for cell in row] for row in rows])
    assert sorted(_numbers(found)) == sorted(_numbers(published()))


def test_the_paper_shows_every_published_cell(tables: dict[str, Filled]) -> None:
    """X-03: line by line below the name of its table, with △ for less, thousands apart and months in eras."""
    pages = pypdfium2.PdfDocument(as_paper(verification(YEAR, BEFORE)))
    paper = _squeezed("".join(page.get_textpage().get_text_range() for page in pages))
    place = 0
    for table in tables.values():
        cells = [line for line in published() if line[0] == table.name]
        for row in table.rows:
            values = [_on_paper(value) for _, label, _, value in cells if label == row]
            month = wareki.write_month(wareki.read_date(f"{row}-01")) if re.fullmatch(r"\d{4}-\d{2}", row) else row
            place = paper.find(line := _squeezed("".join([month, *values])), place)
            assert place >= 0, (table.name, line)


def _on_paper(value: str) -> str:
    if value == "－":
        return value
    whole, *rest = value.lstrip("-").split(".")
    return ("△" if value.startswith("-") else "") + ".".join([f"{int(whole):,}", *rest])


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_filled_by_one_grouped_query(table: Table) -> None:
    with CaptureQueriesContext(connection) as asked:
        fill(table, Scope(YEAR, BEFORE))
    queries = [query["sql"] for query in asked if " FROM " in query["sql"]]
    assert len(queries) == 1
    _facts, counted = queries[0].rsplit(" AS facts ", 1)
    assert ("GROUP BY" in counted) == bool(table.rows)


def rows_before(rows: list[list[str]], table: Filled) -> int:
    """Where the head of a table stands on its sheet."""
    return next(place for place, row in enumerate(rows) if tuple(row[1 : len(table.columns) + 1]) == table.columns)


def _cells(name: str, rows: list[list[str]]) -> list[tuple[str, ...]]:
    (_, *columns), *lines = rows
    return [
        (name, label, column, value)
        for label, *values in lines
        for column, value in zip(columns, values, strict=False)
        if value not in {"", "None"}
    ]


def _plain(printed: str) -> str:
    months = {wareki.write_month(month): f"{month:%Y-%m}" for month in YEAR.months}
    return months.get(printed, {"割合（％）": SHARE}.get(printed, printed)).replace("△", "-")


def _numbers(lines: list[tuple[str, ...]]) -> list[tuple[str, str, str, str]]:
    """Lines whose numbers compare however they are written: 1,063 is 1063, 56.5 is 56.50."""
    plain = [(*line[:3], line[3].replace(",", "")) for line in lines]
    return [(a, b, c, value if value == "－" else str(float(value))) for a, b, c, value in plain]


def test_before_and_after_by_age(tables: dict[str, Filled]) -> None:
    """002-12, 002-14: FY2019 against Sept 2020–Aug 2021, 1.3 and 3.4 times; who was unknown before is －, not 0."""
    table = tables["cases-by-age"]
    assert counts(table, "比較期間") == [268, 39, None, 307]
    assert counts(table, "対象期間") == [210, 134, 67, 411]
    assert counts(table, "増減") == [-58, 95, 67, 104]
    assert "比較期間に対して：39歳以下 0.8倍、40歳以上 3.4倍、合計 1.3倍。" in notes_of(table)


def test_first_months_and_the_monthly_mean(tables: dict[str, Filled]) -> None:
    """002-13: 78 and 48 in the first months, then about 30; the mean of a window is stated with its table."""
    table = tables["cases-by-month"]
    first, second, *others = [value for value in counts(table, "ケース数") if isinstance(value, int)]
    assert (first, second) == (78, 48)
    assert round(sum(others) / len(others), -1) == 30
    assert table.mean == Decimal("34.3")


def test_interviews_of_a_month_are_stated_below_the_methods(tables: dict[str, Filled]) -> None:
    """002-13: 325 interviews are 27.1 a month; a window that ends inside a month states no mean."""
    table = tables["contacts-by-method-and-counterpart"]
    assert table.means["面談"] == Decimal("27.1")
    assert any("面談 27.1件" in note for note in notes_of(table))
    assert fill(table.table, Scope(Period(YEAR.first, dt.date(2021, 8, 30)))).means == {}


def test_the_old_desks_are_a_dimension_of_their_own() -> None:
    """002-15: cases are told apart by the desk that received them, in any window."""
    table = fill(CASES_BY_DESK, Scope(BEFORE))
    assert table["こども相談センターパトナ", "ケース数"] == 138
    assert sum(value for value in counts(table, "ケース数") if isinstance(value, int)) == 307


def test_cases_that_still_came_to_a_former_desk_stand_beside_the_new_one(book: Callable[..., Source]) -> None:
    """002-15: 79 cases of the new year came to the old desk: told by its name, and not among the 411."""
    late = [(f"P{n}", "2020-10-01", "中央青少年活動センター", "本人", "", "", "", "") for n in range(79)]
    outcome = take_in_sources(by=COMMAND, import_id=uuid7(), sources=[book(相談ケース=late)])
    assert outcome.set_aside == []
    desks = fill(CASES_BY_DESK, Scope(YEAR))
    assert (desks["「よりそい・つなぐ」相談窓口", "ケース数"], desks["中央青少年活動センター", "ケース数"]) == (411, 79)
    assert fill(CASES_BY_AGE, Scope(YEAR))["合計", "対象期間"] == 411


def test_one_contact_and_continued(tables: dict[str, Filled]) -> None:
    """002-16."""
    assert counts(tables["cases-by-contact-count"], "ケース数") == [140, 271]


def test_method_by_counterpart(tables: dict[str, Filled]) -> None:
    """002-17: rows and columns reconcile with 1,482."""
    table = tables["contacts-by-method-and-counterpart"]
    assert counts(table, "合計") == [1063, 325, 53, 16, 25, 1482]
    assert [table["合計", column] for column in table.columns] == [338, 996, 148, 1482]


def test_results_at_the_end_of_august(tables: dict[str, Filled]) -> None:
    """002-18: handed over 15, ended 311, continuing 85."""
    assert counts(tables["case-results"], "ケース数") == [15, 311, 85]


def test_results_as_of_an_earlier_day_add_up_to_the_cases_received_by_then() -> None:
    """002-18, X-03: state as of any past day."""
    day = dt.date(2021, 3, 31)
    tables = {table.name: table for table in verification(YEAR, as_of=day).tables}
    received = sum(value for value in counts(tables["cases-by-month"], "ケース数") if isinstance(value, int))
    results = [value for value in counts(tables["case-results"], "ケース数") if isinstance(value, int)]
    assert received == sum(results) == 269
    assert results[1] < 311


def test_ended_is_told_apart_by_reason() -> None:
    """002-19: introduction, advice on attitude, other problems solved."""
    table = fill(END_REASONS, Scope(YEAR))
    assert {row: table[row, "ケース数"] for row in table.rows} == {
        "相談先・支援団体の紹介": 118,
        "ひきこもり以外の課題への対応": 97,
        "接し方に関する助言": 96,
    }


def test_shares_of_cases_and_shares_of_contacts_differ() -> None:
    """002-20: self is 15 % and family 60 % of cases, 22.8 % and 67.2 % of contacts."""
    scope = Scope(YEAR)
    assert counts(fill(SHARES_BY_REQUESTER, scope), SHARE)[:2] == [Decimal("15.1"), Decimal("60.1")]
    assert counts(fill(SHARES_BY_COUNTERPART, scope), SHARE) == [Decimal("22.8"), Decimal("67.2"), Decimal("10.0")]


def test_the_satisfaction_survey_adds_up_to_100(tables: dict[str, Filled]) -> None:
    """002-21: n = 23; an option that nobody chose is printed as 0."""
    table = tables["survey/相談窓口の対応への満足度"]
    assert table.base == 23
    assert [str(value) for value in counts(table, SHARE)] == ["56.5", "17.4", "21.7", "4.4", "0.0"]


def test_multi_answer_shares_are_of_the_respondents(tables: dict[str, Filled]) -> None:
    """002-22: n = 16 and n = 15, half up, not forced; 無回答 is a row only where somebody gave no answer."""
    agencies = tables["survey/支援調整会議について良いと思う点"]
    assert agencies.base == 16
    assert [str(value) for value in counts(agencies, SHARE)] == ["56.3", "37.5", "31.3", "31.3", "25.0", "6.3"]
    goals = tables["survey/現在の目標"]
    assert goals.base == 15
    assert goals.rows[-1] == "無回答"
    assert "無回答" not in agencies.rows


def test_the_monthly_mean_of_the_year_before() -> None:
    """002-13: 307 cases of the former desks in twelve months are 25.6 a month."""
    assert fill(CASES_BY_MONTH.of_former_desks(), Scope(BEFORE)).mean == Decimal("25.6")
