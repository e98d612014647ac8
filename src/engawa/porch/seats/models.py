"""Seats, and the counts that keep guessing slow. Nothing here says who sits where."""

from django.db import models


class Seat(models.Model):
    """A visitor's anonymous place（席）. Its id and the key around ``locked_key`` follow from the passphrase.

    Only days are kept, no times: when somebody came is nobody's business.
    """

    id = models.UUIDField(primary_key=True)
    public_key = models.BinaryField()
    locked_key = models.BinaryField()
    opened_on = models.DateField()
    last_here_on = models.DateField()


class Attempt(models.Model):
    """How often one address tried one thing in one hour. An unlogged table: it is in no backup and no replica.

    ``tag`` is a hash with a key that is thrown away daily, so that no address can be found out from it later.
    """

    tag = models.TextField(primary_key=True)
    day = models.DateField()
    count = models.IntegerField(default=1)
