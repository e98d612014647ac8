"""Fixtures of the porch's tests: a house of its own, an office that published its key, a browser's session."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engawa.engine.home import Home
from engawa.porch.noticeboard.actions import pin
from engawa.porch.seats import actions as seats
from engawa.porch.seats.cookie import SessionStore
from engawa.post.keys import KeyRing, office_ring
from engawa.post.letters import OfficeKeyPublished
from engawa.post.sealing import key_id_of, public_key_of


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> Iterator[Home]:
    """A data folder of the test's own."""
    settings.HOME = Home(tmp_path)
    settings.HOME.make()
    seats._salt.cache_clear()
    yield settings.HOME
    seats._salt.cache_clear()


@pytest.fixture
def ring(house: Home) -> KeyRing:
    """The office's keys; the present one is published."""
    ring = office_ring(house.keys)
    public = public_key_of(ring.present())
    pin(OfficeKeyPublished(key_id=key_id_of(public), public_key=public))
    return ring


@pytest.fixture
def session() -> SessionStore:
    """A browser that came for the first time."""
    return SessionStore()
