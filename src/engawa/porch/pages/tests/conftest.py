"""The porch as visitors meet it: its own settings, an office that has published its key, and desks on the board."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client, override_settings

from engawa.engine.settings import porch
from engawa.kernel import clock
from engawa.kernel.hours import Weekly
from engawa.porch.noticeboard.actions import pin
from engawa.post.keys import KeyRing
from engawa.post.letters import DeskPublished, ExpectationPublished, ResourcePublished, Wording

NAMES = (
    "ROOT_URLCONF", "LANGUAGES", "TEMPLATES", "SESSION_ENGINE", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SAMESITE",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE", "CSRF_USE_SESSIONS", "CSRF_FAILURE_VIEW", "FILE_UPLOAD_HANDLERS",
)  # fmt: skip
ALWAYS = tuple(Weekly(weekday, dt.time(0), dt.time(23, 59)) for weekday in range(1, 8))


@pytest.fixture(scope="module")
def zone() -> Iterator[None]:
    """The settings under which the porch serves its pages.

    Django forgets templates, addresses and translations whenever these change: a module changes them once.
    """
    middleware = [name for name in porch.MIDDLEWARE if not name.startswith("whitenoise.")]
    with override_settings(MIDDLEWARE=middleware, **{name: getattr(porch, name) for name in NAMES}):
        yield


@pytest.fixture
def visitor(zone: None, ring: KeyRing) -> Client:
    """A browser that comes for the first time, to a porch that is ready to take words."""
    return Client()


@pytest.fixture
def strict_visitor(zone: None, ring: KeyRing) -> Client:
    """As ``visitor``, but forms are checked for their origin as in service."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def desk_published() -> Callable[..., DeskPublished]:
    """Puts a desk on the board, open day and night unless hours are given."""

    def publish(**given: Any) -> DeskPublished:
        fields: dict[str, Any] = {
            "desk_id": uuid.uuid4(),
            "position": 0,
            "name": Wording("よりそい相談窓口", "よりそい そうだん まどぐち", "Yorisoi desk"),
            "summary": Wording("どなたでも。", "だれでも。", "For anybody."),
            "phone": "075-000-0000（内線3）",
            "email": "desk@example.org",
            "address": "みやこ市中町1",
            "areas": "北区、南区",
            "takes_talks": True,
            "hours": ALWAYS,
            "closed_days": (),
        }
        letter = DeskPublished(**(fields | given))
        pin(letter)
        return letter

    return publish


@pytest.fixture
def expectation_published() -> Callable[..., None]:
    """Tells what may be expected of a desk now."""

    def publish(desk: DeskPublished, *, present: int = 1, waiting: int = 0, minutes: int | None = 4) -> None:
        pin(
            ExpectationPublished(
                desk_id=desk.desk_id, present=present, waiting=waiting, minutes=minutes, measured_at=clock.now()
            )
        )

    return publish


@pytest.fixture
def resource_published() -> Callable[..., ResourcePublished]:
    """Puts a resource on the board."""

    def publish(**given: Any) -> ResourcePublished:
        fields: dict[str, Any] = {
            "resource_id": uuid.uuid4(),
            "position": 0,
            "resource_kind": "place",
            "name": Wording("月あかり", "つきあかり", "Moonlight"),
            "summary": Wording("だまって座っていてもいいところです。", "", "You may just sit."),
            "times": "木曜 20–22時",
            "where": "オンライン",
            "online": True,
            "organisation": "みやこ市",
        }
        letter = ResourcePublished(**(fields | given))
        pin(letter)
        return letter

    return publish
