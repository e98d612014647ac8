"""The ledger goes out in the shape in which it comes in: nothing is lost on the way, and nobody else's case leaves."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.actors import COMMAND, Actor, NotAllowed
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.assessments.actions import note_stage
from engawa.office.casework.assessments.models import Stage
from engawa.office.casework.cases.actions import close_case, open_case, reopen_case
from engawa.office.casework.cases.models import Case, CaseState, Requester
from engawa.office.casework.people.models import Person
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.casework.timeline.models import Contact, Counterpart, Method
from engawa.office.directory.models import Desk
from engawa.office.ledger import rules
from engawa.office.ledger.actions.giving_out import give_out
from engawa.office.ledger.actions.receiving import Handed, import_files
from engawa.office.ledger.actions.taking_in import Outcome
from engawa.office.ledger.actions.undoing import undo
from engawa.office.ledger.models import Import
from engawa.office.ledger.rules import SheetKind

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 1)
Book = Callable[..., Source]
TakeIn = Callable[..., Outcome]


@pytest.fixture
def case(desk_organisation: Organisation) -> Case:
    """A case with whatever the ledger has room for, recorded in this house."""
    with acting_as(COMMAND):
        desk = Desk.objects.create(name="窓口", organisation=desk_organisation)
        made = open_case(by=COMMAND, desk=desk, requester="agency", received_on=DAY, age_band="40代", complaint="=1+1")
        said: Any = {"content": "母から。", "own_words": "ねむい", "hearsay": "父は留守", "opinion": "安心した"}
        said |= {"place": "自宅", "next_step": "手紙を書く", "next_on": DAY + dt.timedelta(days=7)}
        record_contact(by=COMMAND, case=made, on=DAY, method="newsletter", counterpart="family", minutes=15, **said)
        note_stage(by=COMMAND, case=made, stage=Stage.objects.get(code="a"), on=DAY, note="母と")
        close_case(by=COMMAND, case=made, on=DAY + dt.timedelta(days=1), reason="moved", note="転居")
        reopen_case(by=COMMAND, case=made, on=DAY + dt.timedelta(days=9), note="戻った")
        return made


def ledger_of(client: Client, **period: str) -> Source:
    answer = client.post("/ledger/out/", period)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return Source("ledger.xlsx", answer.content)


def cells(source: Source, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(source.content))[sheet].iter_rows(min_row=2, values_only=True))


def test_what_goes_out_comes_in_again_as_what_is_known_already(client: Client, case: Case, take_in: TakeIn) -> None:
    outcome = take_in(ledger_of(client))
    assert outcome.set_aside == []
    counts = {name: (count["read"], count["same"]) for name, count in outcome.counts.items()}
    assert counts == {"相談ケース": (1, 1), "状態": (2, 2), "対応記録": (1, 1), "支援の段階": (1, 1)}


def test_what_was_to_be_done_next_and_is_done_by_now_is_no_other_record(
    client: Client, case: Case, take_in: TakeIn, counsellor: Staff
) -> None:
    """Nor is a contact whose writer has an account here."""
    with acting_as(COMMAND):
        Contact.objects.update(by=counsellor)
    before = ledger_of(client)
    step, day, done, writer = cells(before, "対応記録")[0][-4:]
    assert (step, str(day)[:10], done, writer) == ("手紙を書く", "2026-05-08", None, counsellor.name)
    with acting_as(COMMAND):
        Contact.objects.update(next_done_on=DAY)
    assert take_in(before).set_aside == []


def test_whom_an_earlier_record_names_as_its_writer_is_told_but_is_nobody_here(
    client: Client, book: Book, desk_organisation: Organisation, counsellor: Staff
) -> None:
    with acting_as(COMMAND):
        Desk.objects.create(name="窓口", organisation=desk_organisation)
    cases = [("ケース番号", "受付日", "受付窓口", "相談者"), ("K1", "R2.9.4", "窓口", "本人")]
    header = ("対応番号", "ケース番号", "対応日", "手法", "対象", "記録者", "次にすること", "いつまでに")
    rows = [
        header,
        ("T1", "K1", "R2.9.5", "電話", "本人", counsellor.name, "", ""),
        ("T2", "K1", "R2.9.5", "電話", "本人", "岡", "", "R2.10.1"),
    ]
    import_files(by=COMMAND, ledger=Handed([book(header=False, 相談ケース=cases, 対応記録=rows)]))
    with acting_as(COMMAND):
        contact = Contact.objects.get()
        assert (contact.number, contact.by, contact.written_by) == ("T1", None, counsellor.name)
        assert [row.column for row in Import.objects.get().set_aside.all()] == ["次にすること"]
    assert cells(ledger_of(client), "対応記録")[0][-1] == counsellor.name
    other = [header, (*rows[1][:5], "別の人", "", "")]
    again = import_files(by=COMMAND, ledger=Handed([book(header=False, 対応記録=other)]))
    assert [row.fault.column for row in again.set_aside] == ["記録者"]


def test_a_ledger_that_came_in_goes_out_with_its_further_columns_and_founds_the_same_again(
    client: Client, book: Book, desk_organisation: Organisation
) -> None:
    with acting_as(COMMAND):
        Desk.objects.create(name="窓口", organisation=desk_organisation)
    header = ("ケース番号", "受付日", "受付窓口", "相談者", "本人の年齢", "性別", "相談経路", "主訴", "棚")
    rows = [header, ("K1", "R2.9.4", "窓口", "本人", "23歳", "男", "リーフレット", "眠れない", "3段目")]
    contacts = [("対応番号", "ケース番号", "対応日", "手法", "対象"), ("T1", "K1", "R2.9.5", "電話", "本人")]
    import_files(by=COMMAND, ledger=Handed([book(header=False, 相談ケース=rows, 対応記録=contacts)]))
    before = ledger_of(client)
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=Import.objects.get())
        assert not Case.objects.exists()
    import_files(by=COMMAND, ledger=Handed([before]))
    after = ledger_of(client)
    for sheet in ("相談ケース", "対応記録"):
        assert cells(after, sheet) == cells(before, sheet)
    assert "3段目" in cells(after, "相談ケース")[0]


def test_cases_of_others_and_of_other_days_stay_and_each_case_that_leaves_is_noted(
    client: Client, case: Case, other_ward: Organisation
) -> None:
    with acting_as(COMMAND):
        desk = Desk.objects.create(name="よその窓口", organisation=other_ward)
        open_case(by=COMMAND, desk=desk, requester="self", received_on=DAY)
    assert [row[0] for row in cells(ledger_of(client, first="R8.5.1", last="2026-05-01"), "相談ケース")] == [
        case.number
    ]
    assert cells(ledger_of(client, first="令和8年5月2日"), "相談ケース") == []
    with acting_as(COMMAND):
        assert list(Entry.objects.filter(deed="ledger.give_out_case").values_list("case_id", flat=True)) == [case.pk]
        details = [entry.detail for entry in Entry.objects.filter(deed="ledger.give_out").order_by("detail__cases")]
    assert [detail["cases"] for detail in details] == [0, 1]


def test_days_the_wrong_way_round_are_refused_with_what_was_typed(client: Client) -> None:
    assert "氏名・住所・連絡先は書き出しません" in client.get("/ledger/out/").content.decode()
    answer = client.post("/ledger/out/", {"first": "R8.5.2", "last": "R8.5.1"})
    assert answer.status_code == 422
    assert "おわりは、はじめと同じ日か後の日に" in answer.content.decode()
    assert 'value="R8.5.2"' in answer.content.decode()


def test_whoever_may_not_give_out_gets_nothing(
    client_of: Callable[[Staff], Client], counsellor: Staff, manager: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    for staff in (counsellor, manager):
        assert client_of(staff).post("/ledger/out/").status_code == 404
        with acting_as(COMMAND), pytest.raises(NotAllowed):
            give_out(by=actor_of(staff))


def read(kind: SheetKind, column: str, words: str) -> object:
    row = next(one for one in kind.columns if one.name == column)
    return row.read(words)


@pytest.mark.parametrize(
    ("kind", "column", "choices"),
    [
        (rules.CASES, "相談者", Requester),
        (rules.CASES, "性別", Person.Sex),
        (rules.CONTACTS, "手法", Method),
        (rules.CONTACTS, "対象", Counterpart),
        (rules.STATES, "状態", CaseState.State),
    ],
)
def test_every_word_that_goes_out_can_be_read_again(kind: SheetKind, column: str, choices: Any) -> None:
    assert {choice.value: read(kind, column, str(choice.label)) for choice in choices} == {
        choice.value: choice.value for choice in choices
    }


def test_a_contact_of_others_is_not_known_by_its_id(
    case: Case, book: Book, manager: Staff, city: Organisation, actor_of: Callable[[Staff], Actor]
) -> None:
    with acting_as(COMMAND):
        theirs = Contact.objects.get()
        Desk.objects.create(name="市の窓口", organisation=city)
    rows = [("K9", "R8.5.1", "市の窓口", "本人", "", "", "", "")]
    contact = (str(theirs.pk), "K9", "R8.5.1", "電話", "本人", "", "")
    source = book(相談ケース=rows, 対応記録=[contact])
    outcome = import_files(by=actor_of(manager), ledger=Handed([source], organisation=city))
    assert [row.fault.problem for row in outcome.set_aside] == [
        "ほかの組織の窓口、またはほかの組織の記録にある番号のため、取り込めません"
    ]
