"""What staff see of desks and resources, with the state of each desk at this moment."""

from dataclasses import dataclass

from django.db.models import QuerySet

from engawa.kernel import clock
from engawa.office.access.actors import AnyActor
from engawa.office.directory.access import desks_for, resources_for
from engawa.office.directory.models import ClosedDay, Desk, Resource
from engawa.office.directory.rules import State, state_at


@dataclass(frozen=True)
class DeskNow:
    """A desk with whether it is open, and the closed days that are still to come."""

    desk: Desk
    state: State
    closed_ahead: list[ClosedDay]


def desk_now(desk: Desk) -> DeskNow:
    """A desk as it is at this moment."""
    moment = clock.now()
    ahead = [one for one in desk.closed_days.all() if one.day >= moment.date()]
    return DeskNow(desk, state_at(moment, desk.weekly(), desk.closed_dates()), ahead)


def desks_now(actor: AnyActor) -> list[DeskNow]:
    """The desks the actor may edit, each as it is at this moment; three queries however many there are."""
    return [desk_now(desk) for desk in desks_for(actor).prefetch_related("hours", "closed_days")]


def resources_of(actor: AnyActor) -> QuerySet[Resource]:
    """The resources the actor may edit, by kind and reading."""
    return resources_for(actor).select_related("organisation")
