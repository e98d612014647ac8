"""Guarding the workers: loads, the intensity and reviews of a case, and passing a load on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from engawa.kernel import clock
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for, note_listing, parts_of, require_holder
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms.load import FinishForm, IntensityForm, PassForm, ReviewForm
from engawa.office.casework.load import queries
from engawa.office.casework.load.actions import finish_review, pass_on, plan_review, set_intensity
from engawa.office.casework.views.answers import did, form_page


@staff_page(Permission.CASEWORK_GRANT_GIVE)
def loads(request: StaffRequest) -> HttpResponse:
    """What everybody carries, for those who coordinate or supervise."""
    shown: list[dict[str, Any]] = [
        {
            "organisation": organisation,
            "loads": queries.loads_of(organisation),
            "leaderless": queries.without_lead(organisation),
            "alone": queries.answers_alone(organisation),
        }
        for organisation in queries.organisations_answered_for(request.actor)
    ]
    note_listing(request.actor, "casework.list_loads", _named(shown))
    return render(request, "casework/load/list.html", {"shown": shown})


def _named(shown: list[dict[str, Any]]) -> list[Case]:
    """The cases that the page names: those that somebody carries alone."""
    loads = (load for one in shown for load in one["loads"])
    return [weighed.case for load in loads for weighed in load.cases if weighed.alone]


@staff_page(Permission.CASEWORK_GRANT_GIVE)
def passing(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let others take over what somebody carries."""
    giver, organisation = queries.worker_for(request.actor, pk)
    cases = queries.cases_led_by(giver, organisation)
    note_listing(request.actor, "casework.list_load", (weighed.case for weighed in cases))
    form = PassForm(request.POST or None, cases=cases, receivers=queries.workers_of(organisation).exclude(pk=giver.pk))
    said = {"by": request.actor, "giver": giver, "organisation": organisation}
    if form.is_valid():
        note = form.cleaned_data["note"]
        if passed := did(form, pass_on, **said, receivers=form.receivers(), note=note):
            messages.success(request, _("%(count)s件の担当を替えました") % {"count": len(passed)})
            return redirect("casework:loads")
    return form_page(request, "casework/load/pass.html", form, giver=giver, organisation=organisation, cases=cases)


@staff_page(Permission.CASEWORK_CASE_VIEW)
def load_of_case(request: StaffRequest, number: str) -> HttpResponse:
    """How intensely the case is supported, its reviews, and who led it."""
    case = case_for(request.actor, number, part=Part.COURSE)
    writes = case.organisation_id in request.actor.organisations_with(Permission.CASEWORK_CASE_EDIT)
    context = {
        "case": case,
        "beside": queries.beside(case),
        "intensities": queries.intensities_of(case),
        "reviews": queries.reviews_of(case),
        "passings": queries.passings_of(case),
        "tells_plans": Part.PLANS in parts_of(request.actor, case),
        "writes": writes,
    }
    return render(request, "casework/load/case.html", context)


@staff_page(Permission.CASEWORK_CASE_EDIT)
def intensity(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT)
    require_holder(request.actor, Permission.CASEWORK_CASE_EDIT, case)
    form = IntensityForm(
        request.POST or None, levels=queries.levels_on(clock.today()), initial={"level": queries.level_of(case)}
    )
    if form.is_valid() and did(form, set_intensity, by=request.actor, case=case, **form.cleaned_data):
        messages.success(request, _("支援の濃さを記録しました"))
        return redirect("casework:load_of_case", case.number)
    return form_page(request, "casework/load/intensity.html", form, case=case)


@staff_page(Permission.CASEWORK_CASE_EDIT)
def review(request: StaffRequest, number: str) -> HttpResponse:
    """Set the next review, or finish the one that waits."""
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT)
    require_holder(request.actor, Permission.CASEWORK_CASE_EDIT, case)
    plan = ReviewForm(request.POST if "plan" in request.POST else None)
    finish = FinishForm(request.POST if "finish" in request.POST else None)
    for form, deed in ((plan, plan_review), (finish, finish_review)):
        if form.is_valid() and did(form, deed, by=request.actor, case=case, **form.cleaned_data):
            messages.success(request, _("見直しを記録しました"))
            return redirect("casework:load_of_case", case.number)
    waiting = queries.beside(case).review
    form = finish if finish.is_bound else plan
    context = {"case": case, "plan": plan, "finish": finish, "waiting": waiting}
    return form_page(request, "casework/load/review.html", form, **context)
