from itertools import product

import pytest

from browser import Axe, PageAt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
VIEWS = list(product(["", "?office=1"], [360, 1360]))


@pytest.mark.parametrize(("frame", "width"), VIEWS)
def test_every_component_is_accessible_in_both_lights(
    office_server: str, page_at: PageAt, axe: Axe, by_night: Axe, *, frame: str, width: int
) -> None:
    page = page_at(width)
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(f"{office_server}/ui/gallery/{frame}")
    axe(page)
    by_night(page)
    assert problems == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
