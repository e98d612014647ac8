"""Decisions of the desk: how a wait is told, who a visitor is to a case, what may be promised and how it stands."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from engawa.kernel.hours import LAST_MINUTE, Opening, Weekly, openings_on

# How long a meeting lasts where nobody said, in minutes.
MEETING_MINUTES = 60
# How long what settled appointments say about people is kept.
APPOINTMENTS_KEPT = dt.timedelta(days=365)
_SHORTEST = dt.timedelta(minutes=30)
# How many free days are offered, and how many days ahead they are looked for.
_DAYS_OFFERED, _LOOKED_AHEAD = 3, 28
_WEEKDAYS = "月火水木金土日"


class Unit(StrEnum):
    """In what a wait is told: nobody needs seconds, and a night's wait is told in hours."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


def wait(since: dt.datetime, now: dt.datetime) -> tuple[int, Unit]:
    """How long somebody has waited, in full units; never negative, even when two clocks disagree."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return minutes, Unit.MINUTES
    if minutes < 24 * 60:
        return minutes // 60, Unit.HOURS
    return minutes // (24 * 60), Unit.DAYS


def requester_of(said: str) -> str:
    """The case's requester（相談者）for what a visitor said of themselves; the unsaid counts as other (000-03)."""
    return said if said in {"self", "family", "agency", "company"} else "other"


class Due(StrEnum):
    """How a promise stands just now."""

    OVERDUE = "overdue"
    FROM = "from"
    UNTIL = "until"
    TODAY = "today"
    TOMORROW = "tomorrow"
    LATER = "later"


def due(starts_at: dt.datetime | None, ends_at: dt.datetime, now: dt.datetime) -> Due:
    """How a promise stands at ``now``. All moments in Japanese time; a day's last minute means: any time that day."""
    if now > ends_at:
        return Due.OVERDUE
    days = (ends_at.date() - now.date()).days
    if days:
        return Due.TOMORROW if days == 1 else Due.LATER
    if starts_at and starts_at > now:
        return Due.FROM
    return Due.TODAY if ends_at.time() >= LAST_MINUTE else Due.UNTIL


def span(
    on: dt.date, starts: dt.time | None, ends: dt.time | None, zone: dt.tzinfo, *, minutes: int | None = None
) -> tuple[dt.datetime | None, dt.datetime]:
    """From when until when a promise of one day holds; without an end, for ``minutes`` or until the day is over."""
    begin = dt.datetime.combine(on, starts, zone) if starts else None
    over = dt.datetime.combine(on, LAST_MINUTE, zone)
    if ends:
        over = dt.datetime.combine(on, ends, zone)
    elif begin and minutes:
        over = min(over, begin + dt.timedelta(minutes=minutes))
    return begin, over


@dataclass(frozen=True)
class Promised:
    """What is promised, as far as the rules ask."""

    meeting: bool
    starts_at: dt.datetime | None
    ends_at: dt.datetime
    phone: str
    place: str


def faults(promise: Promised, now: dt.datetime) -> dict[str, str]:
    """What stands in the way of a promise, by the field that mends it; nothing where it can be kept."""
    wrong = when_faults(promise.starts_at, promise.ends_at, now)
    if promise.meeting and promise.starts_at is None:
        wrong["starts"] = "何時に会うかを入れてください"
    if promise.meeting and not (promise.place or promise.phone):
        wrong["place"] = "会う場所か、電話番号を入れてください"
    if not promise.meeting and not promise.phone:
        wrong["phone"] = "折り返す電話番号を入れてください"
    return wrong


def when_faults(starts_at: dt.datetime | None, ends_at: dt.datetime, now: dt.datetime) -> dict[str, str]:
    """What is wrong with the time of a promise, by the field that mends it."""
    if starts_at and ends_at <= starts_at:
        return {"ends": "「いつまで」は「いつから」より後にしてください"}
    if ends_at <= now:
        return {"ends" if ends_at.date() == now.date() else "on": "もう過ぎた時です。これからの日時を入れてください"}
    return {}


