"""What was promised, and promising it: about a case, from a talk, or to a caller of whom nothing else is known."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actions import drop_draft
from engawa.office.access.actors import NotAllowed
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.models import Organisation
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for, may, note_listing
from engawa.office.casework.cases.models import Case
from engawa.office.casework.timeline.rules import counterpart_of
from engawa.office.casework.views.answers import did
from engawa.office.desk import queries
from engawa.office.desk.access import promising_organisations
from engawa.office.desk.actions.appointments import promise
from engawa.office.desk.forms import PromiseForm
from engawa.office.talks.access import talk_for
from engawa.office.talks.models import Talk

WORK = Permission.CASEWORK_CASE_EDIT


@staff_page(WORK)
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """Everything promised and not yet kept, day by day."""
    ahead, promises = list(queries.open_appointments(request.actor)), promising_organisations(request.actor).exists()
    note_listing(request.actor, "desk.list_appointments", (one.case for one in ahead if one.case))
    return render(request, "desk/appointments.html", {"ahead": ahead, "now": clock.now(), "promises": promises})


@staff_page(Permission.CASEWORK_CASE_VIEW)
@require_safe
def of_case(request: StaffRequest, number: str) -> HttpResponse:
    """What was promised to the people of one case."""
    case = case_for(request.actor, number, part=Part.COURSE)
    promises = may(request.actor, WORK, case, Part.COURSE)
    context = {"case": case, "appointments": queries.appointments_of(case), "promises": promises}
    return render(request, "desk/case_appointments.html", context)


@staff_page(WORK)
@require_http_methods(["GET", "POST"])
def for_case(request: StaffRequest, number: str) -> HttpResponse:
    """Promise something to the people of a case, most often after a call."""
    case = case_for(request.actor, number, WORK, part=Part.COURSE)
    known = {"counterpart": counterpart_of(case.requester), "handle": case.handle, "phone": _phone_of(case)}
    return _promise(request, Organisation.objects.filter(pk=case.organisation_id), known, case=case)


@staff_page(WORK)
@require_http_methods(["GET", "POST"])
def for_caller(request: StaffRequest) -> HttpResponse:
    """Promise something to a caller without a case."""
    if not promising_organisations(request.actor).exists():
        raise NotAllowed(Permission.DESK_TALK_REPLY)
    return _promise(request, promising_organisations(request.actor), {})


@staff_page(Permission.DESK_TALK_REPLY)
@require_http_methods(["GET", "POST"])
def for_talk(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """Promise what a visitor has agreed to in a talk. If the talk belongs to a case, so does the promise."""
    talk = talk_for(request.actor, talk_id)
    known = {"counterpart": counterpart_of(talk.requester), "handle": talk.handle}
    organisation = promising_organisations(request.actor).filter(pk=talk.organisation_id)
    if not organisation.exists():
        raise NotAllowed(Permission.DESK_TALK_REPLY)
    return _promise(request, organisation, known, case=queries.case_of(request.actor, talk), talk=talk)


def _promise(
    request: StaffRequest, organisations: Any, known: dict[str, str], case: Case | None = None, talk: Talk | None = None
) -> HttpResponse:
    form = PromiseForm(request.POST or None, organisations=organisations, initial={"key": uuid7(), **known})
    if form.is_valid():
        clean = form.cleaned_data
        about = {"organisation": clean["organisation"], "key": clean["key"], "case": case, "talk": talk}
        if did(form, promise, by=request.actor, **about, **form.facts()):
            drop_draft(by=request.actor, path=request.path)
            messages.success(request, _("約束を入れました。その日に、相談窓口に出ます。"))
            return _back(request, case, talk)
    context = {"form": form, "case": case, "talk": talk, "choose": organisations.count() > 1}
    return render(request, "desk/promise.html", context, status=422 if form.errors else 200)


def _back(request: StaffRequest, case: Case | None, talk: Talk | None) -> HttpResponse:
    if talk:
        return redirect("desk:talk", talk.pk)
    if case:
        return redirect("desk:case_appointments", case.number)
    return redirect("desk:inbox" if request.actor.may(Permission.DESK_TALK_READ) else "desk:appointments")


def _phone_of(case: Case) -> str:
    return case.person.phone if case.person else ""
