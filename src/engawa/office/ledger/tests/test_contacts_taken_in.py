"""Contacts come in and go out with all that is kept of them: when, with whom else, what was done."""

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
from engawa.office.casework.households.models import Member
from engawa.office.casework.timeline.jobs import tell_of_untaken
from engawa.office.casework.timeline.models import Contact
from engawa.office.directory.models import Desk
from engawa.office.ledger import rules
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
    *("対応番号", "ケース番号", "対応日", "時刻", "手法", "対象", "ほかにいた人", "会った世帯員"),
    *("内容の区分", "至急", "記録者"),
)
CODES = "家族の相談を聞く;関係機関との相談・連絡"
SHEETS: dict[str, list[tuple[Any, ...]]] = {
    "相談ケース": [("ケース番号", "受付日", "受付窓口", "相談者"), ("K1", "R2.9.4", "窓口", "家族")],
    "世帯員": [("ケース番号", "続柄"), ("K1", "本人"), ("K1", "母"), ("K1", "兄")],
    "対応記録": [
        HEADER,
        ("T1", "K1", "R2.9.5", "午後２時半", "面談", "家族", "本人；その他", "母;本人", CODES, "○", "岡"),
        ("T2", "K1", "R2.9.6", "不明", "電話", "本人", "", "", "", "", ""),
    ],
}


@pytest.fixture(autouse=True)
def desk(desk_organisation: Organisation) -> Desk:
    with acting_as(COMMAND):
        return Desk.objects.create(name="窓口", organisation=desk_organisation)


@pytest.fixture
def ledger(book: Book) -> Source:
    return book(header=False, **SHEETS)


def given_out(client: Client, *parts: str) -> Source:
    return Source("ledger.xlsx", client.post("/ledger/out/", {"parts": parts}).content)


