"""What visitors do, as the courier brings it.

It brings many things in one transaction and takes all of them back where one fails: no savepoint for each.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.live import announce, announce_all
from engawa.office.access.actors import AnyActor
from engawa.office.audit.actions import record, record_all
from engawa.office.directory.models import Desk
from engawa.office.talks import rules
from engawa.office.talks.actions.announcements import add_message, new_message, news_of, send_words, tell
from engawa.office.talks.models import Message, Seat, Talk
from engawa.post.letters import SeatLeft, SeatOpened, TalkOpened, VisitorTyping, WordSaid

# What a word changes in its talk.
_TOUCHED = (
    "answer_counts_from",
    "answer_needed",
    "closed_at",
    "last_word_at",
    "told_closed_until",
    "unread_since",
    "waiting_since",
)


class NoDeskTakesTalks(Exception):
    """A talk arrived and no desk of the office takes talks. The envelope is set aside, not lost."""


class SeatTaken(Exception):
    """A seat is said to be opened that has another key or was left for good. The envelope is set aside."""


@transaction.atomic(savepoint=False)
def receive_seat(*, by: AnyActor, letter: SeatOpened) -> Seat:
    """Get to know a seat and the key its answers are sealed to.

    Raises:
        SeatTaken: the seat is known with another key, or was left.
    """
    seat, new = Seat.objects.get_or_create(
        id=letter.seat_id, defaults={"public_key": letter.public_key, "opened_at": letter.opened_at}
    )
    if seat.left_at or bytes(seat.public_key) != letter.public_key:
        raise SeatTaken
    if new:
        record(by=by, deed="talks.receive_seat", subject=str(seat.pk))
    return seat


@transaction.atomic(savepoint=False)
def receive_talk(*, by: AnyActor, letter: TalkOpened) -> Talk:
    """A visitor begins a talk: give it to a desk, keep the first word, and let its clock run.

    Raises:
        NoDeskTakesTalks: there is nobody who could answer.
    """
    desk = _taking_desk(letter)
    talk = Talk.objects.create(
        id=letter.talk_id,
        seat=Seat.objects.get(pk=letter.seat_id),
        desk=desk,
        organisation_id=desk.organisation_id,
        handle=letter.handle,
        requester=letter.requester,
        age_band=letter.age_band,
        area=letter.area,
        topic=letter.topic,
        route=letter.route,
        terms_version=letter.terms_version,
        language=letter.language or "ja",
        answer_needed=letter.answer_needed,
        opened_at=letter.said_at,
        last_word_at=letter.said_at,
        answer_counts_from=_counts_from(desk, letter),
    )
    record(by=by, deed="talks.receive_talk", subject=str(talk.pk), detail={"desk": str(desk.pk)})
    said = Message.objects.bulk_create(_heard(talk, letter))
    talk.save(update_fields=_TOUCHED)
    tell(talk, "word", said[0].pk)
    return talk


@transaction.atomic(savepoint=False)
def receive_words(*, by: AnyActor, letters: Sequence[WordSaid]) -> None:
    """Visitors say something more. A closed talk opens again by itself: silence never ends a talk.

    However many words come together, each table is written once.

    Raises:
        Talk.DoesNotExist: one of them speaks in a talk that is not at its seat.
    """
    talks = _talks_spoken_in(letters)
    said: list[Message] = []
    news: list[tuple[str, str, str]] = []
    for letter in letters:
        talk = talks[letter.talk_id]
        talk.answer_counts_from = talk.answer_counts_from or _counts_from(talk.desk, letter)
        talk.answer_needed, talk.closed_at = letter.answer_needed, None
        talk.last_word_at = max(talk.last_word_at, letter.said_at)
        said += _heard(talk, letter)
        news += news_of(talk, "word", letter.message_id)
    Message.objects.bulk_create(said)
    Talk.objects.bulk_update(talks.values(), _TOUCHED)
    spoken_in = (talks[letter.talk_id] for letter in letters)
    record_all(
        by=by,
        deeds=[{"deed": "talks.receive_word", "subject": str(talk.pk), "case_id": talk.case_id} for talk in spoken_in],
    )
    announce_all(news)


@transaction.atomic(savepoint=False)
def receive_typing(*, by: AnyActor, letter: VisitorTyping) -> None:  # noqa: ARG001 -- every action has its actor
    """A visitor is writing: told to who looks at the talk now, kept nowhere."""
    announce(f"talk:{letter.talk_id}", "typing", f"seat:{letter.seat_id}")


@transaction.atomic(savepoint=False)
def receive_leaving(*, by: AnyActor, letter: SeatLeft) -> None:
    """A visitor has left their seat for good. What they said stays; nothing can be answered there any more."""
    Seat.objects.filter(pk=letter.seat_id, left_at__isnull=True).update(left_at=letter.left_at)
    record(by=by, deed="talks.receive_leaving", subject=str(letter.seat_id))
    for talk in Talk.objects.select_for_update(of=("self",)).filter(seat_id=letter.seat_id, closed_at__isnull=True):
        add_message(talk, Message.Direction.SYSTEM, "訪れた人が席を離れました。返事は届きません。")
        talk.closed_at, talk.waiting_since = letter.left_at, None
        talk.save(update_fields=["closed_at", "waiting_since"])
        tell(talk, "closed")


def _talks_spoken_in(letters: Sequence[WordSaid]) -> dict[uuid.UUID, Talk]:
    """The talks by their ids, locked; always in one order, so that nobody waits in a circle."""
    asked = {letter.talk_id for letter in letters}
    talks = {
        talk.pk: talk
        for talk in Talk.objects.select_for_update(of=("self",))
        .select_related("desk", "seat")
        .prefetch_related("desk__hours", "desk__closed_days")
        .filter(pk__in=asked)
        .order_by("pk")
    }
    for letter in letters:
        if letter.talk_id not in talks or talks[letter.talk_id].seat_id != letter.seat_id:
            raise Talk.DoesNotExist
    return talks


def _heard(talk: Talk, letter: TalkOpened | WordSaid) -> list[Message]:
    """The visitor's message and, out of hours, the desk's automatic text: neither they nor the talk are written yet."""
    said = new_message(talk, Message.Direction.IN, letter.words, message_id=letter.message_id, said_at=letter.said_at)
    talk.unread_since = talk.unread_since or letter.said_at
    if not letter.answer_needed:
        return [said]
    talk.waiting_since = talk.waiting_since or letter.said_at
    return [said, *_told_closed(talk)]


def _told_closed(talk: Talk) -> list[Message]:
    """The automatic text of a closed desk, once in each closed period."""
    notice = rules.closed_notice(
        clock.now(),
        talk.desk.weekly(),
        talk.desk.closed_dates(),
        told_until=talk.told_closed_until,
        language=talk.language,
    )
    if not notice:
        return []
    talk.told_closed_until = notice.until
    message = new_message(talk, Message.Direction.SYSTEM, notice.words, persona=talk.desk.name)
    send_words(talk, message, automatic=True)
    return [message]


def _counts_from(desk: Desk, letter: TalkOpened | WordSaid) -> dt.datetime | None:
    if not letter.answer_needed:
        return None
    return rules.counts_from(letter.said_at, desk.weekly(), desk.closed_dates())


def _taking_desk(letter: TalkOpened) -> Desk:
    desks = {
        desk.pk: desk
        for desk in Desk.objects.filter(takes_talks=True, published=True).prefetch_related("hours", "closed_days")
    }
    if letter.desk_id in desks:
        return desks[letter.desk_id]
    chosen = rules.desk_for_talk(map(_taker, desks.values()), letter.area, letter.said_at)
    if chosen is None:
        raise NoDeskTakesTalks
    return desks[chosen]


def _taker(desk: Desk) -> rules.Taker:
    return rules.Taker(
        id=desk.pk,
        all_age=desk.group == Desk.Group.ALL_AGE,
        areas=desk.areas,
        weekly=desk.weekly(),
        closed=desk.closed_dates(),
        position=desk.position,
    )
