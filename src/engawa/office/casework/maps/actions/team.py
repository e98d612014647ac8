"""The support team（支援チーム）: agencies that join, change their part, and leave."""

import datetime as dt
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from engawa.kernel.ids import uuid7
from engawa.office.access.actors import AnyActor
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.casework.access import require
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import check_seen
from engawa.office.casework.maps.models import Agency
from engawa.office.casework.maps.queries import version_of
from engawa.office.casework.maps.rules.team import Part, check_part


class AgencyFacts(TypedDict, total=False):
    """An agency's part in the team. ``name`` where it is none of the house's own organisations."""

    organisation: Organisation | None
    name: str
    role: str
    contact_person: str
    phone: str
    since: dt.date
    until: dt.date | None
    note: str


@transaction.atomic
def join_team(*, by: AnyActor, case: Case, key: UUID | None = None, **facts: Unpack[AgencyFacts]) -> Agency:
    """Let an agency join the support team; that gives it no right to see the case.

    Args:
        by: needs ``casework:case:edit`` through a grant that lets write.
        case: the case.
        key: id of the new row; a second call with the same key gives what the first made.
        facts: see ``AgencyFacts``; ``since`` and one of ``organisation`` and ``name`` are needed.

    Raises:
        NotPossible: it is nobody, it is in the team already, or the team has a lead.
    """
    require(by, Permission.CASEWORK_CASE_EDIT, case)
    if known := Agency.objects.filter(pk=key, case=case).first() if key else None:
        return known
    agency = Agency(id=key or uuid7(), case=_locked(case))
    _fill(agency, facts)
    agency.save(force_insert=True)
    _record(by, "casework.join_team", agency)
    return agency


@transaction.atomic
def change_part(*, by: AnyActor, agency: Agency, seen: str | None = None, **facts: Unpack[AgencyFacts]) -> Agency:
    """Change an agency's part in the team, or its period; what stood before is kept.

    Raises:
        NotPossible: somebody else has changed it since ``seen``, or as ``join_team``.
    """
    require(by, Permission.CASEWORK_CASE_EDIT, agency.case)
    agency.case = _locked(agency.case)
    check_seen(seen, version_of(agency))
    _fill(agency, facts)
    agency.save(force_update=True)
    _record(by, "casework.change_part", agency)
    return agency


@transaction.atomic
def strike_agency(*, by: AnyActor, agency: Agency, seen: str | None = None) -> None:
    """Take out an agency that was never in the team: a mistake. One that leaves gets the day of its leaving.

    Raises:
        NotPossible: somebody else has changed it since ``seen``.
    """
    require(by, Permission.CASEWORK_CASE_EDIT, agency.case)
    _locked(agency.case)
    check_seen(seen, version_of(agency))
    _record(by, "casework.strike_agency", agency)
    agency.delete()


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


def _fill(agency: Agency, facts: Any) -> None:
    for name, value in facts.items():
        setattr(agency, name, value)
    if agency.organisation:
        agency.name = ""
    others = Agency.objects.filter(case=agency.case).exclude(pk=agency.pk).select_related("organisation")
    check_part(
        Part(agency.called, agency.role, agency.since, agency.until),
        [Part(other.called, other.role, other.since, other.until) for other in others],
    )


def _record(by: AnyActor, deed: str, agency: Agency) -> None:
    case = agency.case
    record(by=by, deed=deed, subject=case.number, case_id=case.pk, detail={"agency": str(agency.pk)})
