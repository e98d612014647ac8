"""Live topics: what a page may listen to, and how a change is announced.

A page receives a *ticket*: topics, signed with the zone's secret and valid for half a day. The live process
checks the ticket without any database. An announcement is a PostgreSQL NOTIFY, sent when the transaction
commits; it carries a topic and an id, never a word of what was said.
"""

import json
from collections.abc import Iterable

from django.core import signing
from django.db import DEFAULT_DB_ALIAS, connections

CHANNEL = "engawa_live"
_SALT = "engawa.live"
TICKET_SECONDS = 12 * 60 * 60


def announce(topic: str, event: str, ref: str = "", *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Tell everybody who listens to ``topic`` that ``event`` happened to ``ref``, once this transaction commits.

    Args:
        topic: such as ``seat:<id>`` or ``desk:<id>``.
        event: name of the server-sent event, such as ``word`` or ``typing``.
        ref: an identifier, at most 200 characters; never content.
        using: the database whose listeners are told.
    """
    announce_all([(topic, event, ref)], using=using)


def announce_all(news: Iterable[tuple[str, str, str]], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Announce several things, each as topic, event and reference, with one statement."""
    payloads = [json.dumps([topic, event, ref[:200]], separators=(",", ":")) for topic, event, ref in news]
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, payload) FROM unnest(%s::text[]) AS payload", [CHANNEL, payloads])


def ticket_for(topics: Iterable[str]) -> str:
    """A signed, URL-safe ticket that lets its bearer listen to ``topics``."""
    return signing.dumps(sorted(topics), salt=_SALT, compress=True)


def topics_of(ticket: str) -> list[str]:
    """The topics of a ticket.

    Raises:
        django.core.signing.BadSignature: the ticket was not made here, or is too old.
    """
    topics: list[str] = signing.loads(ticket, salt=_SALT, max_age=TICKET_SECONDS)
    return topics
