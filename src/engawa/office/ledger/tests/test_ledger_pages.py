"""Importing on screen: hand over, look, confirm, mend, undo; nobody else sees it."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from engawa.kernel.spreadsheets.cells import Refused
from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.models import Case
from engawa.office.ledger import jobs, views
from engawa.office.ledger.models import Import, SetAsideRow, Upload

pytestmark = pytest.mark.django_db

CASE = ("K1", "R2.9.4", "「よりそい・つなぐ」相談窓口", "本人", "23歳", "男", "", "")
BAD = ("K2", "昨日", "「よりそい・つなぐ」相談窓口", "本人", "", "", "", "")
ClientOf = Callable[[Staff], Client]
Book = Callable[..., Source]


@pytest.fixture
def browser_of_manager(client_of: ClientOf, manager: Staff) -> Client:
    return client_of(manager)


@pytest.fixture
def hand_over(browser_of_manager: Client, city: Organisation) -> Callable[..., HttpResponse]:
    def post(*sources: Source) -> HttpResponse:
        files = [SimpleUploadedFile(source.name, source.content) for source in sources]
        return browser_of_manager.post("/ledger/", {"books": files, "organisation": city.id}, follow=True)

    return post


def the_import() -> Import:
    with acting_as(COMMAND):
        return Import.objects.latest("made_at")


def assert_nothing_is_kept() -> None:
    with acting_as(COMMAND):
        assert not Upload.objects.exists()
        assert not SetAsideRow.objects.exists()


def cases() -> set[str]:
    with acting_as(COMMAND):
        return set(Case.objects.values_list("number", flat=True))


def test_a_ledger_is_looked_at_first_and_taken_in_when_confirmed(
    browser_of_manager: Client, hand_over: Callable[..., HttpResponse], book: Book
) -> None:
    page = hand_over(book(相談ケース=[CASE, BAD])).content.decode()
    assert "まだ何も書き込んでいません" in page
    assert "「昨日」は日付として読めません" in page
    assert cases() == set()
    done = browser_of_manager.post(f"/ledger/{the_import().id}/take-in/", follow=True).content.decode()
    assert "取り込みました" in done
    assert cases() == {"K1"}
    with acting_as(COMMAND):
        assert not Upload.objects.exists()
        deeds = Entry.objects.filter(deed__startswith="ledger.", reading=False).values_list("deed", flat=True)
        assert {"ledger.receive", "ledger.take_in"} <= set(deeds)


def test_rows_set_aside_are_mended_in_a_workbook_and_imported_again(
    browser_of_manager: Client, hand_over: Callable[..., HttpResponse], book: Book
) -> None:
    hand_over(book(相談ケース=[CASE, BAD]))
    answer = browser_of_manager.get(f"/ledger/{the_import().id}/set-aside.xlsx")
    workbook = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = workbook["相談ケース"]
    assert [cell.value for cell in sheet[2]][-4:] == [
        "取込：元の行",
        "取込：列",
        "取込：問題",
        "取込：受け付ける書き方",
    ]
    sheet["B3"] = "令和2年9月5日"
    stream = io.BytesIO()
    workbook.save(stream)
    hand_over(Source("mended.xlsx", stream.getvalue()))
    browser_of_manager.post(f"/ledger/{the_import().id}/take-in/")
    assert cases() == {"K2"}
    with acting_as(COMMAND):
        assert Case.objects.get(number="K2").notes == {}


def test_what_may_not_come_in_is_refused_at_the_form(hand_over: Callable[..., HttpResponse]) -> None:
    page = hand_over(Source("台帳.xlsm", b"PK")).content.decode()
    assert "マクロ" in page
    with acting_as(COMMAND):
        assert not Import.objects.exists()


def test_an_import_given_up_leaves_no_file_behind(
    browser_of_manager: Client, hand_over: Callable[..., HttpResponse], book: Book
) -> None:
    hand_over(book(相談ケース=[CASE, BAD]))
    entry = the_import()
    assert "取りやめました" in browser_of_manager.post(f"/ledger/{entry.id}/give-up/", follow=True).content.decode()
    refused = browser_of_manager.post(f"/ledger/{entry.id}/take-in/", follow=True).content.decode()
    assert "この取り込みは「取りやめ」です" in refused
    assert cases() == set()
    assert_nothing_is_kept()


def test_an_import_is_undone_as_a_whole(
    browser_of_manager: Client, hand_over: Callable[..., HttpResponse], book: Book
) -> None:
    hand_over(book(相談ケース=[CASE, BAD]))
    entry = the_import()
    browser_of_manager.post(f"/ledger/{entry.id}/take-in/")
    page = browser_of_manager.post(f"/ledger/{entry.id}/undo/", follow=True).content.decode()
    assert "まるごと取り消しました" in page
    assert cases() == set()
    assert_nothing_is_kept()


def test_what_changed_after_it_was_looked_at_is_shown_before_anything_is_taken_in(
    browser_of_manager: Client, hand_over: Callable[..., HttpResponse], book: Book
) -> None:
    """Two people with the same file, and an import undone under another's eyes: nobody gets what they did not see."""

    def press(entry: Import, deed: str) -> str:
        return browser_of_manager.post(f"/ledger/{entry.id}/{deed}/", follow=True).content.decode()

    hand_over(book(相談ケース=[CASE]))
    mine = the_import()
    hand_over(book(相談ケース=[CASE]))
    theirs = the_import()
    press(theirs, "take-in")
    assert "小池 まつ が取り込みました" in press(theirs, "take-in"), "who pressed second learns who was first"
    moved = press(mine, "take-in")
    assert "確かめたあとに、中身が変わりました" in moved
    assert "前は 1" in moved
    assert "新しく入る行は、ありません" in moved
    assert "まるごと取り消しました" in press(theirs, "undo")
    assert "今の操作では何も変えていません" in press(theirs, "undo")
    assert "確かめたあとに、中身が変わりました" in press(mine, "take-in")
    assert cases() == set()
    assert "取り込みました。" in press(mine, "take-in")
    assert cases() == {"K1"}


