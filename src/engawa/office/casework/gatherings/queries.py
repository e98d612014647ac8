"""Reads about gatherings. The second wall shows an organisation its own, and of a case only to those who see it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from engawa.office.access.actors import KEEPER, Actor, AnyActor, NotAllowed
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case
from engawa.office.casework.gatherings.models import Attendance, Attendee, Gathering, Sitting
from engawa.office.casework.timeline.queries import members_called


def gatherings_of(actor: Actor) -> QuerySet[Gathering]:
    """The gatherings of the actor's organisations, those that go on first, with their latest day."""
    ours = actor.organisations_with(Permission.CASEWORK_CASE_VIEW)
    rows = Gathering.objects.filter(organisation__in=ours).select_related("organisation")
    return rows.annotate(latest=Max("sittings__on"), held=Count("sittings")).order_by("ended_on", "name", "id")


def gathering_for(actor: Actor, pk: UUID, permission: Permission = Permission.CASEWORK_CASE_VIEW) -> Gathering:
    """A gathering of an organisation in which the actor has the permission.

    Raises:
        NotAllowed: there is none with this id.
    """
    ours = actor.organisations_with(permission)
    found = Gathering.objects.filter(pk=pk, organisation__in=ours).select_related("organisation").first()
    if found is None:
        raise NotAllowed
    return found


def sitting_in(gathering: Gathering, pk: UUID) -> Sitting:
    """A day of the gathering; as ``gathering_for``."""
    found = Sitting.objects.filter(pk=pk, gathering=gathering).first()
    if found is None:
        raise NotAllowed
    return found


@dataclass(frozen=True)
class Family:
    """A family that takes part, as a page shows it. ``name`` is empty where their case may not be seen."""

    attendee: Attendee
    name: str
    times: int

    @property
    def key(self) -> str:
        return str(self.attendee.pk)


def families_of(gathering: Gathering, *, gone: bool = False) -> list[Family]:
    """Who takes part, or with ``gone`` did so, as far as the present actor may see their cases."""
    rows = Attendee.objects.filter(gathering=gathering, until__isnull=not gone).select_related("case__person")
    came = rows.annotate(times=Count("attendances", filter=Q(attendances__present=True)))
    return [Family(row, name_of(row), row.times) for row in came.order_by("since", "id")]


def name_of(attendee: Attendee) -> str:
    """What a family is called on the list: who of the case comes, or by what they want to be called."""
    case = attendee.case
    if case is None:
        return attendee.called
    who = members_called(case).get(attendee.member) if attendee.member else None
    return " ".join(filter(None, [case.number, case.called, who, attendee.called]))


@dataclass(frozen=True)
class Held:
    """A day of a gathering with how many came: families by name, and people of whom nothing is written down."""

    sitting: Sitting
    named: int

    @property
    def total(self) -> int:
        """Everybody."""
        return self.named + self.sitting.nameless


def sittings_of(gathering: Gathering) -> list[Held]:
    """Every day of the gathering, the newest first. The numbers count everybody, also whose case one may not see."""
    with acting_as(KEEPER):
        present = Count("attendances", filter=Q(attendances__present=True))
        rows = Sitting.objects.filter(gathering=gathering).annotate(came=present)
        return [Held(row, row.came) for row in rows.order_by("-on", "-id")]


def present_at(sitting: Sitting) -> set[UUID]:
    """Which attendees were there, as far as the present actor may see them."""
    return set(Attendance.objects.filter(sitting=sitting, present=True).values_list("attendee", flat=True))


def gatherings_with(actor: AnyActor, case: Case) -> list[Family]:
    """In which gatherings of the actor's organisations the family of the case takes part."""
    if not isinstance(actor, Actor):
        return []
    ours = actor.organisations_with(Permission.CASEWORK_CASE_VIEW)
    rows = Attendee.objects.filter(case=case, until=None, gathering__organisation__in=ours)
    came = rows.select_related("gathering", "case__person")
    counted = came.annotate(times=Count("attendances", filter=Q(attendances__present=True)))
    return [Family(row, name_of(row), row.times) for row in counted.order_by("since", "id")]


def organisations_of(actor: Actor) -> QuerySet[Organisation]:
    """Where the actor may hold gatherings."""
    ours = actor.organisations_with(Permission.CASEWORK_CASE_EDIT)
    return Organisation.objects.filter(pk__in=ours, ended_on=None).order_by("reading", "name")


def version_of(row: Gathering | Sitting) -> str:
    """Names the version of a row: how often it has changed."""
    return str(row.events.count())  # type: ignore[union-attr] # made by pghistory
