"""Plans, staying connected and support teams told as rows of a ledger."""

from collections.abc import Iterable, Iterator
from typing import Any

from engawa.office.casework.cases.models import Case
from engawa.office.casework.intake.queries.family import Homes, signed
from engawa.office.casework.intake.rules import (
    AgencyRow,
    EvaluationRow,
    GoalRow,
    PlanRow,
    QuietContactRow,
    ReviewRow,
    ServiceRow,
    StayingRow,
    StepRow,
    TieRow,
    in_order,
)
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.casework.plans.models.evaluations import Evaluation
from engawa.office.casework.plans.models.lists import NoticedChange
from engawa.office.casework.plans.models.plans import Goal, Plan, PlanReview, PlanStep, ServiceUse
from engawa.office.casework.plans.models.staying import QuietContact, Staying

HEAD = (
    *("revision_reason", "state", "made_on", "concern", "hope", "aim", "starts_on", "ends_on", "work_support"),
    *("began_on", "ended_on", "agreed_on", "agreed_how", "agreement_note", "conference_on", "conference_note"),
    *("decision", "decided_on"),
)
EVALUATED = ("result", "other_change", "remaining", "wish", "view", "reason", "follow_up", "conference_on")


def plain(one: Any, names: Iterable[str]) -> dict[str, Any]:
    """These fields as they stand."""
    return {name: getattr(one, name) for name in names}


def course_of(quiet: QuietContact | QuietContactRow) -> dict[str, str]:
    """How a quiet contact stands: by this one sees whether anybody has gone on with it."""
    return {name: str(getattr(quiet, name) or "") for name in ("next_on", "last_on", "waiting", "stopped_on")}


def of_plan(plan: Plan) -> dict[str, Any]:
    """By what a plan is known."""
    return {"case": plan.case.number} | plain(plan, ("whose", "number", "revision"))


def told_plans(cases: Iterable[Case]) -> list[PlanRow]:
    """Every version of every plan of these cases."""
    rows = Plan.objects.filter(case__in=cases).select_related("case", "follows", "by", "worker")
    return in_order(
        PlanRow(**of_plan(plan), **_followed(plan), **plain(plan, HEAD), **_worker(plan), **signed(plan))
        for plan in rows
    )


def _worker(plan: Plan) -> dict[str, Any]:
    """Who looks after the plan."""
    return {"worker": plan.worker.name if plan.worker else plan.worker_name, "assigned": plan.worker is not None}


def _followed(plan: Plan) -> dict[str, Any]:
    """By what the version is known that this one was copied from."""
    before = plan.follows
    return {"follows": before.number, "follows_revision": before.revision} if before else {}


def told_goals(cases: Iterable[Case]) -> list[GoalRow]:
    """The goals of the plans, with how far they came."""
    rows = Goal.objects.filter(plan__case__in=cases).select_related("plan__case", "outcome")
    return in_order(_goal(goal) for goal in rows)


def _goal(goal: Goal) -> GoalRow:
    outcome = getattr(goal, "outcome", None)
    came = {"reached": outcome.reached, "said_of_it": outcome.words} if outcome else {}
    return GoalRow(**of_plan(goal.plan), goal=goal.position + 1, words=goal.words, until=goal.until, **came)


def told_steps(cases: Iterable[Case]) -> list[StepRow]:
    """The steps towards the goals."""
    rows = PlanStep.objects.filter(goal__plan__case__in=cases)
    return in_order(_step(step) for step in rows.select_related("goal__plan__case", "staff"))


def _step(step: PlanStep) -> StepRow:
    said = plain(step, ("level", "what", "who_kind", "often", "until"))
    who = step.staff.name if step.staff else step.who
    return StepRow(**of_plan(step.goal.plan), goal=step.goal.position + 1, step=step.position + 1, who=who, **said)


def told_services(cases: Iterable[Case]) -> list[ServiceRow]:
    """The services that the plans use."""
    rows = ServiceUse.objects.filter(plan__case__in=cases).select_related("plan__case", "service")
    names = ("agency", "starts_on", "ends_on", "reason")
    return in_order(ServiceRow(**of_plan(use.plan), service=use.service.label, **plain(use, names)) for use in rows)


def told_reviews(cases: Iterable[Case]) -> list[ReviewRow]:
    """The days on which the plans are looked at."""
    rows = PlanReview.objects.filter(plan__case__in=cases).select_related("plan__case", "by")
    names = ("due_on", "held_on", "note")
    return in_order(ReviewRow(**of_plan(one.plan), **plain(one, names), **signed(one)) for one in rows)


def told_evaluations(cases: Iterable[Case]) -> list[EvaluationRow]:
    """The evaluations of the plans."""
    labels = dict(NoticedChange.objects.values_list("code", "label"))
    rows = Evaluation.objects.filter(plan__case__in=cases).select_related("plan__case", "by")
    return in_order(_evaluation(one, labels) for one in rows)


def _evaluation(one: Evaluation, labels: dict[str, str]) -> EvaluationRow:
    changes = tuple(labels.get(code, code) for code in one.changes)
    return EvaluationRow(**of_plan(one.plan), on=one.on, changes=changes, **plain(one, EVALUATED), **signed(one))


def told_stayings(cases: Iterable[Case]) -> list[StayingRow]:
    """How one stays connected."""
    rows = Staying.objects.filter(case__in=cases).select_related("case", "by")
    names = ("since", "words", "care", "ended_on", "end_reason")
    return in_order(StayingRow(case=one.case.number, **plain(one, names), **signed(one)) for one in rows)


def told_quiet_contacts(cases: Iterable[Case]) -> list[QuietContactRow]:
    """The contacts that expect no answer."""
    rows = QuietContact.objects.filter(staying__case__in=cases).select_related("staying__case")
    names = ("way", "rhythm", "words", "next_on", "until", "last_on", "waiting", "stopped_on")
    return in_order(
        QuietContactRow(case=one.staying.case.number, since=one.staying.since, **plain(one, names)) for one in rows
    )


def told_agencies(cases: Iterable[Case]) -> list[AgencyRow]:
    """The support teams."""
    rows = Agency.objects.filter(case__in=cases).select_related("case", "organisation")
    names = ("since", "role", "contact_person", "phone", "until", "note")
    return in_order(AgencyRow(case=one.case.number, name=one.called, **plain(one, names)) for one in rows)


def told_ties(homes: Homes, cases: Iterable[Case]) -> Iterator[TieRow]:
    """The ties of households and their members; each by the case in which it was drawn."""
    rows = Tie.objects.filter(case__in=cases).select_related("case", "agency__organisation", "resource")
    known = [one for one in rows if one.member_id is None or one.member_id in homes.members]
    yield from in_order(_tie(one, homes.label_in(one.case.number, one.member_id)) for one in known)


def _tie(tie: Tie, who: str) -> TieRow:
    return TieRow(case=tie.case.number, name=tie.called, who=who, **plain(tie, ("strength", "flow", "note")))
