"""The tabs of a case's pages: each part of casework, and each package above, registers its own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from engawa.office.access.actors import AnyActor
from engawa.office.access.parts import Part, needed
from engawa.office.casework.access import parts_of
from engawa.office.casework.cases.models import Case


@dataclass(frozen=True)
class Tab:
    """One tab. ``url_name`` takes the case's number; ``count`` says how many things lie under it.

    ``beneath`` names pages that belong to the tab though their addresses begin otherwise.

    Shown to those who may see ``part`` of the case; to those alone who see the whole case where none is named.
    """

    label: str | Promise
    url_name: str
    order: int = 100
    count: Callable[[AnyActor, Case], int] | None = None
    part: Part | None = None
    beneath: tuple[str, ...] = ()

    def urls(self, number: str) -> list[str]:
        """Where the tab leads in the case ``number``, and what lies beneath it."""
        return [reverse(name, args=[number]) for name in (self.url_name, *self.beneath)]


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
    """The tabs of ``case`` that the actor may open; the one that ``path`` lies under longest is marked as here."""
    parts = parts_of(actor, case)
    offered = [tab for tab in sorted(_tabs, key=lambda tab: tab.order) if needed(tab.part) <= parts]
    urls = {tab: tab.urls(case.number) for tab in offered}
    here = max((url for under in urls.values() for url in under if path.startswith(url)), key=len, default="")
    return [
        Shown(str(tab.label), under[0], here in under, tab.count(actor, case) if tab.count else None)
        for tab, under in urls.items()
    ]
