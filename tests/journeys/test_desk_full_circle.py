"""The whole way round on real processes: a visitor writes, a counsellor answers, the visitor reads."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from browser import Axe, PageAt
from engawa.office.access.models import Staff
from engawa.office.directory.models import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
WORDS = "夜しか起きていられなくて、でも夜の川はきれいでした。"
ANSWER = "笑わないですよ。ここで言ってくれて、うれしいです。"
# From one browser to the other over four processes and two databases, on a machine that is busy with other tests.
SOON = 20_000


def begin(page: Page, porch: str) -> None:
    page.goto(porch)
    page.get_by_role("link", name=re.compile("話してみる")).click()
    page.get_by_label("話したいこと").fill(WORDS)
    page.get_by_label("約束を読みました").check()
    page.get_by_role("button", name="送る").click()
    page.get_by_role("button", name="書きとめました").click()


@pytest.mark.usefixtures("courier")
def test_a_word_from_the_porch_is_answered_at_the_desk_and_read_on_the_porch(
    open_porch: str,
    office_server: str,
    page_at: PageAt,
    desk: Desk,
    counsellor: Staff,
    client_of: Callable[[Staff], Client],
    axe: Axe,
) -> None:
    """000-02 (chat part), 000-06, 001-12, X-06: by night, nameless, live in both directions, and it becomes a case."""
    Staff.objects.filter(pk=counsellor.pk).update(persona="さくら")
    office = page_at(1360, staff_client=client_of(counsellor))
    office.goto(f"{office_server}/desk/")
    expect(office.get_by_text("いま、待っている人はいません。")).to_be_visible()

    visitor = page_at(360, light="dark")
    begin(visitor, open_porch)
    row = office.locator("a.row")
    expect(row).to_contain_text("夜しか起きていられなくて", timeout=SOON)
    row.click()
    expect(office.locator(".stream .m")).to_have_text(re.compile(WORDS))

    office.get_by_role("textbox", name="返事").press_sequentially("笑わない")
    expect(visitor.get_by_text(re.compile("書いて"))).to_be_visible(timeout=SOON)
    office.get_by_role("textbox", name="返事").fill(ANSWER)
    office.keyboard.press("Control+Enter")
    expect(office.locator(".stream .m.out")).to_contain_text(ANSWER)
    expect(office.get_by_role("textbox", name="返事")).to_have_value("")
    expect(visitor.locator(".word:not(.mine)").last).to_contain_text(ANSWER, timeout=SOON)
    expect(visitor.locator(".word:not(.mine)").last).to_contain_text("さくら")
    assert counsellor.name not in visitor.content()

    visitor.get_by_role("textbox", name="ことば").fill("また来ます")
    expect(office.get_by_text("書いています…")).to_be_visible(timeout=SOON)
    visitor.get_by_role("button", name="送る").click()
    expect(office.locator(".stream .m:not(.out)").last).to_contain_text("また来ます", timeout=SOON)
    axe(office)

    office.locator("summary", has_text="ケースにする").click()
    office.locator("form[action$='/case/']").get_by_role("button", name="ケースにする").click()
    expect(office.get_by_text(re.compile("ケース E-[0-9-]+ をつくりました"))).to_be_visible()
    expect(office.locator(".stream .m").first).to_contain_text(WORDS)
