"""Opening a case, what is known of it, and the talks that belong to it."""

import datetime as dt
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from engawa.kernel import clock, fiscal
from engawa.kernel.ids import uuid7
from engawa.kernel.locks import lock_until_commit
from engawa.office.access.actions import grant
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.models import Grant, Staff
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.casework.access import cases_worked_on, member, require
from engawa.office.casework.cases import queries, rules
from engawa.office.casework.cases.actions.changes import locked
from engawa.office.casework.cases.actions.finding import index_person
from engawa.office.casework.cases.models import Case, CaseCounter, CaseTalk
from engawa.office.casework.people.models import Person
from engawa.office.directory.models import Desk
from engawa.office.talks.models import Talk


class CaseFacts(TypedDict, total=False):
    """What is known of the case itself."""

    received_on: dt.date | None
    route: str
    complaint: str
    handle: str
    age_years: int | None
    age_band: str
    sex: str
    lead: Staff | None


class PersonFacts(TypedDict, total=False):
    """What is known of the person, who may stay nameless."""

    name: str
    reading: str
    nickname: str
    birth_date: dt.date | None
    phone: str
    address: str


class Facts(CaseFacts, PersonFacts, total=False):
    """Everything that may be known when a case is opened. Nothing here is required.

    ``person`` is somebody who has another case already.
    """

    person: Person | None


@transaction.atomic
def open_case(
    *,
    by: AnyActor,
    desk: Desk,
    requester: str,
    number: str | None = None,
    key: UUID | None = None,
    **facts: Unpack[Facts],
) -> Case:
    """Make a case at a desk; the desk's organisation holds it and may see it.

    Args:
        by: needs ``casework:case:open`` in the desk's organisation.
        desk: where the consultation was received.
        requester: who asked first (``Requester``).
        number: a number of an older ledger; without it the next one of the fiscal year of ``received_on`` (today).
        key: id of the new case; a second call with the same key gives the case of the first.
        facts: see ``Facts``. A person row is made only when something about the person is known.

    Raises:
        NotAllowed: ``by`` may open no case there, or does not work with the person whom they chose.
    """
    if isinstance(by, Actor) and desk.organisation_id not in by.organisations_with(Permission.CASEWORK_CASE_OPEN):
        raise NotAllowed
    if known := Case.objects.filter(pk=key).first() if key else None:
        return known
    day = facts.pop("received_on", None) or clock.today()
    rules.check_received(day, clock.today())
    case = Case(
        id=key or uuid7(), number=number or "", organisation_id=desk.organisation_id, desk=desk, received_on=day
    )
    person = _person(by, facts)
    _fill(case, {"requester": requester, **facts})
    case.number = _keep_number(number) if number else _next_number(day)
    case.person = person
    if person:
        know_age(person, case)
    grant(by=by, case_id=case.pk, basis=Grant.Basis.OWN, organisation=desk.organisation)
    case.save(force_insert=True)
    if person:
        person.save()
    index_person(case)
    record(by=by, deed="casework.open_case", subject=case.number, case_id=case.pk)
    return case


class ChangedFacts(Facts, total=False):
    """What may change later: the facts, and who asked first."""

    requester: str


@transaction.atomic
def edit_facts(*, by: AnyActor, case: Case, seen: str | None = None, **facts: Unpack[ChangedFacts]) -> Case:
    """Change what is known; what stood before is kept as the case's past.

    Args:
        by: needs ``casework:case:edit`` through a grant that lets write.
        case: the case.
        seen: the version that the writer had in front of them (``queries.version_of``), where it matters.
        facts: only those that are given change.

    Raises:
        NotAllowed: ``by`` may not write the case, or does not work with the person whom they chose.
        NotPossible: somebody else has changed the facts since ``seen``, or a fact cannot be.
    """
    case = locked(case)
    require(by, Permission.CASEWORK_CASE_EDIT, case)
    rules.check_seen(seen, queries.version_of(case))
    if day := facts.get("received_on"):
        rules.check_received(day, clock.today())
    changed = sorted(facts)
    person = _person(by, facts, case.person)
    _fill(case, facts)
    case.person = person
    case.save(force_update=True)
    if person:
        person.save()
    index_person(case)
    record(by=by, deed="casework.edit_facts", subject=case.number, case_id=case.pk, detail={"fields": changed})
    return case


@transaction.atomic
def link_talk(*, by: AnyActor, case: Case, talk: Talk) -> CaseTalk:
    """Let a talk belong to the case; all that was said stays, and whoever sees the case reads it.

    Raises:
        NotPossible: the talk belongs to another case already.
    """
    require(by, Permission.CASEWORK_CASE_EDIT, case)
    taken = Talk.objects.filter(pk=talk.pk, case_id__isnull=True).update(case_id=case.pk)
    if not taken:
        raise rules.NotPossible("このやりとりは、すでにほかのケースにつながっています")
    link = CaseTalk.objects.create(case=case, talk=talk, by=member(by))
    talk.case_id = case.pk
    record(by=by, deed="casework.link_talk", subject=case.number, case_id=case.pk, detail={"talk": str(talk.pk)})
    return link


def know_age(person: Person, case: Case) -> None:
    """What was heard of age and sex when the case was received is known of the person too, unless more is known."""
    if person.sex == Person.Sex.UNKNOWN:
        person.sex = case.sex
    if person.birth_date is None and person.age_on is None and case.age:
        person.age_years, person.age_band, person.age_on = case.age_years, case.age_band, case.received_on


def _next_number(day: dt.date) -> str:
    year = fiscal.fiscal_year(day)
    lock_until_commit(f"casework.number.{year}")
    counter, _new = CaseCounter.objects.get_or_create(fiscal_year=year)
    counter.last += 1
    counter.save()
    return rules.write_number(year, counter.last)


def _keep_number(number: str) -> str:
    """Take a given number, and never give it again."""
    if place := rules.read_number(number):
        year, last = place
        lock_until_commit(f"casework.number.{year}")
        counter, _new = CaseCounter.objects.get_or_create(fiscal_year=year)
        counter.last = max(counter.last, last)
        counter.save()
    return number


def _person(by: AnyActor, facts: Any, person: Person | None = None) -> Person | None:
    """Take the person's facts out of ``facts`` and put them on the person, who is made only when there are any."""
    if (chosen := facts.pop("person", None)) and chosen != person:
        if not cases_worked_on(by).filter(person=chosen).exists():
            raise NotAllowed
        person = chosen
    known = {name: facts.pop(name) for name in PersonFacts.__annotations__ if name in facts}
    if person is None and not any(known.values()):
        return None
    person = person or Person()
    for name, value in known.items():
        setattr(person, name, value)
    return person


def _fill(case: Case, facts: Any) -> None:
    rules.check_age(facts.get("age_years"))
    for name, value in facts.items():
        setattr(case, name, value)
