"""The eyes of the browser tests see what they are there to see: each fault is planted on a page that is sound else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser import Axe

pytestmark = pytest.mark.browser
SOUND = {
    "ground": "light-dark(white, black)",
    "ink": "light-dark(black, white)",
    "link": "light-dark(#223, #ffc)",
    "line": "underline",
    "more": "",
}
PAGE = """<!doctype html><html lang="ja"><head><title>頁</title><style>
:root { color-scheme: light dark; background: @ground } h1, p { color: @ink } a { color: @link; text-decoration: @line }
</style></head><body><main><h1>頁</h1><p>ことばの中の<a href="/">つながり</a>が見える。</p>@more</main></body></html>"""
Planted = Callable[..., Page]


@pytest.fixture
def planted(page: Page) -> Planted:
    def plant(**fault: str) -> Page:
        html = PAGE
        for place, what in (SOUND | fault).items():
            html = html.replace(f"@{place}", what)
        page.set_content(html)
        return page

    return plant


def test_a_sound_page_is_passed_by_day_and_by_night(planted: Planted, axe: Axe, by_night: Axe) -> None:
    page = planted()
    axe(page)
    by_night(page)
    axe(page)


def test_a_field_without_a_label_is_refused(planted: Planted, axe: Axe) -> None:
    with pytest.raises(AssertionError, match="label: "):
        axe(planted(more="<input>"))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"ink": "light-dark(#bbb, white)"}, "color-contrast: "),
        ({"line": "none"}, "link-in-text-block: "),
    ],
)
def test_colours_that_fail_by_day_are_refused_by_day(
    planted: Planted, axe: Axe, fault: dict[str, str], said: str
) -> None:
    with pytest.raises(AssertionError, match=said):
        axe(planted(**fault))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"ink": "light-dark(black, #444)"}, "color-contrast: "),
        ({"line": "none"}, "link-in-text-block: "),
    ],
)
def test_colours_that_fail_by_night_are_refused_by_night(
    planted: Planted, by_night: Axe, fault: dict[str, str], said: str
) -> None:
    with pytest.raises(AssertionError, match=said):
        by_night(planted(**fault))
