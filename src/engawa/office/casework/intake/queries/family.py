"""Households told as rows of a ledger: members by number, and whoever is named by what they are called."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from engawa.kernel.age import Age
from engawa.kernel.words import Words
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Household, LifeEvent, Member, Need, Relation
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.intake.queries.numbers import numbers_of
from engawa.office.casework.intake.queries.people import age_of
from engawa.office.casework.intake.rules import (
    SELF,
    HouseholdRow,
    LifeEventRow,
    MemberRow,
    NeedRow,
    RelationRow,
    in_order,
)
from engawa.office.casework.people.models import Person, Signed

OF_PERSON = ("name", "reading", "sex", "birth_date", "age", "age_on")
NOTHING: dict[str, Any] = {"name": "", "reading": "", "sex": "0", "birth_date": None, "age": Age(), "age_on": None}


class Homes:
    """The households of some cases of one house, with their members, as far as the cases' organisations know them."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self.cases = {case.number: case for case in sorted(cases, key=lambda case: case.number)}
        self.first: dict[UUID, str] = {}
        for number, case in self.cases.items():
            if case.household_id:
                self.first.setdefault(case.household_id, number)
        members = Member.objects.filter(household__in=self.first).select_related("person")
        self.members = {member.pk: member for member in members.order_by("added_at", "id")}
        self._at: dict[UUID, list[Member]] = defaultdict(list)
        for member in self.members.values():
            self._at[member.household_id].append(member)
        self.numbers = numbers_of(Brought.Kind.MEMBER, self.members)
        self.own: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
        for number, case in self.cases.items():
            if case.member_id:
                self.own[case.member_id] += (number,)
        self._seen = self._people_seen()
        self._labels: dict[UUID, dict[UUID, str]] = {}

    def _people_seen(self) -> set[tuple[UUID, UUID]]:
        """Which person is known to which organisation through a case of its own: others' people stay theirs."""
        people = {member.person_id for member in self.members.values() if member.person_id}
        return set(Case.objects.filter(person__in=people).values_list("person", "organisation"))

    def at(self, household: UUID) -> list[Member]:
        """The members of a household, in the order in which they were added."""
        return self._at.get(household, [])

    def in_all(self) -> Iterator[tuple[str, list[Member]]]:
        """Every household under the number of its first case, with its members."""
        for home, number in self.first.items():
            yield number, self.at(home)

    def row(self, member: Member, number: str) -> MemberRow:
        """A member as a row about the case with this number. What a 本人's own row says is told there alone."""
        row, facts = self.raw(member, number), self.facts(member)
        return replace(row, **({name: NOTHING[name] for name in facts} if row.own_of else facts))

    def facts(self, member: Member) -> dict[str, Any]:
        """What the member's person says, where that may be known."""
        return facts_of(self.person_of(member))

    def person_of(self, member: Member) -> Person:
        """Whose 本人 the member is, where the organisation knows them; else somebody of whom nothing is known."""
        number = self.first[member.household_id]
        for own in self.own[member.pk]:
            if person := self.cases[own].person:
                return person
        seen = (member.person_id, self.cases[number].organisation_id) in self._seen
        return member.person if member.person and seen else Person()

    def raw(self, member: Member, number: str) -> MemberRow:
        """What stands with the member alone."""
        own = self.own[member.pk]
        same = ("name", "reading", "sex", "birth_date", "age_on", "birth_order", "lives_here", "whereabouts")
        plain = {name: getattr(member, name) for name in (*same, "deceased", "died_on", "occupation", "note")}
        age = age_of(member.age_years, member.age_band)
        called = member.called or (SELF if own else "")
        return MemberRow(case=number, number=self.numbers[member.pk], called=called, own_of=own, age=age, **plain)

    def label(self, member_id: UUID | None) -> str:
        """What a member is called where only one of the household is called so; else their number."""
        if member_id is None:
            return ""
        home = self.members[member_id].household_id
        if home not in self._labels:
            self._labels[home] = self._label_all(home)
        return self._labels[home][member_id]

    def label_in(self, number: str, member_id: UUID | None) -> str:
        """The same as a row about the case with this number says it: 本人 is always that of the row's own case."""
        if member_id is None:
            return ""
        if self.cases[number].member_id == member_id:
            return SELF
        label = self.label(member_id)
        return self.numbers[member_id] if label == SELF else label

    def labels_in(self, number: str, members: Iterable[UUID]) -> list[str]:
        """The same of several; whoever is no longer of the household of the case is left out."""
        case = self.cases.get(number)
        here = {member.pk for member in self.at(case.household_id)} if case and case.household_id else set()
        return [self.label_in(number, member) for member in members if member in here]

    def meant(self, number: str, word: str) -> UUID | None:
        """Whom of the household of this case a word means: by number, else 本人, else what only one is called."""
        case = self.cases.get(number)
        members = self.at(case.household_id) if case and case.household_id else []
        if case and word == SELF and case.member_id:
            return case.member_id
        for named in (self._number, self._called, self._named):
            if len(found := [member.pk for member in members if named(member) == word]) == 1:
                return found[0]
        return None

    def _number(self, member: Member) -> str:
        return self.numbers[member.pk]

    def _called(self, member: Member) -> str:
        return member.called

    def _named(self, member: Member) -> str:
        return self.person_of(member).name or member.name

    def unmeant(self, number: str, word: str) -> tuple[str, str]:
        """What is wrong with a word that means nobody, or more than one, and whom it could mean."""
        case = self.cases.get(number)
        members = self.at(case.household_id) if case and case.household_id else []
        labels = "、".join(self.label(member.pk) for member in members)
        return Words("「%(word)s」がだれか、世帯員からひとりに決まりません", word=word), labels or "世帯員にいる人"

    def _label_all(self, home: UUID) -> dict[UUID, str]:
        own = self.cases[self.first[home]].member_id
        called = {member.pk: SELF if member.pk == own else member.called for member in self.at(home)}
        often = Counter(called.values())
        return {pk: word if word and often[word] == 1 else self.numbers[pk] for pk, word in called.items()}


