"""Giving somebody their own records（開示）with others masked: every record is looked at before it leaves."""

import json
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from uuid import UUID

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.kernel.japanese import written_in_japanese
from engawa.office.access.actors import Actor
from engawa.office.audit.actions import record
from engawa.office.casework.access import require_holder
from engawa.office.casework.assessments.models import AssessmentAnswer
from engawa.office.casework.cases import erasures
from engawa.office.casework.cases.models import Case, CaseState, Handover
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.households.models import Household, LifeEvent, Member, Need
from engawa.office.casework.people.models import OtherAddress, OtherName, Person
from engawa.office.casework.retention import rules
from engawa.office.casework.retention.queries import PROPOSE
from engawa.office.casework.timeline.models import Contact
from engawa.office.talks.models import Message

# What is given out, in this order; rights, search texts and the like are no records about somebody.
GIVEN: dict[type[Model], str | Promise] = {
    Person: _("本人"),
    OtherName: _("ほかの名前"),
    OtherAddress: _("ほかの住所"),
    Case: _("相談"),
    CaseState: _("状態"),
    Household: _("世帯"),
    Member: _("世帯員"),
    Need: _("課題"),
    LifeEvent: _("出来事"),
    AssessmentAnswer: _("アセスメントの答え"),
    Contact: _("対応"),
    Message: _("やりとりのことば"),
    Handover: _("引継ぎ"),
    Consent: _("同意"),
}


@dataclass(frozen=True)
class Record:
    """One record as it is written, and with others masked. ``key`` names it in the form."""

    key: str
    label: str
    written: list[tuple[str, str]]
    masked: list[tuple[str, str]]


def records_of(case: Case) -> list[Record]:
    """Every record about the person of the case that says something, each also with family members masked."""
    names = _names(case)
    people = [case.person_id] if case.person_id else []
    ids = {erasures.CASE: [case.pk], erasures.PERSON: people, erasures.HOUSEHOLD: _household(case)}
    parts = {erasure.keeping.model: erasure for erasure in erasures.all_erasures()}
    return [
        Record(f"{model.__name__}.{row.pk}", str(label), told, [(name, rules.mask(text, names)) for name, text in told])
        for model, label in GIVEN.items()
        for row in parts[model].rows(ids[parts[model].of])[0].order_by("pk")
        if (told := list(parts[model].keeping.export(row).items()))
    ]


def _household(case: Case) -> list[UUID]:
    return [case.household_id] if case.household_id else []


def _names(case: Case) -> list[tuple[str, str]]:
    """The names and readings of the household's other members, with the role that takes their place."""
    others = Member.objects.filter(household__in=_household(case))
    if case.member_id:
        others = others.exclude(pk=case.member_id)
    if case.person_id:
        others = others.exclude(person=case.person_id)
    return [(name, member.called or "家族") for member in others for name in (member.name, member.reading) if name]


@written_in_japanese
def disclose(*, by: Actor, case: Case, asker: str, whole: Collection[str], withheld: Collection[str]) -> bytes:
    """The records as a file to hand over: masked, except those that staff let stand as written or held back.

    Args:
        by: draws up lists where the case is held.
        case: the case.
        asker: who asked, as the request says.
        whole: keys of records that go out as they are written.
        withheld: keys of records that do not go out; that there is one is said.

    Raises:
        NotAllowed: ``by`` may not give out records of this case.
    """
    require_holder(by, PROPOSE, case)
    given = [
        {"label": one.label, "withheld": one.key in withheld, "lines": _lines(one, whole, withheld)}
        for one in records_of(case)
    ]
    said = {"number": case.number, "asker": asker, "made_on": clock.today().isoformat(), "records": given}
    packed = _packed(said)
    counts = {"records": len(given), "whole": len(whole), "withheld": len(withheld)}
    detail = counts | {"sha256": sha256(packed).hexdigest()}
    record(by=by, deed="casework.disclose", subject=case.number, case_id=case.pk, detail=detail)
    return packed


def _lines(one: Record, whole: Collection[str], withheld: Collection[str]) -> list[tuple[str, str]]:
    if one.key in withheld:
        return []
    return one.written if one.key in whole else one.masked


def _packed(said: Mapping[str, object]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("disclosure.json", json.dumps(said, ensure_ascii=False, indent=1))
        packed.writestr("disclosure.html", render_to_string("casework/retention/disclosed.html", dict(said)))
    return stream.getvalue()
