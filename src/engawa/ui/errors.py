"""The page for a form that was open too long: nothing that was typed is lost.

The other error pages are the templates 400, 403, 404 and 500; each says what happened, what was kept, what to do.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_NOT_GIVEN_BACK = ("csrfmiddlewaretoken", "password", "credential", "code", "passphrase")
_SHORTEST_TYPED = 2


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give the typed text back with a fresh token; secrets are not repeated on a page.

    Sending again is offered only if the form came from our own pages: a foreign page must not be able to put a
    ready-filled form before somebody.
    """
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(secret in name for secret in _NOT_GIVEN_BACK)
        for value in values
    ]
    context = {
        "fields": fields,
        "typed": [value for _, value in fields if len(str(value)) >= _SHORTEST_TYPED],
        "action": request.get_full_path(),
        "ours": _came_from_us(request),
    }
    return render(request, "ui/form_expired.html", context, status=403)


def _came_from_us(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    return urlsplit(origin).netloc == request.get_host()
