"""Writing down a contact, correcting one, its versions, and ticking off what it asked for."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.kernel.ids import uuid7
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for
from engawa.office.casework.forms.timeline import QUICK_MINUTES, ContactForm, CorrectForm, contact_of
from engawa.office.casework.timeline.actions import correct_contact, finish_step, record_contact, take_urgent
from engawa.office.casework.timeline.onward import ways
from engawa.office.casework.timeline.queries import contact_in, corrections_of, passages_of, title_of
from engawa.office.casework.timeline.rules import counterpart_of
from engawa.office.casework.views.answers import back_to, did, form_page, onward_from


@staff_page(Permission.CASEWORK_CASE_EDIT)
def write(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT, part=Part.COURSE)
    first = {"key": uuid7(), "counterpart": counterpart_of(case.requester)}
    form = ContactForm(request.POST or None, case=case, initial=first)
    if form.is_valid() and did(form, record_contact, by=request.actor, case=case, **form.cleaned_data):
        return onward_from(request, case, _("対応を記録しました"))
    return form_page(request, "casework/contact.html", form, case=case, quick=QUICK_MINUTES, ways=ways())


@staff_page(Permission.CASEWORK_CASE_EDIT)
def correct(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT, part=Part.COURSE)
    contact = contact_in(case, pk)
    form = CorrectForm(request.POST or None, case=case, day=contact.on, initial=contact_of(contact))
    if form.is_valid() and did(form, correct_contact, by=request.actor, contact=contact, **form.cleaned_data):
        return back_to(request, case, _("記録を直しました。前の記録も残っています"))
    context = {"contact": contact, "corrections": corrections_of(contact), "quick": QUICK_MINUTES}
    return form_page(request, "casework/correct.html", form, case=case, **context)


@staff_page(Permission.CASEWORK_CASE_VIEW)
def versions(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.COURSE)
    contact = contact_in(case, pk)
    told = {"title": title_of(contact), "passages": passages_of(contact), "corrections": corrections_of(contact)}
    return render(request, "casework/contacts/versions.html", {"case": case, "contact": contact, **told})


@staff_page(Permission.CASEWORK_CASE_EDIT)
@require_POST
def finish(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT, part=Part.COURSE)
    finish_step(by=request.actor, contact=contact_in(case, pk))
    return back_to(request, case, _("済んだことにしました"))


@staff_page(Permission.CASEWORK_CASE_EDIT)
@require_POST
def take(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT, part=Part.COURSE)
    take_urgent(by=request.actor, contact=contact_in(case, pk))
    return back_to(request, case, _("至急の対応を受けました。知らせはここで止まります"))
