"""The web entrance: how a visitor's browser comes in, says something, comes back and leaves."""

import secrets
import uuid
from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from engawa.kernel import clock
from engawa.porch.mailbox import actions as mailbox
from engawa.porch.mailbox.queries import count_letters, lies_at
from engawa.porch.seats import actions as seats
from engawa.porch.seats.cookie import Sitting, sit_down, stand_up, who_sits
from engawa.porch.seats.queries import seat_exists
from engawa.post.letters import SeatOpened, TalkOpened, VisitorTyping, WordSaid, tidy
from engawa.post.passphrase import near_misses, words_of

_SECRET = "opening"  # noqa: S105 - the name of a session entry
# With this many letters at a seat nothing more is taken from there; answers still arrive.
MOST_LETTERS = 5_000
# The second half of a talk's id is the mark of its seat, which only the porch can make.
_HALF = 8


class SeatFull(Exception):
    """As many letters lie at this seat as it can hold. A new seat has room."""


@dataclass(frozen=True)
class Beginning:
    """What a visitor tells when a talk begins. Everything but the words may be left out."""

    words: str
    terms_version: str
    desk_id: uuid.UUID | None = None
    handle: str = ""
    requester: str = ""
    age_band: str = ""
    area: str = ""
    topic: str = ""
    route: str = ""
    answer_needed: bool = True
    language: str = "ja"


@dataclass(frozen=True)
class OpenedTalk:
    """A talk that was opened. ``passphrase`` is empty where the visitor already sat at a seat."""

    talk_id: uuid.UUID
    passphrase: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComingBack:
    """How coming back went. ``near_misses`` helps with words outside the list and knows nothing of seats."""

    found: bool
    word_count: int
    near_misses: dict[str, list[str]]


def prepare(session: SessionBase) -> None:
    """When the form for a first talk is shown: a double submit will then open one seat, not two.

    The seat's passphrase follows from a secret that only this browser's encrypted cookie holds until it sits.
    """
    if _SECRET not in session and who_sits(session) is None:
        session[_SECRET] = secrets.token_hex(32)


def open_talk(*, session: SessionBase, address: str, token: uuid.UUID, beginning: Beginning) -> OpenedTalk:
    """Begin a talk, at the visitor's seat or at a new one, and sit down there.

    Args:
        session: of the visitor's browser.
        address: where the request came from; counted for the hour, never kept.
        token: made with the form; the same token sent twice says its words once.
        beginning: what was filled in.

    Raises:
        TooManyTries: too many new seats from this address, or talks at this seat, within the hour.
        SeatFull: no more letters fit at the seat.
        NoOfficeKey: the office is not ready to receive words.
        DoorCrowded: too many new seats are being opened just now.
        ValueError: a text is too long.
    """
    sitting = who_sits(session)
    if sitting and seat_exists(sitting.seat_id):
        return OpenedTalk(_begin(sitting.seat_id, token, beginning))
    secret = bytes.fromhex(session.get(_SECRET) or secrets.token_hex(32))
    chosen = seats.choose_seat(secret=secret, address=address)
    with transaction.atomic(using=settings.PORCH_ALIAS):
        opened = seats.open_seat(chosen=chosen)
        if opened.fresh:
            _tell_of_seat(opened)
        talk_id = _begin(opened.sitting.seat_id, token, beginning)
    sit_down(session, opened.sitting)
    return OpenedTalk(talk_id, chosen.words)


def say(*, sitting: Sitting, talk_id: uuid.UUID, token: uuid.UUID, words: str, answer_needed: bool = True) -> None:
    """Say something in a talk of this seat. The same token sent twice says it once.

    Raises:
        SeatGone: the seat was deleted, perhaps from another device.
        TooManyTries: too many words from this seat within the hour.
        SeatFull: no more letters fit at the seat.
        ValueError: the words are too long.
    """
    letter = WordSaid(
        seat_id=sitting.seat_id,
        talk_id=talk_id,
        message_id=_message_id(sitting.seat_id, token),
        words=tidy(words),
        answer_needed=answer_needed,
        said_at=clock.now(),
    )
    _post(letter, deed="say")


def is_talk_of(sitting: Sitting, talk_id: uuid.UUID) -> bool:
    """Whether this is a talk that began at this seat, seen from its id alone: nothing is read or opened."""
    return talk_id == _marked(sitting.seat_id, talk_id.bytes[:_HALF])