def next_try(now: dt.datetime) -> dt.datetime:
    """When to call again, as a first proposal: an hour later, on the full five minutes."""
    later = now + dt.timedelta(hours=1)
    return later.replace(second=0, microsecond=0) + dt.timedelta(minutes=-later.minute % 5)


def free_openings(
    now: dt.datetime,
    weekly: Collection[Weekly],
    closed: Collection[dt.date],
    taken: Collection[Opening],
) -> list[list[Opening]]:
    """The next days on which a desk is open and free, each with its free stretches; three at most.

    A stretch begins half an hour from ``now`` at the earliest and lasts half an hour at least.
    """
    found: list[list[Opening]] = []
    soonest = _full_half_hour(now + _SHORTEST)
    for ahead in range(_LOOKED_AHEAD):
        today = openings_on(now.date() + dt.timedelta(days=ahead), weekly, closed)
        free = [part for one in today for part in _without(one, taken, soonest)]
        if free:
            found.append(free)
        if len(found) == _DAYS_OFFERED:
            break
    return found


def _without(opening: Opening, taken: Collection[Opening], soonest: dt.datetime) -> Iterator[Opening]:
    begin = max(opening.opens, soonest)
    for one in sorted(taken, key=lambda busy: busy.opens):
        if one.closes <= begin or one.opens >= opening.closes:
            continue
        if one.opens - begin >= _SHORTEST:
            yield Opening(begin, one.opens)
        begin = max(begin, one.closes)
    if opening.closes - begin >= _SHORTEST:
        yield Opening(begin, opening.closes)


def _full_half_hour(moment: dt.datetime) -> dt.datetime:
    past = dt.timedelta(minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond)
    return moment - past + _SHORTEST if past else moment


def offer_words(free: list[list[Opening]], phone: str, language: str) -> str:
    """Words that tell a visitor when they could talk by phone or meet, in the language of their talk."""
    said = _OFFER.get(language, _OFFER["ja"])
    lines = [said.day.format(**_day_parts(day[0].opens), times=said.comma.join(map(_times, day))) for day in free]
    by_phone = [said.phone.format(phone=phone)] if phone else []
    return "\n".join([said.before, *lines, *by_phone, said.after])


def _times(one: Opening) -> str:
    closes = "24:00" if one.closes.date() > one.opens.date() else f"{one.closes:%H:%M}"
    return f"{one.opens:%H:%M}–{closes}"


def _day_parts(moment: dt.datetime) -> dict[str, str]:
    return {
        "ja": f"{moment.month}月{moment.day}日（{_WEEKDAYS[moment.weekday()]}）",
        "en": f"{moment:%A}, {moment.day} {moment:%B}",
    }


@dataclass(frozen=True)
class _Offer:
    before: str
    day: str
    comma: str
    phone: str
    after: str


# Said to visitors in the language of their talk, which is not the language of this process: no catalogue here.
_OFFER = {
    "ja": _Offer(
        "よければ、電話や、お会いしてお話しすることもできます。次の時間があいています。",
        "・{ja} {times}",
        "、",
        "窓口の電話は {phone} です。こちらからかけることもできます。",
        "よさそうな日と時間、電話か会うかを、ここに書いてください。このまま文字で続けても、もちろんかまいません。",
    ),
    "ja-easy": _Offer(
        "でんわで はなすことや、あって はなすことも できます。つぎの じかんが あいています。",
        "・{ja} {times}",
        "、",
        "まどぐちの でんわは {phone} です。こちらから かけることも できます。",
        "いい ひと じかんを ここに かいてください。このまま もじで つづけても いいです。",
    ),
    "en": _Offer(
        "If you like, we can also talk by phone or meet. These times are free:",
        "- {en}, {times}",
        " and ",
        "Our phone number is {phone}. We can also call you.",
        "Write here which day and time would suit you, and whether by phone or in person."
        " Going on in writing is fine, too.",
    ),
}