def test_a_large_ledger_is_checked_and_taken_in_by_a_job(
    browser_of_manager: Client,
    hand_over: Callable[..., HttpResponse],
    book: Book,
    manager: Staff,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr("engawa.office.ledger.forms.LARGE", 0)
    monkeypatch.setattr(views, "LARGE_ROWS", 0)
    for name, task in (("preview_later", jobs.preview), ("take_in_later", jobs.take_in)):
        monkeypatch.setattr(
            jobs, name, lambda staff, entry, task=task: waiting.append(lambda: task(str(staff), str(entry)))
        )
    page = hand_over(book(相談ケース=[CASE])).content.decode()
    assert 'hx-trigger="every 1s"' in page
    waiting.pop()()
    entry = the_import()
    assert (entry.stage, entry.counts["相談ケース"]["made"]) == ("previewed", 1)
    partial = browser_of_manager.get(f"/ledger/{entry.id}/", headers={"HX-Request": "true"}).content.decode()
    assert "まだ何も書き込んでいません" in partial
    assert "<html" not in partial
    browser_of_manager.post(f"/ledger/{entry.id}/take-in/")
    waiting.pop()()
    assert cases() == {"K1"}


def test_what_is_wrong_is_said_in_the_language_of_whoever_reads(
    browser_of_manager: Client, hand_over: Callable[..., HttpResponse], book: Book
) -> None:
    """Also of a ledger that somebody else had looked at in Japanese."""
    two = ("K3", "昨日", "「よりそい・つなぐ」相談窓口", "だれか", "", "", "", "")
    hand_over(book(相談ケース=[CASE, BAD, two], header=True), Source("雑記.csv", "あ,い\n1,2\n".encode()))
    page = f"/ledger/{the_import().id}/"
    japanese = browser_of_manager.get(page).text
    assert "「昨日」は日付として読めません" in japanese
    assert "受付日：「昨日」は日付として読めません。例：令和3年4月1日、R3.4.1、2021-04-01／相談者：" in japanese
    chosen = {"name": "Aida", "reading": "", "persona": "", "language": "en"}
    browser_of_manager.post("/me/", chosen)
    english = browser_of_manager.get(page).text
    assert "“昨日” cannot be read as a day" in english
    assert "; 相談者: “だれか” is not among the words to choose from" in english
    assert "The sheet “雑記” is no sheet of a ledger and was not read." in english
    assert "読めません" not in english
    book_to_mend = browser_of_manager.get(f"{page}set-aside.xlsx").content
    said = [cell.value for row in openpyxl.load_workbook(io.BytesIO(book_to_mend))["相談ケース"] for cell in row]
    assert not any("ません" in str(words) for words in said)


def test_a_job_that_breaks_says_that_nothing_was_written(
    hand_over: Callable[..., HttpResponse], book: Book, manager: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over(book(相談ケース=[CASE, BAD]))
    entry = the_import()

    def broken(**_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("engawa.office.ledger.actions.receiving.take_in_sources", broken)
    with pytest.raises(RuntimeError, match="full"):
        jobs.take_in(str(manager.id), str(entry.id))
    assert "何も書き込まずに" in the_import().refusal
    assert_nothing_is_kept()


def test_an_import_that_turns_out_to_be_unreadable_leaves_no_file_behind(
    browser_of_manager: Client, hand_over: Callable[..., HttpResponse], book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over(book(相談ケース=[CASE, BAD]))

    def refusing(**_: object) -> None:
        raise Refused("シートが壊れています。")

    monkeypatch.setattr("engawa.office.ledger.actions.receiving.take_in_sources", refusing)
    browser_of_manager.post(f"/ledger/{the_import().id}/take-in/")
    assert the_import().stage == Import.Stage.REFUSED
    assert_nothing_is_kept()


@pytest.mark.parametrize("who", ["counsellor", "coordinator", "administrator", "prefecture", "partner"])
def test_nobody_without_the_permission_finds_the_ledger(
    who: str, request: pytest.FixtureRequest, client_of: ClientOf
) -> None:
    assert client_of(request.getfixturevalue(who)).get("/ledger/").status_code == 404


def test_the_import_of_another_organisation_does_not_exist(
    browser_of_manager: Client, hand_over: Callable[..., HttpResponse], book: Book, other_ward: Organisation
) -> None:
    hand_over(book(相談ケース=[CASE]))
    with acting_as(COMMAND):
        Import.objects.update(organisation=other_ward)
    assert browser_of_manager.get(f"/ledger/{the_import().id}/").status_code == 404


def test_a_ledger_for_somebody_elses_organisation_is_not_taken(
    browser_of_manager: Client, book: Book, other_ward: Organisation
) -> None:
    source = book(相談ケース=[CASE])
    file = SimpleUploadedFile(source.name, source.content)
    page = browser_of_manager.post("/ledger/", {"books": [file], "organisation": other_ward.id})
    assert page.status_code == 200
    with acting_as(COMMAND):
        assert not Import.objects.exists()
