"""Staff and their roles, for those who manage them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engawa.kernel.words import translated
from engawa.office.access import actions, mail
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.forms import InviteForm, RoleForm, StaffSearchForm
from engawa.office.access.models import Membership, Staff
from engawa.office.access.permissions import Permission, Role
from engawa.office.access.queries import roster, staff_matching
from engawa.office.access.rules import Refused

manages = staff_page(Permission.ACCESS_STAFF_MANAGE)


@manages
@require_safe
def staff_list(request: StaffRequest) -> HttpResponse:
    form = StaffSearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    return render(request, "access/staff_list.html", {"staff_list": staff_matching(text), "form": form})


@manages
def invite(request: StaffRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if not form.is_valid():
        return render(request, "access/invite.html", {"form": form}, status=422 if form.errors else 200)
    invitation = actions.invite_staff(by=request.actor, **form.cleaned_data)
    return _show_way_in(request, invitation)


@manages
@require_safe
def staff(request: StaffRequest, pk: UUID) -> HttpResponse:
    return _page(request, get_object_or_404(roster(), pk=pk), RoleForm())


@manages
@require_POST
def set_role(request: StaffRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(roster(), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form, status=422)
    facts = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
    try:
        actions.set_role(by=request.actor, staff=person, **facts)
    except Refused as refusal:
        form.add_error(None, translated(refusal))
        return _page(request, person, form, status=422)
    return redirect("access:staff", pk)


@manages
@require_POST
def end_role(request: StaffRequest, pk: UUID) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.select_related("staff"), pk=pk)
    try:
        actions.end_role(by=request.actor, membership=membership)
    except Refused as refusal:
        messages.error(request, translated(refusal))
    return redirect("access:staff", membership.staff_id)


@manages
@require_POST
def renew(request: StaffRequest, pk: UUID) -> HttpResponse:
    try:
        invitation = actions.renew_invitation(by=request.actor, staff=get_object_or_404(Staff, pk=pk))
    except Refused as refusal:
        messages.error(request, translated(refusal))
        return redirect("access:staff", pk)
    return _show_way_in(request, invitation)


@manages
@require_POST
def set_active(request: StaffRequest, pk: UUID, *, active: bool) -> HttpResponse:
    act = actions.reactivate if active else actions.deactivate
    try:
        act(by=request.actor, staff=get_object_or_404(Staff, pk=pk))
    except Refused as refusal:
        messages.error(request, translated(refusal))
    return redirect("access:staff", pk)


def _page(request: StaffRequest, person: Staff, form: RoleForm, status: int = 200) -> HttpResponse:
    return render(request, "access/staff.html", {"person": person, "form": form}, status=status)


def _show_way_in(request: StaffRequest, invitation: actions.Invitation) -> HttpResponse:
    """By mail where the house has mail, else on this page, once."""
    link = request.build_absolute_uri(invitation.path)
    if mail.send_invitation(invitation.staff, link):
        messages.success(request, _("招待のメールを送りました。"))
        return redirect("access:staff", invitation.staff.pk)
    return render(request, "access/way_in.html", {"person": invitation.staff, "link": link})
