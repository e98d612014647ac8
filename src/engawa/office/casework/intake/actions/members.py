"""Takes in the members of households."""

from collections import Counter
from collections.abc import Hashable, MutableMapping, Sequence
from dataclasses import replace
from typing import Any
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
    Member,
)
from engawa.office.casework.intake.actions.bringing import Kind
from engawa.office.casework.intake.actions.cases import check_may_take_in
from engawa.office.casework.intake.actions.households import InHouseholds
from engawa.office.casework.intake.actions.people import columns_of, index
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.intake.queries import family
from engawa.office.casework.intake.queries.family import NOTHING, OF_PERSON
from engawa.office.casework.intake.rules import (
    SELF,
    MemberRow,
    Unfit,
    says_anything,
)
from engawa.office.casework.maps.rules import kin
from engawa.office.casework.people.models import Person


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
