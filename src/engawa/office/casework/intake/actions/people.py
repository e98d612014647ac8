"""Takes in whom cases are about, and their other names, addresses and numbers."""

from collections.abc import Hashable, Iterable, MutableMapping
from dataclasses import replace
from typing import Any, ClassVar

from engawa.kernel import clock
from engawa.kernel.age import Age
from engawa.kernel.ids import uuid7
from engawa.kernel.rows import insert_all, update_all
from engawa.kernel.words import Words
from engawa.office.casework.cases.actions import found_by
from engawa.office.casework.cases.models import Case, CaseSearch
from engawa.office.casework.households.models import Member
from engawa.office.casework.intake.actions.bringing import Bringing, Kind
from engawa.office.casework.intake.queries.people import (
    PERSONAL,
    others_of,
    row_of_other,
    row_of_person,
)
from engawa.office.casework.intake.rules import (
    OtherRow,
    PersonRow,
    Unfit,
    from_day,
    says_anything,
)
from engawa.office.casework.people import rules as people
from engawa.office.casework.people.models import Mark, Other, OtherAddress, OtherName, OtherReach, Person

# What of a person's other rows they are recognised by (``Person.known``).
_COMPARED = ("other_names", "other_reaches")


def columns_of(age: Age) -> dict[str, Any]:
    """An age as two columns keep it."""
    return {"age_years": age.years, "age_band": str(age) if age.band is not None else ""}


def index(cases: Iterable[Case]) -> None:
    """Write down anew what these cases are found by, and their people recognised by; as ``index_person``, by many."""
    ids = [case.pk for case in cases]
    rows = Case.objects.filter(pk__in=ids).select_related("person", "organisation", "household")
    hang = [f"{person}__{others}" for person in ("person", "person__merged") for others in _COMPARED]
    found = list(rows.prefetch_related(*hang, "household__members"))
    CaseSearch.objects.bulk_create(
        [found_by(case) for case in found],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["text", "family", "pieces"],
    )
    known = {case.person.pk: _records(case) for case in found if case.person}
    Mark.objects.filter(person__in=known).exclude(mark__startswith=people.COUNTED).delete()
    Mark.objects.bulk_create(
        Mark(person_id=pk, mark=mark)
        for pk, records in known.items()
        for mark in sorted({mark for record in records for mark in people.marks(record.known())})
    )


def _records(case: Case) -> list[Person]:
    return [case.person, *case.person.merged.all()] if case.person else []


class People(Bringing[PersonRow]):
    """本人. A case that has its person keeps it; one without gets the person, or only what it is called."""

    fields = (*PERSONAL, "handle")

    def known(self) -> MutableMapping[Hashable, PersonRow]:
        bringing = {row.case for row in self.rows if self._brings(row)}
        known = (number for number, case in self.cases.items() if case.person_id or number not in bringing)
        return {number: row_of_person(self.cases[number]) for number in known}

    def _brings(self, row: PersonRow) -> bool:
        case = self.cases[row.case]
        if row.same_as or says_anything(row, *PERSONAL):
            return True
        return bool(row.handle and not case.handle) or bool(row.notes.keys() - case.notes.keys())

    def key(self, row: PersonRow) -> Hashable:
        return row.case

    def resolve(self, row: PersonRow) -> PersonRow | Unfit:
        """A row that leads to the person of another case says the same as that case's own row."""
        if not row.same_as:
            return row
        if row.same_as == row.case or says_anything(row, *PERSONAL):
            return Unfit(
                "same_as",
                "同じ人のケースと、本人のことが、両方書いてあります",
                "本人のことは、同じ人のケースの行だけに書いてください",
            )
        mine, theirs = self.cases[row.case], self.cases[row.same_as]
        if mine.person_id and mine.person_id == theirs.person_id:
            return replace(row_of_person(mine), handle=row.handle, same_as=row.same_as)
        if mine.person_id:
            return Unfit("same_as", "このケースには、別の人の記録がすでにあります", "空欄、または同じ人のケース番号")
        return row

    def fit(self, row: PersonRow) -> Unfit | None:
        handle = self.cases[row.case].handle
        if handle and row.handle and row.handle != handle:
            return Unfit("handle", "このケースには、別の呼び名がすでにあります", handle)
        if row.birth_date and row.birth_date > clock.today():
            return Unfit(
                "birth_date",
                "生年月日が先の日付です。今日までの日を入れてください",
                Words("%(day)s までの日付", day=clock.today().isoformat()),
            )
        return None

    def make(self, rows: list[PersonRow]) -> None:
        own = [row for row in rows if not row.same_as]
        made = {row.case: self._person(row) for row in own if says_anything(row, *PERSONAL)}
        for row in rows:
            if row.same_as and not self.cases[row.same_as].person_id and row.same_as not in made:
                made[row.same_as] = Person(id=uuid7())
                self._said(row.same_as, made[row.same_as])
        insert_all(list(made.values()))
        for number, person in made.items():
            self.cases[number].person = person
            self.note(Kind.PERSON, person.pk, number)
        for row in rows:
            self._fill(row)
        touched = [self.cases[number] for number in {row.case for row in rows} | set(made)]
        update_all(touched, ["person", "handle", "notes"])
        _let_members_be(touched)
        index(touched)

    def _person(self, row: PersonRow) -> Person:
        plain = {name: getattr(row, name) for name in PERSONAL if name != "age"}
        return Person(id=uuid7(), **plain, **columns_of(row.age))

    def _fill(self, row: PersonRow) -> None:
        case = self.cases[row.case]
        if row.same_as:
            case.person = self.cases[row.same_as].person
        titles = [title for title in row.notes if title not in case.notes]
        case.notes = {**row.notes, **case.notes} if titles else case.notes
        self._said(row.case, case.person, handle=bool(row.handle and not case.handle), titles=titles)
        case.handle = row.handle or case.handle

    def _said(self, number: str, person: Person | None, **said: Any) -> None:
        """What the row wrote into the case itself."""
        self.note(Kind.CASE, self.cases[number].pk, number, person=str(person.pk) if person else "", **said)


