"""Somebody gets their own records, with others masked and each record looked at."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.erasures import all_erasures
from engawa.office.casework.cases.models import Case
from engawa.office.casework.documents.models import Document, DocumentKind
from engawa.office.casework.households.models import Household, Member, Need
from engawa.office.casework.people.models import OtherAddress, OtherName, Person
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.casework.retention.disclosure import Record, records_of
from engawa.office.casework.retention.given import GIVEN, LEFT_OUT
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.directory.models import Desk
from engawa.office.questionnaires.models import Question, Questionnaire
from engawa.office.talks.models import Message, Talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(desk_organisation: Organisation) -> Case:
    with acting_as(COMMAND):
        desk = Desk.objects.create(name="窓口", organisation=desk_organisation)
        case = open_case(
            by=COMMAND, desk=desk, requester="family", name="山田 太郎", complaint="花子さんが心配している"
        )
        household = Household.objects.create(name="")
        Member.objects.create(household=household, called="母", name="山田 花子")
        Case.objects.filter(pk=case.pk).update(household=household)
        said = {"on": clock.today(), "method": "phone", "counterpart": "family"}
        record_contact(by=COMMAND, case=case, content="山田花子さんの病名を聞いた", **said)
        record_contact(by=COMMAND, case=case, content="太郎さんは絵を描く", **said)
        case.refresh_from_db()
    return case


def test_every_record_is_shown_masked_and_goes_out_as_staff_chose(
    case: Case, supervisor: Staff, client_of: Callable[[Staff], Client]
) -> None:
    browser, url = client_of(supervisor), f"/cases/{case.number}/kept/disclosure/"
    page = browser.get(url).content.decode()
    assert "【母】さんが心配している" in page
    with acting_as(COMMAND):
        secret = next(one.key for one in records_of(case) if "病名" in str(one.written))
    assert browser.post(url, {"asker": ""}).status_code == 422
    answer = browser.post(url, {"asker": "本人", "withheld": [secret]})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        said = json.loads(packed.read("disclosure.json"))
        shown = packed.read("disclosure.html").decode()
    for words in (json.dumps(said, ensure_ascii=False), shown):
        assert "太郎さんは絵を描く" in words
        assert "花子" not in words
        assert "病名" not in words
    assert "この記録はお渡しできません" in shown
    with acting_as(COMMAND):
        assert Entry.objects.get(deed="casework.disclose").detail["withheld"] == 2  # and what is known of the mother


def told(case: Case, actor: Any) -> dict[str, Record]:
    """What goes out by itself or is in doubt, by what is written."""
    with acting_as(actor):
        return {str(one.written): one for one in records_of(case)}


def of(records: dict[str, Record], words: str) -> Record:
    return next(one for written, one in records.items() if words in written)


def test_others_are_masked_by_what_they_are_called_in_their_own_cases_too(case: Case, supervisor: Staff) -> None:
    """A member who is another case's 本人 has the name there, also where the reader does not see that case."""
    with acting_as(COMMAND):
        names = {"name": "山田 花子", "reading": "やまだ はなこ", "nickname": "ハナッコ"}
        person = Person.objects.create(**names)
        OtherName.objects.create(person=person, kind="former", name="旧野 花子")
        OtherName.objects.create(person=person, kind="secret", name="避難 葉月", organisation=case.organisation)
        Member.objects.filter(household=case.household_id).update(name="", person=person)
        said = "旧野さん、ハナッコ、はなちゃん、花子さんと、避難先で"
        Case.objects.filter(pk=case.pk).update(complaint=said)
        case.refresh_from_db()
        masked = dict(of(told(case, COMMAND), "避難先で").masked)["主訴"]
    assert masked == "【母】さん、【母】、【母】ちゃん、【母】さんと、避難先で"


