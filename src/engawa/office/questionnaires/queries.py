"""Reads about questionnaires."""

import hashlib
import uuid
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from engawa.kernel.words import Words
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import acts_for_the_city
from engawa.office.questionnaires.models import Answer, Question, Questionnaire, Response


def questions_of(names: Iterable[str]) -> dict[tuple[str, str], Question]:
    """The questions of these surveys (newest version), by survey and text."""
    found = Question.objects.of_surveys().filter(questionnaire__name__in=set(names)).select_related("questionnaire")
    return {
        (question.questionnaire.name, question.text): question for question in found.order_by("questionnaire__version")
    }


def surveys_with_days() -> set[uuid.UUID]:
    """The surveys of which at least one response has a day."""
    return set(Response.objects.filter(answered_on__isnull=False).values_list("questionnaire", flat=True).distinct())


def later_work(import_id: uuid.UUID) -> dict[str, int]:
    """Answers of other origin to the questions of an import; empty when there are none."""
    others = ~Q(import_id=import_id) | Q(import_id=None)
    hanging = Q(question__import_id=import_id) | Q(response__import_id=import_id)
    count = Answer.objects.filter(others, hanging).count()
    return {Words("アンケート回答"): count} if count else {}


def questions_in_order(questionnaire: Questionnaire) -> list[Question]:
    """The questions of one version as they are asked."""
    return list(questionnaire.questions.order_by("position"))


def assessment_sets(actor: AnyActor) -> QuerySet[Questionnaire]:
    """Every version of every question set for assessments, set by set, the newest version first."""
    if not actor.may(Permission.QUESTIONNAIRES_ORIGINAL_COMPARE):
        raise NotAllowed
    rows = Questionnaire.objects.filter(kind=Questionnaire.Kind.ASSESSMENT).select_related("released_by")
    return rows.annotate(asked=Count("questions")).order_by("position", "name", "-version")


def compares_with_originals(actor: Actor) -> bool:
    """Whether the actor says for the whole house what is like its original: who compares in the city's offices."""
    return acts_for_the_city(actor, Permission.QUESTIONNAIRES_ORIGINAL_COMPARE)


def version_of(question: Question) -> str:
    """Names what a question of a draft says, so that two people who edit it are told."""
    said = (question.asked, question.section, question.help, question.professional)
    return hashlib.blake2s(repr(said).encode(), digest_size=8).hexdigest()
