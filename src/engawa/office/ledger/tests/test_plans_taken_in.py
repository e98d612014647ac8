"""Plans, staying connected and support teams come in with the ledger and go out again as they were."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case
from engawa.office.casework.intake.queries.telling import Telling
from engawa.office.casework.intake.rules import PlanRow
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.casework.plans.actions.following import hold_review, note_agreement
from engawa.office.casework.plans.actions.staying import let_wait
from engawa.office.casework.plans.actions.writing import Content, GoalSaid, draft_plan
from engawa.office.casework.plans.models.evaluations import Evaluation, GoalOutcome
from engawa.office.casework.plans.models.plans import Goal, Plan, PlanReview, PlanStep, ServiceUse
from engawa.office.casework.plans.models.staying import QuietContact, Staying
from engawa.office.directory.models import Desk
from engawa.office.ledger.actions.receiving import Handed, import_files
from engawa.office.ledger.actions.taking_in import Outcome
from engawa.office.ledger.actions.undoing import NotUndoable, undo
from engawa.office.ledger.models import Import

pytestmark = pytest.mark.django_db
Book = Callable[..., Source]
TakeIn = Callable[..., Outcome]
Take = Callable[..., Import]
Carried = Callable[[Source], list[Source]]
DESK = "「よりそい・つなぐ」相談窓口"
PLAN = ("ケース番号", "回", "改訂", "もとの回", "もとの改訂", "状態", "作成日")
SHEETS: dict[str, list[tuple[Any, ...]]] = {
    "相談ケース": [("ケース番号", "受付日", "受付窓口", "相談者"), ("K1", "R2.9.4", DESK, "家族")],
    "世帯員": [("ケース番号", "続柄", "本人であるケース"), ("K1", "本人", ""), ("K1", "母", "")],
    "計画": [
        (*PLAN, "本人の目標", "はじめ", "おわり", "同意の日", "同意の方法", "担当者", "作成者"),
        ("K1", "初回", "", "", "", "評価ずみ", "R3.4.1", "朝おきる", "R3.4.1", "R3.9.30", "R3.4.2", "口頭", "岡", "岡"),
        ("K1", "２", "", "初回", "", "実施中", "R3.10.1", "家で働きたい", "R3.10.1", "R4.3.31", "", "", "", "森"),
    ],
    "計画の評価": [
        ("ケース番号", "回", "評価日", "結果", "見られた変化", "残された課題", "評価した人"),
        ("K1", 1, "R3.9.30", "再プラン", "", "人と話すこと", "林"),
    ],
    "計画の目標": [
        ("ケース番号", "回", "目標番号", "本人のことば", "目標の達成", "達成についてのことば"),
        ("K1", 1, 1, "=朝おきたい", "近づいた", "週に3日"),
        ("K1", 2, 1, "家で働きたい", "", ""),
    ],
    "計画の取組": [
        ("ケース番号", "回", "目標番号", "段階", "すること", "だれが", "名前", "いつまで"),
        ("K1", 1, 1, "日常", "カーテンをあける", "本人", "", ""),
        ("K1", 1, 1, "社会", "散歩", "家族", "母", "R3.6.30"),
        ("K1", 2, 1, "就労", "在宅ワークの体験", "関係機関", "サポステ", "R4.1.31"),
    ],
    "計画の事業": [("ケース番号", "回", "事業", "実施するところ", "利用のはじめ", "利用のおわり")],
    "計画のモニタリング": [
        ("ケース番号", "回", "予定日", "行った日", "ようす", "行った人"),
        ("K1", 1, "R3.7.1", "R3.7.2", "元気", "岡"),
        ("K1", 2, "2031-01-01", "", "", ""),
    ],
    "つながり続ける": [
        ("ケース番号", "はじめた日", "望まれているつながり方", "記録者"),
        ("K1", "R2.10.1", "手紙だけ", "森"),
    ],
    "静かな便り": [
        ("ケース番号", "はじめた日", "方法", "どのくらいごと", "次のめやす"),
        ("K1", "R2.10.1", "手紙", "毎月", "2031-01-01"),
    ],
    "支援チーム": [("ケース番号", "機関", "役割", "いつから"), ("K1", "北クリニック", "見守り", "R3.1.1")],
    "つながり": [
        ("ケース番号", "だれ", "相手", "強さ", "向き"),
        ("K1", "本人", "北クリニック", "弱い", "互いに"),
        ("K1", "母", "ご近所", "", ""),
    ],
}
MODELS = (Plan, Evaluation, Goal, GoalOutcome, PlanStep, ServiceUse, PlanReview, Staying, QuietContact, Agency, Tie)


@pytest.fixture(autouse=True)
def desk(desk_organisation: Organisation) -> Desk:
    with acting_as(COMMAND):
        return Desk.objects.create(name=DESK, organisation=desk_organisation)


@pytest.fixture
def sheets() -> dict[str, list[tuple[Any, ...]]]:
    """The sheets above, with a service and a change as the lists of this house have them, and no formula."""
    from_lists = SHEETS | {"計画の事業": [*SHEETS["計画の事業"], ("K1", 2, SERVICE, "市", "R3.10.1", "R4.3.31")]}
    evaluated = [SHEETS["計画の評価"][0], (*SHEETS["計画の評価"][1][:4], CHANGE, "人と話すこと", "林")]
    goals = [SHEETS["計画の目標"][0], ("K1", 1, 1, "'=朝おきたい", "近づいた", "週に3日"), SHEETS["計画の目標"][2]]
    return from_lists | {"計画の評価": evaluated, "計画の目標": goals}


SERVICE, CHANGE = "家計改善支援", "生活習慣の改善"


def everything() -> list[int]:
    with acting_as(COMMAND):
        return [model.objects.count() for model in MODELS]


def given_out(client: Client) -> Source:
    return Source("ledger.xlsx", client.post("/ledger/out/", {"parts": ["people", "plans"]}).content)


def sheets_of(source: Source) -> dict[str, list[tuple[object, ...]]]:
    workbook = openpyxl.load_workbook(io.BytesIO(source.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in workbook}


def test_plans_with_all_that_stands_in_them_come_in_only_once(
    book: Book, sheets: dict[str, Any], take_in: TakeIn
) -> None:
    """000-07, 003-10: goals in the person's own words, steps at three levels; a changed ledger changes nothing."""
    source = book(header=False, **sheets)
    first, again = take_in(source), take_in(source)
    assert first.set_aside == again.set_aside == []
    assert again.made == 0
    assert everything() == [2, 1, 2, 1, 3, 1, 2, 1, 1, 1, 2]
    with acting_as(COMMAND):
        ended, running = Plan.objects.order_by("number")
        steps = list(PlanStep.objects.filter(goal__plan=ended).values_list("position", "level", "what", "who"))
        tie = Tie.objects.get(agency__isnull=False)
        assert (ended.follows, running.follows) == (None, ended)
        assert Staying.objects.get().shown_writer == "森（台帳）"
    assert (ended.state, ended.agreed_how, ended.worker, ended.shown_worker) == ("ended", "spoken", None, "岡（台帳）")
    assert (running.by, running.writer, running.shown_writer) == (None, "森", "森（台帳）")
    with acting_as(COMMAND):
        assert Evaluation.objects.get().writer == "林"
        assert PlanReview.objects.get(held_on__isnull=False).writer == "岡"
    assert (running.state, running.hope, running.ends_on) == ("running", "家で働きたい", dt.date(2022, 3, 31))
    assert steps == [(0, "daily", "カーテンをあける", ""), (1, "social", "散歩", "母")]
    assert (tie.strength, tie.flow) == ("weak", "both")


