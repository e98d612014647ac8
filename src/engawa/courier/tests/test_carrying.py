import datetime as dt
import uuid

import pytest

from engawa.courier.inward import Inward
from engawa.courier.outward import Outward
from engawa.courier.porch_side import PorchSide
from engawa.engine.home import Home
from engawa.office.access.actors import COURIER
from engawa.office.access.walls import acting_as
from engawa.office.letterbox.actions import write_letter
from engawa.office.letterbox.models import OutgoingLetter, SetAside
from engawa.porch.entrances import web
from engawa.porch.mailbox.models import Envelope, SeatLetter
from engawa.porch.mailbox.queries import letters_of, talks_of
from engawa.porch.noticeboard.queries import desks, office_key
from engawa.post.keys import office_ring
from engawa.post.letters import (
    DeskPublished,
    Letter,
    SeatOpened,
    TalkOpened,
    WordAnswered,
    Wording,
    WordSaid,
    encode,
)
from engawa.post.parcels import SEAT_LEFT
from engawa.post.sealing import public_key_of
from visitor import Visitor

pytestmark = pytest.mark.django_db(databases=["default", "porch"])
NOW = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)


def _answer(visitor: Visitor, words: str = "こんばんは") -> WordAnswered:
    return WordAnswered(
        talk_id=visitor.talk_id, message_id=uuid.uuid4(), words=words, persona="みどり", said_at=NOW, automatic=False
    )


def _desk() -> DeskPublished:
    return DeskPublished(
        desk_id=uuid.uuid4(), position=1, name=Wording("窓口"), summary=Wording(""), phone="", email="", address="",
        areas="", takes_talks=True, hours=(), closed_days=(),
    )  # fmt: skip


@pytest.mark.slow
def test_words_reach_the_office_in_order_and_leave_the_porch(
    porch: PorchSide, visitor: Visitor, heard: list[Letter]
) -> None:
    for number in range(120):
        visitor.say(f"{number}")
    inward = Inward(porch)
    assert [inward.round(0) for _ in range(4)] == [50, 50, 22, 0]
    assert [type(letter) for letter in heard[:2]] == [SeatOpened, TalkOpened]
    assert [letter.words for letter in heard[2:] if isinstance(letter, WordSaid)] == [str(n) for n in range(120)]
    assert not Envelope.objects.exists()


def test_a_courier_that_falls_before_it_settled_brings_the_same_words_again_harmlessly(
    porch: PorchSide, visitor: Visitor, heard: list[Letter]
) -> None:
    assert Inward(porch).round(0) == 2
    assert Inward(porch).round(0) == 2
    assert len(heard) == 2


def test_an_answer_lies_at_its_seat_once_however_often_it_is_brought(
    porch: PorchSide, visitor: Visitor, heard: list[Letter]
) -> None:
    Inward(porch).round(0)
    with acting_as(COURIER):
        write_letter(_answer(visitor), visitor.seat_id)
    assert Outward(porch).round() == 1
    with acting_as(COURIER):
        OutgoingLetter.objects.update(delivered_at=None, body=encode(_answer(visitor)))
    assert Outward(porch).round() == 1
    assert [word.words for word in talks_of(visitor.sitting)[visitor.talk_id].said] == ["はじめまして", "こんばんは"]
    assert SeatLetter.objects.count() == 2


def test_answers_lie_in_the_order_in_which_they_were_written(
    porch: PorchSide, visitor: Visitor, heard: list[Letter]
) -> None:
    Inward(porch).round(0)
    with acting_as(COURIER):
        for number in range(60):
            write_letter(_answer(visitor, str(number)), visitor.seat_id)
    outward = Outward(porch)
    assert [outward.round() for _ in range(3)] == [50, 10, 0]
    said = [one.letter.words for one in letters_of(visitor.sitting) if isinstance(one.letter, WordAnswered)]
    assert said == [str(number) for number in range(60)]


def test_a_broken_envelope_is_set_aside_with_its_reason_and_blocks_nothing(
    porch: PorchSide, visitor: Visitor, heard: list[Letter]
) -> None:
    Envelope.objects.create(seat_id=visitor.seat_id, id=uuid.uuid4(), key_id="none", sealed=b"?")
    visitor.say("あとから")
    inward = Inward(porch)
    assert inward.round(0) == 4
    assert inward.round(0) == 0
    assert SetAside.objects.get().reason == "CannotOpen: key none is not on the ring"
    assert isinstance(heard[-1], WordSaid)


def test_a_broken_letter_is_set_aside_with_its_reason_and_blocks_nothing(
    porch: PorchSide, visitor: Visitor, heard: list[Letter]
) -> None:
    Inward(porch).round(0)
    with acting_as(COURIER):
        OutgoingLetter.objects.create(kind="?", seat_id=visitor.seat_id, body=b"?")
        OutgoingLetter.objects.create(kind="?", seat_id=None, body=b"?")
        write_letter(_answer(visitor), uuid.uuid4())
        write_letter(_answer(visitor), visitor.seat_id)
    Outward(porch).round()
    with acting_as(COURIER):
        reasons = list(OutgoingLetter.objects.order_by("number").values_list("set_aside", flat=True))
    assert reasons == ["Malformed", "Malformed", "the office knows no key of this seat", ""]
    assert len(letters_of(visitor.sitting)) == 2


def test_an_answer_to_a_seat_that_was_deleted_is_noted_and_asks_nobody(
    porch: PorchSide, visitor: Visitor, heard: list[Letter]
) -> None:
    Inward(porch).round(0)
    web.delete_seat(session=visitor.session)
    with acting_as(COURIER):
        write_letter(_answer(visitor), visitor.seat_id)
    Outward(porch).round()
    with acting_as(COURIER):
        assert OutgoingLetter.objects.get().set_aside == SEAT_LEFT


def test_after_a_rotation_new_words_take_the_new_key_and_old_ones_still_arrive(
    porch: PorchSide, visitor: Visitor, heard: list[Letter], house: Home
) -> None:
    outward = Outward(porch)
    outward.round()
    office_ring(house.keys).rotate()
    outward.round()
    assert office_key().key == public_key_of(office_ring(house.keys).present())
    visitor.say("新しい鍵で")
    Inward(porch).round(0)
    assert not SetAside.objects.exists()
    assert [letter.words for letter in heard if isinstance(letter, TalkOpened | WordSaid)] == [
        "はじめまして",
        "新しい鍵で",
    ]


def test_what_the_office_publishes_stands_on_the_board(porch: PorchSide) -> None:
    with acting_as(COURIER):
        write_letter(_desk())
    Outward(porch).round()
    assert [desk.name for desk in desks(NOW)] == ["窓口"]
