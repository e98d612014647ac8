"""A bad cell never stops the rest: each problem sets its row aside, and says what would be accepted."""

import datetime as dt
from collections.abc import Callable

import pytest

from engawa.kernel.clock import today
from engawa.kernel.spreadsheets.cells import Broken, Cell, Refused
from engawa.kernel.spreadsheets.reading import Source
from engawa.kernel.spreadsheets.records import Record
from engawa.office.access.actors import COMMAND, Actor, NotAllowed
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case, CaseState
from engawa.office.casework.timeline.models import Contact
from engawa.office.conferences.models import AgendaItem, Conference
from engawa.office.ledger import rules
from engawa.office.ledger.actions.taking_in import Outcome, take_in_sources
from engawa.office.ledger.rules import Fault, Values
from engawa.office.questionnaires.models import Answer

DESK = "「よりそい・つなぐ」相談窓口"
CASE = ("K1", "R2.9.4", DESK, "本人", "23歳", "男", "", "")
CONTACT = ("T1", "K1", "R2.9.4", "電話", "本人", "30", "")
SITTING = ("M1", "R2.9.5", "北", "", "")
QUESTION = ("調査A", "満足度", "単一", "満足;不満")
TODAY = dt.date(2026, 11, 22)
Book = Callable[..., Source]
TakeIn = Callable[..., Outcome]


def read(kind: rules.SheetKind, **cells: Cell) -> Values | Fault:
    full = dict.fromkeys(kind.names) | cells
    return rules.read_row(kind, Record(5, full, {}), TODAY)


def a_case(**cells: Cell) -> Values | Fault:
    good = {"ケース番号": "K1", "受付日": "R2.9.4", "受付窓口": DESK, "相談者": "本人"}
    return read(rules.CASES, **good | cells)


def a_contact(**cells: Cell) -> Values | Fault:
    good = {"対応番号": "T1", "ケース番号": "K1", "対応日": "R2.9.4", "手法": "電話", "対象": "本人"}
    return read(rules.CONTACTS, **good | cells)


