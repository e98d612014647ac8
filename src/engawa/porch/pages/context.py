"""What every page of the porch knows without its view."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language, override

from engawa.porch.seats.cookie import who_sits

_LABELS = {"ja": "日本語", "ja-easy": "やさしい日本語", "en": "English"}


def porch(request: HttpRequest) -> dict[str, Any]:
    """Whether somebody sits, the other languages of this page, the way out, the furigana switch."""
    language = get_language() or "ja"
    ruby = bool(request.session.get("ruby"))
    switch = reverse("pages:ruby", args=["off" if ruby else "on"])
    return {
        "place": settings.PLACE,
        "seated": who_sits(request.session) is not None,
        "languages": [_other(request, code) for code in _LABELS if code != language],
        "leave_url": reverse("pages:close"),
        "ruby": ruby,
        "ruby_url": "" if language == "en" else f"{switch}?next={request.path}",
    }


def _other(request: HttpRequest, code: str) -> dict[str, str]:
    """This page in another language; from a page that only answers forms, the first page."""
    try:
        match = resolve(request.path)
    except Resolver404:
        match = None
    with override(code):
        url = reverse(match.view_name, kwargs=match.kwargs) if match else reverse("pages:home")
    return {"label": _LABELS[code], "url": url, "lang": code.partition("-")[0]}
