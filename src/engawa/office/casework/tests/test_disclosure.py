"""Somebody gets their own records, with others masked and each record looked at."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
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
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.casework.people.models import OtherAddress, OtherName, OtherReach, Person
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.casework.retention.disclosure import Record, records_of
from engawa.office.casework.retention.given import GIVEN, LEFT_OUT
from engawa.office.casework.retention.models import Disclosure
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


Browser = Callable[[Staff], Client]


def begun(client_of: Browser, case: Case, staff: Staff) -> tuple[Client, str]:
    """Somebody's browser, and the page on which they prepare a disclosure."""
    browser = client_of(staff)
    url = f"/cases/{case.number}/kept/disclosure/"
    assert browser.post(url, {"asker": ""}).status_code == 422
    return browser, str(browser.post(url, {"asker": "山田 太郎"}).url)


def test_one_prepares_and_another_approves_what_then_goes_out(
    case: Case, counsellor: Staff, supervisor: Staff, client_of: Browser
) -> None:
    """Standards §4: one person's records with others masked; two people, on record, as paper and as data."""
    browser, url = begun(client_of, case, counsellor)
    page = browser.get(url).content.decode()
    assert "【母】さんが心配している" in page
    with acting_as(COMMAND):
        secret = next(one.key for one in records_of(case) if "病名" in str(one.written))
    assert browser.post(url, {"withheld": [secret], "submit": "1"}).url == url
    assert browser.get(f"{url}pdf/").status_code == 404
    waits = browser.get(url).content.decode()
    assert "準備した人は承認できません" in waits
    assert 'name="approve"' not in waits
    second = client_of(supervisor)
    read = second.get(url)
    assert "太郎さんは絵を描く" in read.content.decode()
    assert "病名" not in read.content.decode()
    seen = {"seen": read.context["form"]["seen"].value()}
    assert second.post(f"{url}settle/", seen | {"approve": "1"}).url == url
    words = opened(second.get(f"{url}zip/"))
    assert "太郎さんは絵を描く" in words
    assert "この記録はお渡しできません" in words
    assert "花子" not in words
    assert "病名" not in words
    with acting_as(COMMAND):
        kept = Disclosure.objects.get()
        deeds = list(Entry.objects.filter(case_id=case.pk, deed__contains="disclos").values_list("deed", flat=True))
    assert (kept.prepared_by, kept.approved_by) == (counsellor, supervisor)
    for deed in ("begin_disclosure", "submit_disclosure", "approve_disclosure", "disclose"):
        assert f"casework.{deed}" in deeds


@pytest.fixture
def join(desk_organisation: Organisation) -> Callable[[str], Staff]:
    """Somebody more who works where the case is held."""

    def joined(role: str) -> Staff:
        with acting_as(COMMAND):
            staff = Staff.objects.create(email=f"{role}-2@example.org", name=f"二人目の{role}")
            staff.memberships.create(organisation=desk_organisation, role=role, starts_on=dt.date(2020, 4, 1))
        return staff

    return joined


def leave(*leaving: Staff) -> None:
    with acting_as(COMMAND):
        for staff in leaving:
            staff.memberships.update(ends_on=clock.today() - dt.timedelta(days=1))


def test_the_second_person_is_a_supervisor_or_else_a_coordinator_or_else_a_colleague(
    case: Case, counsellor: Staff, colleague: Staff, supervisor: Staff, join: Callable[[str], Staff],
    client_of: Browser,
) -> None:  # fmt: skip
    """Two people always; where there is no supervisor, the page names who may be the second one."""
    browser, url = begun(client_of, case, counsellor)
    browser.post(url, {"submit": "1"})
    coordinator = join("coordinator")
    seen = {"seen": browser.get(url).context["form"]["seen"].value()}
    assert [staff.name for staff in browser.get(url).context["approvers"]] == [supervisor.name]
    assert client_of(coordinator).post(f"{url}settle/", seen | {"approve": "1"}).status_code == 404
    leave(supervisor)
    page = browser.get(url)
    assert page.context["approvers"] == [coordinator]
    assert coordinator.name in page.content.decode()
    with acting_as(COMMAND):
        Staff.objects.filter(pk=coordinator.pk).update(is_active=False)
    assert browser.get(url).context["approvers"] == [colleague]
    assert browser.post(f"{url}settle/", seen | {"approve": "1"}).status_code == 422
    assert client_of(colleague).post(f"{url}settle/", seen | {"approve": "1"}).url == url
    with acting_as(COMMAND):
        assert Disclosure.objects.get().approved_by == colleague


