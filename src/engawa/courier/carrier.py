"""The courier's day: one courier at a time, carrying in and out side by side until told to stop."""

import logging
import threading
import traceback
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connections

from engawa.courier.door import PorchDoor
from engawa.courier.ear import Ear
from engawa.courier.inward import Inward
from engawa.courier.outward import Outward
from engawa.courier.porch_side import LONGEST_WAIT_SECONDS, PorchSide
from engawa.courier.remote import LinkTrouble, far_porch
from engawa.kernel.locks import try_session_lock
from engawa.office.letterbox.actions import CHANNEL, TRY_LATER

_log = logging.getLogger(__name__)
_OFFICE = "default"
_LOCK = "courier"
# A look without having been called, should an announcement be lost.
_LOOK_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 5.0


def run(stop: threading.Event) -> None:
    """Carry until ``stop`` is set. Where another courier is at work, wait to take over from it."""
    while not stop.is_set():
        try:
            if try_session_lock(_LOCK, using=_OFFICE):
                _log.info("carrying")
                _carry(stop)
        except TRY_LATER as error:
            _log.warning("the office's database is away: %s", type(error).__name__)
        connections.close_all()
        stop.wait(_LOOK_SECONDS)


def porch_side() -> PorchSide:
    """The porch: elsewhere when an address is set, else beside us.

    Raises:
        NotIntroduced: it is elsewhere, and nobody said how to know it.
    """
    return far_porch() if settings.PORCH_URL else PorchDoor()


def _carry(stop: threading.Event) -> None:
    """Carry while this connection lives, and with it the lock that makes us the only courier."""
    halt = threading.Event()
    inward, outward = Inward(porch_side()), Outward(porch_side())
    threads = [_started(partial(_inward, inward), halt), _started(partial(_outward, outward), halt)]
    try:
        while not stop.wait(_LOOK_SECONDS):
            with connections[_OFFICE].cursor() as cursor:
                cursor.execute("SELECT 1")
    finally:
        halt.set()
        for thread in threads:
            # Whoever is stopped while it waits for a far porch holds nothing that could be lost.
            thread.join(2 * _LOOK_SECONDS if stop.is_set() else None)


def _inward(inward: Inward, halt: threading.Event) -> None:
    wait = LONGEST_WAIT_SECONDS if settings.PORCH_URL else _LOOK_SECONDS
    with closing(inward.porch):
        _again_and_again(lambda: inward.round(wait), halt)


def _outward(outward: Outward, halt: threading.Event) -> None:
    heard: list[str] = []

    def look(ear: Ear) -> None:
        passing = heard.copy()
        heard.clear()
        if not outward.round(passing):
            heard.extend(ear.hear(_LOOK_SECONDS))

    with closing(outward.porch), closing(Ear(_OFFICE, CHANNEL)) as ear:
        _again_and_again(partial(look, ear), halt)


def _again_and_again(act: Callable[[], object], halt: threading.Event) -> None:
    """Do it until told to halt; after trouble pause, longer each time, and go on. Nothing ends a courier's day."""
    pause = 0.0
    while not halt.is_set():
        try:
            act()
            pause = 0.0
        except Exception as error:  # noqa: BLE001 - databases, networks and faults of ours alike are met again later
            _log.warning("trouble on the way, trying again: %s", _named(error))
            connections.close_all()
            pause = min(max(2 * pause, 0.1), _LONGEST_PAUSE_SECONDS)
            halt.wait(pause)


def _started(act: Callable[[threading.Event], None], halt: threading.Event) -> threading.Thread:
    def work() -> None:
        try:
            act(halt)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _named(error: Exception) -> str:
    """The kind of an error and where it arose. Its own message may quote what nobody should read in a log."""
    if isinstance(error, LinkTrouble):
        return str(error)  # our own words, of the way alone
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
