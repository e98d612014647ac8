"""Sheets whose columns tell the fields of one class of rows: read on the way in and written on the way out."""

import enum
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engawa.kernel.age import Age
from engawa.kernel.spreadsheets.cells import Cell
from engawa.kernel.wareki import NotADate, read_year
from engawa.kernel.words import Words, listed, said_by
from engawa.office.casework.intake.rules import Row, Unfit, not_listed
from engawa.office.ledger.rules.cells import (
    MARKED,
    UNKNOWN,
    UNMARKED,
    Column,
    Fault,
    SheetKind,
    Unreadable,
    Values,
    folded,
    one_of,
    read_age_cell,
    read_day,
    read_items,
    read_number,
    read_text,
    some_of,
    with_notes,
)


class Part(enum.Enum):
    """What may be given out beside the cases, each part by itself."""

    PEOPLE = "people"
    ASSESSMENTS = "assessments"
    PLANS = "plans"


@dataclass(frozen=True)
class Told(SheetKind):
    """A sheet of rows about cases. ``words`` is the field with which further columns stand, as they were."""

    row: type[Row]
    part: Part
    words: str = ""
    keeps_notes: bool = True

    def row_of(self, values: Values) -> Row:
        """The row that a line of the sheet means."""
        said = {column.field: values.cells[column.name] for column in self.columns}
        if self.words:
            said[self.words] = with_notes(said[self.words], values.notes)
        return self.row(**said, notes={} if self.words else values.notes)

    def cells_of(self, row: Row) -> tuple[Any, ...]:
        """The line of the sheet that says what the row says."""
        return tuple(column.tell(getattr(row, column.field)) for column in self.columns)

    def fault(self, unfit: Unfit, row: Row) -> Fault:
        """Why a row cannot be taken, in the words of the sheet."""
        column = next(column for column in self.columns if column.field == unfit.field)
        told = column.tell(getattr(row, column.field))
        return Fault(column.name, "" if told is None else str(told), unfit.problem, unfit.accepted)

    @property
    def has_room(self) -> bool:
        """Rows of marks and numbers have no words with which further columns could stand."""
        return self.keeps_notes

    @property
    def titles(self) -> dict[str, str]:
        """The names of the columns by field."""
        return {column.field: column.name for column in self.columns}


def number(name: str, field: str, *, required: bool = False) -> Column:
    """A column of numbers by which rows are known."""
    return Column(name, read_number, required, field)


def text(name: str, field: str, *, required: bool = False) -> Column:
    """A column of words as they were written."""
    return Column(name, read_text, required, field)


def day(name: str, field: str, *, required: bool = False, happened: bool = False) -> Column:
    """A column of days."""
    return Column(name, read_day, required, field, happened=happened)


def age(name: str, field: str) -> Column:
    """A column of ages as far as they are known."""
    return Column(name, read_age_cell, field=field, tell=_told_age)


def _told_age(known: Age) -> str:
    return "" if known == Age() else str(known)


def choice(
    name: str, field: str, words: Mapping[str, str], *, required: bool = False, unknown: str | None = ""
) -> Column:
    """A column of words of a list; of several for one value, the first is written."""
    told = {value: word for word, value in reversed(list(words.items()))}
    read = one_of(words, None if required else unknown)
    return Column(name, read, required, field, lambda value: told.get(value, ""))


def flag(name: str, field: str, *, yes: str, no: str, default: bool) -> Column:
    """A column of yes and no; nothing means ``default``."""
    accepted = {yes: True, no: False} | dict.fromkeys(MARKED, True) | dict.fromkeys(UNMARKED, False)

    def read(cell: Cell) -> bool:
        word = folded(read_text(cell)).upper()
        if word and word not in UNKNOWN and word not in accepted:
            raise Unreadable(
                not_listed(word),
                listed([*filter(None, (yes, no)), Words("空欄")]),
            )
        return accepted.get(word, default) if word else default

    return Column(name, read, field=field, tell=lambda value: yes if value else no)


def count(name: str, field: str, *, required: bool = False, most: int = 999, **words: int) -> Column:
    """A column of whole numbers; ``words`` are further ways to write one."""

    def read(cell: Cell) -> int | None:
        said = folded(read_text(cell))
        if said in UNKNOWN:
            return None
        if said in words:
            return words[said]
        found = re.fullmatch(r"第?(\d{1,6})(?:回目?|番目?|版|回)?", said)
        if not found or int(found[1]) > most:
            raise Unreadable(
                Words("「%(said)s」は数として読めません", said=said),
                Words("0から%(most)sまでの数、または空欄", most=most),
            )
        return int(found[1])

    return Column(name, read, required, field)


def year(name: str, field: str) -> Column:
    """A column of years, of the common era or of an era."""

    def read(cell: Cell) -> int | None:
        said = folded(read_text(cell))
        if said in UNKNOWN:
            return None
        try:
            return read_year(said)
        except NotADate as wrong:
            raise Unreadable(said_by(wrong), "1998、1998年、平成10年、空欄") from wrong

    return Column(name, read, field=field)


def some(name: str, field: str, words: Mapping[str, str]) -> Column:
    """A column of several words of a list between ;."""
    told = {value: word for word, value in reversed(list(words.items()))}
    read = some_of(words)
    return Column(name, lambda cell: tuple(read(cell)), False, field, lambda said: ";".join(told[one] for one in said))


def items(name: str, field: str, *, required: bool = False, read_item: Callable[[Cell], str] = read_text) -> Column:
    """A column of several words between ;."""

    def read(cell: Cell) -> tuple[str, ...]:
        return tuple(read_item(one) for one in read_items(cell))

    return Column(name, read, required, field, ";".join)
