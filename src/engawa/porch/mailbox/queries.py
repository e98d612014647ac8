"""What waits for the courier, and what lies at one seat."""

import datetime as dt
import logging
import uuid
from dataclasses import dataclass, field

from engawa.porch.mailbox.models import Envelope, SeatLetter
from engawa.porch.seats.cookie import Sitting
from engawa.post.letters import Letter, TalkClosed, TalkOpened, TalkTaken, Unreadable, WordAnswered, WordSaid, decode
from engawa.post.parcels import SealedEnvelope
from engawa.post.sealing import CannotOpen, Cover, unseal

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LaidLetter:
    """A letter as read at its seat. ``number`` grows with each new letter: ask for those after the last one seen."""

    number: int
    letter: Letter


@dataclass
class TalkView:
    """One talk of the seat: everything said in it so far, in the order in which it came to lie there."""

    opened: TalkOpened
    letters: list[LaidLetter] = field(default_factory=list)

    @property
    def id(self) -> uuid.UUID:
        return self.opened.talk_id

    @property
    def said(self) -> list[TalkOpened | WordSaid | WordAnswered]:
        return [one.letter for one in self.letters if isinstance(one.letter, TalkOpened | WordSaid | WordAnswered)]

    @property
    def last_said_at(self) -> dt.datetime:
        return max(word.said_at for word in self.said)

    @property
    def last_number(self) -> int:
        return self.letters[-1].number

    @property
    def persona(self) -> str:
        """Who took the talk, by the name they give to visitors; empty while nobody has."""
        taken = [one.letter.persona for one in self.letters if isinstance(one.letter, TalkTaken)]
        return taken[-1] if taken else ""

    @property
    def is_closed(self) -> bool:
        """Whether the desk closed the talk after the last word."""
        telling = [one for one in self.letters if not isinstance(one.letter, TalkTaken)]
        return isinstance(telling[-1].letter, TalkClosed)


def letters_of(sitting: Sitting, *, after: int = 0) -> list[LaidLetter]:
    """What lies at the seat, oldest first, opened with the key that only the visitor brings.

    A letter that cannot be opened or read stays where it is and is left out here.
    """
    rows = SeatLetter.objects.filter(seat_id=sitting.seat_id, number__gt=after).order_by("number")
    return [laid for row in rows if (laid := _opened(row, sitting))]


def talks_of(sitting: Sitting) -> dict[uuid.UUID, TalkView]:
    """The talks of the seat by their id, the one opened last at the end."""
    talks: dict[uuid.UUID, TalkView] = {}
    for laid in letters_of(sitting):
        if isinstance(laid.letter, TalkOpened):
            talks[laid.letter.talk_id] = TalkView(laid.letter)
        talk = talks.get(getattr(laid.letter, "talk_id", None) or uuid.UUID(int=0))
        if talk:
            talk.letters.append(laid)
    return talks


def lies_at(seat_id: uuid.UUID, letter_id: uuid.UUID) -> bool:
    """Whether this letter was laid at the seat already."""
    return SeatLetter.objects.filter(pk=(seat_id, letter_id)).exists()


def count_letters(seat_id: uuid.UUID) -> int:
    """How many letters lie at the seat."""
    return SeatLetter.objects.filter(seat_id=seat_id).count()


def waiting_envelopes(*, limit: int) -> list[SealedEnvelope]:
    """For the courier: what waits, in order."""
    rows = Envelope.objects.order_by("number")[:limit]
    return [SealedEnvelope(row.id, row.seat_id, row.key_id, bytes(row.sealed)) for row in rows]


def _opened(row: SeatLetter, sitting: Sitting) -> LaidLetter | None:
    try:
        content = unseal(bytes(row.sealed), Cover(row.id, row.seat_id), sitting.private_key)
        return LaidLetter(row.number, decode(content))
    except (CannotOpen, Unreadable) as error:
        _log.warning("letter %s at a seat cannot be read: %s", row.id, type(error).__name__)
        return None
