"""The courier: carries letters between porch and office until it is told to stop.

``python -m engawa.engine.serving.carrying``
"""

import signal
import threading
from importlib import import_module

import django

from engawa.engine.serving.leash import hold_the_leash

if __name__ == "__main__":
    hold_the_leash()
    django.setup()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    import_module("engawa.courier.carrier").run(stop)
