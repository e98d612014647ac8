"""Pages to read: nothing is asked, nothing is remembered, no cookie is set."""

import uuid
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from engawa.kernel import clock
from engawa.kernel.doors import open_page
from engawa.porch.entrances import web
from engawa.porch.noticeboard.queries import desk as desk_on_the_board
from engawa.porch.pages import queries
from engawa.porch.pages.choices import GROUPS, SHELF_NAMES
from engawa.porch.pages.rules import TERMS_VERSION
from engawa.porch.seats.rules import retention_on
from engawa.post.keeping import records_kept_years

for_everybody = open_page("a page to read, for whoever passes by")


def _language() -> str:
    return get_language() or "ja"


@for_everybody
def home(request: HttpRequest) -> HttpResponse:
    """Who is there now, three doors, four promises."""
    groups = [{"key": key, "label": label} for key, label in GROUPS.items()]
    return render(request, "pages/home.html", {"welcome": queries.welcome_now(), "groups": groups})


@for_everybody
def look(request: HttpRequest) -> HttpResponse:
    """Places, courses, groups and experiences: just looking."""
    shelves = [{"shelf": shelf, "label": SHELF_NAMES[shelf.kind]} for shelf in queries.shelves(_language())]
    return render(request, "pages/look.html", {"shelves": shelves})


@for_everybody
def desks(request: HttpRequest) -> HttpResponse:
    """The desks, all or those that a word finds."""
    asked = request.GET.get("q", "")[:100].strip()
    return render(request, "pages/desks.html", {"q": asked, "desks": queries.desks_found(asked, _language())})


@for_everybody
def desk(request: HttpRequest, desk_id: uuid.UUID) -> HttpResponse:
    """One desk with the hours of its next seven days."""
    found = desk_on_the_board(desk_id, clock.now(), _language())
    if found is None:
        raise Http404
    return render(request, "pages/desk.html", {"desk": found, "week": queries.week_of(found)})


@for_everybody
def first(request: HttpRequest, group: str) -> HttpResponse:
    """For somebody who comes for the first time: the person, family, an agency, a company."""
    if group not in GROUPS:
        raise Http404
    page = {"group": group, "label": GROUPS[group], "welcome": queries.welcome_now()}
    return render(request, f"pages/first_{group}.html", page)


@for_everybody
def about(request: HttpRequest) -> HttpResponse:
    """What Engawa is."""
    return render(request, "pages/about.html")


@for_everybody
def privacy(request: HttpRequest) -> HttpResponse:
    """Who reads, what is kept and how long, what becomes of it in figures."""
    days = retention_on(clock.today()).days
    page = {"version": TERMS_VERSION, "years": records_kept_years(clock.today()), "seat_years": days // 365}
    return render(request, "pages/privacy.html", page)


@for_everybody
def accessibility(request: HttpRequest) -> HttpResponse:
    """How these pages can be used, and what does not work yet."""
    return render(request, "pages/accessibility.html")


@open_page("leaving in a hurry must never ask for anything")
def close(request: HttpRequest) -> HttpResponse:
    """Leave at once: this browser forgets the seat, and shows a page that tells nothing."""
    web.leave(session=request.session)
    return redirect("pages:calendar")


@for_everybody
def calendar(request: HttpRequest) -> HttpResponse:
    """The page that tells nothing: this month."""
    return render(request, "pages/calendar.html", {"weeks": queries.month_now(), "today": clock.today()})


@open_page("small readings above the kanji, for whoever asks")
def ruby(request: HttpRequest, wish: str) -> HttpResponse:
    """Switch the furigana on or off for this browser, and go back to the page."""
    if wish == "on":
        request.session["ruby"] = True
    else:
        request.session.pop("ruby", None)
    back = urlsplit(request.GET.get("next", "")).path
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "pages:home")
