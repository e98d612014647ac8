"""What every process of the office must know at once: how often somebody tried, and which codes were used.

Django's cache in a table of the office database. Keys are kept as a keyed hash (they name codes and addresses),
values as JSON: what is read from a database is never run.
"""

import datetime as dt
import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils.crypto import salted_hmac

from engawa.kernel import clock

_FOREVER = dt.datetime.max.replace(tzinfo=dt.UTC)
_KEEP = """
INSERT INTO access_remembered (key, value, until) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until
"""
_KEEP_IF_NEW = _KEEP + " WHERE access_remembered.until <= now()"


class SharedMemory(BaseCache):
    """The cache of the office, shared by all its processes."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep the value unless there is one; of all processes that ask at once, one is told True."""
        return self._run(_KEEP_IF_NEW, [self._hash(key, version), json.dumps(value), self._until(timeout)]) > 0

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT value FROM access_remembered WHERE key = %s AND until > now()", [self._hash(key, version)]
            )
            row = cursor.fetchone()
        return json.loads(row[0]) if row else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._run(_KEEP, [self._hash(key, version), json.dumps(value), self._until(timeout)])

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        statement = "UPDATE access_remembered SET until = %s WHERE key = %s AND until > now()"
        return self._run(statement, [self._until(timeout), self._hash(key, version)]) > 0

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._run("DELETE FROM access_remembered WHERE key = %s", [self._hash(key, version)]) > 0

    def clear(self) -> None:
        self._run("DELETE FROM access_remembered", [])

    def forget_what_is_over(self) -> int:
        """Sweep what has served its time; how much it was."""
        return self._run("DELETE FROM access_remembered WHERE until <= now()", [])

    def _run(self, statement: str, values: list[Any]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)

    def _hash(self, key: str, version: int | None) -> str:
        return salted_hmac("engawa.shared_memory", self.make_key(key, version), algorithm="sha256").hexdigest()

    def _until(self, timeout: Any) -> dt.datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return _FOREVER if seconds is None else clock.now() + dt.timedelta(seconds=seconds)
