"""The course over time（移り変わり）: stages with their steps, scales and outing as series, classes of surveys."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from engawa.kernel import clock
from engawa.kernel.asked import asked_often
from engawa.office.access.actors import AnyActor
from engawa.office.casework.assessments import rules
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer, OutingRule, Stage, StageStep
from engawa.office.casework.cases.models import Case
from engawa.office.questionnaires import rules as questions
from engawa.office.questionnaires.models import Question

# A figure tells five series apart.
MOST_SERIES = 5


def stages_on(day: dt.date) -> QuerySet[Stage]:
    """The stages of every line in force on ``day``."""
    return Stage.objects.exclude(starts_on__gt=day).exclude(ends_on__lt=day)


@dataclass(frozen=True)
class Step:
    """A step with the way it went."""

    row: StageStep
    direction: rules.Direction


@dataclass(frozen=True)
class StageLine:
    """One line of stages, where the case stands on it, and how it came there, the newest step first."""

    key: str
    label: str
    source: str
    stages: list[Stage]
    steps: list[Step]

    @property
    def here(self) -> Stage | None:
        """The stage of the latest step."""
        return self.steps[0].row.stage if self.steps else None


def stage_lines(_actor: AnyActor, case: Case) -> list[StageLine]:
    """Every line, with the steps that the case took on it."""
    stages = list(stages_on(clock.today()))
    steps = steps_of(case)
    return [
        StageLine(
            line.value,
            str(line.label),
            next((stage.source for stage in stages if stage.line == line), ""),
            [stage for stage in stages if stage.line == line],
            [step for step in steps if step.row.stage.line == line],
        )
        for line in Stage.Line
    ]


def steps_of(case: Case) -> list[Step]:
    """Every step of the case on any line, the newest first, each with its way from the one before it on its line."""
    before: dict[str, int] = {}
    steps = []
    for row in _steps(case.pk):
        steps.append(Step(row, rules.direction(before.get(row.stage.line), row.stage.position)))
        before[row.stage.line] = row.stage.position
    return steps[::-1]


@asked_often
def _steps(case: UUID) -> QuerySet[StageStep]:
    return StageStep.objects.filter(case=case).select_related("stage", "by").order_by("on", "recorded_at", "id")


@dataclass(frozen=True)
class Course:
    """Series over days, ready to be drawn."""

    caption: str
    unit: str
    labels: list[str]
    series: dict[str, list[int | None]]


def courses_of(actor: AnyActor, case: Case) -> list[Course]:
    """What changed over time: stages, the outing question, and every scale, section by section."""
    return [*_stages(actor, case), *_answers(case)]


def _stages(actor: AnyActor, case: Case) -> list[Course]:
    taken = {line.label: [step.row for step in line.steps] for line in stage_lines(actor, case) if line.steps}
    days = sorted({step.on for steps in taken.values() for step in steps})
    if not days:
        return []
    series = {label: [_stands_on(steps, day) for day in days] for label, steps in taken.items()}
    caption = gettext("支援の段階（1が線のはじめ。戻ることもある）")
    return [Course(caption, gettext("段階"), [day.isoformat() for day in days], series)]


def _stands_on(newest_first: Sequence[StageStep], day: dt.date) -> int | None:
    return next((step.stage.position for step in newest_first if step.on <= day), None)


def _answers(case: Case) -> list[Course]:
    counted = AssessmentAnswer.objects.filter(case=case, professional=False)
    rows = counted.filter(question__form=Question.Form.SCALE) | counted.filter(question__key="outing")
    answers = list(
        rows.select_related("question__questionnaire", "assessment").order_by(
            "question__questionnaire__position", "question__position", "assessment__on"
        )
    )
    days = sorted({answer.assessment.on for answer in answers})
    groups: dict[tuple[str, str], dict[str, dict[dt.date, int | None]]] = {}
    for answer in answers:
        question = answer.question
        group = groups.setdefault((question.questionnaire.name, question.section), {})
        group.setdefault(question.text, {})[answer.assessment.on] = questions.position(question.asked, answer.said)
    return [course for (_name, section), group in groups.items() for course in _of_section(section, group, days)]


def _of_section(section: str, group: dict[str, dict[dt.date, int | None]], days: list[dt.date]) -> list[Course]:
    texts = list(group)
    labels = [day.isoformat() for day in days]
    return [
        Course(
            section if len(texts) > 1 else f"{section}：{texts[0]}",
            gettext("番目"),
            labels,
            {text: [group[text].get(day) for day in days] for text in texts[start : start + MOST_SERIES]},
        )
        for start in range(0, len(texts), MOST_SERIES)
    ]


@dataclass(frozen=True)
class Counted:
    """How one survey would count the latest answers."""

    rule: OutingRule
    classed: rules.Classed

    @property
    def broad(self) -> str:
        """The broad class in words."""
        words = {True: gettext("当たる"), False: gettext("当たらない"), None: gettext("わからない")}
        return words[self.classed.broad]


def counted_by_surveys(_actor: AnyActor, case: Case) -> list[Counted]:
    """The latest answers on outing, as each survey's definition would class them: for statistics, for nothing else."""
    latest = (
        Assessment.objects.filter(case=case, answers__question__key="outing", answers__kind=questions.GIVEN)
        .exclude(answers__chosen=[])
        .order_by("-on", "-begun_at")
        .first()
    )
    if latest is None:
        return []
    life = _life(latest, case)
    return [Counted(rule, rules.classify(rule.definition, life)) for rule in OutingRule.objects.all()]


def _life(assessment: Assessment, case: Case) -> rules.Life:
    answers = {answer.question.key: answer for answer in assessment.answers.select_related("question")}
    places = {key: questions.position(answer.question.asked, answer.said) for key, answer in answers.items()}
    duration, talked = places.get("duration"), places.get("talked")
    return rules.Life(
        outing=places.get("outing"),
        months=rules.AT_LEAST_MONTHS[duration - 1] if duration else None,
        reasons=frozenset(answers["reasons"].chosen if "reasons" in answers else ()),
        silent=None if talked is None else talked == rules.HARDLY_TALKED,
        age=case.age_years,
    )
