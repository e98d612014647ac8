"""Rows about whom cases are about."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from engawa.kernel.age import Age
from engawa.office.casework.intake.rules.rows import Row


@dataclass(frozen=True)
class PersonRow(Row):
    """Whom the case is about（本人）. Nothing is needed; ``same_as`` is a case of the same person."""

    name: str = ""
    reading: str = ""
    nickname: str = ""
    sex: str = "0"
    birth_date: dt.date | None = None
    age: Age = Age()  # noqa: RUF009 # frozen: one unknown age is as good as another
    age_on: dt.date | None = None
    phone: str = ""
    address: str = ""
    handle: str = ""
    same_as: str = ""

    others_field: ClassVar[str] = "same_as"

    @property
    def others(self) -> tuple[str, ...]:
        return (self.same_as,) if self.same_as else ()


@dataclass(frozen=True)
class OtherRow(Row):
    """A further name, address or number, with the time in which it was used. Secret ones never travel."""

    kind: str
    name: str = ""
    reading: str = ""
    address: str = ""
    reach: str = ""
    message: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    note: str = ""


class OtherNameRow(OtherRow):
    """A name beside the one in use（別の名）."""


class OtherAddressRow(OtherRow):
    """An address beside the present one（別の住所）."""


class OtherReachRow(OtherRow):
    """A phone number or mail address beside the one in use（別の連絡先）."""


@dataclass(frozen=True)
class NameStepRow(Row):
    """Who agreed that the name was written down（名前の歩み）, and how they were asked."""

    on: dt.date
    agreed_by: str
    how: str = ""
    note: str = ""
