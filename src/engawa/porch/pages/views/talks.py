"""Beginning a talk, and the talk itself."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from engawa.kernel import clock
from engawa.kernel.doors import open_page
from engawa.kernel.live import ticket_for
from engawa.porch.entrances import web
from engawa.porch.mailbox.actions import SeatGone
from engawa.porch.mailbox.queries import talks_of
from engawa.porch.noticeboard.queries import NoOfficeKey
from engawa.porch.pages import queries
from engawa.porch.pages.forms import ComeBackForm, SayForm, StartForm
from engawa.porch.pages.rules import TERMS_VERSION
from engawa.porch.seats.actions import DoorCrowded, TooManyTries
from engawa.porch.seats.cookie import Sitting, who_sits
from engawa.porch.seats.queries import seat_exists
from engawa.porch.seats.rules import caller_of
from engawa.post.keeping import records_kept_years

for_whoever_asks = open_page("whoever wants to talk may; nobody has an account")
for_the_seat = open_page("shows only what the seat's own key opens, and the visitor brings that key")
_STATUS = {"crowded": 429, "resting": 429, "full": 409, "not_ready": 503, "busy": 503}


def address_of(request: HttpRequest) -> str:
    """Where the request came from; counted for the hour, never kept."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return caller_of(request.META.get("REMOTE_ADDR", ""), forwarded, settings.PROXIES)


@contextmanager
def furigana_kept(session: SessionBase) -> Iterator[None]:
    """Sitting down empties the session; whoever asked for furigana still wants them."""
    wished = session.get("ruby")
    yield
    if wished:
        session["ruby"] = True


@never_cache
@for_whoever_asks
def start(request: HttpRequest) -> HttpResponse:
    """Begin a talk: the promises, then the first word."""
    asked = {"desk": request.GET.get("desk"), "requester": request.GET.get("who", "")}
    form = StartForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        return _begin(request, form)
    return start_page(request, form)


def start_page(request: HttpRequest, form: StartForm, notice: str = "") -> HttpResponse:
    """The page on which a talk begins; ``notice`` says why it stands here again."""
    web.prepare(request.session)
    page = {
        "form": form,
        "notice": notice,
        "about": request.GET.get("about", "")[:100],
        "welcome": queries.welcome_now(),
        "years": records_kept_years(clock.today()),
    }
    return render(request, "pages/start.html", page, status=_STATUS.get(notice, 200))


def _begin(request: HttpRequest, form: StartForm) -> HttpResponse:
    language = get_language() or "ja"
    beginning = web.Beginning(**form.beginning(), terms_version=TERMS_VERSION, language=language)
    try:
        with furigana_kept(request.session):
            opened = web.open_talk(
                session=request.session,
                address=address_of(request),
                token=form.cleaned_data["token"],
                beginning=beginning,
            )
    except TooManyTries:
        return start_page(request, form, notice="resting" if who_sits(request.session) else "crowded")
    except DoorCrowded:
        return start_page(request, form, notice="busy")
    except web.SeatFull:
        return start_page(request, form, notice="full")
    except NoOfficeKey:
        return start_page(request, form, notice="not_ready")
    if not opened.passphrase:
        return to_talk(opened.talk_id)
    request.session["shown"] = {"words": list(opened.passphrase), "talk": str(opened.talk_id)}
    return redirect("pages:passphrase")


def to_talk(talk_id: uuid.UUID) -> HttpResponse:
    """To the talk, which will say that the words have arrived."""
    return redirect(reverse("pages:talk", args=[talk_id]) + "?said=1#newest")


@never_cache
@for_the_seat
def talk(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """One talk of the visitor's seat, and the place to say more."""
    sitting = who_sits(request.session)
    if sitting is None:
        return redirect("pages:come_back")
    form = SayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _say(request, sitting, talk_id, form)
    return talk_page(request, sitting, talk_id, form)


def _say(request: HttpRequest, sitting: Sitting, talk_id: uuid.UUID, form: SayForm) -> HttpResponse:
    if not _is_here(sitting, talk_id):
        raise Http404
    try:
        web.say(sitting=sitting, talk_id=talk_id, **form.said())
    except SeatGone:
        return come_back_page(request, ComeBackForm(initial={"words": form.cleaned_data["words"]}))
    except TooManyTries:
        return talk_page(request, sitting, talk_id, form, notice="resting")
    except web.SeatFull:
        return talk_page(request, sitting, talk_id, form, notice="full")
    except NoOfficeKey:
        return talk_page(request, sitting, talk_id, form, notice="not_ready")
    return to_talk(talk_id)


def _is_here(sitting: Sitting, talk_id: uuid.UUID) -> bool:
    """Whether words may be said there. Ids from before they carried the mark of their seat are looked up."""
    return web.is_talk_of(sitting, talk_id) or not seat_exists(sitting.seat_id) or talk_id in talks_of(sitting)


def talk_page(
    request: HttpRequest, sitting: Sitting, talk_id: uuid.UUID, form: SayForm, notice: str = ""
) -> HttpResponse:
    """The talk's page; ``notice`` says why it stands here again."""
    page = _talk(sitting, talk_id) | {
        "form": form,
        "notice": notice,
        "arrived": "said" in request.GET,
        "live_ticket": _ticket(sitting),
        "live_renew_url": reverse("pages:renew_ticket"),
    }
    return render(request, "pages/talk.html", page, status=_STATUS.get(notice, 200))


def _ticket(sitting: Sitting) -> str:
    return ticket_for([f"seat:{sitting.seat_id}", "porch:desks"])


@require_safe
@never_cache
@for_the_seat
def renew_ticket(request: HttpRequest) -> HttpResponse:
    """An open talk goes on listening, while its visitor sits here."""
    sitting = who_sits(request.session)
    if sitting is None:
        raise Http404
    return JsonResponse({"ticket": _ticket(sitting)})


@never_cache
@for_the_seat
def stream(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """What has been said and who is there, for the open page to fetch again."""
    sitting = who_sits(request.session)
    if sitting is None:
        raise Http404
    return render(request, "pages/now.html", _talk(sitting, talk_id))


def _talk(sitting: Sitting, talk_id: uuid.UUID) -> dict[str, Any]:
    talk = talks_of(sitting).get(talk_id)
    if talk is None:
        raise Http404
    return {"talk": talk, "welcome": queries.welcome_now(talk.opened.desk_id)}


@require_POST
@never_cache
@for_the_seat
def typing(request: HttpRequest, talk_id: uuid.UUID) -> HttpResponse:
    """The visitor is writing: the desk may see that at this moment, and nothing keeps it."""
    sitting = who_sits(request.session)
    if sitting and web.is_talk_of(sitting, talk_id):
        with suppress(TooManyTries):
            web.typing(sitting=sitting, talk_id=talk_id)
    return HttpResponse(status=204)


def come_back_page(request: HttpRequest, form: ComeBackForm, status: int = 200, **said: object) -> HttpResponse:
    """The page on which a passphrase opens a seat again."""
    return render(request, "pages/come_back.html", {"form": form, **said}, status=status)
