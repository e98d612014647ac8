"""Forms out: what the offices know, with eras on paper, as PDF and Excel; every file is noted."""

import datetime as dt
import io
from typing import Any
from urllib.parse import unquote

import openpyxl
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engawa.kernel import clock, wareki
from engawa.office.access import actions as rights
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Staff
from engawa.office.access.parts import Part
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.assessments.actions import answer_question, begin_assessment
from engawa.office.casework.assessments.models import Assessment
from engawa.office.casework.assessments.queries import assessment_in
from engawa.office.casework.cases.actions import edit_facts, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.actions import record_consent
from engawa.office.casework.consents.queries import texts_of
from engawa.office.casework.identity.actions import keep_reach
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.maps.actions.team import join_team
from engawa.office.casework.papers.queries import maps, sheets
from engawa.office.casework.papers.queries.heads import compared
from engawa.office.casework.papers.queries.lists import cases_paper, course_paper
from engawa.office.casework.papers.queries.plans import evaluation_paper, plan_paper
from engawa.office.casework.papers.rules import Paper, age_on, hours
from engawa.office.casework.plans.actions.following import evaluate
from engawa.office.casework.plans.actions.writing import Content, GoalSaid, StepSaid, begin_plan, draft_plan
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.casework.plans.queries.plans import plan_in
from engawa.office.casework.tests.conftest import House
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.casework.views import papers as views
from engawa.office.questionnaires.actions import Comparison, check_against_original, check_form
from engawa.office.questionnaires.models import NationalForm, Questionnaire
from engawa.office.questionnaires.rules import Said

pytestmark = pytest.mark.django_db
TODAY = clock.today()
YESTERDAY = TODAY - dt.timedelta(days=1)
LATER = TODAY + dt.timedelta(days=180)
WORDS = "家で、だれかと話しながら働きたい #x *y* $z$"
FILES = ("course", "family", "support", "plans/{plan}", "evaluations/{plan}", "assessments/{sheet}", "sets/{set}")


@pytest.fixture
def client(here: House, client_of: Any) -> Any:
    return client_of(here.staff)


def planned(here: House, case: Case) -> Plan:
    said = Content([GoalSaid(WORDS, steps=[StepSaid("昼までに起きてみる", level="daily")])], reviews=[LATER])
    made = draft_plan(by=here.actor, case=case, content=said, starts_on=TODAY, ends_on=LATER)
    return begin_plan(by=here.actor, plan=made)


@pytest.fixture
def plan(here: House, case: Case) -> Plan:
    """In force, in a case whose person has a rare name."""
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, name="葛󠄀城 薫", reading="かつらぎ かおる")
        return planned(here, case)


@pytest.fixture
def reception() -> Questionnaire:
    return Questionnaire.objects.newest_released().get(name=sheets.RECEPTION)


@pytest.fixture
def sheet(here: House, case: Case, reception: Questionnaire) -> Assessment:
    """A reception with the topics that a mother named."""
    with acting_as(here.actor):
        made = begin_assessment(by=here.actor, case=case, questionnaire=reception, on=TODAY)
        topics = reception.questions.get(key="topics")
        said = Said(chosen=("住まい", "家族との関係"), primary="家族との関係", source="family")
        answer_question(by=here.actor, assessment=made, question=topics, said=said, seen=0)
        return made


def text_of(paper: Paper) -> str:
    cells = [cell for section in paper.sections for row in section.rows for cell in row]
    head = [value for line in paper.head for value in line]
    return "\n".join([paper.title, *head, *(section.title for section in paper.sections), *cells, paper.note])


