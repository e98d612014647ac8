"""Advisory locks of PostgreSQL, by name, for work that only one process may do at a time."""

import hashlib

from django.db import DEFAULT_DB_ALIAS, connections


def _number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)


def lock_until_commit(name: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Wait for the lock ``name`` and hold it until the present transaction ends."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(name)])


def try_session_lock(name: str, *, using: str = DEFAULT_DB_ALIAS) -> bool:
    """Take the lock ``name`` for as long as this connection lives; False when another has it."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_number(name)])
        row = cursor.fetchone()
    return bool(row and row[0])
