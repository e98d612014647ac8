"""Housekeeping: once a day, what has served its time is forgotten. Safe at any time, and as often as one likes.

``python -m engawa.engine.serving.keeping``
"""

import logging
import threading

import django

django.setup()

from django.apps import apps  # noqa: E402 (models need the settings)
from django.db import connections  # noqa: E402 (as above)
from django.utils.module_loading import import_string  # noqa: E402 (as above)

from engawa.engine.serving.leash import hold_the_leash  # noqa: E402 (as above)

# What each application does once a day: a function without arguments that returns how much it forgot.
DAILY = {
    "mailbox": "engawa.porch.mailbox.jobs.keep_house",
    "letterbox": "engawa.office.letterbox.jobs.keep_house",
    "access": "engawa.office.access.jobs.keep_house",
    "alerts": "engawa.office.alerts.jobs.keep_house",
    "casework": "engawa.office.casework.load.jobs.keep_house",
}
_DAY = 24 * 60 * 60
_log = logging.getLogger(__name__)


def keep_house() -> list[str]:
    """Do the daily work of every application of this zone; the names of those that failed and are tried tomorrow."""
    failed = []
    for label, work in DAILY.items():
        if label not in apps.app_configs:
            continue
        try:
            import_string(work)()
        except Exception as error:  # noqa: BLE001 (one application's fault must not keep the others from their work)
            _log.error("the housekeeping of %s failed: %s", label, type(error).__name__)
            failed.append(label)
    return failed


def main() -> None:
    hold_the_leash()
    while True:
        keep_house()
        connections.close_all()
        threading.Event().wait(_DAY)


if __name__ == "__main__":
    main()
