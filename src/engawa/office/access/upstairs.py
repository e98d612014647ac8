"""What access needs from the floors above: they hang it here in ``apps.ready()``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from engawa.office.access.models import Staff


class Bell(Protocol):
    """Tells staff something, in the present transaction: what ``alerts.actions.tell`` does."""

    def __call__(self, *, staff: Iterable[Staff], kind: str, path: str = "", **words: str) -> None: ...


@dataclass(frozen=True)
class NamedCase:
    """A case as people call it, for those who may know that it exists but not what is in it."""

    id: UUID
    number: str


_bells: list[Bell] = []
_finders: list[Callable[[str], NamedCase | None]] = []


def hang_bell(bell: Bell) -> None:
    """Say how staff are told."""
    _bells.append(bell)


def ring(*, staff: Iterable[Staff], kind: str, path: str = "", **words: str) -> None:
    """Tell ``staff`` that something of ``kind`` happened; ``words`` fill the kind's wording."""
    told = list(staff)
    for bell in _bells:
        bell(staff=told, kind=kind, path=path, **words)


def register_case_finder(finder: Callable[[str], NamedCase | None]) -> None:
    """Say how a case is found by its number, past the second wall."""
    _finders.append(finder)


def case_called(number: str) -> NamedCase | None:
    """The case with this number, whether or not anybody present may see it."""
    found = (finder(number) for finder in _finders)
    return next((case for case in found if case), None)
