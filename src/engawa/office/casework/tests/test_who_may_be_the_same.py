"""The rules that say who may be the same person, and why; ages as far as they are known."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engawa.office.casework.people.rules import (
    Known,
    age_in_words,
    likeness,
    marks,
    phone_digits,
    strong_marks,
)

BORN = dt.date(1984, 5, 1)
KEN = Known(name="髙橋 健一", reading="たかはし けんいち", birth_date=BORN, phone="075-123-4567")


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (Known(reading="タカハシ　ケンイチ", birth_date=BORN), ["生年月日が同じ（1984-05-01）", "よみが同じ"]),
        (Known(name="高橋健一", birth_date=BORN), ["漢字や書き方だけ（髙橋 健一／高橋健一）"]),
        (Known(name="髙橋 健一", phone="（075）123ー4567"), ["名前が同じ", "電話が同じ（家族と共用のこともあります）"]),
        (Known(name="鈴木 健一", others=("髙橋 健一",), birth_date=BORN), ["前の名前・通称・よみのどれかが同じ"]),
        (Known(phone="075-123-4567", birth_date=BORN), ["電話が同じ", "生年月日が同じ"]),
    ],
)
def test_two_facts_that_agree_make_a_likely_pair_and_say_why(other: Known, words: list[str]) -> None:
    """X-04, X-08: same reading and birth date, a kanji variant, the same phone, a former name."""
    found = likeness(KEN, other)
    assert found.likely
    told = "、".join(reason.words for reason in found.reasons)
    assert all(word in told for word in words), told
    assert strong_marks(KEN) & strong_marks(other)


@pytest.mark.parametrize(
    "other",
    [
        Known(name="髙橋 健一"),
        Known(phone="075-123-4567"),
        Known(reading="たかはし けんいち", age_band="40代", age_on=dt.date(2026, 5, 1)),
    ],
)
def test_one_fact_makes_a_possible_pair_that_nobody_outside_is_told_of(other: Known) -> None:
    found = likeness(KEN, other)
    assert found.possible
    assert not found.likely
    assert not strong_marks(KEN) & strong_marks(other)


@pytest.mark.parametrize(
    "other",
    [
        Known(),
        Known(birth_date=BORN),
        Known(name="鈴木 花子", birth_date=BORN),
        Known(name="髙橋 健一", birth_date=dt.date(1990, 12, 31)),
        Known(name="髙橋 健一", age_years=12, age_on=dt.date(2026, 5, 1)),
        Known(nickname="ねこやなぎ"),
    ],
)
def test_a_birthday_alone_or_facts_that_contradict_each_other_make_no_pair(other: Known) -> None:
    assert not likeness(KEN, other).possible


def test_a_birth_date_that_differs_in_one_part_speaks_for_an_error_of_writing() -> None:
    found = likeness(KEN, Known(name="髙橋 健一", birth_date=dt.date(1948, 5, 1)))
    assert "書きまちがいかもしれません" in "、".join(reason.words for reason in found.reasons)
    assert found.possible


known = st.builds(
    Known,
    name=st.sampled_from(["", "髙橋 健一", "高橋健一", "鈴木 愛"]),
    reading=st.sampled_from(["", "たかはし けんいち", "すずき あい"]),
    birth_date=st.none() | st.sampled_from([BORN, dt.date(1990, 1, 2)]),
    phone=st.sampled_from(["", "075-123-4567"]),
    age_years=st.none() | st.integers(0, 120),
    age_on=st.none() | st.just(dt.date(2026, 5, 1)),
)


@given(known, known)
def test_likeness_has_no_direction_and_a_shared_pair_of_facts_is_always_possible(one: Known, other: Known) -> None:
    assert likeness(one, other).weight == likeness(other, one).weight
    if strong_marks(one) & strong_marks(other) and one.birth_date == other.birth_date:
        assert likeness(one, other).possible


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("075-123-4567", "0751234567"),
        ("０７５（１２３）４５６７", "0751234567"),
        ("075-123-4567 内線 89", "0751234567"),
        ("+81 75-123-4567", "0751234567"),
        ("123-4567", ""),
        ("なし", ""),
        ("", ""),
    ],
)
def test_phone_numbers_are_compared_by_their_digits_without_extension(written: str, digits: str) -> None:
    """X-08: full-width forms, brackets, extension numbers."""
    assert phone_digits(written) == digits


def test_nothing_known_leaves_no_mark() -> None:
    assert marks(Known(nickname="ねこ")) == set()


@pytest.mark.parametrize(
    ("born", "years", "band", "heard_on", "words"),
    [
        (dt.date(1980, 11, 23), None, "", None, "45歳"),
        (dt.date(1980, 11, 22), None, "", None, "46歳"),
        (None, 41, "", dt.date(2024, 5, 1), "43〜44歳（2024-05-01に41歳と聞いた）"),
        (None, 41, "", dt.date(2026, 5, 1), "41歳（2026-05-01に41歳と聞いた）"),
        (None, 41, "", None, "41歳（いつ聞いたかは不明）"),
        (None, None, "40代", dt.date(2024, 5, 1), "40代（2024-05-01に聞いた）"),
        (None, None, "40代", None, "40代"),
        (None, None, "", None, "不明"),
    ],
)
def test_an_age_is_told_as_far_as_it_is_known(
    born: dt.date | None, years: int | None, band: str, heard_on: dt.date | None, words: str
) -> None:
    """X-05: birth date, age on a day, band, or unknown."""
    assert age_in_words(born, years, band, heard_on, dt.date(2026, 11, 22)) == words
