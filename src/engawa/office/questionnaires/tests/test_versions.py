"""Question sets that come with the house, and versions that stay as they were released."""

import pytest
from django.db import IntegrityError, transaction

from engawa.office.questionnaires.models import Question, Questionnaire
from engawa.office.questionnaires.queries import questions_in_order, questions_of
from engawa.office.questionnaires.rules import check_release

pytestmark = pytest.mark.django_db


def shipped() -> list[Questionnaire]:
    return list(Questionnaire.objects.newest_released())


def test_the_national_forms_come_along_and_say_that_they_are_reconstructions() -> None:
    assert [one.name for one in shipped()] == [
        "相談受付・申込票", "インテーク・アセスメントシート", "くらしとつながり", "六軸評価", "就労支援シート",
    ]  # fmt: skip
    assert all(one.reconstructed for one in shipped())


def test_every_shipped_set_can_be_answered() -> None:
    for one in shipped():
        check_release([question.asked for question in questions_in_order(one)])


def test_the_reception_form_has_its_sixteen_topics_of_which_one_may_be_the_most_pressing() -> None:
    topics = Question.objects.get(questionnaire__name="相談受付・申込票", key="topics")
    assert len(topics.options) == 16
    assert topics.primary


def test_no_shipped_question_about_duration_money_age_or_diagnosis_must_be_answered() -> None:
    """003-01, 003-08: duration and poverty are asked to understand, never as a condition."""
    required = Question.objects.filter(questionnaire__in=shipped(), required=True)
    assert {question.key for question in required} == {"route", "living_together", "health"}


def test_whoever_assesses_is_told_that_schizophrenia_may_be_overlooked_and_who_diagnoses() -> None:
    """003-01: the caution stands where everybody reads it, not with the professionals alone."""
    reasons = Question.objects.get(questionnaire__name="くらしとつながり", key="reasons")
    assert not reasons.professional
    assert "統合失調症などが気づかれていない" in reasons.help
    assert "診断は専門職だけ" in reasons.help


def test_the_six_axes_are_for_professionals_only() -> None:
    """003-01: diagnosis by professionals only."""
    axes = Question.objects.filter(questionnaire__name="六軸評価")
    assert axes.count() == 6
    assert all(question.professional for question in axes)


@pytest.mark.parametrize("change", [{"text": "別の問い"}, {"options": ["ほか", "別"]}, {"position": 90}])
def test_postgresql_refuses_every_change_of_a_released_question(change: dict[str, object]) -> None:
    question = Question.objects.get(questionnaire__name="くらしとつながり", key="outing")
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        question.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(questionnaire=question.questionnaire, position=99, text="足す", form="text")


def test_a_released_version_keeps_its_name_and_cannot_be_taken_away_but_can_be_checked() -> None:
    one = shipped()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Questionnaire.objects.filter(pk=one.pk).update(name="別の票")
    with pytest.raises(IntegrityError), transaction.atomic():
        Questionnaire.objects.filter(pk=one.pk).update(released_at=None)
    Questionnaire.objects.filter(pk=one.pk).update(checked_on="2026-11-22")
    assert not shipped()[0].reconstructed


def test_a_survey_of_the_same_name_is_another_questionnaire() -> None:
    Questionnaire.objects.create(name="インテーク・アセスメントシート")
    assert questions_of(["インテーク・アセスメントシート"]) == {}
    assert not Question.objects.of_surveys().exists()