def test_whoever_works_alone_is_told_that_a_second_person_is_missing(
    case: Case, counsellor: Staff, colleague: Staff, supervisor: Staff, client_of: Browser
) -> None:
    browser, url = begun(client_of, case, counsellor)
    browser.post(url, {"submit": "1"})
    leave(colleague, supervisor)
    page = browser.get(url)
    assert "承認できる人が、まだいません" in page.content.decode()
    seen = {"seen": page.context["form"]["seen"].value(), "approve": "1"}
    assert browser.post(f"{url}settle/", seen).status_code == 422


def test_the_same_person_approves_nothing_not_even_a_supervisor(
    case: Case, supervisor: Staff, counsellor: Staff, join: Callable[[str], Staff], client_of: Browser
) -> None:
    join("supervisor")
    browser, url = begun(client_of, case, supervisor)
    browser.post(url, {"submit": "1"})
    seen = {"seen": browser.get(url).context["form"]["seen"].value()}
    refused = browser.post(f"{url}settle/", seen | {"approve": "1"})
    assert refused.status_code == 422
    assert "準備した人は承認できません" in refused.content.decode()
    other = client_of(counsellor)
    assert other.post(f"{url}settle/", seen | {"approve": "1"}).status_code == 404
    with acting_as(COMMAND), pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.update(approved_by=supervisor)
    assert browser.get(f"{url}pdf/").status_code == 404


@pytest.mark.slow
def test_what_was_handed_in_anew_since_it_was_read_is_not_approved_and_later_records_stay_out(
    case: Case, counsellor: Staff, supervisor: Staff, client_of: Browser
) -> None:
    browser, url = begun(client_of, case, counsellor)
    browser.post(url, {"submit": "1"})
    second = client_of(supervisor)
    seen = {"seen": second.get(url).context["form"]["seen"].value()}
    unsaid = second.post(f"{url}settle/", seen | {"return": "1", "words": " "})
    assert "どこを直すとよいか書いてください" in unsaid.content.decode()
    assert second.post(f"{url}settle/", seen | {"return": "1", "words": "二件目をもう一度"}).url == url
    assert "二件目をもう一度" in browser.get(url).content.decode()
    browser.post(url, {"submit": "1"})
    late = second.post(f"{url}settle/", seen | {"approve": "1"})
    assert late.status_code == 422
    assert "準備しなおされました" in late.content.decode()
    with acting_as(COMMAND):
        said = {"on": clock.today(), "method": "phone", "counterpart": "self"}
        record_contact(by=COMMAND, case=case, content="あとから書いた", **said)
    fresh = {"seen": second.get(url).context["form"]["seen"].value()}
    assert second.post(f"{url}settle/", fresh | {"approve": "1"}).url == url
    assert "あとから書いた" not in opened(second.get(f"{url}zip/"))


@pytest.mark.slow
def test_a_passage_is_masked_by_hand_everywhere_with_a_reason_and_can_be_given_back(
    case: Case, counsellor: Staff, supervisor: Staff, client_of: Browser
) -> None:
    browser, url = begun(client_of, case, counsellor)
    told = {"words": "絵を描く", "reason": "作品の名がわかる"}
    short = browser.post(url, {"strike": "1", "words": "絵", "reason": "作品"})
    assert "2文字以上" in short.content.decode()
    bare = browser.post(url, {"strike": "1", "words": "絵を描く", "reason": ""})
    assert bare.status_code == 422
    assert 'value="絵を描く"' in bare.content.decode()
    assert browser.post(url, told | {"strike": "1"}).url == url
    page = browser.get(url).content.decode()
    assert "太郎さんは【伏せました】" in page
    assert "太郎さんは絵を描く" not in page
    assert "もう伏せています" in browser.post(url, told | {"strike": "1"}).content.decode()
    browser.post(url, {"unstrike": "絵を描く"})
    assert "太郎さんは絵を描く" in browser.get(url).content.decode()
    browser.post(url, told | {"strike": "1"})
    with acting_as(COMMAND):
        drawing = next(one.key for one in records_of(case) if "絵を描く" in str(one.written))
    browser.post(url, {"whole": [drawing], "submit": "1"})
    words = opened(passed(client_of(supervisor), url))
    assert "太郎さんは【伏せました】" in words
    assert "作品の名がわかる" in words
    assert "絵を描く" not in words


