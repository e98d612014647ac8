"""Fiscal years（年度）: April to March, named by the year in which they begin."""

import datetime as dt
from dataclasses import dataclass

from engawa.kernel import wareki

FIRST_MONTH = 4


@dataclass(frozen=True, order=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("期間の終わりが始まりより前です")

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    @property
    def months(self) -> list[dt.date]:
        """The first day of every calendar month that the period touches."""
        months = [self.first.replace(day=1)]
        while (following := _next_month(months[-1])) <= self.last:
            months.append(following)
        return months

    @property
    def fiscal_years(self) -> list[int]:
        """Every fiscal year (from 1 April) that the period touches."""
        return list(range(fiscal_year(self.first), fiscal_year(self.last) + 1))

    @property
    def whole_months(self) -> int:
        """How many calendar months the period consists of; 0 where it begins or ends inside one."""
        ends = (self.last + dt.timedelta(days=1)).day == 1
        return len(self.months) if self.first.day == 1 and ends else 0


def _next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1)


def fiscal_year(day: dt.date) -> int:
    """The fiscal year of ``day``: 2019 for 2020-03-31, 2020 for 2020-04-01."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def period_of(year: int) -> Period:
    """The days of fiscal year ``year``."""
    return Period(dt.date(year, FIRST_MONTH, 1), dt.date(year + 1, FIRST_MONTH, 1) - dt.timedelta(days=1))


def write_fiscal_year(year: int) -> str:
    """令和元年度 for 2019, although its April belonged to 平成: offices name it by the era of most of it."""
    return f"{wareki.write_year(dt.date(year, 12, 31))}度"
