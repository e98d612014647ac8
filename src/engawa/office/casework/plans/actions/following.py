"""What happens to a plan that stands: agreement, conference, decision, reviews, evaluation. Its content stays."""

import datetime as dt
from collections.abc import Mapping
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from engawa.kernel import clock
from engawa.office.access.actors import AnyActor
from engawa.office.audit.actions import record
from engawa.office.casework.access import member
from engawa.office.casework.plans import rules
from engawa.office.casework.plans.actions.writing import locked
from engawa.office.casework.plans.models.evaluations import Evaluation, GoalOutcome
from engawa.office.casework.plans.models.plans import Plan, PlanReview
from engawa.office.casework.plans.queries.plans import municipalities_of


@transaction.atomic
def note_agreement(*, by: AnyActor, plan: Plan, on: dt.date, how: str, note: str = "") -> Plan:
    """Write down that the person agreed to the plan: when, how (``Plan.Agreed``), and that ``by`` asked."""
    plan = locked(by, plan)
    rules.check_past(on, clock.today())
    plan.agreed_on, plan.agreed_how, plan.agreement_note, plan.agreement_asked_by = on, how, note, member(by)
    plan.save(force_update=True)
    _note(by, plan, "casework.note_agreement")
    return plan


@transaction.atomic
def note_conference(*, by: AnyActor, plan: Plan, on: dt.date, note: str = "") -> Plan:
    """Write down on which day the support coordination conference spoke about the plan, and what it said."""
    plan = locked(by, plan)
    rules.check_past(on, clock.today())
    plan.conference_on, plan.conference_note = on, note
    plan.save(force_update=True)
    _note(by, plan, "casework.note_conference")
    return plan


@transaction.atomic
def decide(*, by: AnyActor, plan: Plan, decision: str, on: dt.date) -> Plan:
    """Record what the municipality says to the plan（支援決定）: only its own people can, never an entrusted body.

    Args:
        by: needs ``casework:case:edit`` on the case in an organisation of the municipality.
        plan: the plan, in force or being written.
        decision: one of ``Plan.Decision``.
        on: the day of the decision; not in the future.

    Raises:
        NotPossible: no municipal organisation of theirs takes part in the case.
    """
    plan = locked(by, plan)
    municipal = municipalities_of(by, plan.case)
    rules.check_decider([one.kind for one in municipal])
    rules.check_past(on, clock.today())
    plan.decision, plan.decided_on, plan.decided_by, plan.decided_for = decision, on, member(by), municipal[0]
    plan.save(force_update=True)
    _note(by, plan, "casework.decide_plan")
    return plan


@transaction.atomic
def hold_review(
    *, by: AnyActor, review: PlanReview, on: dt.date, note: str = "", next_on: dt.date | None = None
) -> PlanReview:
    """Write down that the plan was looked at together（モニタリング）, and when it will be again.

    Raises:
        NotPossible: in the future, the plan is not in force, or the review was held already.
    """
    plan = locked(by, review.plan)
    rules.check_running(plan.state)
    rules.check_past(on, clock.today())
    review = PlanReview.objects.get(pk=review.pk)
    review.held_on, review.by, review.note = on, member(by), note
    review.save(force_update=True)
    if next_on:
        PlanReview.objects.get_or_create(plan=plan, due_on=next_on, held_on=None)
    _note(by, plan, "casework.hold_review")
    return review


class Said(TypedDict, total=False):
    """What an evaluation says besides its result."""

    changes: list[str]
    other_change: str
    remaining: str
    wish: str
    view: str
    reason: str
    follow_up: str
    conference_on: dt.date | None


@transaction.atomic
def evaluate(
    *,
    by: AnyActor,
    plan: Plan,
    on: dt.date,
    result: str,
    outcomes: Mapping[UUID, tuple[str, str]],
    **said: Unpack[Said],
) -> Evaluation:
    """Evaluate a plan（評価）. That ends the plan, never the case.

    Args:
        by: needs ``casework:case:edit`` through a grant that lets write.
        plan: a plan in force.
        on: the day; not in the future.
        result: one of ``Evaluation.Result``; 中断 says why.
        outcomes: how far goals came (``GoalOutcome.Reached``) and the person's words, by the goal's id.
        said: see ``Said``; ``changes`` are codes of ``NoticedChange``, "none" or nothing at all.

    Raises:
        NotPossible: not in force, in the future, 変化なし beside another change, or stopped without a reason.
    """
    plan = locked(by, plan)
    rules.check_running(plan.state)
    rules.check_past(on, clock.today())
    rules.check_changes(said.get("changes", []))
    rules.check_result(result, said.get("reason", ""))
    evaluation = Evaluation.objects.create(plan=plan, on=on, by=member(by), result=result, **said)
    GoalOutcome.objects.bulk_create(
        GoalOutcome(evaluation=evaluation, goal=goal, reached=outcomes[goal.pk][0], words=outcomes[goal.pk][1])
        for goal in plan.goals.all()
        if goal.pk in outcomes
    )
    plan.state, plan.ended_on = Plan.State.ENDED, on
    plan.save(force_update=True)
    _note(by, plan, "casework.evaluate_plan")
    return evaluation


def _note(by: AnyActor, plan: Plan, deed: str) -> None:
    record(by=by, deed=deed, subject=plan.case.number, case_id=plan.case_id, detail={"plan": str(plan.pk)})
