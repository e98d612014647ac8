"""The pages on the way in, in a real browser: axe clean in both lights, on a phone and on a wide screen."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from browser import Axe, PageAt
from engawa.engine.settings import sign_in
from engawa.office.access.models import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
WITH_KEYS = [
    "me/factors/",
    "me/factors/app/",
    "me/factors/app/remove/",
    "me/factors/codes/",
    "me/factors/codes/new/",
    "me/factors/passkeys/",
    "me/factors/passkeys/add/",
    "me/password/",
    "me/sessions/",
    "me/again/",
    "me/again/factor/",
    "sign-out/",
]


@pytest.fixture
def client(counsellor: Staff, client_of: Callable[[Staff], Client], settings: Any) -> Client:
    """A counsellor with an authenticator app and recovery codes."""
    settings.PASSWORD_HASHERS = sign_in.PASSWORD_HASHERS  # those of the server, which really checks
    counsellor.set_password("すすきのはらを 7歩")
    counsellor.save()
    TOTP.activate(counsellor, generate_totp_secret())
    RecoveryCodes.activate(counsellor)
    return client_of(counsellor)


@pytest.mark.parametrize(("width", "light"), [(360, "dark"), (1360, "light")])
def test_one_can_find_the_way_in(office_server: str, page_at: PageAt, axe: Axe, width: int, light: str) -> None:
    page = page_at(width, light=light)
    for path in ("sign-in/", "sign-in/inactive/"):
        page.goto(f"{office_server}/{path}")
        assert page.locator("h1").inner_text()
        axe(page)


@pytest.mark.parametrize(("width", "light"), [(360, "dark"), (1360, "light")])
def test_the_pages_for_ones_own_keys_are_accessible(
    office_server: str, page_at: PageAt, axe: Axe, client: Client, width: int, light: str
) -> None:
    page = page_at(width, light=light, staff_client=client)
    for path in WITH_KEYS:
        answer = page.goto(f"{office_server}/{path}")
        assert answer, path
        assert answer.ok, path
        assert page.locator("main h1").inner_text(), path
        axe(page)


def test_signing_in_takes_a_password_and_a_second_factor(
    office_server: str, page_at: PageAt, axe: Axe, client: Client, counsellor: Staff
) -> None:
    page = page_at(360)
    page.goto(f"{office_server}/sign-in/")
    page.get_by_label("メールアドレス").fill(counsellor.email)
    page.get_by_label("パスワード").fill("すすきのはらを 7歩")
    page.get_by_role("button", name="つぎへ").click()
    assert page.locator("h1").inner_text() == "二つ目の確認"
    axe(page)
    codes = Authenticator.objects.get(user=counsellor, type="recovery_codes").wrap().get_unused_codes()
    page.get_by_label("認証アプリの6けた").fill(codes[0])
    page.get_by_role("button", name="サインイン").click()
    page.goto(f"{office_server}/me/sessions/")
    assert "この端末" in page.locator("main").inner_text()


def test_a_wrong_password_says_so_and_keeps_the_address(office_server: str, page_at: PageAt, axe: Axe) -> None:
    page = page_at(360)
    page.goto(f"{office_server}/sign-in/")
    page.get_by_label("メールアドレス").fill("who@example.org")
    page.get_by_label("パスワード").fill("ちがう")
    page.get_by_role("button", name="つぎへ").click()
    assert page.locator(".summary li").count() == 1
    assert page.get_by_label("メールアドレス").input_value() == "who@example.org"
    axe(page)
