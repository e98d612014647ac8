"""What only several connections can show: announcements, and a database that refuses."""

from collections.abc import Sequence

import pytest
from django.db import OperationalError

from engawa.courier.inward import Inward
from engawa.courier.porch_side import PorchSide
from engawa.office.letterbox import handlers
from engawa.office.letterbox.models import SetAside
from engawa.porch.entrances import web
from engawa.porch.mailbox.models import Envelope
from engawa.post.letters import Letter, SeatOpened, TalkOpened
from visitor import Visitor


@pytest.fixture
def db(committed: None) -> None:
    """Everything here is committed."""


def test_an_envelope_that_the_database_refuses_again_and_again_is_set_aside(
    porch: PorchSide, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Letter] = []

    def refuse(letters: Sequence[Letter]) -> None:
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr(handlers, "_handlers", {SeatOpened: [refuse], TalkOpened: [heard.extend]})
    inward = Inward(porch)
    for _ in range(4):
        with pytest.raises(OperationalError):
            inward.round(0)
    inward.round(0)
    assert SetAside.objects.get().reason == "the database refused it again and again"
    assert len(heard) == 1


def test_a_passing_word_is_heard_while_the_courier_waits_and_kept_nowhere(
    porch: PorchSide, visitor: Visitor, heard: list[Letter]
) -> None:
    inward = Inward(porch)
    inward.round(0)
    inward.round(0)
    web.typing(sitting=visitor.sitting, talk_id=visitor.talk_id)
    inward.round(1)
    assert type(heard[-1]).__name__ == "VisitorTyping"
    assert not Envelope.objects.exists()


def test_trouble_of_the_database_keeps_the_order_and_is_tried_again(
    porch: PorchSide, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Letter] = []
    together_and_alone = [OperationalError("deadlock detected")] * 2
    troubles = iter(together_and_alone)

    def hear(letters: Sequence[Letter]) -> None:
        for trouble in troubles:
            raise trouble
        heard.extend(letters)

    monkeypatch.setattr(handlers, "_handlers", {kind: [hear] for kind in (SeatOpened, TalkOpened)})
    inward = Inward(porch)
    with pytest.raises(OperationalError):
        inward.round(0)
    inward.round(0)
    assert [type(letter) for letter in heard] == [SeatOpened, TalkOpened]
    assert not SetAside.objects.exists()
