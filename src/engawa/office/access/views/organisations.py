"""Organisations, for those who manage them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from engawa.kernel.words import translated
from engawa.office.access import actions
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.forms import OrganisationForm
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import organisations_with_staff
from engawa.office.access.rules import Refused

manages = staff_page(Permission.ACCESS_STAFF_MANAGE)


@manages
@require_safe
def organisation_list(request: StaffRequest) -> HttpResponse:
    return render(request, "access/organisation_list.html", {"organisations": organisations_with_staff()})


@manages
def found(request: StaffRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        actions.found_organisation(by=request.actor, **form.cleaned_data)
        return redirect("access:organisation_list")
    return _page(request, form, None)


@manages
def organisation(request: StaffRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    form = OrganisationForm(request.POST or None, instance=found)
    if form.is_valid():
        actions.describe_organisation(by=request.actor, organisation=found, **form.cleaned_data)
        return redirect("access:organisation_list")
    return _page(request, form, found)


@manages
@require_POST
def close(request: StaffRequest, pk: UUID) -> HttpResponse:
    try:
        actions.close_organisation(by=request.actor, organisation=get_object_or_404(Organisation, pk=pk))
    except Refused as refusal:
        messages.error(request, translated(refusal))
        return redirect("access:organisation", pk)
    return redirect("access:organisation_list")


def _page(request: StaffRequest, form: OrganisationForm, organisation: Organisation | None) -> HttpResponse:
    context = {"form": form, "organisation": organisation}
    return render(request, "access/organisation.html", context, status=422 if form.errors else 200)
