"""Rows about gatherings of families. They belong to the body that holds them; a case has to do with them at most."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from engawa.office.casework.intake.rules.rows import Row


@dataclass(frozen=True)
class OfGathering(Row):
    """A row about a gathering, known by its number."""

    case: str = ""
    number: str = ""


@dataclass(frozen=True)
class GatheringRow(OfGathering):
    """A family course or meeting（家族教室・家族会）, and the body that holds it."""

    body: str = ""
    kind: str = ""
    name: str = ""
    place: str = ""
    leader: str = ""
    about: str = ""
    ended_on: dt.date | None = None


@dataclass(frozen=True)
class SittingRow(OfGathering):
    """One day of a gathering（回）, with how many came of whom nothing is written down."""

    on: dt.date = dt.date.min
    minutes: int | None = None
    theme: str = ""
    nameless: int | None = None


@dataclass(frozen=True)
class AttendeeRow(OfGathering):
    """A family that takes part（参加する家族）: of a case, or by what they want to be called."""

    attendee: str = ""
    who: str = ""
    called: str = ""
    since: dt.date = dt.date.min
    until: dt.date | None = None


@dataclass(frozen=True)
class AttendanceRow(OfGathering):
    """Somebody was there（出席）; ``contact`` is the number of the contact in their case."""

    on: dt.date = dt.date.min
    attendee: str = ""
    present: bool = True
    contact: str = ""

    maybe_silent: ClassVar[frozenset[str]] = frozenset({"contact"})
