"""What became of rows that were brought in from elsewhere: new, known already, or known with other content."""

import enum
from collections.abc import Callable, Hashable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


class Fate(enum.Enum):
    """What happened to one row."""

    MADE = "made"
    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Taken:
    """The fate of one row; ``fields`` are those in which it differs from what is known under its key."""

    fate: Fate
    fields: tuple[str, ...] = ()


def sort_out(
    rows: Sequence[Row], known: MutableMapping[Key, Any], key: Callable[[Row], Key], fields: Sequence[str]
) -> tuple[list[Row], list[Taken]]:
    """Which rows are new, and the fate of each, in order.

    A row is new when nothing is ``known`` under its key; it is known from then on, so that a repeated row meets
    itself. Rows and known things are compared by the attributes named in ``fields``.
    """
    new: list[Row] = []
    fates = []
    for row in rows:
        before = known.setdefault(key(row), row)
        if before is row:
            new.append(row)
            fates.append(Taken(Fate.MADE))
        else:
            differing = tuple(name for name in fields if getattr(before, name) != getattr(row, name))
            fates.append(Taken(Fate.DIFFERENT if differing else Fate.SAME, differing))
    return new, fates
