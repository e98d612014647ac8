"""The search box of every office page."""

from django.http import HttpRequest
from django.urls import reverse


def search(request: HttpRequest) -> dict[str, str]:
    """``search_url``, on pages of somebody who has come in."""
    return {"search_url": reverse("home:search")} if getattr(request, "actor", None) else {}
