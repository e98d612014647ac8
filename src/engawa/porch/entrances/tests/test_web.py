import uuid

import pytest

from engawa.engine.home import Home
from engawa.porch.entrances import web
from engawa.porch.entrances.web import Beginning
from engawa.porch.mailbox.actions import SeatGone
from engawa.porch.mailbox.models import Envelope, SeatLetter
from engawa.porch.mailbox.queries import letters_of, talks_of, waiting_envelopes
from engawa.porch.noticeboard.queries import NoOfficeKey
from engawa.porch.seats.actions import TooManyTries
from engawa.porch.seats.cookie import SessionStore, Sitting, who_sits
from engawa.porch.seats.models import Seat
from engawa.porch.seats.rules import TRIES_PER_HOUR
from engawa.post.keys import KeyRing
from engawa.post.letters import Letter, SeatLeft, SeatOpened, TalkOpened, WordSaid, decode

pytestmark = pytest.mark.django_db(databases=["porch"])
ADDRESS = "192.0.2.7"
TOKEN = uuid.UUID(int=7)


def _open(session: SessionStore, token: uuid.UUID = TOKEN, words: str = "眠れません") -> web.OpenedTalk:
    beginning = Beginning(words=words, terms_version="2026-04")
    return web.open_talk(session=session, address=ADDRESS, token=token, beginning=beginning)


def _sitting(session: SessionStore) -> Sitting:
    sitting = who_sits(session)
    assert sitting
    return sitting


def _posted(ring: KeyRing) -> list[Letter]:
    waiting = waiting_envelopes(limit=100)
    return [decode(ring.open(one.sealed, one.cover, one.key_id)) for one in waiting]


def test_a_first_word_opens_a_seat_and_reaches_the_office_in_order(ring: KeyRing, session: SessionStore) -> None:
    opened = _open(session)
    seat, talk = _posted(ring)
    assert isinstance(seat, SeatOpened)
    assert isinstance(talk, TalkOpened)
    assert (talk.seat_id, talk.talk_id, talk.words) == (seat.seat_id, opened.talk_id, "眠れません")
    assert _sitting(session).seat_id == seat.seat_id
    assert len(opened.passphrase) == 6


def test_the_visitor_reads_their_own_words_again_after_coming_back(ring: KeyRing, session: SessionStore) -> None:
    opened = _open(session)
    web.say(sitting=_sitting(session), talk_id=opened.talk_id, token=uuid.uuid4(), words="続きです")
    elsewhere = SessionStore()
    back = web.come_back(session=elsewhere, typed="・".join(opened.passphrase), address=ADDRESS)
    assert back.found
    talk = talks_of(_sitting(elsewhere))[opened.talk_id]
    assert [word.words for word in talk.said] == ["眠れません", "続きです"]
    assert [one.number for one in letters_of(_sitting(elsewhere), after=talk.letters[0].number)] == [talk.last_number]


def test_neither_table_holds_a_readable_word(ring: KeyRing, session: SessionStore) -> None:
    _open(session)
    kept = b"".join(bytes(row.sealed) for model in (Envelope, SeatLetter) for row in model.objects.all())
    assert "眠れません".encode() not in kept


def test_a_double_submit_of_the_first_word_opens_one_seat_with_one_talk(ring: KeyRing, session: SessionStore) -> None:
    web.prepare(session)
    session.save()
    first, second = SessionStore(session.session_key), SessionStore(session.session_key)
    assert _open(first) == _open(second)
    assert _sitting(first) == _sitting(second)
    assert Seat.objects.count() == 1
    assert len(_posted(ring)) == 2
    assert len(letters_of(_sitting(second))) == 1


def test_a_double_submit_of_a_word_says_it_once(ring: KeyRing, session: SessionStore) -> None:
    opened = _open(session)
    for _ in range(2):
        web.say(sitting=_sitting(session), talk_id=opened.talk_id, token=uuid.UUID(int=8), words="一度だけ")
    assert [type(letter) for letter in _posted(ring)] == [SeatOpened, TalkOpened, WordSaid]
    assert len(letters_of(_sitting(session))) == 2


