"""What visitors do reaches the desk: words, clocks, the automatic text, leaving."""

import datetime as dt
from collections.abc import Callable

import pytest

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COURIER, Actor
from engawa.office.access.models import Organisation
from engawa.office.access.walls import acting_as
from engawa.office.directory.models import Desk, OpeningHours
from engawa.office.talks import letters
from engawa.office.talks.actions.arrivals import NoDeskTakesTalks, SeatTaken
from engawa.office.talks.models import Message, Talk
from engawa.post.letters import Letter, SeatLeft, SeatOpened, VisitorTyping, WordAnswered, WordSaid

pytestmark = pytest.mark.django_db
NOON = dt.time(12, 0)


def bodies(talk: Talk, direction: str = "in") -> list[str]:
    with acting_as(COURIER):
        return list(Message.objects.filter(talk=talk, direction=direction).values_list("body", flat=True))


def reread(talk: Talk) -> Talk:
    with acting_as(COURIER):
        return Talk.objects.get(pk=talk.pk)


def close_for_today(desk: Desk) -> None:
    desk.closed_days.create(day=clock.today(), reason="点検")


def test_a_first_word_opens_a_talk_that_waits_at_the_all_age_desk(desk: Desk, open_talk: Callable[..., Talk]) -> None:
    """002-01: whatever the age, the all-age desk takes the talk."""
    Desk.objects.create(name="あ", organisation=desk.organisation, takes_talks=True, published=True, position=0)
    talk = open_talk("はじめまして", age_band="", requester="")
    assert (talk.desk, talk.organisation) == (desk, desk.organisation)
    assert talk.waiting_since == talk.unread_since == talk.opened_at
    assert bodies(talk) == ["はじめまして"]


def test_a_chosen_desk_takes_the_talk(desk: Desk, open_talk: Callable[..., Talk]) -> None:
    other = Desk.objects.create(name="別の窓口", organisation=desk.organisation, takes_talks=True, published=True)
    assert open_talk(desk_id=other.pk).desk == other


def test_a_chosen_desk_that_takes_no_talks_passes_it_on(desk: Desk, open_talk: Callable[..., Talk]) -> None:
    silent = Desk.objects.create(name="電話だけ", organisation=desk.organisation, published=True)
    assert open_talk(desk_id=silent.pk).desk == desk


def test_where_no_desk_takes_talks_the_letter_is_refused_and_so_set_aside(
    desk: Desk, open_talk: Callable[..., Talk]
) -> None:
    Desk.objects.update(takes_talks=False)
    with pytest.raises(NoDeskTakesTalks):
        open_talk()


def test_the_clock_runs_from_the_first_unanswered_word(
    open_talk: Callable[..., Talk], say: Callable[..., None]
) -> None:
    talk = open_talk()
    say(talk, "もうひとつ", said_at=talk.opened_at + dt.timedelta(minutes=3))
    again = reread(talk)
    assert again.waiting_since == talk.opened_at
    assert again.last_word_at == talk.opened_at + dt.timedelta(minutes=3)


def test_words_that_want_no_answer_do_not_wait_but_are_to_be_read(open_talk: Callable[..., Talk]) -> None:
    """000-06: nothing is asked back of somebody who only wants to be read."""
    talk = open_talk("返事はいりません", answer_needed=False)
    assert talk.waiting_since is None
    assert talk.unread_since == talk.opened_at
    assert talk.answer_counts_from is None


def test_in_hours_no_automatic_text_is_sent(
    open_talk: Callable[..., Talk], outgoing: Callable[[], list[Letter]]
) -> None:
    open_talk()
    assert outgoing() == []


def test_out_of_hours_the_text_is_sent_once_in_each_closed_period(
    desk: Desk, open_talk: Callable[..., Talk], say: Callable[..., None], outgoing: Callable[[], list[Letter]]
) -> None:
    """X-06, 001-11: night words are kept and answered honestly about time, once and not at every word."""
    close_for_today(desk)
    talk = open_talk()
    say(talk, "夜になると、少し楽です")
    say(talk, "おやすみなさい")
    (letter,) = outgoing()
    assert isinstance(letter, WordAnswered)
    assert letter.automatic
    assert "お休みの時間" in letter.words
    assert "00:00に開きます" in letter.words
    assert bodies(talk, "system") == [letter.words]