def lines_of(source: Source) -> list[dict[str, object]]:
    rows = list(openpyxl.load_workbook(io.BytesIO(source.content))["対応記録"].iter_rows(values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def test_a_contact_comes_in_with_its_time_whoever_was_there_and_what_was_done_and_only_once(
    ledger: Source, take_in: TakeIn
) -> None:
    """002-24: what was done is kept by its codes, and what nobody knows stays unknown."""
    first, again = take_in(ledger), take_in(ledger)
    assert first.set_aside == again.set_aside == []
    assert again.made == 0
    with acting_as(COMMAND):
        one, two = Contact.objects.order_by("number")
        met = {member.called or "本人" for member in Member.objects.filter(pk__in=one.members)}
        assert met == {"本人", "母"}
    assert (one.at, one.also_with, one.codes) == (dt.time(14, 30), ["self", "other"], ["family", "agencies"])
    assert (two.at, two.also_with, two.members, two.codes, two.urgent) == (None, [], [], [], False)


def test_what_was_urgent_in_an_earlier_record_calls_nobody_now(ledger: Source, take: Take) -> None:
    take(ledger)
    with acting_as(COMMAND):
        contact = Contact.objects.get(urgent=True)
        assert contact.urgent_seen_at
        Contact.objects.update(recorded_at=dt.datetime(2020, 9, 5, tzinfo=dt.UTC))
    assert tell_of_untaken(0) == 0


@pytest.mark.slow
def test_what_goes_out_with_the_people_comes_into_an_empty_house_and_goes_out_alike(
    ledger: Source, client: Client, carried: Carried, take: Take
) -> None:
    entry = take(ledger)
    before = given_out(client, "people")
    line = lines_of(before)[0]
    assert (line["時刻"], line["ほかにいた人"], line["会った世帯員"]) == ("14:30", "本人;その他", "母;本人")
    assert (line["内容の区分"], line["至急"], line["記録者"]) == (CODES, "○", "岡")
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=entry)
        assert not Contact.objects.exists()
    assert import_files(by=COMMAND, ledger=Handed(carried(before))).set_aside == []
    assert lines_of(given_out(client, "people")) == lines_of(before)
    assert import_files(by=COMMAND, ledger=Handed([before])).made == 0


def test_whom_one_met_goes_out_with_the_people_alone_and_its_silence_is_no_other_record(
    ledger: Source, client: Client, take_in: TakeIn, take: Take
) -> None:
    take(ledger)
    before = given_out(client)
    assert not lines_of(before)[0]["会った世帯員"]
    again = take_in(before)
    assert (again.made, again.set_aside) == (0, [])


def test_somebody_who_left_the_household_makes_no_contact_another_record(
    ledger: Source, client: Client, take_in: TakeIn, take: Take
) -> None:
    take(ledger)
    with acting_as(COMMAND):
        Member.objects.get(called="母").delete()
    before = given_out(client, "people")
    assert lines_of(before)[0]["会った世帯員"] == "本人"
    assert take_in(before).set_aside == []


def test_a_colleague_who_has_another_name_by_now_makes_no_contact_another_record(
    ledger: Source, client: Client, take_in: TakeIn, counsellor: Staff, take: Take
) -> None:
    take(ledger)
    with acting_as(COMMAND):
        Contact.objects.update(by=counsellor)
    before = given_out(client)
    with acting_as(COMMAND):
        Staff.objects.filter(pk=counsellor.pk).update(name="あたらしい 名")
    assert lines_of(before)[0]["記録者"] == counsellor.name
    again = take_in(before)
    assert (again.made, again.set_aside) == (0, [])


def test_the_same_people_in_another_order_are_the_same_and_others_are_set_aside(
    ledger: Source, book: Book, take_in: TakeIn
) -> None:
    take_in(ledger)
    same = ("T1", "K1", "R2.9.5", "14時30分", "面談", "家族", "その他;本人", "本人;母", "", "", "")
    other = ("T1", "K1", "R2.9.5", "15:00", "面談", "家族", "", "兄", "その他", "", "別の人")
    assert take_in(book(header=False, 対応記録=[HEADER, same])).set_aside == []
    (fault,) = [row.fault for row in take_in(book(header=False, 対応記録=[HEADER, other])).set_aside]
    assert fault.column == "時刻、会った世帯員、内容の区分、記録者"
    assert fault.value == "15:00、兄、その他、別の人"


@pytest.mark.parametrize(
    ("changed", "column", "problem"),
    [
        ({"時刻": "25:00"}, "時刻", "「25:00」は時刻として読めません"),
        ({"時刻": "昼すぎ"}, "時刻", "時刻として読めません"),
        ({"ほかにいた人": "犬"}, "ほかにいた人", "選べる言葉にありません"),
        ({"会った世帯員": "祖父"}, "会った世帯員", "「祖父」がだれか"),
        ({"内容の区分": "魔法"}, "内容の区分", "「魔法」は選べる言葉にありません"),
        ({"至急": "たぶん"}, "至急", "選べる言葉にありません"),
    ],
)
def test_a_contact_that_cannot_be_so_is_set_aside_with_why(
    book: Book, take_in: TakeIn, changed: dict[str, str], column: str, problem: str
) -> None:
    row = dict(zip(HEADER, SHEETS["対応記録"][1], strict=True)) | changed
    outcome = take_in(book(header=False, **(SHEETS | {"対応記録": [HEADER, tuple(row.values())]})))
    (fault,) = [one.fault for one in outcome.set_aside]
    assert fault.column == column
    assert problem in fault.problem
    assert fault.accepted


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("14:30", (14, 30)),
        ("１４：３０", (14, 30)),
        ("14:30:00", (14, 30)),
        ("午後12時", (12, 0)),
        ("午前0時15分", (0, 15)),
        ("午後9時半", (21, 30)),
        (dt.time(9, 5), (9, 5)),
        (dt.datetime.fromisoformat("2020-09-05T09:05"), (9, 5)),
        ("－", None),
        (None, None),
    ],
)
def test_times_are_read_however_offices_write_them(cell: Any, time: tuple[int, int] | None) -> None:
    column = next(one for one in rules.CONTACTS.columns if one.name == "時刻")
    assert column.read(cell) == (dt.time(*time) if time else None)


def test_a_member_whom_somebody_met_since_keeps_the_import(ledger: Source, book: Book, take: Take) -> None:
    entry = take(ledger)
    later = ("T9", "K1", "R3.9.5", "", "訪問", "家族", "", "母", "", "", "")
    take(book(header=False, 対応記録=[HEADER, later]))
    with acting_as(COMMAND), pytest.raises(NotUndoable, match="取り込んだ世帯員に会った対応 1件"):
        undo(by=COMMAND, entry=entry)
