"""Takes in how the members of a household are related, what troubles them and what happened to them."""

from collections import defaultdict
from collections.abc import Hashable, MutableMapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from engawa.kernel import clock
from engawa.kernel.rows import insert_all
from engawa.kernel.words import said_by
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.households.models import (
    LifeEvent,
    LifeEventKind,
    Need,
    NeedKind,
    Relation,
)
from engawa.office.casework.intake.actions.bringing import Kind
from engawa.office.casework.intake.actions.households import Named
from engawa.office.casework.intake.queries import family
from engawa.office.casework.intake.rules import (
    LifeEventRow,
    NeedRow,
    RelationRow,
    Row,
    Unfit,
    from_day,
    not_listed,
    says_anything,
)
from engawa.office.casework.maps.queries import link_of
from engawa.office.casework.maps.rules import kin
from engawa.office.casework.maps.rules.family import PARENTS, Link

Kept = TypeVar("Kept", bound=Row)


class Relations(Named[RelationRow]):
    """世帯の関係. Of two who stand side by side, either may come first."""

    fields = ("one", "other", "kind", "ending", "since_year", "until_year", "words")
    names = ("one", "other")

    def known(self) -> MutableMapping[Hashable, RelationRow]:
        self.links: dict[UUID, list[Link]] = defaultdict(list)
        known: dict[Hashable, RelationRow] = {}
        for relation in family.relations_in(self.homes):
            row = family.row_of_relation(self.homes, relation)
            known[self.key(row)] = row
            self.links[relation.household_id].append(link_of(relation))
        self.rows_known = known
        return known

    def key(self, row: RelationRow) -> Hashable:
        return (self.home(row.case), frozenset((row.one, row.other)))

    def resolve(self, row: RelationRow) -> RelationRow | Unfit:
        found = super().resolve(row)
        if isinstance(found, Unfit) or found.kind in PARENTS:
            return found
        before = self.rows_known.get(self.key(found))
        return replace(found, one=before.one, other=before.other) if before else found

    def fit(self, row: RelationRow) -> Unfit | None:
        link = Link(row.kind, str(self.id_of(row, "one")), str(self.id_of(row, "other")))
        links = self.links[self.home(row.case)]
        try:
            kin.check_relation(link, links)
        except NotPossible as wrong:
            return Unfit("kind", said_by(wrong), "ありうる関係")
        try:
            kin.check_years(row.since_year, row.until_year, this_year=clock.today().year)
        except NotPossible as wrong:
            return Unfit("until_year" if row.until_year else "since_year", said_by(wrong), "空欄、または西暦の年")
        links.append(link)
        return None

    def make(self, rows: list[RelationRow]) -> None:
        made = []
        for row in rows:
            plain = {name: getattr(row, name) for name in ("kind", "ending", "since_year", "until_year", "words")}
            ends = {f"{name}_id": self.id_of(row, name) for name in ("one", "other")}
            made.append(Relation(**self.at(row), **ends, **plain))
            self.note(Kind.RELATION, made[-1].pk, row.case)
        insert_all(made)


class _Listed(Named[Kept]):
    """Rows with a word of a list."""

    lists: type[NeedKind] | type[LifeEventKind]
    model: type[Need] | type[LifeEvent]
    kind_of_row: Kind
    said: tuple[str, ...]

    def __init__(self, import_id: UUID, rows: Sequence[Kept], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        self.codes = dict(self.lists.objects.values_list("label", "code"))

    def resolve(self, row: Kept) -> Kept | Unfit:
        word: str = getattr(row, "kind", "")
        if word and word not in self.codes:
            return Unfit("kind", not_listed(word), "、".join(self.codes))
        return super().resolve(row)

    def make(self, rows: list[Kept]) -> None:
        self.begin(row.case for row in rows)
        made: list[Any] = []
        for row in rows:
            plain = {name: getattr(row, name) for name in self.said}
            kind: Any = self.codes.get(getattr(row, "kind", ""))
            made.append(self.model(**self.at(row), member_id=self.id_of(row, "who"), kind_id=kind, **plain))
            self.note(self.kind_of_row, made[-1].pk, row.case)
        insert_all(made)


class Needs(_Listed[NeedRow]):
    """世帯の課題."""

    fields = ("settled_on", "writer")
    lists, model, kind_of_row, said = NeedKind, Need, Kind.NEED, ("noted_on", "words", "settled_on", "writer")

    def known(self) -> MutableMapping[Hashable, NeedRow]:
        rows = (family.row_of_need(self.homes, need) for need in family.needs_in(self.homes))
        return {self.key(row): row for row in rows}

    def key(self, row: NeedRow) -> Hashable:
        return (self.home(row.case), row.who, row.kind, row.noted_on, row.words)

    def fit(self, row: NeedRow) -> Unfit | None:
        if not says_anything(row, "kind", "words"):
            return Unfit("kind", "種類もことばも空です", "、".join(self.codes))
        if row.settled_on and row.settled_on < row.noted_on:
            return Unfit("settled_on", "気づいた日より前の日です", from_day(row.noted_on))
        return None


class LifeEvents(_Listed[LifeEventRow]):
    """世帯の出来事."""

    fields = ("about", "words", "writer")
    lists, model, kind_of_row, said = LifeEventKind, LifeEvent, Kind.LIFE_EVENT, ("on", "about", "words", "writer")

    def known(self) -> MutableMapping[Hashable, LifeEventRow]:
        rows = (family.row_of_event(self.homes, event) for event in family.events_in(self.homes))
        return {self.key(row): row for row in rows}

    def key(self, row: LifeEventRow) -> Hashable:
        return (self.home(row.case), row.who, row.kind, row.on)
