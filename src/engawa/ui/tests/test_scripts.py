"""What the scripts add, on the gallery page in a real browser."""

import pytest
from playwright.sync_api import Page

from browser import PageAt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]


@pytest.fixture
def gallery(office_server: str, page_at: PageAt) -> Page:
    page = page_at(1360)
    page.goto(f"{office_server}/ui/gallery/?office=1")
    return page


def test_a_draft_comes_back_after_reloading(gallery: Page) -> None:
    gallery.locator("#id_words").fill("夜の川はきれいでした。")
    gallery.locator("#id_topics_1").check()
    gallery.locator("[data-draft-state]").get_by_text("下書きを保存しました").wait_for()
    gallery.reload()
    assert gallery.locator("#id_words").input_value() == "夜の川はきれいでした。"
    assert gallery.locator("#id_topics_1").is_checked()
    assert "戻しました" in gallery.locator("[data-draft-state]").inner_text()


def test_the_keys_walk_through_a_list_and_explain_themselves(gallery: Page) -> None:
    gallery.keyboard.press("j")
    assert "ねこやなぎ" in gallery.evaluate("document.activeElement.innerText")
    gallery.keyboard.press("k")
    assert "こもれび" in gallery.evaluate("document.activeElement.innerText")
    gallery.keyboard.press("?")
    assert gallery.locator("#keys").is_visible()
    gallery.get_by_label("一文字のキーを使わない").check()
    gallery.keyboard.press("Escape")
    gallery.keyboard.press("?")
    assert not gallery.locator("#keys").is_visible()


def test_a_key_that_is_typed_into_a_field_stays_there(gallery: Page) -> None:
    gallery.locator("#id_name").first.press_sequentially("j?")
    assert gallery.locator("#id_name").first.input_value() == "j?"
    assert not gallery.locator("#keys").is_visible()


def test_a_dialog_holds_the_focus_and_gives_it_back(gallery: Page) -> None:
    gallery.get_by_role("button", name="ひらく").click()
    assert gallery.locator("#example-dialog").is_visible()
    gallery.locator("#example-dialog [data-closes]").click()
    assert not gallery.locator("#example-dialog").is_visible()
    assert gallery.evaluate("document.activeElement.dataset.opens") == "example-dialog"


def test_without_scripts_the_dialog_stands_open_in_the_page(office_server: str, page_at: PageAt) -> None:
    page = page_at(360, javascript=False)
    page.goto(f"{office_server}/ui/gallery/")
    assert page.get_by_text("消すと、合言葉でもう開けません").is_visible()


def test_a_toast_can_be_closed(office_server: str, page_at: PageAt) -> None:
    page = page_at(360)
    page.goto(f"{office_server}/ui/gallery/?toast=1")
    toast = page.get_by_role("status").get_by_text("保存しました。")
    assert toast.is_visible()
    page.locator(".toast").get_by_role("button", name="閉じる").click()
    assert not toast.is_visible()


def test_the_first_error_is_where_the_reader_is_taken(gallery: Page) -> None:
    assert "まだ送れていません" in gallery.evaluate("document.activeElement.innerText")
