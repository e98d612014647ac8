"""Reads workbooks and CSV files, line by line: values, never formulas; merged cells repeat downwards."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePath
from typing import Any

import openpyxl

from engawa.kernel.spreadsheets.archive import UNREADABLE, Merge, SheetFacts, inspect
from engawa.kernel.spreadsheets.cells import Broken, Cell, Refused, unshielded
from engawa.kernel.words import Words

MOST_COLUMNS = 200
MOST_ROWS = 1_048_576
# Behind a row of an absurd number, rows that do not exist would be read for ever.
MOST_EMPTY_ROWS = 20_000
_PIECE = 64 * 1024
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
_BOOKS = frozenset({".xlsx", ".xltx"})
_TEXTS = frozenset({".csv", ".tsv", ".txt"})

Lines = Iterator[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True)
class Source:
    """A file as it was handed over."""

    name: str
    content: bytes

    @property
    def ending(self) -> str:
        return PurePath(self.name).suffix.lower()


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, or one CSV file under its name without ending.

    ``size`` is about how many lines there are; ``lines`` starts anew at each call.
    """

    name: str
    file: str
    size: int
    lines: Callable[[], Lines]


def sources_of(path: Path) -> list[Source]:
    """The file at ``path``, or the spreadsheets in the folder at ``path``, by name.

    Raises:
        Refused: nothing is there, or the folder holds no spreadsheet.
    """
    if path.is_file():
        return [Source(path.name, path.read_bytes())]
    files = sorted(entry for entry in path.glob("*") if entry.suffix.lower() in _BOOKS | _TEXTS and entry.is_file())
    if not files:
        raise Refused(Words("「%(path)s」に Excel または CSV のファイルが見つかりません。", path=path))
    return [Source(entry.name, entry.read_bytes()) for entry in files]


def sheets_of(source: Source) -> list[Sheet]:
    """The sheets of one file, unread.

    Raises:
        Refused: the file is of another kind, damaged, or carries what must not come in.
    """
    if source.ending in {".xlsm", ".xltm", ".xlsb", ".xlam"}:
        raise Refused("マクロを含む形式のファイルは読み込めません。マクロなしのブック（.xlsx）で保存し直してください。")
    if source.ending in _TEXTS:
        content, encoding = source.content, encoding_of(source.content)
        name = PurePath(source.name).stem
        return [Sheet(name, source.name, content.count(b"\n"), lambda: _csv_lines(content, encoding))]
    if source.ending in _BOOKS | {".xls"}:
        return _book_sheets(source)
    said = "「%(name)s」は読み込めない種類のファイルです。Excel（.xlsx）か CSV にしてください。"
    raise Refused(Words(said, name=source.name))


def encoding_of(content: bytes) -> str:
    """How a CSV file is encoded: UTF-8, UTF-16 or CP932 (as Excel in Japan writes it), with or without BOM.

    Raises:
        Refused: none of them fits.
    """
    for encoding in _encodings(content):
        if _fits(content, encoding):
            return encoding
    raise Refused("文字コードを判別できません。UTF-8 か Shift_JIS（CP932）の CSV で保存し直してください。")


def _encodings(content: bytes) -> list[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    # Without a mark, UTF-16 betrays itself by the zero bytes of its commas and line ends.
    if b"\x00" in content[:2000]:
        return ["utf-16-le" if content[:2000].find(b"\x00") % 2 else "utf-16-be"]
    return ["utf-8-sig", "cp932"]


def _fits(content: bytes, encoding: str) -> bool:
    """Whether all of it can be decoded; piece by piece, for a whole file as text is several times as large."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _csv_lines(content: bytes, encoding: str) -> Lines:
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    start = text.read(5000)
    text.seek(0)
    delimiter = "\t" if start.count("\t") > start.count(",") else ","
    reader = csv.reader(text, delimiter=delimiter)
    try:
        for number, line in enumerate(reader, start=1):
            yield number, [_value(unshielded(cell)) for cell in line[:MOST_COLUMNS]]
    except csv.Error as error:
        said = 'CSV の %(line)s 行目を読めません。引用符（"）の対応を確かめてください。'
        raise Refused(Words(said, line=reader.line_num)) from error


def _book_sheets(source: Source) -> list[Sheet]:
    facts = inspect(source.content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(source.content), read_only=True, data_only=True)
    except UNREADABLE as error:
        raise Refused(
            "ファイルが壊れているか、Excel のファイルではありません。"
            "Excel で開けるか確かめ、.xlsx で保存し直してください。"
        ) from error
    return [_book_sheet(source, sheet, facts) for sheet in book.worksheets]


def _book_sheet(source: Source, sheet: Any, facts: dict[str, SheetFacts]) -> Sheet:
    # openpyxl keeps the path of a sheet inside the file to itself; merged cells are known by that path.
    path = sheet._worksheet_path  # noqa: SLF001 - see above
    known = facts.get(path.lstrip("/"), SheetFacts())
    return Sheet(sheet.title, source.name, known.rows, _reader(source.content, sheet, known))


def _reader(content: bytes, sheet: Any, known: SheetFacts) -> Callable[[], Lines]:
    def lines() -> Lines:
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        formulas = _formulas(content, sheet.title) if known.has_formulas else None
        try:
            yield from _filled(_values(_dense(rows, sheet.title), formulas), known.merges)
        except UNREADABLE as error:
            said = "シート「%(sheet)s」が壊れていて読めません。Excel で保存し直してください。"
            raise Refused(Words(said, sheet=sheet.title)) from error

    return lines


def _dense(rows: Iterator[tuple[Any, ...]], title: str) -> Iterator[tuple[Any, ...]]:
    empty = 0
    for row in rows:
        empty = 0 if any(value is not None for value in row) else empty + 1
        if empty > MOST_EMPTY_ROWS:
            said = "シート「%(sheet)s」に空の行が %(most)s 行を超えて続きます。余分な行を削除してください。"
            raise Refused(Words(said, sheet=title, most=f"{MOST_EMPTY_ROWS:,}"))
        yield row


def _formulas(content: bytes, title: str) -> Iterator[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    return iter(book[title].iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True))


def _values(rows: Iterator[tuple[Any, ...]], formulas: Iterator[tuple[Any, ...]] | None) -> Iterator[list[Cell]]:
    for row in rows:
        cells = [_value(unshielded(value) if isinstance(value, str) else value) for value in row]
        behind = next(formulas, ()) if formulas is not None else ()
        for place, formula in enumerate(behind[: len(cells)]):
            if cells[place] is None and isinstance(formula, str) and formula.startswith("="):
                cells[place] = Broken(formula, "数式の計算結果が保存されていません")
        yield cells


def _value(value: Any) -> Cell:
    if isinstance(value, str) and value.strip() in _ERRORS:
        return Broken(value.strip(), "Excel のエラー値です")
    cell: Cell = value
    return cell


def _filled(rows: Iterator[list[Cell]], merges: Sequence[Merge]) -> Lines:
    """Numbered lines in which a merged area shows its value in each of its rows (first column of the area)."""
    waiting = sorted((merge for merge in merges if merge.bottom > merge.top), key=lambda merge: merge.top, reverse=True)
    running: list[tuple[Merge, Cell]] = []
    for number, cells in enumerate(rows, start=1):
        running = [(merge, value) for merge, value in running if merge.bottom >= number]
        for merge, value in running:
            if merge.left <= len(cells):
                cells[merge.left - 1] = value
        while waiting and waiting[-1].top <= number:
            merge = waiting.pop()
            running.append((merge, next(chain(cells[merge.left - 1 : merge.left], [None]))))
        yield number, cells
