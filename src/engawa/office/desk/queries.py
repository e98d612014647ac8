"""What the desk's page shows around a talk."""

from dataclasses import dataclass

from django.db.models import QuerySet

from engawa.office.access.actors import Actor
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import visible_cases
from engawa.office.casework.cases.models import Case
from engawa.office.casework.timeline.models import Contact, Method
from engawa.office.directory.models import Desk, Resource
from engawa.office.talks.models import Talk
from engawa.office.talks.queries import days_of, earlier_talks
from engawa.office.talks.rules import Day

_SHOWN = 4


@dataclass(frozen=True)
class ChatDay:
    """One day of a talk, and whether it stands in the case as a contact already."""

    day: Day
    recorded: bool


def case_of(actor: Actor, talk: Talk) -> Case | None:
    """The case that carries the talk, if the actor may see it."""
    return visible_cases(actor).filter(pk=talk.case_id).first() if talk.case_id else None


def case_of_the_seat(actor: Actor, talk: Talk) -> Case | None:
    """A case that carries an earlier talk of the same seat: probably the one this talk belongs to."""
    known = [earlier.case_id for earlier in earlier_talks(actor, talk) if earlier.case_id]
    return visible_cases(actor).filter(pk__in=known).order_by("-received_on").first() if known else None


def chat_days(talk: Talk, case: Case | None) -> list[ChatDay]:
    """The days of the talk, newest first."""
    written = set(Contact.objects.filter(case=case, method=Method.CHAT).values_list("on", flat=True)) if case else set()
    return [ChatDay(day, day.on in written) for day in reversed(days_of(talk))]


def offers() -> QuerySet[Resource]:
    """A few things that a counsellor may tell a visitor about, those that can be joined from home first."""
    return Resource.objects.filter(published=True).order_by("-online", "kind", "reading")[:_SHOWN]


def desks_where(actor: Actor, permission: Permission) -> QuerySet[Desk]:
    """The desks of the organisations in which the actor holds the permission."""
    return Desk.objects.filter(organisation_id__in=actor.organisations_with(permission))
