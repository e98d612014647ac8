"""Reads of staff, roles and organisations."""

import datetime as dt
from collections import defaultdict
from uuid import UUID

from django.db.models import Q, QuerySet

from engawa.kernel import clock
from engawa.office.access.actors import Actor
from engawa.office.access.models import Membership, Organisation, Staff
from engawa.office.access.permissions import PERMISSIONS_OF, Permission, Role


def memberships_on(day: dt.date) -> QuerySet[Membership]:
    """Memberships that hold on ``day``, of people who may work."""
    return Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, staff__is_active=True
    )


def actor_of(staff: Staff) -> Actor:
    """The member of staff with what their roles allow today."""
    held: defaultdict[UUID, set[Permission]] = defaultdict(set)
    for organisation_id, role in (
        memberships_on(clock.today()).filter(staff=staff).values_list("organisation_id", "role")
    ):
        held[organisation_id] |= PERMISSIONS_OF[Role(role)]
    return Actor(staff.id, staff.name, {key: frozenset(value) for key, value in held.items()})


def staff_of(organisation: Organisation | UUID, *roles: Role) -> QuerySet[Staff]:
    """Who works in the organisation today, in any of ``roles`` or in any role at all, in reading order."""
    memberships = memberships_on(clock.today()).filter(organisation=organisation)
    if roles:
        memberships = memberships.filter(role__in=roles)
    return Staff.objects.filter(pk__in=memberships.values("staff")).order_by("reading", "name")


def supervisors_of(organisation: Organisation | UUID) -> QuerySet[Staff]:
    """Who is told when somebody of the organisation breaks the glass."""
    return staff_of(organisation, Role.SUPERVISOR)


def organisations_of(staff: Staff | UUID) -> QuerySet[Organisation]:
    """The organisations in which the member of staff has a role today."""
    memberships = memberships_on(clock.today()).filter(staff=staff)
    return Organisation.objects.filter(pk__in=memberships.values("organisation")).order_by("reading", "name")
