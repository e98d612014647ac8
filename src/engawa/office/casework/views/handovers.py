"""Offering a case to another organisation, and answering such an offer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for, handover_for, note_listing, require_holder
from engawa.office.casework.cases import queries
from engawa.office.casework.cases.actions import answer_handover, offer_handover, withdraw_handover
from engawa.office.casework.cases.models import Case, Handover
from engawa.office.casework.cases.queries import household_stays_with_giver, stays_with_giver
from engawa.office.casework.forms.states import AnswerForm, OfferForm
from engawa.office.casework.households.queries import of_person_elsewhere
from engawa.office.casework.households.queries import secrets_with as secrets_of_family
from engawa.office.casework.people.queries import secrets_with
from engawa.office.casework.views.answers import back_to, did, form_page

RECENT = 20


@staff_page(Permission.CASEWORK_CASE_HANDOVER)
def handover_list(request: StaffRequest) -> HttpResponse:
    waiting, given = list(queries.offers_to(request.actor)), list(queries.offers_from(request.actor)[:RECENT])
    context = {"waiting": waiting, "given": given}
    note_listing(request.actor, "casework.list_handovers", (offer.case for offer in (*waiting, *given)))
    return render(request, "casework/handovers.html", context)


@staff_page(Permission.CASEWORK_CASE_HANDOVER)
def offer(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_HANDOVER)
    require_holder(request.actor, Permission.CASEWORK_CASE_HANDOVER, case)
    form = OfferForm(request.POST or None, case=case)
    if form.is_valid() and did(form, offer_handover, by=request.actor, case=case, **form.cleaned_data):
        return back_to(request, case, _("引継ぎを打診しました。相手が受けるまで、ケースはここに残ります"))
    return form_page(request, "casework/offer.html", form, case=case, **_secrets(case, case.organisation_id))


@staff_page(Permission.CASEWORK_CASE_HANDOVER)
def handover(request: StaffRequest, pk: UUID) -> HttpResponse:
    handover = handover_for(request.actor, pk)
    form = AnswerForm(request.POST or None)
    answer = {"by": request.actor, "handover": handover}
    if form.is_valid():
        said, choice, on = (form.cleaned_data[name] for name in ("answer", "choice", "on"))
        if choice == "withdraw":
            done = did(form, withdraw_handover, note=said, **answer)
        else:
            done = did(form, answer_handover, answer=said, accepted=choice == "accept", on=on, **answer)
        if done:
            return _answered(request, choice, handover.case.number)
    return form_page(request, "casework/handover.html", form, handover=handover, **_sides(request, handover))


def _sides(request: StaffRequest, handover: Handover) -> dict[str, Any]:
    """Whether ours were asked or gave it, and what is secret on our side."""
    ours = request.actor.organisations_with(Permission.CASEWORK_CASE_HANDOVER)
    asked, gave = handover.taker_id in ours, handover.giver_id in ours
    side = handover.taker_id if asked else handover.giver_id
    return {"asked": asked, "gave": gave} | _secrets(handover.case, side, handover.giver_id)


def _secrets(case: Case, ours: UUID, giver: UUID | None = None) -> dict[str, Any]:
    """How much is secret with us, and of whom whoever gives the case away keeps it, too."""
    giver = giver or ours
    whose = {_("本人"): stays_with_giver(case, giver), _("家族"): household_stays_with_giver(case, giver)}
    elsewhere = of_person_elsewhere(case.person, case.household_id, ours).count() if case.person else 0
    whose[_("ほかの世帯の家族としての本人")] = bool(elsewhere)
    secrets = secrets_with(case.person, ours) + secrets_of_family(case.household_id, ours) + elsewhere
    return {"secrets": secrets, "stays": _("と").join(who for who, stays in whose.items() if stays)}


def _answered(request: StaffRequest, choice: str, number: str) -> HttpResponse:
    if choice == "accept":
        messages.success(request, _("ケースを受けました。これからはこの機関のケースです"))
        return redirect("casework:case", number)
    messages.success(request, _("引継ぎを取り下げました") if choice == "withdraw" else _("引継ぎを断りました"))
    return redirect("casework:handovers")
