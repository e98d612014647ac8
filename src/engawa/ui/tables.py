"""Sorting of lists by query string: ``?sort=name`` upwards, ``?sort=-name`` downwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import F
from django.db.models.expressions import OrderBy


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
