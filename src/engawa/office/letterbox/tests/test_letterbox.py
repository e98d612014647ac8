import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

import pytest
from django.db import OperationalError, connection

from engawa.engine.home import Home
from engawa.kernel import clock
from engawa.office.access.actors import COURIER, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.letterbox import actions, handlers, jobs, queries
from engawa.office.letterbox.models import ArrivedEnvelope, OutgoingLetter, SetAside
from engawa.post.keys import office_ring
from engawa.post.letters import (
    CounsellorTyping,
    DeskWithdrawn,
    Letter,
    SeatLeft,
    SeatOpened,
    TalkClosed,
    Unreadable,
    VisitorTyping,
    WordSaid,
    encode,
)
from engawa.post.parcels import SEAT_LEFT, SealedEnvelope
from engawa.post.sealing import Cover, key_id_of, public_key_of, seal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
SEAT, TALK = uuid.uuid4(), uuid.uuid4()
NOW = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Letter]]:
    """The letters that a handler of the office was given; a word "boom" makes it fail."""
    heard: list[Letter] = []

    def hear(letters: Sequence[Letter]) -> None:
        heard.extend(letters)
        words = {getattr(letter, "words", "") for letter in letters}
        if "boom" in words:
            raise KeyError("a word that nobody should read")
        if "later" in words:
            raise OperationalError("deadlock detected")

    kinds = (SeatOpened, SeatLeft, WordSaid, VisitorTyping)
    monkeypatch.setattr(handlers, "_handlers", {kind: [hear] for kind in kinds})
    return heard


def _word(words: str = "こんばんは", seat_id: uuid.UUID = SEAT) -> WordSaid:
    return WordSaid(
        seat_id=seat_id, talk_id=TALK, message_id=uuid.uuid4(), words=words, answer_needed=True, said_at=NOW
    )


def _envelope(house: Home, letter: Letter | bytes, seat_id: uuid.UUID = SEAT) -> SealedEnvelope:
    public, cover = public_key_of(office_ring(house.keys).present()), Cover(uuid.uuid4(), seat_id)
    content = letter if isinstance(letter, bytes) else encode(letter)
    return SealedEnvelope(cover.id, seat_id, key_id_of(public), seal(content, cover, public))


def test_a_letter_reaches_its_handler_once_however_often_it_arrives(house: Home, heard: list[Letter]) -> None:
    word = _word()
    envelope = _envelope(house, word)
    for _ in range(3):
        actions.receive(envelopes=[envelope])
    assert heard == [word]
    assert ArrivedEnvelope.objects.get().kind == "word-said"


def test_a_handler_that_fails_leaves_nothing_behind_and_no_word_in_the_reason(house: Home, heard: list[Letter]) -> None:
    reason = actions.why_not(_envelope(house, _word("boom")))
    assert reason.startswith("KeyError in test_letterbox.py:")
    assert "word" not in reason
    assert not ArrivedEnvelope.objects.exists()


def test_trouble_of_the_database_is_no_fault_of_the_letter(house: Home, heard: list[Letter]) -> None:
    with pytest.raises(OperationalError):
        actions.why_not(_envelope(house, _word("later")))
    assert not ArrivedEnvelope.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"kind":"word-sung","version":1,"body":{}}', "UnknownKind: kind 'word-sung' version 1"),
        (b'{"kind":"word-said","version":9,"body":{}}', "UnknownKind: kind 'word-said' version 9"),
        (b'{"kind":"word-said","version":1,"body":{}}', "Malformed: word-said version 1: fields"),
        (b"not json", "Malformed: no letter"),
        (_word(seat_id=uuid.uuid4()), "Misplaced: word-said speaks of another seat"),
        (TalkClosed(talk_id=TALK, at=NOW), "Misplaced: talk-closed speaks of another seat"),
    ],
)
def test_what_cannot_be_read_says_why(house: Home, heard: list[Letter], content: Letter | bytes, reason: str) -> None:
    assert actions.why_not(_envelope(house, content)).startswith(reason)
    assert heard == []


def test_a_letter_that_nobody_deals_with_says_so(house: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers, "_handlers", {})
    assert actions.why_not(_envelope(house, _word())) == "Unreadable: nobody here deals with word-said"


def test_a_foreign_seal_is_named(house: Home) -> None:
    envelope = SealedEnvelope(uuid.uuid4(), SEAT, "0123", b"?")
    assert actions.why_not(envelope) == "CannotOpen: key 0123 is not on the ring"


def test_the_first_key_of_a_seat_stays_and_another_is_refused(house: Home, heard: list[Letter]) -> None:
    for key in (b"a" * 32, b"a" * 32):
        actions.receive(envelopes=[_envelope(house, SeatOpened(seat_id=SEAT, public_key=key, opened_at=NOW))])
    second = SeatOpened(seat_id=SEAT, public_key=b"b" * 32, opened_at=NOW)
    assert actions.why_not(_envelope(house, second)) == "Misplaced: the seat already has another key"
    assert queries.addresses_of([SEAT]) == {SEAT: b"a" * 32}


def test_a_seat_that_was_left_never_gets_another_key(house: Home, heard: list[Letter]) -> None:
    """A porch that was broken into may claim that a visitor left and came anew: answers stay with the first key."""
    first, forged = (SeatOpened(seat_id=SEAT, public_key=key * 32, opened_at=NOW) for key in (b"a", b"b"))
    actions.receive(envelopes=[_envelope(house, first)])
    actions.receive(envelopes=[_envelope(house, SeatLeft(seat_id=SEAT, left_at=NOW))])
    assert actions.why_not(_envelope(house, forged)) == "Misplaced: the seat already has another key"
    assert queries.addresses_of([SEAT]) == {SEAT: b"a" * 32}


