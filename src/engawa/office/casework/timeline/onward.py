"""Where the way goes on after a contact: packages above offer the next thing to do, such as promising a call back."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Onward:
    """A second way to save a contact: its button's label, and the page of the case that then opens."""

    label: str | Promise
    url_name: str


_ways: dict[str, Onward] = {}


def register(way: Onward) -> None:
    """Offer ``way`` on the form of a contact; called once, in ``apps.ready()``. Its URL takes the case's number."""
    _ways[way.url_name] = way


def ways() -> list[Onward]:
    """Every way on."""
    return list(_ways.values())


def way_named(url_name: str) -> Onward | None:
    """The way with this name, if anybody offered it."""
    return _ways.get(url_name)
