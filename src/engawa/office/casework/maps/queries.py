"""Reads about support teams and ties. The second wall hides what the present actor may not see."""

import datetime as dt

from django.db.models import Case as Choose
from django.db.models import Q, QuerySet, When

from engawa.kernel import clock
from engawa.office.casework.cases.models import Case
from engawa.office.casework.maps.models import Agency


def in_team_on(day: dt.date) -> Q:
    """Agencies that are in a team on ``day``."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def team_of(case: Case, day: dt.date | None = None) -> QuerySet[Agency]:
    """The agencies in the case's support team（支援チーム）on ``day`` (today); the lead first."""
    team = Agency.objects.filter(in_team_on(day or clock.today()), case=case).select_related("organisation")
    return team.order_by(Choose(When(role=Agency.Role.LEAD, then=0), default=1), "since", "id")


def other_agencies(case: Case, day: dt.date | None = None) -> QuerySet[Agency]:
    """Who else than the organisation that holds the case is in its team on ``day`` (today): nobody means alone."""
    return team_of(case, day).exclude(organisation_id=case.organisation_id)
