"""Takes in households, and finds whom of one a row means."""

from collections.abc import Hashable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from engawa.kernel.ids import uuid7
from engawa.kernel.rows import insert_all, update_all
from engawa.office.casework.households.models import Household
from engawa.office.casework.intake.actions.bringing import Bringing, Kind
from engawa.office.casework.intake.queries.family import Homes
from engawa.office.casework.intake.rules import HouseholdRow, Row, Unfit

Kept = TypeVar("Kept", bound=Row)


class InHouseholds(Bringing[Kept]):
    """Rows about a household, which begins where the case has none."""

    def __init__(self, import_id: UUID, rows: Sequence[Kept], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        self.homes = Homes(self.cases.values())
        self.begun: dict[str, UUID] = {}

    def home(self, number: str) -> UUID:
        """The household of a case; its future id where it has none yet."""
        known = self.cases[number].household_id
        return known or self.begun.setdefault(number, uuid7())

    def begin(self, numbers: Iterable[str], words: Mapping[str, dict[str, str]] = MappingProxyType({})) -> None:
        """Make the households that are missing, each for its case."""
        bare = [number for number in sorted(set(numbers)) if not self.cases[number].household_id]
        insert_all([Household(id=self.home(number), **words.get(number, {})) for number in bare])
        for number in bare:
            self.cases[number].household_id = self.home(number)
            self.note(Kind.HOUSEHOLD, self.home(number), number)
        update_all([self.cases[number] for number in bare], ["household"])

    def who(self, row: Any, name: str) -> UUID | Unfit | None:
        """Whom of the household a word means."""
        word = getattr(row, name)
        if not word:
            return None
        return self.homes.meant(row.case, word) or Unfit(name, *self.homes.unmeant(row.case, word))


class Households(InHouseholds[HouseholdRow]):
    """世帯."""

    fields = ("name", "note")

    def known(self) -> MutableMapping[Hashable, HouseholdRow]:
        rows = Household.objects.filter(pk__in=self.homes.first)
        return {home.pk: HouseholdRow(self.homes.first[home.pk], home.name, home.note) for home in rows}

    def key(self, row: HouseholdRow) -> Hashable:
        return self.home(row.case)

    def make(self, rows: list[HouseholdRow]) -> None:
        words = {row.case: {"name": row.name, "note": row.note} for row in rows}
        self.begin(words, words)


class Named(InHouseholds[Kept]):
    """Rows that name members of the household: ``ids`` are those whom each row means."""

    names: tuple[str, ...] = ("who",)

    def resolve(self, row: Kept) -> Kept | Unfit:
        told: dict[str, Any] = {}
        for name in self.names:
            meant = self.who(row, name)
            if isinstance(meant, Unfit):
                return meant
            told[name] = self.homes.label_in(row.case, meant)
        return replace(row, **told)

    def id_of(self, row: Kept, name: str) -> UUID | None:
        """The id of whom a resolved row means."""
        meant = self.who(row, name)
        return None if isinstance(meant, Unfit) else meant

    def at(self, row: Kept) -> dict[str, Any]:
        """Where a resolved row belongs."""
        return {"id": uuid7(), "household_id": self.home(row.case)}
