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
    path: str = ""


CaseFinder = Callable[[str], NamedCase | None]
CaseNamer = Callable[[Iterable[UUID]], dict[UUID, NamedCase]]
LeadFinder = Callable[[UUID], UUID | None]
_bells: list[Bell] = []
_finders: list[CaseFinder] = []
_namers: list[CaseNamer] = []
_lead_finders: list[LeadFinder] = []


def hang_bell(bell: Bell) -> None:
    """Say how staff are told."""
    _bells.append(bell)


def ring(*, staff: Iterable[Staff], kind: str, path: str = "", **words: str) -> None:
    """Tell ``staff`` that something of ``kind`` happened; ``words`` fill the kind's wording."""
    told = list(staff)
    for bell in _bells:
        bell(staff=told, kind=kind, path=path, **words)


def register_case_finder(finder: CaseFinder, namer: CaseNamer) -> None:
    """Say how a case is found by its number, and cases are named by their ids, past the second wall."""
    _finders.append(finder)
    _namers.append(namer)


def case_called(number: str) -> NamedCase | None:
    """The case with this number, whether or not anybody present may see it."""
    return next((found for finder in _finders if (found := finder(number))), None)


def names_of(ids: Iterable[UUID]) -> dict[UUID, NamedCase]:
    """The names of cases, by id."""
    wanted = set(ids)
    return {key: name for namer in _namers for key, name in namer(wanted).items()}


def register_lead_finder(finder: LeadFinder) -> None:
    """Say who mainly carries a case（主担当）."""
    _lead_finders.append(finder)


def lead_of(case_id: UUID) -> UUID | None:
    """The member of staff who mainly carries the case, past the second wall."""
    return next((lead for finder in _lead_finders if (lead := finder(case_id))), None)
