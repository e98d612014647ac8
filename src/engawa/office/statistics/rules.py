"""What a table is, and how counted groups become its cells. Plain values only."""

import datetime as dt
import enum
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, LiteralString
from uuid import UUID

from engawa.kernel.fiscal import Period
from engawa.kernel.rounding import half_up, share, shares_to_hundred
from engawa.kernel.words import Words

WINDOW, COMPARISON, DIFFERENCE = Words("対象期間"), Words("比較期間"), Words("増減")
TOTAL, SHARE, NO_ANSWER = Words("合計"), Words("割合"), Words("無回答")

# None is "not applicable", printed as －: never 0.
Value = int | Decimal | None


class Hidden(enum.Enum):
    """A figure that is kept back so that nobody is recognised by it（秘匿）, printed as official statistics do."""

    SIGN = "X"


HIDDEN = Hidden.SIGN
Shown = Value | Hidden


class Rounding(enum.Enum):
    """How shares are rounded (standards.md §8)."""

    TO_HUNDRED = "最大剰余法（合計が100.0になる）"
    HALF_UP = "四捨五入（合計は100にならないことがある）"


class Mean(enum.Enum):
    """Whose monthly mean is stated below a table: that of its rows, which are months, or one of each row."""

    OF_ROWS = "months"
    OF_EACH_ROW = "each"


@dataclass(frozen=True)
class Scope:
    """What a table is asked for: a window, perhaps a window to compare with, and the day whose knowledge counts.

    With ``organisations`` only the cases that these hold now are counted, and their gatherings, else the whole house's.
    """

    window: Period
    comparison: Period | None = None
    as_of: dt.date | None = None
    organisations: tuple[UUID, ...] = ()

    @property
    def day(self) -> dt.date:
        """The day as of which states are looked up: the window's last, unless another is asked for."""
        return self.as_of or self.window.last

    @property
    def as_asked(self) -> dict[str, dt.date | None]:
        """The days by the names that forms, releases and the audit log know them by."""
        before = self.comparison
        return {
            "first": self.window.first,
            "last": self.window.last,
            "first_before": before.first if before else None,
            "last_before": before.last if before else None,
            "as_of": self.day,
        }


@dataclass(frozen=True)
class Facts:
    """Rows that can be counted: one SQL relation with a ``day``, and who belongs to the base of a table.

    Args:
        relation: SELECT with the named parameters first, last and as_of.
        base: SQL condition for what is counted in the window.
        base_before: the same for the comparison window.
        dated: false where the facts have no day and every window shows all of them.
        maybe_undated: some of them have a day, and count in its window alone; those without count in every window.
        narrows: false where they go through no view that knows which organisation holds what it shows.
    """

    relation: LiteralString
    base: LiteralString = "true"
    base_before: LiteralString = "true"
    dated: bool = True
    maybe_undated: bool = False
    narrows: bool = True

    @property
    def narrowed(self) -> LiteralString:
        """The relation of the cases and gatherings of some organisations alone (``engawa.counted``)."""
        cases: LiteralString = self.relation.replace("statistics_case ", "statistics_case_of ")
        return cases.replace("statistics_gathering ", "statistics_gathering_of ")


@dataclass(frozen=True)
class Measure:
    """指標: what one cell counts, and whether it counts things once (実数) or each time (延べ).

    ``of_lives`` is false where meetings or agencies are counted: a small number of those reveals nobody.
    """

    name: str
    unit: str
    count: LiteralString = "count(*)"
    of_lives: bool = True


@dataclass(frozen=True)
class Category:
    """One row or column; ``always`` prints a zero, ``new`` did not exist in the comparison window."""

    label: str
    always: bool = True
    new: bool = False


@dataclass(frozen=True)
class Axis:
    """The rows or columns of a table: an SQL expression, and the categories that its values fold into.

    A value that folds into no listed category gets a category of its own behind them, so that rows always add up.
    With ``free_text`` such a value is what somebody typed.
    """

    title: str
    sql: LiteralString
    categories: tuple[Category, ...] | Callable[[Scope], tuple[Category, ...]] = ()
    fold: Callable[[Any], str] = str
    total: bool = False
    free_text: bool = False

    def listed(self, scope: Scope) -> tuple[Category, ...]:
        return self.categories(scope) if callable(self.categories) else self.categories

    def without_total(self) -> "Axis":
        """The same axis for a table whose shares stand in place of a total."""
        return replace(self, total=False)


