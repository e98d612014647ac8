"""The one place that asks what time it is. Rules never call it: time is their argument."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")
_standing: ContextVar[dt.datetime | None] = ContextVar("standing", default=None)


def now() -> dt.datetime:
    """The present moment in Japanese time, aware."""
    return _standing.get() or dt.datetime.now(JAPAN)


def today() -> dt.date:
    """The present day in Japan."""
    return now().date()


@contextmanager
def standing_at(moment: dt.datetime) -> Iterator[None]:
    """Let the clock stand at ``moment`` (aware): for the past of the demo city, and for tests of midnight."""
    token = _standing.set(moment.astimezone(JAPAN))
    try:
        yield
    finally:
        _standing.reset(token)
