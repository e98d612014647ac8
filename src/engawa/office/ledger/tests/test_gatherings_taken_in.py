"""Family courses and meetings come in with their days, who takes part and who was there, and go out as they were."""

import datetime as dt
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
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.gatherings.actions import correct_sitting, hold_sitting, leave_gathering, take_part
from engawa.office.casework.gatherings.models import Attendance, Attendee, Gathering, Sitting
from engawa.office.casework.households.models import Member
from engawa.office.casework.timeline.models import Contact
from engawa.office.directory.models import Desk
from engawa.office.ledger.actions.context import OUT_OF_REACH
from engawa.office.ledger.actions.receiving import Handed, import_files
from engawa.office.ledger.actions.taking_in import Outcome
from engawa.office.ledger.actions.undoing import NotUndoable, undo
from engawa.office.ledger.models import Import

pytestmark = pytest.mark.django_db
Book = Callable[..., Source]
TakeIn = Callable[..., Outcome]
Take = Callable[..., Import]
Carried = Callable[[Source], list[Source]]
SHEETS: dict[str, list[tuple[Any, ...]]] = {
    "相談ケース": [
        ("ケース番号", "受付日", "受付窓口", "相談者"),
        ("K1", "R2.9.4", "窓口", "家族"),
        ("K2", "R2.9.5", "窓口", "家族"),
    ],
    "世帯員": [("ケース番号", "続柄"), ("K1", "本人"), ("K1", "母")],
    "対応記録": [
        ("対応番号", "ケース番号", "対応日", "手法", "対象", "内容の区分"),
        ("T1", "K1", "R3.4.10", "その他", "家族", "家族教室・研修会への案内、同席"),
    ],
    "家族の集まり": [
        ("集まり番号", "機関", "種類", "名称", "場所", "すすめる人", "どんな集まりか", "おわった日"),
        ("A1", "よりそい窓口", "家族教室", "春の家族教室", "和室", "臨床心理士", "声のかけ方を学ぶ", "R3.9.30"),
        ("A2", "よりそい窓口", "家族会", "お茶の会", "", "", "", ""),
    ],
    "集まりの回": [
        ("集まり番号", "開いた日", "所要分", "テーマ", "名のらずに来た人"),
        ("A1", "R3.4.10", "90分", "声のかけ方", 2),
        ("A1", "R3.5.8", "", "", ""),
    ],
    "集まりの参加者": [
        ("集まり番号", "参加番号", "ケース番号", "だれ", "呼び名", "いつから", "いつまで"),
        ("A1", "S1", "K1", "母", "", "R3.4.1", ""),
        ("A1", "S2", "", "", "さくらの母", "R3.4.1", "R3.5.1"),
        ("A1", "S3", "K2", "", "", "R3.4.1", ""),
    ],
    "集まりの出席": [
        ("集まり番号", "開いた日", "参加番号", "出欠", "対応番号"),
        ("A1", "R3.4.10", "S1", "○", "T1"),
        ("A1", "R3.4.10", "S2", "", ""),
        ("A1", "R3.5.8", "S1", "欠席", ""),
    ],
}
MODELS = (Gathering, Sitting, Attendee, Attendance)


@pytest.fixture(autouse=True)
def desk(desk_organisation: Organisation) -> Desk:
    with acting_as(COMMAND):
        Organisation.objects.filter(pk=desk_organisation.pk).update(name="よりそい窓口")
        return Desk.objects.create(name="窓口", organisation=desk_organisation)


@pytest.fixture
def ledger(book: Book) -> Source:
    return book(header=False, **SHEETS)


def given_out(client: Client, *parts: str) -> Source:
    return Source("ledger.xlsx", client.post("/ledger/out/", {"parts": parts or ["people"]}).content)


