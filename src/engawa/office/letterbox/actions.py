"""Writing letters, receiving envelopes, and setting aside what cannot be read or delivered."""

import datetime as dt
import traceback
import uuid
from collections.abc import Collection, Sequence
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q
from django.utils import timezone

from engawa.kernel.locks import lock_until_commit
from engawa.office.access.actors import COURIER, Actor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.audit.actions import record
from engawa.office.letterbox.handlers import handlers_of
from engawa.office.letterbox.models import ArrivedEnvelope, OutgoingLetter, SeatAddress, SetAside
from engawa.post import fields
from engawa.post.keys import office_ring
from engawa.post.letters import Letter, SeatOpened, Unreadable, decode, encode
from engawa.post.parcels import SEAT_LEFT, PassingWord, SealedEnvelope
from engawa.post.sealing import CannotOpen

CHANNEL = "engawa_letterbox"
# The database itself is in trouble or says "not now" (a deadlock): the same may well succeed later.
TRY_LATER = (OperationalError, InterfaceError)


class Misplaced(Unreadable):
    """The letter speaks of another seat than the one it came from, or of a seat that has another key."""


def write_letter(letter: Letter, seat_id: uuid.UUID | None = None) -> None:
    """Leave a letter for the courier: to a seat, or to the porch's noticeboard where no seat is named.

    Goes out when the caller's transaction commits, after every letter written to the same seat before. A passing
    letter is only announced.
    """
    if letter.passing:
        if seat_id is None:
            raise ValueError("a passing letter goes to a seat")
        word = PassingWord(seat_id, letter.event, _ref(letter))
        _notify(fields.dumps(word))
        return
    with acting_as(COURIER):  # who alone may look into the box
        OutgoingLetter.objects.create(kind=letter.kind, seat_id=seat_id, body=encode(letter))
    _notify("")


def receive(*, envelopes: Collection[SealedEnvelope]) -> None:
    """Open envelopes and do what their letters say, in their order and once: a second arrival is harmless.

    Everything happens in one transaction together with the rows that remember the envelopes: all of it or nothing.

    Raises:
        CannotOpen: the seal of one does not open.
        Unreadable: a letter is of no known kind, is malformed, or is misplaced.
    """
    with acting_as(COURIER):
        lock_until_commit("envelopes")
        known = set(ArrivedEnvelope.objects.filter(id__in=[one.id for one in envelopes]).values_list("id", flat=True))
        arrived = [(one.id, open_envelope(one)) for one in envelopes if one.id not in known]
        ArrivedEnvelope.objects.bulk_create([ArrivedEnvelope(id=id_, kind=letter.kind) for id_, letter in arrived])
        for _kind, letters in groupby((letter for _id, letter in arrived), key=type):
            _handle(list(letters))


def receive_passing(*, content: bytes) -> None:
    """Tell the office what is only true at this moment. What cannot be read is forgotten.

    Raises:
        Unreadable: not a passing letter of a known kind.
    """
    letter = decode(content)
    if not letter.passing:
        raise Unreadable(f"{letter.kind} does not travel unsealed")
    with acting_as(COURIER):
        _handle([letter])


def open_envelope(envelope: SealedEnvelope) -> Letter:
    """The letter in an envelope, which must speak of the seat that stands on the cover.

    Raises:
        CannotOpen: the seal does not open with any key of the office.
        Unreadable: the letter is of no known kind, is malformed, or is misplaced.
    """
    content = office_ring(settings.HOME.keys).open(envelope.sealed, envelope.cover, envelope.key_id)
    letter = decode(content)
    if getattr(letter, "seat_id", None) != envelope.seat_id:
        raise Misplaced(f"{letter.kind} speaks of another seat")
    return letter


def set_aside(*, envelope: SealedEnvelope, reason: str) -> None:
    """Keep an envelope that could not be received, with the reason, out of the way of all others."""
    with acting_as(COURIER):
        SetAside.objects.get_or_create(
            id=envelope.id,
            defaults={
                "seat_id": envelope.seat_id,
                "key_id": envelope.key_id,
                "sealed": envelope.sealed,
                "reason": reason,
            },
        )


def mark_delivered(*, letter_ids: Collection[uuid.UUID]) -> None:
    """The porch has these letters for good: their words leave the letterbox."""
    with acting_as(COURIER):
        OutgoingLetter.objects.filter(id__in=letter_ids).update(delivered_at=timezone.now(), body=b"")


def forget_delivered(*, before: dt.datetime) -> int:
    """Delete letters that were delivered before a moment; how many they were."""
    with acting_as(COURIER):
        deleted, _each = OutgoingLetter.objects.filter(delivered_at__lt=before).delete()
    return deleted


