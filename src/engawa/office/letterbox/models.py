"""What waits to leave the office, what has arrived, and what could not be read."""

from django.db import models
from django.db.models import Q

from engawa.kernel.rows import Row


class OutgoingLetter(Row):
    """A letter that waits for the courier. Written in the same transaction as what it reports.

    ``seat_id`` is empty for letters to the porch itself (notices, keys). ``body`` is the letter as encoded by
    ``post.letters.encode``; it is emptied once delivered.
    """

    kind = models.TextField()
    seat_id = models.UUIDField(null=True)
    body = models.BinaryField()
    written_at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True)
    set_aside = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(delivered_at__isnull=True), name="letter_waiting")]


class ArrivedEnvelope(models.Model):
    """Remembers an envelope's id, so that its second arrival is harmless."""

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    arrived_at = models.DateTimeField(auto_now_add=True)


class SetAside(models.Model):
    """An envelope that could not be opened or handled, kept with the reason; never dropped, never in the way."""

    id = models.UUIDField(primary_key=True)
    kind = models.TextField(blank=True)
    sealed = models.BinaryField()
    reason = models.TextField()
    arrived_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