def test_one_seat_cannot_say_without_end_and_other_seats_are_not_slowed(
    ring: KeyRing, session: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TRIES_PER_HOUR, "say", 1)
    opened, elsewhere = _open(session), SessionStore()
    other = _open(elsewhere)
    last = uuid.uuid4()
    for _ in range(2):  # the second is the same word again: it was taken, and is taken to be
        web.say(sitting=_sitting(session), talk_id=opened.talk_id, token=last, words="ここまで")
    with pytest.raises(TooManyTries):
        web.say(sitting=_sitting(session), talk_id=opened.talk_id, token=uuid.uuid4(), words="まだ")
    web.say(sitting=_sitting(elsewhere), talk_id=other.talk_id, token=uuid.uuid4(), words="わたしは一度目")
    assert [letter.words for letter in _posted(ring) if isinstance(letter, WordSaid)] == ["ここまで", "わたしは一度目"]


def test_one_seat_cannot_open_talks_without_end(
    ring: KeyRing, session: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TRIES_PER_HOUR, "talk", 2)
    talks = [_open(session, token=uuid.UUID(int=number)).talk_id for number in (1, 2, 2)]
    assert talks[1] == talks[2]
    with pytest.raises(TooManyTries):
        _open(session, token=uuid.UUID(int=3))
    assert list(talks_of(_sitting(session))) == talks[:2]


def test_a_full_seat_takes_nothing_more_but_knows_what_it_has(
    ring: KeyRing, session: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MOST_LETTERS", 1)
    opened = _open(session)
    with pytest.raises(web.SeatFull):
        web.say(sitting=_sitting(session), talk_id=opened.talk_id, token=uuid.uuid4(), words="入らない")
    assert _open(session).passphrase == ()
    assert len(letters_of(_sitting(session))) == 1


def test_the_same_token_at_two_seats_is_two_words(ring: KeyRing) -> None:
    one, other = _open(SessionStore()), _open(SessionStore())
    assert one.talk_id != other.talk_id
    assert len({letter.message_id for letter in _posted(ring) if isinstance(letter, TalkOpened)}) == 2


def test_a_second_talk_stays_at_the_same_seat_and_shows_no_passphrase(ring: KeyRing, session: SessionStore) -> None:
    first = _open(session)
    second = _open(session, token=uuid.UUID(int=9))
    assert second.passphrase == ()
    assert list(talks_of(_sitting(session))) == [first.talk_id, second.talk_id]


def test_before_the_office_published_a_key_nothing_is_taken_and_no_seat_is_left(
    house: Home, session: SessionStore
) -> None:
    with pytest.raises(NoOfficeKey):
        _open(session)
    assert not Seat.objects.exists()
    assert who_sits(session) is None


def test_words_that_are_too_long_leave_nothing_behind(ring: KeyRing, session: SessionStore) -> None:
    with pytest.raises(ValueError, match="limit"):
        _open(session, words="あ" * 20_001)
    assert not Seat.objects.exists()
    assert not Envelope.objects.exists()


def test_wrong_words_are_answered_the_same_whether_a_seat_exists_or_not(ring: KeyRing, session: SessionStore) -> None:
    before = web.come_back(session=SessionStore(), typed="あおそら あいさつ", address=ADDRESS)
    _open(session)
    after = web.come_back(session=SessionStore(), typed="あおそら あいさつ", address=ADDRESS)
    assert before == after
    assert (after.found, after.word_count, after.near_misses["あおそら"][0]) == (False, 2, "あおぞら")


def test_leaving_keeps_the_seat_and_deleting_takes_everything(ring: KeyRing, session: SessionStore) -> None:
    opened = _open(session)
    sitting = _sitting(session)
    web.leave(session=session)
    assert who_sits(session) is None
    web.come_back(session=session, typed=" ".join(opened.passphrase), address=ADDRESS)
    web.delete_seat(session=session)
    assert who_sits(session) is None
    assert letters_of(sitting) == []
    assert isinstance(_posted(ring)[-1], SeatLeft)
    with pytest.raises(SeatGone):
        web.say(sitting=sitting, talk_id=opened.talk_id, token=uuid.uuid4(), words="まだ？")


def test_a_browser_whose_seat_was_deleted_elsewhere_gets_a_new_one(ring: KeyRing, session: SessionStore) -> None:
    _open(session)
    old = _sitting(session).seat_id
    Seat.objects.all().delete()
    assert _open(session, token=uuid.uuid4()).passphrase
    assert _sitting(session).seat_id != old
