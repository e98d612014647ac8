"""Decisions on hours: which lines may stand together, and what is said of a desk at a moment."""

import datetime as dt
import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from engawa.kernel.hours import Weekly, next_opening, open_until


class Fault(enum.Enum):
    """Why a set of opening hours cannot stand."""

    ORDER = "order"
    PERIOD = "period"
    OVERLAP = "overlap"


@dataclass(frozen=True)
class State:
    """Whether a desk is open: ``until`` when it is, ``opens_next`` (the next opening, if any is known) when not."""

    until: dt.datetime | None
    opens_next: dt.datetime | None

    @property
    def is_open(self) -> bool:
        return self.until is not None


def state_at(moment: dt.datetime, hours: Collection[Weekly], closed: Collection[dt.date]) -> State:
    """Open until when, or closed until when."""
    until = open_until(moment, hours, closed)
    following = None if until else next_opening(moment, hours, closed)
    return State(until, following.opens if following else None)


def fault_in(lines: Sequence[Weekly]) -> Fault | None:
    """The first reason why these lines cannot stand together; None when they can."""
    for line in lines:
        if line.closes <= line.opens:
            return Fault.ORDER
        if line.starts_on and line.ends_on and line.ends_on < line.starts_on:
            return Fault.PERIOD
    pairs = ((one, other) for index, one in enumerate(lines) for other in lines[index + 1 :])
    return Fault.OVERLAP if any(_collide(one, other) for one, other in pairs) else None


def _collide(one: Weekly, other: Weekly) -> bool:
    return (
        one.weekday == other.weekday
        and one.opens < other.closes
        and other.opens < one.closes
        and (one.starts_on or dt.date.min) <= (other.ends_on or dt.date.max)
        and (other.starts_on or dt.date.min) <= (one.ends_on or dt.date.max)
    )