@dataclass(frozen=True)
class Table:
    """集計表: measure × rows × columns, with base, total and rounding rule, defined once.

    Without ``rows`` each measure is a row. ``periods`` sets the comparison window beside the window, with the
    difference. ``rounding`` adds a column of shares; their base is the SQL expression ``share_base``, or the sum.
    ``mean`` says whose monthly mean is stated.
    """

    name: str
    title: str
    facts: Facts
    measures: tuple[Measure, ...]
    rows: Axis | None = None
    columns: Axis | None = None
    periods: bool = False
    rounding: Rounding | None = None
    share_base: LiteralString | None = None
    mean: Mean | None = None
    definition: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def measure(self) -> Measure:
        return self.measures[0]

    def of_former_desks(self) -> "Table":
        """The same table for what was there before: its window is then a comparison window."""
        return replace(self, facts=replace(self.facts, base=self.facts.base_before), periods=False)


@dataclass(frozen=True)
class Group:
    """One row of the grouped query: raw values of the two axes, and what was counted."""

    row: Any
    column: Any
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Filled:
    """A table with its figures.

    ``base`` is the n that shares refer to; ``discretion`` says below which count figures are hidden, if any are.
    """

    table: Table
    scope: Scope
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Mapping[tuple[str, str], Shown]
    base: int | None = None
    discretion: str = ""

    @property
    def name(self) -> str:
        return self.table.name

    def __getitem__(self, place: tuple[str, str]) -> Shown:
        return self.values[place]

    @property
    def hides(self) -> bool:
        """Whether any figure is kept back."""
        return HIDDEN in self.values.values()

    @property
    def mean(self) -> Decimal | None:
        """The monthly mean, for tables of months that state one."""
        if self.table.mean is not Mean.OF_ROWS or self.hides:
            return None
        counted = [value for value in self.values.values() if isinstance(value, int)]
        return half_up(Fraction(sum(counted), len(self.rows)))

    @property
    def means(self) -> dict[str, Decimal]:
        """The monthly mean of each row, for tables that state them; none unless the window is made of whole months."""
        months = self.scope.window.whole_months
        if self.table.mean is not Mean.OF_EACH_ROW or self.hides or not months:
            return {}
        sums = {row: self.values[row, self.columns[-1]] for row in self.rows}
        return {row: half_up(Fraction(count, months)) for row, count in sums.items() if isinstance(count, int)}

    @property
    def ratios(self) -> dict[str, Decimal]:
        """How many times its count in the comparison window each row's count is, where both are known and not 0."""
        if not self.table.periods or self.scope.comparison is None:
            return {}
        counts = {row: (self.values[row, WINDOW], self.values[row, COMPARISON]) for row in self.rows}
        return {
            row: half_up(Fraction(now, before))
            for row, (now, before) in counts.items()
            if isinstance(now, int) and isinstance(before, int) and now and before
        }

    def lines(self) -> Iterator[tuple[str, str, str, Shown]]:
        """Cell by cell: the body row by row, then the totals of the rows, then those of the columns."""
        for row, column in sorted(self.values, key=self._place):
            yield self.name, row, column, self.values[row, column]

    def _place(self, place: tuple[str, str]) -> tuple[int, int, int]:
        row, column = place
        part = 2 if row == TOTAL else 1 if column == TOTAL else 0
        return part, self.rows.index(row), self.columns.index(column)


def filled(table: Table, scope: Scope, groups: Sequence[Group], base: int | None = None) -> Filled:
    """The table's cells from the groups that were counted."""
    if table.rows is None:
        return _measures_as_rows(table, scope, groups)
    if table.periods:
        return _with_periods(table, scope, groups)
    if table.rounding:
        return _with_shares(table, scope, groups, base)
    return _crossed(table, scope, groups)


def _measures_as_rows(table: Table, scope: Scope, groups: Sequence[Group]) -> Filled:
    column = table.measure.unit
    counts = groups[0].counts if groups else (0,) * len(table.measures)
    names = tuple(measure.name for measure in table.measures)
    return Filled(
        table, scope, names, (column,), {(name, column): count for name, count in zip(names, counts, strict=True)}
    )


