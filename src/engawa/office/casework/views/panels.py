"""The pages of the two maps, each with at most one form open beside the drawing.

Every form has a page of its own, which works without scripts; with htmx only its panel is fetched into the map's page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from engawa.office.access.actions import drop_draft
from engawa.office.access.doors import StaffRequest
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for, may
from engawa.office.casework.cases.models import Case
from engawa.office.casework.views.answers import did


@dataclass(frozen=True)
class Panel:
    """An open form: its title, and whether what it is about may be taken out as a mistake."""

    title: str
    form: Form
    strike: str = ""
    note: str = ""


Show = Callable[[StaffRequest, Case], dict[str, Any]]


@dataclass(frozen=True)
class MapPage:
    """One of the two map pages: its template, its address, and what stands on it beside the form."""

    template: str
    url_name: str
    show: Show

    def answer(self, request: StaffRequest, case: Case, panel: Panel | None = None) -> HttpResponse:
        """The page with this form open; for htmx its panel alone."""
        refused = panel is not None and panel.form.is_bound
        context: dict[str, Any] = {"case": case, "panel": panel, "url": reverse(self.url_name, args=[case.number])}
        if request.htmx and panel:
            return render(request, f"{self.template}#panel", context)
        writes = may(request.actor, Permission.CASEWORK_CASE_EDIT, case, Part.FAMILY)
        context |= {"writes": writes, **self.show(request, case)}
        return render(request, self.template, context, status=422 if refused else 200)

    def back(self, request: StaffRequest, case: Case, told: str) -> HttpResponse:
        """To the map, with a short message."""
        drop_draft(by=request.actor, path=request.path)
        messages.success(request, told)
        return redirect(self.url_name, case.number)


def family_case(request: StaffRequest, number: str, *, write: bool = False) -> Case:
    """The case, for a page about its family."""
    permission = Permission.CASEWORK_CASE_EDIT if write else Permission.CASEWORK_CASE_VIEW
    return case_for(request.actor, number, permission, part=Part.FAMILY)


def made(form: Form, deed: Callable[..., Any], /, **arguments: Any) -> Any:
    """What the action gave back; None where the form was not sent, makes no sense, or the action refused it."""
    return did(form, deed, **arguments, **_said(form)) if form.is_valid() else None


def done(form: Form, deed: Callable[..., Any], /, **arguments: Any) -> bool:
    """Whether the form was sent, makes sense, and the action did it."""
    return made(form, deed, **arguments) is not None


def struck(request: StaffRequest, form: Form, deed: Callable[..., Any], /, **arguments: Any) -> bool:
    """Whether the button was pressed that takes out a mistake, and the action did it to what the form has shown."""
    if "strike" not in request.POST:
        return False
    form.full_clean()
    seen = form.cleaned_data.get("seen")
    return did(form, lambda: (deed(**arguments, seen=seen), True)) is not None


def _said(form: Form) -> dict[str, Any]:
    """What the action takes; something new has no version that anybody saw."""
    facts: Any = getattr(form, "facts", None)
    said: dict[str, Any] = facts() if facts else dict(form.cleaned_data)
    return said if form.initial.get("seen") else {name: value for name, value in said.items() if name != "seen"}
