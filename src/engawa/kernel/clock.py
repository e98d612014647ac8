"""The one place that asks what time it is. Rules never call it: time is their argument."""

import datetime as dt
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


def now() -> dt.datetime:
    """The present moment in Japanese time, aware."""
    return dt.datetime.now(JAPAN)


def today() -> dt.date:
    """The present day in Japan."""
    return now().date()
