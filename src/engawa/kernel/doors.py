"""Doors: every view says who may come in. A zone in which one view does not say so does not start.

``open_page`` declares a view for everybody, with the reason. Closed doors are built on ``declare`` by the zone
that knows its people (the office: ``engawa.office.access.doors``).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "engawa_door"


@dataclass(frozen=True)
class Door:
    """Who may come in: everybody (``open``) for the reason in ``note``, or those whom ``note`` describes."""

    open: bool
    note: str


def declare(view: View, door: Door) -> View:
    """Fix ``door`` to ``view``; wrappers made with ``functools.wraps`` carry it on."""
    setattr(view, _MARK, door)
    return view


def door_of(view: Callable[..., Any]) -> Door | None:
    """The declared door of a view."""
    door = getattr(view, _MARK, None)
    return door if isinstance(door, Door) else None


def open_page(reason: str) -> Callable[[View], View]:
    """Declare a view for everybody, signed in or not; ``reason`` tells reviewers why that is right."""

    def decorate(view: View) -> View:
        return declare(view, Door(open=True, note=reason))

    return decorate


def every_view(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each route below ``patterns``, as written, with its pattern."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_view(pattern.url_patterns, route)
        else:
            yield route, pattern


def undeclared_views() -> list[str]:
    """Routes of this zone whose view has no door."""
    patterns = get_resolver().url_patterns
    return [route for route, pattern in every_view(patterns) if door_of(pattern.callback) is None]


def every_view_is_declared(**_options: Any) -> list[CheckMessage]:
    """System check: one error for each view without a door."""
    hint = "Put @open_page(reason) or the zone's own door above the view."
    return [Error(f"Nobody said who may open /{route}", hint=hint, id="engawa.E001") for route in undeclared_views()]


class DoorsMiddleware:
    """Keeps the zone from starting while a view is undeclared."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        if routes := undeclared_views():
            raise ImproperlyConfigured(f"Nobody said who may open: {', '.join(routes)}")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)
