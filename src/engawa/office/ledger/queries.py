"""Reads about imports, for the organisations in which the actor may import."""

import uuid
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet

from engawa.kernel.spreadsheets.writing import Page
from engawa.office.access.actors import Actor
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.casework.intake import queries as casework
from engawa.office.conferences import queries as conferences
from engawa.office.ledger.models import Import, SetAsideRow
from engawa.office.ledger.rules import REPORT_MARK, SHEETS
from engawa.office.questionnaires import queries as questionnaires


def imports_for(actor: Actor) -> QuerySet[Import]:
    """The imports of the actor's organisations, latest first."""
    return Import.objects.filter(organisation__in=actor.organisations_with(Permission.LEDGER_FILE_IMPORT))


def organisations_for(actor: Actor) -> QuerySet[Organisation]:
    """The organisations for which the actor may import."""
    return Organisation.objects.filter(id__in=actor.organisations_with(Permission.LEDGER_FILE_IMPORT))


def later_work(import_id: uuid.UUID) -> dict[str, int]:
    """What has been recorded since on top of an import, by name and number; empty when it can be undone."""
    return casework.later_work(import_id) | conferences.later_work(import_id) | questionnaires.later_work(import_id)


def mending_pages(entry: Import) -> Iterator[Page]:
    """The rows that were set aside as sheets of a ledger: mended, the workbook can be imported as it is."""
    for sheet, rows in groupby(entry.set_aside.order_by("position"), key=attrgetter("sheet")):
        yield mending_page(sheet, list(rows))


def mending_page(sheet: str, rows: list[SetAsideRow]) -> Page:
    """One sheet: the ledger's columns first, then what is wrong and what would be accepted."""
    names = next((kind.names for kind in SHEETS if kind.name == sheet), ())
    others = dict.fromkeys(title for row in rows for title in row.cells if title not in names)
    columns = [*names, *others]
    report = [f"{REPORT_MARK}{title}" for title in ("元の行", "列", "問題", "受け付ける書き方")]
    return Page(
        sheet,
        [*columns, *report],
        [
            [*(row.cells.get(column, "") for column in columns), row.row, row.column, row.problem, row.accepted]
            for row in rows
        ],
        above=["直してから、このファイルをそのまま取り込んでください（「取込：」の列は読みません）。"],
        widths=[*(16 for _ in columns), 10, 16, 48, 40],
    )
