"""The documents of a case: adding, looking, versions, and taking one out."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for, may
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.queries import consents_on
from engawa.office.casework.documents.actions import add_document, add_version, describe_document
from engawa.office.casework.documents.queries import about, document_in, documents_of, opened
from engawa.office.casework.forms.documents import AddForm, DescribeForm, FileForm, description_of
from engawa.office.casework.forms.family import keep_whom, offer_members
from engawa.office.casework.maps.queries import household_of
from engawa.office.casework.views.answers import did, form_page

# Whatever a file says it is: it is shown by nothing of ours, and may do nothing.
HARMLESS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@staff_page(Permission.CASEWORK_CASE_VIEW)
def documents(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.DOCUMENTS)
    writes = may(request.actor, Permission.CASEWORK_CASE_EDIT, case, Part.DOCUMENTS)
    context = {"case": case, "documents": about(case, documents_of(case)), "writes": writes}
    return render(request, "casework/documents/list.html", context)


@staff_page(Permission.CASEWORK_CASE_EDIT)
def add(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT, part=Part.DOCUMENTS)
    form = AddForm(request.POST or None, request.FILES or None)
    _offer(request, case, form)
    if form.is_valid():
        made = did(form, add_document, by=request.actor, case=case, file=form.handed(), **form.described())
        if made:
            messages.success(request, _("書類を加えました"))
            return redirect("casework:document", case.number, made.pk)
    return form_page(request, "casework/documents/add.html", form, case=case)


@staff_page(Permission.CASEWORK_CASE_VIEW)
def document(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.DOCUMENTS)
    found = document_in(case, pk)
    writes = may(request.actor, Permission.CASEWORK_CASE_EDIT, case, Part.DOCUMENTS)
    context = {"case": case, "document": found, "versions": list(found.versions.all()), "writes": writes}
    context |= {"consents": consents_on(request.actor, found), "about": about(case, [found])[0][1]}
    return render(request, "casework/documents/document.html", context)


@staff_page(Permission.CASEWORK_CASE_EDIT)
def renew(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT, part=Part.DOCUMENTS)
    found = document_in(case, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    said = {"by": request.actor, "document": found}
    if form.is_valid() and did(form, add_version, **said, file=form.handed(), reason=form.cleaned_data["reason"]):
        messages.success(request, _("新しい版を加えました。前の版も残っています"))
        return redirect("casework:document", case.number, found.pk)
    return form_page(request, "casework/documents/renew.html", form, case=case, document=found)


@staff_page(Permission.CASEWORK_CASE_EDIT)
def describe(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT, part=Part.DOCUMENTS)
    found = document_in(case, pk)
    form = DescribeForm(request.POST or None, initial=description_of(found))
    _offer(request, case, form)
    if form.is_valid() and did(form, describe_document, by=request.actor, document=found, **form.described()):
        messages.success(request, _("書類の説明を直しました"))
        return redirect("casework:document", case.number, found.pk)
    return form_page(request, "casework/documents/describe.html", form, case=case, document=found)


@staff_page(Permission.CASEWORK_CASE_VIEW)
def file(request: StaffRequest, number: str, pk: UUID, version: int) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.DOCUMENTS)
    found, body = opened(request.actor, document_in(case, pk), version, "content")
    disposition = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return HttpResponse(body, found.media_type, headers=HARMLESS | {"Content-Disposition": disposition})


@staff_page(Permission.CASEWORK_CASE_VIEW)
def preview(request: StaffRequest, number: str, pk: UUID, version: int) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.DOCUMENTS)
    _version, body = opened(request.actor, document_in(case, pk), version, "preview")
    return HttpResponse(body, "image/jpeg", headers=HARMLESS | {"Content-Disposition": "inline"})


def _offer(request: StaffRequest, case: Case, form: DescribeForm) -> None:
    """Members of the household are offered to those who see the family."""
    sees = may(request.actor, Permission.CASEWORK_CASE_VIEW, case, Part.FAMILY)
    members = household_of(request.actor, case) if sees else []
    offer_members(form, members)
    keep_whom(form)
    if not members:
        form.fields.pop("member", None)
