"""Takes in plans with all that stands in them, and their evaluations."""

from collections.abc import Hashable, MutableMapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.kernel.rows import insert_all
from engawa.kernel.words import said_by
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.intake.actions.bringing import Keyed, Kind
from engawa.office.casework.intake.queries.plans import (
    EVALUATED,
    HEAD,
    plain,
    told_evaluations,
    told_goals,
    told_plans,
    told_reviews,
    told_services,
    told_steps,
)
from engawa.office.casework.intake.rules import (
    EvaluationRow,
    GoalRow,
    OfPlan,
    PlanRow,
    ReviewRow,
    ServiceRow,
    StepRow,
    Unfit,
    from_day,
    not_listed,
)
from engawa.office.casework.plans import rules
from engawa.office.casework.plans.models.evaluations import Evaluation, GoalOutcome
from engawa.office.casework.plans.models.lists import NoticedChange, PlanService
from engawa.office.casework.plans.models.plans import Goal, Plan, PlanReview, PlanStep, ServiceUse

About = TypeVar("About", bound=OfPlan)
OF_PLAN = ("case", "whose", "number", "revision")


class Plans(Keyed[PlanRow]):
    """計画. Of whomever a plan is for, one is in force and one is being written, at most."""

    keys, told, kind_of_row, model = OF_PLAN, told_plans, Kind.PLAN, Plan
    fields = (*HEAD, "follows", "follows_revision", "worker", "writer")

    def known(self) -> MutableMapping[Hashable, PlanRow]:
        known = super().known()
        self.standing = {(row.case, row.whose, row.state) for row in known.values()}
        plans = Plan.objects.filter(case__in=self.cases.values()).select_related("case")
        self.ids: dict[Hashable, UUID] = {
            (one.case.number, one.whose, one.number, one.revision): one.pk for one in plans
        }
        return known

    def resolve(self, row: PlanRow) -> PlanRow:
        followed = row.follows_revision or 0 if row.follows else row.follows_revision
        return replace(row, revision=row.revision or 0, follows_revision=followed)

    def fit(self, row: PlanRow) -> Unfit | None:
        unfit = self._misled(row) or self._unsettled(row)
        if unfit is None:
            self.standing.add((row.case, row.whose, row.state))
            self.ids[self.key(row)] = uuid7()
        return unfit

    def _misled(self, row: PlanRow) -> Unfit | None:
        """What is wrong with the version that it says it follows."""
        if row.follows is None and row.follows_revision is None:
            return None
        if self._followed(row) not in self.ids:
            return Unfit("follows", "もとの計画が、これより上の行にも、ここにもありません", "先にもとの計画の行")
        return None

    def _followed(self, row: PlanRow) -> Hashable:
        return (row.case, row.whose, row.follows, row.follows_revision)

    def _unsettled(self, row: PlanRow) -> Unfit | None:
        """What is wrong with its state, its days or its decision."""
        stands = (row.case, row.whose, row.state)
        if stands in self.standing and row.state in (Plan.State.RUNNING, Plan.State.DRAFT):
            return Unfit("state", "この状態の計画が、すでにあります", "改訂前、評価ずみ")
        if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
            return Unfit(
                "ends_on",
                "おわりの日が、はじめの日より前です。どちらかの日を直してください",
                from_day(row.starts_on),
            )
        if bool(row.decision) != bool(row.decided_on):
            return Unfit("decided_on", "支援決定とその日は、両方要ります", "両方、または両方とも空欄")
        return None

    def values(self, row: PlanRow) -> dict[str, Any]:
        own = plain(row, (*HEAD, "whose", "number", "revision", "writer"))
        link = {"id": self.ids[self.key(row)], "follows_id": self.ids.get(self._followed(row))}
        return own | link | {"case": self.cases[row.case], "worker_name": row.worker, "written_at": clock.now()}


