"""What the courier carries, as it is handed over at either door: covers readable, contents sealed."""

import uuid
from dataclasses import dataclass

from engawa.post.fields import Short, Text
from engawa.post.sealing import Cover

# Why the porch refuses a letter whose seat was deleted: nobody can mend that, so nobody is asked to.
SEAT_LEFT = "seat left"


@dataclass(frozen=True)
class SealedEnvelope:
    """Inward: sealed to the office's key ``key_id``."""

    id: uuid.UUID
    seat_id: uuid.UUID
    key_id: Short
    sealed: bytes

    @property
    def cover(self) -> Cover:
        return Cover(self.id, self.seat_id)


@dataclass(frozen=True)
class SealedLetter:
    """Outward: sealed to a seat. Its open page is told ``event`` and ``ref``, which are never content."""

    id: uuid.UUID
    seat_id: uuid.UUID
    sealed: bytes
    event: Short
    ref: Short


@dataclass(frozen=True)
class BoardLetter:
    """Outward: for the porch's noticeboard, encoded and not sealed, because everybody may read it."""

    id: uuid.UUID
    content: bytes


@dataclass(frozen=True)
class PassingWord:
    """Outward: announced to the seat's open page at this moment and never stored."""

    seat_id: uuid.UUID
    event: Short
    ref: Short


@dataclass(frozen=True)
class Collected:
    """What waited at the porch: envelopes in order, and passing letters as encoded."""

    envelopes: tuple[SealedEnvelope, ...]
    passing: tuple[bytes, ...]


@dataclass(frozen=True)
class Refused:
    """A letter that the porch could not take, and why. Everything else of the same delivery was taken."""

    id: uuid.UUID
    reason: Text


@dataclass(frozen=True)
class Delivery:
    """What the courier brings to the porch in one go."""

    letters: tuple[SealedLetter, ...] = ()
    board: tuple[BoardLetter, ...] = ()
    passing: tuple[PassingWord, ...] = ()
