"""Every kind of letter（便り）that may pass between porch and office.

*Inward* letters tell the office what a visitor did. *Outward* letters go to one seat, or to the porch itself
(notices and keys). A *passing* letter is announced to whoever looks at that moment and never stored.

A kind is known by name and version. Changing the fields of a kind means a new version: keep the old class
under its old version for as long as such letters may be on their way.
"""

import datetime as dt
import json
import unicodedata
import uuid
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from engawa.kernel.hours import Weekly
from engawa.post import fields
from engawa.post.fields import Short, Text, Words

WORDS_LIMIT = 20_000


class Unreadable(Exception):
    """A letter that cannot be read. Set aside with this message as the reason; never dropped."""


class UnknownKind(Unreadable):
    """The letter's kind or version is not known here: the other side is newer, or not ours."""


class Malformed(Unreadable):
    """The letter's kind is known but its content is not as declared."""


@dataclass(frozen=True)
class Letter:
    """Base of all kinds. Construction refuses content that ``encode`` could not write."""

    kind: ClassVar[str]
    version: ClassVar[int]
    passing: ClassVar[bool] = False
    # Outward to a seat: what its open page is told when the letter comes.
    event: ClassVar[str] = ""

    def __post_init__(self) -> None:
        fields.record_to_json(self)


KINDS: dict[tuple[str, int], type[Letter]] = {}
_Kind = TypeVar("_Kind", bound=type[Letter])


def _is(kind: str, version: int = 1) -> Any:
    """Class decorator: enter the letter class under its name and version."""

    def enter(letter_class: _Kind) -> _Kind:
        letter_class.kind, letter_class.version = kind, version
        KINDS[kind, version] = letter_class
        return letter_class

    return enter