def passed(second: Client, url: str, form: str = "zip") -> Any:
    """The file, after the second person has approved it."""
    seen = {"seen": second.get(url).context["form"]["seen"].value()}
    assert second.post(f"{url}settle/", seen | {"approve": "1"}).url == url
    return second.get(f"{url}{form}/")


def test_the_paper_says_what_was_masked_and_that_somebody_must_read_it(
    case: Case, counsellor: Staff, supervisor: Staff, client_of: Browser
) -> None:
    browser, url = begun(client_of, case, counsellor)
    browser.post(url, {"submit": "1"})
    answer = passed(client_of(supervisor), url, "pdf")
    assert answer["Content-Type"] == "application/pdf"
    pdf = pypdfium2.PdfDocument(answer.content)
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    assert "職員が次の紙をはじめから終わりまで読んでください" in pages[0].replace("\r\n", "")
    assert supervisor.name in pages[0]
    paper = "".join(pages[1:])
    assert "【母】" in paper
    assert "太郎さんは絵を描く" in paper
    assert "花子" not in "".join(pages)
    assert supervisor.name not in paper


def test_another_can_begin_only_when_the_one_under_way_has_ended(
    case: Case, counsellor: Staff, colleague: Staff, client_of: Browser
) -> None:
    browser, url = begun(client_of, case, counsellor)
    other = client_of(colleague)
    again = other.post(f"/cases/{case.number}/kept/disclosure/", {"asker": "山田 太郎"})
    assert "すでに準備中か承認待ちです" in again.content.decode()
    assert "準備した人が承認を求めると" in other.get(url).content.decode()
    assert browser.post(f"{url}settle/", {"end": "1"}).url == f"/cases/{case.number}/kept/disclosure/"
    assert other.post(f"/cases/{case.number}/kept/disclosure/", {"asker": "山田 太郎"}).status_code == 302
    with acting_as(COMMAND):
        assert Disclosure.objects.filter(state="given_up", content={}, struck=[]).count() == 1


def test_everybody_else_who_is_named_in_the_case_is_masked_too(
    case: Case, ward: Organisation, companion: Staff
) -> None:
    """Workers of agencies, staff elsewhere, friends, kin of other cases; their numbers and addresses."""
    with acting_as(COMMAND):
        since = {"since": clock.today()}
        Agency.objects.create(
            case=case, name="北診療所", contact_person="佐藤（看護師）", phone="075-111-2222", **since
        )
        Agency.objects.create(case=case, organisation=ward, **since)
        Tie.objects.create(case=case, name="友人の木村さん")
        sister = Person.objects.create(name="山田 桃子", reading="やまだ ももこ", address="左京区岡崎町9-8-7")
        OtherName.objects.create(person=sister, kind="former", name="西川 桃子")
        Case.objects.filter(pk=case.pk).update(
            complaint=f"佐藤さんと木村さん、西川さん、桃子、{companion.name}、電話は075-333-4444、左京区岡崎町９－８－７。"
        )
        desk = {"desk": case.desk, "requester": "self"}
        hers = open_case(by=COMMAND, **desk)
        Case.objects.filter(pk=hers.pk).update(person=sister, household=case.household)
        case.refresh_from_db()
    masked = dict(of(told(case, COMMAND), "佐藤さんと").masked)["主訴"]
    assert masked == (
        "【関係機関の人】さんと【ほかの人】さん、【家族】さん、【家族】、【ほかの機関の職員】、"
        "電話は【電話番号】、【ほかの人の住所】。"
    )


def told(case: Case, actor: Any) -> dict[str, Record]:
    """What goes out by itself or is in doubt, by what is written."""
    with acting_as(actor):
        return {str(one.written): one for one in records_of(case)}


def of(records: dict[str, Record], words: str) -> Record:
    return next(one for written, one in records.items() if words in written)


def test_others_are_masked_by_what_they_are_called_in_their_own_cases_too(case: Case) -> None:
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


