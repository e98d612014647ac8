"""From the invitation to the passkey, and off again when nobody is there, in a real browser."""

import time

import pytest
from playwright.sync_api import Page, expect

from browser import Axe, PageAt
from cast import signed_in
from engawa.office.access import actions
from engawa.office.access.actors import COMMAND, KEEPER
from engawa.office.access.models import Draft, Staff
from engawa.office.access.walls import acting_as
from engawa.office.alerts.actions import tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
PASSWORD = "縁側でゆっくりお茶をのみました"


def give_passkeys(page: Page) -> None:
    """A device of its own that asks for a finger and gets it."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def office(office_server: str) -> str:
    """The office by a name: passkeys do not work with bare addresses."""
    return office_server.replace("127.0.0.1", "localhost")


def test_an_invited_counsellor_sets_up_a_passkey_and_signs_in_with_it(
    page: Page, office: str, counsellor: Staff, axe: Axe
) -> None:
    give_passkeys(page)
    way_in = actions.first_administrator(by=COMMAND, email=counsellor.email, name="相田", organisation="みやこ市").path
    page.goto(office + way_in)
    axe(page)
    page.get_by_label("新しいパスワード", exact=False).first.fill(PASSWORD)
    page.get_by_label("確認", exact=False).fill(PASSWORD)
    page.get_by_role("button", name="このパスワードにする").click()
    page.get_by_label("メールアドレス").fill(counsellor.email)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="つぎへ").click()
    expect(page.get_by_role("heading", name="二つ目の確認を用意してください")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="パスキー").click()
    page.get_by_label("名前").fill("窓口のパソコン")
    page.get_by_label("このパスキーだけで").check()
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_role("heading", name="回復コード")).to_be_visible()
    page.goto(office + "/me/")
    expect(page.get_by_role("heading", name="自分の設定")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="サインアウト").click()
    expect(page.get_by_label("メールアドレス")).to_be_visible()
    page.goto(office + "/me/")
    page.get_by_role("button", name="パスキーでサインイン").click()
    expect(page.get_by_role("heading", name="自分の設定")).to_be_visible()


def draft_arrives(page: Page) -> list[str]:
    for _ in range(100):
        with acting_as(KEEPER):
            if draft := Draft.objects.first():
                return list(draft.fields["name"])
        time.sleep(0.1)
    return []


def test_whoever_leaves_the_desk_finds_a_cleared_screen_and_later_the_half_written_form(
    page_at: PageAt, office_server: str, administrator: Staff
) -> None:
    page = page_at(staff_client=signed_in(administrator))
    page.clock.install()
    page.goto(office_server + "/staff/invite/")
    page.get_by_label("氏名").fill("書きかけの人")
    page.clock.fast_forward(2_000)
    assert draft_arrives(page) == ["書きかけの人"]
    page.clock.run_for("19:30")
    expect(page.get_by_text("まもなくサインアウトします")).to_be_visible()
    page.clock.run_for("01:00")
    page.wait_for_url("**/sign-in/?next=%2Fstaff%2Finvite%2F")
    again = page_at(staff_client=signed_in(administrator))
    again.goto(office_server + "/staff/invite/")
    expect(again.get_by_label("氏名")).to_have_value("書きかけの人")


def test_an_alert_rings_the_bell_of_an_open_page(
    page_at: PageAt, office_server: str, counsellor: Staff, axe: Axe
) -> None:
    page = page_at(staff_client=signed_in(counsellor))
    page.clock.install()
    page.goto(office_server + "/alerts/")
    expect(page.locator("body")).to_have_attribute("data-live", "open")
    with page.expect_response("**/me/ticket/**") as renewed:  # before its ten minutes are over
        page.clock.fast_forward("08:31")
    assert renewed.value.ok
    tell(staff=[counsellor], kind="access.role_given", whom="相田", role="相談員", organisation="北区")
    expect(page.locator(".bell .n")).to_have_text("1")
    page.reload()
    axe(page)
    page.get_by_role("button", name="北区で相田さん").click()
    expect(page.locator(".bell .n")).to_have_count(0)
