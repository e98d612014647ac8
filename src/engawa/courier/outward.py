"""From the office to the porch."""

import logging
import time
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.conf import settings

from engawa.courier.porch_side import PorchSide
from engawa.kernel.ids import uuid7
from engawa.office.letterbox.actions import mark_delivered, set_letter_aside
from engawa.office.letterbox.models import OutgoingLetter
from engawa.office.letterbox.queries import addresses_of, waiting_letters
from engawa.post import fields
from engawa.post.keys import office_ring
from engawa.post.letters import Letter, OfficeKeyPublished, Unreadable, decode, encode
from engawa.post.parcels import BoardLetter, Delivery, PassingWord, Refused, SealedLetter
from engawa.post.sealing import Cover, key_id_of, public_key_of, seal

_log = logging.getLogger(__name__)
_AT_ONCE = 50
# A porch whose database was made anew learns the key again within this time.
_PUBLISH_SECONDS = 60.0


class Outward:
    """Carries letters out, sealed to their seats, in the order in which they were written.

    A letter counts as delivered once the porch has it for good. Where the courier falls in between, it is brought
    again and the porch recognises it.
    """

    def __init__(self, porch: PorchSide) -> None:
        self.porch = porch
        self._published = b""
        self._publish_again = 0.0

    def round(self, passing: Iterable[str] = ()) -> int:
        """Deliver once what waits, and passing words as announced; the number of letters."""
        self._publish_key()
        letters = waiting_letters(limit=_AT_ONCE)
        addresses = addresses_of(letter.seat_id for letter in letters if letter.seat_id)
        parcels = [_parcel(letter, addresses) for letter in letters]
        words = tuple(word for payload in passing if (word := _passing(payload)))
        refused = [one for one in parcels if isinstance(one, Refused)]
        if letters or words:
            refused += self.porch.deliver(_delivery(parcels, words))
        self._note(letters, refused)
        return len(letters)

    def _publish_key(self) -> None:
        """Tell the porch the key to seal words to: at the start, when it was rotated, and now and then again."""
        public_key = public_key_of(office_ring(settings.HOME.keys).present())
        if public_key == self._published and time.monotonic() < self._publish_again:
            return
        letter = OfficeKeyPublished(key_id=key_id_of(public_key), public_key=public_key)
        self.porch.deliver(Delivery(board=(BoardLetter(uuid7(), encode(letter)),)))
        self._published, self._publish_again = public_key, time.monotonic() + _PUBLISH_SECONDS

    def _note(self, letters: list[OutgoingLetter], refused: list[Refused]) -> None:
        reasons = {one.id: one.reason for one in refused}
        mark_delivered(letter_ids=[letter.id for letter in letters if letter.id not in reasons])
        for letter_id, reason in reasons.items():
            set_letter_aside(letter_id=letter_id, reason=reason)
            _log.warning("letter %s set aside: %s", letter_id, reason)


def _parcel(row: OutgoingLetter, addresses: Mapping[UUID, bytes]) -> SealedLetter | BoardLetter | Refused:
    """The letter ready to be carried, or the reason why it cannot be."""
    content = bytes(row.body)
    if row.seat_id is None:
        return BoardLetter(row.id, content)
    address = addresses.get(row.seat_id)
    if address is None:
        return Refused(row.id, "the office knows no key of this seat")
    try:
        letter = decode(content)
        sealed = seal(content, Cover(row.id, row.seat_id), address)
    except (Unreadable, ValueError) as error:
        return Refused(row.id, type(error).__name__)
    return SealedLetter(row.id, row.seat_id, sealed, letter.event, _ref(letter))


def _delivery(parcels: Iterable[object], passing: tuple[PassingWord, ...]) -> Delivery:
    kept = list(parcels)
    return Delivery(
        letters=tuple(one for one in kept if isinstance(one, SealedLetter)),
        board=tuple(one for one in kept if isinstance(one, BoardLetter)),
        passing=passing,
    )


def _passing(payload: str) -> PassingWord | None:
    try:
        return fields.loads(payload, PassingWord)
    except fields.MALFORMED:
        return None


def _ref(letter: Letter) -> str:
    return str(getattr(letter, "talk_id", ""))
