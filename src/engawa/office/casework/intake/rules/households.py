"""Rows about households and their members."""

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from engawa.kernel.age import Age
from engawa.office.casework.intake.rules.rows import Row


@dataclass(frozen=True)
class HouseholdRow(Row):
    """What a household is called, and how it goes there（世帯）."""

    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class MemberRow(Row):
    """A member of the case's household（世帯員）; ``own_of`` are the cases whose 本人 they are.

    ``number`` tells members apart, or else what they are called, their name, and ``nth`` of those that are alike.
    """

    number: str = ""
    called: str = ""
    own_of: tuple[str, ...] = ()
    name: str = ""
    reading: str = ""
    sex: str = "0"
    birth_date: dt.date | None = None
    age: Age = Age()  # noqa: RUF009 # frozen: one unknown age is as good as another
    age_on: dt.date | None = None
    birth_order: int | None = None
    lives_here: bool = True
    whereabouts: str = ""
    deceased: bool = False
    died_on: dt.date | None = None
    occupation: str = ""
    note: str = ""
    nth: int = field(default=1, compare=False)

    others_field: ClassVar[str] = "own_of"

    @property
    def others(self) -> tuple[str, ...]:
        return self.own_of


@dataclass(frozen=True)
class RelationRow(Row):
    """How two members are related（世帯の関係）; of parent and child, ``one`` is the parent."""

    one: str
    other: str
    kind: str
    ending: str = ""
    since_year: int | None = None
    until_year: int | None = None
    words: str = ""


@dataclass(frozen=True)
class NeedRow(Row):
    """What troubles a member, or the household where none is named（世帯の課題）."""

    noted_on: dt.date
    who: str = ""
    kind: str = ""
    words: str = ""
    settled_on: dt.date | None = None
    writer: str = ""
    signed: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class LifeEventRow(Row):
    """What happened to a member, or to the household where none is named（世帯の出来事）."""

    on: dt.date
    kind: str
    who: str = ""
    about: bool = False
    words: str = ""
    writer: str = ""
    signed: bool = field(default=False, compare=False)
