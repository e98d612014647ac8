"""The visitor's pages in a real browser: light enough for an old phone, whole without scripts, axe clean by night."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from browser import Axe, PageAt
from engawa.post.keys import KeyRing
from engawa.post.letters import DeskPublished, ResourcePublished

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
FIRST_VIEW_BYTES = 60 * 1024
LANGUAGES = ["", "ja-easy/", "en/"]
READING = [
    "",
    "desks/",
    "desks/?q=zzz",
    "look/",
    "first/self/",
    "first/family/",
    "first/agency/",
    "first/company/",
    "about/",
    "privacy/",
    "accessibility/",
    "come-back/",
    "talk/",
    "nowhere/",
]


@pytest.fixture
def porch(
    porch_server: str,
    ring: KeyRing,
    desk_published: Callable[..., DeskPublished],
    expectation_published: Callable[..., None],
    resource_published: Callable[..., ResourcePublished],
) -> str:
    """The address of a porch with somebody there, two desks and a place on its board."""
    expectation_published(desk_published())
    desk_published(position=1, areas="南区", takes_talks=False)
    resource_published()
    return porch_server


def bytes_of_first_view(page: Page, address: str) -> dict[str, int]:
    """What travels, headers included, until the page has everything."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    addresses: dict[str, str] = {}
    travelled: dict[str, int] = {}

    def sent(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        travelled[addresses[event["requestId"]]] = int(event["encodedDataLength"])

    network.on("Network.requestWillBeSent", sent)
    network.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="networkidle")
    return travelled


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_view_takes_at_most_60_kilobytes_and_nothing_from_elsewhere(
    porch: str, page_at: PageAt, language: str
) -> None:
    travelled = bytes_of_first_view(page_at(360), f"{porch}/{language}")
    assert sum(travelled.values()) <= FIRST_VIEW_BYTES, travelled
    assert all(address.startswith(porch) for address in travelled)
    assert len(travelled) > 3


@pytest.mark.parametrize(("width", "light"), [(320, "dark"), (1360, "light")])
@pytest.mark.parametrize(("language", "paths"), [("", READING), ("ja-easy/", ["", "talk/"]), ("en/", ["", "talk/"])])
def test_every_reading_page_is_accessible(
    porch: str, page_at: PageAt, axe: Axe, width: int, light: str, language: str, paths: list[str]
) -> None:
    page = page_at(width, light=light)
    for path in paths:
        page.goto(f"{porch}/{language}{path}")
        assert page.locator("h1").count() == 1, path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
        axe(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_talk_can_be_begun_and_continued_with_and_without_scripts(
    porch: str, page_at: PageAt, axe: Axe, *, javascript: bool
) -> None:
    page = page_at(360, light="dark", javascript=javascript)
    page.goto(f"{porch}/")
    page.get_by_role("link", name="話してみる").first.click()
    page.locator("textarea").fill("夜しか起きていられなくて")
    page.locator("input[name=agree]").check()
    page.get_by_role("button", name="送る").click()
    assert page.locator("#passphrase li").count() == 6
    if javascript:
        axe(page)
    page.get_by_role("button", name="書きとめました").click()
    assert "夜しか起きていられなくて" in page.locator("main").inner_text()
    if javascript:
        axe(page)
    page.goto(f"{porch}/seat/")
    assert page.locator(".card").count() == 1
    if javascript:
        axe(page)


def test_the_light_that_was_chosen_stays_without_a_cookie(porch: str, page_at: PageAt) -> None:
    page = page_at(1360)
    page.goto(f"{porch}/about/")
    before = {cookie["name"] for cookie in page.context.cookies()}
    page.get_by_role("button", name="夜の色").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.light") == "night"
    assert page.get_by_role("button", name="夜の色").get_attribute("aria-pressed") == "true"
    assert {cookie["name"] for cookie in page.context.cookies()} == before


def test_leaving_clears_the_page_at_once(porch: str, page_at: PageAt) -> None:
    page = page_at(360)
    page.goto(f"{porch}/talk/")
    left_over = page.evaluate(
        "() => { document.querySelector('[data-leave]').click(); return document.body.innerText }"
    )
    assert left_over == ""
    page.wait_for_url("**/calendar/")


def _drafts(page: Page) -> list[str]:
    return list(page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('engawa.draft.'))"))


def _write_a_draft(page: Page, words: str) -> None:
    page.locator("textarea").fill(words)
    page.get_by_text("この端末に下書きを残しました").wait_for()


def test_a_draft_on_the_visitors_device_ends_after_a_day(porch: str, page_at: PageAt) -> None:
    page = page_at(360)
    page.goto(f"{porch}/talk/")
    _write_a_draft(page, "書きかけ")
    page.reload()
    assert page.locator("textarea").input_value() == "書きかけ"
    for hours, left in ((23, ["engawa.draft.start"]), (25, [])):
        page.evaluate(
            "hours => localStorage.setItem('engawa.draft.start',"
            " JSON.stringify({ at: Date.now() - hours * 3600000, values: { words: ['きのう'] } }))",
            hours,
        )
        page.goto(f"{porch}/about/")
        assert _drafts(page) == left
    page.goto(f"{porch}/talk/")
    assert page.locator("textarea").input_value() == ""


def test_leaving_at_once_takes_the_drafts_along_even_those_just_being_written(porch: str, page_at: PageAt) -> None:
    page = page_at(360)
    page.goto(f"{porch}/talk/")
    _write_a_draft(page, "書きかけ")
    page.locator("textarea").fill("書きかけの途中")
    page.locator("[data-leave]").click()
    page.wait_for_url("**/calendar/")
    assert _drafts(page) == []


@pytest.mark.parametrize(("path", "button"), [("seat/", "席を立つ（席は残ります）"), ("seat/delete/", "席を消します")])
def test_standing_up_and_deleting_the_seat_take_the_drafts_along(
    porch: str, page_at: PageAt, path: str, button: str
) -> None:
    page = page_at(360)
    page.goto(f"{porch}/talk/")
    page.locator("textarea").fill("はじめまして")
    page.locator("#id_agree").check()
    page.get_by_role("button", name="送る").click()
    page.get_by_role("button", name="書きとめました").click()
    _write_a_draft(page, "つづき")
    page.goto(f"{porch}/{path}")
    assert len(_drafts(page)) == 1
    page.get_by_role("button", name=button).click()
    page.wait_for_url(lambda url: "/seat/" not in url or url.endswith("/deleted/"))
    assert _drafts(page) == []
