"""Where help is lacking（足りないつなぎ先）: needs of households that nobody and nothing carries (002-26)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from engawa.kernel import clock
from engawa.office.access.models import Organisation
from engawa.office.casework.cases.models import Case, Standing
from engawa.office.casework.households.models import Need
from engawa.office.casework.maps.models import Tie


@dataclass
class Gap:
    """Open needs of one kind: how many, how many of them nothing carries, and in which cases those are.

    A need is the family's（家族）where it troubles a member who is nobody's 本人, or the household as a whole.
    """

    kind: str
    needs: int = 0
    bare: int = 0
    family: int = 0
    family_bare: int = 0
    cases: list[Case] = field(default_factory=list)


def gaps_of(organisation: Organisation, day: dt.date | None = None) -> list[Gap]:
    """What troubles the households of the organisation's continuing cases on ``day`` (today), kind by kind.

    Nothing carries a need where no tie that holds leads from the member, or from the whole household, to anything
    (``Tie.carries``). The kind with most of these comes first.
    """
    day = day or clock.today()
    cases = _cases_by_household(organisation)
    carried = _carried(list(cases))
    own = {case.member_id for several in cases.values() for case in several}
    gaps: dict[str, Gap] = {}
    for need in _open_needs(list(cases), day):
        label = need.kind.label if need.kind else gettext("区分を選んでいない")
        here = cases[need.household_id]
        _count(gaps.setdefault(label, Gap(label)), need, here, carried=carried, own=own)
    return sorted(gaps.values(), key=lambda gap: (-gap.bare, -gap.needs, gap.kind))


def _count(
    gap: Gap, need: Need, cases: list[Case], *, carried: set[tuple[UUID, UUID | None]], own: set[UUID | None]
) -> None:
    family = need.member_id is None or need.member_id not in own
    bare = carried.isdisjoint({(need.household_id, need.member_id), (need.household_id, None)})
    gap.needs += 1
    gap.bare += bare
    gap.family += family
    gap.family_bare += family and bare
    if bare:
        gap.cases += [case for case in cases if case not in gap.cases]


def _cases_by_household(organisation: Organisation) -> dict[UUID, list[Case]]:
    found: defaultdict[UUID, list[Case]] = defaultdict(list)
    rows = Case.objects.filter(organisation=organisation, state=Standing.CONTINUING, household__isnull=False)
    for case in rows.select_related("person").order_by("number"):
        if case.household_id:
            found[case.household_id].append(case)
    return found


def _open_needs(households: list[UUID], day: dt.date) -> QuerySet[Need]:
    rows = Need.objects.filter(household__in=households, noted_on__lte=day)
    return rows.filter(Q(settled_on__isnull=True) | Q(settled_on__gt=day)).select_related("kind")


def _carried(households: list[UUID]) -> set[tuple[UUID, UUID | None]]:
    """Households and members to whom a tie holds; None is the household as a whole."""
    ties = Tie.objects.filter(case__household__in=households).select_related("case")
    return {(tie.case.household_id, tie.member_id) for tie in ties if tie.carries and tie.case.household_id}
