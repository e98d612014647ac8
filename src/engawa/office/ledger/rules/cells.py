"""How cells and rows of a ledger are read. Unknown is neither zero nor refused."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engawa.kernel.age import Age, NotAnAge, read_age
from engawa.kernel.spreadsheets.cells import Broken, Cell, is_empty, shown
from engawa.kernel.spreadsheets.records import Record
from engawa.kernel.wareki import NotADate, read_date
from engawa.kernel.words import Words, listed, said_by
from engawa.office.casework.intake.rules import not_listed

# Columns that our own report of set-aside rows adds; they are no part of the ledger when it comes back.
REPORT_MARK = "取込："
LONGEST_NUMBER = 100
MINUTES_OF_A_DAY, NOON = 1440, 12
UNKNOWN = frozenset({"", "不明", "不詳", "未記入", "-", "－", "―", "?", "？"})
MARKED = frozenset({"○", "〇", "◯", "はい", "有", "あり", "1", "TRUE"})
UNMARKED = frozenset({"×", "✕", "いいえ", "無", "なし", "0", "FALSE"})
# Control signs but for tab and line ends, and halves of surrogate pairs.
_NOT_SHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_WEEKDAY = re.compile(r"[(（][月火水木金土日](?:曜日?)?[)）]\s*$")
_MINUTES = re.compile(r"(?:(\d{1,2})時間)?(?:(\d{1,4})分?)?")
_TIME = re.compile(r"(午前|午後)?(\d{1,2})(?::(\d{2})(?::\d{2})?|時(?:(\d{1,2})分|(半))?)")


class Unreadable(ValueError):
    """A cell that cannot be taken: what is wrong, and what would be accepted."""

    def __init__(self, problem: str, accepted: str) -> None:
        super().__init__(problem)
        self.problem, self.accepted = problem, accepted


@dataclass(frozen=True)
class Fault:
    """Why a row is set aside."""

    column: str
    value: str
    problem: str
    accepted: str


@dataclass(frozen=True)
class SetAside:
    """A row that was not taken, with what stood in it."""

    sheet: str
    line: int
    fault: Fault
    cells: dict[str, str]


def as_it_is(value: Any) -> Any:
    """How most values are written: a spreadsheet knows texts, numbers and days."""
    return value


@dataclass(frozen=True)
class Column:
    """One column: its name in the ledger, how its cells are read, and for which ``field`` of a row they are told.

    ``happened``: a day that cannot lie ahead; a sitting may be planned.
    """

    name: str
    read: Callable[[Cell], Any]
    required: bool = False
    field: str = ""
    tell: Callable[[Any], Any] = as_it_is
    happened: bool = False


@dataclass(frozen=True)
class SheetKind:
    """One sheet of the ledger."""

    name: str
    columns: tuple[Column, ...]

    @property
    def has_room(self) -> bool:
        """Whether further columns are kept."""
        return True

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def needed(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)


@dataclass(frozen=True)
class Values:
    """The values of one row by column name, and what stood in columns that the ledger does not know."""

    line: int
    cells: Mapping[str, Any]
    notes: dict[str, str]


def folded(text: str) -> str:
    """One width, no blanks: how words of a list are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_text(cell: Cell) -> str:
    """Text as written, without blanks around it."""
    text = shown(cell).strip()
    if _NOT_SHOWN.search(text):
        raise Unreadable("表示できない文字（制御文字）が含まれています", "制御文字を取り除いた文字")
    return text


def read_number(cell: Cell) -> str:
    """A number by which rows are known, such as Ｋ0001: one width, no blanks."""
    text = folded(read_text(cell))
    if len(text) > LONGEST_NUMBER:
        raise Unreadable("番号が長すぎます", Words("%(most)s文字までの番号", most=LONGEST_NUMBER))
    return text


def read_day(cell: Cell) -> dt.date | None:
    """A day in the Gregorian calendar or in an era, as text or as a date of the spreadsheet."""
    accepted = Words("令和3年4月1日、R3.4.1、2021-04-01 のような日付")
    match cell:
        case dt.datetime():
            return cell.date()
        case dt.date():
            return cell
        case int() | float():
            raise Unreadable("日付ではなく数値が入っています（セルの表示形式を日付にしてください）", accepted)
        case None:
            return None
    text = _WEEKDAY.sub("", read_text(cell))
    try:
        return read_date(text) if text else None
    except NotADate as error:
        raise Unreadable(said_by(error), accepted) from error


def read_time(cell: Cell) -> dt.time | None:
    """A time of day, as 14:30, 14時30分, 午後2時半 or a time of the spreadsheet; unknown stays unknown."""
    match cell:
        case dt.datetime():
            return cell.time()
        case dt.time():
            return cell
    text = folded(read_text(cell))
    if text in UNKNOWN:
        return None
    found = _TIME.fullmatch(text)
    hour, minute = (int(found[2]), int(found[3] or found[4] or (30 if found[5] else 0))) if found else (24, 0)
    if found and found[1] and hour <= NOON:
        hour = hour % NOON + (NOON if found[1] == "午後" else 0)
    try:
        return dt.time(hour, minute)
    except ValueError as error:
        raise Unreadable(Words("「%(text)s」は時刻として読めません", text=text), "14:30、午後2時半、空欄") from error


