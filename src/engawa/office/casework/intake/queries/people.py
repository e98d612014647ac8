"""What is known of people, told as rows of a ledger; and the same to compare rows with that come in."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from engawa.kernel.age import Age, NotAnAge, read_age
from engawa.office.casework.cases.models import Case
from engawa.office.casework.identity.models import Step
from engawa.office.casework.intake.rules import (
    NameStepRow,
    OtherAddressRow,
    OtherNameRow,
    OtherReachRow,
    OtherRow,
    PersonRow,
    in_order,
    says_anything,
)
from engawa.office.casework.people.models import Other, OtherAddress, OtherName, OtherReach, Person

_ROWS: dict[type[Other], tuple[type[OtherRow], tuple[str, ...]]] = {
    OtherName: (OtherNameRow, ("name", "reading")),
    OtherAddress: (OtherAddressRow, ("address",)),
    OtherReach: (OtherReachRow, ("reach", "message")),
}
PERSONAL = ("name", "reading", "nickname", "sex", "birth_date", "age", "age_on", "phone", "address")


def age_of(years: int | None, band: str) -> Age:
    """An age as two columns keep it."""
    if years is not None:
        return Age(years=years)
    try:
        return read_age(band)
    except NotAnAge:
        return Age()


def row_of_person(case: Case) -> PersonRow:
    """Whom the case is about, and what the case is called."""
    person = case.person or Person()
    return PersonRow(
        case=case.number,
        name=person.name,
        reading=person.reading,
        nickname=person.nickname,
        sex=person.sex,
        birth_date=person.birth_date,
        age=age_of(person.age_years, person.age_band),
        age_on=person.age_on,
        phone=person.phone,
        address=person.address,
        handle=case.handle,
    )


def told_people(cases: QuerySet[Case]) -> Iterator[PersonRow]:
    """A row for each case that has a person or a name to be called by; somebody with several cases is told once."""
    found = list(cases.select_related("person").order_by("number"))
    often = Counter(case.person_id for case in found if case.person_id)
    first: dict[UUID, str] = {}
    for case in found:
        row = row_of_person(case)
        if case.person_id and (earlier := first.setdefault(case.person_id, case.number)) != case.number:
            yield PersonRow(case=case.number, handle=case.handle, same_as=earlier)
        elif (case.person_id and often[case.person_id] > 1) or says_anything(row, *PERSONAL, "handle"):
            yield row


def others_of(model: type[Other], people: Iterable[UUID | None]) -> QuerySet[Any]:
    """The other names, addresses or numbers of these people; secret ones are none of a ledger's business."""
    rows: QuerySet[Any] = QuerySet(model).filter(person__in=[one for one in people if one])
    return rows.exclude(kind=OtherName.Kind.SECRET).order_by("kind", "starts_on", "id")


def _first_cases(cases: QuerySet[Case]) -> dict[UUID, str]:
    """The lowest of these numbers by person."""
    pairs = cases.filter(person__isnull=False).order_by("-number").values_list("person", "number")
    return dict(pairs)


def row_of_other(other: Other, number: str) -> OtherRow:
    """Another name, address or number as a row about the case with this number."""
    row, names = _ROWS[type(other)]
    return row(case=number, **{name: getattr(other, name) for name in ("kind", *names, "starts_on", "ends_on", "note")})


def told_others(model: type[Other], cases: QuerySet[Case]) -> list[OtherRow]:
    """The other names, addresses or numbers of the people of these cases, each once."""
    first = _first_cases(cases)
    return in_order(row_of_other(other, first[other.person_id]) for other in others_of(model, first))


def told_name_steps(cases: Iterable[Case]) -> list[NameStepRow]:
    """Who agreed to the names that these cases have. Of a name that was taken back nothing is told."""
    named = Step.objects.filter(kind=Step.Kind.NAMED, case__in=cases, person=F("case__person"))
    return in_order(
        NameStepRow(case=step.case.number, on=step.on, agreed_by=step.agreed_by, how=step.how, note=step.note)
        for step in named.select_related("case")
    )
