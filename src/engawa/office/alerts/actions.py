"""Telling staff, and taking note of having read."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from engawa.kernel import clock, live
from engawa.office.access.actors import KEEPER, Actor
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.alerts.kinds import kind_called
from engawa.office.alerts.models import Alert


@transaction.atomic
def tell(*, staff: Iterable[Staff], kind: str, path: str = "", **words: str) -> None:
    """Tell each of ``staff`` once, on their open pages too when this transaction commits.

    Args:
        staff: who should know.
        kind: key of a registered kind; its wording is filled with ``words``.
        path: the page that the alert leads to.
        words: names and numbers only, never what was said; ``number`` is that of a case.
    """
    title = str(kind_called(kind).wording).format(**words)
    said = {"kind": kind, "title": title, "path": path, "number": words.get("number", "")}
    alerts = [Alert(staff=person, **said) for person in {s.pk: s for s in staff}.values()]
    with acting_as(KEEPER):
        Alert.objects.bulk_create(alerts)
    for alert in alerts:
        live.announce(f"staff:{alert.staff_id}", "alert", str(alert.id))


def read_alert(*, by: Actor, alert_id: UUID) -> None:
    """Note that one alert was read; somebody else's does not exist."""
    _unread(by).filter(pk=alert_id).update(read_at=clock.now())


def read_all(*, by: Actor) -> None:
    """Note that every alert was read."""
    _unread(by).update(read_at=clock.now())


def _unread(by: Actor) -> QuerySet[Alert]:
    return Alert.objects.filter(staff_id=by.id, read_at=None)


def forget_read(*, before: dt.datetime) -> int:
    """Forget alerts that were read before a moment; how many they were."""
    with acting_as(KEEPER):
        return Alert.objects.filter(read_at__lt=before).delete()[0]