@pytest.mark.slow
def test_what_goes_out_comes_into_an_empty_house_and_goes_out_alike(
    book: Book, sheets: dict[str, Any], client: Client, carried: Carried, take: Take
) -> None:
    entry = take(book(header=False, **sheets))
    before = given_out(client)
    assert "'=朝おきたい" in str(sheets_of(before)["計画の目標"])
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=entry)
        assert not Case.objects.exists()
    assert everything() == [0] * len(MODELS)
    assert import_files(by=COMMAND, ledger=Handed(carried(before))).set_aside == []
    assert sheets_of(given_out(client)) == sheets_of(before)
    assert import_files(by=COMMAND, ledger=Handed([before])).made == 0


@pytest.mark.parametrize(
    ("sheet", "changed", "column", "problem"),
    [
        ("計画", {"回": "さいご"}, "回", "数として読めません"),
        ("計画", {"状態": "すてた"}, "状態", "選べる言葉にありません"),
        ("計画", {"回": 3, "もとの回": 3}, "もとの回", "ここにもありません"),
        ("計画", {"回": 3, "もとの回": 1, "もとの改訂": 1}, "もとの回", "ここにもありません"),
        ("計画", {"回": 1, "改訂": 2, "もとの改訂": 1}, "もとの回", "ここにもありません"),
        ("計画", {"回": 3, "状態": "実施中"}, "状態", "すでにあります"),
        ("計画", {"回": 3, "おわり": "R2.1.1"}, "おわり", "はじめの日より前"),
        ("計画の評価", {"回": 2}, "回", "「評価ずみ」ではありません"),
        ("計画の評価", {"回": 9}, "回", "「計画」にありません"),
        ("計画の評価", {"結果": "やめた"}, "結果", "選べる言葉にありません"),
        ("計画の評価", {"見られた変化": "背がのびた"}, "見られた変化", "選べる言葉にありません"),
        ("計画の目標", {"回": 2, "目標番号": 2}, "目標の達成", "評価が「計画の評価」にありません"),
        ("計画の取組", {"目標番号": 7}, "目標番号", "「計画の目標」にありません"),
        ("計画の取組", {"段階": "宇宙"}, "段階", "選べる言葉にありません"),
        ("計画の事業", {"事業": "ひみつの事業"}, "事業", "選べる言葉にありません"),
        ("計画のモニタリング", {"行った日": "2199-01-01"}, "行った日", "まだ来ていない日付です"),
        ("つながり続ける", {"はじめた日": "R3.1.1"}, "おわりにした日", "すでにあります"),
        ("静かな便り", {"はじめた日": "R3.1.1"}, "はじめた日", "ありません"),
        ("静かな便り", {"どのくらいごと": "ときどき"}, "どのくらいごと", "選べる言葉にありません"),
        ("支援チーム", {"いつから": ""}, "いつから", "必ず要る項目が空です"),
        ("つながり", {"だれ": "祖父"}, "だれ", "ひとりに決まりません"),
    ],
)
def test_a_row_that_cannot_be_is_set_aside_with_why(
    book: Book,
    sheets: dict[str, Any],
    take_in: TakeIn,
    sheet: str,
    changed: dict[str, Any],
    column: str,
    problem: str,
) -> None:
    header, row = sheets[sheet][0], dict(zip(sheets[sheet][0], sheets[sheet][1], strict=True))
    more = [*sheets[sheet], tuple((row | changed).values())]
    outcome = take_in(book(header=False, **(sheets | {sheet: [header, *more[1:]]})))
    (fault,) = [one.fault for one in outcome.set_aside]
    assert column in fault.column
    assert problem in fault.problem
    assert fault.accepted


