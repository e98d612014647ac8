"""Reads of seats, always of one seat at a time."""

import uuid
from collections.abc import Iterable

from engawa.kernel import clock
from engawa.porch.seats import rules
from engawa.porch.seats.models import Seat


def seat_exists(seat_id: uuid.UUID) -> bool:
    """Whether the seat is still there: a cookie may outlive its seat."""
    return Seat.objects.filter(id=seat_id).exists()


def seats_that_exist(seat_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these seats that are still there."""
    return set(Seat.objects.filter(id__in=set(seat_ids)).values_list("id", flat=True))


def public_key_of_seat(seat_id: uuid.UUID) -> bytes | None:
    """The key that letters to the seat are sealed to; None when the seat is gone."""
    key = Seat.objects.filter(id=seat_id).values_list("public_key", flat=True).first()
    return bytes(key) if key is not None else None


def seats_past_their_time() -> list[uuid.UUID]:
    """Seats whose promised time is over because nobody came back."""
    today = clock.today()
    old = Seat.objects.filter(last_here_on__lt=rules.oldest_last_day(today)).values_list("id", "last_here_on")
    return [seat_id for seat_id, last_here_on in old if rules.kept_until(last_here_on) < today]
