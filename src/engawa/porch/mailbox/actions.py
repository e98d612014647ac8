"""Posting into the mailbox and laying letters at seats. Every content is sealed before it touches the database."""

import uuid
from collections.abc import Collection

from django.conf import settings
from django.db import connections, transaction

from engawa.kernel import clock
from engawa.kernel.live import announce, announce_all
from engawa.porch.mailbox.models import Envelope, LastCall, SeatLetter
from engawa.porch.noticeboard.queries import office_key
from engawa.porch.seats.actions import remove_seat
from engawa.porch.seats.queries import public_key_of_seat, seats_that_exist
from engawa.post.letters import Letter, SeatLeft, encode
from engawa.post.parcels import PassingWord, SealedLetter
from engawa.post.sealing import Cover, seal

CHANNEL = "engawa_mailbox"


class SeatGone(Exception):
    """There is no such seat any more."""


def post_envelope(*, letter: Letter, seat_id: uuid.UUID, envelope_id: uuid.UUID) -> None:
    """Seal a letter to the office and leave it for the courier; posted twice under one id, it waits once.

    Raises:
        NoOfficeKey: the office has not published a key yet.
    """
    key = office_key()
    sealed = seal(encode(letter), Cover(envelope_id, seat_id), key.key)
    envelope = Envelope(seat_id=seat_id, id=envelope_id, key_id=key.id, sealed=sealed)
    Envelope.objects.bulk_create([envelope], ignore_conflicts=True)
    _notify("")


def keep_own_words(*, letter: Letter, seat_id: uuid.UUID, letter_id: uuid.UUID) -> None:
    """Lay the visitor's own words at their seat, so that they can read them again; nobody else can.

    Raises:
        SeatGone: the seat was deleted meanwhile.
    """
    public_key = public_key_of_seat(seat_id)
    if public_key is None:
        raise SeatGone
    sealed = seal(encode(letter), Cover(letter_id, seat_id), public_key)
    _lay([SealedLetter(letter_id, seat_id, sealed, event="word", ref=str(letter_id))])


def lay_letters(*, letters: Collection[SealedLetter]) -> set[uuid.UUID]:
    """For the courier: lay answers at their seats, in order; brought twice, each lies there once.

    Returns:
        The letters whose seat was deleted. They were not laid anywhere.
    """
    there = seats_that_exist(letter.seat_id for letter in letters)
    _lay([letter for letter in letters if letter.seat_id in there])
    return {letter.id for letter in letters if letter.seat_id not in there}


def settle(*, covers: Collection[Cover]) -> None:
    """For the courier: the office has these envelopes for good."""
    Envelope.objects.filter(pk__in=[(cover.seat_id, cover.id) for cover in covers]).delete()


def note_call(*, lane: str, number: int) -> int | None:
    """Take a numbered call of the courier once: None, or the number that was already reached, if it is not above."""
    with connections[settings.PORCH_ALIAS].cursor() as cursor:
        cursor.execute(
            "INSERT INTO mailbox_lastcall AS last (lane, number) VALUES (%s, %s) ON CONFLICT (lane)"
            " DO UPDATE SET number = EXCLUDED.number WHERE last.number < EXCLUDED.number RETURNING number",
            [lane, number],
        )
        taken = cursor.fetchone() is not None
    return None if taken else LastCall.objects.get(lane=lane).number


def leave_seat(*, seat_id: uuid.UUID) -> None:
    """Delete a seat, everything that lies there, and tell the office. Words on their way still arrive."""
    with transaction.atomic(using=settings.PORCH_ALIAS):
        if remove_seat(seat_id=seat_id):
            letter = SeatLeft(seat_id=seat_id, left_at=clock.now())
            post_envelope(letter=letter, seat_id=seat_id, envelope_id=uuid.uuid4())


def let_pass(*, letter: Letter) -> None:
    """Tell the office something that is only true at this moment; nobody listening, nobody told."""
    _notify(encode(letter).decode())


def announce_passing(*, word: PassingWord) -> None:
    """For the courier: tell the seat's open page something that is only true at this moment."""
    announce(f"seat:{word.seat_id}", word.event, word.ref, using=settings.PORCH_ALIAS)


def _lay(letters: Collection[SealedLetter]) -> None:
    rows = [SeatLetter(seat_id=letter.seat_id, id=letter.id, sealed=letter.sealed) for letter in letters]
    news = [(f"seat:{letter.seat_id}", letter.event, letter.ref) for letter in letters]
    with transaction.atomic(using=settings.PORCH_ALIAS):
        SeatLetter.objects.bulk_create(rows, ignore_conflicts=True)
        announce_all(news, using=settings.PORCH_ALIAS)


def _notify(payload: str) -> None:
    with connections[settings.PORCH_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
