"""Asking to see a case, answering, and who has read one."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from engawa.office.access.actors import NotAllowed
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import may_share
from engawa.office.access.upstairs import case_called
from engawa.office.audit.actions import note_reading
from engawa.office.audit.queries import LISTINGS
from engawa.office.casework.access import answers_for, case_for, note_listing
from engawa.office.casework.consents import queries
from engawa.office.casework.consents.actions import ask_to_see, decline_to_show, let_see
from engawa.office.casework.consents.models import AccessRequest, Consent
from engawa.office.casework.forms.consents import AskForm, DeclineForm, LetSeeForm
from engawa.office.casework.views.answers import did, form_page


@staff_page(Permission.CASEWORK_CASE_VIEW)
def requests(request: StaffRequest) -> HttpResponse:
    waiting, asked = queries.requests_to(request.actor), queries.requests_by(request.actor)
    note_listing(request.actor, "casework.list_requests", (one.case for one in (*waiting, *asked)))
    context = {"waiting": waiting, "asked": asked}
    return render(request, "casework/consents/requests.html", context)


@staff_page(Permission.CASEWORK_CASE_VIEW)
def ask(request: StaffRequest) -> HttpResponse:
    form = AskForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if form.is_valid() and (asked := _asked(request, form)):
        messages.success(request, _("受け持つ人に申請しました。返事はお知らせに届きます"))
        return redirect("casework:request", asked.pk)
    return form_page(request, "casework/consents/ask.html", form)


def _asked(request: StaffRequest, form: Form) -> AccessRequest | None:
    number = form.cleaned_data["number"]
    case = case_called(number)
    if case is None:
        note_reading(by=request.actor, deed="casework.ask_missed", subject=number)
        form.add_error("number", _("この番号のケースはありません。番号を確かめてください。"))
        return None
    said = {"reason": form.cleaned_data["reason"], "parts": form.cleaned_data["parts"]}
    asked: AccessRequest | None = did(form, ask_to_see, by=request.actor, case=case, **said)
    return asked


@staff_page(Permission.CASEWORK_CASE_VIEW)
def request_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One request: its answer, or the way to answer it."""
    asked = queries.request_for(request.actor, pk)
    note_reading(by=request.actor, deed="casework.read_request", subject=asked.case.number, case_id=asked.case.id)
    answers = not asked.request.answered_at and may_share(request.actor, asked.case.id)
    consents = queries.consents_in_force(asked.request.case) if answers else Consent.objects.none()
    yes = LetSeeForm(
        request.POST if "yes" in request.POST else None,
        consents=consents,
        prefix="yes",
        initial={"basis": "consent", "parts": asked.request.parts, "reason": asked.request.reason},
    )
    no = DeclineForm(request.POST if "no" in request.POST else None, prefix="no")
    for form, deed in ((yes, let_see), (no, decline_to_show)):
        done = form.is_valid() and did(form, deed, by=request.actor, request=asked.request, **form.cleaned_data)
        if done:
            messages.success(request, _("返事をしました。相手にお知らせが届きます"))
            return redirect("casework:requests")
    form = no if no.is_bound else yes
    return form_page(request, "casework/consents/request.html", form, yes=yes, no=no, asked=asked, answers=answers)


@staff_page(Permission.CASEWORK_CASE_EDIT)
def readers(request: StaffRequest, number: str) -> HttpResponse:
    """Who has read the case, for those who answer for it."""
    case = case_for(request.actor, number, deed="casework.read_readers")
    if not answers_for(request.actor, case):
        raise NotAllowed
    given = request.GET.get("before", "")
    seen = queries.readers_of(case, before=_uuid(given))
    listed = queries.readers_of_lists(case, before=_moment(request.GET.get("listed", "")))
    context = {
        "case": case,
        "seen": seen,
        "more": seen[-1].entry.pk if len(seen) == queries.READERS_PAGE else None,
        "listed": listed,
        "more_listed": listed[-1].latest if len(listed) == LISTINGS else None,
    }
    return render(request, "casework/consents/readers.html", context)


def _moment(text: str) -> dt.datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
