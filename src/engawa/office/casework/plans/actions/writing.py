"""Writing a plan, putting it in force, revising and extending it, and making the next one from it."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, require
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible, check_seen
from engawa.office.casework.plans import rules
from engawa.office.casework.plans.models.lists import PlanService
from engawa.office.casework.plans.models.plans import Goal, Plan, PlanReview, PlanStep, ServiceUse
from engawa.office.casework.plans.queries.plans import next_number, room_to_begin, version_of


class Head(TypedDict, total=False):
    """What stands at the head of a plan."""

    made_on: dt.date
    worker: Staff | None
    concern: str
    hope: str
    aim: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    work_support: bool


@dataclass(frozen=True)
class StepSaid:
    """A step as it was written."""

    what: str
    level: str = ""
    who_kind: str = ""
    who: str = ""
    staff: Staff | None = None
    often: str = ""
    until: dt.date | None = None


@dataclass(frozen=True)
class GoalSaid:
    """A goal as it was said, with its steps."""

    words: str
    until: dt.date | None = None
    steps: Sequence[StepSaid] = ()


@dataclass(frozen=True)
class UseSaid:
    """The use of a service as it was written."""

    service: PlanService
    agency: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    reason: str = ""

    @property
    def judged(self) -> rules.Use:
        """What the rules look at."""
        of, days = self.service, (self.starts_on, self.ends_on)
        return rules.Use(of.label, *days, of.most_months, self.reason, of.pause_days)


@dataclass(frozen=True)
class Content:
    """All that stands in a plan below its head."""

    goals: Sequence[GoalSaid] = ()
    uses: Sequence[UseSaid] = ()
    reviews: Sequence[dt.date] = field(default=())


@transaction.atomic
def draft_plan(
    *, by: AnyActor, case: Case, content: Content, whose: str = "", key: UUID | None = None, **head: Unpack[Head]
) -> Plan:
    """Begin to write a plan（計画）. It may be as unfinished as it is; nothing is in force yet.

    Args:
        by: needs ``casework:case:edit`` through a grant that lets write.
        case: the case; a household's case may have a plan for each member.
        content: goals with their steps, services, review dates.
        whose: whose plan it is, where it is not the person's own.
        key: id of the new plan; a second call with the same key gives the plan of the first.
        head: see ``Head``.

    Raises:
        NotPossible: a draft exists already, a period ends before it begins, or a service goes past its limit
            without a reason.
    """
    case = _locked_case(by, case)
    if known := Plan.objects.filter(pk=key, case=case).first() if key else None:
        return known
    if Plan.objects.filter(case=case, whose=whose, state=Plan.State.DRAFT).exists():
        raise NotPossible("作成中の計画があります。そちらを続けて書いてください")
    plan = Plan(id=key or uuid7(), case=case, whose=whose, number=next_number(case, whose), made_on=clock.today())
    rules.check_uses([use.judged for use in content.uses], _uses_before(plan))
    _write(by, plan, content, head)
    _note(by, plan, "casework.draft_plan")
    return plan


@transaction.atomic
def rewrite_plan(*, by: AnyActor, plan: Plan, content: Content, seen: str | None = None, **head: Unpack[Head]) -> Plan:
    """Write a draft anew; a plan in force is revised instead.

    Raises:
        NotPossible: no draft any more, somebody else has written since ``seen``, or what ``draft_plan`` refuses.
    """
    plan = locked(by, plan)
    rules.check_draft(plan.state)
    check_seen(seen, version_of(plan))
    rules.check_uses([use.judged for use in content.uses], _uses_before(plan))
    plan.goals.all().delete()
    plan.uses.all().delete()
    plan.reviews.filter(held_on__isnull=True).delete()
    _write(by, plan, content, head)
    _note(by, plan, "casework.rewrite_plan")
    return plan


@transaction.atomic
def drop_plan(*, by: AnyActor, plan: Plan) -> None:
    """Give up a draft that was never in force."""
    plan = locked(by, plan)
    rules.check_draft(plan.state)
    _note(by, plan, "casework.drop_plan")
    plan.delete()


@transaction.atomic
def begin_plan(*, by: AnyActor, plan: Plan, on: dt.date | None = None) -> Plan:
    """Put a draft in force from ``on`` (today); the version that it revises stays as it was.

    Raises:
        NotPossible: no goal, no period, the plan before it was not evaluated yet, or not on that day; or a service
            goes past its limit without a reason.
    """
    plan, day = locked(by, plan), on or clock.today()
    rules.check_draft(plan.state)
    running = Plan.objects.filter(case=plan.case_id, whose=plan.whose, state=Plan.State.RUNNING)
    before = running.filter(number=plan.number)
    other = running.exclude(number=plan.number).exists()
    rules.check_begin(goals=plan.goals.count(), starts_on=plan.starts_on, ends_on=plan.ends_on, running=other)
    rules.check_begins_on(day, room_to_begin(plan))
    # Also what was copied and never written anew: the plans before it, or the limits, may have changed since.
    rules.check_uses([_use_said(use).judged for use in plan.uses.select_related("service")], _uses_before(plan))
    for replaced in before:
        replaced.state = Plan.State.REPLACED
        replaced.save(force_update=True)
    plan.state, plan.began_on = Plan.State.RUNNING, day
    plan.save(force_update=True)
    _note(by, plan, "casework.begin_plan")
    return plan


@transaction.atomic
def revise_plan(*, by: AnyActor, plan: Plan, reason: str, key: UUID | None = None) -> Plan:
    """Make a draft of the next version of a plan in force, and say why; the person is asked again.

    Raises:
        NotPossible: not in force, no reason, or a draft exists already.
    """
    plan = locked(by, plan)
    if known := plan.followers.filter(pk=key).first() if key else None:
        return known
    return _revision(by, plan, reason, key)


@transaction.atomic
def extend_plan(*, by: AnyActor, plan: Plan, until: dt.date, reason: str) -> Plan:
    """Let a plan in force go on until ``until``, with a reason: a new version, in force at once.

    Raises:
        NotPossible: not in force, not later than now, no reason, or a draft exists already.
    """
    plan = locked(by, plan)
    rules.check_extension(now=plan.ends_on, until=until, reason=reason)
    longer = _revision(by, plan, reason, None)
    longer.ends_on = until
    longer.save(force_update=True)
    return begin_plan(by=by, plan=longer)


@transaction.atomic
def plan_again(
    *, by: AnyActor, plan: Plan, goals: Collection[UUID], uses: Collection[UUID], key: UUID | None = None
) -> Plan:
    """Begin the next plan（再プラン）with those goals and services that go on; the old one stays as it is.

    Raises:
        NotPossible: a draft exists already, or the plan was never in force.
    """
    plan = locked(by, plan)
    if plan.began_on is None:
        raise NotPossible("まだはじめていない計画です。そのまま書き続けてください")
    content = _content_of(plan.goals.filter(pk__in=goals), plan.uses.filter(pk__in=uses))
    head = Head(worker=plan.worker, hope=plan.hope, concern=plan.concern, work_support=plan.work_support)
    new = draft_plan(by=by, case=plan.case, whose=plan.whose, content=content, key=key, **head)
    new.follows = plan
    new.save(force_update=True)
    return new


def locked(by: AnyActor, plan: Plan) -> Plan:
    """The plan, locked until the transaction ends, if ``by`` may write to its case.

    Raises:
        NotAllowed: the plan is not theirs to see, or its case not theirs to write to.
    """
    found = Plan.objects.select_for_update(of=("self",)).select_related("case").filter(pk=plan.pk).first()
    if found is None:
        raise NotAllowed
    require(by, Permission.CASEWORK_CASE_EDIT, found.case, Part.PLANS)
    return found


def _locked_case(by: AnyActor, case: Case) -> Case:
    found = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk).first()
    if found is None:
        raise NotAllowed
    require(by, Permission.CASEWORK_CASE_EDIT, found, Part.PLANS)
    return found


def _revision(by: AnyActor, plan: Plan, reason: str, key: UUID | None) -> Plan:
    rules.check_running(plan.state)
    rules.check_reason(reason)
    if Plan.objects.filter(case=plan.case_id, whose=plan.whose, state=Plan.State.DRAFT).exists():
        raise NotPossible("作成中の計画があります。そちらを続けて書くか、取りやめてください")
    last = Plan.objects.filter(case=plan.case_id, whose=plan.whose, number=plan.number).count()
    new = Plan(id=key or uuid7(), case=plan.case, whose=plan.whose, number=plan.number, revision=last, follows=plan)
    new.revision_reason = reason
    head = {name: getattr(plan, name) for name in Head.__annotations__} | {"made_on": clock.today()}
    open_days = plan.reviews.filter(held_on__isnull=True).values_list("due_on", flat=True)
    content = replace(_content_of(plan.goals.all(), plan.uses.all()), reviews=list(open_days))
    _write(by, new, content, Head(**head))  # type: ignore[typeddict-item] # its own names and values
    _note(by, new, "casework.revise_plan")
    return new


def _content_of(goals: QuerySet[Goal], uses: QuerySet[ServiceUse]) -> Content:
    said = [GoalSaid(goal.words, goal.until, [step_said(step) for step in goal.steps.all()]) for goal in goals]
    return Content(said, [_use_said(use) for use in uses.select_related("service")])


def _use_said(use: ServiceUse) -> UseSaid:
    return UseSaid(use.service, use.agency, use.starts_on, use.ends_on, use.reason)


def _uses_before(plan: Plan) -> list[rules.Use]:
    """The services in the last versions of the plans that were in force before this one, for the same person."""
    uses = ServiceUse.objects.filter(plan__case=plan.case_id, plan__whose=plan.whose, plan__number__lt=plan.number)
    in_force = uses.filter(plan__state__in=(Plan.State.RUNNING, Plan.State.ENDED))
    return [_use_said(use).judged for use in in_force.select_related("service")]


def step_said(step: PlanStep) -> StepSaid:
    """A step as it would be written again."""
    return StepSaid(**{name: getattr(step, name) for name in StepSaid.__dataclass_fields__})


def _write(by: AnyActor, plan: Plan, content: Content, head: Head) -> None:
    for name, value in head.items():
        setattr(plan, name, value)
    rules.check_period(plan.starts_on, plan.ends_on)
    plan.by, plan.written_at = member(by), clock.now()
    plan.save()
    for place, said in enumerate(content.goals):
        goal = Goal.objects.create(plan=plan, position=place, words=said.words, until=said.until)
        steps = (PlanStep(goal=goal, position=at, **vars(step)) for at, step in enumerate(said.steps))
        PlanStep.objects.bulk_create(steps)
    ServiceUse.objects.bulk_create(ServiceUse(plan=plan, **vars(use)) for use in content.uses)
    PlanReview.objects.bulk_create(PlanReview(plan=plan, due_on=day) for day in sorted(set(content.reviews)))


def _note(by: AnyActor, plan: Plan, deed: str) -> None:
    record(by=by, deed=deed, subject=plan.case.number, case_id=plan.case_id, detail={"plan": str(plan.pk)})
