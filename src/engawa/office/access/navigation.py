"""The office's navigation: what each package offers, under the way of help it belongs to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engawa.office.access.actors import Actor
from engawa.office.access.permissions import Permission

SECTIONS = {
    "気づく": _("気づく"),
    "つなぐ": _("つなぐ"),
    "支える": _("支える"),
    "確かめる": _("確かめる"),
    "管理": _("管理"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the navigation. ``count`` says how many things wait there for the actor."""

    section: str
    label: str | Promise
    url_name: str
    permission: Permission | None = None
    order: int = 100
    count: Callable[[Actor], int] | None = None


@dataclass(frozen=True)
class Line:
    """An entry as one actor sees it on one page."""

    label: str
    url: str
    here: bool
    count: int | None


@dataclass(frozen=True)
class Section:
    """A way of help with its lines."""

    label: str | Promise
    entries: list[Line]


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    """Offer ``entry`` to everybody who has its permission; called once, in ``apps.ready()``.

    Raises:
        ValueError: there is no such section.
    """
    if entry.section not in SECTIONS:
        raise ValueError(f"no such section: {entry.section}")
    _entries.append(entry)


def navigation_for(actor: Actor, path: str) -> list[Section]:
    """The sections with their lines, for a page at ``path``; sections without a line are left out."""
    offered = [entry for entry in _entries if entry.permission is None or actor.may(entry.permission)]
    urls = {entry.url_name: reverse(entry.url_name) for entry in offered}
    here = _nearest(urls.values(), path)
    sections = []
    for section, label in SECTIONS.items():
        entries = sorted((entry for entry in offered if entry.section == section), key=lambda entry: entry.order)
        if entries:
            sections.append(Section(label, [_line(entry, urls[entry.url_name], actor, here) for entry in entries]))
    return sections


def _line(entry: Entry, url: str, actor: Actor, here: str) -> Line:
    return Line(str(entry.label), url, url == here, entry.count(actor) if entry.count else None)


def _nearest(urls: Iterable[str], path: str) -> str:
    """The longest URL that ``path`` lies under: the line to mark as "here"."""
    return max((url for url in urls if path.startswith(url)), key=len, default="")
