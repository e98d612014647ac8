"""秘匿: small counts hidden in what is shown to people without a right to any case. Plain values only.

First the small counts themselves (primary), then as many others that sums and differences do not give them away
(complementary), as Japan's official statistics do: 「X」 for one or two, and for what would reveal them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from engawa.kernel.words import Words
from engawa.office.conferences.rules import OTHER_WORDS
from engawa.office.statistics.rules import (
    COMPARISON,
    DIFFERENCE,
    HIDDEN,
    SHARE,
    TOTAL,
    WINDOW,
    Filled,
    Group,
    Hidden,
    Rounding,
    Scope,
    Table,
    Value,
)


class NotReleasable(ValueError):
    """A window that is too short to be published; the message is for people."""


Place = tuple[str, str]
Counts = Mapping[Place, int]


@dataclass(frozen=True)
class Discretion:
    """How discreet to be: counts from one to below ``least`` are not shown.

    Args:
        least: the smallest count that is printed.
        source: the rule that says so.
    """

    least: int
    source: str

    def hides(self, count: int) -> bool:
        """Whether this count is too small to print. Nought tells of nobody."""
        return 0 < count < self.least


def check_releasable(scope: Scope, short_below: int) -> None:
    """A report can be released for whole months, as many of them as do not count as a short window.

    Raises:
        NotReleasable: it is a shorter window.
    """
    periods = [scope.window, *([scope.comparison] if scope.comparison else [])]
    if not all(period.whole_months >= short_below for period in periods):
        said = "公表できるのは、月の初日から末日までの%(months)sか月以上の期間です。"
        raise NotReleasable(Words(said, months=short_below))


def without_rare_words(table: Table, scope: Scope, groups: Sequence[Group], discretion: Discretion) -> list[Group]:
    """The groups, with free text that too few rows share gathered under one label.

    A label that somebody typed may itself say who is meant.
    """
    axis = table.rows
    if axis is None or not axis.free_text:
        return list(groups)
    listed = {category.label for category in axis.listed(scope)}
    counted: dict[str, int] = {}
    for group in groups:
        label = axis.fold(group.row)
        counted[label] = counted.get(label, 0) + sum(group.counts)
    rare = {label for label, count in counted.items() if label not in listed and count < discretion.least}
    return [replace(group, row=OTHER_WORDS) if axis.fold(group.row) in rare else group for group in groups]


def discreet(filled: Filled, discretion: Discretion) -> Filled:
    """The same table with small counts, and what would give them away, hidden."""
    hidden = _hidden(filled, discretion)
    values: dict[Place, Value | Hidden] = {
        place: HIDDEN if place in hidden and value is not None else value for place, value in filled.values.items()
    }
    base = None if filled.base is not None and discretion.hides(filled.base) else filled.base
    return replace(
        filled,
        values=values,
        base=base,
        discretion=Words("%(least)s未満（%(source)s）", least=discretion.least, source=discretion.source),
    )


def _hidden(filled: Filled, discretion: Discretion) -> set[Place]:
    table = filled.table
    if table.rows is None:
        lives = {measure.name for measure in table.measures if measure.of_lives}
        return {place for place, count in _counts(filled).items() if place[0] in lives and discretion.hides(count)}
    if table.periods:
        either = _in_column(filled, WINDOW, discretion) | _in_column(filled, COMPARISON, discretion)
        return either | {(row, DIFFERENCE) for row, _ in either}
    if table.columns is None:
        several = table.rounding is Rounding.HALF_UP  # of several answers no sum is known
        column = filled.columns[0]
        found = _in_column(filled, column, discretion, sums=not several)
        return found | {(row, SHARE) for row, _ in found}
    return concealed(_with_totals(_counts(filled)), discretion)


def _counts(filled: Filled) -> dict[Place, int]:
    return {place: value for place, value in filled.values.items() if isinstance(value, int)}


def _in_column(filled: Filled, column: str, discretion: Discretion, *, sums: bool = True) -> set[Place]:
    counts = {place: count for place, count in _counts(filled).items() if place[1] == column}
    if not sums:
        return {place for place, count in counts.items() if discretion.hides(count)}
    return concealed(counts, discretion)


def _with_totals(counts: Counts) -> dict[Place, int]:
    """The body with all its sums: what is not printed here may be known from elsewhere."""
    body = {place: count for place, count in counts.items() if TOTAL not in place}
    whole = dict(body)
    for (row, column), count in body.items():
        for sum_ in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            whole[sum_] = whole.get(sum_, 0) + count
    return whole


def concealed(counts: Counts, discretion: Discretion) -> set[Place]:
    """The places to hide in a table of rows × columns, or of one column.

    Afterwards every hidden small count stands in a rectangle of hidden ones (so that it can be larger or smaller
    without any sum changing), and what is hidden in a row or column adds up to at least ``least`` and to more than
    one for each place.
    """
    hidden = {place for place, count in counts.items() if discretion.hides(count)}
    while more := next(_needed(counts, hidden, discretion), None):
        hidden |= more
    return hidden


def _needed(counts: Counts, hidden: set[Place], discretion: Discretion) -> Iterator[set[Place]]:
    for line in _lines(counts):
        inside = [place for place in line if place in hidden]
        spare = sorted((place for place in line if place not in hidden and counts[place]), key=counts.__getitem__)
        amount = sum(counts[place] for place in inside)
        if inside and spare and (len(inside) == 1 or amount < discretion.least or amount == len(inside)):
            yield {spare[0]}
    if len({column for _, column in counts}) > 1:
        for small in sorted(place for place in hidden if discretion.hides(counts[place])):
            rectangles = list(_rectangles(counts, small))
            if rectangles and not any(corners <= hidden for corners in rectangles):
                yield min(rectangles, key=lambda corners: _price(counts, corners - hidden))


def _lines(counts: Counts) -> Iterator[list[Place]]:
    """Rows and columns whose sum may be known, without the sums themselves."""
    columns = sorted({column for _, column in counts})
    for column in columns:
        yield [place for place in sorted(counts) if place[1] == column and place[0] != TOTAL]
    if len(columns) > 1:
        for row in sorted({row for row, _ in counts}):
            yield [place for place in sorted(counts) if place[0] == row and place[1] != TOTAL]


def _rectangles(counts: Counts, corner: Place) -> Iterator[set[Place]]:
    rows = {row for row, _ in counts} - {corner[0]}
    columns = {column for _, column in counts} - {corner[1]}
    for row, column in product(sorted(rows), sorted(columns)):
        yield {(row, column), (corner[0], column), (row, corner[1])}


def _price(counts: Counts, places: set[Place]) -> tuple[int, int, int]:
    """What hiding these costs: first noughts (they give no room), then sums, then what readers lose."""
    noughts = sum(not counts[place] for place in places)
    return noughts, sum(TOTAL in place for place in places), sum(counts[place] for place in places)
