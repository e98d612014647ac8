"""Handovers（引継ぎ）: offered, answered, taken back."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from engawa.kernel import clock
from engawa.kernel.words import Words
from engawa.office.access.actions import grant, revoke
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.models import Grant, Organisation
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import actor_of, staff_of, unended_grants
from engawa.office.alerts.actions import tell
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, require_holder
from engawa.office.casework.cases import rules
from engawa.office.casework.cases.actions.changes import change, locked
from engawa.office.casework.cases.actions.finding import index_case
from engawa.office.casework.cases.models import Case, CaseState, Handover
from engawa.office.casework.cases.queries import household_stays_with_giver, stays_with_giver
from engawa.office.casework.households.actions import hand_on_secrets as hand_on_secrets_of_household
from engawa.office.casework.households.actions import hand_on_secrets_elsewhere
from engawa.office.casework.people.actions import hand_on_secrets
from engawa.office.casework.people.models import Person

State = CaseState.State


@transaction.atomic
def offer_handover(*, by: Actor, case: Case, taker: Organisation, package: str) -> Handover:
    """Offer the case to another organisation（引継ぎ）, which reads the package and the case until it answers."""
    case = locked(case)
    require_holder(by, Permission.CASEWORK_CASE_HANDOVER, case)
    open_offer = case.handovers.filter(answered_at__isnull=True).exists()
    rules.check_offer(case.state, already_offered=open_offer, same_organisation=taker == case.organisation)
    now = clock.now()
    handover = Handover.objects.create(
        case=case, giver=case.organisation, taker=taker, package=package, offered_at=now, offered_by_id=by.id
    )
    until = now + rules.ANSWER_WITHIN
    reason, basis = Words("引継ぎの打診"), Grant.Basis.HANDOVER
    grant(by=by, case_id=case.pk, basis=basis, organisation=taker, reason=reason, ends_at=until)
    _tell(taker, "casework.handover_offered", handover)
    record(by=by, deed="casework.offer_handover", subject=case.number, case_id=case.pk, detail=_ids(handover))
    return handover


@transaction.atomic
def answer_handover(
    *, by: AnyActor, handover: Handover, accepted: bool, on: dt.date | None = None, answer: str = ""
) -> Handover:
    """The asked organisation takes the case or leaves it.

    When it accepts, the case moves from ``on`` (today if none is named), and the right to it now; the giver may look
    for feedback for a while longer.

    Raises:
        NotPossible: answered already, or accepted from an impossible day.
    """
    handover = _open_offer(handover)
    _require_in(by, handover.taker_id)
    case = handover.case
    _settle(by, handover, answer, accepted=accepted)
    if accepted:
        _move(by, case, handover, on or clock.today())
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


def _open_offer(handover: Handover) -> Handover:
    found = Handover.objects.filter(pk=handover.pk).select_related("case__organisation", "taker", "giver")
    if not found.exists():
        raise NotAllowed
    case = locked(found.get().case)
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


def end_open_offer(by: AnyActor, case: Case, note: str) -> None:
    """Take back what is still offered of the case, for whoever ends it."""
    for handover in case.handovers.filter(answered_at__isnull=True):
        _withdraw(by, handover, note)


def _move(by: AnyActor, case: Case, handover: Handover, on: dt.date) -> None:
    change(by, case, on, State.HANDED_OVER, destination=handover.taker.name, note=handover.answer)
    own, asked = Grant.Basis.OWN, Grant.Basis.HANDOVER
    grant(by=by, case_id=case.pk, basis=own, organisation=handover.taker)
    until, reason = clock.now() + rules.FEEDBACK_FOR, Words("引継ぎ後の確認")
    grant(by=by, case_id=case.pk, basis=asked, organisation=handover.giver, reason=reason, ends_at=until)
    _end_grants(by, case, handover.taker_id, asked)
    _end_grants(by, case, handover.giver_id, own)
    _end_grants_of_people(by, case, handover.giver_id)
    case.organisation, case.lead = handover.taker, None
    case.save(force_update=True)
    if case.person:
        hand_on_secrets_of(case.person, handover)
    if case.household:
        stays, giver = household_stays_with_giver(case, handover.giver_id), handover.giver_id
        hand_on_secrets_of_household(case.household, giver=giver, taker=handover.taker_id, giver_stays=stays)
    index_case(case)


def hand_on_secrets_of(person: Person, handover: Handover) -> None:
    """Let what is secret of the case's person go along with it; who keeps a case keeps it, too."""
    case, sides = handover.case, {"giver": handover.giver_id, "taker": handover.taker_id}
    hand_on_secrets(person, **sides, giver_stays=stays_with_giver(case, handover.giver_id))
    hand_on_secrets_elsewhere(person, household=case.household_id, **sides)


def _ids(handover: Handover) -> dict[str, str]:
    return {"handover": str(handover.pk), "giver": str(handover.giver_id), "taker": str(handover.taker_id)}


def _end_grants(by: AnyActor, case: Case, organisation_id: UUID, basis: str) -> None:
    for held in unended_grants().filter(case_id=case.pk, organisation_id=organisation_id, basis=basis):
        revoke(by=by, grant_id=held.pk)


def _end_grants_of_people(by: AnyActor, case: Case, organisation_id: UUID) -> None:
    """What single people of the giver were given ends too: the organisation looks back, and nobody beyond it."""
    for held in unended_grants().filter(case_id=case.pk, organisation_id=organisation_id, staff__isnull=False):
        revoke(by=by, grant_id=held.pk)


def _tell(organisation: Organisation, kind: str, handover: Handover) -> None:
    staff = [one for one in staff_of(organisation) if actor_of(one).may(Permission.CASEWORK_CASE_HANDOVER)]
    words = {"number": handover.case.number, "giver": handover.giver.name, "taker": handover.taker.name}
    tell(staff=staff, kind=kind, path=reverse("casework:handover", args=[handover.pk]), **words)
