"""What the visitor's pages show from the noticeboard, in the visitor's language, at this moment."""

import calendar
import datetime as dt
import unicodedata
import uuid
from dataclasses import dataclass

from engawa.kernel import clock
from engawa.kernel.hours import Opening, openings_on
from engawa.porch.noticeboard import queries as noticeboard
from engawa.porch.noticeboard.queries import DeskView, ResourceView
from engawa.porch.pages.rules import Welcome, welcome_from

SHELVES = ("place", "course", "family_group", "experience")


@dataclass(frozen=True)
class Day:
    """One day of a desk: its openings, or the reason why it is closed."""

    day: dt.date
    openings: list[Opening]
    reason: str


@dataclass(frozen=True)
class Shelf:
    """The resources of one kind."""

    kind: str
    resources: list[ResourceView]


def welcome_now(desk_id: uuid.UUID | None = None) -> Welcome:
    """Who is there now: at one desk, or at any that takes talks."""
    every = noticeboard.desks_for_talks(clock.now())
    chosen = [desk for desk in every if desk.id == desk_id]
    return welcome_from(chosen or every)


def desks_found(asked: str, language: str) -> list[DeskView]:
    """The desks whose name, area, place or summary contains every word asked for, in any width or kana."""
    words = _folded(asked).split()
    desks = noticeboard.desks(clock.now(), language)
    return [desk for desk in desks if all(word in _folded(_searchable(desk)) for word in words)]


def week_of(desk: DeskView) -> list[Day]:
    """The next seven days of a desk; empty when it has told no hours."""
    notice, today = desk.notice, clock.today()
    closed = {one.day: one.reason for one in notice.closed_days}
    if not notice.hours:
        return []
    days = [today + dt.timedelta(days=ahead) for ahead in range(7)]
    return [Day(day, openings_on(day, notice.hours, closed), closed.get(day, "")) for day in days]


def shelves(language: str) -> list[Shelf]:
    """The resources by kind; kinds of which nothing stands there are left out."""
    every = noticeboard.resources(language)
    kept = [Shelf(kind, [one for one in every if one.notice.resource_kind == kind]) for kind in SHELVES]
    return [shelf for shelf in kept if shelf.resources]


def _searchable(desk: DeskView) -> str:
    notice = desk.notice
    return f"{notice.name.ja} {desk.name} {notice.areas} {notice.address} {notice.summary.ja} {desk.summary}"


def _folded(text: str) -> str:
    katakana = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
    return unicodedata.normalize("NFKC", text).casefold().translate(katakana)


def month_now() -> list[list[dt.date]]:
    """The weeks of this month, Monday first, whole."""
    today = clock.today()
    return calendar.Calendar().monthdatescalendar(today.year, today.month)
