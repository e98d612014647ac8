"""The base of every row: a time-ordered id."""

from django.db import models
from django.db.migrations.operations import RunSQL

from engawa.kernel.ids import uuid7


class Row(models.Model):
    """A row with a UUIDv7 primary key. The id opens nothing by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class NextNumber(models.Func):
    """Database default: the next number of a sequence, so that rows are read in the order they were written.

    Ids sort only to the millisecond, and clocks may step back; a sequence does neither. The sequence is made by
    ``sequence(name)`` in the same migration, before the table.
    """

    function = "nextval"
    output_field = models.BigIntegerField()
    allowed_default = True

    def __init__(self, name: str | models.Value) -> None:
        super().__init__(name if isinstance(name, models.Value) else models.Value(name))


def sequence(name: str) -> RunSQL:
    """Migration operation: the sequence behind a ``NextNumber``."""
    return RunSQL(f"CREATE SEQUENCE {name}", f"DROP SEQUENCE {name}")
