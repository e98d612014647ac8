"""By which number a ledger knows a row: the one that it came with, else its id."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.intake.models import Brought

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def ids_among(numbers: Iterable[str]) -> list[str]:
    """Which of these numbers are ids, as our own ledger gives them for want of a number."""
    return [number for number in numbers if _ID.fullmatch(number)]


def numbers_of(kind: Brought.Kind, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The number of each of these rows, which the actor sees: what else was brought is nobody's business."""
    rows = list(ids)
    given = Brought.objects.filter(kind=kind, row_id__in=rows).exclude(number="")
    with acting_as(KEEPER):
        return {pk: str(pk) for pk in rows} | dict(given.values_list("row_id", "number"))


def known_by(model: type[Model], kind: Brought.Kind, numbers: Iterable[str]) -> dict[str, UUID]:
    """The ids of the rows of a model that have one of these numbers."""
    wanted = set(numbers) - {""}
    named = Brought.objects.filter(kind=kind, number__in=wanted).values_list("row_id", flat=True)
    with acting_as(KEEPER):
        brought = list(named)
    rows = model._default_manager.filter(pk__in=[*brought, *ids_among(wanted)])  # noqa: SLF001 - Django's own name
    numbered = numbers_of(kind, rows.values_list("pk", flat=True))
    return {number: pk for pk, number in numbered.items() if number in wanted}
