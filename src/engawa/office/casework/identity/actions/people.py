"""What is known of a person: present facts, other names, addresses and numbers. Each change keeps what was before."""

import datetime as dt
from typing import TypedDict, TypeVar, Unpack

from django.db import transaction
from django.db.models import QuerySet

from engawa.kernel import clock
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.casework.access import require, require_holder
from engawa.office.casework.cases.actions import index_person, know_age
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.queries import version_of
from engawa.office.casework.cases.rules import NotPossible, check_age, check_seen
from engawa.office.casework.identity import rules
from engawa.office.casework.people import models as people
from engawa.office.casework.people.models import OtherAddress, OtherName, OtherReach, Person
from engawa.office.casework.people.queries import version_of_other

_EDIT = Permission.CASEWORK_CASE_EDIT
Other = TypeVar("Other", OtherName, OtherAddress, OtherReach)


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


def attach(case: Case, person: Person) -> Person:
    """Let the case be about the person. The case first: who sees it may then write the person (second wall)."""
    case.person = person
    know_age(person, case)
    case.save(force_update=True)
    person.save()
    index_person(case)
    return person


@transaction.atomic
def edit_person(*, by: AnyActor, case: Case, seen: str | None = None, **facts: Unpack[PersonFacts]) -> Person:
    """Change what is known of the person of the case, on all their cases at once.

    Somebody who stays nameless has an address and a birth date, too. Name and reading change here, and are given or
    taken back as steps that somebody agrees to (``actions.steps``).

    Raises:
        NotPossible: somebody else was quicker, a fact cannot be, or a name comes or goes without its step.
    """
    require(by, _EDIT, case, Part.BASICS)
    check_seen(seen, version_of(_locked(case)))
    person = _person_of(case)
    called = facts.get("name", person.name), facts.get("reading", person.reading)
    rules.check_naming(named=person.named, called=called)
    check_age(facts.get("age_years"))
    if (birth_date := facts.get("birth_date")) and birth_date > clock.today():
        raise NotPossible("生年月日が先の日付です。今日までの日を入れてください")
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
    seen: str | None = None,
    **period: Unpack[Period],
) -> OtherName:
    """Write down a former, common or secret name of the person, or change ``old``.

    A secret one (DV) is written by the holders of the case and belongs to their organisation, which alone reads it;
    no search and no paper knows it.

    Raises:
        NotPossible: somebody else has changed ``old`` since ``seen``, or nothing is said.
    """
    person = _may_keep(by, case, kind, old, period)
    old = _as_seen(old, seen)
    rules.check_other_name(named=person.named)
    rules.check_named(name, reading)
    kept = old or OtherName(person=person)
    kept.kind, kept.name, kept.reading = kind, name, reading
    return _kept(by, case, kept, period)


@transaction.atomic
def keep_address(  # noqa: PLR0913  # as keep_name
    *,
    by: AnyActor,
    case: Case,
    kind: str,
    address: str,
    old: OtherAddress | None = None,
    seen: str | None = None,
    **period: Unpack[Period],
) -> OtherAddress:
    """Write down an earlier, registered or secret address of the person, or change ``old``; as ``keep_name``."""
    person = _may_keep(by, case, kind, old, period)
    old = _as_seen(old, seen)
    if not address.strip():
        raise NotPossible("住所を書いてください")
    kept = old or OtherAddress(person=person)
    kept.kind, kept.address = kind, address
    return _kept(by, case, kept, period)


@transaction.atomic
def keep_reach(  # noqa: PLR0913  # as keep_name
    *,
    by: AnyActor,
    case: Case,
    kind: str,
    reach: str,
    message: str = "",
    old: OtherReach | None = None,
    seen: str | None = None,
    **period: Unpack[Period],
) -> OtherReach:
    """Write down a further phone number or mail address, or a secret one, or change ``old``; as ``keep_name``.

    ``message`` is whether a word may be left there (``OtherReach.Message``); empty where nobody has asked.
    """
    person = _may_keep(by, case, kind, old, period)
    old = _as_seen(old, seen)
    if not reach.strip():
        raise NotPossible("電話番号かメールアドレスを書いてください")
    kept = old or OtherReach(person=person)
    kept.kind, kept.reach, kept.message = kind, reach, message
    return _kept(by, case, kept, period)


@transaction.atomic
def drop_other(*, by: AnyActor, case: Case, old: people.Other, seen: str | None = None) -> None:
    """Take away a name, an address or a number that was an error; its past is kept.

    Raises:
        NotPossible: somebody else has changed it since ``seen``.
    """
    _may_keep(by, case, old.kind, old, {})
    check_seen(seen, version_of_other(old))
    kind = type(old).__name__
    old.delete()
    _after(by, case, "casework.drop_other", kind=kind)


def _may_keep(by: AnyActor, case: Case, kind: str, old: people.Other | None, period: Period) -> Person:
    require(by, _EDIT, case, Part.FAMILY)
    person = _person_of(case)
    if old and old.person_id != person.pk:
        raise NotAllowed
    if old and old.secret and isinstance(by, Actor) and old.organisation_id not in by.organisations_with(_EDIT):
        raise NotAllowed
    if kind == OtherName.Kind.SECRET or (old and old.secret):
        require_holder(by, _EDIT, case)
    rules.check_period(period.get("starts_on"), period.get("ends_on"))
    return person


def _as_seen(old: Other | None, seen: str | None) -> Other | None:
    """The row as it stands now, locked, if that is what the writer had in front of them."""
    if old is None:
        return None
    rows: QuerySet[Other] = QuerySet(type(old))
    now = rows.select_for_update().filter(pk=old.pk).first()
    if now is None:
        raise NotPossible("ほかの人が先に消しました。画面を開き直してください")
    check_seen(seen, version_of_other(now))
    return now


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


def _locked(case: Case) -> Case:
    """The case as it stands now: of two who begin a record of somebody nameless, the second finds that of the first."""
    found = Case.objects.select_for_update(of=("self",)).select_related("person").filter(pk=case.pk).first()
    if found is None:
        raise NotAllowed
    case.person = found.person
    return found


def _person_of(case: Case) -> Person:
    """The person of the case as it stands now, locked; one without any name where nothing was known so far."""
    found = _locked(case)
    person = Person.objects.select_for_update().filter(pk=found.person_id).first() if found.person_id else None
    return person or attach(found, Person())
