"""What staff have been told."""

from django.db.models import QuerySet

from engawa.office.access.actors import Actor
from engawa.office.alerts.models import Alert


def alerts_of(actor: Actor) -> QuerySet[Alert]:
    """One's own alerts, newest first."""
    return Alert.objects.filter(staff_id=actor.id)


def unread_count(actor: Actor) -> int:
    """How many alerts wait to be read."""
    return alerts_of(actor).filter(read_at=None).count()