def read_age_cell(cell: Cell) -> Age:
    """Years, a band, or unknown."""
    try:
        return read_age(folded(read_text(cell)))
    except NotAnAge as error:
        raise Unreadable(said_by(error), "23、23歳、40代、不明、空欄") from error


def read_minutes(cell: Cell) -> int | None:
    """Minutes as a number, 30分 or 1時間30分; unknown stays unknown."""
    accepted = Words("0から%(most)sまでの分数、30分、1時間30分、空欄", most=MINUTES_OF_A_DAY)
    text = folded(read_text(cell))
    if text in UNKNOWN:
        return None
    found = _MINUTES.fullmatch(text)
    if not found:
        raise Unreadable(Words("「%(text)s」は所要時間として読めません", text=text), accepted)
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0)
    if minutes > MINUTES_OF_A_DAY:
        long = "「%(text)s」は1日（%(most)s分）より長い所要時間です"
        raise Unreadable(Words(long, text=text, most=MINUTES_OF_A_DAY), accepted)
    return minutes


def read_items(cell: Cell) -> list[str]:
    """Several items between ; or line breaks, each once."""
    parts = (part.strip() for part in re.split(r"[;；\n]", read_text(cell)))
    return list(dict.fromkeys(part for part in parts if part))


def one_of(choices: Mapping[str, str], unknown: str | None = None) -> Callable[[Cell], str]:
    """Reader of a word of a list. Where the list has a value for the unknown, nothing and 不明 are that value."""
    values = {folded(word): value for word, value in choices.items()}

    def read(cell: Cell) -> str:
        text = folded(read_text(cell))
        if unknown is not None and text in UNKNOWN:
            return unknown
        if text and text not in values:
            raise Unreadable(not_listed(text), "、".join(choices))
        return values.get(text, "")

    return read


def some_of(choices: Mapping[str, str]) -> Callable[[Cell], list[str]]:
    """Reader of several words of a list."""
    read_one = one_of(choices)

    def read(cell: Cell) -> list[str]:
        return list(dict.fromkeys(read_one(word) for word in read_items(cell)))

    return read


def read_mark(cell: Cell) -> bool:
    """Whether a cell is marked: ○ and the like; nothing, － and × are not."""
    word = folded(read_text(cell)).upper()
    if word and word not in UNKNOWN | MARKED | UNMARKED:
        raise Unreadable(not_listed(word), Words("○、または空欄"))
    return word in MARKED


def read_row(kind: SheetKind, record: Record, today: dt.date) -> Values | Fault:
    """The values of one row, or all that is wrong with it in one fault."""
    values: dict[str, Any] = {}
    faults = []
    for column in kind.columns:
        cell = record.cells.get(column.name)
        try:
            values[column.name] = _read_cell(column, cell, today)
        except Unreadable as error:
            faults.append(Fault(column.name, shown(cell).strip(), error.problem, error.accepted))
    if faults:
        return joined(faults)
    notes = {title: text for title, text in record.notes.items() if not title.startswith(REPORT_MARK)}
    return Values(record.line, values, notes)


def _read_cell(column: Column, cell: Cell, today: dt.date) -> Any:
    if isinstance(cell, Broken):
        raise Unreadable(cell.problem, "値（数式やエラーではないもの）")
    if column.required and is_empty(cell):
        raise Unreadable("必ず要る項目が空です", "この列には必ず何か入れてください")
    value = column.read(cell)
    if column.required and value in (None, "", [], ()):
        raise Unreadable("必ず要る項目が空です", "この列には必ず何か入れてください")
    if column.happened and isinstance(value, dt.date) and value > today:
        raise Unreadable("まだ来ていない日付です", Words("%(day)s までの日付", day=today.isoformat()))
    return value


def joined(faults: Sequence[Fault]) -> Fault:
    """Several faults of one row as one, in the order of the columns."""
    first, *others = faults
    if not others:
        return first
    return Fault(
        "、".join(fault.column for fault in faults),
        "、".join(fault.value or "―" for fault in faults),
        listed([_of(fault.column, fault.problem) for fault in faults], Words("／")),
        listed([_of(fault.column, fault.accepted) for fault in faults], Words("／")),
    )


def _of(column: str, said: str) -> Words:
    return Words("%(column)s：%(said)s", column=column, said=said if isinstance(said, Words) else Words(said))


def with_notes(text: str, notes: Mapping[str, str]) -> str:
    """Free text with the further columns of the row below it."""
    return "\n".join([*filter(None, [text]), *(f"［{title}］{note}" for title, note in notes.items())])
