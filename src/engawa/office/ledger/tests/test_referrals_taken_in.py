"""Referrals come in with what was handed on and what was answered, and go out again as they were."""

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
from engawa.office.alerts.models import Alert
from engawa.office.casework.households.models import Member
from engawa.office.casework.referrals.actions import answer_referral, ask_after_referrals
from engawa.office.casework.referrals.models import Referral
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
HEADER = (
    *("ケース番号", "つないだ日", "だれ", "つなぎ先", "つなぎ方", "望み・つないだわけ", "伝えた範囲"),
    *("伝えたこと・渡したもの", "伝えた根拠", "同意した日", "同意によらないわけ", "返事を確かめる日"),
    *("返事", "返事の日", "返事のことば", "記録者"),
)
TEXT = "ほかの機関に伝えることについて"
WAITING = (
    *("K1", "R3.5.1", "", "みどり病院", "紹介", "眠れるようになりたい", "経過", "これまでの経過を口頭で"),
    *("同意", "R3.4.1", "", "R3.6.1", "", "", "", "岡"),
)
TAKEN = (
    *("K1", "R3.6.1", "母", "家族会「よりあい」", "同行", "", "", "", "", "", "", ""),
    *("受けた", "R3.6.8", "待っています", ""),
)
DECLINED = (
    *("K1", "R3.7.1", "本人", "北作業所", "紹介状・情報提供書", "", "基本", "手紙", "緊急", "", "命にかかわるため"),
    *("", "受けられない", "R3.7.9", "定員のため", ""),
)
SHEETS: dict[str, list[tuple[Any, ...]]] = {
    "相談ケース": [("ケース番号", "受付日", "受付窓口", "相談者"), ("K1", "R2.9.4", "窓口", "家族")],
    "世帯員": [("ケース番号", "続柄"), ("K1", "本人"), ("K1", "母")],
    "同意": [
        ("ケース番号", "同意した日", "同意した人", "方法", "文面", "目的", "共有する範囲", "共有する相手", "いつまで"),
        ("K1", "R3.4.1", "本人", "書面", TEXT, "家族への支援", "経過", "よその団体", "2035-03-31"),
        ("K1", "R3.4.1", "本人", "書面", TEXT, "支援の相談・調整", "経過", "みどり病院", "2035-03-31"),
    ],
    "つなぎ": [HEADER, WAITING, TAKEN, DECLINED],
}


@pytest.fixture(autouse=True)
def desk(desk_organisation: Organisation) -> Desk:
    with acting_as(COMMAND):
        Organisation.objects.create(name="みどり病院")
        return Desk.objects.create(name="窓口", organisation=desk_organisation)


@pytest.fixture
def ledger(book: Book) -> Source:
    return book(header=False, **SHEETS)


def given_out(client: Client, *parts: str) -> Source:
    return Source("ledger.xlsx", client.post("/ledger/out/", {"parts": parts}).content)


def lines_of(source: Source) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(source.content))["つなぎ"].iter_rows(values_only=True))


def test_referrals_come_in_with_what_was_handed_on_and_answered_and_only_once(ledger: Source, take_in: TakeIn) -> None:
    first, again = take_in(ledger), take_in(ledger)
    assert first.set_aside == again.set_aside == []
    assert again.made == 0
    with acting_as(COMMAND):
        waiting, taken, declined = Referral.objects.select_related("organisation", "consent").order_by("on")
        assert waiting.organisation
        assert waiting.consent
        assert [party.called for party in waiting.consent.parties.all()] == ["みどり病院"]
        assert Member.objects.get(pk=taken.member).called == "母"
    assert (waiting.organisation.name, waiting.answer) == ("みどり病院", "waiting")
    assert (waiting.by, waiting.writer) == (None, "岡")
    assert (taken.name, taken.answer, taken.answered_on) == ("家族会「よりあい」", "taken", dt.date(2021, 6, 8))
    assert (declined.member, declined.parts, declined.basis) == (None, ["basics"], "urgent")
    assert declined.answer == "declined"


def test_nobody_is_reminded_of_what_an_earlier_record_let_wait(ledger: Source, take: Take) -> None:
    take(ledger)
    with acting_as(COMMAND):
        assert ask_after_referrals() == 0
        assert not Alert.objects.exists()


