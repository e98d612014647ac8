"""What may be written down as a contact, how its words are told apart, and how moments become a story."""

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from engawa.kernel.words import Words

MOST_MINUTES = 24 * 60
# An urgent word that nobody has taken is told to everybody of the organisation after this time.
TAKEN_WITHIN = dt.timedelta(minutes=15)


class NotRecordable(ValueError):
    """The contact cannot be so; the message says what would be accepted."""


def check_contact(*, on: dt.date, minutes: int | None, today: dt.date) -> None:
    """Whether a contact on this day and of this length can have been."""
    if on > today:
        raise NotRecordable("先の日付の対応は記録できません。今日までの日を入れてください")
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise NotRecordable("所要分は0から1440までの数です。わからないときは空欄のままにしてください")


def check_codes(codes: Iterable[str], known: Iterable[str]) -> None:
    """Whether these are codes of what was done, as they hold on the day of the contact."""
    if unknown := set(codes) - set(known):
        said = "その日にはない内容の区分です（%(codes)s）。選び直してください"
        raise NotRecordable(Words(said, codes=", ".join(sorted(unknown))))


def check_next(step: str, on: dt.date | None) -> None:
    """Whether a next step says what is to be done; by when may stay open."""
    if on and not step.strip():
        raise NotRecordable("いつまでにだけが入っています。次にすることも書いてください")


def check_correction(reason: str) -> None:
    """Whether a correction says why."""
    if not reason.strip():
        raise NotRecordable("直した理由を書いてください。前の記録は残ります")


def counterpart_of(requester: str) -> str:
    """With whom（対象）one speaks when whoever asked first calls again: agencies and companies are "other"."""
    return requester if requester in {"self", "family"} else "other"


# How a paragraph says what it is, typed or spoken: 「見立て：」 in front, or the word alone in the line above.
MARKS = {"事実": "content", "伝聞": "hearsay", "見立て": "opinion", "ことば": "own_words", "本人のことば": "own_words"}
_MARK = re.compile(
    rf"^[ \u3000]*({'|'.join(sorted(MARKS, key=len, reverse=True))})(?:[ \u3000]*[：:][ \u3000]*|[ \u3000]*$)"
)


def told_apart(text: str) -> dict[str, str]:
    """Facts, hearsay, opinion and own words of one text: a marked paragraph lasts until an empty line or another mark.

    Without any mark the whole text is ``content``, exactly as it was written.
    """
    lines = text.split("\n")
    if not any(_MARK.match(line) for line in lines):
        return {"content": text}
    apart: dict[str, list[str]] = {name: [] for name in MARKS.values()}
    kind = "content"
    for line in lines:
        found = _MARK.match(line)
        if found:
            kind = MARKS[found[1]]
        elif not line.strip():
            kind = "content"
        apart[kind].append(line[found.end() :] if found else line)
    return {name: "\n".join(said).strip("\n") for name, said in apart.items() if any(said) or name == "content"}


@dataclass(frozen=True)
class Passage:
    """One paragraph of what a moment tells. ``kind`` is facts, quote, hearsay or opinion; ``who`` spoke, if known."""

    kind: str
    text: str
    who: str = ""


_SPOKEN = re.compile(r"^[ \u3000]*(?P<who>[^「」：:\n]{0,12}?)[：:]?[ \u3000]*「(?P<words>[^「」]+)」[。 \u3000]*$")


def facts_of(content: str) -> Iterator[Passage]:
    """The paragraphs of a content; a line that is nothing but 「…」, perhaps with its speaker, is a quotation."""
    for spoken, lines in groupby(content.split("\n"), key=lambda line: bool(_SPOKEN.match(line))):
        if spoken:
            yield from quotes_of("\n".join(lines))
        elif text := "\n".join(lines).strip("\n"):
            yield Passage("facts", text)


def quotes_of(words: str) -> Iterator[Passage]:
    """The quotations of a text, line by line: 母「眠れている」 is the mother’s, 「眠れている」 of nobody named."""
    for line in filter(str.strip, words.split("\n")):
        found = _SPOKEN.match(line)
        yield Passage("quote", found["words"], found["who"].strip()) if found else Passage("quote", line.strip())


class Dated(Protocol):
    """Something that has a day."""

    @property
    def on(self) -> dt.date: ...


D = TypeVar("D", bound=Dated)
SEASONS = ("冬", "冬", "春", "春", "春", "夏", "夏", "夏", "秋", "秋", "秋", "冬")


@dataclass(frozen=True)
class Chapter(Generic[D]):
    """A month of the story. ``quiet`` is how many whole months without anything lie between it and the one after."""

    month: dt.date
    quiet: int
    moments: list[D]

    @property
    def season(self) -> str:
        """The season in Japan: spring from March on."""
        return SEASONS[self.month.month - 1]


def chapters(moments: Sequence[D]) -> list[Chapter[D]]:
    """The moments by month, in the order given (newest first). Silence is told as what it is: quiet time (X-06)."""
    told: list[Chapter[D]] = []
    for month, inside in groupby(moments, key=lambda moment: moment.on.replace(day=1)):
        quiet = _months_between(month, told[-1].month) - 1 if told else 0
        told.append(Chapter(month, max(quiet, 0), list(inside)))
    return told


def _months_between(earlier: dt.date, later: dt.date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


@dataclass(frozen=True)
class Piece:
    """A piece of a compared text. ``fate`` is same, out (taken out) or put (put in)."""

    fate: str
    text: str


_UNIT = re.compile(r"[ぁ-ゖー]+|[゠-ヿー]+|[一-龠々]+|\w+|\s+|.", re.DOTALL)


def compare(before: str, after: str) -> list[Piece]:
    """What was taken out of a text and what was put in, by runs of one script, so that words stay whole."""
    old, new = _UNIT.findall(before), _UNIT.findall(after)
    pieces: list[Piece] = []
    for deed, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if deed == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [Piece(fate, text) for fate, text in (("out", "".join(old[a:b])), ("put", "".join(new[c:d]))) if text]
    return pieces
