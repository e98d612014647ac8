"""The tabs of a case's pages: each part of casework, and each package above, registers its own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from engawa.office.access.actors import AnyActor
from engawa.office.casework.cases.models import Case


@dataclass(frozen=True)
class Tab:
    """One tab. ``url_name`` takes the case's number; ``count`` says how many things lie under it."""

    label: str | Promise
    url_name: str
    order: int = 100
    count: Callable[[AnyActor, Case], int] | None = None


@dataclass(frozen=True)
class Shown:
    """A tab as one page shows it."""

    label: str
    url: str
    here: bool
    count: int | None


_tabs: list[Tab] = []


def register(tab: Tab) -> None:
    """Offer ``tab`` on every case; called once, in ``apps.ready()``."""
    _tabs.append(tab)


def tabs_of(actor: AnyActor, case: Case, path: str) -> list[Shown]:
    """The tabs of ``case``; the one that ``path`` lies under longest is marked as here."""
    urls = {tab: reverse(tab.url_name, args=[case.number]) for tab in sorted(_tabs, key=lambda tab: tab.order)}
    here = max((url for url in urls.values() if path.startswith(url)), key=len, default="")
    return [
        Shown(str(tab.label), url, url == here, tab.count(actor, case) if tab.count else None)
        for tab, url in urls.items()
    ]
