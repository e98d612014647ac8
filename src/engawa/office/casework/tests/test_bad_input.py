"""What hands, keyboards and clocks do to the main forms: every word is kept, or given back with its reason."""

import datetime as dt
import html
from typing import Any

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.office.access.walls import acting_as
from engawa.office.casework.assessments.actions import begin_assessment
from engawa.office.casework.assessments.models import AssessmentAnswer
from engawa.office.casework.cases.models import Case
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.questionnaires.models import Questionnaire

pytestmark = pytest.mark.django_db
LONG = "あ" * 20_000
RARE = "葛󠄀城の辻󠄀さん 𠮷野家 👨‍👩‍👧‍👦🏳️‍🌈"
MARKUP = "<b>&amp;</b> '\"; DROP TABLE x;--"
CONTROL = "声\x00\x07\x1b"
LAST_MINUTE = dt.datetime(2026, 3, 31, 23, 59, 59, tzinfo=clock.JAPAN)


@pytest.fixture
def client(here: Any, client_of: Any) -> Any:
    return client_of(here.staff)


def kept_or_given_back(answer: Any, said: str, kept: list[str]) -> None:
    """Saved as typed, or refused with a reason beside what was typed; control characters have no sign on a page."""
    if answer.status_code == 302:
        assert [one.strip() for one in kept] == [said]
    else:
        page = answer.content.decode()
        assert answer.status_code == 422
        assert kept == []
        assert "残っています" in page
        assert html.escape(said.rstrip("\x00\x07\x1b")) in page


@pytest.mark.parametrize("said", ["", "　\n", LONG, RARE, MARKUP, CONTROL], ids=str.isprintable)
def test_any_words_for_a_new_case_a_plan_and_an_answer_are_kept_or_given_back(
    client: Client, here: Any, case: Case, said: str
) -> None:
    opened = client.post("/cases/new/", {"desk": here.desk.pk, "requester": "family", "complaint": said})
    with acting_as(here.actor):
        made = Case.objects.exclude(pk=case.pk)
        kept_or_given_back(opened, said.strip(), [one.complaint for one in made])

    sent = {"hope": said, "starts_on": "2026-04-01", "ends_on": "2026-09-30", "goal-0-words": "話したい"}
    written = client.post(f"/cases/{case.number}/plans/new/", sent)
    with acting_as(here.actor):
        kept_or_given_back(written, said.strip(), [one.hope for one in Plan.objects.all()])

    living = Questionnaire.objects.newest_released().get(name="くらしとつながり")
    question = living.questions.get(key="family_words")
    with acting_as(here.actor):
        sheet = begin_assessment(by=here.actor, case=case, questionnaire=living, on=dt.date(2026, 5, 2))
    prefix = f"q{question.pk.hex}"
    fields = {f"{prefix}-value": said, f"{prefix}-kind": "given", f"{prefix}-seen": "0"}
    answered = client.post(f"/cases/{case.number}/assessments/{sheet.pk}/", fields)
    with acting_as(here.actor):
        kept = [answer.printed for answer in AssessmentAnswer.objects.all()]
    assert answered.status_code in {302, 422}
    assert [one.strip() for one in kept] in ([], [said.strip()])
    assert kept or not said.strip() or html.escape(said.rstrip("\x00\x07\x1b")) in answered.content.decode()


@pytest.mark.parametrize("typed", [LONG[:2_000], RARE, MARKUP, CONTROL, "%", "　"], ids=str.isprintable)
def test_any_words_may_be_searched_for(client: Client, case: Case, typed: str) -> None:
    for page in ("/search/", "/cases/", "/desk/"):
        assert client.get(page, {"q": typed}).status_code == 200, page


def test_an_address_that_no_hand_has_typed_is_refused_in_words(client: Client) -> None:
    answer = client.get("/cases/E-2026-%00/")
    assert answer.status_code == 400
    assert "何も保存していません" in answer.content.decode()


def test_a_case_opened_as_the_fiscal_year_changes_belongs_to_the_day_that_its_page_showed(
    client: Client, here: Any
) -> None:
    """A page opened on 31 March and sent a second later, on 1 April, says the day that its writer saw."""
    form = {"desk": here.desk.pk, "requester": "family", "complaint": "部屋から出ない"}

    def shown() -> dict[str, str]:
        return {"received_on": str(client.get("/cases/new/").context["form"]["received_on"].value())}

    with clock.standing_at(LAST_MINUTE):
        before = shown()
        assert client.post("/cases/new/", form | before).status_code == 302
    with clock.standing_at(LAST_MINUTE + dt.timedelta(seconds=1)):
        assert client.post("/cases/new/", form | shown()).status_code == 302
        assert client.post("/cases/new/", form | before).status_code == 302
    with acting_as(here.actor):
        made = sorted((one.number, str(one.received_on)) for one in Case.objects.all())
    assert made == [
        ("E-2025-00001", "2026-03-31"),
        ("E-2025-00002", "2026-03-31"),
        ("E-2026-00001", "2026-04-01"),
    ]
