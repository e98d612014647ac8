"""Giving somebody their own records（開示）with others masked: every record is looked at before it leaves."""

import json
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext

from engawa.kernel import clock
from engawa.kernel.privacy import Keeping
from engawa.office.access.actors import KEEPER, Actor
from engawa.office.access.walls import acting_as
from engawa.office.audit.actions import record
from engawa.office.casework.access import require_holder
from engawa.office.casework.assessments.models import AssessmentAnswer
from engawa.office.casework.cases import erasures
from engawa.office.casework.cases.models import Case
from engawa.office.casework.documents.models import Document
from engawa.office.casework.retention import others
from engawa.office.casework.retention.given import GIVEN, LEFT_OUT, SEARCHED, Given
from engawa.office.casework.retention.masking import doubtful, mask
from engawa.office.casework.retention.queries import PROPOSE

Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class Record:
    """One record as it is written, and with others masked. ``key`` names it in the form.

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

    whole: Collection[str]
    masked: Collection[str]
    withheld: Collection[str]

    def holds_back(self, one: Record) -> bool:
        """Whether the record stays here."""
        return one.key in self.withheld or (bool(one.doubt) and one.key not in {*self.whole, *self.masked})


@dataclass(frozen=True)
class Left:
    """What is not among the records: how many there are, and why."""

    label: str
    count: int
    why: str


def records_of(case: Case) -> list[Record]:
    """Every record about the person of the case that says something, each also with family members masked."""
    names, own = others.names_of(case), others.own_names(case)
    return [
        Record(
            f"{type(row).__name__}.{row.pk}",
            given.title(row),
            told,
            [(name, mask(text, names, own)) for name, text in told],
            others.doubt_about(row, case) or _unsure(told, names, own),
        )
        for given, rows, keeping in _parts(case)
        for row in rows.order_by("pk")
        if (told := _told(keeping, row))
    ]


def _unsure(told: Lines, names: list[tuple[str, str]], own: list[str]) -> str:
    if any(doubtful(text, names, own) for _name, text in told):
        return gettext("ほかの人の名前の一部が残っているかもしれません")
    return ""


def _parts(case: Case) -> Iterator[tuple[Given, QuerySet[Any], Keeping]]:
    """What is given out, in the order of ``GIVEN``, then what packages above have about the case."""
    parts = {erasure.keeping.model: erasure for erasure in erasures.all_erasures()}
    above = {model: Given(part.label) for model, part in parts.items() if part.label}
    for model, given in (GIVEN | above).items():
        yield given, _rows(parts[model], case), parts[model].keeping


def _rows(part: erasures.Erasure, case: Case) -> QuerySet[Any]:
    owners = {erasures.CASE: case.pk, erasures.PERSON: case.person_id, erasures.HOUSEHOLD: case.household_id}
    owner = owners[part.of]
    return part.rows([owner] if owner else [])[0]


def _told(keeping: Keeping, row: Model) -> Lines:
    told = {name: nothing for name, nothing in keeping.personal.items() if name not in SEARCHED}
    return list(replace(keeping, personal=told).export(row).items())


def left_out_of(case: Case) -> list[Left]:
    """What there is beside ``records_of``, with numbers: nobody shall take the file for everything."""
    left = [*_unseen(case)]
    if papers := Document.objects.filter(case=case, shredded_at=None).count():
        left.append(
            Left(gettext("書類の中身"), papers, gettext("題名だけを載せています。中身は一通ずつ確かめて渡します"))
        )
    parts = [erasure for erasure in erasures.all_erasures() if erasure.keeping.model in LEFT_OUT]
    with acting_as(KEEPER):
        counts = [(LEFT_OUT[part.keeping.model], _rows(part, case).count()) for part in parts]
    return left + [Left(str(label), count, str(why)) for (label, why), count in counts if count]


def _unseen(case: Case) -> Iterator[Left]:
    """What the second wall keeps from whoever looks: a diagnosis is for those with the qualification."""
    for given, rows, keeping in _parts(case):
        seen = rows.count()
        with acting_as(KEEPER):
            unseen = rows.count() - seen
        if unseen > 0:
            label = gettext("専門職の記録") if keeping.model is AssessmentAnswer else str(given.label)
            yield Left(label, unseen, gettext("この画面では見られません。見られる人が別に確かめて渡します"))


def disclose(*, by: Actor, case: Case, asker: str, chosen: Chosen) -> bytes:
    """The records as a file to hand over: masked, except those that staff let stand as written or held back.

    Args:
        by: draws up lists where the case is held.
        case: the case.
        asker: who asked, as the request says.
        chosen: what staff chose for single records; those in doubt are held back unless they are named here.

    Raises:
        NotAllowed: ``by`` may not give out records of this case.
    """
    require_holder(by, PROPOSE, case)
    records = records_of(case)
    away = {one.key for one in records if chosen.holds_back(one)}
    given = [{"label": one.label, "withheld": one.key in away, "lines": _lines(one, chosen, away)} for one in records]
    left = [vars(one) for one in left_out_of(case)]
    said = {"number": case.number, "asker": asker, "made_on": clock.today().isoformat(), "records": given}
    packed = _packed(said | {"withheld": len(away), "left_out": left})
    counts = {"records": len(given), "whole": len(chosen.whole), "withheld": len(away), "left_out": len(left)}
    detail = counts | {"sha256": sha256(packed).hexdigest()}
    record(by=by, deed="casework.disclose", subject=case.number, case_id=case.pk, detail=detail)
    return packed


def _lines(one: Record, chosen: Chosen, away: Collection[str]) -> Lines:
    if one.key in away:
        return []
    return one.written if one.key in chosen.whole else one.masked


def _packed(said: Mapping[str, object]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("disclosure.json", json.dumps(said, ensure_ascii=False, indent=1))
        packed.writestr("disclosure.html", render_to_string("casework/retention/disclosed.html", dict(said)))
    return stream.getvalue()
