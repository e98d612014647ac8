"""Somebody awake at three in the morning, on an old phone: from the first page to an answer, and away again."""

import re
import uuid

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from browser import PageAt
from engawa.kernel import clock
from engawa.porch.mailbox.actions import lay_letters
from engawa.porch.mailbox.models import Envelope, SeatLetter
from engawa.porch.seats.models import Seat
from engawa.post.letters import WordAnswered, encode
from engawa.post.parcels import SealedLetter
from engawa.post.sealing import Cover, seal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
WORDS = "夜しか起きていられなくて、でも夜の川はきれいでした。"
ANSWER = "書いてくれて、うれしいです。"


def begin(page: Page, porch: str, words: str = WORDS) -> None:
    page.goto(porch)
    page.get_by_role("link", name=re.compile("話してみる")).click()
    page.get_by_label("話したいこと").fill(words)
    page.get_by_label("約束を読みました").check()
    page.get_by_role("button", name="送る").click()


def say(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="ことば").fill(words)
    page.get_by_role("button", name="送る").click()
    expect(page.locator(".word.mine").last).to_contain_text(words)


def take_passphrase(page: Page) -> list[str]:
    words = page.locator("#passphrase li").all_inner_texts()
    page.get_by_role("button", name="書きとめました").click()
    page.wait_for_url(re.compile(r"/talk/[0-9a-f-]{36}"))
    return words


def answer(talk_url: str) -> None:
    """The office's answer, laid at the only seat as the courier does."""
    seat = Seat.objects.get()
    letter = WordAnswered(
        talk_id=uuid.UUID(talk_url.split("/talk/")[1][:36]),
        message_id=uuid.uuid4(),
        words=ANSWER,
        persona="さくら",
        said_at=clock.now(),
        automatic=False,
    )
    sealed = seal(encode(letter), Cover(letter.message_id, seat.id), bytes(seat.public_key))
    lay_letters(letters=[SealedLetter(letter.message_id, seat.id, sealed, event="answer", ref="")])


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_word_an_answer_and_coming_back_months_later(open_porch: str, page_at: PageAt, *, javascript: bool) -> None:
    """000-02 (chat part), 001-12, X-05, X-06: no name, no voice, no age, by night, with long silence."""
    page = page_at(360, light="dark", javascript=javascript)
    begin(page, open_porch)
    expect(page.get_by_role("heading", level=1)).to_have_text("ことばは、届きました")
    passphrase = take_passphrase(page)
    assert len(passphrase) == 6
    expect(page.locator(".word.mine")).to_contain_text(WORDS)
    answer(page.url)
    page.get_by_role("link", name="新しい返事を見る").click()
    page.reload()
    expect(page.locator(".word:not(.mine)")).to_contain_text(ANSWER)

    later = page_at(360, light="dark", javascript=javascript)
    later.goto(open_porch)
    later.get_by_role("contentinfo").get_by_role("link", name="前に来たことがある").click()
    later.get_by_label("合言葉").fill("　".join(passphrase))
    later.get_by_role("button", name="席に戻る").click()
    expect(later.get_by_role("heading", level=1)).to_have_text("あなたの席")
    later.locator("main .card a").click()
    later.get_by_role("textbox", name="ことば").fill("また来ました")
    later.get_by_label("返事はいりません").check()
    later.get_by_role("button", name="送る").click()
    expect(later.locator(".word.mine").last).to_contain_text("返事はいりません")


def test_leaving_at_once_hides_the_talk_and_the_way_back_does_not_lead_to_it(open_porch: str, page_at: PageAt) -> None:
    page = page_at(360, light="dark")
    begin(page, open_porch)
    take_passphrase(page)
    talk = page.url
    page.get_by_role("link", name="すぐ閉じる").click()
    expect(page).to_have_title("カレンダー")
    page.go_back()
    assert WORDS not in page.content()
    page.goto(talk)
    assert WORDS not in page.content()


def test_leaving_at_once_works_without_javascript(open_porch: str, page_at: PageAt) -> None:
    page = page_at(360, javascript=False)
    begin(page, open_porch)
    take_passphrase(page)
    page.get_by_role("link", name="すぐ閉じる").click()
    expect(page).to_have_title("カレンダー")
    page.go_back()
    assert WORDS not in page.content()


def test_a_draft_stays_on_the_phone_until_it_is_sent(open_porch: str, page_at: PageAt) -> None:
    page = page_at(360)
    page.goto(f"{open_porch}/talk/")
    page.get_by_label("話したいこと").fill(WORDS)
    expect(page.get_by_text("この端末に下書きを残しました")).to_be_visible()
    page.reload()
    expect(page.get_by_label("話したいこと")).to_have_value(WORDS)
    page.get_by_label("約束を読みました").check()
    page.get_by_role("button", name="送る").click()
    take_passphrase(page)
    page.goto(f"{open_porch}/talk/")
    expect(page.get_by_label("話したいこと")).to_have_value("")


