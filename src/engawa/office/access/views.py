"""One's own way in, and the administration of staff and organisations."""

from uuid import UUID

from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from engawa.kernel.doors import open_page
from engawa.office.access import actions
from engawa.office.access.doors import StaffRequest, signed_in_page
from engawa.office.access.queries import invited


@signed_in_page("whoever has no second factor yet is led to set one up")
def second_factor(request: StaffRequest) -> HttpResponse:
    return render(request, "access/second_factor.html")


@open_page("the one-time way in of somebody who has no password yet; the token is the secret")
def invitation(request: HttpRequest, staff_id: UUID, token: str) -> HttpResponse:
    staff = invited(staff_id, token)
    if staff is None:
        return render(request, "access/invitation_used.html", status=410)
    form = SetPasswordForm(staff, request.POST or None)
    if form.is_valid():
        actions.accept_invitation(staff=staff, password=form.cleaned_data["new_password1"])
        return redirect("account_login")
    return render(request, "access/invitation.html", {"form": form, "staff": staff}, status=422 if form.errors else 200)
