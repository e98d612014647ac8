"""How rows about a case come in: compared with what is known, made where nothing is, and noted as brought."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, MutableMapping, Sequence
from typing import Any, ClassVar, Generic
from uuid import UUID

from engawa.kernel.ids import uuid7
from engawa.kernel.rows import insert_all
from engawa.office.casework.cases.models import Case
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.intake.queries.plans import plain
from engawa.office.casework.intake.rules import Kept, Unfit, Verdict, settle

Kind = Brought.Kind


class Bringing(ABC, Generic[Kept]):
    """One batch of rows of one sheet. A sheet says how its rows are known, whether they fit, and how they are made."""

    fields: ClassVar[tuple[str, ...]]
    """What a row that is known already must agree in."""

    def __init__(self, import_id: UUID, rows: Sequence[Kept], *, axes: bool) -> None:
        self.import_id, self.rows, self.axes = import_id, rows, axes
        numbers = {number for row in rows for number in row.cases}
        found = Case.objects.filter(number__in=numbers).select_related("person", "organisation")
        self.cases = {case.number: case for case in found}
        self.brought: list[Brought] = []

    def run(self) -> list[Verdict]:
        """What became of each row."""
        known = self.known()
        new, verdicts = settle(map(self.resolve, self.rows), known, self.key, self.fields, self.fit)
        if new:
            self.make(new)
            insert_all(self.brought)
        return verdicts

    @abstractmethod
    def known(self) -> MutableMapping[Hashable, Kept]:
        """The rows that the house would tell of these cases, by their keys."""

    def resolve(self, row: Kept) -> Kept | Unfit:
        """The row as the house would tell it, where it names things otherwise."""
        return row

    @abstractmethod
    def key(self, row: Kept) -> Hashable:
        """By what the row is known."""

    def fit(self, _row: Kept) -> Unfit | None:
        """What keeps a new row from being made."""
        return None

    @abstractmethod
    def make(self, rows: list[Kept]) -> None:
        """Make what the new rows say."""

    def note(self, kind: Kind, row_id: uuid.UUID, case: str = "", *, number: str = "", **said: Any) -> None:
        """Remember that this import made a row."""
        self.brought.append(
            Brought(
                import_id=self.import_id,
                case=self.cases.get(case),
                kind=kind,
                row_id=row_id,
                number=number,
                said=said,
            )
        )


class Keyed(Bringing[Kept]):
    """Rows that are known by some of their fields, and agree in the others."""

    keys: ClassVar[tuple[str, ...]]
    told: ClassVar[Callable[[Iterable[Case]], Iterable[Any]]]
    """Tells the rows of some cases."""
    kind_of_row: Kind
    model: type[Any]

    def known(self) -> MutableMapping[Hashable, Kept]:
        # As a list: as a query of their own PostgreSQL would look for each row of the house among them.
        return {self.key(row): row for row in type(self).told(list(self.cases.values()))}

    def key(self, row: Kept) -> Hashable:
        return tuple(getattr(row, name) for name in self.keys)

    def make(self, rows: list[Kept]) -> None:
        made = []
        for row in rows:
            one = self.model(**{"id": uuid7()} | self.values(row))
            self.note(self.kind_of_row, one.pk, row.case, **self.said(row))
            made.append(one)
        insert_all(made)

    def values(self, row: Kept) -> dict[str, Any]:
        """The values of the new row's columns."""
        return plain(row, self.fields)

    def said(self, _row: Kept) -> dict[str, Any]:
        """What is remembered beside the new row, where nothing else keeps its past."""
        return {}