def test_without_a_line_nothing_is_sent_and_nothing_is_lost(open_porch: str, page_at: PageAt) -> None:
    page = page_at(360)
    page.goto(f"{open_porch}/talk/")
    page.get_by_label("話したいこと").fill(WORDS)
    page.get_by_label("約束を読みました").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_text("いまは電波がないようです")).to_be_visible()
    expect(page.get_by_label("話したいこと")).to_have_value(WORDS)
    page.context.set_offline(False)
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ことばは、届きました")


def test_tapping_twice_says_it_once(open_porch: str, page_at: PageAt) -> None:
    page = page_at(360, javascript=False)
    begin(page, open_porch)
    take_passphrase(page)
    page.get_by_role("textbox", name="ことば").fill("もうひとこと")
    page.get_by_role("button", name="送る").dblclick()
    expect(page.get_by_text("もうひとこと")).to_have_count(1)
    assert (Seat.objects.count(), SeatLetter.objects.count(), Envelope.objects.count()) == (1, 2, 3)


def test_neither_the_back_button_nor_a_second_tab_says_anything_twice_or_loses_it(
    open_porch: str, page_at: PageAt
) -> None:
    page = page_at(360)
    begin(page, open_porch)
    take_passphrase(page)
    page.go_back()
    page.go_back()
    page.goto(f"{open_porch}/seat/")
    expect(page.locator("main .card")).to_have_count(1)
    page.locator("main .card a").click()
    say(page, "もうひとこと")
    page.go_back()
    expect(page.get_by_role("textbox", name="ことば")).to_have_value("")
    say(page, "戻ってから")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("textbox", name="ことば").fill("となりの窓から")
    say(page, "こちらの窓から")
    other.get_by_role("button", name="送る").click()
    expect(other.locator(".word.mine")).to_have_count(5)
    for words in (WORDS, "もうひとこと", "戻ってから", "こちらの窓から", "となりの窓から"):
        expect(other.locator(".word.mine", has_text=words)).to_have_count(1)
    expect(other.get_by_role("textbox", name="ことば")).to_have_value("")


def test_the_whole_way_is_open_by_keyboard(open_porch: str, page_at: PageAt) -> None:
    page = page_at(1360)
    page.goto(f"{open_porch}/talk/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ")).to_be_focused()
    page.get_by_label("話したいこと").focus()
    page.keyboard.type("キーだけで。")
    page.get_by_label("約束を読みました").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("ことばは、届きました")


def test_an_answer_appears_by_itself_and_so_does_that_somebody_writes(open_porch: str, page_at: PageAt) -> None:
    """Where a proxy cuts streams, as here, the page asks by itself. What somebody writes, only a stream tells."""
    page = page_at(360)
    page.clock.install()
    page.route("**/?ticket=*", lambda stream: stream.fulfill(status=502))
    begin(page, open_porch)
    take_passphrase(page)
    expect(page.locator("body[data-live=cut]")).to_be_attached()
    page.get_by_role("textbox", name="ことば").fill("書きかけ")
    page.evaluate("document.body.dispatchEvent(new CustomEvent('engawa:typing', {detail: {ref: ''}}))")
    expect(page.get_by_text("相談員が書いています…")).to_be_visible()
    answer(page.url)
    page.clock.fast_forward(10_000)
    expect(page.locator(".word:not(.mine)")).to_contain_text(ANSWER)
    expect(page.get_by_text("相談員が書いています…")).to_have_count(0)
    expect(page.get_by_role("textbox", name="ことば")).to_have_value("書きかけ")


def test_the_passphrase_can_be_copied_printed_and_kept_as_a_picture(open_porch: str, page_at: PageAt) -> None:
    page = page_at(360)
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    begin(page, open_porch)
    page.get_by_role("button", name="写す").click()
    words = page.locator("#passphrase li").all_inner_texts()
    assert page.evaluate("navigator.clipboard.readText()").split() == words
    page.get_by_role("button", name="印刷").click()
    assert page.evaluate("window.printed") == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="画像で保存する").click()
    assert download.value.suggested_filename == "aikotoba.png"
    with Image.open(download.value.path()) as picture:
        assert (picture.format, picture.size) == ("PNG", (720, 676))
        lines = [picture.crop((0, top, 720, top + 66)) for top in (40, *(144 + place * 76 for place in range(6)))]
    assert all(len(line.getcolors(100_000) or []) > 2 for line in lines), "the heading and each of the six words"
