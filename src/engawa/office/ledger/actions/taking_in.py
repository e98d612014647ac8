"""Takes a ledger in, sheet by sheet and chunk by chunk, in one transaction; a dry run does the same and rolls back."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.locks import lock_until_commit
from engawa.kernel.spreadsheets.cells import Refused, shown
from engawa.kernel.spreadsheets.reading import Sheet, Source, sheets_of
from engawa.kernel.spreadsheets.records import Header, Record, find_header, records
from engawa.kernel.taken import Fate
from engawa.kernel.words import Words
from engawa.office.access.actors import Actor, AnyActor, SystemActor
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.casework.intake.actions import check_may_take_in
from engawa.office.ledger import rules
from engawa.office.ledger.actions.context import Context
from engawa.office.ledger.actions.sheets import TAKERS
from engawa.office.ledger.actions.told import finish, take_told
from engawa.office.ledger.models import Import
from engawa.office.ledger.rules import Fault, SetAside, SheetKind, Told, Values

# Behind the second wall the import sees every case, to know which numbers are taken; ``by`` is still who did it.
LEDGER = SystemActor("system:ledger", "台帳の取り込み")
ROWS_AT_A_TIME = 2000

Progress = Callable[[int, int, str], None]


@dataclass
class Outcome:
    """What became of a ledger: rows by sheet, rows set aside, what was passed over, what was founded."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    founded: dict[str, list[str]] = field(default_factory=dict)

    @property
    def made(self) -> int:
        return sum(count["made"] for count in self.counts.values())


def silent(_done: int, _total: int, _sheet: str) -> None:
    """Nobody watches."""


def take_in_sources(
    *,
    by: AnyActor,
    import_id: uuid.UUID,
    sources: Sequence[Source],
    dry_run: bool = False,
    progress: Progress = silent,
) -> Outcome:
    """Take in the files of one ledger as a whole.

    Args:
        by: needs ``ledger:file:import``; staff reach the cases and desks of those organisations only, and of
            bodies that earlier imports of theirs founded and nobody works in.
        import_id: what the rows will carry.
        sources: one workbook, or the CSV files of one ledger.
        dry_run: say what would happen, and change nothing.
        progress: told about rows read, rows in all (as far as known beforehand), and the sheet.

    Raises:
        NotAllowed: ``by`` may not import.
        Refused: a file may not come in, or holds no sheet of a ledger.
    """
    check_may_take_in(by)
    outcome = Outcome()
    plan = plan_of(sources, outcome)
    with acting_as(LEDGER):
        lock_until_commit("ledger.import")
        start = transaction.savepoint()
        context = Context(LEDGER, import_id, _reach(by), axes=_writes_axes(by))
        run = _Run(context, outcome, progress, sum(sheet.size for _, sheet, _ in plan))
        for kind, sheet, header in plan:
            run.take_sheet(kind, sheet, header)
        finish(context, [kind for kind, _, _ in plan])
        outcome.founded = run.context.founded
        if dry_run:
            transaction.savepoint_rollback(start)
        else:
            transaction.savepoint_commit(start)
    return outcome


def _reach(by: AnyActor) -> frozenset[uuid.UUID] | None:
    if not isinstance(by, Actor):
        return None
    ours = by.organisations_with(Permission.LEDGER_FILE_IMPORT)
    return frozenset(ours) | _founded_for(ours)


def _writes_axes(by: AnyActor) -> bool:
    """Diagnoses and the six axes are professionals' business, also where they come in by a ledger."""
    return not isinstance(by, Actor) or by.may(Permission.CASEWORK_AXES_WRITE)