def cells_of(content: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def noted(deed: str = "casework.print") -> list[str]:
    with acting_as(COMMAND):
        return list(Entry.objects.filter(deed=deed, reading=True).values_list("subject", flat=True))


def test_the_plan_on_paper_says_days_in_eras_and_goals_in_the_persons_words(
    here: House, case: Case, plan: Plan
) -> None:
    """X-08, 000-07: 和暦 on paper, rare characters as written."""
    with acting_as(here.actor):
        text = text_of(plan_paper(plan_in(Case.objects.get(), plan.pk)))
    for words in ("葛󠄀城 薫", WORDS, "日常生活", wareki.write_date(TODAY), wareki.write_date(LATER), "まだ聞いていない"):
        assert words in text, words
    assert TODAY.isoformat() not in text


@pytest.mark.parametrize(
    ("begins", "minutes", "said"),
    [
        (None, 50, ""),
        (dt.time(14), None, "14:00"),
        (dt.time(14), 0, "14:00"),
        (dt.time(14), 50, "14:00～14:50"),
        (dt.time(0), 1440, "00:00～翌00:00"),
    ],
)
def test_a_contact_on_paper_says_from_when_until_when_as_far_as_it_is_known(
    begins: dt.time | None, minutes: int | None, said: str
) -> None:
    """Standards §1.4: form 3, start and end."""
    assert hours(begins, minutes) == said


def test_the_course_on_paper_names_everybody_who_was_there_and_the_list_when_a_plan_is_to_be_evaluated(
    here: House, case: Case, plan: Plan
) -> None:
    """Standards §1.4: forms 3 and 4."""
    with acting_as(here.actor):
        said: Any = {"method": "visit", "counterpart": "self", "also_with": ["family", "other"]}
        said |= {"at": dt.time(23, 20), "minutes": 50}
        record_contact(by=here.actor, case=case, on=TODAY, content="玄関で", **said)
        shown = Case.objects.get(pk=case.pk)
        (course,), (listed,) = course_paper(shown).sections, cases_paper([shown]).sections
    assert "訪問・本人・家族・親族・その他" in [row[1] for row in course.rows]
    assert f"{wareki.write_date(TODAY)}\n23:20～翌00:10" in [row[0] for row in course.rows]
    due = listed.columns.index("評価予定")
    assert [row[due] for row in listed.rows] == [wareki.write_date(LATER)]


def test_the_evaluation_on_paper_names_changes_and_result(here: House, case: Case, plan: Plan) -> None:
    with acting_as(here.actor):
        outcomes = {plan.goals.get().pk: ("closer", "少しだけ")}
        evaluate(by=here.actor, plan=plan, on=TODAY, result="again", outcomes=outcomes, changes=["mind"])
        shown = plan_in(case, plan.pk)
        text = text_of(evaluation_paper(shown, shown.evaluation))
    for words in ("近づいた", "少しだけ", "■ 精神の安定", "□ 孤立の解消", "再プランして継続", "再現版・未確認"):
        assert words in text, words


def test_plan_and_evaluation_say_on_page_and_paper_that_nobody_compared_them_until_somebody_has(
    here: House, case: Case, plan: Plan, manager: Staff, client: Client, actor_of: Any
) -> None:
    """Standards §1: forms 3 to 6 are reconstructions, and marked so until checked."""
    browser, mark = client, "再現版・未確認"
    pages = [
        f"/cases/{case.number}/{page}" for page in ("papers/", f"plans/{plan.pk}/", f"plans/{plan.pk}/evaluation/")
    ]
    assert [page for page in pages if mark not in browser.get(page).content.decode()] == []
    with acting_as(here.actor):
        before = [paper.note for paper in compared("plan", [plan_paper(plan)])]
        for form in NationalForm.objects.all():
            check_form(by=actor_of(manager), form=form, said=Comparison(TODAY, "様式集 令和5年版", fits=True))
        after = [paper.note for paper in compared("plan", [plan_paper(plan)])]
    assert all(mark in note for note in before)
    assert all(mark not in note and "様式集 令和5年版と照合" in note for note in after)
    assert [page for page in pages[1:] if mark in browser.get(page).content.decode()] == []


def test_the_reception_on_paper_has_every_box_what_is_known_and_says_that_it_is_a_reconstruction(
    here: House, case: Case, plan: Plan, sheet: Assessment
) -> None:
    """What is typed once is carried to every sheet."""
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, phone="075-123-4567")
        for kind, reach, message in (
            ("mobile", "090-1111-2222", "no"),
            ("mail", "k@example.jp", ""),
            ("secret", "080-9", ""),
        ):
            keep_reach(by=here.actor, case=case, kind=kind, reach=reach, message=message)
        keep_reach(by=here.actor, case=case, kind="home", reach="075-999-9999", ends_on=YESTERDAY)
        paper = sheets.sheet_paper(here.actor, assessment_in(Case.objects.get(), sheet.pk))
    head = dict(paper.head)
    assert head["電話"] == "075-123-4567\n090-1111-2222（携帯電話、伝言しない）"
    assert head["E-mail"] == "k@example.jp"
    text = text_of(paper)
    topics = "□ 病気や健康、障害　■ 住まい　□ 収入・生活費"
    for words in ("葛󠄀城 薫", "かつらぎ かおる", topics, "◎ 家族との関係", "再現版・未確認", wareki.write_date(TODAY)):
        assert words in text, words
    assert paper.agreement == sheets.APPLICATION


