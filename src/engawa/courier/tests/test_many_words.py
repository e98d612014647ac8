"""Many words at once: what each costs in the office, and what becomes of the others when one is at fault."""

import uuid
from collections.abc import Callable, Sequence

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from engawa.courier.inward import Inward
from engawa.courier.porch_side import PorchSide
from engawa.office.access.actors import COURIER
from engawa.office.access.walls import acting_as
from engawa.office.directory.models import Desk
from engawa.office.letterbox import handlers
from engawa.office.letterbox.models import ArrivedEnvelope, SetAside
from engawa.office.talks.models import Message
from engawa.porch.mailbox.models import Envelope
from engawa.post.letters import Letter, SeatOpened, TalkOpened, WordSaid
from visitor import Visitor

pytestmark = pytest.mark.django_db(databases=["default", "porch"])
# Begin and commit, the actor before, during and after, the lock, and whether and that they arrived; find the talks, the
# desks' hours and closed days; write messages, talks and audit entries; announce.
STATEMENTS = 15


@pytest.fixture
def taken_ill(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], list[str]]:
    """Lets the office fail with an error at the word "boom"; gives the words that it heard for good."""

    def fall_ill(error: Exception) -> list[str]:
        heard: list[str] = []

        def hear(letters: Sequence[Letter]) -> None:
            words = [getattr(letter, "words", "") for letter in letters]
            if "boom" in words:
                raise error
            heard.extend(words)

        monkeypatch.setattr(handlers, "_handlers", {kind: [hear] for kind in (SeatOpened, TalkOpened, WordSaid)})
        return heard

    return fall_ill


def _statements(inward: Inward, visitor: Visitor, words: int) -> int:
    for number in range(words):
        visitor.say(f"{number}")
    with CaptureQueriesContext(connection) as office:
        assert inward.round(0) == words
    return len(office.captured_queries)


def test_however_many_words_come_together_the_statements_stay_as_many(
    porch: PorchSide, visitor: Visitor, desk: Desk
) -> None:
    """I.2: what keeps a word's way short while many speak."""
    inward = Inward(porch)
    inward.round(0)
    assert [_statements(inward, visitor, words) for words in (1, 10, 30)] == [STATEMENTS] * 3
    with acting_as(COURIER):
        said = list(Message.objects.filter(direction="in").values_list("body", flat=True))
    assert said == ["はじめまして", "0", *map(str, range(10)), *map(str, range(30))]


def test_one_word_at_fault_is_set_aside_and_those_around_it_arrive_in_order(
    porch: PorchSide, visitor: Visitor, taken_ill: Callable[[Exception], list[str]]
) -> None:
    heard = taken_ill(KeyError())
    inward = Inward(porch)
    inward.round(0)
    heard.clear()
    for words in ("1", "boom", "2", "3"):
        visitor.say(words)
    inward.round(0)
    assert heard == ["1", "2", "3"]
    assert ArrivedEnvelope.objects.filter(kind="word-said").count() == 3
    assert SetAside.objects.get().reason.startswith("KeyError in test_many_words.py")
    inward.round(0)
    assert not Envelope.objects.exists()


def test_where_the_database_says_not_now_those_before_have_arrived_and_the_rest_waits_in_order(
    porch: PorchSide, visitor: Visitor, taken_ill: Callable[[Exception], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_ill(OperationalError("deadlock detected"))
    inward = Inward(porch)
    monkeypatch.setattr(inward, "_tried_enough", lambda _envelope: False)
    inward.round(0)
    for words in ("1", "boom", "2"):
        visitor.say(words)
    with pytest.raises(OperationalError):
        inward.round(0)
    assert ArrivedEnvelope.objects.filter(kind="word-said").count() == 1
    heard = taken_ill(KeyError())
    inward.round(0)
    assert heard == ["2"]


def test_one_id_used_by_two_seats_arrives_once(porch: PorchSide, visitor: Visitor, desk: Desk) -> None:
    """Only a porch that is no longer ours would do that; it may block nobody's words."""
    visitor.say("本物")
    envelope = Envelope.objects.order_by("number").last()
    assert envelope
    Envelope.objects.create(seat_id=uuid.uuid4(), id=envelope.id, key_id=envelope.key_id, sealed=bytes(envelope.sealed))
    visitor.say("そのあと")
    inward = Inward(porch)
    inward.round(0)
    with acting_as(COURIER):
        assert list(Message.objects.values_list("body", flat=True)) == ["はじめまして", "本物", "そのあと"]
