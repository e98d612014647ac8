"""Two counsellors write one assessment at the same time, each in a browser of their own."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from access.world import World, make_world
from browser import Axe, PageAt
from cast import CAST
from engawa.office.access.models import Organisation, Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
WORDS = "家族の思い"


@pytest.fixture
def world(request: pytest.FixtureRequest, desk_organisation: Organisation, ward: Organisation) -> World:
    return make_world({name: request.getfixturevalue(name) for name in CAST}, desk_organisation, ward)


def listening(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator("body[data-live=open]")).to_be_attached()
    return page


def test_each_answer_is_kept_at_once_and_two_people_see_each_others_side_by_side(
    office_server: str,
    page_at: PageAt,
    client_of: Callable[[Staff], Client],
    counsellor: Staff,
    colleague: Staff,
    world: World,
    axe: Axe,
) -> None:
    sheet = f"{office_server}/cases/{world.case.number}/assessments/{world.values['assessment']}/"
    mine = listening(page_at(staff_client=client_of(counsellor)), sheet)
    theirs = listening(page_at(360, light="dark", staff_client=client_of(colleague)), sheet)

    # What one answers stands on the other's page, by whom and when.
    mine.get_by_label("自室からほとんど出ない").check()
    expect(mine.locator(".question").first).to_contain_text(counsellor.name)
    expect(theirs.get_by_label("自室からほとんど出ない")).to_be_checked()
    expect(theirs.locator(".question").first).to_contain_text(counsellor.name)

    # While one writes, the other's words are shown beside; nothing typed is touched.
    box = theirs.get_by_label(WORDS)
    box.focus()
    mine.get_by_label(WORDS).fill("母は待っている")
    mine.get_by_label(WORDS).blur()
    expect(theirs.locator(".beside:visible")).to_contain_text("ほかの人が今、こう書きました")
    expect(theirs.locator(".beside:visible")).to_contain_text("母は待っている")
    expect(box).to_have_value("秘密の思い")

    # Whoever writes on is shown both and chooses.
    box.fill("父は怒っている")
    both = theirs.locator(".both")
    expect(both).to_contain_text("母は待っている")
    expect(both).to_contain_text("父は怒っている")
    axe(theirs)
    theirs.get_by_role("button", name="わたしの答えにする").click()
    expect(both).to_have_count(0)
    expect(mine.get_by_label(WORDS)).to_have_value("父は怒っている")
    mine.reload()
    expect(mine.get_by_label(WORDS)).to_have_value("父は怒っている")
    axe(mine)
