"""When something goes wrong on the porch: the words stay, and what to do stands beside them."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from engawa.porch.mailbox.queries import talks_of
from engawa.porch.pages.forms import ComeBackForm, SayForm, StartForm
from engawa.porch.pages.views.seats import go_on
from engawa.porch.pages.views.talks import come_back_page, start_page, talk_page
from engawa.porch.seats.cookie import who_sits
from engawa.ui import errors


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What arrived is broken or too large."""
    return errors.bad_request(request, exception, leave_url=reverse("pages:close"))


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The porch refuses nobody; a library might."""
    return errors.not_allowed(request, exception, leave_url=reverse("pages:close"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """There is no such page, or no such talk at this seat; words that were meant for it are given back."""
    words = request.POST.get("words", "") if getattr(request, "csrf_processing_done", False) else ""
    return render(request, "pages/not_found.html", {"words": words}, status=404)


def wrong_method(request: HttpRequest) -> HttpResponse:
    """The address only takes what a button sends."""
    return errors.wrong_method(request, leave_url=reverse("pages:close"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke, or the porch's database cannot be reached: what was sent is given back."""
    return errors.server_error(request, leave_url=reverse("pages:close"))


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The form was too old, or no cookie came back: show it again with everything that was typed.

    Words that another site sends are not shown: nobody shall speak through a visitor's hand.
    """
    if not _is_from_here(request):
        return render(request, "pages/expired.html", status=403)
    where = request.resolver_match.url_name if request.resolver_match else ""
    if where == "start":
        return start_page(request, StartForm(initial=_typed(request)), notice="expired")
    if where in {"talk", "come_back"}:
        return _talk_again(request)
    return render(request, "pages/expired.html", status=403)


def _is_from_here(request: HttpRequest) -> bool:
    """What the browser says about the page that sent this; old browsers say nothing at all."""
    origin = request.headers.get("Origin")
    elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
    return not elsewhere and (origin is None or urlsplit(origin).netloc == request.get_host())


def _talk_again(request: HttpRequest) -> HttpResponse:
    """The talk with the words in its box; where the browser sits at another seat by now, that seat's."""
    sitting, match = who_sits(request.session), request.resolver_match
    talk_id = match.kwargs.get("talk_id") if match else None
    if sitting and talk_id in talks_of(sitting):
        return talk_page(request, sitting, talk_id, SayForm(initial=_typed(request)), notice="expired")
    if sitting and talk_id:
        return go_on(request, request.POST.get("words", ""))
    return come_back_page(request, ComeBackForm(initial=_typed(request)), expired=True)


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {name: value for name, value in request.POST.dict().items() if name != "csrfmiddlewaretoken"}
