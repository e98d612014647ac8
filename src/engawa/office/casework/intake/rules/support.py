"""Rows about who and what supports a household, and how one stays connected."""

import datetime as dt
from dataclasses import dataclass, field

from engawa.office.casework.intake.rules.rows import Row


@dataclass(frozen=True)
class AgencyRow(Row):
    """An agency in the support team（支援チーム）."""

    name: str
    since: dt.date
    role: str = "cooperating"
    contact_person: str = ""
    phone: str = ""
    until: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class TieRow(Row):
    """A tie of a member, or of the household, to whatever carries it（つながり）."""

    name: str
    who: str = ""
    strength: str = "plain"
    flow: str = "none"
    note: str = ""


@dataclass(frozen=True)
class StayingRow(Row):
    """How one stays connected（つながり続ける）."""

    since: dt.date
    words: str
    care: str = ""
    ended_on: dt.date | None = None
    end_reason: str = ""
    writer: str = ""
    signed: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class QuietContactRow(Row):
    """A contact that expects no answer（静かな便り）, of the staying that began on ``since``."""

    since: dt.date
    way: str
    rhythm: str
    next_on: dt.date
    words: str = ""
    until: dt.date | None = None
    last_on: dt.date | None = None
    waiting: str = ""
    stopped_on: dt.date | None = None