class InPlans(Keyed[About]):
    """Rows about plans that came in; what somebody has written here is not added to."""

    def __init__(self, import_id: UUID, rows: Sequence[About], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        plans = Plan.objects.filter(case__in=self.cases.values()).select_related("case", "evaluation")
        self.plans = {(one.case.number, one.whose, one.number, one.revision): one for one in plans}

    def plan(self, row: About) -> Plan:
        """The plan that the row is about."""
        return self.plans[row.case, row.whose, row.number, row.revision or 0]

    def resolve(self, row: About) -> About | Unfit:
        row = replace(row, revision=row.revision or 0)
        if (row.case, row.whose, row.number, row.revision or 0) not in self.plans:
            return Unfit("number", "この回の計画が「計画」にありません", "「計画」にある回と改訂")
        return row

    def fit(self, row: About) -> Unfit | None:
        if self.plan(row).by_id is not None:
            return Unfit("number", "ここで書かれた計画には、書き足せません", "画面で計画に書いてください")
        return None

    def values(self, row: About) -> dict[str, Any]:
        return super().values(row) | {"plan": self.plan(row)}


class Evaluations(InPlans[EvaluationRow]):
    """計画の評価."""

    keys, told, kind_of_row, model = OF_PLAN, told_evaluations, Kind.EVALUATION, Evaluation
    fields = ("on", "changes", *EVALUATED, "writer")

    def __init__(self, import_id: UUID, rows: Sequence[EvaluationRow], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        self.codes = dict(NoticedChange.objects.values_list("label", "code"))

    def resolve(self, row: EvaluationRow) -> EvaluationRow | Unfit:
        if others := [change for change in row.changes if change not in self.codes]:
            return Unfit("changes", not_listed("；".join(others)), "、".join(self.codes))
        return super().resolve(row)

    def fit(self, row: EvaluationRow) -> Unfit | None:
        if self.plan(row).state != Plan.State.ENDED:
            return Unfit("number", "この計画の状態は「評価ずみ」ではありません", "「計画」の状態が評価ずみの計画")
        try:
            rules.check_changes([self.codes[change] for change in row.changes])
        except NotPossible as wrong:
            return Unfit("changes", said_by(wrong), "変化なし、またはほかの変化")
        try:
            rules.check_result(row.result, row.reason)
        except NotPossible as wrong:
            return Unfit("reason", said_by(wrong), "中断の理由")
        return super().fit(row)

    def values(self, row: EvaluationRow) -> dict[str, Any]:
        return super().values(row) | {"changes": [self.codes[change] for change in row.changes]}


class Goals(InPlans[GoalRow]):
    """計画の目標, with how far they came where the plan was evaluated."""

    keys, told, kind_of_row, model = (*OF_PLAN, "goal"), told_goals, Kind.GOAL, Goal
    fields = ("words", "until", "reached", "said_of_it")

    def fit(self, row: GoalRow) -> Unfit | None:
        if (row.reached or row.said_of_it) and not hasattr(self.plan(row), "evaluation"):
            return Unfit("reached", "この計画の評価が「計画の評価」にありません", "空欄、または先に評価の行")
        if row.said_of_it and not row.reached:
            return Unfit("reached", "目標の達成が空です", "とどいた、近づいた、これから、望みが変わった")
        return super().fit(row)

    def values(self, row: GoalRow) -> dict[str, Any]:
        return {"plan": self.plan(row), "position": row.goal - 1, "words": row.words, "until": row.until}

    def make(self, rows: list[GoalRow]) -> None:
        super().make(rows)
        goals = Goal.objects.filter(plan__in=[self.plan(row) for row in rows]).select_related("plan")
        made = {(goal.plan_id, goal.position): goal for goal in goals}
        came = []
        for row in rows:
            if row.reached:
                goal = made[self.plan(row).pk, row.goal - 1]
                outcome = GoalOutcome(evaluation=self.plan(row).evaluation, goal=goal, reached=row.reached)
                outcome.words = row.said_of_it
                self.note(Kind.OUTCOME, outcome.pk, row.case)
                came.append(outcome)
        insert_all(came)


class Steps(InPlans[StepRow]):
    """計画の取組."""

    keys, told, kind_of_row, model = (*OF_PLAN, "goal", "step"), told_steps, Kind.STEP, PlanStep
    fields = ("level", "what", "who_kind", "who", "often", "until")

    def __init__(self, import_id: UUID, rows: Sequence[StepRow], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        goals = Goal.objects.filter(plan__in=self.plans.values())
        self.goals = {(goal.plan_id, goal.position + 1): goal for goal in goals}

    def fit(self, row: StepRow) -> Unfit | None:
        if (self.plan(row).pk, row.goal) not in self.goals:
            return Unfit("goal", "この番号の目標が「計画の目標」にありません", "「計画の目標」にある目標番号")
        return super().fit(row)

    def values(self, row: StepRow) -> dict[str, Any]:
        goal = self.goals[self.plan(row).pk, row.goal]
        return plain(row, self.fields) | {"goal": goal, "position": (row.step or 1) - 1}


class Services(InPlans[ServiceRow]):
    """計画の事業."""

    keys, told, kind_of_row, model = (*OF_PLAN, "service", "agency"), told_services, Kind.SERVICE, ServiceUse
    fields = ("starts_on", "ends_on", "reason")

    def __init__(self, import_id: UUID, rows: Sequence[ServiceRow], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        self.services = {service.label: service for service in PlanService.objects.all()}

    def resolve(self, row: ServiceRow) -> ServiceRow | Unfit:
        if row.service not in self.services:
            return Unfit("service", not_listed(row.service), "、".join(self.services))
        return super().resolve(row)

    def fit(self, row: ServiceRow) -> Unfit | None:
        service = self.services[row.service]
        use = rules.Use(service.label, row.starts_on, row.ends_on, service.most_months, row.reason)
        try:
            rules.check_uses([use])
        except NotPossible as wrong:
            return Unfit("ends_on", said_by(wrong), "期間の中の日付、または延長の理由")
        return super().fit(row)

    def values(self, row: ServiceRow) -> dict[str, Any]:
        return super().values(row) | {"service": self.services[row.service], "agency": row.agency}


class Reviews(InPlans[ReviewRow]):
    """計画のモニタリング."""

    keys, told, kind_of_row, model = (*OF_PLAN, "due_on"), told_reviews, Kind.REVIEW, PlanReview
    fields = ("held_on", "note", "writer")

    def values(self, row: ReviewRow) -> dict[str, Any]:
        return super().values(row) | {"due_on": row.due_on}
