"""Housekeeping of alerts, once a day and safe at any time."""

import datetime as dt

from engawa.kernel import clock
from engawa.office.alerts.actions import forget_read

KEPT_AFTER_READING = dt.timedelta(days=90)


def keep_house() -> int:
    """Forget alerts that were read a while ago; how many they were."""
    return forget_read(before=clock.now() - KEPT_AFTER_READING)
