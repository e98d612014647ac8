"""Assessments come in with the ledger, one answer a row, and go out again as they were."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.actors import COMMAND, Actor
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer
from engawa.office.casework.cases.models import Case
from engawa.office.directory.models import Desk
from engawa.office.ledger.actions.receiving import Handed, import_files
from engawa.office.ledger.actions.taking_in import Outcome
from engawa.office.ledger.actions.undoing import NotUndoable, undo
from engawa.office.ledger.models import Import
from engawa.office.questionnaires.models import Question

pytestmark = pytest.mark.django_db
Book = Callable[..., Source]
TakeIn = Callable[..., Outcome]
Take = Callable[..., Import]
Carried = Callable[[Source], list[Source]]
DESK, DAY = "「よりそい・つなぐ」相談窓口", "令和3年4月1日"
CASES = [("ケース番号", "受付日", "受付窓口", "相談者"), ("K1", "R2.9.4", DESK, "家族")]
HEADER = ("ケース番号", "質問票", "日付", "確定日", "設問", "回答", "補足", "出どころ", "記入者")
AXES = "六軸評価"
WORDS = "朝;夕方に起きる\n（母より）"


@pytest.fixture(autouse=True)
def desk(desk_organisation: Organisation) -> Desk:
    with acting_as(COMMAND):
        return Desk.objects.create(name=DESK, organisation=desk_organisation)


@pytest.fixture
def asked() -> dict[str, Question]:
    """A question of each form that the shipped sets have."""
    sets = Question.objects.filter(questionnaire__kind="assessment", professional=False).select_related("questionnaire")
    return {question.form: question for question in sets.order_by("-position")}


def line(question: Question, answer: str, note: str = "", source: str = "本人") -> tuple[Any, ...]:
    finished = "R3.4.2" if question.form == "single" else ""
    day = "R3.4.1" if finished else "R3.5.1"
    return ("K1", question.questionnaire.name, day, finished, question.text, answer, note, source, "岡")


@pytest.fixture
def ledger(book: Book, asked: dict[str, Question]) -> Source:
    several = asked["multiple"].options[:2]
    rows = [
        line(asked["single"], asked["single"].options[0]),
        line(asked["multiple"], ";".join(reversed(several)), "ふたつ", "家族"),
        line(asked["text"], WORDS, "", "見立て"),
        line(asked["number"], "１，２００"),
        line(asked["date"], "2021-04-01"),
    ]
    days = {row[2] for row in rows}
    assert len(days) == 2
    return book(header=False, 相談ケース=CASES, アセスメント=[HEADER, *rows])


def given_out(client: Client) -> Source:
    return Source("ledger.xlsx", client.post("/ledger/out/", {"parts": ["assessments"]}).content)


def lines_of(source: Source) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(source.content))["アセスメント"].iter_rows(values_only=True))


def test_answers_come_in_as_they_were_said_and_only_once(
    ledger: Source, take_in: TakeIn, asked: dict[str, Question]
) -> None:
    first, second = take_in(ledger), take_in(ledger)
    assert first.set_aside == second.set_aside == []
    assert (second.made, second.counts["アセスメント"]["same"]) == (0, 5)
    with acting_as(COMMAND):
        said = {answer.question.form: answer for answer in AssessmentAnswer.objects.select_related("question")}
        finished = Assessment.objects.filter(finished_at__isnull=False).get()
    assert said["multiple"].chosen == asked["multiple"].options[:2]
    assert (said["multiple"].source, said["multiple"].note) == ("family", "ふたつ")
    assert (finished.begun_by, finished.writer, finished.shown_writer) == (None, "岡", "岡（台帳）")
    assert said["text"].chosen == [WORDS]
    assert said["number"].chosen == ["1200"]
    assert finished.questionnaire == asked["single"].questionnaire


@pytest.mark.parametrize(("word", "kind"), [("不明", "unknown"), ("答えたくない", "refused")])
def test_unknown_and_refused_are_answers_of_their_own(
    book: Book, take_in: TakeIn, asked: dict[str, Question], word: str, kind: str
) -> None:
    take_in(book(header=False, 相談ケース=CASES, アセスメント=[HEADER, line(asked["single"], word)]))
    with acting_as(COMMAND):
        assert AssessmentAnswer.objects.get().kind == kind


def test_a_question_that_nobody_answered_says_nothing(book: Book, take_in: TakeIn, asked: dict[str, Question]) -> None:
    empty = (*line(asked["number"], "")[:-1], "")
    outcome = take_in(book(header=False, 相談ケース=CASES, アセスメント=[HEADER, empty]))
    assert outcome.set_aside == []
    with acting_as(COMMAND):
        assert not Assessment.objects.exists()


def test_what_goes_out_comes_into_an_empty_house_and_goes_out_alike(
    ledger: Source, client_of: Callable[[Staff], Client], supervisor: Staff, carried: Carried, take: Take
) -> None:
    client = client_of(supervisor)
    entry = take(ledger)
    before = given_out(client)
    assert len(lines_of(before)) == 6
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=entry)
        assert not Assessment.objects.exists()
        assert not Case.objects.exists()
    assert import_files(by=COMMAND, ledger=Handed(carried(before))).set_aside == []
    assert lines_of(given_out(client)) == lines_of(before)
    assert import_files(by=COMMAND, ledger=Handed([before])).made == 0


@pytest.mark.parametrize(
    ("changed", "column", "problem"),
    [
        ({"質問票": "ないしょの票"}, "質問票", "ここにありません"),
        ({"設問": "好きな色"}, "設問", "にありません"),
        ({"回答": "ときどき、たぶん"}, "回答", "選択肢にありません"),
        ({"日付": "2199-01-01"}, "日付", "まだ来ていない日付です"),
        ({"確定日": "R3.3.1"}, "確定日", "日より前に確定"),
        ({"出どころ": "うわさ"}, "出どころ", "選べる言葉にありません"),
        ({"ケース番号": "K9"}, "ケース番号", "「K9」が相談ケースにありません"),
    ],
)
def test_an_answer_that_does_not_fit_is_set_aside_with_why(
    book: Book, take_in: TakeIn, asked: dict[str, Question], changed: dict[str, str], column: str, problem: str
) -> None:
    row = dict(zip(HEADER, line(asked["single"], asked["single"].options[0]), strict=True)) | changed
    outcome = take_in(book(header=False, 相談ケース=CASES, アセスメント=[HEADER, tuple(row.values())]))
    (fault,) = [one.fault for one in outcome.set_aside]
    assert column in fault.column
    assert problem in fault.problem
    assert fault.accepted


def test_one_assessment_has_one_writer_and_an_account_of_this_house_is_nobody_elses(
    ledger: Source, book: Book, take_in: TakeIn, asked: dict[str, Question], counsellor: Staff
) -> None:
    """Silence about the writer is no other assessment; nor is an earlier name of whoever wrote it here."""
    take_in(ledger)
    kept, silent = line(asked["single"], asked["single"].options[0]), line(asked["text"], WORDS, "", "見立て")
    alike = book(header=False, アセスメント=[HEADER, (*kept[:-1], ""), (*silent[:-1], "")])
    other = book(header=False, アセスメント=[HEADER, (*kept[:-1], "別の人")])
    assert take_in(alike).set_aside == []
    assert [row.fault.column for row in take_in(other).set_aside] == ["記入者"]
    with acting_as(COMMAND):
        Assessment.objects.update(begun_by=counsellor)
    assert take_in(other).set_aside == []


def test_answers_of_one_assessment_that_name_several_writers_are_set_aside(
    book: Book, take_in: TakeIn, asked: dict[str, Question]
) -> None:
    one = line(asked["text"], "朝")
    question = asked["text"].questionnaire.questions.filter(form="text").exclude(pk=asked["text"].pk).first()
    assert question
    two = (*line(question, "夕")[:-1], "別の人")
    outcome = take_in(book(header=False, 相談ケース=CASES, アセスメント=[HEADER, one, two]))
    assert [(row.fault.column, row.fault.value) for row in outcome.set_aside] == [("記入者", "別の人")]


def test_another_answer_to_the_same_question_is_set_aside_and_the_first_one_stays(
    ledger: Source, book: Book, take_in: TakeIn, asked: dict[str, Question]
) -> None:
    take_in(ledger)
    other = line(asked["single"], asked["single"].options[1])
    outcome = take_in(book(header=False, アセスメント=[HEADER, other]))
    assert "回答" in outcome.set_aside[0].fault.column


def test_diagnoses_come_in_by_professionals_alone_and_go_out_to_nobody_else(
    book: Book,
    manager: Staff,
    city: Organisation,
    actor_of: Callable[[Staff], Actor],
    client_of: Any,
    supervisor: Staff,
    take: Take,
) -> None:
    with acting_as(COMMAND):
        Desk.objects.create(name="市の窓口", organisation=city)
    question = Question.objects.filter(questionnaire__name=AXES, form="text").first()
    assert question
    row = ("K1", AXES, "R3.4.1", "", question.text, "うつ病", "", "関係機関", "")
    theirs = book(
        header=False,
        相談ケース=[CASES[0], ("K1", "R2.9.4", "市の窓口", "家族")],
        アセスメント=[HEADER, row],
    )
    outcome = import_files(by=actor_of(manager), ledger=Handed([theirs], organisation=city))
    assert [one.fault.problem for one in outcome.set_aside] == ["専門職だけが答える設問です"]
    ours = (row[0].replace("K1", "K2"), *row[1:])
    take(book(header=False, 相談ケース=[CASES[0], ("K2", *CASES[1][1:])], アセスメント=[HEADER, ours]))
    assert "うつ病" not in str(lines_of(given_out(client_of(supervisor))))


def test_an_answer_that_somebody_changed_since_keeps_the_import(
    book: Book, asked: dict[str, Question], take: Take
) -> None:
    row = (*line(asked["text"], "朝")[:-1], "")
    entry = take(book(header=False, 相談ケース=CASES, アセスメント=[HEADER, row]))
    with acting_as(COMMAND):
        answer = AssessmentAnswer.objects.get()
        answer.chosen = ["夕"]
        answer.save()
        with pytest.raises(NotUndoable, match="アセスメントの回答"):
            undo(by=COMMAND, entry=entry)
