"""Shares and rounding, against published rows and against their own laws."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engawa.kernel.rounding import half_up, share, shares_to_hundred

COUNTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12)


def test_a_single_answer_table_adds_up_to_exactly_100() -> None:
    """002-21: 13/4/5/1/0 of 23 are printed 56.5/17.4/21.7/4.4/0.0: 1 of 23 is 4.35, forced up to 4.4."""
    printed = [str(value) for value in shares_to_hundred([13, 4, 5, 1, 0])]
    assert printed == ["56.5", "17.4", "21.7", "4.4", "0.0"]


@pytest.mark.parametrize(
    ("part", "base", "printed"),
    [
        (9, 16, "56.3"), (6, 16, "37.5"), (5, 16, "31.3"), (4, 16, "25.0"), (1, 16, "6.3"),
        (10, 15, "66.7"), (7, 15, "46.7"), (4, 15, "26.7"), (2, 15, "13.3"), (1, 15, "6.7"), (0, 15, "0.0"),
    ],
)  # fmt: skip
def test_multi_answer_shares_are_rounded_half_up(part: int, base: int, printed: str) -> None:
    """002-22: half up, each by itself; binary or bankers' rounding fails on 9, 5 and 1 of 16."""
    assert str(share(part, base)) == printed


def test_monthly_means_of_the_report() -> None:
    """002-13: 307 cases in twelve months are 25.6 a month, 325 interviews are 27.1."""
    assert (str(half_up(Fraction(307, 12))), str(half_up(Fraction(325, 12)))) == ("25.6", "27.1")


def test_shares_of_nothing_are_not_zero() -> None:
    assert share(0, 0) is None
    assert shares_to_hundred([0, 0]) == [None, None]


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        shares_to_hundred([3, -1])


def test_a_negative_half_goes_away_from_zero() -> None:
    assert half_up(Decimal("-0.25")) == Decimal("-0.3")


@given(COUNTS, st.integers(0, 3))
def test_forced_shares_add_up_and_stay_within_one_unit_of_the_truth(parts: list[int], places: int) -> None:
    shares = shares_to_hundred(parts, places)
    if not sum(parts):
        assert set(shares) == {None}
        return
    assert sum(value for value in shares if value is not None) == 100
    unit = Fraction(1, 10**places)
    for part, value in zip(parts, shares, strict=True):
        assert value is not None
        assert abs(Fraction(value) - Fraction(100 * part, sum(parts))) < unit
        assert (value == 0) or part > 0


@given(COUNTS)
def test_a_larger_count_never_gets_a_smaller_share(parts: list[int]) -> None:
    ranked = sorted(zip(parts, shares_to_hundred(parts), strict=True), key=lambda pair: pair[0])
    values = [value for _, value in ranked if value is not None]
    for (lower, first), (higher, second) in pairwise(ranked):
        if lower < higher and values:
            assert first is not None
            assert second is not None
            assert first <= second


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(0, 4))
def test_half_up_is_the_nearest_and_symmetric(top: int, bottom: int, places: int) -> None:
    exact = Fraction(top, bottom)
    rounded = Fraction(half_up(exact, places))
    assert abs(rounded - exact) <= Fraction(1, 2 * 10**places)
    assert rounded == -Fraction(half_up(-exact, places))
