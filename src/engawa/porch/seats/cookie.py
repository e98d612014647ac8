"""The visitor's session, kept in the one cookie and nowhere else.

The cookie carries what only the visitor should hold: the private key of their seat. It is encrypted with the
porch's secret, so that somebody who finds the cookie cannot read it, and the server keeps no copy, so that
somebody who finds the server's disk has no key to any seat.
"""

import base64
import binascii
import json
import time
import uuid
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from engawa.post.sealing import CannotOpen, lock, unlock

_SEAT = "seat"
_KEY = "key"


@dataclass(frozen=True)
class Sitting:
    """A visitor at their seat, with the key that opens what was sealed to it."""

    seat_id: uuid.UUID
    private_key: bytes


def sit_down(session: SessionBase, sitting: Sitting) -> None:
    """Remember the seat for this browser; whatever the session held before is gone."""
    session.flush()
    session[_SEAT] = str(sitting.seat_id)
    session[_KEY] = base64.b64encode(sitting.private_key).decode()


def who_sits(session: SessionBase) -> Sitting | None:
    """The seat this browser sits at. The seat itself may have been deleted meanwhile."""
    if _SEAT not in session:
        return None
    return Sitting(uuid.UUID(session[_SEAT]), base64.b64decode(session[_KEY]))


def stand_up(session: SessionBase) -> None:
    """Leave nothing of the seat in this browser."""
    session.flush()


class SessionStore(SessionBase):
    """Django's session protocol over an encrypted cookie. ``session_key`` is the cookie's whole content.

    A cookie that is broken, foreign or older than ``SESSION_COOKIE_AGE`` is an empty session, not an error.
    """

    def load(self) -> dict[str, Any]:
        try:
            content = json.loads(unlock(base64.urlsafe_b64decode(self.session_key or ""), _cookie_key()))
        except (CannotOpen, binascii.Error, ValueError):
            content = {}
        if content.get("at", 0) + settings.SESSION_COOKIE_AGE < time.time():
            self.create()
            return {}
        kept: dict[str, Any] = content["session"]
        return kept

    def save(self, must_create: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        content = {"at": int(time.time()), "session": dict(self.items())}
        locked = lock(json.dumps(content).encode(), _cookie_key())
        self._session_key = base64.urlsafe_b64encode(locked).decode()
        self.modified = True

    def create(self) -> None:
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:  # noqa: ARG002 - nothing is kept that could be found by it
        self._session_key = ""
        self._session_cache: dict[str, Any] = {}
        self.modified = True

    def cycle_key(self) -> None:
        self.save()

    def exists(self, session_key: str) -> bool:  # noqa: ARG002 - the server keeps no sessions
        return False

    @classmethod
    def clear_expired(cls) -> None:
        """Nothing is kept, so nothing expires here."""


def _cookie_key() -> bytes:
    return blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"engawa cookie").digest()
