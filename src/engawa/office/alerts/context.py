"""The bell on every office page."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from engawa.office.access.actors import Actor
from engawa.office.alerts.queries import unread_count


def bell(request: HttpRequest) -> dict[str, Any]:
    """``bell``: the bell with its count; ``alerts_url`` and ``unread_alerts`` for itself. Empty on open pages."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {}
    parts = {"alerts_url": reverse("alerts:list"), "unread_alerts": SimpleLazyObject(lambda: unread_count(actor))}
    return parts | {"bell": SimpleLazyObject(lambda: render_to_string("alerts/bell.html", parts))}