@pytest.mark.slow
def test_what_goes_out_comes_into_an_empty_house_and_goes_out_alike(
    ledger: Source, client: Client, carried: Carried, take: Take
) -> None:
    entry = take(ledger)
    before = given_out(client, "people")
    assert len(lines_of(before)) == 4
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=entry)
        assert not Referral.objects.exists()
    assert import_files(by=COMMAND, ledger=Handed(carried(before))).set_aside == []
    assert lines_of(given_out(client, "people")) == lines_of(before)
    assert import_files(by=COMMAND, ledger=Handed([before])).made == 0


def test_referrals_go_out_with_the_people_alone(ledger: Source, client: Client, take: Take) -> None:
    take(ledger)
    sheets = openpyxl.load_workbook(io.BytesIO(given_out(client, "plans").content)).sheetnames
    assert not {"つなぎ", "同意"} & set(sheets)


def test_whoever_has_left_the_household_by_now_makes_no_referral_another_record(
    ledger: Source, client: Client, take_in: TakeIn, take: Take
) -> None:
    take(ledger)
    with acting_as(COMMAND):
        Member.objects.get(called="母").delete()
    again = take_in(given_out(client, "people"))
    assert (again.made, again.set_aside) == (0, [])


@pytest.mark.parametrize(
    ("row", "changed", "column", "problem"),
    [
        (WAITING, {"つなぎ方": "念力"}, "つなぎ方", "選べる言葉にありません"),
        (WAITING, {"つなぎ先": ""}, "つなぎ先", "必ず要る項目が空です"),
        (WAITING, {"だれ": "祖父"}, "だれ", "「祖父」がだれか"),
        (WAITING, {"同意した日": "R3.4.2"}, "同意した日", "「同意」にありません"),
        (WAITING, {"つなぎ先": "ないしょの会"}, "伝えた範囲", "そのつなぎ先が含まれていません"),
        (WAITING, {"伝えた範囲": "計画"}, "伝えた範囲", "含まれていない範囲"),
        (WAITING, {"だれ": "母"}, "伝えた範囲", "本人のものなので"),
        (WAITING, {"伝えた範囲": ""}, "伝えた範囲", "「伝えた範囲」が空です"),
        (WAITING, {"伝えた根拠": "", "同意した日": ""}, "伝えた範囲", "根拠が要ります"),
        (WAITING, {"返事": "受けた"}, "返事の日", "両方要ります"),
        (DECLINED, {"同意によらないわけ": ""}, "伝えた範囲", "なぜ伝える必要があったか"),
        (DECLINED, {"同意した日": "R3.4.1"}, "同意した日", "根拠が同意ではありません"),
        (DECLINED, {"返事のことば": ""}, "返事の日", "受けられないわけ"),
        (DECLINED, {"返事の日": "R3.6.1"}, "返事の日", "より前の日"),
        (DECLINED, {"返事": "たぶん"}, "返事", "選べる言葉にありません"),
    ],
)
def test_a_referral_that_cannot_be_so_is_set_aside_with_why(
    book: Book, take_in: TakeIn, row: tuple[str, ...], changed: dict[str, str], column: str, problem: str
) -> None:
    line = dict(zip(HEADER, row, strict=True)) | changed
    outcome = take_in(book(header=False, **(SHEETS | {"つなぎ": [HEADER, tuple(line.values())]})))
    (fault,) = [one.fault for one in outcome.set_aside]
    assert fault.column == column
    assert problem in fault.problem
    assert fault.accepted


def test_a_referral_that_was_answered_here_is_another_one_by_then_and_keeps_the_import(
    ledger: Source, take_in: TakeIn, take: Take
) -> None:
    entry = take(ledger)
    with acting_as(COMMAND):
        waiting = Referral.objects.get(answer="waiting")
        answer_referral(by=COMMAND, referral=waiting, answer="taken", answered_on=dt.date(2021, 6, 1))
    (fault,) = [row.fault for row in take_in(ledger).set_aside]
    assert fault.column == "返事を確かめる日、返事、返事の日"
    with acting_as(COMMAND), pytest.raises(NotUndoable, match="直した・消した「つなぎ」 1件"):
        undo(by=COMMAND, entry=entry)