@pytest.mark.parametrize(
    ("people", "column"), [(("", ""), None), (("岡", "別の人"), "作成者"), (("別の人", "岡"), "担当者")]
)
def test_a_plan_of_another_writer_or_worker_is_set_aside_and_silence_says_nothing(
    book: Book, sheets: dict[str, Any], take_in: TakeIn, people: tuple[str, str], column: str | None
) -> None:
    take_in(book(header=False, **sheets))
    header, row, *_others = sheets["計画"]
    outcome = take_in(book(header=False, 計画=[header, (*row[:-2], *people)]))
    assert [one.fault.column for one in outcome.set_aside] == ([column] if column else [])


def test_a_plan_that_a_colleague_wrote_here_goes_out_with_their_name_and_stays_theirs_under_another(
    book: Book, client: Client, take_in: TakeIn, counsellor: Staff
) -> None:
    take_in(book(header=False, 相談ケース=SHEETS["相談ケース"]))
    with acting_as(COMMAND):
        draft_plan(by=COMMAND, case=Case.objects.get(), content=Content([GoalSaid("外に出たい")]), hope="外に出たい")
        Plan.objects.update(by=counsellor, worker=counsellor)
    before = given_out(client)
    assert sheets_of(before)["計画"][1][-2:] == (counsellor.name, counsellor.name)
    with acting_as(COMMAND):
        Staff.objects.filter(pk=counsellor.pk).update(name="あたらしい 名")
    again = take_in(before)
    assert (again.made, again.set_aside) == (0, [])


