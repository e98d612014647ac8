"""Weekly opening hours in Japanese time: open now, until when, and when next.

Both zones answer the same question from the same hours: the office where they are kept, the porch where they
are shown. Pure: the moment is an argument.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from engawa.kernel.clock import JAPAN

# A time of day cannot be 24:00, so the last minute of the day stands for midnight.
LAST_MINUTE = dt.time(23, 59)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Weekly:
    """Open on one weekday (1 = Monday … 7 = Sunday), in a period whose first and last day are included.

    ``closes`` of 23:59 means until midnight.
    """

    weekday: int
    opens: dt.time
    closes: dt.time
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether this line applies to ``day``."""
        return (
            day.isoweekday() == self.weekday
            and (self.starts_on is None or self.starts_on <= day)
            and (self.ends_on is None or day <= self.ends_on)
        )


@dataclass(frozen=True)
class Opening:
    """One unbroken stretch of being open, both ends aware, in Japanese time."""

    opens: dt.datetime
    closes: dt.datetime


def openings_on(day: dt.date, hours: Collection[Weekly], closed: Collection[dt.date] = ()) -> list[Opening]:
    """The stretches that begin on ``day``, earliest first; touching and overlapping lines are one stretch."""
    if day in closed:
        return []
    lines = sorted((_on(day, line) for line in hours if line.holds_on(day)), key=lambda one: one.opens)
    return list(_joined(lines))


def open_until(moment: dt.datetime, hours: Collection[Weekly], closed: Collection[dt.date] = ()) -> dt.datetime | None:
    """When the stretch around ``moment`` ends, past midnight if it goes on; None when closed then."""
    today = moment.astimezone(JAPAN).date()
    for one in _joined(_around(today, hours, closed)):
        if one.opens <= moment < one.closes:
            return one.closes
    return None


def next_opening(
    moment: dt.datetime, hours: Collection[Weekly], closed: Collection[dt.date] = (), *, within_days: int = 92
) -> Opening | None:
    """The first stretch that begins after ``moment``; None when there is none within ``within_days``."""
    today = moment.astimezone(JAPAN).date()
    for ahead in range(within_days + 1):
        for one in openings_on(today + ahead * _DAY, hours, closed):
            if one.opens > moment:
                return one
    return None


def _around(today: dt.date, hours: Collection[Weekly], closed: Collection[dt.date]) -> list[Opening]:
    days = [today - _DAY, today, today + _DAY]
    return [one for day in days for one in openings_on(day, hours, closed)]


def _on(day: dt.date, line: Weekly) -> Opening:
    midnight = dt.datetime.combine(day + _DAY, dt.time(), JAPAN)
    closes = midnight if line.closes >= LAST_MINUTE else dt.datetime.combine(day, line.closes, JAPAN)
    return Opening(dt.datetime.combine(day, line.opens, JAPAN), closes)


def _joined(ordered: Sequence[Opening]) -> Iterator[Opening]:
    present: Opening | None = None
    for one in ordered:
        if present and one.opens <= present.closes:
            present = Opening(present.opens, max(present.closes, one.closes))
            continue
        if present:
            yield present
        present = one
    if present:
        yield present
