"""Whoever chose English in their settings meets the office in English; everybody else in Japanese."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.office.access.models import Staff

pytestmark = pytest.mark.django_db
Clients = Callable[[Staff], Client]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]+")


@pytest.fixture
def english(counsellor: Staff, client_of: Clients) -> Client:
    client = client_of(counsellor)
    chosen = {"name": "Aida", "reading": "", "persona": "", "language": "en"}
    assert client.post("/me/", chosen).status_code == 302
    return client


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Today"),
        ("/desk/", "Waiting"),
        ("/desk/calls/new/", "Method"),
        ("/cases/", "Cases"),
        ("/me/", "My settings"),
    ],
)
def test_whoever_chose_english_meets_pages_without_a_japanese_word(english: Client, path: str, heading: str) -> None:
    page = english.get(path)
    assert page["Content-Language"] == "en"
    assert '<html lang="en">' in page.text
    assert heading in page.text
    shown = re.sub(r"<script.*?</script>|<[^>]+>", " ", page.text, flags=re.DOTALL)
    assert set(JAPANESE.findall(shown)) <= {"日本語"}


def test_a_browser_in_english_meets_english_until_japanese_is_chosen(counsellor: Staff, client_of: Clients) -> None:
    client = client_of(counsellor)
    browser = {"Accept-Language": "en-GB,en;q=0.9"}
    assert '<html lang="en">' in client.get("/", headers=browser).text
    client.post("/me/", {"name": counsellor.name, "reading": "", "persona": "", "language": "ja"})
    assert '<html lang="ja">' in client.get("/", headers=browser).text


def test_a_language_that_is_not_spoken_is_refused(counsellor: Staff, client_of: Clients) -> None:
    answer = client_of(counsellor).post("/me/", {"name": "相田", "reading": "", "persona": "", "language": "xx"})
    assert answer.status_code == 422
    assert Staff.objects.get(pk=counsellor.pk).language == ""


def test_without_a_choice_the_office_speaks_japanese(counsellor: Staff, client_of: Clients) -> None:
    assert '<html lang="ja">' in client_of(counsellor).get("/").text


def test_what_the_rules_refuse_is_told_in_english(english: Client) -> None:
    typed = {"kind": "call_back", "on": clock.today() + dt.timedelta(days=1), "counterpart": "self"}
    first = english.get("/desk/appointments/new/").context["form"].initial
    answer = english.post("/desk/appointments/new/", typed | {"organisation": first["organisation"].pk})
    assert answer.status_code == 422
    assert "Please enter the phone number to call" in answer.text