def test_a_set_that_was_compared_says_on_paper_when_and_with_what(
    here: House, case: Case, sheet: Assessment, manager: Staff, actor_of: Any
) -> None:
    """Decision 19: the mark goes, and what took it away stands in its place."""
    with acting_as(here.actor):
        made = sheet.questionnaire
        check_against_original(by=actor_of(manager), questionnaire=made, on=TODAY, against="様式集 令和5年版")
        notes = [
            sheets.sheet_paper(here.actor, assessment_in(Case.objects.get(), sheet.pk)).note,
            sheets.empty_paper(here.actor, case, Questionnaire.objects.get(pk=made.pk)).note,
        ]
    assert notes == [f"{made.source}　{wareki.write_date(TODAY)} 様式集 令和5年版と照合"] * 2


def test_a_consent_in_force_stands_on_the_reception_in_place_of_the_signature(
    here: House, case: Case, sheet: Assessment
) -> None:
    with acting_as(here.actor):
        text = next(text for text in texts_of(case.organisation_id) if text.code == "sharing")
        said: Any = {"giver": "family", "giver_name": "母", "way": "word", "given_on": TODAY, "ends_on": LATER}
        said |= {"purposes": ["introduction"], "parts": ["plans"], "note": ""}
        record_consent(by=here.actor, case=case, text=text, agencies=["薬局"], **said)
        paper = sheets.sheet_paper(here.actor, sheet)
    assert paper.agreement == ""
    for words in ("家族・親族　母（口頭）", "共有する機関：薬局", f"期限：{wareki.write_date(LATER)}"):
        assert words in text_of(paper), words


def test_an_empty_case_gives_a_sheet_to_fill_by_hand_and_both_maps(
    here: House, case: Case, reception: Questionnaire
) -> None:
    """002-26: a nameless person of whom nothing is known is no hindrance."""
    with acting_as(here.actor):
        paper = sheets.empty_paper(here.actor, case, reception)
        family, support = maps.family_paper(here.actor, case), maps.support_paper(here.actor, case)
    assert "□ 住まい" in text_of(paper)
    assert ("連絡のとり方", "\n\n", "") in paper.sections[0].rows
    assert "■" not in text_of(paper)
    assert dict(paper.head)["氏名"] == ""
    assert family.picture is not None
    assert "本人" in family.picture.alt
    assert "まだ支援チームもつながりも書かれていません。" in text_of(support)


def test_the_maps_on_paper_say_in_words_what_they_draw(here: House, case: Case) -> None:
    with acting_as(here.actor):
        add_member(by=here.actor, case=case, as_="mother", called="母", name="春代", lives_here=True)
        join_team(by=here.actor, case=case, name="月あかり診療所", role="cooperating", since=TODAY)
        case.refresh_from_db()
        family, support = maps.family_paper(here.actor, case), maps.support_paper(here.actor, case)
    assert family.picture is not None
    assert "春代" in family.picture.svg
    assert "春代：母、女、同居。" in text_of(family)
    assert "月あかり診療所" in text_of(support)
    assert wareki.write_date(TODAY) in text_of(support)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ((dt.date(1989, 1, 8), 30, "30代", None), "37歳"),
        ((None, 36, "", dt.date(2026, 5, 1)), "36歳（令和8年5月1日に聞いた）"),
        ((None, 36, "", None), "36歳"),
        ((None, None, "40代", None), "40代"),
        ((None, None, "", dt.date(2026, 5, 1)), ""),
    ],
)
def test_an_age_stands_on_paper_as_far_as_it_is_known(known: Any, said: str) -> None:
    """X-05, X-08."""
    assert age_on(dt.date(2026, 4, 1), *known) == said


