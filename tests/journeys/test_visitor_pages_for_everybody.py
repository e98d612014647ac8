"""Every visitor's page, in every language and both lights: usable with aids, narrow, light, self-sufficient."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response

from browser import Axe, PageAt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
PAGES = [
    "/", "/look/", "/desks/", "/desks/?q=zzz", "/first/self/", "/first/family/", "/first/agency/", "/first/company/",
    "/about/", "/privacy/", "/accessibility/", "/calendar/", "/talk/", "/come-back/", "/seat/deleted/",
]  # fmt: skip
SEATED = ["/seat/", "/seat/words/", "/seat/delete/"]
KILOBYTES = 60
TARGET = 44
SMALL_TARGETS = """(target) => [...document.querySelectorAll(`
    a.btn, button, .chip, .door, footer nav a, .actions a, .brand, summary,
    input:not([type=hidden]), select, textarea, label:has(input)
`)].filter((one) => one.checkVisibility() && !one.matches("label input, .visually-hidden"))
    .filter((one) => one.getBoundingClientRect().height < target - 0.5).map((one) => one.outerHTML.slice(0, 120))"""


def sit(page: Page, porch: str, prefix: str, look: Callable[[], None] = lambda: None) -> list[str]:
    """Begin a talk, looking at each page on the way; the addresses that only a seat has."""
    page.goto(f"{porch}{prefix}/talk/")
    page.locator("[name=words]").fill("はじめまして。\n👨‍👩‍👧‍👦 葛󠄀")
    page.locator("[name=agree]").check()
    page.locator("main .btn.go").click()
    look()
    page.locator("main .btn.go").click()
    return [page.url, *(f"{porch}{prefix}{path}" for path in SEATED)]


@pytest.mark.parametrize("prefix", ["", "/ja-easy", "/en"])
def test_axe_finds_nothing_on_any_page(
    open_porch: str, page_at: PageAt, axe: Axe, by_night: Axe, *, prefix: str
) -> None:
    """WCAG 2.2 AA, and with it JIS X 8341-3:2016."""
    page = page_at(360)
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)

    def look() -> None:
        axe(page)
        by_night(page)

    for path in PAGES:
        page.goto(f"{open_porch}{prefix}{path}")
        look()
    for url in sit(page, open_porch, prefix, look):
        page.goto(url)
        look()
    page.goto(f"{open_porch}{prefix}/ruby/on/?next={prefix}/privacy/")
    look()
    assert problems == []


def test_nothing_has_to_be_scrolled_sideways_at_320_pixels_or_double_size(open_porch: str, page_at: PageAt) -> None:
    """320 CSS pixels are also what 640 pixels at 200 % leave."""
    for prefix in ("", "/en"):
        page = page_at(320)
        every = [f"{open_porch}{prefix}{path}" for path in PAGES] + sit(page, open_porch, prefix)
        for url in every:
            page.goto(url)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url


def test_every_target_is_large_enough_for_a_thumb(open_porch: str, page_at: PageAt) -> None:
    """44 pixels, but for links inside running text."""
    page = page_at(360)
    for url in [f"{open_porch}{path}" for path in PAGES if path != "/calendar/"] + sit(page, open_porch, ""):
        page.goto(url)
        small = page.evaluate(SMALL_TARGETS, TARGET)
        assert small == [], url


def test_the_first_view_is_light_and_asks_nobody_else(open_porch: str, page_at: PageAt) -> None:
    """At most 60 KB compressed in all, from our own address only, without any cookie."""
    page = page_at(360)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks the function
    page.goto(open_porch)
    page.wait_for_load_state("networkidle")
    sizes = {one.url: one.request.sizes() for one in answers}
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes.values())
    assert total <= KILOBYTES * 1000, {url: size["responseBodySize"] for url, size in sizes.items()}
    assert all(url.startswith(open_porch) for url in sizes)
    assert page.context.cookies() == []


def test_a_visitor_has_one_cookie_and_it_is_out_of_reach_of_scripts(open_porch: str, page_at: PageAt) -> None:
    page = page_at(360)
    sit(page, open_porch, "")
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == ("engawa", True, "Lax", -1)
