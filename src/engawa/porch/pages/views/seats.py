"""The passphrase that is shown once, coming back with it, the seat, and leaving it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from engawa.kernel import clock
from engawa.kernel.doors import open_page
from engawa.porch.entrances import web
from engawa.porch.mailbox.queries import talks_of
from engawa.porch.pages.forms import ComeBackForm, SayForm, StartForm
from engawa.porch.pages.views.talks import (
    address_of,
    come_back_page,
    for_the_seat,
    furigana_kept,
    start_page,
    talk_page,
)
from engawa.porch.seats.actions import DoorCrowded, TooManyTries
from engawa.porch.seats.cookie import who_sits
from engawa.porch.seats.rules import kept_until


@never_cache
@for_the_seat
def passphrase(request: HttpRequest) -> HttpResponse:
    """The six words, until the visitor says that they have them."""
    shown = request.session.get("shown")
    if shown is None:
        return redirect("pages:seat")
    if request.method == "POST":
        del request.session["shown"]
        return redirect("pages:talk", shown["talk"])
    return render(request, "pages/passphrase.html", {"words": shown["words"]})


@never_cache
@open_page("whoever knows the passphrase may sit down")
def come_back(request: HttpRequest) -> HttpResponse:
    """Sit down again with the passphrase."""
    form = ComeBackForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return come_back_page(request, form)
    try:
        with furigana_kept(request.session):
            back = web.come_back(
                session=request.session, typed=form.cleaned_data["passphrase"], address=address_of(request)
            )
    except TooManyTries:
        return come_back_page(request, form, status=429, crowded=True)
    except DoorCrowded:
        return come_back_page(request, form, status=503, busy=True)
    if not back.found:
        return come_back_page(request, form, back=back)
    words = form.cleaned_data["words"]
    return go_on(request, words) if words else redirect("pages:seat")


def go_on(request: HttpRequest, words: str) -> HttpResponse:
    """Back at the seat with half-written words: put them where they were meant to go."""
    sitting = who_sits(request.session)
    talks = list(talks_of(sitting)) if sitting else []
    if sitting and talks:
        return talk_page(request, sitting, talks[-1], SayForm(initial={"words": words}), notice="go_on")
    return start_page(request, StartForm(initial={"words": words}), notice="go_on")


@never_cache
@for_the_seat
def seat(request: HttpRequest) -> HttpResponse:
    """The visitor's seat: their talks, the newest first."""
    sitting = who_sits(request.session)
    if sitting is None:
        return redirect("pages:come_back")
    talks = sorted(talks_of(sitting).values(), key=lambda talk: talk.last_said_at, reverse=True)
    return render(request, "pages/seat.html", {"talks": talks, "kept_until": kept_until(clock.today())})


@never_cache
@for_the_seat
def transcript(request: HttpRequest) -> HttpResponse:
    """Everything that was said at this seat, to read again and to print."""
    sitting = who_sits(request.session)
    if sitting is None:
        return redirect("pages:come_back")
    return render(request, "pages/transcript.html", {"talks": talks_of(sitting).values()})


@require_POST
@for_the_seat
def stand_up(request: HttpRequest) -> HttpResponse:
    """Leave the seat for now: this browser forgets it, the seat stays."""
    web.leave(session=request.session)
    return redirect("pages:home")


@never_cache
@for_the_seat
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the seat: the first tap leads here and explains, the second deletes."""
    if who_sits(request.session) is None:
        return redirect("pages:come_back")
    if request.method == "POST":
        web.delete_seat(session=request.session)
        return redirect("pages:deleted")
    return render(request, "pages/delete.html")


@open_page("says that the seat is gone, to whoever deleted it")
def deleted(request: HttpRequest) -> HttpResponse:
    """The seat is gone."""
    return render(request, "pages/deleted.html")
