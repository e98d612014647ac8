"""Breaking the glass（緊急閲覧）, and seeing who did."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engawa.kernel.words import translated
from engawa.office.access import actions
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.forms import BreakGlassForm
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import broken_glass
from engawa.office.access.rules import Refused
from engawa.office.access.upstairs import case_called
from engawa.office.audit.actions import note_listing, note_reading

breaks = staff_page(Permission.CASEWORK_CASE_BREAK_GLASS)


@breaks
@require_safe
def glass(request: StaffRequest) -> HttpResponse:
    uses = broken_glass(request.actor)
    note_listing(by=request.actor, deed="access.list_glass", numbers=[use.case.number for use in uses if use.case])
    return render(request, "access/glass.html", {"uses": uses})


@breaks
def break_glass(request: StaffRequest) -> HttpResponse:
    form = BreakGlassForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if form.is_valid() and (path := _broken(request, form)):
        return redirect(path)
    return render(request, "access/break_glass.html", {"form": form}, status=422 if form.errors else 200)


def _broken(request: StaffRequest, form: BreakGlassForm) -> str:
    """The page of the case that is open now; empty, with the reason at the form, if it is not."""
    number = form.cleaned_data["number"]
    case = case_called(number)
    if case is None:
        note_reading(by=request.actor, deed="access.break_glass_missed", subject=number)
        form.add_error("number", _("この番号のケースはありません。番号を確かめてください。"))
        return ""
    try:
        actions.break_glass(
            by=request.actor, case=case, reason=form.cleaned_data["reason"], minutes=form.cleaned_data["minutes"]
        )
    except Refused as refusal:
        form.add_error("reason", translated(refusal))
        return ""
    return case.path or "/"


@breaks
@require_POST
def close(request: StaffRequest, pk: UUID) -> HttpResponse:
    actions.close_break_glass(by=request.actor, grant_id=pk)
    return redirect("access:glass")
