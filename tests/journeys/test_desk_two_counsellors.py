"""Two counsellors at one desk: each sees at once what the other does, and neither loses a word."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from browser import PageAt
from engawa.office.access.models import Staff
from engawa.office.talks.models import Talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
SOON = 20_000


@pytest.fixture
def talk(open_talk: Callable[..., Talk]) -> Talk:
    return open_talk("息子が部屋から出なくなって八年になります。", handle="ねこやなぎ")


@pytest.fixture
def pages(
    page_at: PageAt, counsellor: Staff, colleague: Staff, client_of: Callable[[Staff], Client]
) -> tuple[Page, Page]:
    return page_at(staff_client=client_of(counsellor)), page_at(staff_client=client_of(colleague))


def live(page: Page, address: str) -> None:
    """Open a page and wait until its stream is open."""
    page.goto(address)
    page.wait_for_selector("body[data-live=open]", timeout=SOON)


def test_one_claims_and_the_other_sees_it_at_once(
    office_server: str, talk: Talk, pages: tuple[Page, Page], counsellor: Staff
) -> None:
    one, other = pages
    other.clock.install()
    live(other, f"{office_server}/desk/")
    expect(other.locator("a.row")).to_contain_text("ねこやなぎ さん")
    expect(other.locator("a.row")).to_contain_text("0分 待ち")
    other.clock.fast_forward("05:00")
    expect(other.locator("a.row")).to_contain_text("5分 待ち")
    one.goto(f"{office_server}/desk/")
    one.keyboard.press("n")
    one.wait_for_url(f"**/desk/talks/{talk.pk}/")
    one.keyboard.press("c")
    expect(other.locator("a.row")).to_contain_text(f"{counsellor.name} が対応", timeout=SOON)


def test_each_sees_what_the_other_writes_and_who_was_first(
    office_server: str, talk: Talk, pages: tuple[Page, Page], counsellor: Staff
) -> None:
    one, other = pages
    address = f"{office_server}/desk/talks/{talk.pk}/"
    for page in pages:
        live(page, address)
    one.get_by_role("textbox", name="返事").press_sequentially("八年も、おひとりで")
    expect(other.locator(".beside")).to_contain_text("八年も、おひとりで", timeout=SOON)
    other.get_by_role("textbox", name="返事").fill("わたしが返事をします")
    one.keyboard.press("Control+Enter")
    expect(one.locator(".stream .m.out")).to_contain_text("八年も、おひとりで")
    expect(other.locator(".stream .m.out")).to_contain_text("八年も、おひとりで", timeout=SOON)
    expect(other.locator("#talk-head")).to_contain_text(f"{counsellor.name} が対応しています", timeout=SOON)

    other.get_by_role("button", name="送る", exact=True).click()
    expect(other.get_by_role("alert")).to_contain_text(f"先に {counsellor.name} さんが受け持ちました")
    expect(other.get_by_role("textbox", name="返事")).to_have_value("わたしが返事をします")
    other.get_by_role("button", name="それでも送る").click()
    expect(one.locator(".stream .m.out").last).to_contain_text("わたしが返事をします", timeout=SOON)


def test_a_half_written_answer_is_there_after_a_reload_and_words_come_in_where_streams_are_cut(
    office_server: str, talk: Talk, pages: tuple[Page, Page], say: Callable[..., None]
) -> None:
    one, _ = pages
    live(one, f"{office_server}/desk/talks/{talk.pk}/")
    with one.expect_response("**/draft/"):
        one.get_by_role("textbox", name="返事").press_sequentially("書きかけの返事")
    one.clock.install()
    one.route("**/?ticket=*", lambda stream: stream.fulfill(status=502))
    one.reload()
    expect(one.get_by_role("textbox", name="返事")).to_have_value("書きかけの返事")
    expect(one.locator("body[data-live=cut]")).to_be_attached()
    say(talk, "まだ、そこにいますか")
    one.clock.fast_forward(10_000)
    expect(one.locator(".stream .m").last).to_contain_text("まだ、そこにいますか")
    expect(one.get_by_role("textbox", name="返事")).to_have_value("書きかけの返事")


def test_the_desk_works_by_keyboard_alone(office_server: str, talk: Talk, pages: tuple[Page, Page]) -> None:
    one, _ = pages
    one.goto(f"{office_server}/desk/")
    one.keyboard.press("j")
    one.keyboard.press("Enter")
    one.wait_for_url(f"**/desk/talks/{talk.pk}/*")
    one.keyboard.press("r")
    one.keyboard.type("話してくれて、ありがとうございます")
    one.keyboard.press("Control+Enter")
    expect(one.locator(".stream .m.out")).to_contain_text("話してくれて、ありがとうございます")
    one.keyboard.press("Escape")
    one.keyboard.press("?")
    expect(one.get_by_role("dialog")).to_contain_text("受け持つ" if one.locator("[data-key=c]").count() else "次の人へ")


def test_without_javascript_the_desk_answers_too(
    office_server: str, talk: Talk, page_at: PageAt, counsellor: Staff, client_of: Callable[[Staff], Client]
) -> None:
    page = page_at(360, javascript=False, staff_client=client_of(counsellor))
    page.goto(f"{office_server}/desk/")
    page.locator("a.row").click()
    page.get_by_role("textbox", name="返事").fill("書いてくれて、ありがとう")
    page.get_by_role("button", name="送る", exact=True).click()
    expect(page.locator(".stream .m.out")).to_contain_text("書いてくれて、ありがとう")


def test_a_first_call_is_recorded_by_keyboard_in_a_few_strokes(
    office_server: str, talk: Talk, pages: tuple[Page, Page]
) -> None:
    """002-01: phone, interview or visit of somebody unknown, in one form, from anywhere at the desk."""
    one, _ = pages
    one.goto(f"{office_server}/desk/")
    one.keyboard.press("t")
    one.wait_for_url("**/desk/calls/new/")
    one.get_by_label("家族・親族").focus()
    one.keyboard.press("Space")
    one.keyboard.press("Tab")
    one.keyboard.type("20")
    one.keyboard.press("Enter")
    one.keyboard.type("息子が部屋から出ない")
    one.keyboard.press("Control+Enter")
    one.wait_for_url("**/cases/E-*/")
    expect(one.locator("main")).to_contain_text("息子が部屋から出ない")