def test_a_plan_that_somebody_wrote_here_is_not_added_to(book: Book, take_in: TakeIn, counsellor: Staff) -> None:
    take_in(book(header=False, 相談ケース=SHEETS["相談ケース"]))
    with acting_as(COMMAND):
        draft_plan(by=COMMAND, case=Case.objects.get(), content=Content([GoalSaid("外に出たい")]), hope="外に出たい")
        Plan.objects.update(by=counsellor)
    goal = [SHEETS["計画の目標"][0], ("K1", 1, 2, "もっと", "", "")]
    outcome = take_in(book(header=False, 計画の目標=goal))
    assert "ここで書かれた計画" in outcome.set_aside[0].fault.problem


def test_a_plan_follows_one_that_came_in_earlier(book: Book, take_in: TakeIn) -> None:
    """Also in another ledger, or as a revision of the same plan; the tenth goes out below the ninth."""
    first = [PLAN, ("K1", 9, "", "", "", "改訂前", "R3.4.1")]
    then = [PLAN, ("K1", 9, 1, 9, 0, "評価ずみ", "R3.5.1"), ("K1", 10, "", 9, 1, "実施中", "R4.5.1")]
    take_in(book(header=False, 相談ケース=SHEETS["相談ケース"], 計画=first))
    assert take_in(book(header=False, 計画=then)).set_aside == []
    with acting_as(COMMAND):
        nine, revised, ten = Plan.objects.order_by("number", "revision")
        assert (nine.follows, revised.follows, ten.follows) == (None, nine, revised)
        told = [(row.number, row.revision, row.follows) for row in Telling(Case.objects.all()).rows(PlanRow)]
    assert told == [(9, 0, None), (9, 1, 9), (10, 0, 9)]


@pytest.mark.parametrize("deed", ["agreed", "reviewed", "waits"])
def test_what_somebody_has_changed_since_keeps_the_import(
    book: Book, sheets: dict[str, Any], deed: str, counsellor: Staff, take: Take
) -> None:
    entry = take(book(header=False, **sheets))
    with acting_as(COMMAND):
        if deed == "agreed":
            note_agreement(by=COMMAND, plan=Plan.objects.get(state="running"), on=dt.date(2021, 10, 2), how="spoken")
        elif deed == "reviewed":
            review = PlanReview.objects.get(held_on__isnull=True)
            hold_review(by=COMMAND, review=review, on=dt.date(2021, 12, 1))
            PlanReview.objects.filter(pk=review.pk).update(by=counsellor)
        else:
            let_wait(by=COMMAND, quiet=QuietContact.objects.get(), until=dt.date(2032, 1, 1), word="入院中")
        with pytest.raises(NotUndoable):
            undo(by=COMMAND, entry=entry)
    assert everything()[0] == 2