def read(content: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    return "".join("".join(pages).split())


OWN_WORDS = {  # of each form: a word that stands on no other
    "course": "ありがとう〓（U+1F60A）",
    "family": "春代",
    "support": "月あかり診療所",
    "plans/{plan}": "昼までに起きてみる",
    "evaluations/{plan}": "少しだけ",
    "assessments/{sheet}": "◎家族との関係",
    "sets/{set}": "□住まい",
}


@pytest.mark.slow
def test_every_form_on_paper_says_who_when_and_its_own_words_whatever_character_stands_in_a_name(
    client: Client, here: House, case: Case, plan: Plan, sheet: Assessment, reception: Questionnaire
) -> None:
    """X-08: read from the PDF itself, with a name that the fonts of papers cannot draw in full."""
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, name="𠮷田 薫😀", reading="よしだ かおる")
        said: Any = {"on": TODAY, "method": "chat", "counterpart": "self", "content": "「ありがとう😊」"}
        record_contact(by=here.actor, case=case, **said)
        add_member(by=here.actor, case=case, as_="mother", called="母", name="春代👪")
        join_team(by=here.actor, case=case, name="月あかり診療所", role="cooperating", since=TODAY)
        outcomes = {plan.goals.get().pk: ("closer", "少しだけ")}
        evaluate(by=here.actor, plan=plan, on=TODAY, result="closed", outcomes=outcomes, changes=[])
    for what in FILES:
        url = f"/cases/{case.number}/papers/{what.format(plan=plan.pk, sheet=sheet.pk, set=reception.pk)}/pdf/"
        text = read(client.get(url).content)
        for words in ("𠮷田薫〓（U+1F600）", "よしだかおる", wareki.write_date(TODAY), OWN_WORDS[what]):
            assert words in text, (what, words)


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_every_form_of_a_case_comes_as_pdf_and_excel_and_is_noted(
    client: Client, here: House, case: Case, plan: Plan, sheet: Assessment, reception: Questionnaire, form: str
) -> None:
    with acting_as(here.actor):
        evaluate(by=here.actor, plan=plan, on=TODAY, result="closed", outcomes={}, changes=[])
    for what in FILES:
        url = f"/cases/{case.number}/papers/{what.format(plan=plan.pk, sheet=sheet.pk, set=reception.pk)}/{form}/"
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert answer.content.startswith(b"%PDF" if form == "pdf" else b"PK"), url
        assert "no-store" in answer.headers["Cache-Control"]
        assert unquote(answer.headers["Content-Disposition"]).endswith(f".{form}")
    assert noted() == [case.number] * len(FILES)


def test_the_case_offers_its_forms_and_other_pages_lead_to_them(
    client: Client, here: House, case: Case, plan: Plan, sheet: Assessment, reception: Questionnaire
) -> None:
    page = client.get(f"/cases/{case.number}/papers/").content.decode()
    for what in ("course", "family", "support", f"plans/{plan.pk}", f"assessments/{sheet.pk}", f"sets/{reception.pk}"):
        for form in ("pdf", "xlsx"):
            assert f'href="/cases/{case.number}/papers/{what}/{form}/"' in page
    places = {"": "course", f"plans/{plan.pk}/": f"plans/{plan.pk}", "family/": "family", "support/": "support"}
    for place, what in (places | {f"assessments/{sheet.pk}/": f"assessments/{sheet.pk}"}).items():
        shown = client.get(f"/cases/{case.number}/{place}").content.decode()
        assert f"/cases/{case.number}/papers/{what}/pdf/" in shown, place
    listed = client.get("/cases/").content.decode()
    assert "/cases/papers/list/xlsx/" in listed
    assert "/cases/papers/plans/pdf/" in listed


def test_the_progress_list_in_excel_holds_every_contact_the_oldest_first(
    client: Client, here: House, case: Case
) -> None:
    with acting_as(here.actor):
        for content, back in (("二番目", 1), ("=1+1", 2)):
            said: Any = {"on": TODAY - dt.timedelta(days=back), "method": "phone", "counterpart": "self"}
            record_contact(by=here.actor, case=case, content=content, own_words="ねむい", **said)
    answer = client.get(f"/cases/{case.number}/papers/course/xlsx/")
    said = [cell for cell in cells_of(answer.content) if "ねむい" in cell]
    assert said == ["'=1+1\n「ねむい」", "二番目\n「ねむい」"]


def test_forms_stay_japanese_for_a_reader_who_has_chosen_english(client: Client, here: House, case: Case) -> None:
    client.post("/me/", {"name": "Aida", "reading": "", "persona": "", "language": "en"})
    with acting_as(here.actor):
        record_contact(by=here.actor, case=case, on=TODAY, method="phone", counterpart="family", content="母から。")
    cells = cells_of(client.get(f"/cases/{case.number}/papers/course/xlsx/").content)
    assert "電話・家族・親族" in cells
    family = cells_of(client.get(f"/cases/{case.number}/papers/family/xlsx/").content)
    assert any("本人" in cell for cell in family)


