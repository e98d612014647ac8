"""Pages of assessments: answer by answer, all at once without JavaScript, two people, comparison and figures."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engawa.office.access.walls import acting_as
from engawa.office.casework.assessments.actions import answer_question, begin_assessment, note_stage
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer, Stage
from engawa.office.casework.cases.models import Case
from engawa.office.questionnaires.models import Question, Questionnaire
from engawa.office.questionnaires.rules import Said

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def client(here: Any, client_of: Any) -> Any:
    return client_of(here.staff)


@pytest.fixture
def living() -> Questionnaire:
    return Questionnaire.objects.newest_released().get(name="くらしとつながり")


@pytest.fixture
def sheet(here: Any, case: Case, living: Questionnaire) -> Assessment:
    with acting_as(here.actor):
        return begin_assessment(by=here.actor, case=case, questionnaire=living, on=dt.date(2026, 5, 2))


@pytest.fixture
def words(living: Questionnaire) -> Question:
    return living.questions.get(key="family_words")


def page_of(sheet: Assessment) -> str:
    return f"/cases/{sheet.case.number}/assessments/{sheet.pk}/"


def typed(question: Question, value: Any, seen: int = 0, **more: str) -> dict[str, Any]:
    prefix = f"q{question.pk.hex}"
    fields = {"value": value, "kind": "given", "seen": str(seen), **more}
    return {f"{prefix}-{name}": text for name, text in fields.items()}


def said(here: Any, sheet: Assessment, question: Question, *chosen: str, seen: int = 0) -> None:
    with acting_as(here.actor):
        answer_question(by=here.actor, assessment=sheet, question=question, said=Said(chosen=chosen), seen=seen)


def answers(here: Any) -> dict[str, str]:
    with acting_as(here.actor):
        return {answer.question.key: answer.printed for answer in AssessmentAnswer.objects.all()}


def test_an_assessment_is_begun_on_the_cases_tab_and_opens_its_sheet(
    client: Any, here: Any, case: Case, living: Questionnaire
) -> None:
    page = client.get(f"/cases/{case.number}/assessments/").content.decode()
    assert "まだアセスメントがありません" in page
    assert "六軸評価" not in page
    asked = {"questionnaire": living.pk, "on": "2026-05-02", "carry": "on"}
    answer = client.post(f"/cases/{case.number}/assessments/begin/", asked)
    assert answer.status_code == 302
    sheet = client.get(answer.url).content.decode()
    assert "外出の状況" in sheet
    assert "再現版・未確認" in sheet


def test_a_day_to_come_is_refused_with_what_was_chosen_still_there(
    client: Any, case: Case, living: Questionnaire
) -> None:
    asked = {"questionnaire": living.pk, "on": "2999-01-01"}
    answer = client.post(f"/cases/{case.number}/assessments/begin/", asked)
    assert answer.status_code == 422
    assert "先の日付" in answer.content.decode()
    assert 'value="2999-01-01"' in answer.content.decode()


def test_one_answer_is_saved_by_itself_and_the_page_says_by_whom(
    client: Any, here: Any, sheet: Assessment, words: Question
) -> None:
    answer = client.post(f"{page_of(sheet)}answers/{words.pk}/", typed(words, "心配", source="family"), **HTMX)
    assert answer.status_code == 200
    assert "相談 花子" in answer.content.decode()
    assert answers(here) == {"family_words": "心配"}
    status = answer.content.decode().strip()
    assert status in client.get(page_of(sheet)).content.decode()  # swapping equals reloading


def test_without_javascript_one_button_saves_every_answer(client: Any, here: Any, sheet: Assessment) -> None:
    fields: dict[str, Any] = {}
    for question in sheet.questionnaire.questions.all():
        value = {"text": "ことば", "multiple": ["その他"]}.get(question.form) or (question.options or [""])[0]
        fields |= typed(question, value)
    assert client.post(page_of(sheet), fields).status_code == 302
    assert len(answers(here)) == 12
    assert answers(here)["reasons"] == "その他"


def test_what_cannot_be_saved_stays_typed_beside_its_reason_while_the_rest_is_saved(
    client: Any, here: Any, case: Case
) -> None:
    intake = Questionnaire.objects.newest_released().get(name="インテーク・アセスメントシート")
    with acting_as(here.actor):
        sheet = begin_assessment(by=here.actor, case=case, questionnaire=intake, on=dt.date(2026, 5, 2))
    fields: dict[str, Any] = {}
    for question in intake.questions.all():
        fields |= typed(question, {"income_self": "月に少し", "strengths": "絵"}.get(question.key, ""))
    answer = client.post(page_of(sheet), fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "数で入れてください" in page
    assert "月に少し" in page
    assert answers(here) == {"strengths": "絵"}
    income = intake.questions.get(key="income_self")
    alone = client.post(f"{page_of(sheet)}answers/{income.pk}/", typed(income, "月に少し"), **HTMX)
    assert "数で入れてください" in alone.content.decode()


@pytest.mark.parametrize("whole", [True, False])
def test_two_different_answers_at_once_stand_side_by_side_and_one_is_chosen(
    client: Any, here: Any, sheet: Assessment, words: Question, *, whole: bool
) -> None:
    said(here, sheet, words, "母は心配している")
    url = page_of(sheet) if whole else f"{page_of(sheet)}answers/{words.pk}/"
    rest: dict[str, Any] = {}
    for question in sheet.questionnaire.questions.exclude(pk=words.pk):
        rest |= typed(question, "")
    asked = typed(words, "父は怒っている", seen=0) | (rest if whole else {})
    page = client.post(url, asked, **({} if whole else HTMX)).content.decode()
    assert "母は心配している" in page
    assert "父は怒っている" in page
    assert "わたしの答えにする" in page
    assert answers(here) == {"family_words": "母は心配している"}
    client.post(url, asked | {f"q{words.pk.hex}-mine": "1"}, **({} if whole else HTMX))
    assert answers(here) == {"family_words": "父は怒っている"}


def test_a_finished_assessment_is_read_and_what_was_typed_into_it_is_given_back(
    client: Any, here: Any, sheet: Assessment, words: Question
) -> None:
    assert client.post(f"{page_of(sheet)}finish/").status_code == 302
    page = client.get(page_of(sheet)).content.decode()
    assert 'id="sheet"' not in page
    late = client.post(f"{page_of(sheet)}answers/{words.pk}/", typed(words, "書きかけ"), **HTMX).content.decode()
    assert "確定しています" in late
    fields: dict[str, Any] = {}
    for question in sheet.questionnaire.questions.all():
        fields |= typed(question, "書きかけの文" if question == words else "")
    answer = client.post(page_of(sheet), fields)
    assert answer.status_code == 422
    assert "書きかけの文" in answer.content.decode()
    assert answers(here) == {}


def test_a_sheet_that_lacks_what_must_be_looked_into_is_not_finished_and_says_what(
    client: Any, here: Any, case: Case
) -> None:
    intake = Questionnaire.objects.newest_released().get(name="インテーク・アセスメントシート")
    with acting_as(here.actor):
        sheet = begin_assessment(by=here.actor, case=case, questionnaire=intake, on=dt.date(2026, 5, 2))
    answer = client.post(f"{page_of(sheet)}finish/")
    assert answer.status_code == 422
    assert "「相談経路」「同居者」「健康状態」がまだです" in answer.content.decode()


def test_the_history_names_everybody_who_wrote(client: Any, here: Any, sheet: Assessment, words: Question) -> None:
    said(here, sheet, words, "はじめの答え")
    said(here, sheet, words, "あとの答え", seen=1)
    page = client.get(f"{page_of(sheet)}history/").content.decode()
    assert page.index("あとの答え") < page.index("はじめの答え")
    assert "相談 花子" in page


def test_two_assessments_stand_side_by_side_and_what_changed_is_marked(
    client: Any, here: Any, case: Case, sheet: Assessment, words: Question, living: Questionnaire
) -> None:
    said(here, sheet, words, "心配")
    with acting_as(here.actor):
        later = begin_assessment(by=here.actor, case=case, questionnaire=living, on=dt.date(2026, 6, 2))
    said(here, later, words, "少し楽になった")
    page = client.get(f"/cases/{case.number}/assessments/compare/").content.decode()
    assert "心配" in page
    assert "少し楽になった" in page
    assert page.count("compared-pair changed") == 1
    nonsense = client.get(f"/cases/{case.number}/assessments/compare/?left=x&right={sheet.pk}")
    assert nonsense.status_code == 200
    assert 'class="errors"' in nonsense.content.decode()


def test_what_changed_over_time_is_drawn(client: Any, here: Any, case: Case, living: Questionnaire) -> None:
    outing, calm = living.questions.get(key="outing"), living.questions.get(key="safety")
    for month, place in ((4, 7), (9, 5)):
        with acting_as(here.actor):
            made = begin_assessment(by=here.actor, case=case, questionnaire=living, on=dt.date(2026, month, 1))
        said(here, made, outing, outing.options[place])
        said(here, made, calm, calm.options[0])
    page = client.get(f"/cases/{case.number}/assessments/changes/").content.decode()
    assert page.count('<figure class="figure"') == 2
    assert "外出の状況：2026-04-01 8番目、2026-09-01 6番目" in page


def test_the_surveys_classes_are_shown_as_counting_and_nothing_else(
    client: Any, here: Any, case: Case, sheet: Assessment, living: Questionnaire
) -> None:
    outing = living.questions.get(key="outing")
    said(here, sheet, outing, outing.options[6])
    page = client.get(f"/cases/{case.number}/assessments/").content.decode()
    assert "狭義のひきこもり" in page
    assert "支援するかどうかとは関係がありません" in page


def test_a_step_back_is_recorded_on_its_page(client: Any, here: Any, case: Case) -> None:
    """000-15: a step back is recorded like any other and stays in the history."""
    with acting_as(here.actor):
        note_stage(by=here.actor, case=case, stage=Stage.objects.get(code="training"), on=dt.date(2026, 5, 3))
    url = f"/cases/{case.number}/assessments/stage/"
    assert client.post(url, {"stage": "support", "on": "2026-06-01", "note": "休みたい"}).status_code == 302
    page = client.get(f"/cases/{case.number}/assessments/").content.decode()
    assert "戻る" in page
    assert "休みたい" in page
    refused = client.post(url, {"stage": "support", "on": "2999-06-01", "note": "夢"})
    assert refused.status_code == 422
    assert "先の日付" in refused.content.decode()


def test_a_stranger_finds_no_page_of_it(there: Any, client_of: Any, sheet: Assessment, words: Question) -> None:
    stranger = client_of(there.staff)
    for tail in ("", "history/", f"answers/{words.pk}/"):
        assert stranger.get(f"{page_of(sheet)}{tail}").status_code == 404
    assert stranger.post(f"{page_of(sheet)}answers/{words.pk}/", typed(words, "x")).status_code == 404


def test_a_sheet_asks_the_database_as_often_however_much_is_answered(client: Any, here: Any, sheet: Assessment) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            client.get(page_of(sheet))
        return len(counted)

    queries()
    empty = queries()
    for question in sheet.questionnaire.questions.filter(form="scale"):
        said(here, sheet, question, question.options[0])
    assert queries() == empty <= 30
