"""Today（今日）and the search box."""

from django.http import HttpResponse
from django.shortcuts import render

from engawa.kernel import clock
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.audit.actions import note_reading
from engawa.office.home import queries

SUGGESTED = 6


@staff_page()
def today(request: StaffRequest) -> HttpResponse:
    context = {"today": queries.today_of(request.actor), "day": clock.today(), "hour": clock.now().hour}
    return render(request, "home/today.html", context)


@staff_page()
def search(request: StaffRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    most = SUGGESTED if request.htmx else 50
    found = queries.found_by(request.actor, text, most=most) if text else None
    # While somebody still types, each letter would be an entry: one a minute says that they looked.
    if found and (not request.htmx or not queries.looked_lately(request.actor)):
        note_reading(by=request.actor, deed="home.search", detail={"cases": len(found.cases)})
    context = {"q": text, "found": found}
    return render(request, "home/search.html#results" if request.htmx else "home/search.html", context)
