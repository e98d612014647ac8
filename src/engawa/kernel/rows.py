"""The base of every row: a time-ordered id."""

from django.db import models

from engawa.kernel.ids import uuid7


class Row(models.Model):
    """A row with a UUIDv7 primary key. The id opens nothing by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True
