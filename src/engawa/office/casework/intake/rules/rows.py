"""What all rows have in common, and what becomes of each."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, TypeVar

from engawa.kernel.age import Age
from engawa.kernel.taken import Fate, Taken
from engawa.kernel.words import Words

SELF = "本人"


@dataclass(frozen=True)
class Unfit:
    """Why a row cannot be taken: the field of it, what is wrong, and what would be accepted."""

    field: str
    problem: str
    accepted: str


def not_listed(word: str) -> Words:
    """What is wrong with a word that no list has."""
    return Words("「%(word)s」は選べる言葉にありません", word=word)


def from_day(day: dt.date) -> Words:
    """What would be accepted of a day that lies too early."""
    return Words("%(day)s 以後の日付", day=day.isoformat())


@dataclass(frozen=True)
class Row:
    """A row about a case, named by its number; without one, about whatever else the house keeps.

    ``notes`` are further columns that have no words of this row to stand with.
    """

    case: str
    notes: dict[str, str] = field(default_factory=dict, kw_only=True, compare=False)

    maybe_silent: ClassVar[frozenset[str]] = frozenset({"writer"})
    """Fields of which a row may say nothing: then it says nothing else than what is known."""
    others_field: ClassVar[str] = "case"
    """The field that names further cases."""

    @property
    def signed(self) -> bool:
        """Whether somebody with an account here wrote it: their name is their account's, whatever a ledger says."""
        return False

    @property
    def by_account(self) -> frozenset[str]:
        """The fields that name somebody by their account here."""
        return frozenset({"writer"}) if self.signed else frozenset()

    @property
    def cases(self) -> tuple[str, ...]:
        """The numbers of all cases that the row speaks of."""
        return tuple(filter(None, (self.case, *self.others)))

    @property
    def others(self) -> tuple[str, ...]:
        """The numbers of further cases that the row speaks of."""
        return ()


Kept = TypeVar("Kept", bound=Row)
Verdict = Taken | Unfit


def settle(
    rows: Iterable[Kept | Unfit],
    known: MutableMapping[Hashable, Kept],
    key: Callable[[Kept], Hashable],
    compared: Sequence[str],
    fit: Callable[[Kept], Unfit | None],
) -> tuple[list[Kept], list[Verdict]]:
    """Which rows are new, and what becomes of each, in order: as ``kernel.taken.sort_out``, but a new row must fit.

    ``fit`` is asked row by row, with all earlier new rows ``known`` by then.
    """
    new: list[Kept] = []
    verdicts: list[Verdict] = []
    for row in rows:
        if isinstance(row, Unfit):
            verdicts.append(row)
        elif (before := known.get(key(row))) is not None:
            differing = tuple(name for name in compared if _differs(row, before, name))
            verdicts.append(Taken(Fate.DIFFERENT if differing else Fate.SAME, differing))
        elif unfit := fit(row):
            verdicts.append(unfit)
        else:
            known[key(row)] = row
            new.append(row)
            verdicts.append(Taken(Fate.MADE))
    return new, verdicts


def _differs(row: Row, before: Row, name: str) -> bool:
    """Whether a row says otherwise; of whoever has an account here no ledger knows better."""
    said = getattr(row, name)
    silent = (name in row.maybe_silent and not said) or name in before.by_account
    return bool(said != getattr(before, name)) and not silent


def in_order(rows: Iterable[Kept]) -> list[Kept]:
    """Rows case by case, then by what they say: the same in every house, and the tenth plan after the ninth."""
    return sorted(rows, key=lambda row: [_place(getattr(row, one.name)) for one in fields(row) if one.compare])


def _place(value: Any) -> str:
    return f"{value:09}" if isinstance(value, int) else str(value)


def says_anything(row: Any, *names: str) -> bool:
    """Whether any of these fields says more than that nothing is known."""
    return any(getattr(row, name) not in ("", "0", None, Age(), ()) for name in names)