def sheets_of(source: Source) -> dict[str, list[tuple[object, ...]]]:
    workbook = openpyxl.load_workbook(io.BytesIO(source.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in workbook}


def everything() -> list[int]:
    with acting_as(COMMAND):
        return [model.objects.count() for model in MODELS]


def test_gatherings_come_in_with_everybody_who_came_and_only_once(ledger: Source, take_in: TakeIn) -> None:
    """002-26: also a family without any case; whoever came in a contact is tied to it, and it is written once."""
    first, again = take_in(ledger), take_in(ledger)
    assert first.set_aside == again.set_aside == []
    assert (again.made, everything()) == (0, [2, 2, 3, 3])
    with acting_as(COMMAND):
        course = Gathering.objects.select_related("organisation").get(kind="course")
        day = Sitting.objects.get(on=dt.date(2021, 4, 10))
        mother = Attendee.objects.get(case__number="K1")
        assert Member.objects.get(pk=mother.member).called == "母"
        assert Attendance.objects.get(attendee=mother, sitting=day).pk == Contact.objects.get().pk
        assert not Attendance.objects.get(attendee=mother, sitting__on=dt.date(2021, 5, 8)).present
    assert (course.organisation.name, course.place, course.ended_on) == ("よりそい窓口", "和室", dt.date(2021, 9, 30))
    assert (day.minutes, day.theme, day.nameless) == (90, "声のかけ方", 2)


def test_a_sitting_that_came_in_is_corrected_here_like_any_other(ledger: Source, take: Take) -> None:
    take(ledger)
    with acting_as(COMMAND):
        day = Sitting.objects.get(on=dt.date(2021, 4, 10))
        correct_sitting(by=COMMAND, sitting=day, present=Attendee.objects.all(), on=day.on, minutes=60)
        assert Contact.objects.get(number="T1").minutes == 60
        assert Contact.objects.filter(case__number="K2").count() == 1


@pytest.mark.slow
def test_what_goes_out_comes_into_an_empty_house_and_goes_out_alike(
    ledger: Source, client: Client, carried: Carried, take: Take
) -> None:
    entry = take(ledger)
    before = given_out(client)
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=entry)
    assert everything() == [0, 0, 0, 0]
    assert import_files(by=COMMAND, ledger=Handed(carried(before))).set_aside == []
    assert sheets_of(given_out(client)) == sheets_of(before)
    assert import_files(by=COMMAND, ledger=Handed([before])).made == 0


def test_what_was_held_here_goes_out_and_comes_in_again_with_its_contacts(
    client: Client, book: Book, take_in: TakeIn, take: Take
) -> None:
    take(book(header=False, 相談ケース=SHEETS["相談ケース"], 家族の集まり=SHEETS["家族の集まり"]))
    with acting_as(COMMAND):
        course, case = Gathering.objects.get(kind="course"), Case.objects.get(number="K1")
        one = take_part(by=COMMAND, gathering=course, case=case, since=dt.date(2021, 4, 1))
        hold_sitting(by=COMMAND, gathering=course, present=[one], on=dt.date(2021, 4, 10), minutes=90)
    again = take_in(given_out(client))
    assert (again.made, again.set_aside) == (0, [])


def test_gatherings_go_out_with_the_people_and_without_families_whose_cases_stay(
    ledger: Source, client: Client, other_ward: Organisation, take: Take
) -> None:
    take(ledger)
    with acting_as(COMMAND):
        theirs = Desk.objects.create(name="よその窓口", organisation=other_ward)
        elsewhere = open_case(by=COMMAND, desk=theirs, requester="self")
        Attendee.objects.filter(case__number="K2").update(case=elsewhere)
        Gathering.objects.create(organisation=other_ward, kind="course", name="よその教室")
    out = sheets_of(given_out(client))
    assert "よその教室" not in str(out)
    assert elsewhere.number not in str(out)
    assert {row[1] for row in out["集まりの参加者"][1:]} == {"S1", "S2"}
    assert "家族の集まり" not in sheets_of(given_out(client, "plans"))


