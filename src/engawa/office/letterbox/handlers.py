"""Who in the office deals with which kind of letter. Filled by the packages above, in ``apps.ready()``."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from engawa.post.letters import Letter

_Kind = TypeVar("_Kind", bound=Letter)
_handlers: dict[type[Letter], list[Callable[[Any], None]]] = {}


def register(kind: type[_Kind], handler: Callable[[Sequence[_Kind]], None]) -> None:
    """Let ``handler`` deal with letters of ``kind``: in the transaction in which they arrive, as the courier.

    It is given those that arrive together, in their order, so that ten words cost hardly more than one. Several
    handlers of one kind run in the order in which they were registered, all or none.
    """
    known = _handlers.setdefault(kind, [])
    if handler not in known:
        known.append(handler)


def handlers_of(kind: type[Letter]) -> list[Callable[[Any], None]]:
    """Those who deal with letters of this kind; empty where nobody does."""
    return _handlers.get(kind, [])