def _founded_for(ours: list[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Bodies that earlier imports of these organisations founded, as long as nobody has a role there."""
    imports = Import.objects.filter(organisation__in=ours, stage=Import.Stage.DONE)
    ids = [body for founded in imports.values_list("founded", flat=True) for body in founded.get("organisations", [])]
    return frozenset(Organisation.objects.filter(id__in=ids, memberships=None).values_list("id", flat=True))


def plan_of(sources: Iterable[Source], outcome: Outcome) -> list[tuple[SheetKind, Sheet, Header]]:
    """The sheets that belong to a ledger, in the order in which they build on each other.

    Raises:
        Refused: there is none, or a file may not come in.
    """
    plan = []
    for sheet in [sheet for source in sources for sheet in sheets_of(source)]:
        kind = rules.kind_of(sheet.name)
        header = find_header(sheet, kind.names) if kind else None
        if kind is None:
            said = "シート「%(sheet)s」は台帳のシートではないため、読みませんでした。"
            outcome.remarks.append(Words(said, sheet=sheet.name))
        elif header is None:
            said = "シート「%(sheet)s」に見出しの行が見つからないため、読みませんでした。"
            outcome.remarks.append(Words(said, sheet=sheet.name))
        else:
            plan.append((kind, sheet, header))
    if not plan:
        names = "、".join(kind.name for kind in rules.SHEETS)
        said = "台帳のシートが見つかりません。シート（または CSV ファイル）の名前を確かめてください：%(names)s"
        raise Refused(Words(said, names=names))
    return sorted(plan, key=lambda planned: rules.SHEETS.index(planned[0]))


@dataclass
class _Run:
    """One pass over a ledger's sheets."""

    context: Context
    outcome: Outcome
    progress: Progress
    rows_in_all: int
    rows_read: int = 0

    def take_sheet(self, kind: SheetKind, sheet: Sheet, header: Header) -> None:
        """Take in one sheet; without its needed columns it is set aside as a whole."""
        count = self.outcome.counts.setdefault(kind.name, Counter(read=0, made=0, same=0, set_aside=0))
        if missing := header.missing(kind.needed):
            problem = Words("必ず要る列がありません。このシートは読みませんでした")
            fault = Fault("、".join(missing), "", problem, "、".join(kind.needed))
            self.outcome.set_aside.append(SetAside(kind.name, header.line, fault, {}))
            count["set_aside"] += 1
            return
        if extra := [title for title in header.extra if not title.startswith(rules.REPORT_MARK)]:
            said = "シート「%(sheet)s」の台帳にない列は、メモとして残します：%(columns)s"
            if not kind.has_room:
                said = "シート「%(sheet)s」には、台帳にない列を残す場所がないため、読みませんでした：%(columns)s"
            self.outcome.remarks.append(Words(said, sheet=sheet.name, columns="、".join(extra)))
        for chunk in _chunks(records(sheet, header)):
            self._take_chunk(kind, chunk)
            self.rows_read += len(chunk)
            self.progress(self.rows_read, max(self.rows_in_all, self.rows_read), sheet.name)
        if kind.name == rules.MEMBERS:
            finish(self.context, [kind])

    def _take_chunk(self, kind: SheetKind, chunk: Sequence[Record]) -> None:
        count, today = self.outcome.counts[kind.name], clock.today()
        read = [rules.read_row(kind, record, today) for record in chunk]
        good = [row for row in read if isinstance(row, Values)]
        taken = take_told(self.context, kind, good) if isinstance(kind, Told) else TAKERS[kind.name](self.context, good)
        verdicts = iter(taken)
        for record, row in zip(chunk, read, strict=True):
            verdict = row if isinstance(row, Fault) else next(verdicts)
            count["read"] += 1
            if isinstance(verdict, Fault):
                count["set_aside"] += 1
                self.outcome.set_aside.append(SetAside(kind.name, record.line, verdict, _cells(record)))
            else:
                count["made" if verdict.fate is Fate.MADE else "same"] += 1


def _chunks(rows: Iterator[Record]) -> Iterator[list[Record]]:
    while chunk := list(islice(rows, ROWS_AT_A_TIME)):
        yield chunk


def _cells(record: Record) -> dict[str, str]:
    notes = {title: text for title, text in record.notes.items() if not title.startswith(rules.REPORT_MARK)}
    return {name: shown(cell).strip() for name, cell in record.cells.items()} | notes