@pytest.mark.parametrize(
    ("sheet", "changed", "column", "problem"),
    [
        ("家族の集まり", {"集まり番号": "A9", "機関": "どこかの会"}, "機関", "ここにありません"),
        ("家族の集まり", {"集まり番号": "A9", "種類": "飲み会"}, "種類", "選べる言葉にありません"),
        ("家族の集まり", {"場所": "洋室"}, "場所", "内容が違います"),
        ("集まりの回", {"集まり番号": "A9"}, "集まり番号", "「家族の集まり」にありません"),
        ("集まりの回", {"開いた日": "2199-01-01"}, "開いた日", "まだ来ていない日付です"),
        ("集まりの回", {"名のらずに来た人": "たくさん"}, "名のらずに来た人", "数として読めません"),
        ("集まりの参加者", {"参加番号": "S9", "ケース番号": "K9"}, "ケース番号", "「K9」が相談ケースにありません"),
        ("集まりの参加者", {"参加番号": "S9", "だれ": "祖父"}, "だれ", "「祖父」がだれか"),
        ("集まりの参加者", {"参加番号": "S9", "ケース番号": "", "だれ": "母"}, "だれ", "ケース番号がないので"),
        ("集まりの参加者", {"参加番号": "S9", "ケース番号": "", "だれ": ""}, "呼び名", "ケース番号も呼び名も空です"),
        ("集まりの参加者", {"参加番号": "S9"}, "ケース番号", "もう参加しています"),
        ("集まりの参加者", {"参加番号": "S9", "いつまで": "R3.3.1"}, "いつまで", "はじめの日より前"),
        ("集まりの出席", {"参加番号": "S9"}, "参加番号", "この集まりにいません"),
        ("集まりの出席", {"開いた日": "R3.4.11"}, "開いた日", "「集まりの回」にありません"),
        ("集まりの出席", {"参加番号": "S3"}, "対応番号", "このケースの「対応記録」にありません"),
        ("集まりの出席", {"開いた日": "R3.5.8", "参加番号": "S3", "対応番号": "T9"}, "対応番号", "にありません"),
        ("集まりの出席", {"出欠": "たぶん"}, "出欠", "選べる言葉にありません"),
    ],
)
def test_a_row_that_cannot_be_is_set_aside_with_why(
    book: Book, take_in: TakeIn, sheet: str, changed: dict[str, Any], column: str, problem: str
) -> None:
    header, row, *others = SHEETS[sheet]
    more = tuple((dict(zip(header, row, strict=True)) | changed).values())
    outcome = take_in(book(header=False, **(SHEETS | {sheet: [header, row, *others, more]})))
    (fault,) = [one.fault for one in outcome.set_aside]
    assert fault.column == column
    assert problem in fault.problem
    assert fault.accepted


def test_gatherings_of_others_are_neither_made_nor_written_to(
    ledger: Source, book: Book, manager: Staff, city: Organisation, actor_of: Callable[[Staff], Actor], take: Take
) -> None:
    take(ledger)
    before = everything()
    with acting_as(COMMAND):
        Desk.objects.create(name="市の窓口", organisation=city)
    header, row = SHEETS["家族の集まり"][:2]
    sheets = {
        "家族の集まり": [header, row, ("A9", *row[1:])],
        "集まりの回": [SHEETS["集まりの回"][0], ("A1", "R3.6.5", "", "", "")],
        "集まりの参加者": [SHEETS["集まりの参加者"][0], ("A1", "S9", "", "", "だれか", "R3.4.1", "")],
    }
    outcome = import_files(by=actor_of(manager), ledger=Handed([book(header=False, **sheets)], organisation=city))
    assert [one.fault for one in outcome.set_aside] == [OUT_OF_REACH] * 4
    assert everything() == before


def test_further_columns_of_marks_are_reported_as_not_read(book: Book, take_in: TakeIn) -> None:
    header, *rows = SHEETS["集まりの参加者"]
    more = [(*header, "備考"), *((*row, "二階") for row in rows)]
    outcome = take_in(book(header=False, **(SHEETS | {"集まりの参加者": more})))
    assert any("残す場所がない" in remark and "備考" in str(remark) for remark in map(str, outcome.remarks))


@pytest.mark.parametrize("deed", ["left", "came", "again", "new"])
def test_what_somebody_has_gone_on_with_keeps_the_import(ledger: Source, deed: str, take: Take) -> None:
    entry = take(ledger)
    with acting_as(COMMAND):
        course = Gathering.objects.get(kind="course")
        someone = Attendee.objects.get(case=None)
        if deed == "left":
            leave_gathering(by=COMMAND, attendee=Attendee.objects.get(case__number="K2"))
        elif deed == "came":
            day = Sitting.objects.get(on=dt.date(2021, 4, 10))
            correct_sitting(by=COMMAND, sitting=day, present=[], on=day.on)
        elif deed == "again":
            hold_sitting(by=COMMAND, gathering=course, present=[someone], on=dt.date(2021, 6, 5))
        else:
            take_part(by=COMMAND, gathering=course, called="つつじ")
        with pytest.raises(NotUndoable, match="家族教室・家族会"):
            undo(by=COMMAND, entry=entry)
    assert everything()[0] == 2
