"""Assessments: answers of every kind, two people at once, versions, stages, and what only professionals read."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER, Actor, NotAllowed
from engawa.office.access.models import Grant, Membership, Staff
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Role
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.casework.assessments import course
from engawa.office.casework.assessments.actions import (
    Overtaken,
    answer_question,
    begin_assessment,
    finish_assessment,
    note_stage,
)
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer, Stage, StageStep
from engawa.office.casework.assessments.queries import (
    assessment_in,
    assessments_of,
    compared,
    earlier_like,
    filled,
    history_of,
    may_read_axes,
    sets_to_begin,
    sheet_of,
)
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.plans.actions.writing import Content, GoalSaid, begin_plan, draft_plan
from engawa.office.casework.timeline.sources import Wish, timeline_of
from engawa.office.questionnaires.models import Question, Questionnaire
from engawa.office.questionnaires.rules import NotAnAnswer, Said

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = dt.date(2026, 5, 10), dt.date(2026, 6, 10), dt.date(2026, 7, 10)


def named(name: str) -> Questionnaire:
    return Questionnaire.objects.newest_released().get(name=name)


def begun(actor: Actor, case: Case, name: str = "インテーク・アセスメントシート", on: dt.date = MAY) -> Assessment:
    made = begin_assessment(by=actor, case=case, questionnaire=named(name), on=on)
    return assessment_in(case, made.pk)


def question(assessment: Assessment, key: str) -> Question:
    return assessment.questionnaire.questions.get(key=key)


def say(
    actor: Actor, assessment: Assessment, key: str, *chosen: str, seen: int = 0, **more: str
) -> AssessmentAnswer | None:
    said = Said(chosen=chosen, **more)
    return answer_question(by=actor, assessment=assessment, question=question(assessment, key), said=said, seen=seen)


@pytest.fixture
def professional(here: Any) -> Actor:
    """A counsellor who also holds the role of a professional."""
    role = {"role": Role.PROFESSIONAL, "starts_on": dt.date(2020, 4, 1)}
    staff = Staff.objects.create(email="pro@example.org", name="専門 月子")
    for one in (role, role | {"role": Role.COUNSELLOR}):
        Membership.objects.create(staff=staff, organisation=here.organisation, **one)
    return actor_of(staff)


def test_answers_keep_their_source_and_their_remark(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
        say(here.actor, sheet, "living_together", "有", source="family", note="母と")
        say(here.actor, sheet, "living_together_count", "２")
        rows = {row.question.key: row for row in filled(here.actor, sheet)}
        assert (rows["living_together"].printed, rows["living_together"].source) == ("有（母と）", "家族・親族")
        assert rows["living_together_count"].printed == "2人"
        assert rows["living_together_count"].shows
        assert not rows["debt_detail"].shows


def test_each_writing_of_an_answer_is_kept_with_who_wrote_it_when(here: Any, case: Case, another_pair: Actor) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
        say(here.actor, sheet, "strengths", "絵を描く")
    with acting_as(another_pair):
        say(another_pair, sheet, "strengths", "絵を描く、料理もする", seen=1)
        written = [(one.printed, one.by.name if one.by else "") for one in history_of(another_pair, sheet)]
        assert written == [("絵を描く、料理もする", "同僚 一郎"), ("絵を描く", "相談 花子")]


def test_of_two_people_who_answer_differently_the_second_is_shown_the_first_answer_and_chooses(
    here: Any, case: Case, another_pair: Actor
) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
        say(here.actor, sheet, "work", "就労中")
    with acting_as(another_pair):
        with pytest.raises(Overtaken) as met:
            say(another_pair, sheet, "work", "求職中（無職）", seen=0)
        assert (met.value.answer.printed, met.value.answer.by_id) == ("就労中", here.staff.pk)
        assert AssessmentAnswer.objects.get().printed == "就労中"
        chosen = say(another_pair, sheet, "work", "求職中（無職）", seen=met.value.answer.version)
        assert chosen
        assert (chosen.printed, chosen.version) == ("求職中（無職）", 2)


def test_what_somebody_left_as_they_saw_it_never_overwrites_what_a_colleague_wrote_meanwhile(
    here: Any, case: Case, another_pair: Actor
) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
        say(here.actor, sheet, "work", "就労中")
    with acting_as(another_pair):
        say(another_pair, sheet, "work", "求職中（無職）", seen=1)
        kept = say(another_pair, sheet, "work", "就労中", seen=1)
        assert kept
        assert kept.printed == "求職中（無職）"


def test_two_people_with_the_same_answer_do_not_disturb_each_other(here: Any, case: Case, another_pair: Actor) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
        say(here.actor, sheet, "work", "就労中")
        assert say(another_pair, sheet, "work", "就労中", seen=0)
        assert AssessmentAnswer.objects.get().version == 1


def test_an_answer_taken_back_is_empty_again_and_its_past_stays(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
        say(here.actor, sheet, "debt", "有")
        taken_back = say(here.actor, sheet, "debt", seen=1)
        assert taken_back
        assert not taken_back.said.answered
        assert [one.printed for one in history_of(here.actor, sheet)] == ["", "有"]


def test_a_finished_assessment_is_never_overwritten_and_the_next_one_starts_from_it(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
        for key in ("route", "living_together", "health"):
            say(here.actor, sheet, key, kind="unknown")
        say(here.actor, sheet, "strengths", "絵を描く")
        finish_assessment(by=here.actor, assessment=sheet)
        with pytest.raises(NotPossible, match="新しいアセスメント"):
            say(here.actor, sheet, "strengths", "書きかえる", seen=1)
        earlier = earlier_like(case, named("インテーク・アセスメントシート"))
        later = begin_assessment(by=here.actor, case=case, questionnaire=sheet.questionnaire, on=JUNE, based_on=earlier)
        assert {answer.question.key: answer.printed for answer in later.answers.all()} == {
            "route": "不明", "living_together": "不明", "health": "不明", "strengths": "絵を描く",
        }  # fmt: skip


def test_finishing_names_what_must_still_be_looked_into(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
        say(here.actor, sheet, "route", "その他")
        with pytest.raises(NotPossible, match="「同居者」「健康状態」がまだです。わからないときは「不明」"):
            finish_assessment(by=here.actor, assessment=sheet)


def new_version(of: Questionnaire) -> Questionnaire:
    """The next version, in which the outing question has another wording and a sixth scale is gone."""
    made = Questionnaire.objects.create(
        kind="assessment", name=of.name, version=of.version + 1, position=of.position, source=of.source
    )
    for one in of.questions.exclude(key="role"):
        one.pk, one.id, one._state.adding, one.questionnaire = None, clock_id(), True, made
        one.text = f"{one.text}（新）" if one.key == "outing" else one.text
        one.save()
    Questionnaire.objects.filter(pk=made.pk).update(released_at=clock.now())
    return made


def clock_id() -> Any:
    return Question._meta.get_field("id").get_default()


def test_old_answers_stay_readable_with_their_version_and_are_compared_across_versions(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        old = begun(here.actor, case, "くらしとつながり")
        outing = question(old, "outing").options
        say(here.actor, old, "outing", outing[7])
        say(here.actor, old, "role", "まったくない")
        released = new_version(old.questionnaire)
        with pytest.raises(NotPossible, match="使われていません"):
            begin_assessment(by=here.actor, case=case, questionnaire=old.questionnaire, on=JUNE)
        new = begun(here.actor, case, "くらしとつながり", JUNE)
        say(here.actor, new, "outing", outing[5])
        assert new.questionnaire == released
        assert sheet_of(here.actor, old).sections[0].lines[0].text == "外出の状況"
        pairs = {pair.text: pair for _title, group in compared(here.actor, old, new) for pair in group}
        assert (pairs["外出の状況（新）"].left, pairs["外出の状況（新）"].right) == (outing[7], outing[5])
        assert (pairs["役割や楽しみ"].left, pairs["役割や楽しみ"].right) == ("1／5（まったくない）", "")
        assert "人とのつながり" not in pairs  # neither answers


def test_the_sheet_for_paper_has_what_was_asked_and_says_that_it_is_a_reconstruction(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
        say(here.actor, sheet, "living_together", "無", source="self")
        paper = sheet_of(here.actor, sheet)
        lines = {line.text: (line.answer, line.source) for section in paper.sections for line in section.lines}
        assert paper.source
        assert paper.checked_on is None
        assert lines["同居者"] == ("無", "本人")
        assert lines["健康状態"] == ("", "")
        assert "同居者の人数" not in lines


def test_diagnosis_and_the_six_axes_are_written_and_read_by_professionals_only(
    here: Any, case: Case, professional: Actor
) -> None:
    """003-01: diagnosis by professionals only, behind both walls; the case itself stays open to its workers."""
    with acting_as(here.actor):
        assert "六軸評価" not in [one.name for one in sets_to_begin(here.actor, case)]
        with pytest.raises(NotAllowed):
            begin_assessment(by=here.actor, case=case, questionnaire=named("六軸評価"), on=MAY)
    with acting_as(professional):
        sheet = begun(professional, case, "六軸評価")
        say(professional, sheet, "axis_1", "主治医の診断：うつ病")
        assert sheet_of(professional, sheet).sections[0].lines[0].answer == "主治医の診断：うつ病"
    with acting_as(here.actor):
        with pytest.raises(NotAllowed):
            say(here.actor, sheet, "axis_1", "たぶん")
        with pytest.raises(NotAllowed):
            finish_assessment(by=here.actor, assessment=sheet)
        assert all(row.hidden and row.printed == "" for row in filled(here.actor, sheet))
        assert sheet_of(here.actor, sheet).sections == []
        assert history_of(here.actor, sheet) == []
        assert not AssessmentAnswer.objects.exists()  # the second wall


def test_both_walls_ask_for_the_qualification_where_the_right_to_the_case_is(
    here: Any, there: Any, case: Case, professional: Actor
) -> None:
    """003-01: a qualification elsewhere, a right to other parts, or a broken glass open no diagnosis."""
    with acting_as(professional):
        sheet = begun(professional, case, "六軸評価")
        say(professional, sheet, "axis_1", "主治医の診断：うつ病")
        say(professional, sheet, "axis_1", "主治医の診断：適応障害", seen=1)
    both = {"role": Role.PROFESSIONAL, "starts_on": dt.date(2020, 4, 1), "organisation": there.organisation}
    for staff in (here.staff, there.staff):
        Membership.objects.create(staff=staff, **both)
    sees_here, sees_there = actor_of(here.staff), actor_of(there.staff)
    assert axes(professional, case) == (True, 2), "the answer and what stood there before"
    assert axes(sees_here, case) == (False, 0), "a counsellor here, qualified there"
    now = clock.now()
    said = {"case_id": case.pk, "organisation": there.organisation, "reason": "支援会議"}
    said |= {"starts_at": now, "ends_at": now + dt.timedelta(minutes=30)}
    for basis, parts, sees in (
        ("urgent", [Part.BASICS, Part.COURSE], (False, 0)),
        ("handover", None, (False, 0)),
        ("break_glass", None, (False, 0)),
        ("urgent", [Part.BASICS, Part.ASSESSMENTS], (True, 2)),
    ):
        with acting_as(KEEPER):
            Grant.objects.create(basis=basis, parts=parts, **said)
        assert axes(sees_there, case) == sees, (basis, parts)


def axes(actor: Actor, case: Case) -> tuple[bool, int]:
    """What the first wall says, and how many professional answers of now and before PostgreSQL itself shows."""
    count = "SELECT count(*) FROM (SELECT professional FROM casework_{0} WHERE professional) shown"
    with acting_as(actor), connection.cursor() as cursor:
        tables = ("assessmentanswer", "assessmentanswerpast")
        shown = sum(cursor.execute(count.format(table)).fetchone()[0] for table in tables)
        return may_read_axes(actor, Case.objects.get(pk=case.pk)), shown


def test_a_stranger_neither_begins_nor_answers_nor_steps(here: Any, there: Any, case: Case) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
    with acting_as(there.actor):
        with pytest.raises(NotAllowed):
            begin_assessment(by=there.actor, case=case, questionnaire=sheet.questionnaire, on=MAY)
        with pytest.raises(NotAllowed):
            answer_question(
                by=there.actor,
                assessment=sheet,
                question=Question.objects.filter(key="debt").get(),
                said=Said(chosen=("有",)),
                seen=0,
            )
        with pytest.raises(NotAllowed):
            note_stage(by=there.actor, case=case, stage=Stage.objects.get(code="a"), on=MAY)


@pytest.mark.parametrize("day", [dt.date(1990, 1, 1), MAY])
def test_an_assessment_may_speak_of_any_day_but_one_that_has_not_come(here: Any, case: Case, day: dt.date) -> None:
    with acting_as(here.actor):
        assert begun(here.actor, case, on=day).on == day
        with pytest.raises(NotPossible, match="先の日付"):
            begun(here.actor, case, on=clock.today() + dt.timedelta(days=1))


def test_pressing_begin_twice_makes_one_assessment(here: Any, case: Case) -> None:
    key = Question._meta.get_field("id").get_default()
    with acting_as(here.actor):
        for _time in range(2):
            begin_assessment(by=here.actor, case=case, questionnaire=named("くらしとつながり"), on=MAY, key=key)
        assert Assessment.objects.count() == 1


def test_stages_go_onward_and_back_and_every_step_is_kept(here: Any, case: Case) -> None:
    """000-15: early finding, early support, social adaptation training, independence, with steps back."""
    stages = {stage.code: stage for stage in Stage.objects.filter(line="path")}
    assert [stage.label for stage in stages.values()] == ["早期発見", "早期支援", "社会適応訓練", "自立"]
    path = [("found", MAY), ("training", JUNE), ("support", JULY), ("support", JULY)]
    with acting_as(here.actor):
        for code, day in path:
            note_stage(by=here.actor, case=case, stage=stages[code], on=day, note="一休み")
        line = next(line for line in course.stage_lines(here.actor, case) if line.key == "path")
        assert line.here == stages["support"]
        assert [step.direction.value for step in reversed(line.steps)] == ["はじめ", "先へ", "戻る", "そのまま"]
        titles = [moment.title for moment in timeline_of(here.actor, case, Wish(most=20, kind="stage"))]
        assert "早期支援（戻る）" in titles
        assert StageStep.objects.count() == 4


def test_the_stages_of_the_guideline_are_a_line_of_their_own(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        for code, day in (("b", MAY), ("a", JUNE), ("d", JULY)):
            note_stage(by=here.actor, case=case, stage=Stage.objects.get(code=code), on=day)
        (drawn,) = course.courses_of(here.actor, case)
        assert drawn.series == {"ガイドラインの支援段階": [2, 1, 4]}
        assert drawn.labels == ["2026-05-10", "2026-06-10", "2026-07-10"]


def test_information_accumulates_over_years(here: Any, case: Case) -> None:
    """003-01: what is known grows over a long involvement; every year stays as it was."""
    scale = "人とのつながり"
    with acting_as(here.actor):
        for year, answer in ((2019, "まったくない"), (2022, "あまりない"), (2026, "少しある")):
            sheet = begun(here.actor, case, "くらしとつながり", dt.date(year, 4, 1))
            say(here.actor, sheet, "connection", answer)
        drawn = {one.caption: one for one in course.courses_of(here.actor, case)}
        assert drawn["今のようす（本人から見て）：人とのつながり"].series == {scale: [1, 2, 4]}
        assert [one.on.year for one in assessments_of(here.actor, case)] == [2026, 2022, 2019]
        assert len(timeline_of(here.actor, case, Wish(most=20, kind="assessment"))) == 3


ODD = [
    {"outing": 1, "duration": 1, "age_years": 3, "sex": "9"},
    {"outing": 4, "duration": None, "age_years": 104, "sex": "0"},
    {"outing": 8, "duration": 7, "age_years": None, "age_band": "不明", "sex": "1"},
    {"outing": None, "duration": None, "sex": "2"},
]


@pytest.mark.parametrize("reasons", [["身体の病気", "統合失調症"], ["妊娠"], ["特にない"], []])
def test_no_diagnosis_refuses_anybody_an_assessment_a_stage_or_a_plan(here: Any, reasons: list[str]) -> None:
    """003-08: whether or not somebody is ill decides nothing."""
    with acting_as(here.actor):
        case = open_case(by=here.actor, desk=here.desk, requester="self")
        living = begun(here.actor, case, "くらしとつながり")
        if reasons:
            say(here.actor, living, "reasons", *reasons)
        finish_assessment(by=here.actor, assessment=living)
        note_stage(by=here.actor, case=case, stage=Stage.objects.get(code="independence"), on=MAY)
        content, day = Content([GoalSaid("庭に出たい")]), clock.today()
        plan = draft_plan(by=here.actor, case=case, content=content, starts_on=day, ends_on=day + dt.timedelta(days=90))
        assert begin_plan(by=here.actor, plan=plan).state == "running"


@pytest.mark.parametrize("odd", ODD)
def test_no_age_sex_disability_money_or_duration_refuses_anybody(here: Any, odd: dict[str, Any]) -> None:
    """003-08, 003-24, 004-11, X-05: of any age or none, any sex, at work or rich: opened, assessed, staged."""
    facts = {name: value for name, value in odd.items() if name in {"age_years", "age_band", "sex"}}
    with acting_as(here.actor):
        case = open_case(by=here.actor, desk=here.desk, requester="other", **facts)
        living = begun(here.actor, case, "くらしとつながり")
        for key in ("outing", "duration"):
            if odd[key]:
                say(here.actor, living, key, question(living, key).options[odd[key] - 1])
        finish_assessment(by=here.actor, assessment=living)
        intake = begun(here.actor, case)
        answers = {"income_self": "900000000000", "debt": "無", "work": "就労中", "welfare": "なし", "health": "良い"}
        for key, answer in (answers | {"route": "その他", "living_together": "無"}).items():
            say(here.actor, intake, key, answer)
        finish_assessment(by=here.actor, assessment=intake)
        note_stage(by=here.actor, case=case, stage=Stage.objects.get(code="independence"), on=MAY)
        assert case.assessments.filter(finished_at__isnull=False).count() == 2


def test_what_does_not_fit_is_refused_at_its_question_and_nothing_else_is_lost(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
        say(here.actor, sheet, "debt", "有")
        with pytest.raises(NotAnAnswer, match="数で"):
            say(here.actor, sheet, "income_self", "少し")
        assert [answer.printed for answer in sheet.answers.all()] == ["有"]


def test_the_reception_form_takes_any_topics_and_at_most_one_that_presses_most(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case, "相談受付・申込票")
        answer = say(here.actor, sheet, "topics", "住まい", "ひきこもり・不登校", primary="ひきこもり・不登校")
        assert answer
        assert answer.printed == "住まい、◎ひきこもり・不登校"


def test_postgresql_keeps_one_answer_to_a_question(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        sheet = begun(here.actor, case)
        answer = say(here.actor, sheet, "debt", "有")
        assert answer
        with pytest.raises(IntegrityError), transaction.atomic():
            AssessmentAnswer.objects.create(assessment=sheet, case=case, question=answer.question, said_at=clock.now())
