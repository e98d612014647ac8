"""People and households come in with the ledger and go out again as they were, and nobody else's goes along."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.queries import find_cases
from engawa.office.casework.households.models import Household, LifeEvent, Member, Need, Relation
from engawa.office.casework.identity.actions import keep_address, keep_name, keep_reach
from engawa.office.casework.identity.actions.steps import take_name_back
from engawa.office.casework.identity.models import Step
from engawa.office.casework.maps.actions.family import add_member, relate
from engawa.office.casework.people.models import OtherAddress, OtherName, OtherReach, Person
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
ONE, OTHER = "ひとり（親子なら親）", "もうひとり（親子なら子）"
CASES = [
    ("ケース番号", "受付日", "受付窓口", "相談者"),
    ("K1", "R2.9.4", DESK, "家族"),
    ("K2", "R2.9.5", DESK, "本人"),
    ("K3", "R3.9.5", DESK, "家族"),
]
SHEETS: dict[str, list[tuple[Any, ...]]] = {
    "本人": [
        ("ケース番号", "氏名", "よみ", "生年月日", "年齢", "電話", "ケースの呼び名", "同じ人のケース", "棚"),
        ("K1", "葛󠄀城 𠮷男", "かつらぎ よしお", "昭和59年5月1日", "", "０７５−１２３−４５６７", "", "", "3段目"),
        ("K2", "", "", "", "40代", "", "よっちゃん", "", ""),
        ("K3", "", "", "", "", "", "", "Ｋ１", ""),
    ],
    "別の名": [("ケース番号", "種類", "名前", "よみ"), ("K1", "旧姓", "山田 吉男", ""), ("K1", "通称", "よし", "ヨシ")],
    "別の住所": [("ケース番号", "種類", "住所", "いつまで"), ("K1", "前の住所", "伏見区1-1", "H30.3.31")],
    "別の連絡先": [
        ("ケース番号", "種類", "連絡先", "伝言", "メモ"),
        ("K1", "携帯", "０９０−１１１１−２２２２", "可", "夜は出られない"),
        ("K1", "メール", "yoshio@example.jp", "", ""),
    ],
    "名前の歩み": [
        ("ケース番号", "日付", "だれが同意したか", "確かめ方", "メモ"),
        ("K1", "R2.10.1", "本人", "面談", ""),
    ],
    "世帯": [("ケース番号", "世帯の呼び名", "世帯のようす"), ("K1", "葛城家", "静か")],
    "世帯員": [
        ("ケース番号", "続柄", "氏名", "生年月日", "年齢", "同居", "亡くなっている", "メモ", "本人であるケース"),
        ("K1", "本人", "", "", "", "", "", "二階", ""),
        ("K1", "母", "葛城 ふみ", "昭和30年1月2日", "", "○", "", "", ""),
        ("K1", "父", "", "", "", "", "○", "", ""),
        ("K1", "弟", "", "", "４０代", "別居", "", "", "K2"),
        ("K1", "弟", "", "", "不明", "", "", "", ""),
        ("K1", "弟", "", "", "", "", "", "", ""),
    ],
    "世帯の関係": [
        ("ケース番号", "ひとり（親子なら親）", "もうひとり（親子なら子）", "関係", "いまは", "はじまりの年"),
        ("K1", "母", "本人", "親子", "", ""),
        ("K1", "父", "母", "夫婦", "", "平成元年"),
    ],
    "世帯の課題": [("ケース番号", "だれ", "課題", "気づいた日", "記録者"), ("K1", "母", "介護・看護", "R3.4.1", "岡")],
    "世帯の出来事": [
        ("ケース番号", "日付", "おおよその日", "だれ", "出来事", "ようす", "記録者"),
        ("K1", "2019-04-01", "○", "父", "死亡", "急に", "森"),
        ("K1", "2020-04-01", "", "", "転居", "", ""),
    ],
}


@pytest.fixture(autouse=True)
def desk(desk_organisation: Organisation) -> Desk:
    with acting_as(COMMAND):
        return Desk.objects.create(name=DESK, organisation=desk_organisation)


@pytest.fixture
def ledger(book: Book) -> Source:
    return book(header=False, 相談ケース=CASES, **SHEETS)


def given_out(client: Client, *parts: str) -> Source:
    answer = client.post("/ledger/out/", {"parts": parts or ("people",)})
    assert answer.status_code == 200
    return Source("ledger.xlsx", answer.content)


def sheets_of(source: Source) -> dict[str, list[tuple[object, ...]]]:
    workbook = openpyxl.load_workbook(io.BytesIO(source.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in workbook}


def everything() -> list[int]:
    models = (Person, OtherName, OtherAddress, OtherReach, Household, Member, Relation, Need, LifeEvent, Step)
    with acting_as(COMMAND):
        return [model.objects.count() for model in models]


def test_people_and_households_come_in_as_they_were_written_and_only_once(ledger: Source, take_in: TakeIn) -> None:
    """002-26: names in any signs, nobody needs one, unknown is neither zero nor refused; the same twice is nothing."""
    first = take_in(ledger)
    assert first.set_aside == []
    before = everything()
    assert before == [2, 2, 1, 2, 1, 6, 2, 1, 2, 1]
    again = take_in(ledger)
    assert (again.made, again.set_aside, everything()) == (0, [], before)
    with acting_as(COMMAND):
        one, two, three = Case.objects.order_by("number")
        assert one.person == three.person
        assert one.person
        assert (one.person.name, one.person.birth_date) == ("葛󠄀城 𠮷男", dt.date(1984, 5, 1))
        assert one.notes == {"棚": "3段目"}
        assert two.person
        assert (two.person.name, two.person.age_band, two.called) == ("", "40代", "よっちゃん")
        assert one.household == two.household
        assert two.member
        assert (two.member.called, two.member.lives_here) == ("弟", False)
        assert Member.objects.get(called="父").deceased
        assert Need.objects.get().shown_writer == "岡（台帳）"
        assert [event.shown_writer for event in LifeEvent.objects.order_by("on")] == ["森（台帳）", ""]
        assert {case.number for case in find_cases(COMMAND, "葛城ふみ")} == {"K1", "K2"}


@pytest.mark.slow
def test_what_goes_out_comes_into_an_empty_house_and_goes_out_alike(
    ledger: Source, client: Client, carried: Carried, take: Take
) -> None:
    entry = take(ledger)
    before = given_out(client)
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=entry)
    assert everything() == [0] * 10
    outcome = import_files(by=COMMAND, ledger=Handed(carried(before)))
    assert outcome.set_aside == []
    assert sheets_of(given_out(client)) == sheets_of(before)
    assert import_files(by=COMMAND, ledger=Handed([before])).made == 0


def test_names_go_out_only_when_people_are_asked_for(ledger: Source, client: Client, take: Take) -> None:
    take(ledger)
    assert "本人" not in sheets_of(given_out(client, "plans"))
    answer = client.post("/ledger/out/")
    assert "本人" not in sheets_of(Source("ledger.xlsx", answer.content))
    assert "葛󠄀城" in str(sheets_of(given_out(client, "people")))


def test_secret_names_addresses_and_numbers_never_go_out_nor_come_in(
    ledger: Source, client: Client, book: Book, take: Take
) -> None:
    take(ledger)
    with acting_as(COMMAND):
        case = Case.objects.get(number="K1")
        keep_name(by=COMMAND, case=case, kind="secret", name="ひみつ 名")
        keep_address(by=COMMAND, case=case, kind="secret", address="ひみつの町")
        keep_reach(by=COMMAND, case=case, kind="secret", reach="ひみつ@example.jp")
    assert "ひみつ" not in str(sheets_of(given_out(client)))
    row = ("K1", "秘匿の名（DVなど）", "ひみつ 名", "")
    entry = take(book(header=False, 別の名=[SHEETS["別の名"][0], row]))
    with acting_as(COMMAND):
        fault = entry.set_aside.get()
        assert (fault.column, fault.value) == ("種類", "秘匿の名（DVなど）")
        assert "通称" in fault.accepted


def test_what_another_organisation_knows_of_a_household_stays_there(
    ledger: Source, client: Client, other_ward: Organisation, take: Take
) -> None:
    """The case of a brother is held elsewhere: his name is theirs to give out, and no file can ask for it."""
    take(ledger)
    with acting_as(COMMAND):
        theirs = Desk.objects.create(name="よその窓口", organisation=other_ward)
        elsewhere = open_case(by=COMMAND, desk=theirs, requester="self", name="よその人")
        one = Case.objects.get(number="K1")
        brother = one.household and one.household.members.filter(called="弟", cases=None).first()
        assert brother
        brother.person = elsewhere.person
        brother.save()
        Case.objects.filter(pk=elsewhere.pk).update(household=one.household, member=brother)
    book = given_out(client)
    assert "よその人" not in str(sheets_of(book))
    assert elsewhere.number not in str(sheets_of(book))
    assert import_files(by=COMMAND, ledger=Handed([book])).set_aside == []


def test_words_that_begin_like_a_formula_are_harmless_and_come_back_as_they_were(
    book: Book, client: Client, take: Take
) -> None:
    rows = [("ケース番号", "続柄", "氏名", "メモ"), ("K1", "母", "'=1+1", "'@母")]
    take(book(header=False, 相談ケース=CASES[:2], 世帯員=rows))
    out = given_out(client)
    assert "'=1+1" in str(sheets_of(out))
    outcome = import_files(by=COMMAND, ledger=Handed([out]))
    assert (outcome.made, outcome.set_aside) == (0, [])
    with acting_as(COMMAND):
        assert Member.objects.get(called="母").name == "=1+1"


def test_how_a_name_became_known_is_told_as_long_as_the_name_is(ledger: Source, client: Client, book: Book) -> None:
    """000-06: who agreed, how they were asked, when. A name that was taken back goes out as little as its steps."""
    header, (_case, day, *_asked) = SHEETS["名前の歩み"]
    nobody = book(header=False, 名前の歩み=[header, ("K1", day, "本人", "", "")])
    unasked = import_files(by=COMMAND, ledger=Handed([ledger, nobody]))
    assert [row.fault.column for row in unasked.set_aside] == ["確かめ方"]
    with acting_as(COMMAND):
        step = Step.objects.get()
        assert (step.person, step.on, step.how) == (step.case.person, dt.date(2020, 10, 1), "interview")
        take_name_back(by=COMMAND, case=step.case, agreed_by="self", how="phone", on=dt.date(2021, 1, 1))
    assert len(sheets_of(given_out(client))["名前の歩み"]) == 1


@pytest.mark.parametrize(
    ("sheet", "row", "column", "problem"),
    [
        ("本人", {"ケース番号": "K9", "氏名": "山"}, "ケース番号", "「K9」が相談ケースにありません"),
        ("本人", {"ケース番号": "K1", "生年月日": "昭和64年5月1日"}, "生年月日", "昭和にはない日です"),
        ("本人", {"ケース番号": "K1", "生年月日": "2199-01-01"}, "生年月日", "まだ来ていない日付です"),
        ("本人", {"ケース番号": "K1", "年齢": "若い"}, "年齢", "年齢として読めません"),
        ("本人", {"ケース番号": "K1", "同じ人のケース": "K9"}, "同じ人のケース", "「K9」が相談ケースにありません"),
        ("本人", {"ケース番号": "K1", "氏名": "山", "同じ人のケース": "K2"}, "同じ人のケース", "両方書いてあります"),
        ("別の名", {"ケース番号": "K1", "種類": "通称"}, "名前", "名前もよみも空です"),
        ("別の名", {"ケース番号": "K1", "種類": "通称", "名前": "よし", "いつから": "R3.1.1", "いつまで": "R2.1.1"},
         "いつまで", "はじめの日より前です"),
        ("名前の歩み", {"日付": "R3.4.1", "だれが同意したか": "本人", "確かめ方": "面談"},
         "ケース番号", "名前がありません"),
        ("世帯員", {"ケース番号": "K1", "メモ": "だれか"}, "続柄", "だれのことか"),
        ("世帯員", {"ケース番号": "K1", "続柄": "母", "同居": "たまに"}, "同居", "選べる言葉にありません"),
        ("世帯員", {"ケース番号": "K1", "続柄": "母", "生年月日": "R3.1.1", "亡くなった日": "R2.1.1"},
         "亡くなった日", "生まれた日より前です"),
        ("世帯員", {"ケース番号": "K1", "続柄": "母", "きょうだいの何番目": "長男"}, "きょうだいの何番目", "数として"),
        ("世帯の関係", {ONE: "祖母", OTHER: "母", "関係": "親子"},
         ONE, "「祖母」がだれか"),
        ("世帯の関係", {ONE: "母", OTHER: "母", "関係": "夫婦"},
         "関係", "同じ人どうしの関係は書けません"),
        ("世帯の関係", {ONE: "母", OTHER: "本人", "関係": "夫婦", "はじまりの年": "昔"},
         "はじまりの年", "年として読めません"),
        ("世帯の課題", {"ケース番号": "K1", "だれ": "母", "気づいた日": "R3.4.1"}, "課題", "種類もことばも空です"),
        ("世帯の課題", {"ケース番号": "K1", "課題": "なやみ", "気づいた日": "R3.4.1"}, "課題", "選べる言葉に"),
        ("世帯の出来事", {"ケース番号": "K1", "日付": "R3.4.1", "出来事": "遠足"}, "出来事", "選べる言葉にありません"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_set_aside_with_why(
    book: Book, take_in: TakeIn, sheet: str, row: dict[str, str], column: str, problem: str
) -> None:
    sheets = {"相談ケース": CASES, "世帯員": [("ケース番号", "続柄"), ("K1", "母")]}
    line = {"ケース番号": "K1"} | row
    outcome = take_in(book(header=False, **(sheets | {sheet: [tuple(line), tuple(line.values())]})))
    (fault,) = [one.fault for one in outcome.set_aside]
    assert column in fault.column
    assert problem in fault.problem
    assert fault.accepted


def test_a_member_of_whom_the_ledger_says_something_else_is_set_aside_and_what_was_known_stays(
    ledger: Source, book: Book, take_in: TakeIn
) -> None:
    take_in(ledger)
    before = everything()
    rows = [("ケース番号", "続柄", "氏名", "しごと・学校"), ("K1", "母", "葛城 ふみ", "パート")]
    outcome = take_in(book(header=False, 世帯員=rows))
    assert "しごと・学校" in outcome.set_aside[0].fault.column
    outcome = take_in(book(header=False, 本人=[("ケース番号", "氏名"), ("K1", "別人")]))
    assert "氏名" in outcome.set_aside[0].fault.column
    assert everything() == before


def test_undoing_takes_back_what_came_in_and_leaves_what_was_there(ledger: Source, book: Book, take: Take) -> None:
    take(book(header=False, 相談ケース=CASES))
    with acting_as(COMMAND):
        before = list(Case.objects.order_by("number").values("number", "person", "household", "handle", "notes"))
    entry = take(ledger)
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=entry)
        assert (
            list(Case.objects.order_by("number").values("number", "person", "household", "handle", "notes")) == before
        )
        assert find_cases(COMMAND, "葛城ふみ") == []
    assert everything() == [0] * 10


@pytest.mark.parametrize("deed", ["name", "member", "relation", "secret", "brother"])
def test_what_somebody_has_changed_or_written_since_keeps_the_import(ledger: Source, deed: str, take: Take) -> None:
    entry = take(ledger)
    with acting_as(COMMAND):
        case = Case.objects.get(number="K1")
        if deed == "name":
            person = case.person
            assert person
            person.name = "葛城 吉男"
            person.save()
        elif deed == "member":
            add_member(by=COMMAND, case=case, called="祖母")
        elif deed == "relation":
            mother, brother = Member.objects.get(called="母"), Member.objects.filter(called="弟").first()
            assert brother
            relate(by=COMMAND, case=case, one=mother, other=brother, kind="parent")
        elif deed == "secret":
            keep_name(by=COMMAND, case=case, kind="secret", name="ひみつ")
        else:
            Member.objects.filter(called="弟", cases=None).first().delete()  # type: ignore[union-attr]
        with pytest.raises(NotUndoable):
            undo(by=COMMAND, entry=entry)
    assert everything()[0] == 2


def test_a_household_that_was_there_before_keeps_its_members_when_their_names_go_again(book: Book, take: Take) -> None:
    take(book(header=False, 相談ケース=CASES))
    with acting_as(COMMAND):
        case = Case.objects.get(number="K1")
        add_member(by=COMMAND, case=case, as_="mother", called="母")
    entry = take(book(header=False, 本人=[("ケース番号", "氏名"), ("K1", "葛城 薫")]))
    with acting_as(COMMAND):
        own = Member.objects.get(cases=case)
        assert own.person
        assert own.person.name == "葛城 薫"
        undo(by=COMMAND, entry=entry)
        own.refresh_from_db()
        assert own.person is None
    assert everything()[0] == 0
