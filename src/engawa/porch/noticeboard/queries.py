"""What stands on the noticeboard, ready to be shown in one of the porch's languages."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TypeVar

from engawa.kernel.hours import Opening
from engawa.porch.noticeboard import rules
from engawa.porch.noticeboard.models import DeskNotice, Expectation, OfficeKey, ResourceNotice
from engawa.post.letters import (
    DeskPublished,
    ExpectationPublished,
    Letter,
    ResourcePublished,
    Unreadable,
    decode,
)

_Kind = TypeVar("_Kind", bound=Letter)


class NoOfficeKey(Exception):
    """The office has not published a key yet: no word can be sealed, so none is taken."""


@dataclass(frozen=True)
class PublicKey:
    """The key that words are sealed to now."""

    id: str
    key: bytes


@dataclass(frozen=True)
class DeskView:
    """A desk as a visitor sees it at a moment, in their language.

    ``open_until`` is empty when the desk is closed; ``opens_next`` tells when it opens then. ``present``,
    ``waiting`` and ``minutes`` (median minutes to the first answer) are None where nothing fresh is known.
    """

    notice: DeskPublished
    name: str
    summary: str
    open_until: dt.datetime | None
    opens_next: Opening | None
    present: int | None
    waiting: int | None
    minutes: int | None

    @property
    def id(self) -> uuid.UUID:
        return self.notice.desk_id

    @property
    def is_open(self) -> bool:
        return self.open_until is not None


@dataclass(frozen=True)
class ResourceView:
    """A resource as a visitor sees it, in their language."""

    notice: ResourcePublished
    name: str
    summary: str

    @property
    def id(self) -> uuid.UUID:
        return self.notice.resource_id


def office_key() -> PublicKey:
    """The key that words are sealed to now.

    Raises:
        NoOfficeKey: none has been published yet.
    """
    key = OfficeKey.objects.order_by("-published_at").first()
    if key is None:
        raise NoOfficeKey
    return PublicKey(key.id, bytes(key.public_key))


def desks(moment: dt.datetime, language: str = "ja") -> list[DeskView]:
    """All desks in the order of the board."""
    expected = {row.desk_id: bytes(row.letter) for row in Expectation.objects.all()}
    found = (_read(bytes(row.letter), DeskPublished) for row in DeskNotice.objects.all())
    return [_desk_view(desk, expected.get(desk.desk_id), moment, language) for desk in found if desk]


def desks_for_talks(moment: dt.datetime, language: str = "ja") -> list[DeskView]:
    """The desks that take written talks, in the order of the board."""
    return [desk for desk in desks(moment, language) if desk.notice.takes_talks]


def desk(desk_id: uuid.UUID, moment: dt.datetime, language: str = "ja") -> DeskView | None:
    """One desk; None when it does not stand on the board."""
    return next((one for one in desks(moment, language) if one.id == desk_id), None)


def resources(language: str = "ja", kind: str | None = None) -> list[ResourceView]:
    """The resources in the order of the board, all or of one kind."""
    found = (_read(bytes(row.letter), ResourcePublished) for row in ResourceNotice.objects.all())
    return [
        ResourceView(one, one.name.in_language(language), one.summary.in_language(language))
        for one in found
        if one and kind in (None, one.resource_kind)
    ]


def resource(resource_id: uuid.UUID, language: str = "ja") -> ResourceView | None:
    """One resource; None when it does not stand on the board."""
    return next((one for one in resources(language) if one.id == resource_id), None)


def _desk_view(desk: DeskPublished, expected: bytes | None, moment: dt.datetime, language: str) -> DeskView:
    expectation = _read(expected, ExpectationPublished) if expected else None
    known = expectation if expectation and rules.is_fresh(expectation, moment) else None
    return DeskView(
        notice=desk,
        name=desk.name.in_language(language),
        summary=desk.summary.in_language(language),
        open_until=rules.closes_at(desk, moment),
        opens_next=rules.opens_next(desk, moment),
        present=known.present if known else None,
        waiting=known.waiting if known else None,
        minutes=known.minutes if known else None,
    )


def _read(letter: bytes, kind: type[_Kind]) -> _Kind | None:
    """The letter behind a notice; None for one of a version that is not known here any more."""
    try:
        read = decode(letter)
    except Unreadable:
        return None
    return read if isinstance(read, kind) else None
