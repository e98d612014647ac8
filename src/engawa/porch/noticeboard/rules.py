"""What may honestly be said about a desk at a moment."""

import datetime as dt

from engawa.kernel.hours import Opening, next_opening, open_until
from engawa.post.letters import DeskPublished, ExpectationPublished

# An older measurement says nothing about now.
FRESH_FOR = dt.timedelta(minutes=30)


def closes_at(desk: DeskPublished, moment: dt.datetime) -> dt.datetime | None:
    """Until when the desk is open without a break; None when it is closed at this moment."""
    return open_until(moment, desk.hours, _closed(desk))


def opens_next(desk: DeskPublished, moment: dt.datetime) -> Opening | None:
    """When the desk opens next, in Japanese time; None when no hours are known."""
    return next_opening(moment, desk.hours, _closed(desk))


def is_fresh(expectation: ExpectationPublished, moment: dt.datetime) -> bool:
    """Whether the measurement still speaks about this moment."""
    return moment - expectation.measured_at <= FRESH_FOR


def _closed(desk: DeskPublished) -> set[dt.date]:
    return {closed.day for closed in desk.closed_days}
