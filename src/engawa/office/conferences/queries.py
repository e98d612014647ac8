"""Reads about conferences. Attendance is not access: items show only to those who may see their case."""

import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.casework.cases.models import Case
from engawa.office.conferences.models import AgendaItem, Conference


def conferences_for(actor: AnyActor) -> QuerySet[Conference]:
    """The sittings, latest first, for those who may see agenda items at all.

    Raises:
        NotAllowed: the actor may not.
    """
    if not actor.may(Permission.CONFERENCE_ITEM_VIEW):
        raise NotAllowed
    return Conference.objects.order_by("-held_on", "number")


def items_for(actor: AnyActor, conference: Conference) -> QuerySet[AgendaItem]:
    """The items of a sitting whose case the actor may see (the second wall hides the others)."""
    if not actor.may(Permission.CONFERENCE_ITEM_VIEW):
        raise NotAllowed
    return conference.items.select_related("case__desk").order_by("case__number")


def conference_ids(numbers: Iterable[str]) -> dict[str, uuid.UUID]:
    """The ids of the sittings with these numbers; unknown numbers are left out."""
    return dict(Conference.objects.filter(number__in=set(numbers)).values_list("number", "id"))


def later_work(import_id: uuid.UUID) -> dict[str, int]:
    """What other records hang on the cases and sittings of an import; empty when nothing does."""
    others = ~Q(import_id=import_id) | Q(import_id=None)
    cases = Case.objects.filter(import_id=import_id)
    sittings = Conference.objects.filter(import_id=import_id)
    count = AgendaItem.objects.filter(others, Q(case__in=cases) | Q(conference__in=sittings)).count()
    return {"会議案件": count} if count else {}
