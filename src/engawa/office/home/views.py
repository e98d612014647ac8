"""Today（今日）and the search box."""

from django.http import HttpResponse
from django.shortcuts import render

from engawa.kernel import clock
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.casework.access import note_listing
from engawa.office.home import queries

SUGGESTED = 6


@staff_page()
def today(request: StaffRequest) -> HttpResponse:
    shown = queries.today_of(request.actor)
    note_listing(request.actor, "home.today", [*shown.cases, *(alert for alert in shown.alerts if alert.number)])
    context = {"today": shown, "day": clock.today(), "hour": clock.now().hour}
    return render(request, "home/today.html", context)


@staff_page()
def search(request: StaffRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    most = SUGGESTED if request.htmx else 50
    found = queries.found_by(request.actor, text, most=most) if text else None
    if found and (found.cases or not request.htmx):  # while somebody still types, what shows no case is no reading
        note_listing(request.actor, "home.search", found.cases)
    context = {"q": text, "found": found}
    return render(request, "home/search.html#results" if request.htmx else "home/search.html", context)
