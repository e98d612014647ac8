"""Asking other organisations about a person whom they may know, and answering (000-14).

Whoever asks learns nothing but that somebody was asked. The holders learn who asks, on the page of their own case.
"""

from typing import Any

from django.db import transaction
from django.urls import reverse

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER, Actor
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import actor_of, staff_of
from engawa.office.access.rules import Refused
from engawa.office.access.walls import acting_as
from engawa.office.alerts.actions import tell
from engawa.office.audit.actions import record
from engawa.office.casework.access import require, require_holder
from engawa.office.casework.cases import sharing
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.identity import queries, rules
from engawa.office.casework.identity.models import Inquiry, Received, Reply

_EDIT = Permission.CASEWORK_CASE_EDIT
Answer = Received.Answer


@transaction.atomic
def ask_elsewhere(*, by: Actor, case: Case, words: str = "") -> Inquiry:
    """Ask whichever other organisation may know the person of the case. ``words`` are all that it is told of them.

    Raises:
        NotPossible: nobody else seems to know them, or all were asked already.
    """
    require(by, _EDIT, case, Part.BASICS)
    inquiry = Inquiry(case=case, words=words, asked_at=clock.now(), by_id=by.id)
    holders = queries.cases_elsewhere(by, case)
    if not holders:
        raise NotPossible("いまは、たずねられる相手がありません。すでにたずねたときは、返事をお待ちください")
    inquiry.save(force_insert=True)
    record(by=by, deed="casework.ask_elsewhere", subject=case.number, case_id=case.pk)
    with acting_as(KEEPER):
        for theirs in holders:
            _reach(inquiry, by, case.organisation, theirs)
    return inquiry


def _reach(inquiry: Inquiry, by: Actor, asker: Organisation, theirs: Case) -> None:
    received = Received.objects.create(
        inquiry_id=inquiry.pk,
        case=theirs,
        asker=asker,
        asker_name=by.name,
        words=inquiry.words,
        received_at=inquiry.asked_at,
    )
    record(by=KEEPER, deed="casework.inquiry_received", subject=theirs.number, case_id=theirs.pk)
    path = reverse("casework:inquiry", args=[theirs.number, received.pk])
    tell(staff=_who_answers(theirs), kind="casework.inquiry_received", path=path, number=theirs.number)


@transaction.atomic
def answer_inquiry(*, by: Actor, received: Received, answer: str, said: str = "", **terms: Any) -> Received:
    """Answer an inquiry: get in touch, let them see the case for a time, or decline.

    Args:
        by: holds the case, with ``casework:case:edit``; to give a right also what that needs.
        received: the inquiry on this side.
        answer: one of ``Received.Answer``.
        said: what whoever asked is told; of a declining organisation they learn no name.
        terms: with the answer to let them see the case: basis, consent, parts and last day, as where it is shared.

    Raises:
        NotAllowed: ``by`` does not hold the case, or may not share it.
        NotPossible: answered already, the answer lacks something, or the basis does not cover it.
    """
    received = Received.objects.select_for_update(of=("self",)).select_related("case", "asker").get(pk=received.pk)
    require_holder(by, _EDIT, received.case)
    if received.answer:
        raise NotPossible("この照会には、すでに返事がされています。画面を開き直してください")
    rules.check_answer(answer, said)
    if answer == Answer.GRANT:
        _let_see(by, received, said, terms)
    received.answer, received.said, received.answered_by_id = answer, said, by.id
    received.answered_at = clock.now()
    received.save(force_update=True)
    _reply(received)
    case = received.case
    record(
        by=by,
        deed="casework.answer_inquiry",
        subject=case.number,
        case_id=case.pk,
        detail={"answer": str(answer), "received": str(received.pk)},
    )
    return received


def _let_see(by: Actor, received: Received, reason: str, terms: dict[str, Any]) -> None:
    """A share like any other: it ends with its consent, and the page of consents lists it."""
    try:
        sharing.share(by=by, case=received.case, organisation=received.asker, reason=reason, **terms)
    except Refused as refused:
        raise NotPossible(*refused.args) from refused


def _reply(received: Received) -> None:
    """Carry the answer to the other side, which this one does not see."""
    named = received.answer != Answer.DECLINE
    with acting_as(KEEPER):
        inquiry = Inquiry.objects.select_related("case", "by").get(pk=received.inquiry_id)
        Reply.objects.create(
            inquiry=inquiry,
            answer=received.answer,
            organisation=received.case.organisation if named else None,
            said=received.said,
            replied_at=clock.now(),
        )
        path = reverse("casework:person", args=[inquiry.case.number])
        asked = {inquiry.by, inquiry.case.lead} - {None}
        told = [one for one in asked if one] or _who_answers(inquiry.case)
        tell(staff=told, kind="casework.inquiry_answered", path=path, number=inquiry.case.number)


def _who_answers(case: Case) -> list[Staff]:
    """The lead of a case; without one, whoever may write it in the organisation that holds it."""
    if case.lead and case.lead.is_active:
        return [case.lead]
    return [one for one in staff_of(case.organisation) if actor_of(one).may(_EDIT)]
