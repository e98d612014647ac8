"""The base of every row: a time-ordered id. And how rows go in by the thousand."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.db.migrations.operations import RunSQL
from django.db.models.options import Options
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
    table = rows[0]._meta  # noqa: SLF001 # public by its documentation
    columns = _columns(table.concrete_fields)
    statement = sql.SQL("INSERT INTO {table} ({columns}) SELECT {columns} FROM {rows}")
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(table=sql.Identifier(table.db_table), columns=columns, rows=_recordset(table)),
            [_json(rows, table.concrete_fields, add=True)],
        )


def update_all(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of rows of one model in one statement, as ``insert_all`` inserts them.

    ``bulk_update`` builds a case for every row and field, which costs more than all else that an import does.
    """
    if not rows:
        return
    table = rows[0]._meta  # noqa: SLF001 # public by its documentation
    fields = [field for field in table.concrete_fields if field.name in names]
    statement = sql.SQL(
        "UPDATE {table} SET ({columns}) = ROW ({said}) FROM {rows} AS said WHERE {table}.{key} = said.{key}"
    )
    key = sql.Identifier(str(table.pk.column))
    said = sql.SQL(", ").join(sql.Identifier("said", str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(
                table=sql.Identifier(table.db_table),
                columns=_columns(fields),
                said=said,
                rows=_recordset(table),
                key=key,
            ),
            [_json(rows, [table.pk, *fields], add=False)],
        )


def _columns(fields: "Iterable[models.Field[Any, Any]]") -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)


def _recordset(table: "Options[Any]") -> sql.Composed:
    return sql.SQL("json_populate_recordset(NULL::{}, %s)").format(sql.Identifier(table.db_table))


def _json(rows: Iterable[models.Model], fields: "Sequence[models.Field[Any, Any]]", *, add: bool) -> str:
    values = [{field.column: field.pre_save(row, add=add) for field in fields} for row in rows]
    return json.dumps(values, default=str, ensure_ascii=False)
