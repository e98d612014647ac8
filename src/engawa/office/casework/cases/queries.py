"""Reads about cases. The second wall hides what the present actor may not see."""

import datetime as dt

from django.db.models import QuerySet

from engawa.office.casework.cases import rules
from engawa.office.casework.cases.models import Case, CaseState, EndReason


def changes_of(case: Case) -> list[rules.Change]:
    """Every change of state of the case, oldest first."""
    rows = CaseState.objects.filter(case=case).order_by("effective_on", "recorded_at", "id")
    return [rules.Change(row.effective_on, row.recorded_at, row.state) for row in rows]


def state_on(case: Case, day: dt.date) -> str:
    """The state of the case as of ``day``: ``continuing``, ``closed`` or ``handed_over``."""
    return rules.state_on(changes_of(case), day)


def end_reasons(day: dt.date) -> QuerySet[EndReason]:
    """The reasons with which a case may end on ``day``, in the order of the list."""
    return EndReason.objects.exclude(starts_on__gt=day).exclude(ends_on__lt=day)
