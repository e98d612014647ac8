"""How rows of a sheet are handed to the action of the package that owns them, and what became of each."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engawa.kernel.taken import Fate, Taken
from engawa.office.ledger.actions.context import Context, Verdict, different
from engawa.office.ledger.rules import Fault, Values

Make = Callable[[Values], Any]
Take = Callable[..., list[Taken]]


def hand_over(
    context: Context, take: Take, rows: Sequence[Values], make: Make, columns: Mapping[str, str]
) -> list[Verdict]:
    """Make the rows that have what they need and hand them over; a fault for each of the others.

    Args:
        context: of this import.
        take: action of the owning package.
        rows: as read.
        make: the owning package's row, or the fault that keeps it from being one.
        columns: the owning package's field names with the ledger's column names.
    """
    made = [make(row) for row in rows]
    good = [row for row in made if not isinstance(row, Fault)]
    fates = iter(take(by=context.by, import_id=context.import_id, rows=good))
    return [
        row if isinstance(row, Fault) else _verdict(next(fates), source, columns)
        for row, source in zip(made, rows, strict=True)
    ]


def _verdict(taken: Taken, row: Values, columns: Mapping[str, str]) -> Verdict:
    if taken.fate is not Fate.DIFFERENT:
        return taken
    names = list(dict.fromkeys(columns[name] for name in taken.fields))
    return different("、".join(names), "、".join(_as_written(row.cells[name]) for name in names))


def _as_written(value: Any) -> str:
    match value:
        case list():
            return ";".join(value)
        case dt.time():
            return f"{value:%H:%M}"
        case True:
            return "○"
        case _:
            return str(value or "")
