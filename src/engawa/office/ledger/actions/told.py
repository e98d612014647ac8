"""Takes in the sheets that tell rows about cases: people, households, assessments, plans."""

from collections.abc import Sequence
from dataclasses import replace

from engawa.office.access.models import Organisation
from engawa.office.casework.cases.models import Case
from engawa.office.casework.intake import actions as casework
from engawa.office.casework.intake.queries.cases import case_ids
from engawa.office.casework.intake.queries.gatherings import gatherings_numbered
from engawa.office.casework.intake.rules import GatheringRow, MemberRow, OfGathering, Row, StepRow, Unfit
from engawa.office.ledger import rules
from engawa.office.ledger.actions.context import OUT_OF_REACH, Context, Verdict, different, unknown
from engawa.office.ledger.rules import Fault, SheetKind, Told, Values


def take_told(context: Context, kind: Told, lines: Sequence[Values]) -> list[Verdict]:
    """Hand over the lines of one sheet as rows; a fault for each that speaks of cases unknown or out of reach."""
    rows = [_counted(context, kind.row_of(line)) for line in lines]
    named = {number for row in rows for number in row.cases}
    known = case_ids(named).keys()
    foreign = context.out_of_reach(Case, known)
    elsewhere = _held_elsewhere(context, [row for row in rows if isinstance(row, OfGathering)])
    faults = [_fault(kind, row, known - foreign, foreign | elsewhere) for row in rows]
    good = [row for row, fault in zip(rows, faults, strict=True) if fault is None]
    taken = casework.take_in_rows(by=context.by, import_id=context.import_id, rows=good, axes=context.axes)
    verdicts = iter(taken)
    return [fault or _verdict(kind, row, next(verdicts)) for row, fault in zip(rows, faults, strict=True)]


def finish(context: Context, kinds: Sequence[SheetKind]) -> None:
    """What is left to be done when these sheets have been read to their end."""
    if any(isinstance(kind, Told) and kind.part is rules.Part.PEOPLE for kind in kinds):
        casework.complete_households(by=context.by, import_id=context.import_id)


def _counted(context: Context, row: Row) -> Row:
    """Two brothers of whom nothing more is known are two, and steps follow each other: in every ledger alike."""
    if isinstance(row, MemberRow) and not row.number:
        return replace(row, nth=context.place((row.case, row.called, row.name)))
    if isinstance(row, StepRow) and row.step is None:
        return replace(row, step=context.place((row.case, row.whose, row.number, row.revision or 0, row.goal)))
    return row


def _held_elsewhere(context: Context, rows: Sequence[OfGathering]) -> set[str]:
    """The numbers of gatherings that another organisation holds, or would hold."""
    held = {number: one.organisation_id for number, one in gatherings_numbered(row.number for row in rows).items()}
    named = {row.number: row.body for row in rows if isinstance(row, GatheringRow)}
    bodies = dict(Organisation.objects.filter(name__in=named.values()).values_list("name", "id"))
    held |= {number: bodies[body] for number, body in named.items() if body in bodies and number not in held}
    return {number for number, organisation in held.items() if not context.reaches(organisation)}


def _fault(kind: Told, row: Row, known: set[str], foreign: set[str]) -> Fault | None:
    if isinstance(row, OfGathering) and row.number in foreign:
        return OUT_OF_REACH
    for number in row.cases:
        if number in foreign:
            return OUT_OF_REACH
        if number not in known:
            column = "case" if number == row.case else row.others_field
            return unknown(kind.titles[column], number, rules.CASES.name)
    return None


def _verdict(kind: Told, row: Row, verdict: casework.Verdict) -> Verdict:
    if isinstance(verdict, Unfit):
        return kind.fault(verdict, row)
    if not verdict.fields:
        return verdict
    cells = dict(zip(kind.titles, kind.cells_of(row), strict=True))
    names = [name for name in verdict.fields if name in kind.titles]
    written = "、".join("" if cells[name] is None else str(cells[name]) for name in names)
    return different("、".join(kind.titles[name] for name in names), written)
