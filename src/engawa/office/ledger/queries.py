"""Reads about imports, for the organisations in which the actor may import."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from engawa.office.access.actors import Actor
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.casework.intake.queries import cases as casework
from engawa.office.conferences import queries as conferences
from engawa.office.desk import queries as desk
from engawa.office.ledger.models import Import
from engawa.office.ledger.rules import SHEETS, Fault, SetAside
from engawa.office.questionnaires import queries as questionnaires


def imports_for(actor: Actor) -> QuerySet[Import]:
    """The imports of the actor's organisations, latest first."""
    return Import.objects.filter(organisation__in=actor.organisations_with(Permission.LEDGER_FILE_IMPORT))


def organisations_for(actor: Actor) -> QuerySet[Organisation]:
    """The organisations for which the actor may import."""
    return Organisation.objects.filter(id__in=actor.organisations_with(Permission.LEDGER_FILE_IMPORT))


def later_work(import_id: uuid.UUID) -> dict[str, int]:
    """What has been recorded since on top of an import, by name and number; empty when it can be undone."""
    known = (casework, conferences, questionnaires, desk)
    return {name: count for package in known for name, count in package.later_work(import_id).items()}


@dataclass(frozen=True)
class SheetCounts:
    """What happened to the rows of a sheet, or would; ``before`` is what an earlier preview had said, if anything."""

    name: str
    now: Mapping[str, int]
    before: Mapping[str, int]

    @property
    def cells(self) -> list[tuple[int, int | None]]:
        """Read, new, known and set aside, each with its earlier number where that was another one."""
        pairs = ((self.now[key], self.before.get(key)) for key in ("read", "made", "same", "set_aside"))
        return [(now, None if before == now else before) for now, before in pairs]


def sheets_of(entry: Import) -> list[SheetCounts]:
    """The sheets of an import, in the order in which they build on each other."""
    kinds = [kind.name for kind in SHEETS if kind.name in entry.counts]
    return [SheetCounts(name, entry.counts[name], entry.counts_before.get(name, {})) for name in kinds]


def set_aside_of(entry: Import) -> list[SetAside]:
    """The rows of an import that were not taken, in the order of the ledger."""
    return [
        SetAside(row.sheet, row.row, Fault(row.column, row.value, row.problem, row.accepted), row.cells)
        for row in entry.set_aside.order_by("position")
    ]
