"""Refusals on the way in and at one's own keys, in the house's words: what happened, what was kept, what to do."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from engawa.engine.settings import sign_in
from engawa.office.access import actions
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Staff

pytestmark = pytest.mark.django_db
PASSWORD = "夜の川はきれいでした2026"
SECRET = "JBSWY3DPEHPK3PXP"
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")


@pytest.fixture(autouse=True)
def equipped(counsellor: Staff) -> Staff:
    """A counsellor with password and authenticator app, of whom nobody has guessed anything yet."""
    cache.clear()
    actions.equip(by=COMMAND, staff=counsellor, password=PASSWORD, totp_secret=SECRET)
    return counsellor


def refusals(answer: Any) -> list[str]:
    """What the page says is wrong, at its fields and above them."""
    page = answer.content.decode()
    found = re.findall(r'class="(?:error|wrong)[^"]*"[^>]*>(.*?)</', page, re.DOTALL)
    form = answer.context["form"]
    said = [str(one) for errors in form.errors.values() for one in errors]
    assert said, page
    assert all(html.escape(one) in page for one in said), (said, found)
    return said


def in_language(language: str, said: list[str]) -> None:
    for one in said:
        assert bool(_JAPANESE.search(one)) is (language == "ja"), one


@LANGUAGES
def test_a_wrong_password_or_address_says_what_to_check_and_how_many_tries_there_are(
    client: Client, equipped: Staff, language: str
) -> None:
    form = {"login": equipped.email, "password": "違うことば"}
    answer = client.post(reverse("account_login"), form, headers={"accept-language": language})
    said = refusals(answer)
    in_language(language, said)
    assert "15" in said[0]
    assert equipped.email in answer.content.decode()


@LANGUAGES
def test_a_wrong_code_says_which_codes_are_right(client: Client, equipped: Staff, language: str) -> None:
    client.post(reverse("account_login"), {"login": equipped.email, "password": PASSWORD})
    answer = client.post(reverse("mfa_authenticate"), {"code": "000000"}, headers={"accept-language": language})
    said = refusals(answer)
    in_language(language, said)
    assert "30" in said[0]


def test_a_recovery_code_that_was_used_says_that_each_works_once(client: Client, equipped: Staff) -> None:
    code = RecoveryCodes.activate(equipped).get_unused_codes()[0]
    for turn in (302, 200):
        client.post(reverse("account_login"), {"login": equipped.email, "password": PASSWORD})
        answer = client.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.status_code == turn
        client.post(reverse("account_logout"))
    assert "一度だけ" in refusals(answer)[0]


@LANGUAGES
def test_asking_once_more_who_it_is_refuses_in_words(
    client_of: Callable[[Staff], Client], equipped: Staff, language: str
) -> None:
    browser, head = client_of(equipped), {"accept-language": language}
    for name, wrong in (
        ("account_reauthenticate", {"password": "違うことば"}),
        ("mfa_reauthenticate", {"code": "000000"}),
    ):
        in_language(language, refusals(browser.post(reverse(name), wrong, headers=head)))


@LANGUAGES
def test_a_new_password_is_refused_with_what_would_do_and_that_the_old_one_holds(
    client_of: Callable[[Staff], Client], equipped: Staff, settings: Any, language: str
) -> None:
    settings.AUTH_PASSWORD_VALIDATORS = sign_in.AUTH_PASSWORD_VALIDATORS
    good = "夜の川はきれいでした2027"
    wrong = ("みじかい", "みじかい"), ("password1234", "password1234"), ("2026112200001", "2026112200001")
    for new, again in (*wrong, (equipped.email, equipped.email), (good, f"{good}！")):
        cache.clear()
        typed = {"oldpassword": PASSWORD, "password1": new, "password2": again}
        browser, head = client_of(equipped), {"accept-language": language}
        answer = browser.post(reverse("account_change_password"), typed, headers=head)
        in_language(language, refusals(answer))
        kept = "まだ前のままです" if language == "ja" else "still the old one"
        assert kept in answer.content.decode()
    equipped.refresh_from_db()
    assert equipped.check_password(PASSWORD)


def test_the_present_password_is_asked_for_and_nothing_is_repeated_on_the_page(
    client_of: Callable[[Staff], Client], equipped: Staff
) -> None:
    typed = {
        "oldpassword": "違うことば",
        "password1": "夜の川はとてもきれい2027",
        "password2": "夜の川はとてもきれい2027",
    }
    answer = client_of(equipped).post(reverse("account_change_password"), typed)
    assert refusals(answer) == ["パスワードがちがいます。何も変わっていません。もう一度入れてください。"]
    assert "夜の川はとてもきれい2027" not in answer.content.decode()


def test_a_passkey_that_nobody_knows_leads_back_to_the_sign_in_page_with_words(client: Client) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": "{}"}, follow=True)
    page = answer.content.decode()
    assert 'name="password"' in page
    assert re.search(r'class="toast[^"]*">.*?[ぁ-ん]', page, re.DOTALL), page
