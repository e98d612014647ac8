"""Decisions about talks: clocks, which desk takes a talk, what is told out of hours, how long a talk took.

Moments are aware; where a rule asks for the day or the hour of one, it must come in Japanese time.
"""

import datetime as dt
import math
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from engawa.kernel.fiscal import fiscal_year, period_of
from engawa.kernel.hours import Weekly, next_opening, open_until
from engawa.post.keeping import longest_records_kept, records_kept_years

# A pause longer than this ends a sitting: the minutes of a talk are the sum of its sittings.
PAUSE = dt.timedelta(minutes=30)
# The window over which the usual time to a first answer is measured, and the fewest talks that say anything.
MEASURED_OVER = dt.timedelta(weeks=4)
MEASURED_FROM = 3
# A counsellor whose inbox has not been heard of for this long is not there.
PRESENT_FOR = dt.timedelta(minutes=3)
# A colleague's draft older than this is no longer "writing now".
WRITING_FOR = dt.timedelta(minutes=2)
# How long unsent drafts and past presences are kept.
DRAFTS_KEPT = dt.timedelta(days=30)
PRESENCE_KEPT = dt.timedelta(days=1)
# The longest words in one message; the porch holds visitors to the same limit.
WORDS_LIMIT = 20_000
# Where no opening is known, the automatic text is sent at most once in this time.
_WITHOUT_OPENING = dt.timedelta(days=1)
_WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class Taker:
    """A desk that takes talks, as far as the choice of a desk needs to know it."""

    id: uuid.UUID
    all_age: bool
    areas: str
    weekly: Collection[Weekly]
    closed: Collection[dt.date]
    position: int


def desk_for_talk(takers: Iterable[Taker], area: str, at: dt.datetime) -> uuid.UUID | None:
    """The desk that takes a talk for which none was chosen; None when no desk takes talks.

    All-age desks go first (nobody is asked their age), then those whose areas name the visitor's, then those that
    are open at that moment, then by their place on the noticeboard.
    """

    def order(taker: Taker) -> tuple[bool, bool, bool, int, uuid.UUID]:
        near = bool(area) and area in taker.areas
        is_open = open_until(at, taker.weekly, taker.closed) is not None
        return not taker.all_age, not near, not is_open, taker.position, taker.id

    first = min(takers, key=order, default=None)
    return first.id if first else None


def counts_from(said_at: dt.datetime, weekly: Collection[Weekly], closed: Collection[dt.date]) -> dt.datetime:
    """When the clock of the first answer starts: at once, or at the next opening for what was said out of hours."""
    if open_until(said_at, weekly, closed):
        return said_at
    following = next_opening(said_at, weekly, closed)
    return following.opens if following else said_at


@dataclass(frozen=True)
class ClosedNotice:
    """The automatic text out of hours: what it says, and until when it need not be said again."""

    words: str
    until: dt.datetime


def closed_notice(
    at: dt.datetime,
    weekly: Collection[Weekly],
    closed: Collection[dt.date],
    *,
    told_until: dt.datetime | None,
    language: str,
) -> ClosedNotice | None:
    """The text to send when a word arrives at ``at``; None in hours, or when this closed period was told already."""
    if open_until(at, weekly, closed) or (told_until and at < told_until):
        return None
    following = next_opening(at, weekly, closed)
    opens = following.opens if following else None
    return ClosedNotice(_closed_words(opens, language), opens or at + _WITHOUT_OPENING)


def _closed_words(opens: dt.datetime | None, language: str) -> str:
    before, when, after = _CLOSED.get(language, _CLOSED["ja"])
    return before + (when.format(**_parts(opens)) if opens else "") + after


def _parts(opens: dt.datetime) -> dict[str, str]:
    return {
        "day": f"{opens.month}月{opens.day}日（{_WEEKDAYS[opens.weekday()]}）",
        "day_en": f"{opens:%A}, {opens.day} {opens:%B}",
        "time": f"{opens:%H:%M}",
    }


# Said to visitors in the language of their talk, which is not the language of this process: no catalogue here.
_CLOSED = {
    "ja": (
        "ことばは届いています。いま、相談窓口はお休みの時間です。",
        "次は{day} {time}に開きます。",
        "開いたら、相談員が順に読みます。いそがなくてだいじょうぶです。続きを書いておいてもかまいません。",
    ),
    "ja-easy": (
        "ことばは とどいています。いま、そうだんの まどぐちは やすみです。",
        "つぎは {day} {time}に ひらきます。",
        "そのあと、そうだんいんが じゅんばんに よみます。いそがなくて いいです。",
    ),
    "en": (
        "Your words have arrived. The desk is closed at the moment. ",
        "It opens again on {day_en} at {time}. ",
        "A counsellor will read everything in turn after that. There is no hurry, and you may write more now.",
    ),
}
_HOLD = {
    "ja": "いま読んでいます。返事を考えるので、少しだけ待ってください。",
    "ja-easy": "いま よんでいます。へんじを かんがえます。すこし まってください。",
    "en": "I am reading your words now. Please give me a little time to answer.",
}
_READ = {
    "ja": "読みました。書いてくれて、ありがとうございます。",
    "ja-easy": "よみました。かいてくれて、ありがとうございます。",
    "en": "I have read your words. Thank you for writing.",
}


def hold_words(language: str) -> str:
    """What asks a visitor to wait a moment."""
    return _HOLD.get(language, _HOLD["ja"])


def read_words(language: str) -> str:
    """What tells a visitor who wants no answer that a counsellor has read their words."""
    return _READ.get(language, _READ["ja"])


@dataclass(frozen=True)
class Day:
    """One day of a talk: how many minutes were spent in it, and when it began."""

    on: dt.date
    at: dt.time
    minutes: int


def days_of(said: Iterable[dt.datetime]) -> list[Day]:
    """The days of a talk, each with the minutes of its sittings (at least one minute a sitting)."""
    days: dict[dt.date, Day] = {}
    for begin, end in _sittings(sorted(said)):
        minutes = max(1, math.ceil((end - begin).total_seconds() / 60))
        known = days.get(begin.date())
        days[begin.date()] = Day(
            begin.date(), known.at if known else begin.time(), minutes + (known.minutes if known else 0)
        )
    return list(days.values())


def _sittings(times: list[dt.datetime]) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    begin = end = None
    for moment in times:
        if begin is None or end is None:
            begin = moment
        elif moment - end > PAUSE or moment.date() != begin.date():
            yield begin, end
            begin = moment
        end = moment
    if begin and end:
        yield begin, end


def words_kept_from(today: dt.date) -> dt.date:
    """The first day from which words are still kept: what ended in an earlier fiscal year is over."""
    now = fiscal_year(today)
    years = range(now - longest_records_kept(), now + 1)
    return next(period_of(year).first for year in years if year + records_kept_years(period_of(year).last) >= now)
