"""The porch's gate: answers the calls of a courier that dials in from the office. The porch never dials anywhere."""

from functools import cache

from engawa.courier.door import PorchDoor
from engawa.courier.introductions import NotIntroduced, link_of
from engawa.courier.link import BEHIND, Behind, Call, Collect, NotFromThere, Outcome, body_of
from engawa.porch.mailbox.actions import note_call
from engawa.post.parcels import Delivery

# A delivery of 50 letters of 20,000 four-byte characters, sealed and encoded, with room to spare.
LARGEST_CALL_BYTES = 8 * 1024 * 1024


def answer(sealed: bytes) -> bytes | None:
    """The answer to a call; None for whoever is not the office's courier, who learns nothing from it."""
    try:
        link = link_of("porch")
        call = link.unwrap(sealed)
        last = note_call(lane=call.act, number=call.number)
        if last is not None:
            return link.wrap(BEHIND, call.number, Behind(last))
        return link.wrap(call.act, call.number, _done(call))
    except (NotIntroduced, NotFromThere):
        return None


def _done(call: Call) -> object:
    if call.act == "collect":
        asked = body_of(call, Collect)
        return door().collect(settled=asked.settled, wait=asked.wait / 1000)
    if call.act == "deliver":
        return Outcome(door().deliver(body_of(call, Delivery)))
    raise NotFromThere("no such act")


@cache
def door() -> PorchDoor:
    """The one door of this process."""
    return PorchDoor()