def test_out_of_hours_the_clock_of_the_first_answer_starts_at_the_next_opening(
    desk: Desk, open_talk: Callable[..., Talk]
) -> None:
    """001-12: the usual time to a first answer is measured over the hours in which somebody is there."""
    close_for_today(desk)
    tomorrow = clock.today() + dt.timedelta(days=1)
    talk = open_talk()
    assert talk.answer_counts_from == dt.datetime.combine(tomorrow, dt.time(), clock.JAPAN)


def test_who_wants_no_answer_is_sent_no_automatic_text(
    desk: Desk, open_talk: Callable[..., Talk], outgoing: Callable[[], list[Letter]]
) -> None:
    close_for_today(desk)
    open_talk(answer_needed=False)
    assert outgoing() == []


def test_a_word_opens_a_closed_talk_again(open_talk: Callable[..., Talk], say: Callable[..., None]) -> None:
    """X-06: months of silence end nothing."""
    talk = open_talk()
    with acting_as(COURIER):
        Talk.objects.filter(pk=talk.pk).update(closed_at=clock.now(), waiting_since=None)
    say(talk, "半年ぶりです")
    again = reread(talk)
    assert again.closed_at is None
    assert again.waiting_since is not None


def test_a_word_from_another_seat_is_refused(open_talk: Callable[..., Talk], desk: Desk) -> None:
    talk, other = open_talk(), open_talk()
    stolen = WordSaid(
        seat_id=other.seat_id,
        talk_id=talk.pk,
        message_id=uuid7(),
        words="のぞき",
        answer_needed=True,
        said_at=clock.now(),
    )
    with pytest.raises(Talk.DoesNotExist), acting_as(COURIER):
        letters.words_said([stolen])


def test_typing_is_kept_nowhere(
    open_talk: Callable[..., Talk], django_assert_num_queries: Callable[..., object]
) -> None:
    talk = open_talk()
    with acting_as(COURIER), django_assert_num_queries(1):  # NOTIFY
        letters.visitors_typing([VisitorTyping(seat_id=talk.seat_id, talk_id=talk.pk)])


def test_leaving_closes_the_talks_and_keeps_what_was_said(
    open_talk: Callable[..., Talk], by: Actor, outgoing: Callable[[], list[Letter]]
) -> None:
    talk = open_talk("さようなら")
    with acting_as(COURIER):
        letters.seats_left([SeatLeft(seat_id=talk.seat_id, left_at=clock.now())])
    again = reread(talk)
    assert again.closed_at
    assert again.waiting_since is None
    assert bodies(talk) == ["さようなら"]
    assert outgoing() == []


def test_a_seat_is_not_opened_again_with_another_key(open_talk: Callable[..., Talk]) -> None:
    seat_id, now = open_talk().seat_id, clock.now()
    with pytest.raises(SeatTaken), acting_as(COURIER):
        letters.seats_opened([SeatOpened(seat_id=seat_id, public_key=b"x" * 32, opened_at=now)])


def test_a_seat_that_was_left_is_not_opened_again(open_talk: Callable[..., Talk]) -> None:
    seat_id, now = open_talk().seat_id, clock.now()
    with acting_as(COURIER):
        letters.seats_left([SeatLeft(seat_id=seat_id, left_at=now)])
    with pytest.raises(SeatTaken), acting_as(COURIER):
        letters.seats_opened([SeatOpened(seat_id=seat_id, public_key=b"k" * 32, opened_at=now)])


@pytest.mark.parametrize(
    "words",
    [
        "葛\U000e0100城さんに会いたい",
        "👩‍👩‍👧‍👦 ありがとう",
        "あ" * 20_000,
        "'; DROP TABLE talks_talk; --",
        "<script>alert(1)</script>",
    ],
)
def test_hostile_and_rare_words_arrive_as_they_were_written(open_talk: Callable[..., Talk], words: str) -> None:
    assert bodies(open_talk(words)) == [words]


def test_desks_of_one_weekday_only_count_from_their_next_opening(
    desk: Desk, desk_organisation: Organisation, open_talk: Callable[..., Talk]
) -> None:
    desk.hours.all().delete()
    in_three_days = clock.today() + dt.timedelta(days=3)
    OpeningHours.objects.create(desk=desk, weekday=in_three_days.isoweekday(), opens=NOON, closes=dt.time(13, 0))
    assert open_talk().answer_counts_from == dt.datetime.combine(in_three_days, NOON, clock.JAPAN)