def _let_members_be(cases: Iterable[Case]) -> None:
    """Who is the 本人 of a case in its household is that person from now on."""
    for case in cases:
        if case.member_id and case.person_id:
            Member.objects.filter(pk=case.member_id, person=None).update(person=case.person_id)


class _Others(Bringing[Any]):
    """What hangs on a person in periods; a case without a person gets one without a name."""

    fields: ClassVar[tuple[str, ...]] = ("starts_on", "ends_on", "note")
    named: tuple[str, ...]
    kind_of_row: Kind
    model: type[Other]

    def known(self) -> MutableMapping[Hashable, OtherRow]:
        by_person = {case.person_id: number for number, case in self.cases.items() if case.person_id}
        rows = [row_of_other(other, by_person[other.person_id]) for other in others_of(self.model, by_person)]
        return {self.key(row): row for row in rows}

    def key(self, row: OtherRow) -> Hashable:
        person = self.cases[row.case].person_id or row.case
        return (person, row.kind, *(getattr(row, name) for name in self.named))

    def fit(self, row: OtherRow) -> Unfit | None:
        if not says_anything(row, *self.named):
            return Unfit(self.named[0], "名前もよみも空です", "名前かよみ、または両方")
        if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
            return Unfit(
                "ends_on",
                "おわりの日が、はじめの日より前です。どちらかの日を直してください",
                from_day(row.starts_on),
            )
        return None

    def make(self, rows: list[Any]) -> None:
        self._people({row.case for row in rows})
        made: list[Any] = []
        for row in rows:
            said = {name: getattr(row, name) for name in ("kind", *self.named, *self.fields)}
            one = self.model(id=uuid7(), person=self.cases[row.case].person, **said)
            self.note(self.kind_of_row, one.pk, row.case)
            made.append(one)
        insert_all(made)
        index(self._of_the_same_people({row.case for row in rows}))

    def _people(self, numbers: set[str]) -> None:
        bare = [self.cases[number] for number in sorted(numbers) if not self.cases[number].person_id]
        for case in bare:
            case.person = Person.objects.create()
            self.note(Kind.PERSON, case.person.pk, case.number)
            self.note(Kind.CASE, case.pk, case.number, person=str(case.person.pk))
        update_all(bare, ["person"])

    def _of_the_same_people(self, numbers: set[str]) -> list[Case]:
        return list(Case.objects.filter(person__in={self.cases[number].person_id for number in numbers}))


class OtherNames(_Others):
    """別の名."""

    named = ("name", "reading")
    kind_of_row = Kind.OTHER_NAME
    model = OtherName


class OtherAddresses(_Others):
    """別の住所."""

    named = ("address",)
    kind_of_row = Kind.OTHER_ADDRESS
    model = OtherAddress


class OtherReaches(_Others):
    """別の連絡先."""

    fields = (*_Others.fields, "message")
    named = ("reach",)
    kind_of_row = Kind.OTHER_REACH
    model = OtherReach
