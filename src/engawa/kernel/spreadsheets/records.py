"""Finds the header of a sheet by the names of its columns, and reads the lines under it as records."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from engawa.kernel.spreadsheets.cells import Cell, header_key, is_empty, shown
from engawa.kernel.spreadsheets.reading import Lines, Sheet

SEARCHED_LINES = 30
_NOTE_MARKS = ("※", "＊", "*", "注)", "注）", "（注", "(注")


@dataclass(frozen=True)
class Header:
    """Where the header stands, which column holds what, and the columns that nobody asked for."""

    line: int
    places: Mapping[str, int]
    extra: Mapping[str, int]

    def missing(self, needed: Collection[str]) -> list[str]:
        """The needed columns that are not there."""
        return [name for name in needed if name not in self.places]


@dataclass(frozen=True)
class Record:
    """One line under the header: known cells by column name, and what stands in the other columns."""

    line: int
    cells: Mapping[str, Cell]
    notes: Mapping[str, str]


def find_header(sheet: Sheet, known: Collection[str]) -> Header | None:
    """The line among the first thirty that names most of the known columns; None when no line names two of them.

    A sheet of a single known column needs that one.
    """
    keys = {header_key(name): name for name in known}
    headers = [_header(number, cells, keys) for number, cells in islice(sheet.lines(), SEARCHED_LINES)]
    best = max(headers, key=lambda header: len(header.places), default=None)
    return best if best and len(best.places) >= min(2, len(keys)) else None


def _header(number: int, cells: Sequence[Cell], keys: Mapping[str, str]) -> Header:
    places: dict[str, int] = {}
    extra: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = keys.get(header_key(cell))
        if name and name not in places:
            places[name] = place
        elif not is_empty(cell):
            extra.setdefault(shown(cell).strip(), place)
    return Header(number, places, extra)


def records(sheet: Sheet, header: Header) -> Iterator[Record]:
    """The records under the header; empty lines, notes and repeated headers are passed over."""
    for number, cells in _under(sheet.lines(), header):
        if not _is_note(cells):
            yield Record(
                number,
                {name: _at(cells, place) for name, place in header.places.items()},
                {
                    title: shown(_at(cells, place)).strip()
                    for title, place in header.extra.items()
                    if _has(cells, place)
                },
            )


def _under(lines: Lines, header: Header) -> Lines:
    keys = {place: header_key(name) for name, place in header.places.items()}
    for number, cells in lines:
        if number <= header.line or all(map(is_empty, cells)):
            continue
        if any(header_key(_at(cells, place)) != key for place, key in keys.items()):
            yield number, cells


def _is_note(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if not is_empty(cell)]
    return len(filled) == 1 and isinstance(filled[0], str) and filled[0].lstrip().startswith(_NOTE_MARKS)


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _has(cells: Sequence[Cell], place: int) -> bool:
    return not is_empty(_at(cells, place))
