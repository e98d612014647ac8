"""What every office page knows without its view: the actor and their navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from engawa.kernel.live import ticket_for
from engawa.office.access.actors import Actor
from engawa.office.access.navigation import navigation_for


def office(request: HttpRequest) -> dict[str, Any]:
    """Navigation, live ticket and one's own corner. Everything is empty on open pages, and made only where shown."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None, "navigation": None}
    return {
        "actor": actor,
        "navigation": SimpleLazyObject(lambda: navigation_for(actor, request.path)),
        "live_ticket": SimpleLazyObject(lambda: ticket_for(request.topics)),  # type: ignore[attr-defined]  # StaffRequest
        "live_renew_url": reverse("access:renew_ticket"),
        "account_url": reverse("access:me"),
        "logout_url": reverse("account_logout"),
        "drafts_url": reverse("access:drafts"),
        "sign_off_url": reverse("access:sign_off"),
        "sign_in_url": reverse("account_login"),
        "here_url": reverse("access:here"),
        "idle_seconds": settings.IDLE_SECONDS,
    }
