"""Housekeeping of the porch, once a day and safe at any time."""

from engawa.porch.mailbox.actions import leave_seat
from engawa.porch.seats.actions import forget_tries
from engawa.porch.seats.queries import seats_past_their_time


def keep_house() -> int:
    """Forget yesterday's tries and the seats whose promised time is over; the number of those seats."""
    forget_tries()
    old = seats_past_their_time()
    for seat_id in old:
        leave_seat(seat_id=seat_id)
    return len(old)
