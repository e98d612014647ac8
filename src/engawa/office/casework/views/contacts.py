"""Writing down a contact, and correcting one."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from engawa.kernel.ids import uuid7
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for
from engawa.office.casework.forms.timeline import QUICK_MINUTES, ContactForm, CorrectForm, contact_of
from engawa.office.casework.timeline.actions import correct_contact, record_contact
from engawa.office.casework.timeline.queries import contact_in, past_of
from engawa.office.casework.timeline.rules import counterpart_of
from engawa.office.casework.views.answers import back_to, did, form_page


@staff_page(Permission.CASEWORK_CASE_EDIT)
def write(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT, part=Part.COURSE)
    form = ContactForm(request.POST or None, initial={"key": uuid7(), "counterpart": counterpart_of(case.requester)})
    if form.is_valid() and did(form, record_contact, by=request.actor, case=case, **form.cleaned_data):
        return back_to(request, case, _("対応を記録しました"))
    return form_page(request, "casework/contact.html", form, case=case, quick=QUICK_MINUTES)


@staff_page(Permission.CASEWORK_CASE_EDIT)
def correct(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT, part=Part.COURSE)
    contact = contact_in(case, pk)
    form = CorrectForm(request.POST or None, initial=contact_of(contact))
    if form.is_valid() and did(form, correct_contact, by=request.actor, contact=contact, **form.cleaned_data):
        return back_to(request, case, _("記録を直しました。前の記録も残っています"))
    context = {"contact": contact, "past": past_of(contact), "quick": QUICK_MINUTES}
    return form_page(request, "casework/correct.html", form, case=case, **context)
