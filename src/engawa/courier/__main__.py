"""``python -m engawa.courier``: carry until told to stop (SIGTERM or SIGINT)."""

import os
import signal
import threading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engawa.engine.settings.courier")

import django

django.setup()

from engawa.courier import carrier  # noqa: E402 - models need the settings

if __name__ == "__main__":
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    carrier.run(stop)
