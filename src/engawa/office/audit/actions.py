"""The only writers of the audit log.

Deeds are written in the transaction that does them. Readings are noted while a page is made and written before
the page leaves the house; if that fails, so does the page.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, Required, TypedDict, Unpack

from engawa.office.audit.models import Entry


class Doer(Protocol):
    """Whoever does or reads something: an actor of ``access``, which lives one floor above."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...


class What(TypedDict, total=False):
    """What was done or read.

    ``deed`` is the action, as ``package.action``; ``subject`` what it was done to, as people call it (a case
    number, an address); ``case_id`` the case it concerns; ``detail`` identifiers and settings only, never what
    was said.
    """

    deed: Required[str]
    subject: str
    case_id: uuid.UUID | None
    detail: dict[str, Any]


_noted: ContextVar[list[Entry] | None] = ContextVar("noted_readings", default=None)


def record(*, by: Doer, **what: Unpack[What]) -> None:
    """Write down a deed of ``by``, in the caller's transaction."""
    record_all(by=by, deeds=[what])


def record_all(*, by: Doer, deeds: Iterable[What]) -> None:
    """Write down several deeds of ``by`` with one statement, in the caller's transaction."""
    Entry.objects.bulk_create(Entry(actor=by.key, actor_name=by.name, reading=False, **what) for what in deeds)


def note_reading(*, by: Doer, **what: Unpack[What]) -> None:
    """Note that ``by`` read something: kept for ``noting`` where a page is being made, else written at once."""
    entry = Entry(actor=by.key, actor_name=by.name, reading=True, **what)
    noted = _noted.get()
    if noted is None:
        entry.save(force_insert=True)
    else:
        noted.append(entry)


def note_listing(*, by: Doer, deed: str, numbers: Iterable[str], **also: Any) -> None:
    """Note in one entry that a page named the cases with these numbers; a page that named none has only been open."""
    note_reading(by=by, deed=deed, detail={"cases": list(dict.fromkeys(numbers))} | also)


@contextmanager
def noting() -> Iterator[list[Entry]]:
    """Collect the readings noted inside, for ``write_readings`` afterwards."""
    noted: list[Entry] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def write_readings(entries: list[Entry]) -> None:
    """Write down collected readings."""
    for entry in entries:
        entry.save(force_insert=True)
