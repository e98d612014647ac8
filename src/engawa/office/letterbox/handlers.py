"""Who in the office deals with which kind of letter. Filled by the packages above, in ``apps.ready()``."""

from collections.abc import Callable
from typing import Any, TypeVar

from engawa.post.letters import Letter

_Kind = TypeVar("_Kind", bound=Letter)
_handlers: dict[type[Letter], list[Callable[[Any], None]]] = {}


def register(kind: type[_Kind], handler: Callable[[_Kind], None]) -> None:
    """Let ``handler`` deal with letters of ``kind``: in the transaction in which they arrive, as the courier.

    Several handlers of one kind run in the order in which they were registered, all or none.
    """
    known = _handlers.setdefault(kind, [])
    if handler not in known:
        known.append(handler)


def handlers_of(letter: Letter) -> list[Callable[[Any], None]]:
    """Those who deal with this letter; empty where nobody does."""
    return _handlers.get(type(letter), [])
