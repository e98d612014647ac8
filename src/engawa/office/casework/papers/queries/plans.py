"""Form 5, the plan, and form 6, its evaluation."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import QuerySet

from engawa.kernel.japanese import written_in_japanese
from engawa.office.access.actors import Actor
from engawa.office.access.parts import Part
from engawa.office.casework.access import visible_cases
from engawa.office.casework.cases.models import Case
from engawa.office.casework.papers.queries.heads import FORM, head_of
from engawa.office.casework.papers.rules import Paper, Section, day, joined, period
from engawa.office.casework.plans.models.evaluations import Evaluation
from engawa.office.casework.plans.models.lists import NoticedChange
from engawa.office.casework.plans.models.plans import Goal, Plan, PlanStep

AGREEMENT = "この計画の内容について説明を受け、同意します。"


@written_in_japanese
def plan_paper(plan: Plan) -> Paper:
    """Form 5: プラン兼事業等利用申込書."""
    wishes = [("解決したい課題", plan.concern), ("本人の目標（目指す姿）", plan.hope), ("本プランの達成目標", plan.aim)]
    sections = [
        Section("本人の望みと目標", wishes),
        *_goals(plan.goals.all()),
        _uses(plan),
        Section("モニタリング・同意・支援決定", _standing(plan)),
    ]
    head = [*head_of(plan.case), ("プラン回数", plan.name), ("作成日", day(plan.made_on))]
    head += [("支援期間", period(plan.starts_on, plan.ends_on)), ("担当者", plan.shown_worker)]
    agreement = AGREEMENT if plan.agreed_on is None else ""
    return Paper("プラン兼事業等利用申込書", head, sections, FORM.format(number=5), agreement)


@written_in_japanese
def evaluation_paper(plan: Plan, evaluation: Evaluation) -> Paper:
    """Form 6: 評価シート."""
    outcomes = evaluation.outcomes.select_related("goal")
    goals = [(one.goal.words, one.get_reached_display(), one.words) for one in outcomes]
    lines = [
        ("見られた変化", _changes(evaluation)),
        ("残された課題", evaluation.remaining),
        ("本人の希望", evaluation.wish),
        ("支援者の見立て", evaluation.view),
        ("結果", joined(evaluation.get_result_display(), evaluation.reason)),
        ("フォローアップの予定", evaluation.follow_up),
        ("支援調整会議", day(evaluation.conference_on)),
    ]
    sections = [Section("目標の達成", goals, ("本人の目標", "達成", "本人のことば"), (5, 2, 5))] if goals else []
    head = [*head_of(plan.case), ("プラン回数", plan.name), ("支援期間", period(plan.starts_on, plan.ends_on))]
    head += [("評価日", day(evaluation.on)), ("評価者", evaluation.shown_writer)]
    return Paper("評価シート", head, [*sections, Section("評価", lines)], FORM.format(number=6))


def _changes(evaluation: Evaluation) -> str:
    """Every change of the list with its box, group by group, and what was written beside the list."""
    listed = NoticedChange.objects.exclude(starts_on__gt=evaluation.on).exclude(ends_on__lt=evaluation.on)
    rows = NoticedChange.objects.filter(code__in=evaluation.changes) | listed
    groups = groupby(rows, key=lambda change: change.group)
    lines = ["　".join(_box(change, evaluation) for change in group) for _name, group in groups]
    return "\n".join([*lines, *filter(None, [evaluation.other_change])])


def _box(change: NoticedChange, evaluation: Evaluation) -> str:
    return f"{'■' if change.code in evaluation.changes else '□'} {change.name}"


def plans_in_force(actor: Actor, cases: QuerySet[Case], most: int) -> list[Plan]:
    """The plans in force of these cases, as far as the actor may read them, with all that stands on their papers."""
    readable = visible_cases(actor, Part.PLANS)
    rows = Plan.objects.filter(case__in=cases.order_by(), state=Plan.State.RUNNING).filter(case__in=readable)
    rows = rows.select_related("case__person", "worker", "decided_for")
    return list(
        rows.prefetch_related("goals__steps__staff", "uses__service", "reviews").order_by("case__number")[:most]
    )


def _goals(goals: Iterable[Goal]) -> list[Section]:
    columns = ("自立の段階", "支援内容（すること）", "だれが", "頻度", "いつまで")
    return [
        Section(f"目標{place}　「{goal.words}」", [_step(step) for step in goal.steps.all()], columns, (3, 8, 5, 3, 5))
        for place, goal in enumerate(goals, 1)
    ]


def _step(step: PlanStep) -> tuple[str, ...]:
    level = step.get_level_display() if step.level else ""
    return level, step.what, step.doer, step.often, day(step.until)


def _uses(plan: Plan) -> Section:
    rows = [
        (use.service.group, use.service.name, use.agency, period(use.starts_on, use.ends_on), use.reason)
        for use in plan.uses.all()
    ]
    columns = ("区分", "事業・支援", "実施するところ", "利用期間", "延長の理由")
    return Section("利用する事業・支援", rows or [("なし", "", "", "", "")], columns, (4, 5, 4, 6, 4))


def _standing(plan: Plan) -> list[tuple[str, str]]:
    reviews = "、".join(day(review.due_on) for review in plan.reviews.all())
    agreed = f"{day(plan.agreed_on)}（{plan.get_agreed_how_display()}）" if plan.agreed_on else "まだ聞いていない"
    decided_for = plan.decided_for.name if plan.decided_for else ""
    return [
        ("モニタリング", reviews),
        ("就労支援対象者", "該当する" if plan.work_support else "該当しない"),
        ("本人の同意", agreed),
        ("支援調整会議", joined(day(plan.conference_on), plan.conference_note)),
        ("支援決定", joined(plan.get_decision_display(), day(plan.decided_on), decided_for)),
    ]