def _labels(axis: Axis, scope: Scope, found: Counter[str]) -> tuple[str, ...]:
    """Labels in the order to print: the listed ones that are always shown or were found, then the unlisted."""
    listed = axis.listed(scope)
    known = [category.label for category in listed]
    shown = [category.label for category in listed if category.always or found[category.label]]
    return (*shown, *sorted(label for label in found if label not in known and found[label]))


def _crossed(table: Table, scope: Scope, groups: Sequence[Group]) -> Filled:
    rows_axis, columns_axis = table.rows, table.columns
    if rows_axis is None:
        raise ValueError("a crossed table has rows")
    unit = table.measure.unit
    cells: Counter[tuple[str, str]] = Counter()
    for group in groups:
        cells[rows_axis.fold(group.row), columns_axis.fold(group.column) if columns_axis else unit] += group.counts[0]
    rows = _labels(rows_axis, scope, _summed(cells, 0))
    columns = _labels(columns_axis, scope, _summed(cells, 1)) if columns_axis else (unit,)
    values: dict[tuple[str, str], Shown] = {(row, column): cells[row, column] for row in rows for column in columns}
    if columns_axis and columns_axis.total:
        values |= {(row, TOTAL): sum(cells[row, column] for column in columns) for row in rows}
    if rows_axis.total:
        values |= {(TOTAL, column): sum(cells[row, column] for row in rows) for column in columns}
    if rows_axis.total and columns_axis and columns_axis.total:
        values[TOTAL, TOTAL] = cells.total()
    return Filled(table, scope, _and_total(rows, rows_axis), _and_total(columns, columns_axis), values)


def _and_total(labels: tuple[str, ...], axis: Axis | None) -> tuple[str, ...]:
    return (*labels, TOTAL) if axis and axis.total else labels


def _summed(cells: Counter[tuple[str, str]], side: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for place, count in cells.items():
        found[place[side]] += count
    return found


def _with_periods(table: Table, scope: Scope, groups: Sequence[Group]) -> Filled:
    axis = table.rows
    if axis is None:
        raise ValueError("a table of periods has rows")
    now: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for group in groups:
        now[axis.fold(group.row)] += group.counts[0]
        before[axis.fold(group.row)] += group.counts[1]
    rows = _labels(axis, scope, now + before)
    newcomers = {category.label for category in axis.listed(scope) if category.new}
    values: dict[tuple[str, str], Shown] = {}
    for row in rows:
        old = None if row in newcomers and not before[row] else before[row]
        values |= _side_by_side(row, now[row], old, compared=scope.comparison is not None)
    if axis.total:
        values |= _side_by_side(TOTAL, now.total(), before.total(), compared=scope.comparison is not None)
    columns = (COMPARISON, WINDOW, DIFFERENCE) if scope.comparison else (WINDOW,)
    return Filled(table, scope, _and_total(rows, axis), columns, values)


def _side_by_side(row: str, now: int, before: int | None, *, compared: bool) -> dict[tuple[str, str], Value]:
    if not compared:
        return {(row, WINDOW): now}
    return {(row, COMPARISON): before, (row, WINDOW): now, (row, DIFFERENCE): now - (before or 0)}


def _with_shares(table: Table, scope: Scope, groups: Sequence[Group], base: int | None) -> Filled:
    plain = _crossed(table, scope, groups)
    unit = table.measure.unit
    counts = [value if isinstance(value := plain[row, unit], int) else 0 for row in plain.rows]
    base = sum(counts) if base is None else base
    shares = shares_of(counts, base, table.rounding)
    values: dict[tuple[str, str], Shown] = dict(plain.values)
    values |= {(row, SHARE): value for row, value in zip(plain.rows, shares, strict=True)}
    return Filled(table, scope, plain.rows, (unit, SHARE), values, base)


def shares_of(counts: Sequence[int], base: int, rounding: Rounding | None) -> list[Decimal | None]:
    """Shares in per cent with one decimal; without a base there are none."""
    if rounding is Rounding.TO_HUNDRED:
        return shares_to_hundred(counts)
    return [share(count, base) for count in counts]
