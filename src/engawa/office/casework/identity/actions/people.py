"""What is known of a person: present facts, other names, other addresses. Each change keeps what stood before."""

import datetime as dt
from typing import TypedDict, TypeVar, Unpack

from django.db import transaction

from engawa.kernel import clock
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.casework.access import require, require_holder
from engawa.office.casework.cases.actions import index_person
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.queries import version_of
from engawa.office.casework.cases.rules import NotPossible, check_age, check_seen
from engawa.office.casework.identity import rules
from engawa.office.casework.people.models import OtherAddress, OtherName, Person

_EDIT = Permission.CASEWORK_CASE_EDIT
Other = TypeVar("Other", OtherName, OtherAddress)


class PersonFacts(TypedDict, total=False):
    """What may be known of a person. An age is what it was on ``age_on``."""

    name: str
    reading: str
    nickname: str
    sex: str
    birth_date: dt.date | None
    age_years: int | None
    age_band: str
    age_on: dt.date | None
    phone: str
    address: str


class Period(TypedDict, total=False):
    """From when to when something was so, as far as anybody knows."""

    starts_on: dt.date | None
    ends_on: dt.date | None
    note: str


@transaction.atomic
def edit_person(*, by: AnyActor, case: Case, seen: str | None = None, **facts: Unpack[PersonFacts]) -> Person:
    """Change what is known of the person of the case, on all their cases at once.

    Raises:
        NotPossible: the case has no person yet, somebody else was quicker, or a fact cannot be.
    """
    require(by, _EDIT, case, Part.BASICS)
    person = _person_of(case, locked=True)
    check_seen(seen, version_of(case))
    check_age(facts.get("age_years"))
    if (birth_date := facts.get("birth_date")) and birth_date > clock.today():
        raise NotPossible("生年月日が先の日付です")
    for name, value in facts.items():
        setattr(person, name, value)
    person.save(force_update=True)
    _after(by, case, "casework.edit_person", fields=sorted(facts))
    return person


@transaction.atomic
def keep_name(  # noqa: PLR0913  # a name is its kind, its two forms and its period
    *,
    by: AnyActor,
    case: Case,
    kind: str,
    name: str = "",
    reading: str = "",
    old: OtherName | None = None,
    **period: Unpack[Period],
) -> OtherName:
    """Write down a former, common or secret name of the person, or change ``old``.

    A secret one (DV) is written by the holders of the case and belongs to their organisation, which alone reads it;
    no search and no paper knows it.
    """
    person = _may_keep(by, case, kind, old, period)
    rules.check_named(name, reading)
    kept = old or OtherName(person=person)
    kept.kind, kept.name, kept.reading = kind, name, reading
    return _kept(by, case, kept, period)


@transaction.atomic
def keep_address(
    *,
    by: AnyActor,
    case: Case,
    kind: str,
    address: str,
    old: OtherAddress | None = None,
    **period: Unpack[Period],
) -> OtherAddress:
    """Write down an earlier, registered or secret address of the person, or change ``old``."""
    person = _may_keep(by, case, kind, old, period)
    if not address.strip():
        raise NotPossible("住所を書いてください")
    kept = old or OtherAddress(person=person)
    kept.kind, kept.address = kind, address
    return _kept(by, case, kept, period)


@transaction.atomic
def drop_other(*, by: AnyActor, case: Case, old: OtherName | OtherAddress) -> None:
    """Take away a name or an address that was an error; its past is kept."""
    _may_keep(by, case, old.kind, old, {})
    kind = type(old).__name__
    old.delete()
    _after(by, case, "casework.drop_other", kind=kind)


def _may_keep(by: AnyActor, case: Case, kind: str, old: OtherName | OtherAddress | None, period: Period) -> Person:
    person = _person_of(case)
    if old and old.person_id != person.pk:
        raise NotAllowed
    if old and old.secret and isinstance(by, Actor) and old.organisation_id not in by.organisations_with(_EDIT):
        raise NotAllowed
    if kind == OtherName.Kind.SECRET or (old and old.secret):
        require_holder(by, _EDIT, case)
    require(by, _EDIT, case, Part.FAMILY)
    rules.check_period(period.get("starts_on"), period.get("ends_on"))
    return person


def _kept(by: AnyActor, case: Case, kept: Other, period: Period) -> Other:
    for name, value in period.items():
        setattr(kept, name, value)
    kept.organisation_id = (kept.organisation_id or case.organisation_id) if kept.secret else None
    kept.save()
    _after(by, case, "casework.keep_other", kind=type(kept).__name__, row=str(kept.pk))
    return kept


def _after(by: AnyActor, case: Case, deed: str, **detail: object) -> None:
    case.refresh_from_db()
    index_person(case)
    record(by=by, deed=deed, subject=case.number, case_id=case.pk, detail=detail)


def _person_of(case: Case, *, locked: bool = False) -> Person:
    people = Person.objects.select_for_update() if locked else Person.objects.all()
    person = people.filter(pk=case.person_id).first() if case.person_id else None
    if person is None:
        raise NotPossible("このケースは匿名のままです。先に「名前を記録する」から始めてください")
    return person
