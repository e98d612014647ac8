"""One appointment: take it, keep it, set another time, cancel it. A refusal leaves what was typed in its form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engawa.kernel import clock
from engawa.kernel.words import translated
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.views.answers import did
from engawa.office.desk import rules
from engawa.office.desk.access import appointment_for, appointment_to_keep, may_keep
from engawa.office.desk.actions import appointments
from engawa.office.desk.forms import AgainForm, CalledForm, CancelForm, NoteForm
from engawa.office.desk.models import Appointment
from engawa.office.desk.views.inbox import inbox_context

WORK = Permission.CASEWORK_CASE_EDIT
DEEDS: dict[str, Callable[..., Appointment]] = {"take": appointments.take, "release": appointments.release}


@staff_page(WORK)
@require_safe
def appointment(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The page of an appointment; its head alone, when something has changed."""
    shown = appointment_for(request.actor, pk, noted=not request.htmx)
    if request.htmx:
        return render(request, "desk/appointment_head.html", _state(request, shown))
    return _page(request, shown)


@staff_page(WORK)
@require_POST
def do(request: StaffRequest, pk: UUID, deed: str) -> HttpResponse:
    """Take, or release."""
    shown = appointment_to_keep(request.actor, pk)
    if deed not in DEEDS:
        raise Http404
    try:
        DEEDS[deed](by=request.actor, pk=shown.pk)
    except NotPossible as why:
        messages.warning(request, translated(why))
    return redirect("desk:appointment", pk)


@staff_page(WORK)
@require_POST
def done(request: StaffRequest, pk: UUID) -> HttpResponse:
    """It was kept: a contact of the case, or a note."""
    shown = appointment_to_keep(request.actor, pk)
    form, deed = _done_form(shown, request.POST), appointments.keep_with_case if shown.case else appointments.keep
    if not (form.is_valid() and did(form, deed, by=request.actor, pk=pk, **form.cleaned_data)):
        return _page(request, shown, done=form)
    if shown.case:
        return _to(request, "casework:case", shown.case.number, told=_("対応として記録しました。"))
    return _onward(request, _("済んだことにしました。"))


@staff_page(WORK)
@require_POST
def again(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Another time, also because nobody answered."""
    shown, form = appointment_to_keep(request.actor, pk), AgainForm(request.POST)
    if form.is_valid():
        tried, times = form.cleaned_data["tried"], form.times(rules.MEETING_MINUTES if shown.is_meeting else None)
        if did(form, appointments.move, by=request.actor, pk=pk, tried=tried, **times):
            return _onward(request, _("かけた回数に数え、次の時を入れました。") if tried else _("時を変えました。"))
    return _page(request, shown, again=form)


@staff_page(WORK)
@require_POST
def cancel(request: StaffRequest, pk: UUID) -> HttpResponse:
    """It is not to be kept any more."""
    shown, form = appointment_to_keep(request.actor, pk), CancelForm(request.POST)
    if form.is_valid() and did(form, appointments.cancel, by=request.actor, pk=pk, **form.cleaned_data):
        return _onward(request, _("取りやめました。"))
    return _page(request, shown, cancel=form)


def _page(request: StaffRequest, shown: Appointment, **bound: forms.Form) -> HttpResponse:
    unbound = {"done": _done_form(shown), "again": AgainForm(initial=_next_time()), "cancel": CancelForm()}
    context = inbox_context(request, appointment=shown) | _state(request, shown) | unbound | bound
    context["keeps"] = context["keeps"] or bool(bound)  # what was typed stays in sight, also where it came too late
    return render(request, "desk/appointment.html", context, status=422 if bound else 200)


def _state(request: StaffRequest, shown: Appointment) -> dict[str, Any]:
    return {
        "one": shown,
        "keeps": shown.settled_at is None and may_keep(request.actor, shown),
        "mine": shown.claimed_by_id == request.actor.id,
        "at_desk": request.actor.may(Permission.DESK_TALK_READ),
        "may_open_case": request.actor.may(Permission.CASEWORK_CASE_OPEN),
    }


def _done_form(shown: Appointment, typed: Any = None) -> forms.Form:
    return CalledForm(typed, initial={"counterpart": shown.counterpart}) if shown.case else NoteForm(typed)


def _next_time() -> dict[str, Any]:
    later = rules.next_try(clock.now())
    return {"on": later.date(), "starts": later.time()}


def _onward(request: StaffRequest, told: str) -> HttpResponse:
    at_desk = request.actor.may(Permission.DESK_TALK_READ)
    return _to(request, "desk:inbox" if at_desk else "desk:appointments", told=told)


def _to(request: StaffRequest, url_name: str, *args: object, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect(url_name, *args)
