"""Kinds of alerts: each package that tells staff something registers how it is worded."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """One kind of alert. ``wording`` has places for names and numbers, such as ``{number}``; never for contents."""

    key: str
    label: str | Promise
    wording: str | Promise
    urgent: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make ``kind`` known; called once, in ``apps.ready()``.

    Raises:
        ValueError: another kind has this key.
    """
    if kind.key in _kinds:
        raise ValueError(f"two kinds of alert are called {kind.key}")
    _kinds[kind.key] = kind


def kind_called(key: str) -> Kind:
    """The registered kind.

    Raises:
        LookupError: nobody registered it.
    """
    try:
        return _kinds[key]
    except KeyError:
        raise LookupError(f"no such kind of alert: {key}") from None