def test_passing_letters_are_handled_and_never_kept(house: Home, heard: list[Letter]) -> None:
    typing = VisitorTyping(seat_id=SEAT, talk_id=TALK)
    actions.receive_passing(content=encode(typing))
    assert heard == [typing]
    assert not ArrivedEnvelope.objects.exists()
    with pytest.raises(Unreadable, match="does not travel unsealed"):
        actions.receive_passing(content=encode(_word()))


def test_letters_wait_in_the_order_in_which_they_were_written_and_lose_their_words_once_delivered() -> None:
    with acting_as(COURIER):
        for _ in range(20):
            actions.write_letter(TalkClosed(talk_id=uuid.uuid4(), at=NOW), SEAT)
    waiting = queries.waiting_letters(limit=50)
    assert [letter.number for letter in waiting] == sorted(letter.number for letter in waiting)
    actions.mark_delivered(letter_ids=[letter.id for letter in waiting[:19]])
    assert queries.waiting_letters(limit=50) == waiting[19:]
    with acting_as(COURIER):
        delivered = OutgoingLetter.objects.filter(delivered_at__isnull=False)
        assert {bytes(body) for body in delivered.values_list("body", flat=True)} == {b""}


def test_a_passing_letter_is_not_kept_and_needs_a_seat() -> None:
    actions.write_letter(CounsellorTyping(talk_id=TALK, persona="みどり"), SEAT)
    with acting_as(COURIER):
        assert not OutgoingLetter.objects.exists()
    with pytest.raises(ValueError, match="seat"):
        actions.write_letter(CounsellorTyping(talk_id=TALK, persona="みどり"))


def test_delivered_letters_are_forgotten_after_their_time() -> None:
    actions.write_letter(DeskWithdrawn(desk_id=uuid.uuid4()))
    with acting_as(COURIER):
        OutgoingLetter.objects.update(delivered_at=clock.now() - jobs.KEPT_AFTER_DELIVERY - dt.timedelta(days=1))
    actions.write_letter(DeskWithdrawn(desk_id=uuid.uuid4()))
    assert jobs.keep_house() == 1
    with acting_as(COURIER):
        assert OutgoingLetter.objects.count() == 1


def test_an_administrator_retries_what_was_set_aside_once_its_cause_is_mended(
    house: Home, heard: list[Letter], administrator: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, envelope = actor_of(administrator), _envelope(house, _word())
    with monkeypatch.context() as broken:
        broken.setattr(handlers, "_handlers", {})
        actions.set_aside(envelope=envelope, reason=actions.why_not(envelope))
        assert actions.retry_envelope(by=by, envelope_id=envelope.id).startswith("Unreadable")
    assert queries.count_aside(by) == 1
    assert actions.retry_envelope(by=by, envelope_id=envelope.id) == ""
    assert queries.count_aside(by) == 0
    assert len(heard) == 1


def test_an_administrator_settles_what_cannot_be_mended_and_it_is_kept(administrator: Staff) -> None:
    by, envelope = actor_of(administrator), SealedEnvelope(uuid.uuid4(), SEAT, "0", b"?")
    for _ in range(2):
        actions.set_aside(envelope=envelope, reason="broken")
    actions.settle_envelope(by=by, envelope_id=envelope.id)
    assert queries.count_aside(by) == 0
    assert SetAside.objects.count() == 1


def test_a_letter_set_aside_can_go_again_or_be_settled(administrator: Staff) -> None:
    by = actor_of(administrator)
    for reason in ("broken", SEAT_LEFT):
        actions.write_letter(DeskWithdrawn(desk_id=uuid.uuid4()))
        actions.set_letter_aside(letter_id=queries.waiting_letters(limit=1)[0].id, reason=reason)
    (letter,) = queries.letters_aside(by)
    actions.retry_letter(by=by, letter_id=letter.id)
    assert queries.waiting_letters(limit=9) == [letter]
    actions.set_letter_aside(letter_id=letter.id, reason="broken")
    with acting_as(COURIER):
        assert bytes(OutgoingLetter.objects.get(id=letter.id).body) != b""
    actions.settle_letter(by=by, letter_id=letter.id)
    assert queries.count_aside(by) == 0
    with acting_as(COURIER):
        assert {bytes(one.body) for one in OutgoingLetter.objects.all()} == {b""}


def test_whoever_is_not_the_courier_finds_the_box_empty_even_in_raw_sql(administrator: Staff) -> None:
    with acting_as(actor_of(administrator)):
        actions.write_letter(DeskWithdrawn(desk_id=uuid.uuid4()))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM letterbox_outgoingletter")
            assert cursor.fetchone() == (0,)
    assert len(queries.waiting_letters(limit=9)) == 1


def test_letters_that_were_settled_with_their_words_lose_them_at_night() -> None:
    for _ in range(2):
        actions.write_letter(DeskWithdrawn(desk_id=uuid.uuid4()))
    waiting, old = queries.waiting_letters(limit=2)
    with acting_as(COURIER):
        OutgoingLetter.objects.filter(id=old.id).update(set_aside=SEAT_LEFT)
    jobs.keep_house()
    with acting_as(COURIER):
        assert [bool(OutgoingLetter.objects.get(id=one.id).body) for one in (waiting, old)] == [True, False]


def test_nobody_else_sees_or_settles(counsellor: Staff) -> None:
    by = actor_of(counsellor)
    for act in (actions.retry_envelope, actions.settle_envelope):
        with pytest.raises(NotAllowed):
            act(by=by, envelope_id=uuid.uuid4())
    for act in (actions.retry_letter, actions.settle_letter):
        with pytest.raises(NotAllowed):
            act(by=by, letter_id=uuid.uuid4())
    with pytest.raises(NotAllowed):
        queries.count_aside(by)
