"""What every template of a zone may ask of the engine."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from engawa.kernel.live import TICKET_SECONDS


def live(request: HttpRequest) -> dict[str, Any]:
    """``live_url``: where this zone's live process is; empty where there is none. ``live_seconds``: a ticket's life.

    A path or address where a proxy leads to it (``ENGAWA_LIVE_URL``), else its own port on the host that was asked.
    """
    if settings.LIVE_URL or not settings.LIVE_PORT:
        return {"live_url": settings.LIVE_URL, "live_seconds": TICKET_SECONDS}
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    name = f"[{host}]" if ":" in host else host
    return {"live_url": f"{request.scheme}://{name}:{settings.LIVE_PORT}/", "live_seconds": TICKET_SECONDS}
