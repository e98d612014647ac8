"""Papers as a workbook, one sheet each, that looks like the forms: boxes, shaded labels, A4.

A form lies on a grid of narrow columns whose cells are merged, as offices draw their own forms; a list keeps plain
columns, so that it can be sorted and filtered.
"""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

import xlsxwriter

from engawa.kernel.japanese import written_in_japanese
from engawa.kernel.spreadsheets.cells import neutral
from engawa.kernel.spreadsheets.writing import sheet_name
from engawa.office.casework.papers.rules import Paper, Section

_GRID, _LETTERS = 20, 4.6  # columns of a form, and the half-width letters that fit into one
_OF_A_PART = 3.4  # half-width letters for each part of a list's breadth
_LINE, _HIGHEST = 14.5, 400.0  # points
_A4 = 9
_LINE_WIDTHS = (5, 15)


@written_in_japanese
def as_workbook(papers: Sequence[Paper]) -> bytes:
    """The papers as a workbook; several of one kind are named by their cases."""
    stream, taken = io.BytesIO(), set[str]()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        looks = _Looks.of(book)
        for paper in papers:
            name = paper.title if len(papers) == 1 else dict(paper.head).get("ID", paper.title)
            _Sheet(book.add_worksheet(sheet_name(name, taken)), looks, _widths(paper)).write(paper)
    return stream.getvalue()


def _is_list(paper: Paper) -> bool:
    return len(paper.sections) == 1 and bool(paper.sections[0].columns)


def _widths(paper: Paper) -> list[float]:
    """How many half-width letters fit into each column of the sheet."""
    return [_OF_A_PART * width for width in paper.sections[0].widths] if _is_list(paper) else [_LETTERS] * _GRID


@dataclass(frozen=True)
class _Looks:
    """How cells look."""

    title: Any
    heading: Any
    label: Any
    value: Any
    plain: Any

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> "_Looks":
        boxed = {"border": 1, "border_color": "#5a5a5a", "text_wrap": True, "valign": "top"}
        return cls(
            title=book.add_format({"bold": True, "font_size": 14, "align": "center"}),
            heading=book.add_format({"bold": True, "valign": "bottom"}),
            label=book.add_format({**boxed, "bold": True, "bg_color": "#eeeeee"}),
            value=book.add_format(boxed),
            plain=book.add_format({"text_wrap": True, "valign": "top"}),
        )


@dataclass
class _Sheet:
    """One sheet, written row by row. ``row`` is the next that is free."""

    sheet: Any
    looks: _Looks
    widths: Sequence[float]
    row: int = field(default=0)

    def write(self, paper: Paper) -> None:
        self._lay_out(paper)
        self._line([(paper.title, self.looks.title)])
        self._head(paper)
        for section in paper.sections:
            self._section(section)
        for text in filter(None, [paper.agreement, paper.agreement and "　　　年　　　月　　　日　　氏名", paper.note]):
            self.row += 1
            self._line([(text, self.looks.plain)])

    def _lay_out(self, paper: Paper) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_paper(_A4)
        self.sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        if paper.broad:
            self.sheet.set_landscape()

    def _head(self, paper: Paper) -> None:
        if _is_list(paper):
            self._line([("　".join(f"{label}：{value}" for label, value in paper.head), self.looks.plain)])
            return
        lines = [*paper.head, ("", "")] if len(paper.head) % 2 else paper.head
        for (one, said), (other, said_too) in zip(lines[::2], lines[1::2], strict=True):
            cells = [(one, self.looks.label), (said, self.looks.value)]
            self._line([*cells, (other, self.looks.label), (said_too, self.looks.value)], (4, 6, 4, 6))

    def _section(self, section: Section) -> None:
        if section.title:
            self._line([(section.title, self.looks.heading)])
        if section.columns:
            self._line([(title, self.looks.label) for title in section.columns], section.widths)
        if section.columns and len(self.widths) == len(section.columns):
            self.sheet.freeze_panes(self.row, 0)
            self.sheet.repeat_rows(self.row - 1)
            self.sheet.autofilter(self.row - 1, 0, self.row - 1 + len(section.rows), len(section.columns) - 1)
        for row in section.rows:
            first = self.looks.value if section.columns or len(row) == 1 else self.looks.label
            looks = [first, *[self.looks.value] * (len(row) - 1)]
            self._line(list(zip(row, looks, strict=True)), section.widths or _LINE_WIDTHS)

    def _line(self, cells: Sequence[tuple[str, Any]], parts: Sequence[int] = (1,)) -> None:
        """A row of cells, each over its part of the breadth, as high as its longest text wants."""
        edges = _edges(parts, len(self.widths))
        lines = 1
        for (text, look), (begin, end) in zip(cells, pairwise(edges), strict=True):
            lines = max(lines, _lines(text, sum(self.widths[begin:end])))
            if end - begin > 1:
                self.sheet.merge_range(self.row, begin, self.row, end - 1, neutral(text), look)
            else:
                self.sheet.write_string(self.row, begin, neutral(text), look)
        self.sheet.set_row(self.row, min(_HIGHEST, _LINE * lines + 4))
        self.row += 1


def _edges(parts: Sequence[int], columns: int) -> list[int]:
    """Where cells of these parts begin and end on a sheet of so many columns."""
    if len(parts) == columns:
        return [*range(columns + 1)]
    total = sum(parts)
    return [0, *(round(reached * columns / total) for reached in accumulate(parts))]


def _lines(text: str, letters: float) -> int:
    """How many lines a text takes in a cell of so many half-width letters."""
    return sum(max(1, -int(-_letters(line) // letters)) for line in text.split("\n"))


def _letters(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
