"""A supervisor who keeps a desk, and the letters that the porch would receive."""

from collections.abc import Callable

import pytest

from engawa.office.access.actors import COMMAND, COURIER, Actor
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.directory import actions
from engawa.office.directory.models import Desk
from engawa.office.letterbox.models import OutgoingLetter
from engawa.post.letters import Letter, decode


@pytest.fixture
def keeper(supervisor: Staff, actor_of: Callable[[Staff], Actor]) -> Actor:
    return actor_of(supervisor)


@pytest.fixture
def desk(desk_organisation: Organisation) -> Desk:
    details = {"name": "よりそい・つなぐ相談窓口", "name_english": "Yorisoi desk", "phone": "075-000-0000"}
    return actions.open_desk(by=COMMAND, organisation=desk_organisation, details=details)


@pytest.fixture
def letters_told() -> Callable[[], list[Letter]]:
    """The letters that wait for the courier, oldest first."""

    def told() -> list[Letter]:
        with acting_as(COURIER):
            return [decode(bytes(one.body)) for one in OutgoingLetter.objects.order_by("id")]

    return told
