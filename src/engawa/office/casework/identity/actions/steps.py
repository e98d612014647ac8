"""From anonymous to named, and back: each step says who agreed, how they were asked, and when (000-06)."""

import datetime as dt
from typing import Any, TypedDict, Unpack

from django.db import transaction

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER, AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, require, require_holder
from engawa.office.casework.cases.actions import hand_on_secrets_of, index_case, index_household, link_talk, open_case
from engawa.office.casework.cases.models import Case, CaseTalk
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.households.actions import lay_with_person
from engawa.office.casework.households.models import Member
from engawa.office.casework.identity import rules
from engawa.office.casework.identity.actions.people import attach
from engawa.office.casework.identity.models import Step
from engawa.office.casework.people.actions import forget_marks
from engawa.office.casework.people.models import Person
from engawa.office.talks.models import Talk

_EDIT = Permission.CASEWORK_CASE_EDIT
Kind = Step.Kind


class Asked(TypedDict, total=False):
    """Who agreed to a step（``Step.AgreedBy``）, how they were asked, on which day (today), and what else was said."""

    agreed_by: str
    how: str
    on: dt.date | None
    note: str


class Name(TypedDict, total=False):
    """What somebody may be called by."""

    name: str
    reading: str
    nickname: str


@transaction.atomic
def open_named(*, by: AnyActor, agreed_by: str = "", how: str = "", **facts: Any) -> Case:
    """Open a case (``cases.actions.open_case``), and note who agreed where a name is written down at once."""
    case = open_case(by=by, **facts)
    if case.person and agreed_by and not case.steps.exists():
        note_naming(by=by, case=case, agreed_by=agreed_by, how=how, on=case.received_on)
    return case


@transaction.atomic
def give_name(*, by: AnyActor, case: Case, called: Name, **asked: Unpack[Asked]) -> Step:
    """Write down the name of whom the case is about, who was anonymous so far.

    Raises:
        NotPossible: the case has a name already, or nothing says who agreed.
    """
    case = _locked(by, case)
    rules.check_named(called.get("name", ""), called.get("reading", ""))
    person = case.person or Person()
    if person.named:
        raise NotPossible("このケースには、すでに名前があります。画面を開き直して、いまの名前を確かめてください")
    for field, value in called.items():
        setattr(person, field, value)
    attach(case, person)
    return _step(by, Step(case=case, kind=Kind.NAMED, person=person), asked)


@transaction.atomic
def note_naming(*, by: AnyActor, case: Case, **asked: Unpack[Asked]) -> Step:
    """Note who agreed to the name that was written down when the case was opened."""
    require(by, _EDIT, case, Part.BASICS)
    return _step(by, Step(case=case, kind=Kind.NAMED, person=case.person), asked)


@transaction.atomic
def take_name_back(*, by: AnyActor, case: Case, **asked: Unpack[Asked]) -> Step:
    """Leave the case anonymous again. Its number, its course and its history stay; the name is found by nobody.

    The record with the name is kept out of sight until retention ends it, so that the step can be undone.
    """
    case = _locked(by, case)
    require_holder(by, _EDIT, case)
    person = case.person
    if person is None or not person.named:
        raise NotPossible("このケースは匿名のままです。取り下げる名前はありません。画面を開き直してください")
    step = _step(by, Step(case=case, kind=Kind.NAME_TAKEN_BACK, person=person), asked)
    case.person = None
    case.save(force_update=True)
    _leave_behind(case, person)
    index_case(case)
    if case.household_id:
        index_household(case.household_id)
    return step


@transaction.atomic
def give_name_again(*, by: AnyActor, case: Case, **asked: Unpack[Asked]) -> Step:
    """Undo the latest taking back: the case is about the same record again, with all that it says.

    Raises:
        NotPossible: there is no name to give again, or nobody was asked.
    """
    case = _locked(by, case)
    require_holder(by, _EDIT, case)
    rules.check_asked(asked.get("agreed_by", Step.AgreedBy.NOT_ASKED))
    last = case.steps.filter(kind=Kind.NAME_TAKEN_BACK).order_by("recorded_at").last()
    meanwhile = case.person
    if (meanwhile and meanwhile.named) or last is None or last.person_id is None:
        raise NotPossible("もどせる名前はありません。画面を開き直してください")
    with acting_as(KEEPER):
        person = Person.objects.select_related("merged_into").get(pk=last.person_id)
    named = person.merged_into or person
    attach(case, named)
    if meanwhile:
        _lay_beneath(meanwhile, named)
    _hand_on_what_stayed(case, named, last.recorded_at)
    return _step(by, Step(case=case, kind=Kind.NAMED, person=named), asked)


def _hand_on_what_stayed(case: Case, person: Person, since: dt.datetime) -> None:
    """While the name was taken back, a handover of the case could not hand on the secrets that belong to it."""
    with acting_as(KEEPER):
        missed = list(case.handovers.filter(accepted=True, answered_at__gte=since).order_by("answered_at"))
    for handover in missed:
        hand_on_secrets_of(person, handover)


@transaction.atomic
def join_talk(*, by: AnyActor, case: Case, talk: Talk, **asked: Unpack[Asked]) -> CaseTalk:
    """Let a pseudonymous talk belong to the case, with who agreed to it."""
    link = link_talk(by=by, case=case, talk=talk)
    _step(by, Step(case=case, kind=Kind.TALK_JOINED, talk=talk), asked)
    return link


@transaction.atomic
def part_talk(*, by: AnyActor, case: Case, talk: Talk, **asked: Unpack[Asked]) -> Step:
    """Take a talk out of the case again: it stays whole at the desk. Contacts that were recorded stay with the case."""
    case = _locked(by, case)
    require_holder(by, _EDIT, case)
    if not CaseTalk.objects.filter(case=case, talk=talk).delete()[0]:
        raise NotAllowed
    Talk.objects.filter(pk=talk.pk, case_id=case.pk).update(case_id=None)
    return _step(by, Step(case=case, kind=Kind.TALK_PARTED, talk=talk), asked)


def _locked(by: AnyActor, case: Case) -> Case:
    found = Case.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    locked = found.filter(pk=case.pk).first()
    if locked is None:
        raise NotAllowed
    require(by, _EDIT, locked, Part.BASICS)
    return locked


def _lay_beneath(nameless: Person, person: Person) -> None:
    """What was written down while the name was taken back stays beneath the record; what that lacks it takes over."""
    for name in rules.to_fill(vars(person), vars(nameless)):
        setattr(person, name, getattr(nameless, name))
    person.save(force_update=True)
    nameless.merged_into = person
    with acting_as(KEEPER):  # nobody sees a record without a case
        nameless.save(force_update=True)


def _leave_behind(case: Case, person: Person) -> None:
    with acting_as(KEEPER):
        for one in Member.objects.filter(cases=case, person=person):
            lay_with_person(one, person, case.organisation_id)
        if not person.cases.exists():
            forget_marks(person)


def _step(by: AnyActor, step: Step, asked: Asked) -> Step:
    step.agreed_by, step.how = asked.get("agreed_by", Step.AgreedBy.NOT_ASKED), asked.get("how", "")
    step.on, step.note, step.by = asked.get("on") or clock.today(), asked.get("note", ""), member(by)
    rules.check_step(agreed_by=step.agreed_by, how=step.how, on=step.on, today=clock.today())
    step.save(force_insert=True)
    case, detail = step.case, {"kind": str(step.kind), "agreed_by": str(step.agreed_by), "step": str(step.pk)}
    record(by=by, deed="casework.step", subject=case.number, case_id=case.pk, detail=detail)
    return step