@pytest.mark.parametrize(
    ("row", "column", "problem", "accepted"),
    [
        (a_case(ケース番号=None), "ケース番号", "必ず要る項目が空です", "必ず何か"),
        (a_case(受付窓口="　"), "受付窓口", "必ず要る項目が空です", "必ず何か"),
        (a_case(受付日="昨日"), "受付日", "日付として読めません", "R3.4.1"),
        (a_case(受付日="令和2年2月30日"), "受付日", "暦にない日", "2021-04-01"),
        (a_case(受付日="平成31年5月1日"), "受付日", "令和元年5月1日ではありませんか", "R3.4.1"),
        (a_case(受付日="昭和64年1月8日"), "受付日", "平成元年1月8日ではありませんか", "R3.4.1"),
        (a_case(受付日=44075), "受付日", "数値が入っています", "日付"),
        (a_case(受付日="2027-01-01"), "受付日", "まだ来ていない日付", "2026-11-22 までの日付"),
        (a_case(相談者="近所"), "相談者", "選べる言葉にありません", "家族・親族"),
        (a_case(本人の年齢="若者"), "本人の年齢", "年齢として読めません", "40代"),
        (a_case(本人の年齢=230), "本人の年齢", "年齢として読めません", "空欄"),
        (a_case(性別="X"), "性別", "選べる言葉にありません", "不明"),
        (a_case(主訴="a\x07b"), "主訴", "制御文字", "取り除いた"),
        (a_case(主訴=Broken("#REF!", "Excel のエラー値です")), "主訴", "エラー値", "値"),
        (a_case(ケース番号="K" * 101), "ケース番号", "番号が長すぎます", "100文字"),
        (a_contact(手法="FAX"), "手法", "選べる言葉にありません", "電話"),
        (a_contact(対象="犬"), "対象", "選べる言葉にありません", "本人"),
        (a_contact(所要分="少し"), "所要分", "所要時間として読めません", "1時間30分"),
        (a_contact(所要分=2000), "所要分", "1日（1440分）より長い", "1440"),
        (read(rules.STATES, ケース番号="K1", 日付="R2.9.4", 状態="保留"), "状態", "選べる言葉", "終結、引継ぎ"),
        (read(rules.ITEMS, 会議番号="M1", ケース番号="K1", 区分="再"), "区分", "選べる言葉", "新規、継続"),
        (read(rules.QUESTIONS, 調査="a", 設問="b", 形式="自由", 選択肢="c"), "形式", "選べる言葉", "単一、複数"),
        (read(rules.QUESTIONS, 調査="a", 設問="b", 形式="単一", 選択肢=";;"), "選択肢", "項目が空です", "何か"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_with_what_would_be_accepted(
    row: Values | Fault, column: str, problem: str, accepted: str
) -> None:
    assert isinstance(row, Fault)
    assert row.column == column
    assert problem in row.problem
    assert accepted in row.accepted


def test_all_faults_of_a_row_are_told_at_once() -> None:
    row = a_case(受付日="昨日", 相談者="近所")
    assert isinstance(row, Fault)
    assert (row.column, row.value) == ("受付日、相談者", "昨日、近所")
    assert "受付日：" in row.problem
    assert "相談者：" in row.problem


@pytest.mark.parametrize(
    ("cell", "years", "band"),
    [(23, 23, None), ("２３", 23, None), ("23歳", 23, None), ("40代", None, 40), ("不明", None, None),
     ("－", None, None), (None, None, None), ("", None, None), (0, 0, None)],
)  # fmt: skip
def test_unknown_age_is_neither_zero_nor_refused(cell: Cell, years: int | None, band: int | None) -> None:
    """X-05: a number, a band, or nothing."""
    row = a_case(本人の年齢=cell)
    assert isinstance(row, Values)
    age = row.cells["本人の年齢"]
    assert (age.years, age.band) == (years, band)


@pytest.mark.parametrize(
    "cell",
    ["令和2年9月4日", "R2.9.4", "r02/09/04", "2020-09-04", "2020/9/4", "２０２０年９月４日", "令和2年9月4日（金）",
     dt.datetime.fromisoformat("2020-09-04"), dt.date(2020, 9, 4)],
)  # fmt: skip
def test_days_are_read_however_offices_write_them(cell: Cell) -> None:
    """X-08."""
    row = a_case(受付日=cell)
    assert isinstance(row, Values)
    assert row.cells["受付日"] == dt.date(2020, 9, 4)


@pytest.mark.parametrize(("cell", "minutes"), [(30, 30), ("30分", 30), ("1時間30分", 90), ("不明", None), (None, None)])
def test_minutes_are_read_and_unknown_stays_unknown(cell: Cell, minutes: int | None) -> None:
    row = a_contact(所要分=cell)
    assert isinstance(row, Values)
    assert row.cells["所要分"] == minutes


def problems(outcome: Outcome) -> list[tuple[str, int, str, str]]:
    return [(row.sheet, row.line, row.fault.column, row.fault.problem) for row in outcome.set_aside]


@pytest.mark.parametrize(
    ("sheets", "sheet", "column", "problem"),
    [
        ({"対応記録": [CONTACT]}, "対応記録", "ケース番号", "「K1」が相談ケースにありません"),
        ({"状態": [("K9", "R2.9.5", "終結", "", "")]}, "状態", "ケース番号", "「K9」が相談ケースにありません"),
        ({"会議案件": [("M1", "K1", "新規", "", "")]}, "会議案件", "会議番号", "「M1」が支援調整会議にありません"),
        ({"支援調整会議": [SITTING], "会議案件": [("M1", "K1", "新規", "", "")]},
         "会議案件", "ケース番号", "「K1」が"),
        ({"アンケート回答": [("調査A", "1", "満足度", "満足")]}, "アンケート回答", "設問", "設問にありません"),
        ({"設問": [QUESTION], "アンケート回答": [("調査A", "1", "満足度", "普通")]},
         "アンケート回答", "回答", "「普通」は選択肢にありません"),
        ({"設問": [QUESTION], "アンケート回答": [("調査A", "1", "満足度", "満足;不満")]},
         "アンケート回答", "回答", "答えが二つ以上"),
        ({"相談ケース": [CASE, (*CASE[:3], "その他", *CASE[4:])]}, "相談ケース", "相談者", "内容が違います"),
        ({"相談ケース": [CASE], "対応記録": [CONTACT, (*CONTACT[:3], "面談", *CONTACT[4:])]},
         "対応記録", "手法", "内容が違います"),
        ({"設問": [QUESTION, ("調査A", "満足度", "複数", "満足;不満")]}, "設問", "形式", "内容が違います"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_the_others_is_set_aside(
    take_in: TakeIn, book: Book, sheets: dict[str, list[object]], sheet: str, column: str, problem: str
) -> None:
    found = [row for row in problems(take_in(book(**sheets))) if row[0] == sheet]
    assert [(name, at) for name, _line, at, _problem in found] == [(sheet, column)]
    assert problem in found[0][3]


def test_a_sheet_without_a_needed_column_is_set_aside_as_a_whole(take_in: TakeIn, book: Book) -> None:
    outcome = take_in(
        book(header=False, 相談ケース=[("ケース番号", "受付日"), ("K1", "R2.9.4")], 支援調整会議=[SITTING])
    )
    sheet, line, column, problem = problems(outcome)[0]
    assert (sheet, line, column) == ("相談ケース", 1, "受付窓口、相談者")
    assert "必ず要る列がありません" in problem


def test_a_good_row_beside_a_bad_one_is_taken(take_in: TakeIn, book: Book) -> None:
    outcome = take_in(book(相談ケース=[("K0", "?", DESK, "本人"), CASE], 対応記録=[CONTACT]))
    assert (outcome.counts["相談ケース"]["made"], outcome.counts["対応記録"]["made"]) == (1, 1)
    assert problems(outcome)[0][:3] == ("相談ケース", 2, "受付日")


def test_what_is_not_part_of_the_ledger_is_reported_and_kept_as_notes(take_in: TakeIn, book: Book) -> None:
    header = ("備考", "ケース番号", "受付日", "受付窓口", "相談者")
    outcome = take_in(book(header=False, 相談ケース=[header, ("母より", "K1", "R2.9.4", DESK, "本人")], 雑記=[("x",)]))
    assert any("雑記" in remark for remark in outcome.remarks)
    assert any("備考" in remark for remark in outcome.remarks)
    with acting_as(COMMAND):
        assert Case.objects.get().notes == {"備考": "母より"}


def test_a_file_without_any_sheet_of_a_ledger_is_refused(take_in: TakeIn, book: Book) -> None:
    with pytest.raises(Refused, match="台帳のシートが見つかりません"):
        take_in(book(header=False, 雑記=[("x",)]))


def test_a_formula_that_was_never_computed_is_set_aside(take_in: TakeIn, book: Book) -> None:
    outcome = take_in(book(相談ケース=[CASE], 対応記録=[(*CONTACT[:5], "=1+1", "")]))
    assert problems(outcome) == [("対応記録", 2, "所要分", "数式の計算結果が保存されていません")]


def test_nobody_imports_without_the_permission(db: None, book: Book) -> None:
    actor = Actor(COMMAND.key, "だれか")  # type: ignore[arg-type]  # any id will do
    with pytest.raises(NotAllowed):
        take_in_sources(by=actor, import_id=actor.id, sources=[book(相談ケース=[CASE])])


def everything() -> list[int]:
    with acting_as(COMMAND):
        return [model.objects.count() for model in (Case, Contact, CaseState, Conference, AgendaItem, Answer)]


@pytest.mark.slow
def test_importing_the_same_ledger_twice_changes_nothing(take_in: TakeIn, demo_ledger: list[Source]) -> None:
    take_in(*demo_ledger)
    before = everything()
    again = take_in(*demo_ledger)
    assert everything() == before == [760, 1482, 326, 62, 122, 84]
    assert again.made == 0
    assert again.set_aside == []


@pytest.mark.slow
def test_a_dry_run_says_the_same_and_changes_nothing(take_in: TakeIn, demo_ledger: list[Source]) -> None:
    dry = take_in(*demo_ledger, dry_run=True)
    assert set(everything()) == {0}
    assert take_in(*demo_ledger).counts == dry.counts


@pytest.mark.slow
def test_a_ledger_that_breaks_in_the_middle_leaves_nothing(
    take_in: TakeIn, demo_ledger: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction per sheet set."""

    def broken(**_: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr("engawa.office.questionnaires.actions.take_in_answers", broken)
    with pytest.raises(RuntimeError):
        take_in(*demo_ledger)
    assert set(everything()) == {0}


def test_a_planned_sitting_may_lie_ahead(take_in: TakeIn, book: Book) -> None:
    later = (today() + dt.timedelta(days=30)).isoformat()
    assert take_in(book(支援調整会議=[("M1", later, "北", "", "")])).set_aside == []
