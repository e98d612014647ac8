"""The report as a workbook: one flat sheet for programs, one sheet for each table as printed, with real numbers."""

from collections.abc import Iterator
from decimal import Decimal

from engawa.kernel.japanese import written_in_japanese
from engawa.kernel.spreadsheets.writing import Page, book_bytes
from engawa.office.statistics.formats.plain import plain
from engawa.office.statistics.formats.printed import notes_of, scope_printed
from engawa.office.statistics.rules import Filled
from engawa.office.statistics.verification import Report


@written_in_japanese
def as_workbook(report: Report) -> bytes:
    """The report as an .xlsx file."""
    return book_bytes(_pages(report))


@written_in_japanese
def table_as_workbook(filled: Filled) -> bytes:
    """One table as an .xlsx file."""
    return book_bytes([_table_page(filled)])


def _pages(report: Report) -> Iterator[Page]:
    lines = (line for table in report.tables for line in table.lines())
    rows = [(name, row, column, plain(value)) for name, row, column, value in lines]
    yield Page("一覧", ("table", "row", "column", "value"), rows, widths=(34, 44, 14, 10))
    for table in report.tables:
        yield _table_page(table)


def _table_page(filled: Filled) -> Page:
    table = filled.table
    return Page(
        table.title,
        (table.rows.title if table.rows else "指標", *filled.columns),
        [(row, *(_cell(filled, row, column) for column in filled.columns)) for row in filled.rows],
        above=(table.title, *("：".join(line) for line in scope_printed(filled.scope, eras=True)), ""),
        below=("", *notes_of(filled)),
        widths=(40, *(14 for _ in filled.columns)),
    )


def _cell(filled: Filled, row: str, column: str) -> int | Decimal | str:
    return plain(filled[row, column]) if (row, column) in filled.values else ""
