"""A world that stands for a whole module: to make one costs more than most tests that look at it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from access.world import World, make_world
from cast import everybody
from engawa.office.access.models import Staff

Cast = dict[str, Staff]


@pytest.fixture(scope="module")
def _standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Cast, World]]:
    """The cast and their world. What a test does there is undone after it, as everywhere; in the end all is."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast, places = everybody()
        yield cast, make_world(cast, places["desk_organisation"], places["ward"])
        transaction.set_rollback(True)


@pytest.fixture
def cast(_standing: tuple[Cast, World], db: None) -> Cast:
    return _standing[0]


@pytest.fixture
def world(_standing: tuple[Cast, World], db: None) -> World:
    return _standing[1]