def forget_undeliverable() -> int:
    """Empty letters that nobody will send any more, settled before settling did so; how many they were."""
    over = Q(settled_at__isnull=False) | Q(set_aside=SEAT_LEFT)
    with acting_as(COURIER):
        return OutgoingLetter.objects.filter(over).exclude(body=b"").update(body=b"", settled_at=timezone.now())


def set_letter_aside(*, letter_id: uuid.UUID, reason: str) -> None:
    """Keep a letter that could not be delivered, with the reason, out of the way of all others."""
    changes: dict[str, object] = {"set_aside": reason}
    if reason == SEAT_LEFT:  # nobody will ever read it, and nobody is asked
        changes |= {"settled_at": timezone.now(), "body": b""}
    with acting_as(COURIER):
        OutgoingLetter.objects.filter(id=letter_id).update(**changes)


def retry_envelope(*, by: Actor, envelope_id: uuid.UUID) -> str:
    """Try again to receive an envelope that was set aside; the reason why it failed again, empty when it went well."""
    _allow(by)
    aside = SetAside.objects.select_for_update().get(id=envelope_id, settled_at__isnull=True)
    reason = why_not(SealedEnvelope(aside.id, aside.seat_id, aside.key_id, bytes(aside.sealed)))
    aside.reason, aside.settled_at = reason or aside.reason, None if reason else timezone.now()
    aside.save(update_fields=["reason", "settled_at"])
    record(by=by, deed="letterbox.retry_envelope", subject=str(envelope_id), detail={"received": not reason})
    return reason


def settle_envelope(*, by: Actor, envelope_id: uuid.UUID) -> None:
    """Note that nothing more is to be done about an envelope that was set aside. It is kept."""
    _allow(by)
    SetAside.objects.filter(id=envelope_id, settled_at__isnull=True).update(settled_at=timezone.now())
    record(by=by, deed="letterbox.settle_envelope", subject=str(envelope_id))


def retry_letter(*, by: Actor, letter_id: uuid.UUID) -> None:
    """Let the courier try again to deliver a letter that was set aside."""
    _allow(by)
    with acting_as(COURIER):
        OutgoingLetter.objects.filter(_letter_aside(letter_id)).update(set_aside="")
    record(by=by, deed="letterbox.retry_letter", subject=str(letter_id))
    _notify("")


def settle_letter(*, by: Actor, letter_id: uuid.UUID) -> None:
    """Note that nothing more is to be done about a letter that could not be delivered. Its words are forgotten."""
    _allow(by)
    with acting_as(COURIER):
        OutgoingLetter.objects.filter(_letter_aside(letter_id)).update(settled_at=timezone.now(), body=b"")
    record(by=by, deed="letterbox.settle_letter", subject=str(letter_id))


def why_not(envelope: SealedEnvelope) -> str:
    """Receive an envelope; the reason where that is not possible, empty where it went well.

    Reasons are read by people who may not read words, so errors of handlers are named, never quoted.

    Raises:
        django.db.OperationalError, django.db.InterfaceError: the database cannot do it now; try again later.
    """
    try:
        receive(envelopes=[envelope])
    except (CannotOpen, Unreadable) as error:
        return f"{type(error).__name__}: {error}"
    except TRY_LATER:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a handler does, no letter may block the rest
        return f"{type(error).__name__} in {_place(error)}"
    return ""


def _handle(letters: Sequence[Letter]) -> None:
    """Do what letters of one kind say."""
    for letter in letters:
        _keep_address(letter)
    handlers = handlers_of(type(letters[0]))
    if not handlers:
        raise Unreadable(f"nobody here deals with {letters[0].kind}")
    for handler in handlers:
        handler(letters)


def _keep_address(letter: Letter) -> None:
    """The first key of a seat is its only one, also after it was left: a porch broken into must not put in its own."""
    if isinstance(letter, SeatOpened):
        public_key = letter.public_key
        address, _new = SeatAddress.objects.get_or_create(seat_id=letter.seat_id, defaults={"public_key": public_key})
        if bytes(address.public_key) != public_key:
            raise Misplaced("the seat already has another key")


def _letter_aside(letter_id: uuid.UUID) -> Q:
    return Q(id=letter_id, delivered_at__isnull=True, settled_at__isnull=True) & ~Q(set_aside="")


def _allow(by: Actor) -> None:
    if not by.may(Permission.LETTERBOX_LETTER_SETTLE):
        raise NotAllowed


def _ref(letter: Letter) -> str:
    return str(getattr(letter, "talk_id", ""))


def _place(error: Exception) -> str:
    """Where an error arose, as file and line."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _notify(payload: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
