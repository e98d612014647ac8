"""The passphrase（合言葉）: six easy Japanese words that open a seat, and nothing else does.

Six words of 2,048 are 66 bits. Argon2id (RFC 9106) makes each guess cost 64 MiB and about a tenth of a second, so
that even somebody who holds the porch's database and its salt cannot try them all.
"""

import difflib
import re
import unicodedata
import uuid
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from mnemonic import Mnemonic
from nacl.pwhash import argon2id

WORD_COUNT = 6
# Far more than any passphrase; keeps a flood of text from costing time.
_TYPED = 400
SALT_BYTES = argon2id.SALTBYTES
_PASSES = 3
_MEMORY = 64 * 1024 * 1024

# Katakana U+30A1…U+30F6 stand 0x60 above their hiragana; the list's words are written in hiragana only.
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_WITHOUT_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
_BETWEEN_WORDS = re.compile(r"[^ぁ-ゖー]+")


def _folded(text: str) -> str:
    """Hiragana with composed marks, whichever Unicode form, width or kana was typed."""
    return unicodedata.normalize("NFKC", text).translate(_TO_HIRAGANA)


WORDS = tuple(_folded(word) for word in Mnemonic("japanese").wordlist)
_KNOWN = frozenset(WORDS)
_LONGEST = max(map(len, WORDS))


@dataclass(frozen=True)
class Opening:
    """What a passphrase opens: the seat's id, and the key around the seat's private key."""

    seat_id: uuid.UUID
    key: bytes


def words_from(secret: bytes) -> tuple[str, ...]:
    """The six words that follow from a secret; each is as likely as any other of the list."""
    number = int.from_bytes(blake2b(secret, person=b"engawa words").digest())
    return tuple(WORDS[number >> 11 * place & 2047] for place in range(WORD_COUNT))


def words_of(typed: str) -> tuple[str, ...]:
    """The words of a passphrase as typed: any kana, any width, anything or nothing between the words."""
    parts = [part for part in _BETWEEN_WORDS.split(_folded(typed[:_TYPED])) if part]
    words: list[str] = []
    for part in parts:
        words.extend([part] if part in _KNOWN else _cut(part) or [part])
    return tuple(words)


def opening(words: tuple[str, ...], salt: bytes) -> Opening:
    """Derive what these words open. Slow and large on purpose.

    Args:
        words: from ``words_from`` or ``words_of``.
        salt: the house's own ``SALT_BYTES`` bytes, so that no table made for one house serves for another.
    """
    master = argon2id.kdf(32, " ".join(words).encode(), salt, opslimit=_PASSES, memlimit=_MEMORY)
    seat = blake2b(key=master, digest_size=16, person=b"engawa seat id").digest()
    key = blake2b(key=master, digest_size=32, person=b"engawa seat key").digest()
    return Opening(uuid.UUID(bytes=seat, version=4), key)


def near_misses(words: tuple[str, ...]) -> dict[str, list[str]]:
    """For each word that is not in the list, up to three that look most like it, best first.

    Looks at the public list only, never at a seat: the help is the same whether such a seat exists or not.
    """
    return {word: _closest(word) for word in words[: 2 * WORD_COUNT] if word not in _KNOWN}


def _closest(word: str) -> list[str]:
    shapes, typed = _shapes(), _shape(word[:20])
    alike = difflib.get_close_matches(typed, shapes, n=30, cutoff=0.5)
    return [shapes[shape] for shape in sorted(alike, key=lambda shape: _slips(typed, shape))[:3]]


def _slips(typed: str, meant: str) -> int:
    """How many slips lie between them: a letter wrong, missing, too many, or in its neighbour's place."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed):
        last, before, row = before, row, [i + 1]
        for j, other in enumerate(meant):
            fewest = min(before[j + 1] + 1, row[j] + 1, before[j] + (letter != other))
            swapped = i and j and (letter, typed[i - 1]) == (meant[j - 1], other)
            row.append(min(fewest, last[j - 1] + 1) if swapped else fewest)
    return row[-1]


def _shape(word: str) -> str:
    """The word with large kana and its voicing marks apart: か and が, つ and っ then differ little or not."""
    return unicodedata.normalize("NFD", word.translate(_WITHOUT_SMALL))


@cache
def _shapes() -> dict[str, str]:
    return {_shape(word): word for word in reversed(WORDS)}


def _cut(text: str) -> list[str]:
    """Words written without anything between them; empty where they can be read in no or in several ways."""
    readings = _readings(text, WORD_COUNT) if len(text) <= WORD_COUNT * _LONGEST else []
    return readings[0] if len(readings) == 1 else []


def _readings(text: str, most: int) -> list[list[str]]:
    if not text:
        return [[]]
    if not most:
        return []
    heads = (text[:size] for size in range(1, min(_LONGEST, len(text)) + 1))
    return [[head, *rest] for head in heads if head in _KNOWN for rest in _readings(text[len(head) :], most - 1)]
