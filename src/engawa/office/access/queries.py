"""Reads of staff, roles and organisations."""

import datetime as dt
from collections import defaultdict
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.db.models import Q, QuerySet

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER, Actor, AnyActor, SystemActor
from engawa.office.access.models import Grant, Membership, Organisation, Staff
from engawa.office.access.permissions import PERMISSIONS_OF, Permission, Role
from engawa.office.access.walls import acting_as


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


def is_last_administrator(staff: Staff) -> bool:
    """Whether nobody would run the house without this person."""
    administrators = memberships_on(clock.today()).filter(role=Role.ADMINISTRATOR)
    others = administrators.exclude(staff=staff)
    return administrators.filter(staff=staff).exists() and not others.exists()


def sees_case(actor: AnyActor, case_id: UUID) -> bool:
    """Whether the actor has a right to see the case now, by the judgement of the second wall itself."""
    if isinstance(actor, SystemActor):
        return True
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT engawa_sees_case(%s)", [case_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def grants_in_force() -> QuerySet[Grant]:
    """Rights that hold at this moment, as far as the present actor may see them."""
    now = clock.now()
    return Grant.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now)


def holding_organisations(case_id: UUID) -> QuerySet[Organisation]:
    """The organisations whose own case it is; asked for the keeper, past the second wall."""
    with acting_as(KEEPER):
        holders = list(grants_in_force().filter(case_id=case_id, basis="own").values_list("organisation", flat=True))
    return Organisation.objects.filter(pk__in=holders)


def invited(staff_id: UUID, token: str) -> Staff | None:
    """The active member of staff whose unused one-time way in this is."""
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    return staff if staff and default_token_generator.check_token(staff, token) else None
