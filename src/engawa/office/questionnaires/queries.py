"""Reads about questionnaires."""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from engawa.office.questionnaires.models import Answer, Question, Questionnaire


def questions_of(names: Iterable[str]) -> dict[tuple[str, str], Question]:
    """The questions of these surveys (newest version), by survey and text."""
    found = Question.objects.of_surveys().filter(questionnaire__name__in=set(names)).select_related("questionnaire")
    return {
        (question.questionnaire.name, question.text): question for question in found.order_by("questionnaire__version")
    }


def later_work(import_id: uuid.UUID) -> dict[str, int]:
    """Answers of other origin to the questions of an import; empty when there are none."""
    others = ~Q(import_id=import_id) | Q(import_id=None)
    hanging = Q(question__import_id=import_id) | Q(response__import_id=import_id)
    count = Answer.objects.filter(others, hanging).count()
    return {"アンケート回答": count} if count else {}


def questions_in_order(questionnaire: Questionnaire) -> list[Question]:
    """The questions of one version as they are asked."""
    return list(questionnaire.questions.order_by("position"))
