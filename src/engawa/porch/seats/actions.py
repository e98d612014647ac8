"""Opening a seat, coming back to it, and forgetting those that nobody came back to."""

import threading
import uuid
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from django.conf import settings
from django.db import connections

from engawa.kernel import clock
from engawa.porch.seats import daily, rules
from engawa.porch.seats.cookie import Sitting
from engawa.porch.seats.models import Attempt, Seat
from engawa.post import passphrase
from engawa.post.sealing import lock, new_private_key, public_key_of, unlock

# Each derivation takes 64 MiB: a crowd at the door must wait in line instead of filling the memory.
_AT_THE_DOOR = threading.BoundedSemaphore(2)
_LONGEST_LINE = 5.0  # seconds; whoever waits longer holds one of the few threads that serve the whole house


class DoorCrowded(Exception):
    """Too many passphrases are being worked out at this moment. In a few minutes there is room again."""


class TooManyTries(Exception):
    """This address or seat tried too often within the hour. Whoever it is may write on paper and come back later."""


@dataclass(frozen=True)
class ChosenSeat:
    """A seat that is about to be opened. The words are shown once and kept nowhere."""

    words: tuple[str, ...]
    opening: passphrase.Opening


@dataclass(frozen=True)
class OpenedSeat:
    """The seat that was opened; ``fresh`` is False where the same request had come before (a double submit)."""

    sitting: Sitting
    public_key: bytes
    fresh: bool


def choose_seat(*, secret: bytes, address: str) -> ChosenSeat:
    """The seat and its passphrase that follow from a secret which only the visitor's browser holds.

    Slow on purpose, so it comes before the transaction that opens the seat.

    Raises:
        TooManyTries: too many seats were opened from this address within the hour.
        DoorCrowded: too many are at the door just now.
    """
    count_try(deed="open", address=address)
    words = passphrase.words_from(secret)
    return ChosenSeat(words, _opening(words))


def open_seat(*, chosen: ChosenSeat) -> OpenedSeat:
    """Open the chosen seat; asked twice, the same seat is found again."""
    private_key, today = new_private_key(), clock.today()
    seat, fresh = Seat.objects.get_or_create(
        id=chosen.opening.seat_id,
        defaults={
            "public_key": public_key_of(private_key),
            "locked_key": lock(private_key, chosen.opening.key),
            "opened_on": today,
            "last_here_on": today,
        },
    )
    private_key = unlock(bytes(seat.locked_key), chosen.opening.key)
    return OpenedSeat(Sitting(seat.id, private_key), bytes(seat.public_key), fresh)


def find_seat(*, typed: str, address: str) -> Sitting | None:
    """The seat that a passphrase opens, as typed in any kana; None when it opens none.

    Raises:
        TooManyTries: too many passphrases were tried from this address within the hour.
        DoorCrowded: too many are at the door just now.
    """
    count_try(deed="come-back", address=address)
    opening = _opening(passphrase.words_of(typed))
    seat = Seat.objects.filter(id=opening.seat_id).first()
    if seat is None:
        return None
    note_visit(seat_id=seat.id)
    return Sitting(seat.id, unlock(bytes(seat.locked_key), opening.key))


def note_visit(*, seat_id: uuid.UUID) -> None:
    """Somebody is at the seat today: it is kept for its full time from now on."""
    today = clock.today()
    Seat.objects.filter(id=seat_id, last_here_on__lt=today).update(last_here_on=today)


def remove_seat(*, seat_id: uuid.UUID) -> bool:
    """Delete a seat with every letter that lies there; False when it was gone already."""
    deleted, _each = Seat.objects.filter(id=seat_id).delete()
    return deleted > 0


def count_try(*, deed: str, address: str) -> None:
    """Count one try from this address.

    Raises:
        TooManyTries: it is one too many.
    """
    _count(deed, rules.network_of(address))
    if site := rules.site_of(address):
        _count(f"{deed} from a site", site)


def count_deed(*, deed: str, seat_id: uuid.UUID) -> None:
    """Count what is done at this seat. It is kept no longer, and says no more, than a try from an address.

    Raises:
        TooManyTries: it is one too many.
    """
    _count(deed, str(seat_id))


def _count(deed: str, who: str) -> None:
    now = clock.now()
    tag = daily.tag(now.date(), deed, who, str(now.hour))
    with connections[settings.PORCH_ALIAS].cursor() as cursor:
        cursor.execute(
            "INSERT INTO seats_attempt (tag, day, count) VALUES (%s, %s, 1)"
            " ON CONFLICT (tag) DO UPDATE SET count = seats_attempt.count + 1 RETURNING count",
            [tag, now.date()],
        )
        (count,) = cursor.fetchone()
    if rules.too_many(deed, count):
        raise TooManyTries


def forget_tries() -> None:
    """Daily: throw away yesterday's key and the counts that were made with it."""
    today = clock.today()
    daily.forget_before(today)
    Attempt.objects.filter(day__lt=today).delete()


def _opening(words: tuple[str, ...]) -> passphrase.Opening:
    if not _AT_THE_DOOR.acquire(timeout=_LONGEST_LINE):
        raise DoorCrowded
    try:
        return passphrase.opening(words, _salt())
    finally:
        _AT_THE_DOOR.release()


@cache
def _salt() -> bytes:
    """The house's salt; kept with its other secrets, because without it no seat ever opens again."""
    secret: str = settings.HOME.secret("seats")
    return blake2b(secret.encode(), digest_size=passphrase.SALT_BYTES, person=b"engawa salt").digest()
