"""One's own way in, and the administration of staff and organisations."""

from django.http import HttpResponse
from django.shortcuts import render

from engawa.office.access.doors import StaffRequest, signed_in_page


@signed_in_page("whoever has no second factor yet is led to set one up")
def second_factor(request: StaffRequest) -> HttpResponse:
    return render(request, "access/second_factor.html")
