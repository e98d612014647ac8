"""Reads about questionnaires."""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from engawa.office.questionnaires.models import Answer, Question


def questions_of(names: Iterable[str]) -> dict[tuple[str, str], Question]:
    """The questions of these questionnaires (newest version), by questionnaire and text."""
    found = Question.objects.filter(questionnaire__name__in=set(names)).select_related("questionnaire")
    return {
        (question.questionnaire.name, question.text): question for question in found.order_by("questionnaire__version")
    }


def later_work(import_id: uuid.UUID) -> dict[str, int]:
    """Answers of other origin to the questions of an import; empty when there are none."""
    others = ~Q(import_id=import_id) | Q(import_id=None)
    hanging = Q(question__import_id=import_id) | Q(response__import_id=import_id)
    count = Answer.objects.filter(others, hanging).count()
    return {"アンケート回答": count} if count else {}
