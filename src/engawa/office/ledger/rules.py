"""The ledger's sheets and columns as data, and how one cell is read. Unknown is neither zero nor refused."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engawa.kernel.age import Age, NotAnAge, read_age
from engawa.kernel.spreadsheets.cells import Broken, Cell, header_key, is_empty, shown
from engawa.kernel.spreadsheets.records import Record
from engawa.kernel.wareki import NotADate, read_date

# Columns that our own report of set-aside rows adds; they are no part of the ledger when it comes back.
REPORT_MARK = "取込："
LONGEST_NUMBER = 100
MINUTES_OF_A_DAY = 1440
_UNKNOWN = frozenset({"", "不明", "不詳", "未記入", "-", "－", "―", "?", "？"})
# Control signs but for tab and line ends, and halves of surrogate pairs.
_NOT_SHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_WEEKDAY = re.compile(r"[(（][月火水木金土日](?:曜日?)?[)）]\s*$")
_MINUTES = re.compile(r"(?:(\d{1,2})時間)?(?:(\d{1,4})分?)?")


class Unreadable(ValueError):
    """A cell that cannot be taken: what is wrong, and what would be accepted."""

    def __init__(self, problem: str, accepted: str) -> None:
        super().__init__(problem)
        self.accepted = accepted


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


@dataclass(frozen=True)
class Column:
    """One column: its name in the ledger, and how its cells are read."""

    name: str
    read: Callable[[Cell], Any]
    required: bool = False


@dataclass(frozen=True)
class SheetKind:
    """One sheet of the ledger."""

    name: str
    columns: tuple[Column, ...]

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
        raise Unreadable("番号が長すぎます", f"{LONGEST_NUMBER}文字までの番号")
    return text


def read_day(cell: Cell) -> dt.date | None:
    """A day in the Gregorian calendar or in an era, as text or as a date of the spreadsheet."""
    accepted = "令和3年4月1日、R3.4.1、2021-04-01 のような日付"
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
        raise Unreadable(str(error), accepted) from error


def read_age_cell(cell: Cell) -> Age:
    """Years, a band, or unknown."""
    try:
        return read_age(folded(read_text(cell)))
    except NotAnAge as error:
        raise Unreadable(str(error), "23、23歳、40代、不明、空欄") from error


def read_minutes(cell: Cell) -> int | None:
    """Minutes as a number, 30分 or 1時間30分; unknown stays unknown."""
    accepted = f"0から{MINUTES_OF_A_DAY}までの分数、30分、1時間30分、空欄"
    text = folded(read_text(cell))
    if text in _UNKNOWN:
        return None
    found = _MINUTES.fullmatch(text)
    if not found:
        raise Unreadable(f"「{text}」は所要時間として読めません", accepted)
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0)
    if minutes > MINUTES_OF_A_DAY:
        raise Unreadable(f"「{text}」は1日（{MINUTES_OF_A_DAY}分）より長い所要時間です", accepted)
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
        if unknown is not None and text in _UNKNOWN:
            return unknown
        if text and text not in values:
            raise Unreadable(f"「{text}」は選べる言葉にありません", "、".join(choices))
        return values.get(text, "")

    return read


_WHO = {"本人": "self", "家族・親族": "family", "家族": "family", "親族": "family", "その他": "other"}
# Whoever may ask first（相談者）: more than those whom a contact is counted with.
_ASKED = _WHO | {"支援する人・機関": "agency", "会社・お店・農家": "company"}
_METHODS = {
    "電話": "phone",
    "面談": "interview",
    "来所": "interview",
    "メール": "mail",
    "訪問": "visit",
    "チャット": "chat",
    "SNS": "sns",
    "オンライン面談": "video",
    "手紙": "letter",
    "おたより": "newsletter",
    "同行": "accompaniment",
    "その他": "other",
}
_SEXES = {"男": "1", "男性": "1", "女": "2", "女性": "2", "その他": "9", "不明": "0"}

CASES = SheetKind(
    "相談ケース",
    (
        Column("ケース番号", read_number, required=True),
        Column("受付日", read_day, required=True),
        Column("受付窓口", read_text, required=True),
        Column("相談者", one_of(_ASKED), required=True),
        Column("本人の年齢", read_age_cell),
        Column("性別", one_of(_SEXES, unknown="0")),
        Column("相談経路", read_text),
        Column("主訴", read_text),
    ),
)
CONTACTS = SheetKind(
    "対応記録",
    (
        Column("対応番号", read_number, required=True),
        Column("ケース番号", read_number, required=True),
        Column("対応日", read_day, required=True),
        Column("手法", one_of(_METHODS), required=True),
        Column("対象", one_of(_WHO), required=True),
        Column("所要分", read_minutes),
        Column("概要", read_text),
        Column("本人・家族のことば", read_text),
        Column("伝聞", read_text),
        Column("見立て", read_text),
    ),
)
STATES = SheetKind(
    "状態",
    (
        Column("ケース番号", read_number, required=True),
        Column("日付", read_day, required=True),
        Column(
            "状態",
            one_of({"終結": "closed", "引継ぎ": "handed_over", "引き継ぎ": "handed_over", "再開": "reopened"}),
            required=True,
        ),
        Column("理由", read_text),
        Column("引継ぎ先", read_text),
        Column("メモ", read_text),
    ),
)
STAGES = SheetKind(
    "支援の段階",
    (
        Column("ケース番号", read_number, required=True),
        Column("日付", read_day, required=True),
        Column("段階", read_text, required=True),
        Column("ようす", read_text),
    ),
)
CONFERENCES = SheetKind(
    "支援調整会議",
    (
        Column("会議番号", read_number, required=True),
        Column("開催日", read_day, required=True),
        Column("開催区", read_text, required=True),
        Column("根拠", read_text),
        Column("出席機関", read_items),
    ),
)
ITEMS = SheetKind(
    "会議案件",
    (
        Column("会議番号", read_number, required=True),
        Column("ケース番号", read_number, required=True),
        Column("区分", one_of({"新規": "new", "継続": "continued"}), required=True),
        Column("つながった経路", read_text),
        Column("主担当", read_text),
    ),
)
QUESTIONS = SheetKind(
    "設問",
    (
        Column("調査", read_text, required=True),
        Column("設問", read_text, required=True),
        Column("形式", one_of({"単一": "single", "複数": "multiple"}), required=True),
        Column("選択肢", read_items, required=True),
    ),
)
ANSWERS = SheetKind(
    "アンケート回答",
    (
        Column("調査", read_text, required=True),
        Column("回答番号", read_number, required=True),
        Column("設問", read_text, required=True),
        Column("回答", read_items),
    ),
)
# In the order in which they build on each other.
SHEETS = (CASES, STATES, CONTACTS, STAGES, CONFERENCES, ITEMS, QUESTIONS, ANSWERS)
# Days on which something has happened cannot lie ahead; a sitting may be planned.
_HAPPENED = frozenset({"受付日", "対応日", "日付"})


def kind_of(title: str) -> SheetKind | None:
    """The kind of sheet that a title or file name means: the one whose name it is, or the only one it contains."""
    key = header_key(title)
    exact = [kind for kind in SHEETS if header_key(kind.name) == key]
    contained = [kind for kind in SHEETS if header_key(kind.name) in key]
    found = exact or contained
    return found[0] if len(found) == 1 else None


def read_row(kind: SheetKind, record: Record, today: dt.date) -> Values | Fault:
    """The values of one row, or all that is wrong with it in one fault."""
    values: dict[str, Any] = {}
    faults = []
    for column in kind.columns:
        cell = record.cells.get(column.name)
        try:
            values[column.name] = _read_cell(column, cell, today)
        except Unreadable as error:
            faults.append(Fault(column.name, shown(cell).strip(), str(error), error.accepted))
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
    if column.required and value in (None, "", []):
        raise Unreadable("必ず要る項目が空です", "この列には必ず何か入れてください")
    if column.name in _HAPPENED and isinstance(value, dt.date) and value > today:
        raise Unreadable("まだ来ていない日付です", f"{today.isoformat()} までの日付")
    return value


def joined(faults: Sequence[Fault]) -> Fault:
    """Several faults of one row as one, in the order of the columns."""
    first, *others = faults
    if not others:
        return first
    return Fault(
        "、".join(fault.column for fault in faults),
        "、".join(fault.value or "（空）" for fault in faults),
        "／".join(f"{fault.column}：{fault.problem}" for fault in faults),
        "／".join(f"{fault.column}：{fault.accepted}" for fault in faults),
    )


def desk_group(name: str) -> str:
    """How the verification report counts a desk that the ledger names for the first time."""
    if folded(name) == "「よりそい・つなぐ」相談窓口":
        return "all_age"
    return "ward_centre" if "保健福祉センター" in name else "former"


def with_notes(text: str, notes: Mapping[str, str]) -> str:
    """Free text with the further columns of the row below it."""
    return "\n".join([*filter(None, [text]), *(f"［{title}］{note}" for title, note in notes.items())])
