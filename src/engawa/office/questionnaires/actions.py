"""The only writers of questionnaires, responses and answers."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max

from engawa.kernel.rows import insert_all
from engawa.kernel.taken import Taken, sort_out
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.questionnaires.models import Answer, Question, Questionnaire, Response
from engawa.office.questionnaires.queries import questions_of


@dataclass(frozen=True)
class QuestionRow:
    """A question as an earlier record has it; ``options`` in the order to print."""

    questionnaire: str
    text: str
    form: str
    options: list[str]
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerRow:
    """What one numbered response says to one question."""

    number: str
    question_id: uuid.UUID
    questionnaire_id: uuid.UUID
    chosen: list[str]
    notes: dict[str, str] = field(default_factory=dict)


def _check_may_take_in(by: AnyActor) -> None:
    if not by.may(Permission.LEDGER_FILE_IMPORT):
        raise NotAllowed


@transaction.atomic
def take_in_questions(*, by: AnyActor, import_id: uuid.UUID, rows: Sequence[QuestionRow]) -> list[Taken]:
    """Make the questions that their questionnaire does not have; other options or another form are a difference."""
    _check_may_take_in(by)
    known: dict[Any, Any] = dict(questions_of(row.questionnaire for row in rows))
    new, fates = sort_out(rows, known, lambda row: (row.questionnaire, row.text), ("form", "options"))
    for row in new:
        questionnaire = _questionnaire(row.questionnaire, import_id)
        Question.objects.create(
            questionnaire=questionnaire,
            position=questionnaire.questions.count(),
            text=row.text,
            form=row.form,
            options=row.options,
            notes=row.notes,
            import_id=import_id,
        )
    return fates


def _questionnaire(name: str, import_id: uuid.UUID) -> Questionnaire:
    surveys = Questionnaire.objects.filter(kind=Questionnaire.Kind.SURVEY)
    found = surveys.filter(name=name).order_by("-version").first()
    if found:
        return found
    last = surveys.aggregate(last=Max("position"))["last"]
    return Questionnaire.objects.create(name=name, position=0 if last is None else last + 1, import_id=import_id)


@transaction.atomic
def take_in_answers(*, by: AnyActor, import_id: uuid.UUID, rows: Sequence[AnswerRow]) -> list[Taken]:
    """Make the answers that their numbered response does not have; an empty list is 無回答."""
    _check_may_take_in(by)
    responses = _responses(rows, import_id)
    known: dict[Any, Any] = {
        (answer.response_id, answer.question_id): answer
        for answer in Answer.objects.filter(response__in={response.id for response in responses.values()})
    }
    new, fates = sort_out(rows, known, lambda row: (_response(responses, row), row.question_id), ("chosen",))
    insert_all(
        [
            Answer(
                response_id=_response(responses, row),
                question_id=row.question_id,
                chosen=row.chosen,
                notes=row.notes,
                import_id=import_id,
            )
            for row in new
        ]
    )
    return fates


def _response(responses: dict[tuple[uuid.UUID, str], Response], row: AnswerRow) -> uuid.UUID:
    return responses[row.questionnaire_id, row.number].id


def _responses(rows: Sequence[AnswerRow], import_id: uuid.UUID) -> dict[tuple[uuid.UUID, str], Response]:
    """The responses that the rows belong to; those that are missing are made."""
    wanted = {(row.questionnaire_id, row.number) for row in rows}
    found = Response.objects.filter(questionnaire__in={questionnaire for questionnaire, _ in wanted})
    known = {(response.questionnaire_id, response.number): response for response in found}
    missing = sorted(wanted - known.keys(), key=str)
    made = Response.objects.bulk_create(
        Response(questionnaire_id=questionnaire, number=number, import_id=import_id)
        for questionnaire, number in missing
    )
    return known | {(response.questionnaire_id, response.number): response for response in made}


@transaction.atomic
def give_back(*, by: AnyActor, import_id: uuid.UUID) -> None:
    """Take away every question, response and answer of an import, and questionnaires that are left empty."""
    _check_may_take_in(by)
    Answer.objects.filter(import_id=import_id).delete()
    Response.objects.filter(import_id=import_id, answers=None).delete()
    Question.objects.filter(import_id=import_id).delete()
    Questionnaire.objects.filter(import_id=import_id, questions=None, responses=None).delete()
