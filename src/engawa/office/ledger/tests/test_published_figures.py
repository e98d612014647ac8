"""The tables that the city published come out of its ledger, cell by cell."""

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

import engawa
from engawa.kernel.fiscal import Period
from engawa.kernel.ids import uuid7
from engawa.kernel.spreadsheets.reading import sources_of
from engawa.office.access.actors import COMMAND
from engawa.office.ledger.actions.taking_in import take_in_sources
from engawa.office.statistics.queries import fill
from engawa.office.statistics.rules import SHARE, Filled, Scope
from engawa.office.statistics.tables import (
    CASES_BY_DESK,
    CASES_BY_MONTH,
    END_REASONS,
    SHARES_BY_COUNTERPART,
    SHARES_BY_REQUESTER,
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


def test_before_and_after_by_age(tables: dict[str, Filled]) -> None:
    """002-12, 002-14: FY2019 against Sept 2020–Aug 2021; no class for the unknown before is －, not 0."""
    table = tables["cases-by-age"]
    assert counts(table, "比較期間") == [268, 39, None, 307]
    assert counts(table, "対象期間") == [210, 134, 67, 411]
    assert counts(table, "増減") == [-58, 95, 67, 104]


def test_first_months_and_the_monthly_mean(tables: dict[str, Filled]) -> None:
    """002-13: 78 and 48 in the first months; the mean of a window is stated with its table."""
    table = tables["cases-by-month"]
    assert counts(table, "ケース数")[:2] == [78, 48]
    assert table.mean == Decimal("34.3")


def test_the_old_desks_are_a_dimension_of_their_own() -> None:
    """002-15: cases are told apart by the desk that received them, in any window."""
    table = fill(CASES_BY_DESK, Scope(BEFORE))
    assert table["こども相談センターパトナ", "ケース数"] == 138
    assert sum(value for value in counts(table, "ケース数") if isinstance(value, int)) == 307


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
