"""Reads about assessments: lists, one as a sheet, two side by side, and what changed over time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import may
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer
from engawa.office.casework.cases.models import Case
from engawa.office.questionnaires import rules
from engawa.office.questionnaires.models import Question, Questionnaire
from engawa.office.questionnaires.queries import questions_in_order


def assessments_of(_actor: AnyActor, case: Case) -> QuerySet[Assessment]:
    """Every assessment of the case, the newest first, with how much of each is answered."""
    said = ~Q(answers__kind=rules.GIVEN) | ~Q(answers__chosen=[]) | ~Q(answers__note="")
    rows = Assessment.objects.filter(case=case).select_related("questionnaire", "begun_by", "finished_by")
    counted = rows.annotate(answered=Count("answers", filter=Q(answers__isnull=False) & said))
    return counted.order_by("-on", "-begun_at")


def assessment_in(case: Case, pk: UUID) -> Assessment:
    """An assessment of this case.

    Raises:
        NotAllowed: the case has none with this id.
    """
    rows = Assessment.objects.select_related("questionnaire", "begun_by", "finished_by", "based_on")
    found = rows.filter(case=case, pk=pk).first()
    if found is None:
        raise NotAllowed
    found.case = case
    return found


def hears_assessment(actor: Actor, pk: str) -> bool:
    """Whether the actor hears that something is answered in the assessment: whoever may read it does."""
    found = Assessment.objects.select_related("case").filter(pk=pk).first()
    return found is not None and may(actor, Permission.CASEWORK_CASE_VIEW, found.case, Part.ASSESSMENTS)


def may_read_axes(actor: AnyActor, case: Case) -> bool:
    """Whether the actor has the qualification for diagnoses and the six axes, in an organisation that sees the case."""
    return may(actor, Permission.CASEWORK_AXES_WRITE, case, Part.ASSESSMENTS)


def sets_to_begin(actor: AnyActor, case: Case) -> list[Questionnaire]:
    """The versions in use that the actor could answer anything of."""
    asked = Count("questions", filter=Q() if may_read_axes(actor, case) else Q(questions__professional=False))
    return list(Questionnaire.objects.newest_released().annotate(asked=asked).filter(asked__gt=0))


@dataclass(frozen=True)
class Filled:
    """One question of an assessment with its answer; ``hidden`` where it is for professionals only."""

    question: Question
    answer: AssessmentAnswer | None
    shows: bool = True
    hidden: bool = False

    @property
    def said(self) -> rules.Said:
        """What the answer says; nothing where there is none."""
        return self.answer.said if self.answer else rules.NOTHING

    @cached_property
    def printed(self) -> str:
        """The answer in one line."""
        return rules.printed(self.question.asked, self.said)

    @property
    def source(self) -> str:
        """Who says so, in words."""
        return str(self.answer.get_source_display()) if self.answer else ""

    @property
    def version(self) -> int:
        """How often the answer was written."""
        return self.answer.version if self.answer else 0


def answers_of(assessment: Assessment) -> dict[UUID, AssessmentAnswer]:
    """The answers by question; the second wall leaves out what is for professionals only."""
    return {answer.question_id: answer for answer in assessment.answers.select_related("by")}


def filled(actor: AnyActor, assessment: Assessment) -> list[Filled]:
    """Every question of the assessment's own version, in order, with its answer as far as the actor may read it."""
    questions = questions_in_order(assessment.questionnaire)
    answers = answers_of(assessment)
    reads_axes = not any(question.professional for question in questions) or may_read_axes(actor, assessment.case)
    said = {question.key: answers[question.pk].said for question in questions if question.pk in answers}
    return [
        Filled(question, None, rules.shows(question.asked, said), hidden=True)
        if question.professional and not reads_axes
        else Filled(question, answers.get(question.pk), rules.shows(question.asked, said))
        for question in questions
    ]


def filled_in(actor: AnyActor, assessment: Assessment, question: UUID) -> Filled:
    """One question of the assessment, with its answer.

    Raises:
        NotAllowed: its version has none with this id, or it is for professionals only.
    """
    for row in filled(actor, assessment):
        if row.question.pk == question and not row.hidden:
            return row
    raise NotAllowed


def in_sections(rows: Iterable[Filled]) -> list[tuple[str, list[Filled]]]:
    """The questions under the titles of their sections."""
    return [(title, list(group)) for title, group in groupby(rows, key=lambda row: row.question.section)]


@dataclass(frozen=True)
class SheetLine:
    """One line of paper: the question, what was said, the same as boxes to tick, and who said so."""

    text: str
    answer: str
    boxes: str
    source: str


@dataclass(frozen=True)
class SheetSection:
    """A titled part of a sheet."""

    title: str
    lines: list[SheetLine]


@dataclass(frozen=True)
class Sheet:
    """An assessment as paper shows it. Where its shape comes from, and with what it was compared, must be printed."""

    title: str
    source: str
    checked_on: dt.date | None
    checked_against: str
    sections: list[SheetSection]