def test_what_was_a_secret_name_or_address_of_others_before_is_masked_with_what_its_notes_tell(case: Case) -> None:
    """standards 4.1: corrected or struck since; other words of the notes stay where they are said."""
    with acting_as(COMMAND):
        person = Person.objects.create(name="山田 花子")
        Member.objects.filter(household=case.household_id).update(name="", person=person)
        kept = {"person": person, "kind": "secret", "organisation": case.organisation}
        name = OtherName.objects.create(**kept, name="避難 葉月", note="はづきの家で、夜だけ")
        OtherName.objects.filter(pk=name.pk).update(name="冬木 れい", note="LINEは fuyuki_r")
        OtherName.objects.filter(pk=name.pk).delete()
        line = OtherReach.objects.create(**kept, reach="090-1", note="Skypeは yuki_k")
        OtherReach.objects.filter(pk=line.pk).update(note="")
        place = OtherAddress.objects.create(**kept, address="綾部市別所3", note="裏口は岡本さん")
        OtherAddress.objects.filter(pk=place.pk).update(address="福知山市隠町2", note="")
        said = (
            "避難葉月、冬木 れい、綾部市別所3、福知山市隠町2、はづきの家、fuyuki_r、yuki_k、岡本さん、LINEで夜だけ裏口"
        )
        Case.objects.filter(pk=case.pk).update(complaint=said)
        case.refresh_from_db()
        masked = dict(of(told(case, COMMAND), "夜だけ裏口").masked)["主訴"]
    roles = ["母", "母", *["ほかの人の住所"] * 3, *["ほかの人の連絡先"] * 2, "ほかの人"]
    assert masked == "、".join(f"【{role}】" for role in roles) + "さん、LINEで夜だけ裏口"


def test_what_is_about_others_or_secret_goes_out_only_when_staff_say_so(
    case: Case, counsellor: Staff, supervisor: Staff, client_of: Browser
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
        OtherReach.objects.create(person=case.person, kind="mail", reach="mine@example.jp")
        OtherReach.objects.create(person=case.person, kind="through", reach="090-9999-8888", note="母の携帯")
        _reception(case, visitor_name="田中 梅子", visitor_phone="075-222-3333", words="田中さんが来た")
        for requester, words in (("family", "母のことば"), ("self", "本人のことば")):
            facts = {"desk": case.desk, "organisation": case.organisation, "requester": requester}
            days = {"opened_at": clock.now(), "last_word_at": clock.now()}
            talk = Talk.objects.create(kind="call", case_id=case.pk, **facts, **days)
            said = {"direction": "in", "said_at": clock.now(), "body": words, "folded": "カクシタコトバ"}
            Message.objects.create(id=uuid7(), talk=talk, **said)
        case.refresh_from_db()
    records = told(case, COMMAND)
    away = ["母の居場所", "母の課題", "秘匿の住所", "母のことば", "田中 梅子", "075-222-3333"]
    assert [words for words in away if not of(records, words).doubt] == []
    out = ["本人のメモ", "本人の課題", "世帯の課題", "実家の住所", "本人のことば", "mine@example.jp"]
    assert [words for words in out if of(records, words).doubt] == []
    browser, url = begun(client_of, case, counsellor)
    assert "選ばないかぎり出ません" in browser.get(url).content.decode()
    picked = {"masked": [of(records, "母の課題").key], "whole": [of(records, "秘匿の住所").key]}
    browser.post(url, picked | {"submit": "1"})
    given = opened(passed(client_of(supervisor), url))
    away += ["カクシタコトバ", "090-9999-8888", "田中さん"]
    assert [words for words in [*out, *away] if words in given] == [*out, "母の課題", "秘匿の住所"]
    assert "【来談した人】さんが来た" in given
    assert "母の携帯" in given


def _reception(case: Case, **said: str) -> None:
    """What somebody who came in the person's place said of themselves."""
    form = Questionnaire.objects.get(name="相談受付・申込票")
    sheet = Assessment.objects.create(case=case, questionnaire=form, on=clock.today())
    for question in form.questions.filter(key__in=said):
        given = {"question": question, "chosen": [said[question.key]], "said_at": clock.now()}
        AssessmentAnswer.objects.create(case=case, assessment=sheet, **given)


def opened(answer: Any) -> str:
    """Everything that the file says."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return packed.read("disclosure.json").decode() + packed.read("disclosure.html").decode()


def test_page_and_file_say_what_is_not_in_them(
    case: Case, counsellor: Staff, supervisor: Staff, client_of: Browser
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
    browser, url = begun(client_of, case, counsellor)
    page = browser.get(url).content.decode()
    browser.post(url, {"submit": "1"})
    for words in (page, opened(passed(client_of(supervisor), url))):
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
