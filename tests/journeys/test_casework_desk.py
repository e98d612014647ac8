"""A mother at a desk, a call written down by keyboard alone, a case handed over, a stranger who must see nothing."""

import datetime as dt
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from engawa.kernel import clock
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import edit_facts, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.casework.timeline.models import Contact
from engawa.office.directory.models import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]


@pytest.fixture
def desk(desk_organisation: Organisation) -> Desk:
    return Desk.objects.create(name="「よりそい・つなぐ」相談窓口", reading="よりそい", organisation=desk_organisation)


@pytest.fixture
def case(counsellor: Staff, actor_of: Any, desk: Desk) -> Case:
    me = actor_of(counsellor)
    with acting_as(me):
        made = open_case(by=me, desk=desk, requester="family", lead=counsellor, handle="ねこやなぎ", age_band="40代")
        made = edit_facts(
            by=me, case=made, complaint="息子が部屋から出なくなって八年になります。", route="市民しんぶん"
        )
        for day, method in ((20, "phone"), (13, "visit"), (6, "interview")):
            on = clock.today() - dt.timedelta(days=day)
            content = "母から。眠れている。夜の川まで歩いたとのこと。"
            record_contact(by=me, case=made, on=on, method=method, counterpart="family", minutes=30, content=content)
    return made


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page where somebody wants to look at it: ``ENGAWA_PICTURES=folder``."""
    if folder := os.environ.get("ENGAWA_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def in_two_tabs(page: Page, facts: str) -> None:
    """The same form in two tabs: what the first saved and what the second wrote stand side by side; nothing is lost."""
    other = page.context.new_page()
    for tab, words in ((page, "市民しんぶん"), (other, "ラジオ")):
        tab.goto(facts)
        tab.get_by_label(re.compile("経路")).fill(words)
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_role("complementary").get_by_text("市民しんぶん")).to_be_visible()
    other.get_by_role("button", name="保存する").click()
    both = other.get_by_role("row", name="経路")
    expect(both.get_by_role("cell")).to_have_text(["市民しんぶん", "ラジオ"])
    expect(other.get_by_label(re.compile("経路"))).to_have_value("ラジオ")
    other.get_by_role("button", name="保存する").click()
    expect(other.get_by_role("complementary").get_by_text("ラジオ")).to_be_visible()
    other.close()
    page.reload()


def test_a_counsellor_keeps_a_mothers_visit_and_the_son_stays_nameless(
    office_server: str, page_at: Callable[..., Page], client_of: Any, counsellor: Staff, desk: Desk, axe: Axe
) -> None:
    """002-01, X-05, 002-19: family only, no name, no age; closed with a reason, and taken up again."""
    page = page_at(staff_client=client_of(counsellor))
    page.goto(f"{office_server}/cases/")
    page.get_by_role("link", name="新しいケース").click()
    page.get_by_label(re.compile("主訴")).fill("息子が夜しか起きていません")
    page.get_by_label(re.compile("本人の年齢")).fill("40代")
    axe(page)
    picture(page, "open")
    page.get_by_role("button", name="ケースをつくる").click()
    expect(page.get_by_role("heading", name="名のらない人")).to_be_visible()
    expect(page.get_by_text("匿名のまま")).to_be_visible()
    page.get_by_role("link", name=re.compile("対応を記録")).first.click()
    page.get_by_role("radio", name=re.compile("^2? ?面談")).check()
    page.get_by_label(re.compile("所要分")).first.fill("50")
    page.get_by_label(re.compile("内容")).fill("母が来所。ゆっくり話した。")
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("面談・家族・親族（50分）")).to_be_visible()
    page.go_back()
    expect(page.get_by_label(re.compile("内容"))).to_have_value("")
    page.go_forward()
    expect(page.get_by_text("面談・家族・親族（50分）")).to_have_count(1)
    in_two_tabs(page, f"{page.url}facts/")
    page.get_by_role("link", name="終結").click()
    page.get_by_role("radio", name="接し方に関する助言").check()
    axe(page)
    page.get_by_role("button", name="終結する").click()
    expect(page.get_by_text("終結：接し方に関する助言").first).to_be_visible()
    page.get_by_role("link", name="再開").click()
    page.get_by_role("button", name="再開する").click()
    expect(page.get_by_role("article").get_by_text("継続対応中")).to_be_visible()
    axe(page)


def test_a_call_an_interview_and_a_visit_are_written_down_by_keyboard_alone_within_twenty_seconds(
    office_server: str, page_at: Callable[..., Page], client_of: Any, actor_of: Any, counsellor: Staff, case: Case
) -> None:
    """G: each takes at most 20 seconds; the typing itself is counted at 200 keys a minute."""
    page = page_at(staff_client=client_of(counsellor))
    page.goto(f"{office_server}/cases/{case.number}/")
    for chosen, content, recorded in (
        ("1k20", "母から。眠れている。", ("phone", "family", 20)),
        ("mh50", "来所。川の話をした。", ("interview", "self", 50)),
        ("4k5", "玄関で五分。手紙を渡す。", ("visit", "family", 5)),
    ):
        page.keyboard.press("c")
        expect(page.get_by_role("radio", name="電話")).to_be_focused()
        for key in (*chosen, "Enter"):
            page.keyboard.press(key)
        page.keyboard.insert_text(content)
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("article").get_by_text(content, exact=True)).to_be_visible()
        page.wait_for_load_state()
        keys = len("c") + len(chosen) + len("⏎") + len("^⏎") + 2 * len(content)  # about two keys for a character
        assert keys * 60 / 200 <= 20
        with acting_as(actor_of(counsellor)):
            contact = Contact.objects.get(content=content)
        assert (contact.method, contact.counterpart, contact.minutes) == recorded
        assert contact.on == clock.today()


def test_without_javascript_a_contact_is_recorded_all_the_same(
    office_server: str, page_at: Callable[..., Page], client_of: Any, counsellor: Staff, case: Case
) -> None:
    page = page_at(360, javascript=False, staff_client=client_of(counsellor))
    page.goto(f"{office_server}/cases/{case.number}/contact/")
    page.get_by_role("radio", name="訪問").check()
    page.get_by_label(re.compile("内容")).fill("玄関で五分。")
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("玄関で五分。")).to_be_visible()


def test_a_handover_is_offered_read_and_taken(
    office_server: str,
    page_at: Callable[..., Page],
    client_of: Any,
    counsellor: Staff,
    coordinator: Staff,
    case: Case,
    axe: Axe,
) -> None:
    """002-03."""
    page = page_at(staff_client=client_of(counsellor))
    page.goto(f"{office_server}/cases/{case.number}/handover/")
    page.get_by_label(re.compile("引継ぎ先")).select_option(label="北保健福祉センター")
    page.get_by_label(re.compile("引き継ぐこと")).fill("母と週一回、夜に電話。急がないこと。")
    picture(page, "offer")
    page.get_by_role("button", name="打診する").click()
    expect(page.get_by_text("引継ぎを打診しています")).to_be_visible()
    other = page_at(staff_client=client_of(coordinator))
    other.goto(office_server)
    picture(other, "today")
    other.get_by_role("link", name=case.number, exact=True).click()
    expect(other.get_by_text("急がないこと")).to_be_visible()
    axe(other)
    picture(other, "handover")
    other.get_by_role("button", name="受ける").click()
    expect(other.get_by_text("引継いで対応中")).to_be_visible()


def test_a_stranger_sees_nothing_of_the_case_anywhere(
    office_server: str, page_at: Callable[..., Page], client_of: Any, stranger: Staff, case: Case
) -> None:
    page = page_at(staff_client=client_of(stranger))
    for path in ("/", "/cases/", "/cases/handovers/", f"/search/?q={case.number}", "/search/?q=ねこやなぎ"):
        answer = page.goto(f"{office_server}{path}")
        assert answer is not None
        assert answer.status == 200
        words = page.get_by_role("main").inner_text().replace(f"「{case.number}」", "").replace("「ねこやなぎ」", "")
        assert case.number not in words, path
        assert "ねこやなぎ" not in words, path
    answer = page.goto(f"{office_server}/cases/{case.number}/")
    assert answer is not None
    assert answer.status == 404
    assert "ねこやなぎ" not in page.content()
