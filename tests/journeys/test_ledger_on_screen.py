"""A section head brings the city's messy ledger in, reads the published figure, and takes it all back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect

import engawa
from browser import PageAt
from engawa.office.access.models import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
BOOK = Path(engawa.__file__).parent / "engine" / "demo" / "ledger.xlsx"
WINDOW = {
    "期間の初日": "令和2年9月1日",
    "期間の末日": "令和3年8月31日",
    "比較期間の初日": "2019-04-01",
    "比較期間の末日": "R2.3.31",
}


def test_a_messy_ledger_is_looked_at_taken_in_read_and_taken_back(
    office_server: str, page_at: PageAt, client_of: Callable[[Staff], Client], manager: Staff
) -> None:
    """002-12, X-03: 760 cases come in; of them the desk received 411 in the published year; undoing leaves none."""
    page = page_at(1360, staff_client=client_of(manager))
    page.goto(f"{office_server}/ledger/")
    page.get_by_label("台帳のファイル").set_input_files(BOOK)
    page.get_by_role("button", name="中身を確かめる").click()
    expect(page.get_by_text("まだ何も書き込んでいません")).to_be_visible()
    cases = page.get_by_role("row", name=re.compile("^相談ケース"))
    expect(cases).to_contain_text("760")
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_text("取り込みました。")).to_be_visible()
    expect(cases).to_contain_text("760")
    import_page = page.url

    page.get_by_role("link", name="検証（報告書）").click()
    for label, words in WINDOW.items():
        page.get_by_label(re.compile(f"^{label}")).fill(words)
    page.get_by_role("button", name="集計する").click()
    total = page.get_by_role("region", name="年齢別の相談件数", exact=True).get_by_role("row", name=re.compile("^合計"))
    expect(total.get_by_role("cell")).to_have_text(["307", "411", "104"])

    page.goto(import_page)
    page.get_by_role("button", name="この取り込みをまるごと取り消す").click()
    page.get_by_role("dialog").get_by_role("button", name="取り消す").click()
    expect(page.get_by_text("取り込みを、まるごと取り消しました。")).to_be_visible()
    page.goto(f"{office_server}/tables/?table=cases-by-age&first=2020-09-01&last=2021-08-31")
    gone = page.get_by_role("region", name="年齢別の相談件数", exact=True).get_by_role("row", name=re.compile("^合計"))
    expect(gone.get_by_role("cell")).to_have_text(["0"])
