"""X-05, X-08: keys that find names, codes that survive spreadsheets, ages as far as they are known."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engawa.kernel import age, codes, kana


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ｺﾓﾚﾋﾞ", "こもれび"),
        ("髙橋", "高橋"),
        ("渡邉", "渡辺"),
        ("\U00020bb7野家", "吉野家"),
        ("葛\U000e0100城", "葛城"),
        ("サーバー", "さーばー"),
        ("Ｅ－２０２６－００４２", "e-2026-0042"),
        ("﨑", "崎"),
        ("齊藤", "斎藤"),
        ("斉藤", "齋藤"),
    ],
)
def test_different_spellings_share_one_key(typed: str, written: str) -> None:
    assert kana.search_key(typed) == kana.search_key(written)


@given(st.text())
def test_a_key_of_a_key_is_itself_and_its_pieces_lie_in_it(text: str) -> None:
    key = kana.search_key(text)
    assert kana.search_key(key) == key
    assert all(piece in key for piece in kana.pieces(key))


def test_pieces_of_short_keys() -> None:
    assert kana.pieces("") == []
    assert kana.pieces("ア") == ["ア"]
    assert kana.pieces("アイアイ") == ["アイ", "イア"]


PUBLISHED = ["131016", "011002", "260002", "261009", "190004", "460001", "390003", "470007", "092011", "221309"]


@pytest.mark.parametrize("code", [*PUBLISHED, "010031", "010090"])
def test_published_codes_have_the_right_check_digit(code: str) -> None:
    assert codes.read_code(code) == code


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_code_is_mended_when_a_spreadsheet_took_its_zero_or_nobody_wrote_its_check_digit(code: str) -> None:
    assert codes.read_code(code[:5]) == code
    assert codes.read_code(code.lstrip("0")) == code


def test_a_code_that_could_mean_two_places_is_refused_naming_both() -> None:
    with pytest.raises(codes.NotACode, match="とも"):
        codes.read_code("11100")


@pytest.mark.parametrize("text", ["131017", "abc", "", "1310161", "99000"])
def test_a_wrong_code_is_refused(text: str) -> None:
    with pytest.raises(codes.NotACode):
        codes.read_code(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23", age.Age(years=23)),
        ("２３歳", age.Age(years=23)),
        ("満23才", age.Age(years=23)),
        ("40代", age.Age(band=40)),
        ("４０歳代", age.Age(band=40)),
        ("40代後半", age.Age(band=40)),
        ("70代以上", age.Age(band=70)),
        ("0", age.Age(years=0)),
        ("不明", age.Age()),
        ("－", age.Age()),
        ("", age.Age()),
    ],
)
def test_an_age_is_read_as_far_as_it_is_known(text: str, expected: age.Age) -> None:
    assert age.read_age(text) == expected


@pytest.mark.parametrize("text", ["二十三", "121", "-5", "若い"])
def test_what_is_no_age_is_refused_with_examples(text: str) -> None:
    with pytest.raises(age.NotAnAge, match="例："):
        age.read_age(text)


def test_an_unknown_age_is_not_zero() -> None:
    assert age.Age().lowest is None
    assert [str(age.Age()), str(age.Age(years=0)), str(age.Age(band=40))] == ["不明", "0歳", "40代"]


def test_years_are_completed_on_the_birthday() -> None:
    birth = dt.date(1990, 2, 28)
    assert age.years_on(birth, dt.date(2020, 2, 27)) == 29
    assert age.years_on(birth, dt.date(2020, 2, 28)) == 30
