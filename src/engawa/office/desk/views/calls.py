"""A first call, visit or interview at the desk: case and contact in one go."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engawa.kernel.ids import uuid7
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.timeline.rules import NotRecordable
from engawa.office.desk.access import appointment_for
from engawa.office.desk.actions import cases as actions
from engawa.office.desk.forms import CallForm


@staff_page(Permission.CASEWORK_CASE_OPEN)
@require_http_methods(["GET", "POST"])
def new_call(request: StaffRequest) -> HttpResponse:
    """Somebody asks for the first time: nothing about them is required."""
    form = CallForm(request.POST or None, actor=request.actor, initial={"key": uuid7(), **_called_back(request)})
    if request.method == "POST" and form.is_valid():
        try:
            case = actions.receive_call(
                by=request.actor,
                desk=form.cleaned_data["desk"],
                facts=form.facts(),
                contact=form.contact(),
                called_back=form.cleaned_data["appointment"],
            )
        except (NotPossible, NotRecordable) as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("ケース %(number)s として記録しました。") % {"number": case.number})
            return redirect("desk:promise_for_case" if "then" in request.POST else "casework:case", case.number)
    return render(request, "desk/call.html", {"form": form}, status=422 if form.errors else 200)


def _called_back(request: StaffRequest) -> dict[str, Any]:
    """What is known of somebody who was called back and now gets a case."""
    try:
        pk = UUID(request.GET.get("appointment", ""))
    except ValueError:
        return {}
    kept = appointment_for(request.actor, pk)
    return {"appointment": kept.pk, "handle": kept.handle, "phone": kept.phone}