def encode(letter: Letter) -> bytes:
    """The letter as it goes into an envelope: JSON with kind and version."""
    content = {"kind": letter.kind, "version": letter.version, "body": fields.record_to_json(letter)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def decode(content: bytes) -> Letter:
    """The letter inside an opened envelope.

    Raises:
        UnknownKind: the kind or its version is not known here.
        Malformed: the content is not what its kind declares.
    """
    try:
        letter = json.loads(content)
        known = KINDS.get((letter["kind"], letter["version"]))
        body = letter["body"]
    except (KeyError, *fields.MALFORMED) as error:
        raise Malformed(f"no letter: {type(error).__name__}") from error
    if known is None:
        name = f"kind {letter['kind']!r} version {letter['version']!r}"
        raise UnknownKind(f"{name[:80]} is not known here")
    try:
        read: Letter = fields.record_from_json(body, known)
    except fields.MALFORMED as error:
        raise Malformed(f"{known.kind} version {known.version}: {error}") from error
    return read


def tidy(words: str) -> str:
    """Words as typed, ready for a letter: one kind of line end, no control characters, no space around them.

    Emoji, joiners and variation selectors of rare kanji stay as they are.
    """
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(kept).strip()


# Inward: from a seat to the office.


@_is("seat-opened")
@dataclass(frozen=True)
class SeatOpened(Letter):
    """A visitor has opened a seat; answers are to be sealed to ``public_key``."""

    seat_id: uuid.UUID
    public_key: bytes
    opened_at: dt.datetime


@_is("talk-opened")
@dataclass(frozen=True)
class TalkOpened(Letter):
    """A visitor begins a talk with a first word. Every field about the visitor may be empty."""

    seat_id: uuid.UUID
    talk_id: uuid.UUID
    message_id: uuid.UUID
    desk_id: uuid.UUID | None
    words: Words
    handle: Short
    requester: Short
    age_band: Short
    area: Short
    topic: Short
    route: Short
    answer_needed: bool
    terms_version: Short
    language: Short
    said_at: dt.datetime


@_is("word-said")
@dataclass(frozen=True)
class WordSaid(Letter):
    """A visitor says something in a talk."""

    seat_id: uuid.UUID
    talk_id: uuid.UUID
    message_id: uuid.UUID
    words: Words
    answer_needed: bool
    said_at: dt.datetime


@_is("visitor-typing")
@dataclass(frozen=True)
class VisitorTyping(Letter):
    """A visitor is writing."""

    seat_id: uuid.UUID
    talk_id: uuid.UUID
    passing: ClassVar[bool] = True


@_is("seat-left")
@dataclass(frozen=True)
class SeatLeft(Letter):
    """A visitor has deleted their seat: nothing can reach them there any more."""

    seat_id: uuid.UUID
    left_at: dt.datetime


# Outward: from the office to one seat.


@_is("word-answered")
@dataclass(frozen=True)
class WordAnswered(Letter):
    """A counsellor, or the desk's automatic text, answers in a talk."""

    talk_id: uuid.UUID
    message_id: uuid.UUID
    words: Words
    persona: Short
    said_at: dt.datetime
    automatic: bool
    event: ClassVar[str] = "answer"


@_is("counsellor-typing")
@dataclass(frozen=True)
class CounsellorTyping(Letter):
    """A counsellor is writing."""

    talk_id: uuid.UUID
    persona: Short
    passing: ClassVar[bool] = True
    event: ClassVar[str] = "typing"


@_is("talk-taken")
@dataclass(frozen=True)
class TalkTaken(Letter):
    """A counsellor has taken the talk and is reading."""

    talk_id: uuid.UUID
    persona: Short
    at: dt.datetime
    event: ClassVar[str] = "taken"


@_is("talk-closed")
@dataclass(frozen=True)
class TalkClosed(Letter):
    """The desk has closed the talk. A new word opens it again."""

    talk_id: uuid.UUID
    at: dt.datetime
    event: ClassVar[str] = "closed"


# Outward: from the office to the porch itself.


@dataclass(frozen=True)
class Wording:
    """A public text in the porch's languages. Only Japanese must be there."""

    ja: Text
    easy: Text = ""
    english: Text = ""

    def in_language(self, code: str) -> str:
        """The text for a language code of the porch; Japanese where that language has none."""
        return {"ja-easy": self.easy, "en": self.english}.get(code, self.ja) or self.ja


@dataclass(frozen=True)
class ClosedDay:
    """A day on which a desk is closed in spite of its hours."""

    day: dt.date
    reason: Short = ""


@_is("office-key-published")
@dataclass(frozen=True)
class OfficeKeyPublished(Letter):
    """From now on words are to be sealed to this key."""

    key_id: Short
    public_key: bytes


@_is("desk-published")
@dataclass(frozen=True)
class DeskPublished(Letter):
    """A consultation desk as it stands on the noticeboard; replaces what stood there before."""

    desk_id: uuid.UUID
    position: int
    name: Wording
    summary: Wording
    phone: Short
    email: Short
    address: Short
    areas: Text
    takes_talks: bool
    hours: tuple[Weekly, ...]
    closed_days: tuple[ClosedDay, ...]


@_is("desk-withdrawn")
@dataclass(frozen=True)
class DeskWithdrawn(Letter):
    """A desk is taken off the noticeboard."""

    desk_id: uuid.UUID


@_is("resource-published")
@dataclass(frozen=True)
class ResourcePublished(Letter):
    """Something in the community that can help, as it stands on the noticeboard."""

    resource_id: uuid.UUID
    position: int
    resource_kind: Short
    name: Wording
    summary: Wording
    times: Text
    where: Text
    online: bool
    organisation: Short


@_is("resource-withdrawn")
@dataclass(frozen=True)
class ResourceWithdrawn(Letter):
    """A resource is taken off the noticeboard."""

    resource_id: uuid.UUID


@_is("expectation-published")
@dataclass(frozen=True)
class ExpectationPublished(Letter):
    """What a visitor may expect of a desk now.

    ``present``: counsellors there; ``waiting``: talks that wait; ``minutes``: median minutes to the first
    answer over the last four weeks, None where too few were measured.
    """

    desk_id: uuid.UUID
    present: int
    waiting: int
    minutes: int | None
    measured_at: dt.datetime
