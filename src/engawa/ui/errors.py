"""What somebody meets when something goes wrong: what happened, what was kept, what to do. Nothing typed is lost.

One template for each kind: 400, 403, 404, 405, 413, 429, 500 and 503. Where a form had arrived, its page gives back
what was typed and offers to send it again. They are made without the request's context, which asks the database: that
may be what is wrong.
"""

import re
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import get_resolver, translate_url
from django.utils.translation import get_language, override

_NOT_GIVEN_BACK = ("csrfmiddlewaretoken", "password", "credential", "code", "passphrase")
# What no hand has typed: ids, versions, marks of boxes. It is sent again, and not shown.
_NOT_TYPED = re.compile(r"[0-9a-f-]{8,}|on|.?")
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_DATABASE_AWAY = (OperationalError, InterfaceError)
_METHOD_REFUSED = 405
_SECONDS_UNTIL_BACK = "60"
Answering = Callable[[HttpRequest], HttpResponse]


def bad_request(request: HttpRequest, exception: Exception, **more: Any) -> HttpResponse:
    """What arrived is broken, or larger than the house takes: none of it was read, so nothing can be given back."""
    return _page(request, 413 if isinstance(exception, _TOO_LARGE) else 400, **more)


def not_allowed(request: HttpRequest, exception: Exception, **more: Any) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """This page is not for whoever asks."""
    return _page(request, 403, **more)


def not_found(request: HttpRequest, exception: Exception, **more: Any) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """There is no such page, or not for whoever asks: what they typed meanwhile is given back to copy."""
    return _page(request, 404, **_given_back(request) | {"ours": False} | more)


def too_many(request: HttpRequest) -> HttpResponse:
    """Too many tries in a short while."""
    return _page(request, 429)


def server_error(request: HttpRequest, **more: Any) -> HttpResponse:
    """Something broke in the house, or its database cannot be reached just now: what was sent is given back."""
    if not isinstance(sys.exception(), _DATABASE_AWAY):
        return _page(request, 500, **_given_back(request) | more)
    answer = _page(request, 503, **_given_back(request) | more)
    answer["Retry-After"] = _SECONDS_UNTIL_BACK
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The form was open too long: give the typed text back with a fresh token; secrets are not repeated on a page.

    Sending again is offered only if the form came from our own pages: a foreign page must not be able to put a
    ready-filled form before somebody.
    """
    given = _all_of(request) | {"ours": _is_from_here(request)}
    return HttpResponse(render_to_string("ui/form_expired.html", _frame(request) | given), status=403)


def wrong_method(request: HttpRequest, **more: Any) -> HttpResponse:
    """The address only takes what a button sends."""
    return _page(request, _METHOD_REFUSED, **more)


def wrong_methods_explained(get_response: Answering) -> Answering:
    """Middleware: who opens such an address is told so by the zone's ``handler405``, instead of nothing at all."""

    def answering(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if answer.status_code == _METHOD_REFUSED and not answer.content:
            answer.content = get_resolver().resolve_error_handler(_METHOD_REFUSED)(request).content
        return answer

    return answering


def addresses_without_nul(get_response: Answering) -> Answering:
    """Middleware: no hand types a NUL, no database takes one. Searches go on without; no page has it in its name."""

    def answering(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise BadRequest
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        return get_response(request)

    return answering


def _page(request: HttpRequest, status: int, **said: Any) -> HttpResponse:
    return HttpResponse(render_to_string(f"{status}.html", _frame(request) | said), status=status)


def _frame(request: HttpRequest) -> dict[str, Any]:
    """What every one of these pages knows: the first page in its language, and the page that somebody came from."""
    before = urlsplit(request.headers.get("Referer", ""))
    ours = before.netloc == request.headers.get("Host") and before.path != request.path
    language = get_language() or settings.LANGUAGE_CODE
    with override(settings.LANGUAGE_CODE):
        home = translate_url("/", language)
    return {"home": home, "before": before._replace(scheme="", netloc="").geturl() if ours else ""}


def _given_back(request: HttpRequest) -> dict[str, Any]:
    """What was typed in a form of ours; what a foreign page sends is not shown."""
    return _all_of(request) if getattr(request, "csrf_processing_done", False) or _is_from_here(request) else {}


def _is_from_here(request: HttpRequest) -> bool:
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def _all_of(request: HttpRequest) -> dict[str, Any]:
    """What was typed, and what is needed to send it again as it was."""
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        if not any(secret in name for secret in _NOT_GIVEN_BACK)
        for value in values
    ]
    return {
        "fields": fields,
        "typed": [value for _, value in fields if not _NOT_TYPED.fullmatch(value)],
        "files": bool(request.FILES),
        "action": request.get_full_path(),
        "csrf_token": get_token(request),
        "ours": True,
    }
