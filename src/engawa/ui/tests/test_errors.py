"""Every refusal says what happened, what was kept and what to do; it gives back what was typed."""

from typing import Any

import pytest
from django.core.cache import cache
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from browser import Axe, PageAt
from engawa.office.access.models import Staff
from engawa.ui.errors import csrf_failure

HOST = "testserver"
WORDS = "夜しか<b>起きて</b>いられなくて"
WORDS_ON_A_PAGE = "夜しか&lt;b&gt;起きて&lt;/b&gt;いられなくて"
TOO_LARGE = 3_000_000


def expired(data: dict[str, Any], **headers: str) -> str:
    request = RequestFactory().post("/talk/?to=kita", data, headers=headers)
    get_token(request)
    return csrf_failure(request).content.decode()


def test_an_expired_form_gives_back_what_was_typed() -> None:
    html = expired({"words": WORDS, "age": "30"}, origin=f"http://{HOST}")
    assert WORDS_ON_A_PAGE in html
    assert '<input type="hidden" name="age" value="30">' in html
    assert 'action="/talk/?to=kita"' in html
    assert "まだ送っていません" in html


def test_what_no_hand_has_typed_is_sent_again_and_not_shown() -> None:
    html = expired({"words": WORDS, "token": "019a0f2c-1111-7000-8000-000000000001"}, origin=f"http://{HOST}")
    assert html.count("019a0f2c-1111-7000-8000-000000000001") == 1


def test_an_expired_form_does_not_repeat_secrets() -> None:
    html = expired({"password": "himitsu", "passphrase": "あさひ ことり", "words": "はい"}, origin=f"http://{HOST}")
    assert "himitsu" not in html
    assert "ことり" not in html


@pytest.mark.parametrize("headers", [{"origin": "https://elsewhere.example"}, {"origin": "null"}, {}])
def test_a_form_from_a_foreign_page_is_not_offered_for_sending(headers: dict[str, str]) -> None:
    html = expired({"words": "書いた覚えのない文"}, **headers)
    assert "書いた覚えのない文" in html
    assert "<form" not in html


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", ["400", "403", "404", "405", "413", "429", "500", "503"])
def test_each_error_page_stands_without_a_request_and_leads_home(page: str, language: str) -> None:
    with translation.override(language):
        html = render_to_string(f"{page}.html")
    assert "<h1>" in html
    assert 'href="/"' in html


def test_a_post_without_token_meets_the_page_that_gives_the_text_back(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"login": "who@example.org"})
    assert answer.status_code == 403
    assert "who@example.org" in answer.content.decode()


@pytest.fixture(params=["signed out", "signed in"])
def client(request: pytest.FixtureRequest, client_of: Any, counsellor: Staff) -> Client:
    """Somebody who does not know yet that something is wrong, before and after signing in."""
    browser: Client = client_of(counsellor) if request.param == "signed in" else Client()
    browser.raise_request_exception = False
    browser.handler.enforce_csrf_checks = True
    return browser


@pytest.mark.django_db
class TestEveryRefusalOfTheOffice:
    def test_an_address_that_is_not_there(self, client: Client) -> None:
        answer = client.get("/nowhere/")
        assert answer.status_code == 404
        assert "書いたものは消えていません" in answer.content.decode()

    def test_is_said_in_the_language_that_staff_chose_whatever_their_browser_asks_for(self, client: Client) -> None:
        Staff.objects.update(language="en")
        signed_in = "_auth_user_id" in client.session
        asked = {"headers": {"host": HOST, "accept-language": "ja"}}
        refusals = [
            client.get("/nowhere/", **asked),
            client.get("/sign-off/", **asked),
            client.post("/cases/", **asked),
        ]
        assert [answer.status_code for answer in refusals] == [404, 405, 403]
        assert ['<html lang="en">' in answer.content.decode() for answer in refusals] == [signed_in] * 3

    def test_an_address_that_only_takes_what_a_button_sends(self, client: Client) -> None:
        answer = client.get("/sign-off/", headers={"host": HOST, "referer": f"http://{HOST}/cases/?q=1"})
        page = answer.content.decode()
        assert answer.status_code == 405
        assert answer["Allow"] == "POST"
        assert "ボタンを押してください" in page
        assert 'href="/cases/?q=1"' in page

    def test_more_than_the_house_takes_at_once(self, client: Client) -> None:
        answer = client.generic("POST", "/sign-in/", b"login=" + b"a" * TOO_LARGE, "application/x-www-form-urlencoded")
        assert answer.status_code == 413
        assert "何も保存していません" in answer.content.decode()

    def test_more_fields_than_the_house_takes_at_once(self, client: Client) -> None:
        body = b"&".join(b"a=1" for _ in range(2_000))
        assert client.generic("POST", "/sign-in/", body, "application/x-www-form-urlencoded").status_code == 413

    def test_what_arrives_in_pieces_that_nobody_can_read(self, client: Client) -> None:
        answer = client.generic("POST", "/sign-in/", b"--x", "multipart/form-data; boundary=")
        assert answer.status_code == 400
        assert "開きなおして" in answer.content.decode()

    def test_a_name_that_is_not_this_house(self, client: Client) -> None:
        assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours in the middle of what a form does."""

    def fall(*_args: Any, **_more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("engawa.office.access.views.own.SelfForm", fall)


@pytest.mark.django_db
def test_a_fault_of_ours_gives_back_what_was_typed_and_offers_to_send_it_again(
    client_of: Any, counsellor: Staff, broken: None
) -> None:
    browser: Client = client_of(counsellor)
    browser.raise_request_exception = False
    answer = browser.post("/me/", {"persona": WORDS, "password": "himitsu"})
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "あなたのせいではありません" in page
    assert WORDS_ON_A_PAGE in page
    assert "himitsu" not in page
    assert '<form method="post" action="/me/">' in page
    assert "csrfmiddlewaretoken" in page


@pytest.mark.django_db
def test_what_was_typed_for_a_page_that_is_gone_is_given_back_to_copy(client_of: Any, counsellor: Staff) -> None:
    answer = client_of(counsellor).post("/cases/E-1999-00001/contact/", {"content": WORDS})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert WORDS_ON_A_PAGE in page
    assert "<form" not in page


@pytest.mark.django_db
def test_too_many_tries_say_when_to_come_back(client_of: Any, counsellor: Staff) -> None:
    cache.clear()
    browser: Client = client_of(counsellor)
    wrong = {"oldpassword": "wrong", "password1": "a", "password2": "b"}
    answers = [browser.post("/me/password/", wrong) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "五分ほどたつと" in answers[-1].content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "porch"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_a_page_that_is_not_there_is_accessible(office_server: str, page_at: PageAt, axe: Axe, light: str) -> None:
    page = page_at(360, light=light)
    answer = page.goto(f"{office_server}/nowhere/")
    assert answer
    assert answer.status == 404
    axe(page)