def facts_of(person: Person) -> dict[str, Any]:
    """What is known of a person, of all that a row about a member may say."""
    facts = {name: getattr(person, name) for name in OF_PERSON if name != "age"}
    facts |= {"age": age_of(person.age_years, person.age_band)}
    return {name: fact for name, fact in facts.items() if fact != NOTHING[name]}


def homes_of(cases: QuerySet[Case]) -> Homes:
    """The households of these cases."""
    return Homes(cases.filter(household__isnull=False).select_related("person"))


def told_households(homes: Homes) -> list[HouseholdRow]:
    """What households are called and how it goes there, where anybody wrote that down."""
    rows = Household.objects.filter(pk__in=homes.first).exclude(name="", note="")
    return sorted((HouseholdRow(homes.first[home.pk], home.name, home.note) for home in rows), key=lambda row: row.case)


def told_members(homes: Homes) -> Iterator[MemberRow]:
    """Every member, household by household."""
    for number, members in homes.in_all():
        for member in members:
            yield homes.row(member, number)


def row_of_relation(homes: Homes, relation: Relation) -> RelationRow:
    """A relation in the words of the household."""
    plain = {name: getattr(relation, name) for name in ("kind", "ending", "since_year", "until_year", "words")}
    one, other = homes.label(relation.one_id), homes.label(relation.other_id)
    return RelationRow(case=homes.first[relation.household_id], one=one, other=other, **plain)


def relations_in(homes: Homes) -> QuerySet[Relation]:
    """All relations within these households."""
    return Relation.objects.filter(household__in=homes.first).order_by("id")


def signed(one: Signed) -> dict[str, Any]:
    """Who wrote it."""
    return {"writer": one.written_by, "signed": one.signer is not None}


def row_of_need(homes: Homes, need: Need) -> NeedRow:
    """A need in the words of the household."""
    plain = {name: getattr(need, name) for name in ("noted_on", "words", "settled_on")}
    kind = need.kind.label if need.kind else ""
    whom: dict[str, Any] = {"case": homes.first[need.household_id], "who": homes.label(need.member_id)}
    return NeedRow(**whom, kind=kind, **plain, **signed(need))


def needs_in(homes: Homes) -> QuerySet[Need]:
    """All needs of these households."""
    return Need.objects.filter(household__in=homes.first).select_related("kind", "by").order_by("noted_on", "id")


def row_of_event(homes: Homes, event: LifeEvent) -> LifeEventRow:
    """An event of life in the words of the household."""
    plain = {name: getattr(event, name) for name in ("on", "about", "words")}
    whom: dict[str, Any] = {"case": homes.first[event.household_id], "who": homes.label(event.member_id)}
    return LifeEventRow(**whom, kind=event.kind.label, **plain, **signed(event))


def events_in(homes: Homes) -> QuerySet[LifeEvent]:
    """All that happened in these households."""
    rows = LifeEvent.objects.filter(household__in=homes.first)
    return rows.select_related("kind", "by").order_by("on", "recorded_at", "id")


def told_relations(homes: Homes) -> list[RelationRow]:
    """How members are related, household by household."""
    return in_order(row_of_relation(homes, relation) for relation in relations_in(homes))


def told_needs(homes: Homes) -> list[NeedRow]:
    """What troubles households, household by household."""
    return in_order(row_of_need(homes, need) for need in needs_in(homes))


def told_events(homes: Homes) -> list[LifeEventRow]:
    """What happened in households, household by household."""
    return in_order(row_of_event(homes, event) for event in events_in(homes))
