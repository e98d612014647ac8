"""Takes in households: what they are called, members, how these are related, what troubles them and what happened."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.kernel.rows import insert_all, update_all
from engawa.kernel.words import Words, said_by
from engawa.office.access.actors import AnyActor
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.households.models import (
    Household,
    LifeEvent,
    LifeEventKind,
    Member,
    Need,
    NeedKind,
    Relation,
)
from engawa.office.casework.intake.actions.bringing import Bringing, Kind
from engawa.office.casework.intake.actions.cases import check_may_take_in
from engawa.office.casework.intake.actions.people import columns_of, index
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.intake.queries import family
from engawa.office.casework.intake.queries.family import NOTHING, OF_PERSON, Homes
from engawa.office.casework.intake.rules import (
    SELF,
    HouseholdRow,
    LifeEventRow,
    MemberRow,
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
from engawa.office.casework.people.models import Person

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
        """Whom of the household a word means: by number, else 本人, else what only one is called."""
        word = getattr(row, name)
        members = self.homes.at(self.home(row.case)) if self.cases[row.case].household_id else []
        if not word:
            return None
        if word == SELF and self.cases[row.case].member_id:
            return self.cases[row.case].member_id
        for named in (self._number, self._called, self._named):
            if len(found := [member.pk for member in members if named(member) == word]) == 1:
                return found[0]
        labels = "、".join(self.homes.label(member.pk) for member in members)
        return Unfit(
            name, Words("「%(word)s」がだれか、世帯員からひとりに決まりません", word=word), labels or "世帯員にいる人"
        )

    def _number(self, member: Member) -> str:
        return self.homes.numbers[member.pk]

    def _called(self, member: Member) -> str:
        return member.called

    def _named(self, member: Member) -> str:
        return self.homes.person_of(member).name or member.name


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


class Members(InHouseholds[MemberRow]):
    """世帯員. A row for the 本人 of further cases brings these into the household."""

    fields = (
        *(*OF_PERSON, "called", "own_of", "birth_order", "lives_here", "whereabouts"),
        *("deceased", "died_on", "occupation", "note"),
    )

    def __init__(self, import_id: UUID, rows: Sequence[MemberRow], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        self.facts: dict[Hashable, dict[str, Any]] = {}
        self.taken: dict[str, MemberRow] = {}

    def known(self) -> MutableMapping[Hashable, MemberRow]:
        known: dict[Hashable, MemberRow] = {}
        for number, members in self.homes.in_all():
            alike: Counter[tuple[str, str]] = Counter()
            for member in members:
                row, facts = self.homes.row(member, number), self.homes.facts(member)
                like = (row.called, facts.get("name", row.name))
                alike[like] += 1
                home = member.household_id
                own = [(home, "#", one) for one in row.own_of]
                for key in [(home, "#", row.number), (home, *like, alike[like]), *own]:
                    known[key], self.facts[key] = row, facts
        return known

    def key(self, row: MemberRow) -> Hashable:
        home = self.home(row.case)
        if row.number:
            return (home, "#", row.number)
        return (home, "#", row.own_of[0]) if row.own_of else (home, row.called, row.name, row.nth)

    def resolve(self, row: MemberRow) -> MemberRow | Unfit:
        """本人 means: of this case. What a person's own sheet says may stay empty here, or be the same."""
        if not says_anything(row, "number", "called", "name"):
            return Unfit("called", "だれのことか、書いてありません", "続柄（母、兄、本人など）か氏名")
        if row.called == SELF and not row.own_of:
            row = replace(row, own_of=(row.case,))
        row = replace(row, own_of=tuple(sorted(set(row.own_of))), lives_here=row.lives_here and not row.deceased)
        facts = self.facts.get(self.key(row), {})
        told = {name: NOTHING[name] for name, fact in facts.items() if row.own_of and getattr(row, name) == fact}
        told |= {name: fact for name, fact in facts.items() if not row.own_of and getattr(row, name) == NOTHING[name]}
        return replace(row, **told)

    def fit(self, row: MemberRow) -> Unfit | None:
        for number in row.own_of:
            case = self.cases[number]
            if case.member_id or self.taken.setdefault(number, row) is not row:
                return Unfit(
                    "own_of",
                    Words("「%(number)s」の本人は、すでに世帯にいます", number=number),
                    "空欄、または本人のいないケース",
                )
            if self._elsewhere(number, row):
                return Unfit(
                    "own_of", Words("「%(number)s」には、別の世帯の記録があります", number=number), "同じ世帯のケース"
                )
            if unlike := _unlike(row, case.person):
                return Unfit(unlike, "「本人」のシートの記録と違います", "空欄、または「本人」のシートと同じ内容")
        try:
            kin.check_life(birth=row.birth_date, years=row.age.years, died=row.died_on, today=clock.today())
        except NotPossible as wrong:
            return Unfit("died_on" if row.died_on else "birth_date", said_by(wrong), "空欄、またはありうる日付")
        return None

    def _elsewhere(self, number: str, row: MemberRow) -> bool:
        """Whether a further case has another household; from now on it has this one."""
        if self.cases[number].household_id is None:
            self.begun.setdefault(number, self.home(row.case))
        return self.home(number) != self.home(row.case)

    def make(self, rows: list[MemberRow]) -> None:
        self.begin(row.case for row in rows)
        made = [(row, self._member(row)) for row in rows]
        insert_all([member for _row, member in made])
        led = []
        for row, member in made:
            self.note(Kind.MEMBER, member.pk, row.case, number=row.number)
            for number in row.own_of:
                case = self.cases[number]
                if case.household_id is None:
                    self.note(Kind.CASE, case.pk, number, household=str(member.household_id))
                case.household_id, case.member_id = member.household_id, member.pk
                led.append(case)
        update_all(led, ["household", "member"])
        index(Case.objects.filter(household__in={member.household_id for _row, member in made}))

    def _member(self, row: MemberRow) -> Member:
        names = ("called", "name", "reading", "sex", "birth_date", "age_on", "birth_order", "lives_here", "whereabouts")
        plain = {name: getattr(row, name) for name in (*names, "died_on", "occupation", "note")}
        person = next((self.cases[number].person for number in row.own_of if self.cases[number].person), None)
        facts = family.facts_of(person) if person else {}
        plain |= {name: "" for name in ("called",) if row.called == SELF}
        plain |= {name: NOTHING[name] for name, fact in facts.items() if plain.get(name) == fact}
        age = columns_of(NOTHING["age"] if facts.get("age") == row.age else row.age)
        deceased = row.deceased or row.died_on is not None
        plain["lives_here"] = row.lives_here and not deceased
        return Member(id=uuid7(), household_id=self.home(row.case), person=person, deceased=deceased, **age, **plain)