def sheet_of(actor: AnyActor, assessment: Assessment) -> Sheet:
    """The assessment for paper: every question that was asked, answered or not, as far as the actor may read it."""
    return _sheet(assessment.questionnaire, [row for row in filled(actor, assessment) if row.shows])


def empty_sheet(actor: AnyActor, case: Case, questionnaire: Questionnaire) -> Sheet:
    """The set to be filled by hand: every question that the actor may answer, also those that depend on another."""
    reads_axes = may_read_axes(actor, case)
    asked = questions_in_order(questionnaire)
    return _sheet(questionnaire, [Filled(one, None, hidden=one.professional and not reads_axes) for one in asked])


def _sheet(made: Questionnaire, rows: Iterable[Filled]) -> Sheet:
    open_rows = [row for row in rows if not row.hidden]
    sections = [SheetSection(title, [_line(row) for row in lines]) for title, lines in in_sections(open_rows)]
    return Sheet(str(made), made.source, made.checked_on, made.checked_against, sections)


def _line(row: Filled) -> SheetLine:
    return SheetLine(row.question.text, row.printed, rules.ticked(row.question.asked, row.said), row.source)


@dataclass(frozen=True)
class Written:
    """One writing of one answer: who wrote what when. ``question`` is named by its text."""

    question: Question
    printed: str
    source: str
    by: Staff | None
    at: dt.datetime


def history_of(actor: AnyActor, assessment: Assessment) -> list[Written]:
    """Every writing of every answer, the newest first, as far as the actor may read it."""
    answers = assessment.answers.select_related("question", "by").prefetch_related("events__by")
    if not may_read_axes(actor, assessment.case):
        answers = answers.filter(professional=False)
    written = [
        Written(
            answer.question,
            rules.printed(answer.question.asked, said_of(version)),
            version.get_source_display(),
            version.by,
            version.said_at,
        )
        for answer in answers
        for version in [answer, *answer.events.all()]  # type: ignore[attr-defined] # made by pghistory
    ]
    return sorted(written, key=lambda one: one.at, reverse=True)


def said_of(version: Any) -> rules.Said:
    """What an answer, or a past version of one, says."""
    return rules.Said(version.kind, tuple(version.chosen), version.primary, version.note, version.source)


def said_at_version(answer: AssessmentAnswer | None, version: int) -> rules.Said:
    """What an answer said when it had been written ``version`` times."""
    if answer is None or version == 0:
        return rules.NOTHING
    if version == answer.version:
        return answer.said
    past = answer.events.filter(version=version).first()  # type: ignore[attr-defined] # made by pghistory
    return said_of(past) if past else rules.NOTHING


def missing_in(rows: Iterable[Filled]) -> list[Filled]:
    """The questions that must be looked into before the assessment is finished, and say nothing yet."""
    return [row for row in rows if row.question.required and row.shows and not row.hidden and not row.said.answered]


def earlier_like(case: Case, questionnaire: Questionnaire) -> Assessment | None:
    """The latest assessment of the case with the same set, in any version."""
    alike = Assessment.objects.filter(case=case, questionnaire__name=questionnaire.name)
    return alike.order_by("-on", "-begun_at").first()


def last_two(case: Case) -> dict[str, UUID] | None:
    """The latest assessment and the one with the same set before it, where there are two, to lay side by side."""
    newest = Assessment.objects.filter(case=case).select_related("questionnaire").order_by("-on", "-begun_at").first()
    if newest is None:
        return None
    alike = Assessment.objects.filter(case=case, questionnaire__name=newest.questionnaire.name)
    before = alike.exclude(pk=newest.pk).order_by("-on", "-begun_at").first()
    return {"left": (before or newest).pk, "right": newest.pk}


@dataclass(frozen=True)
class Pair:
    """One question in two assessments; empty where a version does not ask it."""

    text: str
    left: str
    right: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.left != self.right


def compared(actor: AnyActor, left: Assessment, right: Assessment) -> list[tuple[str, list[Pair]]]:
    """Two assessments side by side, section by section, without what neither answers.

    The same question is known by its key in every version.
    """
    before = {row.question.key: row for row in filled(actor, left) if not row.hidden}
    now = [row for row in filled(actor, right) if not row.hidden]
    gone = [row for key, row in before.items() if key not in {row.question.key for row in now}]
    sides = [(row, before.get(row.question.key), row) for row in now] + [(row, row, None) for row in gone]
    pairs = [(named.question.section, _pair(named, *two)) for named, *two in sides]
    said = [(title, pair) for title, pair in pairs if pair.left or pair.right]
    return [(title, [pair for _title, pair in group]) for title, group in groupby(said, key=itemgetter(0))]


def _pair(named: Filled, left: Filled | None, right: Filled | None) -> Pair:
    return Pair(named.question.text, *(row.printed if row and row.shows else "" for row in (left, right)))
