"""Assessments told as rows of a ledger: one answer a row, as far as the present actor may read it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import UUID

from engawa.kernel import clock
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer
from engawa.office.casework.cases.models import Case
from engawa.office.casework.intake.rules import AnswerRow
from engawa.office.questionnaires.models import Question, Questionnaire


def assessments_of(cases: Iterable[Case]) -> list[tuple[Assessment, int]]:
    """The assessments of these cases, each with the how-many-th it is of its case, set and day."""
    rows = Assessment.objects.filter(case__in=cases).select_related("case", "questionnaire", "begun_by")
    counted: Counter[tuple[UUID, UUID, str]] = Counter()
    numbered = []
    for one in rows.order_by("case__number", "on", "questionnaire__position", "begun_at", "id"):
        like = (one.case_id, one.questionnaire_id, one.on.isoformat())
        counted[like] += 1
        numbered.append((one, counted[like]))
    return numbered


def finished_on(assessment: Assessment) -> dt.date | None:
    """The day on which the assessment was finished."""
    finished = assessment.finished_at
    return finished.astimezone(clock.JAPAN).date() if finished else None


def row_of_answer(assessment: Assessment, nth: int, answer: AssessmentAnswer) -> AnswerRow:
    """An answer with what it answers."""
    return AnswerRow(
        case=assessment.case.number,
        questionnaire=assessment.questionnaire.name,
        version=assessment.questionnaire.version,
        on=assessment.on,
        nth=nth,
        finished_on=finished_on(assessment),
        question=answer.question.text,
        kind=answer.kind,
        answer=";".join(answer.chosen),
        primary=answer.primary,
        note=answer.note,
        source=answer.source,
        writer=assessment.written_by,
        signed=assessment.begun_by_id is not None,
    )


def told_answers(cases: Iterable[Case]) -> Iterator[AnswerRow]:
    """What each assessment says, question by question; the second wall leaves out what is for professionals only."""
    numbered = assessments_of(cases)
    answers: dict[UUID, list[AssessmentAnswer]] = {}
    found = AssessmentAnswer.objects.filter(assessment__in=[one.pk for one, _nth in numbered])
    for answer in found.select_related("question").order_by("question__position"):
        answers.setdefault(answer.assessment_id, []).append(answer)
    for assessment, nth in numbered:
        for answer in answers.get(assessment.pk, []):
            if answer.said.answered:
                yield row_of_answer(assessment, nth, answer)


def released_sets() -> dict[tuple[str, int], Questionnaire]:
    """Every released version of every set for assessments, by name and version."""
    sets = Questionnaire.objects.filter(kind=Questionnaire.Kind.ASSESSMENT, released_at__isnull=False)
    return {(one.name, one.version): one for one in sets.order_by("version")}


def questions_of_sets(sets: dict[tuple[str, int], Questionnaire]) -> dict[tuple[UUID, str], Question]:
    """The questions of these sets, by set and words."""
    rows = Question.objects.filter(questionnaire__in=list(sets.values()))
    return {(question.questionnaire_id, question.text): question for question in rows}
