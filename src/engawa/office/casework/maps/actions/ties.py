"""Ties（つながり）of the household and its members to agencies, resources and anything that has a name."""

from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from engawa.kernel.ids import uuid7
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible, check_seen
from engawa.office.casework.households.models import Member
from engawa.office.casework.maps.actions.household import noted, open_household
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.casework.maps.queries import version_of
from engawa.office.directory.models import Resource


class TieFacts(TypedDict, total=False):
    """A tie. It leads to one of ``agency``, ``resource`` and ``name``; without a member it is the household's."""

    member: Member | None
    agency: Agency | None
    resource: Resource | None
    name: str
    strength: str
    flow: str
    note: str


@transaction.atomic
def draw_tie(*, by: AnyActor, case: Case, key: UUID | None = None, **facts: Unpack[TieFacts]) -> Tie:
    """Draw a tie on the support map.

    Args:
        by: needs ``casework:case:edit`` on the family of this case.
        case: the case.
        key: id of the new row; a second call with the same key gives what the first made.
        facts: see ``TieFacts``.

    Raises:
        NotPossible: it leads nowhere, or to two.
    """
    case, _household = open_household(by, case)
    if known := Tie.objects.filter(pk=key, case=case).first() if key else None:
        return known
    tie = Tie(id=key or uuid7(), case=case)
    _fill(tie, facts)
    tie.save(force_insert=True)
    noted(by, "casework.draw_tie", case, tie=tie.pk)
    return tie


@transaction.atomic
def redraw_tie(*, by: AnyActor, case: Case, tie: Tie, seen: str | None = None, **facts: Unpack[TieFacts]) -> Tie:
    """Change a tie: it grew stronger, it was cut. What stood before is kept.

    Raises:
        NotPossible: somebody else has changed it since ``seen``, or as ``draw_tie``.
    """
    case, _household = open_household(by, case)
    tie = _tie_in(case, tie)
    check_seen(seen, version_of(tie))
    _fill(tie, facts)
    tie.save(force_update=True)
    noted(by, "casework.redraw_tie", case, tie=tie.pk)
    return tie


@transaction.atomic
def rub_out_tie(*, by: AnyActor, case: Case, tie: Tie, seen: str | None = None) -> None:
    """Take out a tie that never was. One that was cut keeps its line.

    Raises:
        NotPossible: somebody else has changed it since ``seen``.
    """
    case, _household = open_household(by, case)
    tie = _tie_in(case, tie)
    check_seen(seen, version_of(tie))
    noted(by, "casework.rub_out_tie", case, tie=tie.pk)
    tie.delete()


def _tie_in(case: Case, tie: Tie) -> Tie:
    found = Tie.objects.filter(pk=tie.pk, case=case).first()
    if found is None:
        raise NotAllowed
    return found


def _fill(tie: Tie, facts: Any) -> None:
    for name, value in facts.items():
        setattr(tie, name, value)
    if sum((tie.agency is not None, tie.resource is not None, bool(tie.name.strip()))) != 1:
        raise NotPossible("つながりの相手を、機関・社会資源から選ぶか、名まえを書くか、どれかひとつにしてください")
    strange = (tie.member and tie.member.household_id != tie.case.household_id) or (
        tie.agency and tie.agency.case_id != tie.case_id
    )
    if strange:
        raise NotAllowed
