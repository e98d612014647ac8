"""Plans of a case, what may be chosen in them, and reviews that are due."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Max, Prefetch, QuerySet

from engawa.kernel import clock
from engawa.kernel.asked import asked_often
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import staff_of
from engawa.office.casework.access import may, own_cases
from engawa.office.casework.cases.models import Case, Standing
from engawa.office.casework.plans import rules
from engawa.office.casework.plans.models.lists import NoticedChange, PlanService, WorkMenu
from engawa.office.casework.plans.models.plans import Goal, Plan, PlanReview, PlanStep, ServiceUse

Entry = TypeVar("Entry", NoticedChange, PlanService, WorkMenu)


def plans_of(case: Case) -> QuerySet[Plan]:
    """Every version of every plan of the case, with all that stands in it, the newest first."""
    steps = Prefetch("goals__steps", PlanStep.objects.select_related("staff"))
    goals = Prefetch("goals", Goal.objects.select_related("outcome"))
    uses = Prefetch("uses", ServiceUse.objects.select_related("service"))
    reviews = Prefetch("reviews", PlanReview.objects.select_related("by"))
    people = ("by", "worker", "agreement_asked_by", "decided_by", "decided_for", "evaluation__by", "follows")
    found = Plan.objects.filter(case=case).select_related(*people)
    return found.prefetch_related(goals, steps, uses, reviews).order_by("-number", "-revision", "whose")


def plan_in(case: Case, pk: UUID) -> Plan:
    """A plan of this case.

    Raises:
        NotAllowed: the case has none with this id.
    """
    plan = plans_of(case).filter(pk=pk).first()
    if plan is None:
        raise NotAllowed
    plan.case = case
    return plan


def review_in(plan: Plan, pk: UUID) -> PlanReview:
    """A review of this plan.

    Raises:
        NotAllowed: the plan has none with this id.
    """
    review = plan.reviews.filter(pk=pk).first()
    if review is None:
        raise NotAllowed
    return review


def next_number(case: Case, whose: str) -> int:
    """The number of the next plan of whoever it is for: 1 is 初回."""
    last = Plan.objects.filter(case=case, whose=whose).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def version_of(plan: Plan) -> str:
    """Names the version of a draft: when it was last written."""
    return plan.written_at.astimezone(clock.JAPAN).isoformat()


def menus(day: dt.date) -> QuerySet[WorkMenu]:
    """What work preparation may consist of on ``day``, in the order of the list."""
    return _listed(WorkMenu.objects.all(), day)


def room_to_begin(plan: Plan) -> rules.Room:
    """Between which days the draft may begin."""
    before = Plan.objects.filter(case=plan.case_id, whose=plan.whose, number=plan.number, state=Plan.State.RUNNING)
    since = before.values_list("began_on", flat=True).first()
    return rules.Room(clock.today(), plan.case.received_on, since, plan.ends_on)


def services(day: dt.date) -> QuerySet[PlanService]:
    """Services that may be chosen on ``day``, in the order of the form."""
    return _listed(PlanService.objects.all(), day)


def changes(day: dt.date) -> QuerySet[NoticedChange]:
    """Changes that may be noticed on ``day``, in the order of the form."""
    return _listed(NoticedChange.objects.all(), day)


def labels_of_changes(codes: Iterable[str]) -> list[str]:
    """What these changes are called, in the order of the list; also those that are chosen no longer."""
    return list(NoticedChange.objects.filter(code__in=list(codes)).values_list("label", flat=True))


def _listed(rows: QuerySet[Entry], day: dt.date) -> QuerySet[Entry]:
    return rows.exclude(starts_on__gt=day).exclude(ends_on__lt=day)


def workers_for(case: Case) -> QuerySet[Staff]:
    """Who may be named in a plan: the people of the organisation that holds the case."""
    return staff_of(case.organisation_id)


def municipalities_of(actor: AnyActor, case: Case) -> list[Organisation]:
    """The municipal organisations for which the actor may record a decision about this case."""
    if not isinstance(actor, Actor):
        return []
    if not may(actor, Permission.CASEWORK_CASE_EDIT, case, Part.PLANS):
        return []
    ours = actor.organisations_with(Permission.CASEWORK_CASE_EDIT)
    return list(Organisation.objects.filter(pk__in=ours, kind__in=rules.MUNICIPAL))


@dataclass(frozen=True)
class Due:
    """A review that comes up."""

    case: Case
    plan: Plan
    review: PlanReview


REVIEW_AHEAD = dt.timedelta(days=7)


def plan_reviews_due(actor: Actor, most: int) -> list[Due]:
    """Reviews within the next week, and those not yet held, of plans in force of cases that the actor leads."""
    rows = _reviews_of(actor, clock.today() + REVIEW_AHEAD, most)
    return [Due(row.plan.case, row.plan, row) for row in rows]


@asked_often
def _reviews_of(actor: Actor, day: dt.date, most: int) -> QuerySet[PlanReview]:
    mine = own_cases(actor).filter(lead_id=actor.id, state=Standing.CONTINUING)
    return reviews_up_to(day).filter(plan__case__in=mine)[:most]


def reviews_up_to(day: dt.date) -> QuerySet[PlanReview]:
    """Reviews of plans in force that were planned for ``day`` or before and were not held, the oldest first."""
    rows = PlanReview.objects.filter(held_on__isnull=True, due_on__lte=day, plan__state=Plan.State.RUNNING)
    return rows.filter(plan__case__state=Standing.CONTINUING).select_related("plan__case__person").order_by("due_on")
