"""What waits to leave the office, what has arrived, and what could not be read."""

from django.db import models
from django.db.models import Q

from engawa.kernel.rows import NextNumber, Row


class OutgoingLetter(Row):
    """A letter that waits for the courier. Written in the same transaction as what it reports.

    ``seat_id`` is empty for letters to the porch itself (notices, keys). ``body`` is the letter as encoded by
    ``post.letters.encode``; it is emptied once it is delivered or settled. ``number`` orders the letters of one
    seat. A letter that cannot be delivered keeps the reason in ``set_aside`` until somebody settles it.
    """

    number = models.BigIntegerField(db_default=NextNumber("letterbox_letter_number"))
    kind = models.TextField()
    seat_id = models.UUIDField(null=True)
    body = models.BinaryField()
    written_at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True)
    set_aside = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["number"], condition=Q(delivered_at__isnull=True, set_aside=""), name="letter_waiting")
        ]


class SeatAddress(models.Model):
    """Where letters to a seat can go: the public key that they are sealed to.

    Kept when the seat is left, so that nobody can open it again with another key.
    """

    seat_id = models.UUIDField(primary_key=True)
    public_key = models.BinaryField()


class ArrivedEnvelope(models.Model):
    """Remembers an envelope's id, so that its second arrival is harmless."""

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    arrived_at = models.DateTimeField(auto_now_add=True)


class SetAside(models.Model):
    """An envelope that could not be opened or handled, kept with the reason; never dropped, never in the way."""

    id = models.UUIDField(primary_key=True)
    seat_id = models.UUIDField()
    key_id = models.TextField()
    sealed = models.BinaryField()
    reason = models.TextField()
    arrived_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
