"""The only writers of this package: releasing a report for publication."""

from django.db import transaction

from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.audit import actions as audit
from engawa.office.statistics.models import Release
from engawa.office.statistics.queries import sees_small_counts, small_counts
from engawa.office.statistics.rules import Scope
from engawa.office.statistics.suppression import NotReleasable, check_releasable


@transaction.atomic
def release_report(*, by: Actor, scope: Scope) -> Release:
    """Let everybody who may see tables see the report of this scope with its small counts; twice changes nothing.

    Raises:
        NotAllowed: only who answers for the city's report sees its small counts and can judge them.
        NotReleasable: the window is too short to be published.
    """
    if not sees_small_counts(by):
        raise NotAllowed
    rule = small_counts(scope.day)
    check_releasable(scope, rule.short_below)
    release, new = Release.objects.get_or_create(**scope.as_asked, defaults={"by_id": by.id})
    if new:
        detail = {name: str(day) for name, day in scope.as_asked.items() if day}
        audit.record(by=by, deed="statistics.release_report", subject=str(scope.window.first), detail=detail)
    return release


__all__ = ["NotReleasable", "release_report"]
