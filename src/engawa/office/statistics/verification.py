"""The verification report（検証）: a list of tables for one window, one comparison window and one as-of day."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from engawa.kernel.fiscal import Period
from engawa.office.statistics.queries import fill, survey_tables
from engawa.office.statistics.rules import Filled, Scope
from engawa.office.statistics.suppression import Discretion
from engawa.office.statistics.tables import VERIFICATION

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Report:
    """The report with its figures."""

    title: str
    scope: Scope
    tables: tuple[Filled, ...]


def _silent(_done: int, _total: int, _name: str) -> None:
    """Nobody watches."""


def verification(
    window: Period,
    comparison: Period | None = None,
    as_of: dt.date | None = None,
    *,
    progress: Progress = _silent,
    discretion: Discretion | None = None,
) -> Report:
    """The verification report.

    Args:
        window: the days reported on.
        comparison: the days of the former desks to set beside them.
        as_of: the day whose states count; the window's last when not given.
        progress: told after each table: how many are done, of how many, and which.
        discretion: how small counts are hidden; None for those who may see them.
    """
    scope = Scope(window, comparison, as_of)
    tables = [*VERIFICATION, *survey_tables()]
    done = []
    for number, table in enumerate(tables, start=1):
        done.append(fill(table, scope, discretion))
        progress(number, len(tables), table.title)
    return Report("ひきこもり支援の検証（集計表）", scope, tuple(done))
