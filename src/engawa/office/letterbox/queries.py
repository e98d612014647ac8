"""What waits to leave, where it can go, and what was set aside."""

import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from engawa.office.access.actors import COURIER, Actor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.letterbox.models import OutgoingLetter, SeatAddress, SetAside
from engawa.post.parcels import SEAT_LEFT


def waiting_letters(*, limit: int) -> list[OutgoingLetter]:
    """For the courier: letters that wait, in order."""
    with acting_as(COURIER):
        return list(OutgoingLetter.objects.filter(delivered_at__isnull=True, set_aside="").order_by("number")[:limit])


def addresses_of(seat_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """For the courier: the public keys of these seats, where the office knows them."""
    rows = SeatAddress.objects.filter(seat_id__in=set(seat_ids)).values_list("seat_id", "public_key")
    return {seat_id: bytes(public_key) for seat_id, public_key in rows}


def envelopes_aside(actor: Actor) -> QuerySet[SetAside]:
    """Envelopes that could not be received and wait for somebody to decide, oldest first."""
    _allow(actor)
    return SetAside.objects.filter(settled_at__isnull=True).order_by("arrived_at", "id")


def letters_aside(actor: Actor) -> list[OutgoingLetter]:
    """Letters that could not be delivered and wait for somebody to decide, oldest first; without their words."""
    _allow(actor)
    unsettled = OutgoingLetter.objects.filter(delivered_at__isnull=True, settled_at__isnull=True).defer("body")
    with acting_as(COURIER):
        return list(unsettled.exclude(Q(set_aside="") | Q(set_aside=SEAT_LEFT)).order_by("number"))


def count_aside(actor: Actor) -> int:
    """How many letters and envelopes wait for a decision."""
    return envelopes_aside(actor).count() + len(letters_aside(actor))


def _allow(actor: Actor) -> None:
    if not actor.may(Permission.LETTERBOX_LETTER_SETTLE):
        raise NotAllowed
