"""A desk that takes talks, and visitors whose letters arrive as the courier brings them (for every test)."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COURIER, Actor
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.directory.models import Desk, OpeningHours
from engawa.office.letterbox.models import OutgoingLetter
from engawa.office.talks import letters
from engawa.office.talks.models import Talk
from engawa.post.letters import Letter, SeatOpened, TalkOpened, WordSaid, decode


@pytest.fixture
def desk(desk_organisation: Organisation) -> Desk:
    """An all-age desk that is open day and night."""
    made = Desk.objects.create(
        name="「よりそい・つなぐ」相談窓口",
        organisation=desk_organisation,
        group=Desk.Group.ALL_AGE,
        takes_talks=True,
        published=True,
    )
    for weekday in range(1, 8):
        OpeningHours.objects.create(desk=made, weekday=weekday, opens=dt.time(0, 0), closes=dt.time(23, 59))
    return made


@pytest.fixture
def open_talk(desk: Desk) -> Callable[..., Talk]:
    """Lets a visitor open a seat and say a first word; returns the talk."""

    def begin(words: str = "夜しか起きていられなくて", *, seat: Any = None, **fields: Any) -> Talk:
        said_at = fields.pop("said_at", clock.now())
        letter: dict[str, Any] = {
            "seat_id": seat or uuid7(), "talk_id": uuid7(), "message_id": uuid7(), "desk_id": None, "words": words,
            "handle": "こもれび", "requester": "self", "age_band": "30代", "area": "みやこ市", "topic": "", "route": "",
            "answer_needed": True, "terms_version": "2026-1", "language": "ja", "said_at": said_at,
        }  # fmt: skip
        opened = TalkOpened(**letter | fields)
        with acting_as(COURIER):
            letters.seats_opened([SeatOpened(seat_id=opened.seat_id, public_key=b"k" * 32, opened_at=said_at)])
            letters.talks_opened([opened])
            return Talk.objects.get(pk=opened.talk_id)

    return begin


@pytest.fixture
def say() -> Callable[..., None]:
    """Lets the visitor of a talk say something more."""

    def word(talk: Talk, words: str, *, answer_needed: bool = True, said_at: dt.datetime | None = None) -> None:
        with acting_as(COURIER):
            said = WordSaid(
                seat_id=talk.seat_id,
                talk_id=talk.pk,
                message_id=uuid7(),
                words=words,
                answer_needed=answer_needed,
                said_at=said_at or clock.now(),
            )
            letters.words_said([said])

    return word


@pytest.fixture
def by(counsellor: Staff) -> Iterator[Actor]:
    """The counsellor, at work."""
    actor = actor_of(counsellor)
    with acting_as(actor):
        yield actor


def letters_out() -> list[Letter]:
    """Letters that wait for the courier, in order."""
    with acting_as(COURIER):
        return [decode(bytes(row.body)) for row in OutgoingLetter.objects.order_by("id")]


@pytest.fixture
def outgoing() -> Callable[[], list[Letter]]:
    return letters_out
