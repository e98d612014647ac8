import datetime as dt

import pytest

from engawa.kernel import clock
from engawa.porch.mailbox.jobs import keep_house
from engawa.porch.mailbox.queries import letters_of, waiting_envelopes
from engawa.porch.seats.models import Seat
from engawa.porch.seats.rules import RETENTIONS
from engawa.post.keys import KeyRing
from engawa.post.letters import SeatLeft, decode
from visitor import Visitor

pytestmark = pytest.mark.django_db(databases=["porch"])


def test_a_seat_whose_time_is_over_goes_with_its_letters_and_the_office_is_told(ring: KeyRing) -> None:
    old, present = Visitor(), Visitor()
    long_ago = clock.today() - dt.timedelta(days=RETENTIONS[-1].days + 1)
    Seat.objects.filter(id=old.seat_id).update(last_here_on=long_ago)
    assert keep_house() == 1
    assert (letters_of(old.sitting), len(letters_of(present.sitting))) == ([], 1)
    last = waiting_envelopes(limit=99)[-1]
    told = decode(ring.open(last.sealed, last.cover, last.key_id))
    assert isinstance(told, SeatLeft)
    assert told.seat_id == old.seat_id
