"""A supervisor opens a desk on screen; a visitor finds it on the porch, in three languages, with its hours."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import expect

from browser import Axe, PageAt
from engawa.office.access.models import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]


def test_a_desk_opened_in_the_office_stands_on_the_porch(
    office_server: str,
    open_porch: str,
    courier: None,
    page_at: PageAt,
    axe: Axe,
    supervisor: Staff,
    client_of: Callable[[Staff], Client],
) -> None:
    """001-11, 003-32: desks, hours and languages are kept once, in the office, and published by letter."""
    staff = page_at(1360, staff_client=client_of(supervisor))
    staff.goto(f"{office_server}/directory/desks/new/")
    axe(staff)
    staff.get_by_label("運営機関").select_option(index=1)
    staff.locator("[name=name]").fill("夜の窓口")
    staff.locator("[name=name_english]").fill("Night desk")
    staff.locator("[name=areas]").fill("北区")
    staff.get_by_label("文字の相談を受ける").check()
    staff.get_by_role("button", name="つくる").click()
    axe(staff)
    staff.get_by_role("link", name="時間を直す").click()
    axe(staff)
    for number, weekday in enumerate("1234567"[:3]):
        staff.locator(f"[name=form-{number}-weekday]").select_option(weekday)
        staff.locator(f"[name=form-{number}-opens]").fill("16:00")
        staff.locator(f"[name=form-{number}-closes]").fill("21:00")
    staff.get_by_role("button", name="保存する").click()
    staff.get_by_role("button", name="掲示する").click()
    expect(staff.locator("main").get_by_text("掲示中")).to_be_visible()

    visitor = page_at(360, light="dark")
    for _patience in range(60):
        visitor.goto(f"{open_porch}/desks/?q=北区")
        if visitor.get_by_role("link", name="夜の窓口").count():
            break
        visitor.wait_for_timeout(500)
    visitor.get_by_role("link", name="夜の窓口").click()
    expect(visitor.locator(".week")).to_contain_text("16:00–21:00")
    visitor.get_by_role("link", name="English").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Night desk")

    night = page_at(390, light="dark", staff_client=client_of(supervisor))
    night.goto(f"{office_server}/directory/")
    axe(night)
    night.get_by_role("link", name=re.compile("夜の窓口")).click()
    axe(night)
    assert night.evaluate("document.documentElement.scrollWidth <= innerWidth")
