"""Tables as people read them: △ for negative, － for not applicable, thousands apart, eras on paper (X-08)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, gettext

from engawa.kernel import wareki
from engawa.kernel.fiscal import Period, write_fiscal_year
from engawa.kernel.words import Words, translated
from engawa.office.statistics.rules import (
    COMPARISON,
    DIFFERENCE,
    SHARE,
    TOTAL,
    WINDOW,
    Filled,
    Hidden,
    Rounding,
    Scope,
    Shown,
    Table,
)
from engawa.ui.figures import Figure, Number, draw

_MONTH = re.compile(r"\d{4}-\d{2}")
_YEAR = re.compile(r"((?:大正|昭和|平成|令和)(?:元|\d+)年)度")
_WIDTH = 620  # of a drawing, in pixels
_SHARES = {
    Rounding.TO_HUNDRED: Words("n = %(base)s。割合は最大剰余法で小数第1位まで。"),
    Rounding.HALF_UP: Words("n = %(base)s。割合は四捨五入で小数第1位まで。複数回答のため、割合の合計は100にならない。"),
}


@dataclass(frozen=True)
class Line:
    """One row as printed."""

    label: str
    cells: tuple[str, ...]
    total: bool


@dataclass(frozen=True)
class Printed:
    """A table as printed."""

    name: str
    title: str
    head: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]

    @property
    def as_text(self) -> str:
        """The table for the clipboard: tabs between cells, one line for each row."""
        rows = [(self.head, *self.columns), *((line.label, *line.cells) for line in self.lines)]
        return "\n".join("\t".join(row) for row in rows)


def value_printed(value: Shown) -> str:
    """△58, 1,063, 56.5, － where nothing applies, or X where it is hidden."""
    if isinstance(value, Hidden):
        return value.value
    if value is None:
        return "－"
    plain = f"{abs(value):,}"
    return f"△{plain}" if value < 0 else plain


def table_printed(filled: Filled, *, eras: bool = False) -> Printed:
    """The table as it stands on screen, or with eras as it stands on paper."""
    table = filled.table
    unit: dict[str, str] = {SHARE: Words("割合（％）")}
    return Printed(
        filled.name,
        translated(table.title),
        _head(table),
        tuple(translated(unit.get(column, column)) for column in filled.columns),
        tuple(
            Line(
                label_printed(row, eras=eras),
                tuple(
                    value_printed(filled[row, column]) if (row, column) in filled.values else ""
                    for column in filled.columns
                ),
                total=row == TOTAL,
            )
            for row in filled.rows
        ),
        tuple(notes_of(filled)),
    )


def _head(table: Table) -> str:
    return translated(table.rows.title if table.rows else Words("指標"))


def notes_of(filled: Filled) -> list[str]:
    """What stands below a table: its definition, n and rounding of shares, monthly means, ratios."""
    table, notes = filled.table, [filled.table.definition] if filled.table.definition else []
    if table.rounding and filled.base is not None:
        notes.append(Words(_SHARES[table.rounding], base=f"{filled.base:,}"))
    if filled.mean is not None:
        notes.append(Words("月平均 %(mean)s件。", mean=filled.mean))
    if filled.means:
        notes.append(Words("月平均：%(rows)s。", rows=_listed(filled.means, gettext("件"))))
    if filled.ratios:
        notes.append(Words("比較期間に対して：%(rows)s。", rows=_listed(filled.ratios, gettext("倍"))))
    if filled.hides:
        said = "Xは、%(few)sの数と、差引きでそれが分かる数。一人ひとりが分からないように伏せている。"
        notes.append(Words(said, few=filled.discretion))
    return [translated(note) for note in notes]


def _listed(numbers: dict[str, Decimal], unit: str) -> str:
    return gettext("、").join(f"{translated(row)} {number}{unit}" for row, number in numbers.items())


def label_printed(label: str, *, eras: bool) -> str:
    """A row's name; on paper months are written in eras, and years only where Japanese is read."""
    if eras and _MONTH.fullmatch(label):
        return wareki.write_month(wareki.read_date(f"{label}-01"))
    if found := _YEAR.fullmatch(label):
        return fiscal_year_printed(wareki.read_date(f"{found[1]}12月31日").year)
    return translated(label)


def reads_eras() -> bool:
    """Whether whoever reads counts years in eras: everybody who reads Japanese."""
    return (get_language() or "ja").startswith("ja")


def fiscal_year_printed(year: int) -> str:
    """令和3年度; for other readers the western year."""
    return write_fiscal_year(year) if reads_eras() else gettext("%(year)s年度") % {"year": year}


def period_printed(period: Period, *, eras: bool = False) -> str:
    """2020-09-01～2021-08-31, or 令和2年9月1日～令和3年8月31日."""
    write = wareki.write_date if eras else str
    return f"{write(period.first)}～{write(period.last)}"


def scope_printed(scope: Scope, *, eras: bool = False) -> list[tuple[str, str]]:
    """What the tables were asked for, as names and values."""
    lines = [(translated(WINDOW), period_printed(scope.window, eras=eras))]
    if scope.comparison:
        lines.append((translated(COMPARISON), period_printed(scope.comparison, eras=eras)))
    if scope.organisations:
        lines.append((gettext("範囲"), gettext("自分の機関のケース")))
    return [*lines, (gettext("基準日"), wareki.write_date(scope.day) if eras else str(scope.day))]


def figure_of(filled: Filled, *, eras: bool = False) -> Figure:
    """The same figures drawn: bars by row, one series for each column; totals, differences and shares stay out."""
    rows = [row for row in filled.rows if row != TOTAL]
    columns = [column for column in filled.columns if column not in {TOTAL, DIFFERENCE, SHARE}]
    return draw(
        kind="stacked" if filled.table.columns else "bar",
        caption=f"{translated(filled.table.title)}（{period_printed(filled.scope.window, eras=eras)}）",
        labels=[_month_signed(row) if eras else label_printed(row, eras=False) for row in rows],
        series={translated(column): [_number(filled[row, column]) for row in rows] for column in columns},
        unit=gettext("件"),
        head=_head(filled.table),
        width=_WIDTH,
    )


def _month_signed(label: str) -> str:
    """R2.9 for 2020-09: short enough for a bar."""
    if not _MONTH.fullmatch(label):
        return label
    day = wareki.read_date(f"{label}-01")
    return f"{wareki.era_of(day).sign}{wareki.write_year(day)[2:-1]}.{day.month}"


def _number(value: Shown) -> Number:
    if isinstance(value, Hidden):
        return None
    return float(value) if isinstance(value, Decimal) else value
