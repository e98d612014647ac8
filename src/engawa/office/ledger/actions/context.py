"""What holds for all rows of one import: on whose behalf, how far it reaches, and what may be wrong with them."""

import uuid
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from engawa.kernel.taken import Taken
from engawa.kernel.words import Words
from engawa.office.access.actors import AnyActor
from engawa.office.casework.cases.models import Case
from engawa.office.casework.intake.queries.cases import numbers_out_of_reach
from engawa.office.casework.timeline.models import Contact
from engawa.office.ledger.rules import Fault

Verdict = Fault | Taken


@dataclass
class Context:
    """On whose behalf rows are taken in, by which import, and what had to be founded for them.

    ``reach`` are the organisations whose cases may be written to; none given means all of them. ``axes``: whether
    answers that only professionals give may be among the rows. ``alike`` counts rows that differ in nothing.
    """

    by: AnyActor
    import_id: uuid.UUID
    reach: frozenset[uuid.UUID] | None = None
    founded: dict[str, list[str]] = field(default_factory=lambda: {"desks": [], "organisations": []})
    axes: bool = True
    alike: Counter[Hashable] = field(default_factory=Counter)

    def reaches(self, organisation_id: uuid.UUID) -> bool:
        """Whether rows may come into this organisation: one of ``reach``, or founded for this import."""
        return (
            self.reach is None or organisation_id in self.reach or str(organisation_id) in self.founded["organisations"]
        )

    def place(self, like: Hashable) -> int:
        """The how-many-th row of its likes this one is."""
        self.alike[like] += 1
        return self.alike[like]

    def out_of_reach(self, model: type[Case | Contact], numbers: Iterable[str]) -> set[str]:
        """The numbers among these that belong to cases neither made by this import nor held within ``reach``."""
        if self.reach is None:
            return set()
        return numbers_out_of_reach(model, numbers, self.import_id, self.reach)


# The same whatever is known there: who may not see a case learns nothing of it.
OUT_OF_REACH = Fault(
    "",
    "",
    "ほかの組織の窓口、またはほかの組織の記録にある番号のため、取り込めません",
    "自分の組織の窓口とケース、またはまだ使われていない番号",
)


def different(columns: str, values: str) -> Fault:
    """The fault of a row that is known with other content."""
    return Fault(
        columns,
        values,
        "同じ番号（または同じ日・同じ設問）の記録がすでにあり、内容が違います。前の記録は変えていません",
        "前の記録と同じ内容、または新しい番号",
    )


def unknown(column: str, value: str, where: str) -> Fault:
    return Fault(
        column,
        value,
        Words("「%(value)s」が%(where)sにありません", value=value, where=where),
        Words("%(where)sにある番号（先に取り込まれたものでもよい）", where=where),
    )
