"""The shape of a paper: what stands in its head, and its boxes and tables. Days on paper are written in eras."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from engawa.kernel import age, wareki


@dataclass(frozen=True)
class Section:
    """A part of a paper: a table with ``columns``, or without them lines of label, value and perhaps who said so.

    ``widths`` are parts of the breadth; without any, a line is a narrow label and a broad value.
    """

    title: str
    rows: Sequence[Sequence[str]]
    columns: Sequence[str] = ()
    widths: Sequence[int] = ()


@dataclass(frozen=True)
class Picture:
    """A drawing on a paper: SVG, its size in pixels, and the sentences that say the same."""

    svg: str
    width: float
    height: float
    alt: str


@dataclass(frozen=True)
class Paper:
    """One form, filled. ``note`` says where its shape comes from, ``agreement`` what is signed beneath, if anything."""

    title: str
    head: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    note: str = ""
    agreement: str = ""
    broad: bool = False
    picture: Picture | None = None


def day(value: dt.date | None) -> str:
    """令和8年4月1日; nothing where no day is known."""
    return wareki.write_date(value) if value else ""


def period(starts_on: dt.date | None, ends_on: dt.date | None) -> str:
    """令和8年4月1日～令和8年9月30日, as far as it is known."""
    return f"{day(starts_on)}～{day(ends_on)}" if starts_on or ends_on else ""


def age_on(day_of_paper: dt.date, birth: dt.date | None, years: int | None, band: str, heard: dt.date | None) -> str:
    """The age as far as it is known: on the day of the paper, or as it was heard; nothing where nobody knows."""
    if birth:
        return f"{age.years_on(birth, day_of_paper)}歳"
    known = f"{years}歳" if years is not None else band
    return f"{known}（{day(heard)}に聞いた）" if known and heard else known


def told(content: str, own_words: str, hearsay: str, opinion: str) -> str:
    """A contact in one cell; words of the person, hearsay and opinion stay apart from facts."""
    parts = [
        content,
        own_words and f"「{own_words}」",
        hearsay and f"（伝聞）{hearsay}",
        opinion and f"（見立て）{opinion}",
    ]
    return "\n".join(part for part in parts if part)


def beside(text: str, *remarks: str) -> str:
    """A text with what there is to say of it in brackets."""
    said = "、".join(filter(None, remarks))
    return f"{text}（{said}）" if said else text


def hours(begins: dt.time | None, minutes: int | None) -> str:
    """14:00～14:50, as far as it is known; what went on past midnight ends on the next day."""
    if begins is None:
        return ""
    if not minutes:
        return f"{begins:%H:%M}"
    ends = dt.datetime.combine(dt.date.min, begins) + dt.timedelta(minutes=minutes)
    return f"{begins:%H:%M}～{'翌' if ends.date() > dt.date.min else ''}{ends:%H:%M}"


def joined(*parts: str) -> str:
    """What there is of these, with a space between."""
    return "　".join(part for part in parts if part)
