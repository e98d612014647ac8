"""What every page of casework answers with."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from engawa.kernel.words import translated
from engawa.office.access.actions import drop_draft
from engawa.office.access.doors import StaffRequest
from engawa.office.access.rules import Refused
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible, Overtaken
from engawa.office.casework.timeline.onward import way_named
from engawa.office.casework.timeline.rules import NotRecordable
from engawa.ui.beside import OVERTAKEN


def did(form: Form, deed: Callable[..., Any], /, **arguments: Any) -> Any:
    """What the action gives back; None when it refuses, with its words put on top of the form.

    Whoever was overtaken has the present version in front of them from now on, and may save again.
    """
    try:
        return deed(**arguments)
    except Overtaken as refused:
        form.data = _seeing(form, refused.now)
        form.add_error(None, ValidationError(translated(refused), code=OVERTAKEN))
        return None
    except (NotPossible, NotRecordable, Refused) as refused:
        form.add_error(None, translated(refused))
        return None


def _seeing(form: Form, version: str) -> Any:
    data: Any = form.data
    data = data.copy()
    data["seen"] = version
    return data


def pressed(request: StaffRequest, told: str, deed: Callable[..., Any], /, **arguments: Any) -> bool:
    """Whether the action behind a single button was done; a short message says so, or why not."""
    try:
        deed(by=request.actor, **arguments)
    except NotPossible as refused:
        messages.warning(request, translated(refused))
        return False
    messages.success(request, told)
    return True


def back_to(request: StaffRequest, case: Case, told: str, to: str = "casework:case") -> HttpResponse:
    """To a page of the case, by name or address, with a short message. What was kept of it is no longer needed."""
    drop_draft(by=request.actor, path=request.path)
    messages.success(request, told)
    return redirect(to) if to.startswith("/") else redirect(to, case.number)


def onward_from(request: StaffRequest, case: Case, told: str) -> HttpResponse:
    """To the page that the pressed button asked for, or back to the case."""
    way, back = way_named(request.POST.get("then", "")), back_to(request, case, told)
    return redirect(way.url_name, case.number) if way else back


def form_page(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    """A page with a form; what was typed stands in it, also when it was refused."""
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
