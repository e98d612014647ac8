"""Who holds a talk, and whether it is open: claim, release, read, close, reopen, and the move to a new seat."""

import uuid

from django.db import transaction

from engawa.kernel import clock
from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.talks import access
from engawa.office.talks.actions.announcements import add_message, send_closed, send_taken, tell
from engawa.office.talks.models import Message, Talk


class AlreadyClaimed(Exception):
    """A colleague was first: ``talk.claimed_by`` since ``talk.claimed_at``."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(str(talk.pk))
        self.talk = talk


class NotTheirSeat(Exception):
    """The talk cannot move there: it is the same seat, or one that was left."""


def locked(talk_id: uuid.UUID) -> Talk:
    """The talk, held still until the transaction ends, so that what colleagues do to it comes one after the other.

    Raises:
        NotAllowed: the wall shows no such talk.
    """
    talk = (
        Talk.objects.select_for_update(of=("self",))
        .select_related("desk", "seat", "claimed_by")
        .filter(pk=talk_id)
        .first()
    )
    if talk is None:
        raise NotAllowed
    return talk


@transaction.atomic
def claim(*, by: Actor, talk_id: uuid.UUID) -> Talk:
    """Take a talk that nobody holds. One conditional update decides who was first.

    Raises:
        AlreadyClaimed: a colleague was first.
    """
    talk = Talk.objects.select_related("seat", "claimed_by").filter(pk=talk_id).first()
    if talk is None:
        raise NotAllowed
    access.check(by, Permission.DESK_TALK_REPLY, talk)
    if take(talk, Staff.objects.get(pk=by.id)):
        record(by=by, deed="talks.claim", subject=str(talk.pk), case_id=talk.case_id)
    elif talk.claimed_by_id != by.id:
        raise AlreadyClaimed(talk)
    return talk


def take(talk: Talk, staff: Staff) -> bool:
    """Make ``staff`` the holder unless somebody holds the talk; ``talk`` then says who does."""
    now = clock.now()
    first = Talk.objects.filter(pk=talk.pk, claimed_by__isnull=True).update(claimed_by=staff, claimed_at=now)
    if not first:
        talk.refresh_from_db(fields=["claimed_by", "claimed_at"])
        return False
    talk.claimed_by, talk.claimed_at = staff, now
    send_taken(talk, staff)
    tell(talk, "taken", staff.pk)
    return True


@transaction.atomic
def release(*, by: Actor, talk_id: uuid.UUID) -> Talk:
    """Give a talk back to the desk. A colleague's talk may be released too: people fall ill and go home."""
    talk = locked(talk_id)
    access.check(by, Permission.DESK_TALK_REPLY, talk)
    before = talk.claimed_by_id
    talk.claimed_by, talk.claimed_at = None, None
    talk.save(update_fields=["claimed_by", "claimed_at"])
    record(
        by=by, deed="talks.release", subject=str(talk.pk), case_id=talk.case_id, detail={"held_by": str(before or "")}
    )
    tell(talk, "taken")
    return talk


@transaction.atomic
def mark_seen(*, by: Actor, talk_id: uuid.UUID) -> None:
    """A counsellor has the visitor's words before them. Words that want no answer stay until they are marked read."""
    talk = locked(talk_id)
    access.check(by, Permission.DESK_TALK_REPLY, talk)
    talk.messages.filter(direction=Message.Direction.IN, seen_at__isnull=True).update(seen_at=clock.now())


def see_all(talk: Talk) -> None:
    """Every word of the visitor has been seen; the caller saves the talk."""
    talk.messages.filter(direction=Message.Direction.IN, seen_at__isnull=True).update(seen_at=clock.now())
    talk.unread_since = None


@transaction.atomic
def mark_read(*, by: Actor, talk_id: uuid.UUID) -> Talk:
    """Take words that want no answer out of the inbox, without a word to the visitor."""
    return _settle(by, talk_id, "talks.mark_read")


@transaction.atomic
def answer_is_not_needed(*, by: Actor, talk_id: uuid.UUID) -> Talk:
    """A counsellor decides that the last word asks for no answer: the clock stops, the talk stays open."""
    return _settle(by, talk_id, "talks.answer_is_not_needed")


def _settle(by: Actor, talk_id: uuid.UUID, deed: str) -> Talk:
    talk = locked(talk_id)
    access.check(by, Permission.DESK_TALK_REPLY, talk)
    talk.waiting_since = None
    see_all(talk)
    talk.save()
    record(by=by, deed=deed, subject=str(talk.pk), case_id=talk.case_id)
    tell(talk, "taken")
    return talk


@transaction.atomic
def close(*, by: Actor, talk_id: uuid.UUID) -> Talk:
    """Close a talk. The visitor is told, and may open it again with any word."""
    talk = locked(talk_id)
    access.check(by, Permission.DESK_TALK_REPLY, talk)
    if talk.closed_at:
        return talk
    talk.closed_at, talk.waiting_since = clock.now(), None
    see_all(talk)
    talk.save()
    send_closed(talk)
    record(by=by, deed="talks.close", subject=str(talk.pk), case_id=talk.case_id)
    tell(talk, "closed")
    return talk


@transaction.atomic
def reopen(*, by: Actor, talk_id: uuid.UUID) -> Talk:
    """Open a closed talk again."""
    talk = locked(talk_id)
    access.check(by, Permission.DESK_TALK_REPLY, talk)
    talk.closed_at = None
    talk.save(update_fields=["closed_at"])
    record(by=by, deed="talks.reopen", subject=str(talk.pk), case_id=talk.case_id)
    tell(talk, "taken")
    return talk


@transaction.atomic
def move_to_seat_of(*, by: Actor, talk_id: uuid.UUID, newer_id: uuid.UUID) -> Talk:
    """Move an old talk to the seat of a newer one, whose visitor lost the old passphrase and said so when asked.

    The old talk with all that was said is then part of the new seat's history at the desk.

    Raises:
        NotTheirSeat: both talks are of one seat already, or the newer seat was left.
    """
    talk, newer = locked(talk_id), locked(newer_id)
    for one in (talk, newer):
        access.check(by, Permission.DESK_TALK_REPLY, one)
    if newer.seat is None or newer.seat.left_at or newer.seat_id == talk.seat_id:
        raise NotTheirSeat
    before, talk.seat = talk.seat_id, newer.seat
    talk.save(update_fields=["seat"])
    add_message(talk, Message.Direction.SYSTEM, "合言葉をなくしたと確かめて、新しい席に移しました。")
    record(
        by=by,
        deed="talks.move_to_seat_of",
        subject=str(talk.pk),
        case_id=talk.case_id,
        detail={"from_seat": str(before), "to_seat": str(newer.seat_id)},
    )
    tell(talk, "taken")
    return talk
