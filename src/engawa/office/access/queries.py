"""Reads of staff, roles and organisations."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from engawa.kernel import clock
from engawa.kernel.asked import asked_often
from engawa.office.access.actors import KEEPER, Actor, AnyActor, SystemActor
from engawa.office.access.models import Draft, Grant, KeptPost, Membership, Organisation, Staff
from engawa.office.access.permissions import PERMISSIONS_OF, Permission, Role, roles_with
from engawa.office.access.upstairs import NamedCase, lead_of, names_of
from engawa.office.access.walls import acting_as


def memberships_on(day: dt.date) -> QuerySet[Membership]:
    """Memberships that hold on ``day``, of people who may work."""
    return Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, staff__is_active=True
    )


def actor_of(staff: Staff) -> Actor:
    """The member of staff with what their roles allow today."""
    held: defaultdict[UUID, set[Permission]] = defaultdict(set)
    for organisation_id, role in _posts(staff.id, clock.today()):
        held[organisation_id] |= PERMISSIONS_OF[Role(role)]
    return Actor(staff.id, staff.name, {key: frozenset(value) for key, value in held.items()})


@asked_often
def _posts(staff: UUID, day: dt.date) -> QuerySet[Membership, tuple[UUID, str]]:
    return memberships_on(day).filter(staff=staff).values_list("organisation_id", "role")


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


def administrators() -> QuerySet[Staff]:
    """Who runs the house today."""
    return Staff.objects.filter(pk__in=memberships_on(clock.today()).filter(role=Role.ADMINISTRATOR).values("staff"))


def auditors() -> QuerySet[Staff]:
    """Who reads the audit log today."""
    return Staff.objects.filter(pk__in=memberships_on(clock.today()).filter(role=Role.AUDITOR).values("staff"))


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


def unended_grants(at: dt.datetime | None = None) -> QuerySet[Grant]:
    """Rights whose time has begun and is not over, as far as the present actor may see them."""
    now = at or clock.now()
    return Grant.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now)


def grants_in_force() -> QuerySet[Grant]:
    """Rights that hold at this moment: a person's only while they work with cases where it was given to them."""
    posts = memberships_on(clock.today()).filter(role__in=roles_with(Permission.CASEWORK_CASE_VIEW))
    at_post = Exists(posts.filter(staff=OuterRef("staff"), organisation=OuterRef("organisation")))
    return unended_grants().filter(Q(staff__isnull=True) | at_post)


def grants_for(actor: Actor, permission: Permission, at: dt.datetime | None = None) -> QuerySet[Grant]:
    """The rights through which the actor may use ``permission`` on cases at this moment, by the first wall."""
    return grants_of(actor, at or clock.now()).filter(organisation__in=actor.organisations_with(permission))


def grants_of(actor: Actor, at: dt.datetime) -> QuerySet[Grant]:
    """The rights that the actor has at that moment at any of their posts, whatever each post permits."""
    holder = Q(staff__isnull=True) | Q(staff=actor.id)
    return unended_grants(at).filter(holder, organisation__in=tuple(actor.permissions))


def holding_organisations(case_id: UUID) -> QuerySet[Organisation]:
    """The organisations whose own case it is; asked for the keeper, past the second wall."""
    with acting_as(KEEPER):
        holders = list(grants_in_force().filter(case_id=case_id, basis="own").values_list("organisation", flat=True))
    return Organisation.objects.filter(pk__in=holders)


def acts_for_the_city(actor: AnyActor, permission: Permission) -> bool:
    """Whether the actor has the permission in the city's own offices, and so for the whole house."""
    if isinstance(actor, SystemActor):
        return True
    held = actor.organisations_with(permission)
    return Organisation.objects.filter(pk__in=held, kind=Organisation.Kind.CITY).exists()


def holds_case(actor: AnyActor, case_id: UUID, permission: Permission) -> bool:
    """Whether the actor has the permission in an organisation whose own case it is."""
    if isinstance(actor, SystemActor):
        return True
    held = actor.organisations_with(permission)
    return any(organisation.pk in held for organisation in holding_organisations(case_id))


def may_share(by: AnyActor, case_id: UUID) -> bool:
    """Whether ``by`` may let others see the case: its lead, or who gives grants in an organisation whose own it is."""
    if holds_case(by, case_id, Permission.CASEWORK_GRANT_GIVE):
        return True
    return holds_case(by, case_id, Permission.CASEWORK_CASE_EDIT) and by.key == str(lead_of(case_id))


def invited(staff_id: UUID, token: str) -> Staff | None:
    """The active member of staff whose unused one-time way in this is."""
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    return staff if staff and default_token_generator.check_token(staff, token) else None


def roster() -> QuerySet[Staff]:
    """All staff with their roles that hold or will hold, in reading order; for whoever manages staff."""
    present = Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()))
    roles = present.select_related("organisation").order_by("starts_on")
    return Staff.objects.prefetch_related(Prefetch("memberships", roles)).order_by("-is_active", "reading", "name")


def staff_matching(text: str) -> QuerySet[Staff]:
    """Staff whose name, reading, address or organisation contains ``text``."""
    if not text:
        return roster()
    found = Q()
    for field in ("name", "reading", "email", "memberships__organisation__name"):
        found |= Q(**{f"{field}__icontains": text})
    return roster().filter(found).distinct()


def organisations_with_staff() -> QuerySet[Organisation]:
    """All organisations with the number of people who have a role there today, open ones first."""
    present = Q(memberships__in=memberships_on(clock.today()))
    count = Count("memberships__staff", filter=present, distinct=True)
    return Organisation.objects.annotate(staff_count=count).order_by(F("ended_on").desc(nulls_first=True), "reading")


@dataclass(frozen=True)
class BrokenGlass:
    """One use of the break-glass right, with the case's number."""

    grant: Grant
    case: NamedCase | None
    in_force: bool


def broken_glass(actor: Actor) -> list[BrokenGlass]:
    """The newest uses of break-glass that concern the actor: their own, and for supervisors their people's."""
    watched = actor.organisations_with(Permission.ACCESS_GLASS_WATCH)
    people = memberships_on(clock.today()).filter(organisation__in=watched).values("staff")
    grants = (
        Grant.objects.filter(Q(staff=actor.id) | Q(staff__in=people) | Q(case_id__in=_held_by(watched)))
        .filter(basis=Grant.Basis.BREAK_GLASS)
        .select_related("staff")
        .order_by("-starts_at")[:100]
    )
    names = names_of(grant.case_id for grant in grants)
    now = clock.now()
    return [
        BrokenGlass(grant, names.get(grant.case_id), in_force=bool(grant.ends_at and grant.ends_at > now))
        for grant in grants
    ]


def _held_by(organisations: list[UUID]) -> QuerySet[Grant, UUID]:
    own = grants_in_force().filter(basis=Grant.Basis.OWN, organisation__in=organisations)
    return own.values_list("case_id", flat=True)


def draft_of(actor: Actor, path: str) -> dict[str, list[str]]:
    """What the actor had typed into the form at ``path``; empty if nothing."""
    fields = Draft.objects.filter(staff=actor.id, path=path).values_list("fields", flat=True).first()
    return fields or {}


def kept_posts(actor: Actor) -> QuerySet[KeptPost]:
    """What the actor sent after being signed off, newest first."""
    return KeptPost.objects.filter(staff=actor.id)
