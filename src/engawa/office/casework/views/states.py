"""Closing a case, and taking it up again."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from engawa.kernel import clock
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for, require_holder
from engawa.office.casework.cases.actions import close_case, reopen_case
from engawa.office.casework.cases.queries import end_reasons
from engawa.office.casework.forms.states import CloseForm, ReopenForm
from engawa.office.casework.views.answers import back_to, did, form_page


@staff_page(Permission.CASEWORK_CASE_EDIT)
def close(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT)
    require_holder(request.actor, Permission.CASEWORK_CASE_EDIT, case)
    form = CloseForm(request.POST or None, reasons=end_reasons(clock.today()))
    if form.is_valid():
        said = form.cleaned_data | {"reason": form.cleaned_data["reason"].code}
        if did(form, close_case, by=request.actor, case=case, **said):
            return back_to(request, case, _("終結しました。いつでも再開できます"))
    return form_page(request, "casework/close.html", form, case=case)


@staff_page(Permission.CASEWORK_CASE_EDIT)
def reopen(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT)
    require_holder(request.actor, Permission.CASEWORK_CASE_EDIT, case)
    form = ReopenForm(request.POST or None)
    if form.is_valid() and did(form, reopen_case, by=request.actor, case=case, **form.cleaned_data):
        return back_to(request, case, _("再開しました。番号もこれまでの記録もそのままです"))
    return form_page(request, "casework/reopen.html", form, case=case)
