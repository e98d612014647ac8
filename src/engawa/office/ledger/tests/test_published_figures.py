"""The tables that the city published come out of its ledger, cell by cell."""

import csv
import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

import engawa
from engawa.kernel.fiscal import Period
from engawa.kernel.spreadsheets.reading import Source
from engawa.office.ledger.actions.taking_in import Outcome
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

YEAR = Period(dt.date(2020, 9, 1), dt.date(2021, 8, 31))
BEFORE = Period(dt.date(2019, 4, 1), dt.date(2020, 3, 31))
EXPECTED = f"{engawa.__path__[0]}/engine/demo/ledger/expected.csv"
TakeIn = Callable[..., Outcome]


@pytest.fixture
def tables(demo_ledger: list[Source], take_in: TakeIn) -> dict[str, Filled]:
    outcome = take_in(*demo_ledger)
    assert outcome.set_aside == []
    return {table.name: table for table in verification(YEAR, BEFORE).tables}


def counts(table: Filled, column: str) -> list[object]:
    return [table[row, column] for row in table.rows]


def test_every_published_cell_comes_out(tables: dict[str, Filled]) -> None:
    """X-03: every table from raw records, cell by cell and in the published order, from both forms of the ledger."""
    with open(EXPECTED, newline="") as file:  # noqa: PTH123 - csv reads files
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


def test_the_old_desks_are_a_dimension_of_their_own(demo_ledger: list[Source], take_in: TakeIn) -> None:
    """002-15: cases are told apart by the desk that received them, in any window."""
    take_in(*demo_ledger)
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


def test_results_as_of_an_earlier_day_add_up_to_the_cases_received_by_then(
    demo_ledger: list[Source], take_in: TakeIn
) -> None:
    """002-18, X-03: state as of any past day."""
    take_in(*demo_ledger)
    day = dt.date(2021, 3, 31)
    tables = {table.name: table for table in verification(YEAR, as_of=day).tables}
    received = sum(value for value in counts(tables["cases-by-month"], "ケース数") if isinstance(value, int))
    results = [value for value in counts(tables["case-results"], "ケース数") if isinstance(value, int)]
    assert received == sum(results) == 269
    assert results[1] < 311


def test_ended_is_told_apart_by_reason(demo_ledger: list[Source], take_in: TakeIn) -> None:
    """002-19: introduction, advice on attitude, other problems solved."""
    take_in(*demo_ledger)
    table = fill(END_REASONS, Scope(YEAR))
    assert {row: table[row, "ケース数"] for row in table.rows} == {
        "相談先・支援団体の紹介": 118,
        "ひきこもり以外の課題への対応": 97,
        "接し方に関する助言": 96,
    }


def test_shares_of_cases_and_shares_of_contacts_differ(demo_ledger: list[Source], take_in: TakeIn) -> None:
    """002-20: self is 15 % and family 60 % of cases, 22.8 % and 67.2 % of contacts."""
    take_in(*demo_ledger)
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


def test_the_monthly_mean_of_the_year_before(demo_ledger: list[Source], take_in: TakeIn) -> None:
    """002-13: 307 cases of the former desks in twelve months are 25.6 a month."""
    take_in(*demo_ledger)
    assert fill(CASES_BY_MONTH.of_former_desks(), Scope(BEFORE)).mean == Decimal("25.6")
