"""The base of every row: a time-ordered id. And how rows go in by the thousand."""

import json
from collections.abc import Sequence

from django.db import connection, models
from django.db.migrations.operations import RunSQL
from psycopg import sql

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


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model in one statement, several times as fast as ``bulk_create``.

    That puts every value into the statement by itself; here they travel together, as JSON. Values must be plain:
    no bytes, and nothing that the database is to make.
    """
    if not rows:
        return
    meta = rows[0]._meta  # noqa: SLF001 # public by its documentation
    fields = meta.concrete_fields
    columns = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    statement = sql.SQL("INSERT INTO {0} ({1}) SELECT {1} FROM json_populate_recordset(NULL::{0}, %s)")
    values = [{field.column: field.pre_save(row, add=True) for field in fields} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(sql.Identifier(meta.db_table), columns),
            [json.dumps(values, default=str, ensure_ascii=False)],
        )
