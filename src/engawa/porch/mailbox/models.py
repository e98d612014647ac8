"""What waits here in sealed form. The key of every table contains the seat, and no row speaks of two seats."""

from django.db import models

from engawa.kernel.rows import NextNumber
from engawa.porch.seats.models import Seat


class Envelope(models.Model):
    """A letter on its way in, sealed to the office's key ``key_id``. It is gone once the office has it.

    ``number`` orders the envelopes of one seat. There is no foreign key to the seat: the news that a seat was
    deleted must outlive the seat.
    """

    pk = models.CompositePrimaryKey("seat_id", "id")
    seat_id = models.UUIDField()
    id = models.UUIDField()
    number = models.BigIntegerField(db_default=NextNumber("mailbox_envelope_number"))
    key_id = models.TextField()
    sealed = models.BinaryField()
    posted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["number"], name="envelope_in_order")]


class LastCall(models.Model):
    """The highest number that the office's courier has used for one kind of call (see ``courier.link``)."""

    lane = models.TextField(primary_key=True)
    number = models.BigIntegerField()


class SeatLetter(models.Model):
    """A letter that lies at a seat, sealed to it: an answer, or the visitor's own words for reading again."""

    pk = models.CompositePrimaryKey("seat_id", "id")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="letters")
    id = models.UUIDField()
    number = models.BigIntegerField(db_default=NextNumber("mailbox_seat_letter_number"))
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["seat", "number"], name="seat_letter_in_order")]
