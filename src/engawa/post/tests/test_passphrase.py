import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engawa.post.passphrase import WORD_COUNT, WORDS, near_misses, opening, words_from, words_of

SALT = b"0123456789abcdef"
SIX = st.lists(st.sampled_from(WORDS), min_size=6, max_size=6).map(tuple)
FORMS = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
BETWEEN = st.sampled_from([" ", "　", "、", "・", "\n", " - ", ",", "。", "/", "\t\t"])


def _katakana(text: str) -> str:
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


@given(SIX, FORMS, BETWEEN, st.booleans())
def test_however_it_is_typed_the_same_words_are_read(
    words: tuple[str, ...], form: str, between: str, kata: object
) -> None:
    typed = unicodedata.normalize(form, between.join(words))
    assert words_of(_katakana(typed) if kata else typed) == words


def test_half_width_katakana_reads_the_same() -> None:
    assert words_of("ｱｲｻﾂ　ｱｶﾞﾙ") == ("あいさつ", "あがる")


def test_words_run_together_are_cut_where_there_is_only_one_way() -> None:
    assert words_of("あいさつあおぞらあかちゃんあさひあまどあゆむ") == (
        "あいさつ", "あおぞら", "あかちゃん", "あさひ", "あまど", "あゆむ",
    )  # fmt: skip


@given(st.text(max_size=200))
def test_anything_at_all_may_be_typed(typed: str) -> None:
    near_misses(words_of(typed))


def test_the_list_has_2048_words_that_stay_different_after_folding() -> None:
    assert len(set(WORDS)) == 2048
    assert all(words_of(word) == (word,) for word in WORDS)


@given(st.binary(min_size=32, max_size=32))
def test_a_secret_gives_six_words_of_the_list_always_the_same(secret: bytes) -> None:
    words = words_from(secret)
    assert len(words) == WORD_COUNT
    assert set(words) <= set(WORDS)
    assert words == words_from(secret)


def test_every_word_of_the_list_comes_up() -> None:
    seen = {word for number in range(8_000) for word in words_from(number.to_bytes(32))}
    assert seen == set(WORDS)


def test_the_same_words_open_the_same_seat_in_the_same_house_only() -> None:
    words = ("あいさつ",) * 6
    here, again, elsewhere = opening(words, SALT), opening(words, SALT), opening(words, SALT[::-1])
    assert here == again
    assert here.seat_id != elsewhere.seat_id
    assert here.key != elsewhere.key
    assert here.seat_id != opening(("あいさつ",) * 5 + ("あいだ",), SALT).seat_id


@pytest.mark.costly_passphrase
def test_what_words_open_stays_the_same_for_ever_for_no_seat_would_open_again() -> None:
    opened = opening(WORDS[:6], SALT)
    assert str(opened.seat_id) == "b7ef90b7-dd8d-4845-a2d8-19a76c291f66"
    assert opened.key.hex() == "118a2bb4e245d56dad3bf06fb64805029f68ec4b5770f68647cea4bc0494a7c9"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("あおそら", "あおぞら"), ("あっしゅぐ", "あっしゅく"), ("あめりが", "あめりか"),
        ("ひろあき", "ひろき"), ("まにいち", "まいにち"), ("けごむ", "けしごむ"),
    ],
)  # fmt: skip
def test_a_near_miss_is_met_with_the_word_that_was_meant(typed: str, meant: str) -> None:
    assert near_misses((typed, "あいさつ"))[typed][0] == meant


def test_where_several_words_are_one_slip_away_all_are_named() -> None:
    assert set(near_misses(("けつう",))["けつう"]) == {"けつい", "ふつう", "そつう"}


def test_words_of_the_list_get_no_suggestion_so_that_nothing_is_learnt_about_seats() -> None:
    assert near_misses(words_from(b"any")) == {}