def test_what_is_about_others_or_secret_goes_out_only_when_staff_say_so(
    case: Case, supervisor: Staff, client_of: Callable[[Staff], Client]
) -> None:
    with acting_as(COMMAND):
        mother = Member.objects.get(household=case.household_id)
        Member.objects.filter(pk=mother.pk).update(whereabouts="母の居場所")
        own = Member.objects.create(household=case.household, person=case.person, note="本人のメモ")
        Case.objects.filter(pk=case.pk).update(member=own)
        about = {"household": case.household, "noted_on": clock.today()}
        for member, words in ((mother, "母の課題"), (own, "本人の課題"), (None, "世帯の課題")):
            Need.objects.create(member=member, words=words, **about)
        kept = {"person": case.person, "organisation": case.organisation}
        OtherAddress.objects.create(kind="secret", address="秘匿の住所", **kept)
        OtherAddress.objects.create(person=case.person, kind="home", address="実家の住所")
        for requester, words in (("family", "母のことば"), ("self", "本人のことば")):
            facts = {"desk": case.desk, "organisation": case.organisation, "requester": requester}
            days = {"opened_at": clock.now(), "last_word_at": clock.now()}
            talk = Talk.objects.create(kind="call", case_id=case.pk, **facts, **days)
            said = {"direction": "in", "said_at": clock.now(), "body": words, "folded": "カクシタコトバ"}
            Message.objects.create(id=uuid7(), talk=talk, **said)
        case.refresh_from_db()
    records = told(case, COMMAND)
    away = ["母の居場所", "母の課題", "秘匿の住所", "母のことば"]
    assert [words for words in away if not of(records, words).doubt] == []
    out = ["本人のメモ", "本人の課題", "世帯の課題", "実家の住所", "本人のことば"]
    assert [words for words in out if of(records, words).doubt] == []
    browser, url = client_of(supervisor), f"/cases/{case.number}/kept/disclosure/"
    assert "選ばないかぎり出ません" in browser.get(url).content.decode()
    given = opened(browser.post(url, {"asker": "本人", "masked": [of(records, "母の課題").key]}))
    assert [words for words in [*out, *away, "カクシタコトバ"] if words in given] == [*out, "母の課題"]
    whole = opened(browser.post(url, {"asker": "本人", "whole": [of(records, "秘匿の住所").key]}))
    assert [words for words in away if words in whole] == ["秘匿の住所"]


def opened(answer: Any) -> str:
    """Everything that the file says."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return packed.read("disclosure.json").decode() + packed.read("disclosure.html").decode()


def test_page_and_file_say_what_is_not_in_them(
    case: Case, supervisor: Staff, client_of: Callable[[Staff], Client]
) -> None:
    """Documents by their titles, what only professionals see by its number, and plans whole."""
    with acting_as(COMMAND):
        kind = DocumentKind.objects.earliest("position")
        Document.objects.create(case=case, kind=kind, title="主治医の意見書", sealed_key=b"key", key_id="1")
        days = {"made_on": clock.today(), "written_at": clock.now()}
        Plan.objects.create(case=case, whose="self", number=1, aim="朝の散歩", **days)
        sheet = Questionnaire.objects.create(kind="assessment", name="六軸", version=7)
        given = Assessment.objects.create(case=case, questionnaire=sheet, on=clock.today())
        for position, professional in enumerate((True, False)):
            asked = {"questionnaire": sheet, "position": position, "form": "text", "professional": professional}
            question = Question.objects.create(text=f"問{position}", **asked)
            said = {"question": question, "professional": professional, "note": f"答え{position}", "source": "self"}
            AssessmentAnswer.objects.create(case=case, assessment=given, said_at=clock.now(), **said)
    browser, url = client_of(supervisor), f"/cases/{case.number}/kept/disclosure/"
    page = browser.get(url).content.decode()
    for words in (page, opened(browser.post(url, {"asker": "本人"}))):
        assert "専門職の記録 1件" in words or '"専門職の記録",\n   "count": 1' in words
        assert "主治医の意見書" in words
        assert "題名だけ" in words
        assert "朝の散歩" in words
        assert "答え1" in words
        assert "答え0" not in words


def test_every_record_that_is_erased_with_a_case_is_given_out_or_named_as_left_out() -> None:
    """Nothing is left out in silence, whatever package it belongs to."""
    personal = {part.keeping.model: bool(part.label) for part in all_erasures() if part.keeping.personal}
    assert {model for model, above in personal.items() if not above} == {*GIVEN, *LEFT_OUT}
    assert GIVEN.keys() & LEFT_OUT.keys() == set()
