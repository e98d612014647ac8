"""What somebody gets of their own records（開示）, with others masked: every record is looked at before it leaves."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext

from engawa.kernel import clock
from engawa.kernel.japanese import written_in_japanese
from engawa.kernel.privacy import Keeping
from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.assessments.models import AssessmentAnswer
from engawa.office.casework.cases import erasures
from engawa.office.casework.cases.models import Case
from engawa.office.casework.documents.models import Document
from engawa.office.casework.retention import others
from engawa.office.casework.retention.given import GIVEN, LEFT_OUT, SEARCHED, Given
from engawa.office.casework.retention.masking import Veil, somebody_in
from engawa.office.casework.retention.models import Disclosure

Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class Record:
    """One record as it is written, and with others masked; what was struck by hand is in neither. ``key`` names it.

    ``doubt`` is why it does not go out unless staff say so; empty where nothing speaks against it.
    """

    key: str
    label: str
    written: Lines
    masked: Lines
    doubt: str = ""


@dataclass(frozen=True)
class Chosen:
    """Keys of records that go out as written, masked although in doubt, or not at all, which is said."""

    whole: Collection[str] = ()
    masked: Collection[str] = ()
    withheld: Collection[str] = ()

    def holds_back(self, one: Record) -> bool:
        """Whether the record stays here."""
        return one.key in self.withheld or (bool(one.doubt) and one.key not in {*self.whole, *self.masked})

    def lines(self, one: Record) -> Lines:
        """What of the record goes out."""
        if self.holds_back(one):
            return []
        return one.written if one.key in self.whole else one.masked


@dataclass(frozen=True)
class Left:
    """What is not among the records: how many there are, and why."""

    label: str
    count: int
    why: str


@dataclass(frozen=True)
class Preview:
    """The records under their veil, what is masked how often, and words that may be a name all the same."""

    records: list[Record]
    left: list[Left]
    masked: list[tuple[str, int]]
    suspects: list[tuple[str, int]]


@dataclass(frozen=True)
class _Part:
    """The rows of one model that are given out: all of them, and those that whoever looks sees."""

    given: Given
    keeping: Keeping
    rows: QuerySet[Any]
    seen: list[Any]


def preview_of(case: Case, struck: Collection[str] = ()) -> Preview:
    """Everything that the preparer of a disclosure looks at."""
    parts, veil = _parts(case), others.veil_of(case, struck)
    records = _records(parts, case, veil)
    covered: Counter[str] = Counter()
    suspects: Counter[str] = Counter()
    for one in records:
        for (_name, written), (_same, masked) in zip(one.written, one.masked, strict=True):
            covered += veil.covered(written, masked)
            suspects.update(somebody_in(masked, veil.own))
    return Preview(records, _left_out(parts, case), covered.most_common(), suspects.most_common())


def records_of(case: Case, struck: Collection[str] = ()) -> list[Record]:
    """Every record about the person of the case that says something, each also with others masked."""
    return _records(_parts(case), case, others.veil_of(case, struck))


def _records(parts: list[_Part], case: Case, veil: Veil) -> list[Record]:
    own = others.own_members(case)
    return [
        Record(
            f"{type(row).__name__}.{row.pk}",
            part.given.title(row),
            [(name, veil.strike(text)) for name, text in told],
            masked := [(name, veil.cover(text)) for name, text in told],
            others.doubt_about(row, own) or _unsure(masked, veil),
        )
        for part in parts
        for row in part.seen
        if (told := _told(part.keeping, row))
    ]


def _unsure(masked: Lines, veil: Veil) -> str:
    if any(veil.in_doubt(text) for _name, text in masked):
        return gettext("ほかの人の名前や住所の一部が残っているかもしれません")
    return ""


def _parts(case: Case) -> list[_Part]:
    """What is given out, in the order of ``GIVEN``, then what packages above have about the case."""
    parts = {erasure.keeping.model: erasure for erasure in erasures.all_erasures()}
    above = {model: Given(part.label) for model, part in parts.items() if part.label}
    return [
        _Part(given, parts[model].keeping, rows := _rows(parts[model], case), list(_with_what_is_said(rows, given)))
        for model, given in (GIVEN | above).items()
    ]


def _with_what_is_said(rows: QuerySet[Any], given: Given) -> QuerySet[Any]:
    beside = [name for name in (given.about, given.of) if name]
    return rows.select_related(*beside).order_by("pk") if beside else rows.order_by("pk")


def _rows(part: erasures.Erasure, case: Case) -> QuerySet[Any]:
    owners = {erasures.CASE: case.pk, erasures.PERSON: case.person_id, erasures.HOUSEHOLD: case.household_id}
    owner = owners[part.of]
    return part.present([owner] if owner else [])


def _told(keeping: Keeping, row: Model) -> Lines:
    told = {name: nothing for name, nothing in keeping.personal.items() if name not in SEARCHED}
    return list(replace(keeping, personal=told).export(row).items())


def _left_out(parts: list[_Part], case: Case) -> list[Left]:
    """What there is beside ``records_of``, with numbers: nobody shall take the file for everything."""
    left = [*_unseen(parts)]
    if papers := Document.objects.filter(case=case, shredded_at=None).count():
        left.append(
            Left(gettext("書類の中身"), papers, gettext("題名だけを載せています。中身は一通ずつ確かめて渡します"))
        )
    beside = [erasure for erasure in erasures.all_erasures() if erasure.keeping.model in LEFT_OUT]
    with acting_as(KEEPER):
        counts = [(LEFT_OUT[part.keeping.model], _left(part, case).count()) for part in beside]
    return left + [Left(str(label), count, str(why)) for (label, why), count in counts if count]


def _left(part: erasures.Erasure, case: Case) -> QuerySet[Any]:
    rows = _rows(part, case)
    approved = part.keeping.model is Disclosure  # what is being prepared is no record yet
    return rows.filter(state=Disclosure.State.APPROVED) if approved else rows


def _unseen(parts: list[_Part]) -> Iterator[Left]:
    """What the second wall keeps from whoever looks: a diagnosis is for those with the qualification."""
    with acting_as(KEEPER):
        counts = [part.rows.count() - len(part.seen) for part in parts]
    for part, unseen in zip(parts, counts, strict=True):
        if unseen > 0:
            answers = part.keeping.model is AssessmentAnswer
            label = gettext("専門職の記録") if answers else str(part.given.label)
            yield Left(label, unseen, gettext("この画面では見られません。見られる人が別に確かめて渡します"))


@written_in_japanese
def fixed(case: Case, chosen: Chosen, struck: Collection[Mapping[str, str]]) -> dict[str, Any]:
    """What goes out if it is approved, word by word: what was read is what is given, whatever is written later.

    Args:
        case: the case.
        chosen: what staff chose for single records; those in doubt are held back unless they are named there.
        struck: passages masked by hand, each with ``words`` and ``reason``; the words themselves are not repeated.
    """
    parts, veil = _parts(case), others.veil_of(case, [one["words"] for one in struck])
    records = _records(parts, case, veil)
    covered: Counter[str] = Counter()
    for one in records:
        if not chosen.holds_back(one) and one.key not in chosen.whole:
            for (_name, written), (_same, masked) in zip(one.written, one.masked, strict=True):
                covered += veil.covered(written, masked)
    return {
        "number": case.number,
        "organisation": case.organisation.name,
        "fixed_on": clock.today().isoformat(),
        "records": [
            {"label": one.label, "withheld": chosen.holds_back(one), "lines": chosen.lines(one)} for one in records
        ],
        "whole": sum(one.key in chosen.whole for one in records),
        "masked": covered.most_common(),
        "reasons": list(dict.fromkeys(one["reason"] for one in struck)),
        "left_out": [vars(one) for one in _left_out(parts, case)],
    }
