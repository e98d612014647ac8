"""The report of rows that were set aside: a workbook that can be mended and imported as it is."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from engawa.kernel.spreadsheets.writing import Page, book_bytes
from engawa.kernel.words import Words, translated
from engawa.office.ledger.rules import REPORT_MARK, SHEETS, SetAside

_REPORT = tuple(f"{REPORT_MARK}{title}" for title in ("元の行", "列", "問題", "受け付ける書き方"))
_ADVICE = Words("※直してから、このファイルをそのまま取り込んでください（「取込：」の列は読みません）。")


def mending_book(rows: Sequence[SetAside]) -> bytes:
    """The rows as sheets of a ledger, each with what is wrong and what would be accepted."""
    return book_bytes(_pages(rows))


def _pages(rows: Sequence[SetAside]) -> Iterator[Page]:
    order = [kind.name for kind in SHEETS]
    for sheet, found in groupby(sorted(rows, key=lambda row: order.index(row.sheet)), key=attrgetter("sheet")):
        yield _page(sheet, list(found))


def _page(sheet: str, rows: Sequence[SetAside]) -> Page:
    names = next(kind.names for kind in SHEETS if kind.name == sheet)
    others = dict.fromkeys(title for row in rows for title in row.cells if title not in names)
    columns = [*names, *others]
    return Page(
        sheet,
        [*columns, *_REPORT],
        [[*(row.cells.get(column, "") for column in columns), *_report_cells(row)] for row in rows],
        above=[translated(_ADVICE)],
        widths=[*(16 for _ in columns), 10, 16, 48, 40],
    )


def _report_cells(row: SetAside) -> tuple[int, str, str, str]:
    return row.line, row.fault.column, translated(row.fault.problem), translated(row.fault.accepted)
