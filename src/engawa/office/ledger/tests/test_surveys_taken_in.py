"""Answers of surveys may have a day; their tables can then be asked for any window, like every other table."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engawa.kernel.fiscal import Period
from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.models import Staff
from engawa.office.ledger.actions.taking_in import Outcome
from engawa.office.statistics.formats.printed import notes_of
from engawa.office.statistics.queries import fill, fill_both, survey_tables
from engawa.office.statistics.rules import SHARE, Filled, Scope
from engawa.office.statistics.verification import verification

pytestmark = pytest.mark.django_db
Book = Callable[..., Source]
TakeIn = Callable[..., Outcome]
HEADER = ("調査", "回答番号", "設問", "回答", "回答日")
QUESTIONS = [
    ("調査", "設問", "形式", "選択肢"),
    ("調査A", "満足度", "単一", "満足;不満"),
    ("調査A", "よい点", "複数", "近い;話しやすい"),
    ("調査B", "また来たいか", "単一", "はい;いいえ"),
]
ANSWERS = [
    HEADER,
    ("調査A", "1", "満足度", "満足", "令和2年10月1日"),
    ("調査A", "1", "よい点", "近い;話しやすい", ""),
    ("調査A", "2", "満足度", "満足", "2021-10-01"),
    ("調査A", "3", "満足度", "不満", ""),
    ("調査B", "1", "また来たいか", "はい", ""),
]
FIRST = Period(dt.date(2020, 4, 1), dt.date(2021, 3, 31))
SECOND = Period(dt.date(2021, 4, 1), dt.date(2022, 3, 31))


@pytest.fixture
def surveys(book: Book, take_in: TakeIn) -> Source:
    source = book(header=False, 設問=QUESTIONS, アンケート回答=ANSWERS)
    assert take_in(source).set_aside == []
    return source


def table(name: str, scope: Scope) -> Filled:
    return fill(next(one for one in survey_tables() if one.name == f"survey/{name}"), scope)


def counts(filled: Filled) -> list[Any]:
    return [filled[row, "回答数"] for row in filled.rows]


def test_an_answer_with_a_day_counts_in_the_window_that_holds_it_and_one_without_in_every(surveys: Source) -> None:
    one, two = table("満足度", Scope(FIRST)), table("満足度", Scope(SECOND))
    assert (counts(one), counts(two)) == ([1, 1], [1, 1])
    assert (one.base, two.base) == (2, 2)
    both = table("満足度", Scope(Period(FIRST.first, SECOND.last)))
    assert (counts(both), both.base) == ([2, 1], 3)
    assert counts(table("満足度", Scope(Period(dt.date(2019, 4, 1), dt.date(2020, 3, 31))))) == [0, 1]


def test_shares_of_several_answers_are_of_those_who_answered_in_the_window(surveys: Source) -> None:
    """The day stands in one row of the response and holds for all of them."""
    one, two = table("よい点", Scope(FIRST)), table("よい点", Scope(SECOND))
    assert (counts(one), one.base, str(one["近い", SHARE])) == ([1, 1], 1, "100.0")
    assert (counts(two), two.base) == ([0, 0], 0)


def test_nothing_counts_that_was_answered_after_the_as_of_day(surveys: Source) -> None:
    assert counts(table("満足度", Scope(FIRST, as_of=dt.date(2020, 9, 30)))) == [0, 1]
    assert counts(table("満足度", Scope(FIRST, as_of=dt.date(2020, 10, 1)))) == [1, 1]


def test_a_comparison_window_has_a_table_of_its_own(surveys: Source) -> None:
    rated = next(one for one in survey_tables() if one.name == "survey/満足度")
    now, before = fill_both(rated, Scope(SECOND, Period(dt.date(2019, 4, 1), FIRST.last), dt.date(2022, 3, 31)))
    assert (counts(now), counts(before)) == ([1, 1], [1, 1])
    assert "比較期間" in str(before.table.title)


def test_a_survey_without_any_day_stays_one_table_for_every_window_and_says_so(surveys: Source) -> None:
    plain = next(one for one in survey_tables() if one.name == "survey/また来たいか")
    (only,) = fill_both(plain, Scope(SECOND, FIRST))
    assert counts(only) == [1, 0]
    assert "回答日の記録がないため、期間によらず" in notes_of(only)[0]
    assert "回答日が期間の中にある回答" in notes_of(table("満足度", Scope(FIRST)))[0]


def test_the_report_asks_surveys_for_its_window(surveys: Source) -> None:
    tables = {one.name: one for one in verification(SECOND, FIRST).tables}
    assert counts(tables["survey/満足度"]) == [1, 1]


def test_the_page_says_how_days_of_answers_are_counted(
    surveys: Source, client_of: Callable[[Staff], Client], manager: Staff
) -> None:
    asked = {"table": "survey/満足度", "first": "2020-04-01", "last": "2021-03-31"}
    page = client_of(manager).get("/tables/", asked).text
    assert "アンケートは、回答日の記録がある回答だけを期間で分けます" in page
    assert "回答日が期間の中にある回答。回答日の記録がない回答は、どの期間にも数える" in page


def test_the_same_again_changes_nothing_and_another_day_is_set_aside(
    surveys: Source, book: Book, take_in: TakeIn
) -> None:
    again = take_in(surveys)
    assert (again.made, again.set_aside) == (0, [])
    silent = [HEADER, ("調査A", "1", "満足度", "満足", "")]
    assert take_in(book(header=False, アンケート回答=silent)).set_aside == []
    others = [
        HEADER,
        ("調査A", "1", "満足度", "満足", "R2.10.2"),
        ("調査A", "3", "満足度", "不満", "R2.10.2"),
        ("調査A", "9", "満足度", "満足", "R2.10.2"),
        ("調査A", "9", "よい点", "近い", "R2.10.3"),
        ("調査A", "8", "満足度", "満足", "2199-10-03"),
    ]
    faults = [row.fault for row in take_in(book(header=False, アンケート回答=others)).set_aside]
    assert [fault.column for fault in faults] == ["回答日"] * 4
    assert [fault.value for fault in faults] == ["2020-10-02", "2020-10-02", "2020-10-03", "2199-10-03"]