def test_the_list_of_cases_names_plan_and_next_day_and_is_noted_as_a_list(
    client: Client, here: House, case: Case, plan: Plan
) -> None:
    with acting_as(here.actor):
        said: Any = {"on": TODAY, "method": "phone", "counterpart": "self", "content": "電話"}
        soon = TODAY + dt.timedelta(days=3)
        record_contact(by=here.actor, case=case, next_step="手紙", next_on=soon, **said)
    cells = cells_of(client.get("/cases/papers/list/xlsx/").content)
    assert wareki.write_date(soon) in cells
    assert f"初回　{wareki.write_date(TODAY)}～{wareki.write_date(LATER)}" in cells
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, name="薫😀")
    assert "薫〓（U+1F600）" in read(client.get("/cases/papers/list/pdf/").content)
    assert "薫〓（U+1F600）" in read(client.get("/cases/papers/plans/pdf/").content)
    assert noted("casework.print_list") == ["", ""]


def test_the_bundle_costs_the_same_queries_for_one_plan_as_for_three_and_notes_each_case(
    client: Client, here: House, case: Case, plan: Plan
) -> None:
    def bundled() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/cases/papers/plans/pdf/").status_code == 200
        return len([one for one in asked.captured_queries if "audit_entry" not in one["sql"]])

    bundled()  # the first request of a client also remembers that it is here
    before = bundled()
    with acting_as(here.actor):
        for _number in range(2):
            other = open_case(by=here.actor, desk=here.desk, requester="self", received_on=TODAY)
            planned(here, other)
    assert bundled() == before
    assert len(noted()) == 1 + 1 + 3


def test_a_bundle_without_plans_and_a_list_that_is_too_long_say_what_to_do(
    client: Client, here: House, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = client.get("/cases/papers/plans/pdf/?scope=own")
    assert none.status_code == 422
    assert "実施中のプランはありません" in none.content.decode()
    assert 'href="/cases/?scope=own"' in none.content.decode()
    monkeypatch.setattr(views, "MOST_CASES", 0)
    assert "0件までです" in client.get("/cases/papers/list/pdf/").content.decode()
    assert noted() == noted("casework.print_list") == []


def test_what_is_not_there_is_not_found(client: Client, client_of: Any, there: House, case: Case, plan: Plan) -> None:
    for tail in (f"evaluations/{plan.pk}/pdf", f"plans/{plan.pk}/docx", f"sets/{plan.pk}/pdf", "course/html"):
        assert client.get(f"/cases/{case.number}/papers/{tail}/").status_code == 404
    stranger = client_of(there.staff)
    for tail in ("", "course/pdf/", "family/pdf/", f"plans/{plan.pk}/pdf/"):
        assert stranger.get(f"/cases/{case.number}/papers/{tail}").status_code == 404
    assert case.number not in cells_of(stranger.get("/cases/papers/list/xlsx/?scope=shared").content)


def test_whoever_shares_the_plans_alone_gets_plans_on_paper_and_nothing_else(
    client_of: Any, there: House, case: Case, plan: Plan, sheet: Assessment
) -> None:
    """000-14: the parts of a right hold on paper, too."""
    until = clock.now() + dt.timedelta(days=30)
    for parts in ([Part.FAMILY], [Part.PLANS]):
        partner = client_of(there.staff)
        with acting_as(COMMAND):
            rights.grant(
                by=COMMAND, case_id=case.pk, basis="consent", organisation=there.organisation, reason="同意",
                ends_at=until, parts=parts,
            )  # fmt: skip
        shared = partner.get("/cases/papers/plans/xlsx/?scope=shared")
        assert shared.status_code == (200 if Part.PLANS in parts else 422)
    base = f"/cases/{case.number}/papers/"
    assert partner.get(f"{base}plans/{plan.pk}/pdf/").status_code == 200
    for tail in ("course", f"assessments/{sheet.pk}"):
        assert partner.get(f"{base}{tail}/pdf/").status_code == 404
    offered = partner.get(base).content.decode()
    assert f"plans/{plan.pk}/pdf/" in offered
    assert "papers/course/" not in offered
