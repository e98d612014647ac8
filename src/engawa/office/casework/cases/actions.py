"""The only writers of cases: opening, facts, talks, states and handovers.

Each is one transaction that checks, changes and records. A case is locked while its state changes, so that
two people who close it at once do not both succeed.
"""

import datetime as dt
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from engawa.kernel import clock, fiscal
from engawa.kernel.ids import uuid7
from engawa.kernel.locks import lock_until_commit
from engawa.office.access.actions import grant, revoke
from engawa.office.access.actors import KEEPER, Actor, AnyActor, NotAllowed
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import actor_of, grants_in_force, staff_of
from engawa.office.access.walls import acting_as
from engawa.office.alerts.actions import tell
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, require, require_holder
from engawa.office.casework.cases import queries, rules
from engawa.office.casework.cases.models import Case, CaseCounter, CaseSearch, CaseState, CaseTalk, Handover
from engawa.office.casework.people.actions import keep_marks
from engawa.office.casework.people.models import Person
from engawa.office.directory.models import Desk
from engawa.office.talks.models import Talk

State = CaseState.State


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
    person = _person(facts)
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
        NotPossible: somebody else has changed the facts since ``seen``, or a fact cannot be.
    """
    case = _locked(case)
    require(by, Permission.CASEWORK_CASE_EDIT, case)
    rules.check_seen(seen, queries.version_of(case))
    if day := facts.get("received_on"):
        rules.check_received(day, clock.today())
    changed = sorted(facts)
    person = _person(facts, case.person)
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


@transaction.atomic
def close_case(*, by: AnyActor, case: Case, on: dt.date, reason: str, note: str = "") -> CaseState:
    """End the case（終結）from ``on``.

    Args:
        by: needs ``casework:case:edit`` in the holding organisation.
        case: the case.
        on: the day from which it holds; not in the future.
        reason: code of an ``EndReason`` in force on that day.
        note: what else should be remembered; required with the reason "other".

    Raises:
        NotPossible: closed already, an impossible day, or an unknown reason.
    """
    case = _locked(case)
    require_holder(by, Permission.CASEWORK_CASE_EDIT, case)
    rules.check_close(case.state)
    chosen = queries.end_reasons(on).filter(code=reason).first()
    rules.check_reason(reason if chosen else "", note)
    state = _change(by, case, on, State.CLOSED, reason=chosen.label if chosen else "", reason_code=reason, note=note)
    _end_open_offer(by, case, "終結のため取り下げ")
    return state


@transaction.atomic
def reopen_case(*, by: AnyActor, case: Case, on: dt.date, note: str = "") -> CaseState:
    """Take the case up again（再開）from ``on``, under its old number and with everything kept."""
    case = _locked(case)
    require_holder(by, Permission.CASEWORK_CASE_EDIT, case)
    rules.check_reopen(case.state)
    return _change(by, case, on, State.REOPENED, note=note)


@transaction.atomic
def offer_handover(*, by: Actor, case: Case, taker: Organisation, package: str) -> Handover:
    """Offer the case to another organisation（引継ぎ）, which reads the package and the case until it answers."""
    case = _locked(case)
    require_holder(by, Permission.CASEWORK_CASE_HANDOVER, case)
    open_offer = case.handovers.filter(answered_at__isnull=True).exists()
    rules.check_offer(case.state, already_offered=open_offer, same_organisation=taker == case.organisation)
    now = clock.now()
    handover = Handover.objects.create(
        case=case, giver=case.organisation, taker=taker, package=package, offered_at=now, offered_by_id=by.id
    )
    until = now + rules.ANSWER_WITHIN
    reason, basis = "引継ぎの打診", Grant.Basis.HANDOVER
    grant(by=by, case_id=case.pk, basis=basis, organisation=taker, reason=reason, ends_at=until)
    _tell(taker, "casework.handover_offered", handover)
    record(by=by, deed="casework.offer_handover", subject=case.number, case_id=case.pk, detail=_ids(handover))
    return handover


@transaction.atomic
def answer_handover(*, by: AnyActor, handover: Handover, accepted: bool, answer: str = "") -> Handover:
    """The asked organisation takes the case or leaves it, today.

    When it accepts, the case and the right to it move; the giver may look for feedback for a while longer.
    """
    handover = _open_offer(handover)
    _require_in(by, handover.taker_id)
    case = handover.case
    _settle(by, handover, answer, accepted=accepted)
    if accepted:
        _move(by, case, handover)
    else:
        _end_grants(by, case, handover.taker_id, Grant.Basis.HANDOVER)
    _tell(handover.giver, "casework.handover_accepted" if accepted else "casework.handover_declined", handover)
    record(by=by, deed="casework.answer_handover", subject=case.number, case_id=case.pk, detail=_ids(handover))
    return handover


@transaction.atomic
def withdraw_handover(*, by: AnyActor, handover: Handover, note: str = "") -> Handover:
    """The giver takes the offer back before it was answered; the asked organisation stops seeing the case."""
    handover = _open_offer(handover)
    require_holder(by, Permission.CASEWORK_CASE_HANDOVER, handover.case)
    _withdraw(by, handover, note)
    return handover


def index_case(case: Case) -> None:
    """Write down anew what the case is found by. For actions that change names or numbers.

    Former and common names are found as well, and those of merged records; secret ones never.
    """
    people = [case.person, *case.person.merged.all()] if case.person else []
    names = [text for person in people for text in person.known().called]
    text, pieces = rules.index_of([case.number, case.handle, *names, case.organisation.name])
    CaseSearch.objects.update_or_create(case=case, defaults={"text": text, "pieces": pieces})


def index_person(case: Case) -> None:
    """Write down anew what the case, and every other case of its person, is found by, and the person recognised by."""
    if case.person is None:
        index_case(case)
        return
    keep_marks(case.person)
    with acting_as(KEEPER):
        for one in Case.objects.filter(person=case.person).select_related("organisation", "person"):
            index_case(one)


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


def _person(facts: Any, person: Person | None = None) -> Person | None:
    """Take the person's facts out of ``facts`` and put them on the person, who is made only when there are any."""
    person = facts.pop("person", None) or person
    known = {name: facts.pop(name) for name in PersonFacts.__annotations__ if name in facts}
    if person is None and not any(known.values()):
        return None
    person = person or Person()
    for name, value in known.items():
        setattr(person, name, value)
    return person


