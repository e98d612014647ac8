"""Rows about what may be told to others, and to whom somebody was introduced."""

import datetime as dt
from dataclasses import dataclass, field

from engawa.office.casework.intake.rules.rows import Row


@dataclass(frozen=True)
class ConsentRow(Row):
    """A consent（同意）: who agreed to which words, for what, about which parts, to whom it may be told, until when."""

    on: dt.date
    giver: str
    text: str
    until: dt.date
    way: str
    version: int | None = None
    giver_name: str = ""
    purposes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    note: str = ""
    withdrawn_on: dt.date | None = None
    withdrawn_way: str = ""
    withdrawal_note: str = ""
    writer: str = ""
    signed: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class ReferralRow(Row):
    """Somebody was introduced to an agency（つなぎ）; ``consented_on`` is the day of the consent that it rests on."""

    on: dt.date
    to: str
    kind: str
    who: str = ""
    contact_person: str = ""
    wish: str = ""
    parts: tuple[str, ...] = ()
    handed: str = ""
    basis: str = ""
    consented_on: dt.date | None = None
    reason: str = ""
    check_on: dt.date | None = None
    answer: str = "waiting"
    answered_on: dt.date | None = None
    answer_words: str = ""
    writer: str = ""
    signed: bool = field(default=False, compare=False)
