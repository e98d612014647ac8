"""A first call, visit or interview at the desk: case and contact in one go."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engawa.kernel.ids import uuid7
from engawa.kernel.words import translated
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.identity.queries import Alike, likely_people, person_chosen
from engawa.office.casework.people.models import Person
from engawa.office.casework.timeline.rules import NotRecordable
from engawa.office.desk.access import appointment_for
from engawa.office.desk.actions import cases as actions
from engawa.office.desk.forms import CallForm


@staff_page(Permission.CASEWORK_CASE_OPEN)
@require_http_methods(["GET", "POST"])
def new_call(request: StaffRequest) -> HttpResponse:
    """Somebody asks for the first time: nothing about them is required."""
    form = CallForm(request.POST or None, actor=request.actor, initial={"key": uuid7(), **_called_back(request)})
    person, alike = _who(request, form) if form.is_valid() else (None, [])
    if form.is_valid() and not alike:
        try:
            case = actions.receive_call(
                by=request.actor,
                desk=form.cleaned_data["desk"],
                facts=form.facts(person),
                contact=form.contact(),
                called_back=form.cleaned_data["appointment"],
            )
        except (NotPossible, NotRecordable) as why:
            form.add_error(None, translated(why))
        else:
            messages.success(request, _("ケース %(number)s として記録しました。") % {"number": case.number})
            return redirect("desk:promise_for_case" if "then" in request.POST else "casework:case", case.number)
    status = 422 if form.errors or alike else 200
    return render(request, "desk/call.html", {"form": form, "alike": alike}, status=status)


def _who(request: StaffRequest, form: CallForm) -> tuple[Person | None, list[Alike]]:
    """Who is known by the same number: asked once, before a second case is made of one caller."""
    same = form.cleaned_data["same"]
    person = person_chosen(request.actor, same)
    alike = [] if person or same == CallForm.NEW else likely_people(request.actor, form.known())
    form.ask_who(alike)
    return person, alike


def _called_back(request: StaffRequest) -> dict[str, Any]:
    """What is known of somebody who was called back and now gets a case."""
    try:
        pk = UUID(request.GET.get("appointment", ""))
    except ValueError:
        return {}
    kept = appointment_for(request.actor, pk)
    return {"appointment": kept.pk, "handle": kept.handle, "phone": kept.phone}
