import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engawa.post.sealing import (
    STEP,
    CannotOpen,
    Cover,
    key_id_of,
    lock,
    new_private_key,
    public_key_of,
    seal,
    unlock,
    unseal,
)

KEY = new_private_key()
COVER = Cover(uuid.uuid4(), uuid.uuid4())


@given(st.binary(max_size=2_000))
def test_what_is_sealed_opens_with_its_own_key(content: bytes) -> None:
    assert unseal(seal(content, COVER, public_key_of(KEY)), COVER, KEY) == content


@given(st.binary(max_size=200))
def test_no_bytes_at_all_open_by_chance_or_break_the_opener(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal(sealed, COVER, KEY)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(CannotOpen, match="this key"):
        unseal(seal(b"word", COVER, public_key_of(KEY)), COVER, new_private_key())


@given(st.integers(min_value=0))
def test_one_changed_bit_anywhere_breaks_the_seal(place: int) -> None:
    sealed = bytearray(seal(b"word", COVER, public_key_of(KEY)))
    sealed[place % len(sealed)] ^= 1 << place % 8
    with pytest.raises(CannotOpen):
        unseal(bytes(sealed), COVER, KEY)


@pytest.mark.parametrize("cover", [Cover(uuid.uuid4(), COVER.seat_id), Cover(COVER.id, uuid.uuid4())])
def test_a_letter_moved_into_another_envelope_is_refused(cover: Cover) -> None:
    with pytest.raises(CannotOpen, match="another envelope"):
        unseal(seal(b"word", COVER, public_key_of(KEY)), cover, KEY)


def test_short_answers_of_different_length_look_the_same_from_outside() -> None:
    lengths = {len(seal(b"x" * size, COVER, public_key_of(KEY))) for size in range(STEP - 33)}
    assert len(lengths) == 1


def test_sealing_twice_gives_nothing_to_compare() -> None:
    assert seal(b"word", COVER, public_key_of(KEY)) != seal(b"word", COVER, public_key_of(KEY))


def test_a_key_id_follows_from_the_key() -> None:
    assert key_id_of(public_key_of(KEY)) == key_id_of(public_key_of(KEY)) != key_id_of(KEY)


def test_a_lock_opens_with_its_key_only() -> None:
    assert unlock(lock(b"secret", KEY), KEY) == b"secret"
    with pytest.raises(CannotOpen, match="this key"):
        unlock(lock(b"secret", KEY), new_private_key())
    with pytest.raises(CannotOpen):
        unlock(b"", KEY)
