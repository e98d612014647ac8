"""What staff have been told."""

from uuid import UUID

from django.db.models import QuerySet

from engawa.kernel.asked import counted_often
from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.alerts.models import Alert


def alerts_of(actor: Actor) -> QuerySet[Alert]:
    """One's own alerts, newest first."""
    return Alert.objects.filter(staff_id=actor.id)


@counted_often
def unread_count(actor: Actor) -> QuerySet[Alert]:
    """How many alerts wait to be read."""
    return alerts_of(actor).filter(read_at=None)


def alert_for(actor: Actor, alert_id: UUID) -> Alert:
    """One of one's own alerts.

    Raises:
        NotAllowed: it is somebody else's, or nobody's.
    """
    alert = alerts_of(actor).filter(pk=alert_id).first()
    if alert is None:
        raise NotAllowed
    return alert
