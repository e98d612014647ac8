"""What plans add to the timeline: 計画 and 評価."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.asked import asked_often
from engawa.office.access.actors import AnyActor
from engawa.office.access.models import Staff
from engawa.office.access.parts import Part
from engawa.office.casework.cases.models import Case
from engawa.office.casework.plans.models.evaluations import Evaluation
from engawa.office.casework.plans.models.plans import Plan, PlanReview
from engawa.office.casework.plans.models.staying import Staying
from engawa.office.casework.plans.queries.plans import labels_of_changes
from engawa.office.casework.timeline.sources import Moment, Wish, register


@register(
    "plan",
    _("計画"),
    Part.PLANS,
    own=True,
    writers=lambda case: [model.objects.filter(case=case).values_list("by") for model in (Plan, Staying)],
)
def plans(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Plans that came into force, their revisions, and what the municipality said; how we began to stay connected."""
    for plan in _begun(case.pk, wish):
        yield from _of_plan(case, plan)
    for staying in _stayings(case.pk, wish):
        yield from _of_staying(case, staying)


@asked_often
def _begun(case: UUID, wish: Wish) -> QuerySet[Plan]:
    rows = wish.among(Plan.objects.filter(case=case, began_on__isnull=False), on="began_on")
    rows = rows.select_related("by", "decided_by", "decided_for").prefetch_related("goals")
    return rows.order_by("-began_on", "-number", "-revision")[: wish.most]


@asked_often
def _stayings(case: UUID, wish: Wish) -> QuerySet[Staying]:
    return wish.among(Staying.objects.filter(case=case), on="since").select_related("by")


def _of_plan(case: Case, plan: Plan) -> Iterator[Moment]:
    url: dict[str, Any] = {"url": reverse("casework:plan", args=[case.number, plan.pk]), "url_label": gettext("開く")}
    if plan.began_on:
        what = gettext("計画を改めた（%(name)s）") if plan.revision else gettext("計画をはじめた（%(name)s）")
        words = "\n".join(f"「{goal.words}」" for goal in plan.goals.all())
        yield Moment(
            kind="plan",
            on=plan.began_on,
            order=plan.written_at,
            title=what % {"name": plan.name},
            body=plan.revision_reason or words,
            who=plan.shown_writer,
            tone="info",
            **url,
        )
    if plan.decided_on:
        title = gettext("支援決定：%(what)s（%(name)s）")
        said = {"what": plan.get_decision_display(), "name": plan.name}
        body = " ".join(filter(None, [plan.decided_for.name if plan.decided_for else "", plan.conference_note]))
        yield Moment("plan", plan.decided_on, plan.written_at, title % said, body=body, who=_name(plan.decided_by))


def _of_staying(case: Case, staying: Staying) -> Iterator[Moment]:
    url: dict[str, Any] = {
        "url": f"{reverse('casework:plans', args=[case.number])}#staying",
        "url_label": gettext("開く"),
    }
    title = gettext("つながり続けることにした")
    yield Moment("plan", staying.since, staying.written_at, title, body=staying.words, who=staying.shown_writer, **url)
    if staying.ended_on:
        title = gettext("「つながり続ける」をおわりにした")
        yield Moment("plan", staying.ended_on, staying.written_at, title, body=staying.end_reason, **url)


@register(
    "evaluation",
    _("評価"),
    Part.PLANS,
    own=True,
    writers=lambda case: [
        model.objects.filter(plan__case=case).values_list("by") for model in (Evaluation, PlanReview)
    ],
)
def evaluations(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Evaluations with the changes that were noticed, and reviews on the way."""
    for evaluation in _evaluations(case.pk, wish):
        yield _of_evaluation(case, evaluation)
    for review in _looks(case.pk, wish):
        yield _of_review(case, review)


@asked_often
def _evaluations(case: UUID, wish: Wish) -> QuerySet[Evaluation]:
    rows = wish.among(Evaluation.objects.filter(plan__case=case)).select_related("plan", "by")
    return rows.order_by("-on")[: wish.most]


@asked_often
def _looks(case: UUID, wish: Wish) -> QuerySet[PlanReview]:
    rows = wish.among(PlanReview.objects.filter(plan__case=case, held_on__isnull=False), on="held_on")
    return rows.select_related("plan", "by").order_by("-held_on")[: wish.most]


def _of_evaluation(case: Case, evaluation: Evaluation) -> Moment:
    title = gettext("計画の評価（%(name)s）：%(result)s")
    said = {"name": evaluation.plan.name, "result": evaluation.get_result_display()}
    seen = [*labels_of_changes(evaluation.changes), evaluation.other_change]
    return Moment(
        kind="evaluation",
        on=evaluation.on,
        order=evaluation.recorded_at,
        title=title % said,
        body="、".join(filter(None, seen)),
        who=evaluation.shown_writer,
        tone="ok",
        url=reverse("casework:plan", args=[case.number, evaluation.plan_id]),
        url_label=gettext("開く"),
    )


def _of_review(case: Case, review: PlanReview) -> Moment:
    return Moment(
        kind="evaluation",
        on=review.held_on or review.due_on,
        order=review.plan.written_at,
        title=gettext("モニタリング（%(name)s）") % {"name": review.plan.name},
        body=review.note,
        who=review.shown_writer,
        url=reverse("casework:plan", args=[case.number, review.plan_id]),
        url_label=gettext("開く"),
    )


def _name(staff: Staff | None) -> str:
    return staff.name if staff else ""
