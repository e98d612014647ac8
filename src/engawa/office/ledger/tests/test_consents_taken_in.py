"""Consents go out as facts; what was signed elsewhere comes in, and lets nobody see anything by itself."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Grant, Organisation
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.actions import record_consent, withdraw_consent
from engawa.office.casework.consents.models import Consent, ConsentParty, ConsentText
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
CASES = [("ケース番号", "受付日", "受付窓口", "相談者"), ("K1", "R2.9.4", "窓口", "家族")]
HEADER = (
    *("ケース番号", "同意した日", "同意した人", "名前・続柄", "方法", "文面", "版", "目的", "共有する範囲"),
    *("共有する相手", "いつまで", "ことば・条件", "取りやめた日", "取りやめの方法", "聞いた人"),
)
TEXT = "ほかの機関に伝えることについて"
PAPER: tuple[Any, ...] = (
    *("K1", "R3.4.1", "家族", "母", "書面", TEXT, "", "見守り・訪問;支援の相談・調整", "経過"),
    *("みどり病院;よその団体", "2035-03-31", "父のことは言わない", "", "", "岡"),
)
ENDED: tuple[Any, ...] = (
    *("K1", "R2.10.1", "本人", "", "書面", TEXT, 1, "家族への支援", ""),
    *("", "R4.3.31", "", "R3.1.5", "口頭", ""),
)


@pytest.fixture(autouse=True)
def desk(desk_organisation: Organisation) -> Desk:
    with acting_as(COMMAND):
        Organisation.objects.create(name="みどり病院")
        return Desk.objects.create(name="窓口", organisation=desk_organisation)


@pytest.fixture
def ledger(book: Book) -> Source:
    return book(header=False, 相談ケース=CASES, 同意=[HEADER, PAPER, ENDED])


def given_out(client: Client) -> Source:
    return Source("ledger.xlsx", client.post("/ledger/out/", {"parts": ["people"]}).content)


def lines_of(source: Source) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(source.content))["同意"].iter_rows(values_only=True))


def spoken() -> Consent:
    said: Any = {"giver": "self", "giver_name": "", "way": "word", "given_on": dt.date(2026, 5, 1), "note": ""}
    said |= {"purposes": ["family"], "parts": ["course"], "ends_on": dt.date(2035, 3, 31)}
    text = ConsentText.objects.get(title=TEXT)
    return record_consent(by=COMMAND, case=Case.objects.get(), text=text, agencies=["家族会"], **said)


def test_a_signed_consent_comes_in_as_it_was_given_only_once_and_shows_nobody_anything(
    ledger: Source, take_in: TakeIn
) -> None:
    first = take_in(ledger)
    with acting_as(COMMAND):
        rights = Grant.objects.count()
    again = take_in(ledger)
    assert first.set_aside == again.set_aside == []
    assert again.made == 0
    with acting_as(COMMAND):
        ended, paper = Consent.objects.order_by("given_on")
        assert Grant.objects.count() == rights == 1
        assert {party.called: bool(party.organisation) for party in paper.parties.all()} == {
            "みどり病院": True,
            "よその団体": False,
        }
        assert (paper.text.title, paper.text.version, paper.parts) == (TEXT, 1, ["basics", "course"])
    assert (paper.recorded_by, paper.shown_writer) == (None, "岡（台帳）")
    assert (paper.purposes, paper.ends_on) == (["coordination", "watching"], dt.date(2035, 3, 31))
    assert (ended.withdrawn_on, ended.withdrawn_way) == (dt.date(2021, 1, 5), "word")


def test_what_goes_out_comes_into_an_empty_house_and_goes_out_alike(
    ledger: Source, client: Client, carried: Carried, take: Take
) -> None:
    entry = take(ledger)
    before = given_out(client)
    assert len(lines_of(before)) == 3
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=entry)
        assert [model.objects.count() for model in (Consent, ConsentParty, Case)] == [0, 0, 0]
    assert import_files(by=COMMAND, ledger=Handed(carried(before))).set_aside == []
    assert lines_of(given_out(client)) == lines_of(before)
    assert import_files(by=COMMAND, ledger=Handed([before])).made == 0


def test_what_was_only_spoken_comes_in_elsewhere_with_the_name_of_whoever_heard_it_alone(
    book: Book, client: Client, take_in: TakeIn, take: Take
) -> None:
    entry = take(book(header=False, 相談ケース=CASES))
    with acting_as(COMMAND):
        spoken()
    before = given_out(client)
    assert "口頭" in lines_of(before)[1]
    assert take_in(before).set_aside == []
    with acting_as(COMMAND):
        Consent.objects.all().delete()
        undo(by=COMMAND, entry=entry)
    (fault,) = [row.fault for row in take_in(before).set_aside]
    assert fault.column == "聞いた人"
    assert "だれにも確かめられません" in fault.problem
    assert "もう一度たずねて" in fault.accepted
    told = dict(zip(HEADER, PAPER, strict=True)) | {"方法": "口頭"}
    header = ("ケース番号", "つないだ日", "つなぎ先", "つなぎ方", "伝えた範囲", "伝えた根拠", "同意した日")
    rests_on_it = ("K1", "R3.5.1", "みどり病院", "紹介", "経過", "同意", "R3.4.1")
    assert (
        take_in(book(header=False, 同意=[HEADER, tuple(told.values())], つなぎ=[header, rests_on_it])).set_aside == []
    )
    with acting_as(COMMAND):
        heard = Consent.objects.get()
        assert (heard.way, heard.recorded_by, heard.shown_writer) == ("word", None, "岡（台帳）")
        assert Referral.objects.get().consent == heard


def test_an_organisation_has_its_own_words_before_those_of_the_house(
    book: Book, take_in: TakeIn, desk_organisation: Organisation, other_ward: Organisation
) -> None:
    with acting_as(COMMAND):
        ours = {"code": "sharing", "title": TEXT, "version": 2, "body": "わたしたちの"}
        ConsentText.objects.create(organisation=desk_organisation, **ours)
        ConsentText.objects.create(organisation=other_ward, **ours | {"version": 3})
    third = (*PAPER[:6], 3, *PAPER[7:])
    outcome = take_in(book(header=False, 相談ケース=CASES, 同意=[HEADER, PAPER, ENDED, third]))
    assert [row.fault.column for row in outcome.set_aside] == ["文面"]
    with acting_as(COMMAND):
        assert [one.text.version for one in Consent.objects.order_by("given_on")] == [1, 2]


@pytest.mark.parametrize(
    ("changed", "column", "problem"),
    [
        ({"同意した人": "近所"}, "同意した人", "選べる言葉にありません"),
        ({"方法": "口頭", "聞いた人": ""}, "聞いた人", "だれにも確かめられません"),
        ({"文面": "ないしょの文面"}, "文面", "ここにありません"),
        ({"版": 9}, "文面", "ここにありません"),
        ({"目的": ""}, "目的", "必ず要る項目が空です"),
        ({"目的": "自慢"}, "目的", "「自慢」は選べる言葉にありません"),
        ({"共有する範囲": "全部"}, "共有する範囲", "選べる言葉にありません"),
        ({"いつまで": "R3.3.1"}, "いつまで", "同意した日より前"),
        ({"取りやめた日": "R3.3.1"}, "取りやめた日", "同意した日より前"),
        ({"取りやめの方法": "口頭"}, "取りやめた日", "取りやめた日が空です"),
        ({"ケース番号": "K9"}, "ケース番号", "「K9」が相談ケースにありません"),
    ],
)
def test_a_consent_that_cannot_be_taken_is_set_aside_with_why(
    book: Book, take_in: TakeIn, changed: dict[str, Any], column: str, problem: str
) -> None:
    row = dict(zip(HEADER, PAPER, strict=True)) | changed
    outcome = take_in(book(header=False, 相談ケース=CASES, 同意=[HEADER, tuple(row.values())]))
    (fault,) = [one.fault for one in outcome.set_aside]
    assert fault.column == column
    assert problem in fault.problem
    assert fault.accepted


def test_a_consent_that_is_taken_back_here_is_another_one_by_then_and_keeps_the_import(
    ledger: Source, take_in: TakeIn, take: Take
) -> None:
    entry = take(ledger)
    with acting_as(COMMAND):
        paper = Consent.objects.get(withdrawn_on=None)
        withdraw_consent(by=COMMAND, consent=paper, on=dt.date(2026, 5, 1), way="word")
    outcome = take_in(ledger)
    assert [row.fault.column for row in outcome.set_aside] == ["取りやめた日、取りやめの方法"]
    with acting_as(COMMAND), pytest.raises(NotUndoable, match="そのあと変わった「同意」 1件"):
        undo(by=COMMAND, entry=entry)