def typing(*, sitting: Sitting, talk_id: uuid.UUID) -> None:
    """Let the desk see, if it looks just now, that the visitor is writing.

    Raises:
        TooManyTries: nobody writes by hand so often within the hour.
    """
    seats.count_deed(deed="typing", seat_id=sitting.seat_id)
    mailbox.let_pass(letter=VisitorTyping(seat_id=sitting.seat_id, talk_id=talk_id))


def come_back(*, session: SessionBase, typed: str, address: str) -> ComingBack:
    """Sit down at the seat that a passphrase opens.

    Raises:
        TooManyTries: too many passphrases from this address within the hour.
        DoorCrowded: too many are coming back just now.
    """
    sitting = seats.find_seat(typed=typed, address=address)
    if sitting:
        sit_down(session, sitting)
    words = words_of(typed)
    return ComingBack(sitting is not None, len(words), near_misses(words))


def leave(*, session: SessionBase) -> None:
    """Stand up: this browser forgets the seat, which stays for the next time."""
    stand_up(session)


def delete_seat(*, session: SessionBase) -> None:
    """Delete the visitor's seat with all that lies there, and stand up."""
    sitting = who_sits(session)
    if sitting:
        mailbox.leave_seat(seat_id=sitting.seat_id)
    stand_up(session)


def _tell_of_seat(opened: seats.OpenedSeat) -> None:
    seat_id = opened.sitting.seat_id
    letter = SeatOpened(seat_id=seat_id, public_key=opened.public_key, opened_at=clock.now())
    mailbox.post_envelope(letter=letter, seat_id=seat_id, envelope_id=_message_id(seat_id, seat_id))


def _begin(seat_id: uuid.UUID, token: uuid.UUID, beginning: Beginning) -> uuid.UUID:
    letter = TalkOpened(
        seat_id=seat_id,
        talk_id=_marked(seat_id, _message_id(seat_id, token, "talk").bytes[:_HALF]),
        message_id=_message_id(seat_id, token),
        desk_id=beginning.desk_id,
        words=tidy(beginning.words),
        handle=tidy(beginning.handle),
        requester=beginning.requester,
        age_band=beginning.age_band,
        area=tidy(beginning.area),
        topic=beginning.topic,
        route=tidy(beginning.route),
        answer_needed=beginning.answer_needed,
        terms_version=beginning.terms_version,
        language=beginning.language,
        said_at=clock.now(),
    )
    _post(letter, deed="talk")
    return letter.talk_id


def _post(letter: TalkOpened | WordSaid, *, deed: str) -> None:
    """To the office, and to the seat for reading again: both or neither."""
    _refuse_too_much(letter, deed)
    with transaction.atomic(using=settings.PORCH_ALIAS):
        mailbox.keep_own_words(letter=letter, seat_id=letter.seat_id, letter_id=letter.message_id)
        mailbox.post_envelope(letter=letter, seat_id=letter.seat_id, envelope_id=letter.message_id)
        seats.note_visit(seat_id=letter.seat_id)


def _refuse_too_much(letter: TalkOpened | WordSaid, deed: str) -> None:
    """One seat must not fill the house. What arrived already is not counted again: sent twice, it went well twice."""
    if lies_at(letter.seat_id, letter.message_id) or not seat_exists(letter.seat_id):
        return
    if count_letters(letter.seat_id) >= MOST_LETTERS:
        raise SeatFull
    seats.count_deed(deed=deed, seat_id=letter.seat_id)


def _message_id(seat_id: uuid.UUID, token: uuid.UUID, use: str = "word") -> uuid.UUID:
    """The same for the same token at the same seat, and unlike any other seat's."""
    parts = seat_id.bytes + token.bytes + use.encode()
    return uuid.UUID(bytes=blake2b(parts, digest_size=16, person=b"engawa message").digest(), version=4)


def _marked(seat_id: uuid.UUID, half: bytes) -> uuid.UUID:
    """The talk of this seat whose id begins with ``half``."""
    begun = uuid.UUID(bytes=half + bytes(_HALF), version=4).bytes[:_HALF]
    key = blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"engawa talk key").digest()
    mark = blake2b(seat_id.bytes + begun, key=key, digest_size=_HALF, person=b"engawa talk").digest()
    return uuid.UUID(bytes=begun + mark, version=4)