def know_age(person: Person, case: Case) -> None:
    """What was heard of age and sex when the case was received is known of the person too, unless more is known."""
    if person.sex == Person.Sex.UNKNOWN:
        person.sex = case.sex
    if person.birth_date is None and person.age_on is None and case.age:
        person.age_years, person.age_band, person.age_on = case.age_years, case.age_band, case.received_on


def _fill(case: Case, facts: Any) -> None:
    rules.check_age(facts.get("age_years"))
    for name, value in facts.items():
        setattr(case, name, value)


def _locked(case: Case) -> Case:
    try:
        return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    except Case.DoesNotExist as gone:
        raise NotAllowed from gone


def _change(by: AnyActor, case: Case, on: dt.date, state: str, **said: str) -> CaseState:
    changes = queries.changes_of(case)
    last = changes[-1].effective_on if changes else None
    rules.check_day(on, received=case.received_on, last_change=last, today=clock.today())
    row = CaseState.objects.create(case=case, effective_on=on, state=state, by=member(by), **said)
    record(by=by, deed=f"casework.{state}", subject=case.number, case_id=case.pk, detail={"on": on.isoformat()})
    case.refresh_from_db(fields=["state"])
    return row


def _open_offer(handover: Handover) -> Handover:
    found = Handover.objects.filter(pk=handover.pk).select_related("case__organisation", "taker", "giver")
    if not found.exists():
        raise NotAllowed
    case = _locked(found.get().case)
    handover = found.get()
    handover.case = case
    if handover.answered_at:
        raise rules.NotPossible("この引継ぎはすでに返事がされているか、取り下げられています")
    return handover


def _require_in(by: AnyActor, organisation_id: Any) -> None:
    if isinstance(by, Actor) and organisation_id not in by.organisations_with(Permission.CASEWORK_CASE_HANDOVER):
        raise NotAllowed


def _settle(by: AnyActor, handover: Handover, answer: str, *, accepted: bool) -> None:
    handover.accepted, handover.answer = accepted, answer
    handover.answered_at, handover.answered_by = clock.now(), member(by)
    handover.save(force_update=True)


def _withdraw(by: AnyActor, handover: Handover, note: str) -> None:
    _settle(by, handover, note, accepted=False)
    _end_grants(by, handover.case, handover.taker_id, Grant.Basis.HANDOVER)
    case = handover.case
    record(by=by, deed="casework.withdraw_handover", subject=case.number, case_id=case.pk, detail=_ids(handover))


def _end_open_offer(by: AnyActor, case: Case, note: str) -> None:
    for handover in case.handovers.filter(answered_at__isnull=True):
        _withdraw(by, handover, note)


def _move(by: AnyActor, case: Case, handover: Handover) -> None:
    _change(by, case, clock.today(), State.HANDED_OVER, destination=handover.taker.name, note=handover.answer)
    own, asked = Grant.Basis.OWN, Grant.Basis.HANDOVER
    grant(by=by, case_id=case.pk, basis=own, organisation=handover.taker)
    until, reason = clock.now() + rules.FEEDBACK_FOR, "引継ぎ後の確認"
    grant(by=by, case_id=case.pk, basis=asked, organisation=handover.giver, reason=reason, ends_at=until)
    _end_grants(by, case, handover.taker_id, asked)
    _end_grants(by, case, handover.giver_id, own)
    case.organisation, case.lead = handover.taker, None
    case.save(force_update=True)
    index_case(case)


def _ids(handover: Handover) -> dict[str, str]:
    return {"handover": str(handover.pk), "giver": str(handover.giver_id), "taker": str(handover.taker_id)}


def _end_grants(by: AnyActor, case: Case, organisation_id: UUID, basis: str) -> None:
    for held in grants_in_force().filter(case_id=case.pk, organisation_id=organisation_id, basis=basis):
        revoke(by=by, grant_id=held.pk)


def _tell(organisation: Organisation, kind: str, handover: Handover) -> None:
    staff = [one for one in staff_of(organisation) if actor_of(one).may(Permission.CASEWORK_CASE_HANDOVER)]
    words = {"number": handover.case.number, "giver": handover.giver.name, "taker": handover.taker.name}
    tell(staff=staff, kind=kind, path=reverse("casework:handover", args=[handover.pk]), **words)
