"""Live topics: what a page may listen to, and how a change is announced.

A page receives a *ticket*: topics, sealed with the zone's secret and valid for ten minutes. The live process
opens the ticket without any database; to everybody else, logs of a proxy included, it tells nothing. The stream
ends with its ticket. Before that the page has it renewed by its zone, which asks again who is there and what they
may hear: so the right to listen ends minutes after signing off, or after losing a role. An
announcement is a PostgreSQL NOTIFY, sent when the transaction commits; it carries a topic and an id, never a
word of what was said.
"""

import base64
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

CHANNEL = "engawa_live"
TICKET_SECONDS = 10 * 60


class NoTicket(ValueError):
    """Nothing that lets anybody listen."""


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


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket says: the topics, and the moment (Unix time) from which it lets nobody listen."""

    topics: list[str]
    ends_at: float


def ticket_for(topics: Iterable[str]) -> str:
    """A sealed, URL-safe ticket that lets its bearer listen to ``topics``."""
    content = json.dumps([int(time.time()), *sorted(topics)], separators=(",", ":"))
    return base64.urlsafe_b64encode(bytes(_box().encrypt(content.encode()))).decode()


def opened(ticket: str) -> Ticket:
    """What a ticket says, also one that has ended: it may be renewed.

    Raises:
        NoTicket: it was not made here.
    """
    try:
        made_at, *topics = json.loads(_box().decrypt(base64.urlsafe_b64decode(ticket.encode())))
    except (CryptoError, ValueError) as error:  # not base64, too short, or of another seal
        raise NoTicket("not made here") from error
    return Ticket(topics, made_at + TICKET_SECONDS)


def admitted(ticket: str) -> Ticket:
    """What a ticket says that lets its bearer listen now.

    Raises:
        NoTicket: it was not made here, or has ended.
    """
    found = opened(ticket)
    if found.ends_at < time.time():
        raise NoTicket("too old")
    return found


def _box() -> SecretBox:
    return SecretBox(blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"engawa live").digest())
