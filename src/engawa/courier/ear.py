"""An ear on a PostgreSQL channel, so that a letter is noticed at once and not at the next look."""

from typing import Any

import psycopg
from django.db import OperationalError, connections


class Ear:
    """Hears announcements on one channel. Its connection is its own: the usual one may be amid a transaction."""

    def __init__(self, alias: str, channel: str) -> None:
        self._alias = alias
        self._channel = channel
        self._connection: psycopg.Connection[Any] | None = None

    def hear(self, seconds: float) -> list[str]:
        """What was announced since the last call, waiting up to ``seconds`` for the first; empty words left out.

        Raises:
            django.db.OperationalError: the database is away; the next call tries a new connection.
        """
        try:
            line = self._listening()
            heard = [one.payload for one in line.notifies(timeout=seconds, stop_after=1)]
            heard += [one.payload for one in line.notifies(timeout=0)]
        except psycopg.Error as error:
            self.close()
            raise OperationalError("nothing can be heard from the database") from error
        return [payload for payload in heard if payload]

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def _listening(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            wrapper = connections[self._alias]
            self._connection = psycopg.connect(**_where(wrapper.get_connection_params()), autocommit=True)
            self._connection.execute(f'LISTEN "{self._channel}"')
        return self._connection


def _where(parameters: dict[str, Any]) -> dict[str, Any]:
    """The part of Django's connection parameters that says where the database is and who asks."""
    return {name: value for name, value in parameters.items() if isinstance(value, str | int) and value is not None}
