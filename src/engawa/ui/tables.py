"""Sorting of lists by query string: ``?sort=name`` upwards, ``?sort=-name`` downwards; rows of tables as blocks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import F
from django.db.models.expressions import OrderBy
from django.utils.html import strip_tags

_HEAD = re.compile(r"<thead.*?</thead>", re.DOTALL)
_COLUMN = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b")


@dataclass(frozen=True)
class Sort:
    """How a list is sorted now."""

    key: str
    descending: bool
    columns: Mapping[str, str]

    @classmethod
    def asked(cls, asked: str | None, *, columns: Mapping[str, str], default: str) -> "Sort":
        """The sorting that a visitor asks for, or the default if it is none of ours.

        Args:
            asked: ``request.GET.get("sort")``.
            columns: key in the address → expression to order by.
            default: such as ``"-opened"``.
        """
        wish = asked if asked and asked.removeprefix("-") in columns else default
        return cls(key=wish.removeprefix("-"), descending=wish.startswith("-"), columns=columns)

    @property
    def order(self) -> OrderBy:
        """What to give to ``QuerySet.order_by``."""
        return OrderBy(F(self.columns[self.key]), descending=self.descending)

    def toggled(self, key: str) -> str:
        """The ``sort`` parameter of a click on the head of ``key``."""
        return f"-{key}" if key == self.key and not self.descending else key

    def direction_of(self, key: str) -> Literal["ascending", "descending", "none"]:
        """As ``aria-sort`` wants it."""
        if key != self.key:
            return "none"
        return "descending" if self.descending else "ascending"


def labelled(table: str) -> str:
    """The rows of a table with the head of its column in every cell, for screens that show no columns.

    Args:
        table: a rendered ``thead`` with one row and what follows it; no table within, no cell over several columns.
    """
    head = _HEAD.search(table)
    if head is None:
        return table
    columns = [_words(column) for column in _COLUMN.findall(head[0])]
    return table[: head.end()] + _ROW.sub(lambda row: _labelled_row(row[0], columns), table[head.end() :])


def _words(column: str) -> str:
    """What the head of a column says; nothing where it is there for the ear alone."""
    return "" if "visually-hidden" in column else strip_tags(column).strip().replace('"', "&quot;")


def _labelled_row(row: str, columns: list[str]) -> str:
    heads = iter(columns)
    return _CELL.sub(lambda cell: f'{cell[0]} data-label="{next(heads, "")}"', row)
