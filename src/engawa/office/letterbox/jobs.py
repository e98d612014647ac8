"""Housekeeping of the letterbox, once a day and safe at any time."""

import datetime as dt

from engawa.kernel import clock
from engawa.office.letterbox.actions import forget_delivered, forget_undeliverable

KEPT_AFTER_DELIVERY = dt.timedelta(days=30)


def keep_house() -> int:
    """Forget letters that were delivered a while ago (their words went at once); how many they were."""
    forget_undeliverable()
    return forget_delivered(before=clock.now() - KEPT_AFTER_DELIVERY)
