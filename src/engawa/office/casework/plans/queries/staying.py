"""Staying connected: what is agreed, which quiet contacts come round, and who is reminded of them."""

import datetime as dt
from uuid import UUID

from django.db.models import F, Q, QuerySet

from engawa.kernel import clock
from engawa.kernel.asked import asked_often
from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.permissions import Role
from engawa.office.access.queries import staff_of
from engawa.office.casework.access import own_cases
from engawa.office.casework.cases.models import Case, Standing
from engawa.office.casework.plans.models.staying import QuietContact, Staying


def stayings_of(case: Case) -> QuerySet[Staying]:
    """How we stay and stayed connected, the newest first."""
    return Staying.objects.filter(case=case).select_related("by").prefetch_related("quiet_contacts")


def staying_of(case: Case) -> Staying | None:
    """How we stay connected now, if somebody wrote it down."""
    return stayings_of(case).filter(ended_on__isnull=True).first()


def quiet_contact_in(case: Case, pk: UUID) -> QuietContact:
    """A quiet contact of this case.

    Raises:
        NotAllowed: the case has none with this id.
    """
    found = QuietContact.objects.filter(staying__case=case, pk=pk).select_related("staying__case").first()
    if found is None:
        raise NotAllowed
    return found


def version_of(staying: Staying) -> str:
    """Names the version of what is written: when it was last changed."""
    return staying.written_at.astimezone(clock.JAPAN).isoformat()


def quiet_contacts_up_to(day: dt.date) -> QuerySet[QuietContact]:
    """Quiet contacts that have come round by ``day``, of cases that go on. Silence is no reason to leave one out."""
    open_still = Q(until__isnull=True) | Q(until__gte=F("next_on"))
    rows = QuietContact.objects.filter(open_still, next_on__lte=day, stopped_on__isnull=True)
    rows = rows.filter(staying__ended_on__isnull=True, staying__case__state=Standing.CONTINUING)
    return rows.select_related("staying__case__person").order_by("next_on")


@asked_often
def quiet_contacts_due(actor: Actor, day: dt.date, most: int) -> QuerySet[QuietContact]:
    """Quiet contacts that have come round by ``day``, of cases that the actor leads."""
    return quiet_contacts_up_to(day).filter(staying__case__in=own_cases(actor).filter(lead_id=actor.id))[:most]


def to_remind(case: Case) -> list[Staff]:
    """Who is reminded: the lead; if there is none, or they have left, whoever coordinates in the organisation."""
    people = staff_of(case.organisation_id)
    lead = list(people.filter(pk=case.lead_id)) if case.lead_id else []
    return lead or list(staff_of(case.organisation_id, Role.SUPERVISOR, Role.COORDINATOR)) or list(people)
