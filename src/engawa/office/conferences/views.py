"""Pages of conferences: the sittings, and one with the items that the actor may see."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import note_reading
from engawa.office.conferences.queries import conferences_for, items_for

members = staff_page(Permission.CONFERENCE_ITEM_VIEW)
SITTINGS_ON_A_PAGE = 50


@members
def conferences(request: StaffRequest) -> HttpResponse:
    """The sittings, latest first."""
    page = Paginator(conferences_for(request.actor), SITTINGS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "conferences/conferences.html", {"page": page})


@members
def conference(request: StaffRequest, number: str) -> HttpResponse:
    """One sitting; each item that is shown is noted as read."""
    sitting = get_object_or_404(conferences_for(request.actor), number=number)
    items = list(items_for(request.actor, sitting))
    for item in items:
        note_reading(by=request.actor, deed="conferences.read_item", subject=item.case.number, case_id=item.case_id)
    return render(request, "conferences/conference.html", {"sitting": sitting, "items": items})
