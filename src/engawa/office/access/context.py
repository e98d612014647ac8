"""What every office page knows without its view: the actor and their navigation."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from engawa.office.access.actors import Actor
from engawa.office.access.navigation import navigation_for


def office(request: HttpRequest) -> dict[str, Any]:
    """``actor`` and ``navigation``; both are ``None`` on open pages. Counted only where the page shows it."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None, "navigation": None}
    return {"actor": actor, "navigation": SimpleLazyObject(lambda: navigation_for(actor, request.path))}
