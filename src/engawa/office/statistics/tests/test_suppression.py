"""Small counts are hidden, with as many others that no sum gives them away."""

import random
from itertools import product

import pytest

from engawa.kernel.fiscal import Period
from engawa.office.conferences.rules import OTHER_WORDS
from engawa.office.statistics.measures import REASON
from engawa.office.statistics.rules import HIDDEN, TOTAL, Group, Scope, filled
from engawa.office.statistics.suppression import (
    Discretion,
    NotReleasable,
    check_releasable,
    concealed,
    discreet,
    without_rare_words,
)
from engawa.office.statistics.tables import (
    CASES_BY_AGE,
    CASES_BY_MONTH,
    CONFERENCE_SUMMARY,
    CONTACTS_BY_METHOD,
    END_REASONS,
    SHARES_BY_REQUESTER,
)
from engawa.office.statistics.tests.conftest import BEFORE, YEAR

THREE = Discretion(3, "決まり")
SCOPE = Scope(YEAR, BEFORE)


def column(*counts: int) -> dict[tuple[str, str], int]:
    return {(f"row {place}", "件数"): count for place, count in enumerate(counts)}


def hidden_rows(*counts: int) -> set[int]:
    return {int(row[4:]) for row, _ in concealed(column(*counts), THREE)}


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((5, 9, 12), set()),
        ((0, 9, 12), set()),
        ((2, 9, 12), {0, 1}),
        ((2, 2, 9, 12), {0, 1}),  # 4 between the two: 1 and 3, or 2 and 2
        ((1, 1, 9, 12), {0, 1, 2}),  # 2 between two of at least one each would be told
        ((1, 2, 0), {0, 1}),
        ((2, 0, 0), {0}),  # there is nothing else to hide; the sum is small itself
    ],
)
def test_a_small_count_is_hidden_with_another_so_that_the_sum_does_not_tell(
    counts: tuple[int, ...], hidden: set[int]
) -> None:
    assert hidden_rows(*counts) == hidden


def _tellable(counts: dict[tuple[str, str], int], hidden: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Hidden places of the body that follow from sums of rows and columns, found by working them out."""
    open_places, told = set(hidden), set()
    while True:
        found = set()
        for line in ({row for row, _ in counts}, {name for _, name in counts}):
            for name in line:
                inside = [place for place in open_places if name in place]
                found |= set(inside) if len(inside) == 1 else set()
        if not found:
            return told
        told |= found
        open_places -= found


@pytest.mark.parametrize("seed", range(40))
def test_in_a_crossed_table_no_small_count_follows_from_rows_and_columns(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 # a table made up, the same each time
    rows, columns = [f"r{n}" for n in range(4)], [f"c{n}" for n in range(3)]
    body = {place: chance.choice([1, 2, 4, 7, 15, 30]) for place in product(rows, columns)}
    whole = dict(body)
    for (row, name), count in body.items():
        for place in ((row, TOTAL), (TOTAL, name), (TOTAL, TOTAL)):
            whole[place] = whole.get(place, 0) + count
    hidden = concealed(whole, THREE)
    small = {place for place, count in whole.items() if 0 < count < 3}
    assert small <= hidden
    assert not small & _tellable(whole, hidden)


def test_totals_of_a_crossed_table_stay_where_they_are_large() -> None:
    groups = [
        Group("phone", "self", (2,)),
        Group("phone", "family", (20,)),
        Group("visit", "self", (30,)),
        Group("visit", "family", (40,)),
        Group("mail", "self", (50,)),
        Group("mail", "family", (60,)),
    ]
    table = discreet(filled(CONTACTS_BY_METHOD, SCOPE, groups), THREE)
    assert table["電話", "本人"] is HIDDEN
    assert table["電話", "家族・親族"] is HIDDEN
    assert table[TOTAL, TOTAL] == 202
    assert table["メール", "本人"] == 50


def test_a_difference_is_hidden_where_one_of_its_sides_is() -> None:
    groups = [Group("20", None, (2, 40)), Group("50", None, (60, 70)), Group("", None, (30, 0))]
    table = discreet(filled(CASES_BY_AGE, SCOPE, groups), THREE)
    assert [table["39歳以下", name] for name in ("比較期間", "対象期間", "増減")] == [40, HIDDEN, HIDDEN]
    assert table[TOTAL, "増減"] == -18
    assert table["不明等", "対象期間"] is HIDDEN
    assert table["不明等", "比較期間"] is None


def test_a_share_is_hidden_with_its_count() -> None:
    groups = [Group("self", None, (1,)), Group("family", None, (10,)), Group("other", None, (20,))]
    table = discreet(filled(SHARES_BY_REQUESTER, SCOPE, groups), THREE)
    assert table["本人", "割合"] is HIDDEN
    assert table["家族・親族", "割合"] is HIDDEN
    assert table["その他", "ケース数"] == 20
    assert table.base == 31


def test_meetings_are_no_lives() -> None:
    table = discreet(filled(CONFERENCE_SUMMARY, SCOPE, [Group(None, None, (1, 2, 9, 2))]), THREE)
    assert [table[row, "件数"] for row in table.rows] == [1, HIDDEN, 9, 2]


def test_a_mean_does_not_speak_of_hidden_months() -> None:
    groups = [Group(YEAR.first, None, (1,))]
    assert filled(CASES_BY_MONTH, SCOPE, groups).mean is not None
    assert discreet(filled(CASES_BY_MONTH, SCOPE, groups), THREE).mean is None


def test_what_few_have_in_common_is_not_printed_as_it_was_typed() -> None:
    typed = "三条の長男がいなくなったため"
    groups = [Group(typed, None, (2,)), Group("本人の希望", None, (9,)), Group("転出", None, (1,))]
    table = discreet(filled(END_REASONS, SCOPE, without_rare_words(END_REASONS, SCOPE, groups, THREE)), THREE)
    assert table.rows == (OTHER_WORDS, "本人の希望")
    assert table[OTHER_WORDS, "ケース数"] == 3
    assert REASON.free_text


def test_labels_of_a_list_are_printed_however_rare() -> None:
    groups = [Group("self", None, (1,))]
    assert without_rare_words(SHARES_BY_REQUESTER, SCOPE, groups, THREE) == groups


def test_only_whole_months_of_at_least_a_quarter_can_be_published() -> None:
    check_releasable(SCOPE, 3)
    short = Period(YEAR.first, YEAR.first.replace(day=30))
    with pytest.raises(NotReleasable, match="3か月以上"):
        check_releasable(Scope(short), 3)
    with pytest.raises(NotReleasable):
        check_releasable(Scope(Period(YEAR.first.replace(day=2), YEAR.last)), 3)
