from typing import Any

import pytest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from browser import Axe, PageAt
from engawa.ui.errors import csrf_failure


def expired(data: dict[str, Any], **headers: str) -> str:
    request = RequestFactory().post("/talk/?to=kita", data, headers=headers)
    get_token(request)
    return csrf_failure(request).content.decode()


def test_an_expired_form_gives_back_what_was_typed() -> None:
    html = expired({"words": "夜しか<b>起きて</b>いられなくて", "age": "30"}, origin="http://testserver")
    assert "夜しか&lt;b&gt;起きて&lt;/b&gt;いられなくて" in html
    assert '<input type="hidden" name="age" value="30">' in html
    assert 'action="/talk/?to=kita"' in html
    assert "まだ送っていません" in html


def test_an_expired_form_does_not_repeat_secrets() -> None:
    html = expired({"password": "himitsu", "passphrase": "あさひ ことり", "words": "はい"}, origin="http://testserver")
    assert "himitsu" not in html
    assert "ことり" not in html


@pytest.mark.parametrize("headers", [{"origin": "https://elsewhere.example"}, {"origin": "null"}, {}])
def test_a_form_from_a_foreign_page_is_not_offered_for_sending(headers: dict[str, str]) -> None:
    html = expired({"words": "書いた覚えのない文"}, **headers)
    assert "書いた覚えのない文" in html
    assert "<form" not in html


@pytest.mark.parametrize("page", ["400", "403", "404", "500"])
def test_each_error_page_stands_without_a_request_and_leads_home(page: str) -> None:
    html = render_to_string(f"{page}.html")
    assert "<h1>" in html
    assert 'href="/"' in html


def test_a_post_without_token_meets_the_page_that_gives_the_text_back(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"login": "who@example.org"})
    assert answer.status_code == 403
    assert "who@example.org" in answer.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "porch"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_a_page_that_is_not_there_is_accessible(office_server: str, page_at: PageAt, axe: Axe, light: str) -> None:
    page = page_at(360, light=light)
    answer = page.goto(f"{office_server}/nowhere/")
    assert answer
    assert answer.status == 404
    axe(page)
