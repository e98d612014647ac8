"""Who may hear which live topic: asked again each time an open page has its ticket renewed."""

from collections.abc import Callable, Iterable

from engawa.office.access.actors import Actor

Hearer = Callable[[Actor, str], bool]
_hearers: dict[str, Hearer] = {}


def register(kind: str, may_hear: Hearer) -> None:
    """Say who may hear topics ``kind:<ref>``; ``may_hear`` is given the actor and the ref, behind the second wall."""
    _hearers[kind] = may_hear


def still_heard(actor: Actor, topics: Iterable[str]) -> list[str]:
    """Of these topics those that the actor may hear now; a kind that nobody registered is nobody's to hear."""
    return [topic for topic in topics if _may_hear(actor, *topic.split(":", 1))]


def _may_hear(actor: Actor, kind: str, ref: str = "") -> bool:
    return kind in _hearers and _hearers[kind](actor, ref)
