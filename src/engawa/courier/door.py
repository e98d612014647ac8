"""The porch's own door: what the courier asks, done directly in the porch's database."""

import threading
import time
import uuid
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from engawa.courier.ear import Ear
from engawa.courier.porch_side import LONGEST_WAIT_SECONDS
from engawa.porch.mailbox import actions as mailbox
from engawa.porch.mailbox.queries import waiting_envelopes
from engawa.porch.noticeboard.actions import pin
from engawa.post.letters import decode
from engawa.post.parcels import SEAT_LEFT, Collected, Delivery, Refused
from engawa.post.sealing import Cover

_AT_ONCE = 50
_STEP_SECONDS = 0.25
# Passing words that nobody fetched for so long are no longer true.
_STALE_SECONDS = 3.0


class PorchDoor:
    """``PorchSide`` beside the porch's database. One courier collects at a time; a newer one sends an older away."""

    def __init__(self) -> None:
        self._ear = Ear(settings.PORCH_ALIAS, mailbox.CHANNEL)
        self._turn = threading.Lock()
        self._newest = object()
        self._left_at = 0.0

    def collect(self, *, settled: tuple[Cover, ...], wait: float) -> Collected:
        mailbox.settle(covers=settled)
        me = self._newest = object()
        with self._turn:
            try:
                return self._wait(lambda: self._newest is me, min(wait, LONGEST_WAIT_SECONDS))
            finally:
                self._left_at = time.monotonic()

    def deliver(self, delivery: Delivery) -> tuple[Refused, ...]:
        with transaction.atomic(using=settings.PORCH_ALIAS):
            left = [Refused(letter_id, SEAT_LEFT) for letter_id in mailbox.lay_letters(letters=delivery.letters)]
            pinned = [_tried(one.id, partial(_pin, one.content)) for one in delivery.board]
            for word in delivery.passing:
                mailbox.announce_passing(word=word)
        return (*left, *(refused for refused in pinned if refused))

    def close(self) -> None:
        self._ear.close()

    def _wait(self, is_my_turn: Callable[[], bool], seconds: float) -> Collected:
        """Listen first and look afterwards, so that nothing falls between the two."""
        passing = self._ear.hear(0)
        if time.monotonic() - self._left_at > _STALE_SECONDS:
            passing.clear()
        until = time.monotonic() + seconds
        while True:
            found = Collected(tuple(waiting_envelopes(limit=_AT_ONCE)), tuple(one.encode() for one in passing))
            rest = until - time.monotonic()
            if found.envelopes or found.passing or rest <= 0 or not is_my_turn():
                return found
            passing = self._ear.hear(min(rest, _STEP_SECONDS))


def _pin(content: bytes) -> None:
    pin(decode(content))


def _tried(letter_id: uuid.UUID, act: Callable[[], None]) -> Refused | None:
    """Do it; where the letter itself is at fault, say so and keep the others."""
    try:
        with transaction.atomic(using=settings.PORCH_ALIAS):
            act()
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one letter, it may not block the rest
        return Refused(letter_id, type(error).__name__)
    return None
