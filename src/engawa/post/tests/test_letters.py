import datetime as dt
import json
import typing
import uuid
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engawa.post.letters import (
    KINDS,
    WORDS_LIMIT,
    Letter,
    Malformed,
    SeatLeft,
    UnknownKind,
    Wording,
    WordSaid,
    decode,
    encode,
    tidy,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
st.register_type_strategy(str, TEXTS)
st.register_type_strategy(dt.datetime, st.datetimes(timezones=st.just(dt.UTC)))
st.register_type_strategy(int, st.integers(min_value=-5, max_value=10_000))


def _letters(kind: type[Letter]) -> st.SearchStrategy[Letter]:
    """Any letter of a kind: builds each field from its declared type, without its length limit."""
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: st.from_type(hints[field.name]) for field in fields(kind)})


ANY_LETTER = st.one_of(*(_letters(kind) for kind in KINDS.values()))


def _word(**changes: object) -> dict[str, Any]:
    word = {
        "seat_id": uuid.uuid4(),
        "talk_id": uuid.uuid4(),
        "message_id": uuid.uuid4(),
        "words": "こんばんは",
        "answer_needed": True,
        "said_at": dt.datetime(2026, 4, 1, tzinfo=dt.UTC),
    }
    return word | changes


def _changed(letter: Letter, **changes: object) -> bytes:
    content = json.loads(encode(letter))
    content["body"] |= changes
    return json.dumps(content).encode()


@given(ANY_LETTER)
def test_every_letter_reads_back_as_it_was_written(letter: Letter) -> None:
    assert decode(encode(letter)) == letter


@given(st.binary())
def test_no_bytes_at_all_break_the_reader(content: bytes) -> None:
    with pytest.raises((UnknownKind, Malformed)):
        decode(content)


@given(ANY_LETTER, st.data())
def test_a_letter_with_one_field_of_another_shape_is_refused_or_means_the_same(
    letter: Letter, data: st.DataObject
) -> None:
    body = json.loads(encode(letter))["body"]
    name = data.draw(st.sampled_from(sorted(body)))
    odd = data.draw(st.sampled_from([{"x": 1}, [[]], 1.5, "\0", "\ud800"]))
    with pytest.raises(Malformed):
        decode(_changed(letter, **{name: odd}))


def test_words_may_have_twenty_thousand_characters_and_not_one_more() -> None:
    assert decode(encode(WordSaid(**_word(words="あ" * WORDS_LIMIT)))).words == "あ" * WORDS_LIMIT
    with pytest.raises(ValueError, match="limit is 20000"):
        WordSaid(**_word(words="あ" * (WORDS_LIMIT + 1)))


def test_emoji_rare_kanji_and_variation_selectors_survive() -> None:
    words = "👨‍👩‍👧 葛󠄀城 𠮷野家 か゚"
    assert decode(encode(WordSaid(**_word(words=words)))).words == words


@pytest.mark.parametrize("words", ["\0", "\ud800"])
def test_words_that_no_database_can_keep_are_refused_before_they_travel(words: str) -> None:
    with pytest.raises(ValueError):
        WordSaid(**_word(words=words))


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        SeatLeft(seat_id=uuid.uuid4(), left_at=dt.datetime(2026, 4, 1))  # noqa: DTZ001


def test_an_unknown_kind_and_an_unknown_version_say_so() -> None:
    content = json.loads(encode(WordSaid(**_word())))
    with pytest.raises(UnknownKind, match="'word-said' version 2"):
        decode(json.dumps(content | {"version": 2}).encode())
    with pytest.raises(UnknownKind, match="'word-sung'"):
        decode(json.dumps(content | {"kind": "word-sung"}).encode())


@pytest.mark.parametrize("changes", [{"extra": 1}, {"answer_needed": 1}, {"words": None}, {"said_at": "soon"}])
def test_missing_extra_and_mistyped_fields_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed, match="word-said version 1"):
        decode(_changed(WordSaid(**_word()), **changes))


def test_a_true_is_not_a_number() -> None:
    kind = KINDS["expectation-published", 1]
    letter = kind(
        desk_id=uuid.uuid4(),
        present=1,
        waiting=0,
        minutes=None,
        measured_at=dt.datetime(2026, 4, 1, tzinfo=dt.UTC),
    )
    with pytest.raises(Malformed, match="expected int, found bool"):
        decode(_changed(letter, present=True))


def test_tidy_keeps_what_was_meant_and_drops_what_cannot_be_shown() -> None:
    assert tidy("  a\r\nb\rc\0\x07\x1b\ud800\t👨‍👩‍👧  ") == "a\nb\nc\t👨‍👩‍👧"


def test_a_wording_falls_back_to_japanese() -> None:
    wording = Wording(ja="窓口", english="Desk")
    assert [wording.in_language(code) for code in ("ja", "ja-easy", "en", "fr")] == [
        "窓口",
        "窓口",
        "Desk",
        "窓口",
    ]
