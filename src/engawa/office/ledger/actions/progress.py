"""Tells how far a long import is, beside its transaction, so that those who wait see it before it is done."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from engawa.office.ledger.actions.taking_in import LEDGER, Progress


@contextmanager
def told_beside(import_id: uuid.UUID) -> Iterator[Progress]:
    """A progress that writes through a connection of its own; the import's own transaction stays whole."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute("SELECT set_config('engawa.actor', %s, false)", [LEDGER.key])

            def tell(done: int, total: int, _sheet: str) -> None:
                cursor.execute(
                    "UPDATE ledger_import SET rows_read = %s, rows_in_all = %s WHERE id = %s",
                    [done, total, import_id],
                )

            yield tell
    finally:
        beside.close()
