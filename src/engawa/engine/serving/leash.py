"""A process of the house ends with its supervisor, even when that is killed without a word."""

import os
import signal
import sys
import threading
import time


def hold_the_leash() -> None:
    """End this process and all its children as soon as the pipe at standard input closes."""
    threading.Thread(target=_wait_for_the_end, name="leash", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.killpg(0, signal.SIGTERM)
    time.sleep(10)
    os.killpg(0, signal.SIGKILL)
