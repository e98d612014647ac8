"""The timeline（経過）: whatever happened to a case, from every package that registers a source.

Lower packages know the shape, higher ones fill it: a source is given a case and a wish and answers with moments.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from engawa.kernel.asked import asked_often, in_few_sizes
from engawa.kernel.clock import JAPAN
from engawa.office.access.actors import AnyActor
from engawa.office.access.models import Staff
from engawa.office.access.parts import Part, needed
from engawa.office.casework.access import parts_of
from engawa.office.casework.cases.models import Case
from engawa.office.casework.timeline.rules import Passage

Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")


@dataclass(frozen=True)
class Wish:
    """What of the timeline is asked for.

    ``most`` is how many moments, newest first; ``until`` the last day of them. What ``narrows`` names leaves out every
    source that cannot tell (``register``).
    """

    most: int
    kind: str = ""
    until: dt.date | None = None
    method: str = ""
    counterpart: str = ""
    member: UUID | None = None
    worker: UUID | None = None

    def narrows(self, *, own: bool = False) -> set[str]:
        """By what the moments are chosen; with ``own``, all are about the 本人, so that this member narrows nothing."""
        names = ("method", "counterpart", "worker") if own else ("method", "counterpart", "member", "worker")
        return {name for name in names if getattr(self, name)}

    def among(self, rows: Rows, *, on: str = "on", by: str = "by_id") -> Rows:
        """The rows until the last day, of the worker who is wished for. ``on`` and ``by`` are what they are called."""
        exact = {f"{on}__lte": self.until, by: self.worker}
        return rows.filter(**{name: value for name, value in exact.items() if value})

    def is_own(self, case: Case) -> bool:
        """Whether what is about the 本人 of the case is asked for."""
        return self.member is not None and self.member == case.member_id


@dataclass(frozen=True)
class Moment:
    """One thing that happened. ``at`` is the time of day where it is known; ``order`` parts moments of one day.

    ``body`` is its text, or ``passages`` where own words, hearsay and opinion are told apart; ``tags`` are short words.
    """

    kind: str
    on: dt.date
    order: dt.datetime
    title: str
    at: dt.time | None = None
    body: str = ""
    who: str = ""
    tone: str = "plain"
    passages: tuple[Passage, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    note_url: str = ""
    url: str = ""
    url_label: str = ""

    @property
    def when(self) -> str:
        """The day, and the time of day where it is known, as the story writes them."""
        return f"{self.on} {self.at:%H:%M}" if self.at else f"{self.on}"

    @property
    def place(self) -> tuple[dt.date, dt.time, dt.datetime]:
        """Where it stands among the others."""
        return self.on, self.at or dt.time.max, self.order.astimezone(JAPAN)


# Answers with the newest moments of its kind.
Source = Callable[[AnyActor, Case, Wish], Iterable[Moment]]
# Answers with who wrote the rows of a case, given its id: each query gives the ids of staff alone.
Writers = Callable[[UUID], Iterable[QuerySet[Any, Any]]]


@dataclass(frozen=True)
class Kind:
    """A kind of moment, as the filter offers it; it shows to those who see ``part`` of the case, or the whole."""

    key: str
    label: str | Promise
    source: Source
    part: Part | None
    narrows: frozenset[str]
    own: bool
    writers: Writers | None

    def answers(self, case: Case, wish: Wish) -> bool:
        """Whether the source can tell what is wished for."""
        return wish.kind in ("", self.key) and wish.narrows(own=self.own and wish.is_own(case)) <= self.narrows


_kinds: dict[str, Kind] = {}


def register(  # noqa: PLR0913 # each says one thing of a kind
    key: str,
    label: str | Promise,
    part: Part | None = Part.COURSE,
    *,
    narrows: Iterable[str] = ("worker",),
    own: bool = False,
    writers: Writers | None = None,
) -> Callable[[Source], Source]:
    """Declare a source of moments of kind ``key``; its module is imported in ``apps.ready()``.

    Args:
        key: what the kind is called in addresses.
        label: what people call it.
        part: which part of a case one must see besides its course; None is the whole case.
        narrows: which parts of a wish it heeds besides ``most`` and ``until``; with another one it is not asked.
        own: every moment is about the 本人, so that a wish for that member finds them all.
        writers: who wrote what it tells, so that the filter by worker can offer them.
    """

    def decorate(source: Source) -> Source:
        _kinds[key] = Kind(key, label, source, part, frozenset(narrows), own, writers)
        return source

    return decorate


def kinds(actor: AnyActor, case: Case) -> list[Kind]:
    """The registered kinds that the actor may see of this case: none without the right to see its course."""
    parts = parts_of(actor, case)
    return [kind for kind in _kinds.values() if needed(kind.part) | {Part.COURSE} <= parts]


def timeline_of(actor: AnyActor, case: Case, wish: Wish) -> list[Moment]:
    """The newest moments of the case, from all sources that the actor may see or the one kind that is wished for."""
    asked = [kind for kind in kinds(actor, case) if kind.answers(case, wish)]
    found = (moment for kind in asked for moment in kind.source(actor, case, wish))
    moments = [moment for moment in found if wish.until is None or moment.on <= wish.until]
    return sorted(moments, key=lambda moment: moment.place, reverse=True)[: wish.most]


def workers_of(actor: AnyActor, case: Case) -> list[Staff]:
    """Everybody who wrote something that the timeline shows to the actor, in reading order."""
    wrote = _writers_told_by(tuple(kinds(actor, case)))(case.pk)
    return _in_reading_order(in_few_sizes(pk for (pk,) in wrote if pk is not None))


@cache
def _writers_told_by(kinds: tuple[Kind, ...]) -> Callable[[UUID], list[tuple[UUID | None]]]:
    """Asks who wrote what these kinds tell of a case."""

    @asked_often
    def wrote(case: UUID) -> QuerySet[Any, tuple[UUID | None]]:
        asked = [rows.order_by() for kind in kinds if kind.writers for rows in kind.writers(case)]
        return QuerySet(Staff).none().values_list("pk").union(*asked)

    return wrote


@asked_often
def _in_reading_order(staff: tuple[UUID, ...]) -> QuerySet[Staff]:
    return Staff.objects.filter(pk__in=staff).order_by("reading", "name")
