"""Writes workbooks and CSV files whose cells nobody's spreadsheet program computes."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter

from engawa.kernel.spreadsheets.cells import neutral

Written = str | int | Decimal | dt.date | None

_BAD_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "・"))
LONGEST_NAME = 31


@dataclass(frozen=True)
class Page:
    """One sheet to be written: lines above the header, the header, the rows, widths in characters."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Written]]
    above: Sequence[str] = ()
    widths: Sequence[int] = ()
    below: Sequence[str] = ()


def csv_bytes(rows: Iterable[Sequence[Written]], *, mark: bool = True) -> bytes:
    """CSV in UTF-8 with the mark that lets Excel recognise it; text is neutralised, numbers are plain."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


def book_bytes(pages: Iterable[Page]) -> bytes:
    """An .xlsx workbook; rows are written as they come and not kept in memory."""
    stream = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        taken: set[str] = set()
        for page in pages:
            _write_page(book, page, sheet_name(page.name, taken))
    return stream.getvalue()


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel accepts: 31 characters, no signs of its own, no name twice."""
    plain = name.translate(_BAD_IN_NAMES)
    for number in range(1, 1000):
        tail = "" if number == 1 else f" ({number})"
        fitted = (plain[: LONGEST_NAME - len(tail)] or "表") + tail
        if fitted.casefold() not in taken:
            break
    taken.add(fitted.casefold())
    return fitted


def _write_page(book: xlsxwriter.Workbook, page: Page, name: str) -> None:
    sheet = book.add_worksheet(name)
    formats = _Formats.of(book)
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width)
    for line, text in enumerate(page.above):
        sheet.write_string(line, 0, neutral(text), formats.strong)
    line = len(page.above)
    for column, title in enumerate(page.header):
        sheet.write_string(line, column, neutral(title), formats.head)
    sheet.freeze_panes(line + 1, 0)
    for row in page.rows:
        line += 1
        _write_row(sheet, line, row, formats)
    for text in page.below:
        line += 1
        sheet.write_string(line, 0, neutral(text))


@dataclass(frozen=True)
class _Formats:
    """How cells look: negative numbers with △, as offices print them; the number itself stays plain."""

    strong: Any
    head: Any
    day: Any
    whole: Any
    share: Any

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> "_Formats":
        return cls(
            strong=book.add_format({"bold": True}),
            head=book.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#f3ecdf", "text_wrap": True, "valign": "top"}
            ),
            day=book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            whole=book.add_format({"num_format": '#,##0;"△"#,##0'}),
            share=book.add_format({"num_format": '0.0;"△"0.0'}),
        )


def _write_row(sheet: Any, line: int, row: Sequence[Written], formats: _Formats) -> None:
    for column, cell in enumerate(row):
        match cell:
            case None:
                continue
            case str():
                sheet.write_string(line, column, neutral(cell))
            case dt.date():
                sheet.write_datetime(line, column, dt.datetime.combine(cell, dt.time()), formats.day)
            case Decimal():
                sheet.write_number(line, column, cell, formats.share)
            case _:
                sheet.write_number(line, column, cell, formats.whole)