def _unlike(row: MemberRow, person: Person | None) -> str:
    """The first thing that the row says otherwise than the person's own sheet; nothing where they agree."""
    facts = family.facts_of(person) if person else {}
    unlike = (name for name, fact in facts.items() if getattr(row, name) not in (NOTHING[name], fact))
    return next(unlike, "")


@transaction.atomic
def complete_households(*, by: AnyActor, import_id: UUID) -> None:
    """Let every household that an import began have the 本人 of its case, of whom nothing more is known."""
    check_may_take_in(by)
    begun = Brought.objects.filter(import_id=import_id, kind=Kind.HOUSEHOLD).values("case")
    cases = list(Case.objects.filter(pk__in=begun, member=None).select_related("household"))
    for case in cases:
        case.member = Member(id=uuid7(), household=case.household, person_id=case.person_id, sex=case.sex)
    members = [case.member for case in cases if case.member]
    insert_all(members)
    update_all(cases, ["member"])
    insert_all(
        [
            Brought(import_id=import_id, case=case, kind=Kind.MEMBER, row_id=own.pk)
            for case, own in zip(cases, members, strict=True)
        ]
    )


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

    fields = ("settled_on",)
    lists, model, kind_of_row, said = NeedKind, Need, Kind.NEED, ("noted_on", "words", "settled_on")

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

    fields = ("about", "words")
    lists, model, kind_of_row, said = LifeEventKind, LifeEvent, Kind.LIFE_EVENT, ("on", "about", "words")

    def known(self) -> MutableMapping[Hashable, LifeEventRow]:
        rows = (family.row_of_event(self.homes, event) for event in family.events_in(self.homes))
        return {self.key(row): row for row in rows}

    def key(self, row: LifeEventRow) -> Hashable:
        return (self.home(row.case), row.who, row.kind, row.on)
