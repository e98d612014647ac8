"""Pages while no database answers: both zones say so, and give back what was sent."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from houses import without_ours

WORDS = "夜の川は<きれい>でした。"
# A zone's own application with its own settings, and nobody at the socket.
ASK = """
import django, json, sys
django.setup()
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0)
from django.conf import settings
from django.test import Client
told = []
for method, path, given in json.load(sys.stdin):
    browser = Client(raise_request_exception=False, headers={"host": "localhost"})
    if method == "STAFF":
        browser.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
        method = "GET"
    answer = getattr(browser, method.lower())(path, given)
    again = answer.headers.get("Retry-After")
    told.append({"status": answer.status_code, "again": again, "page": answer.content.decode()})
json.dump(told, sys.stdout)
"""


def answers(tmp_path: Path, zone: str, *asked: tuple[str, str, dict[str, str]]) -> list[dict[str, Any]]:
    surroundings = without_ours() | {
        "ENGAWA_HOME": str(tmp_path),
        "ENGAWA_SOCKET": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": f"engawa.engine.settings.{zone}",
    }
    asking = subprocess.run(
        [sys.executable, "-c", ASK],
        env=surroundings,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    told: list[dict[str, Any]] = json.loads(asking.stdout)
    assert all(one["status"] == 503 and one["again"] == "60" for one in told), told
    return told


def test_a_first_word_is_given_back_on_the_porch_in_the_language_of_its_page(tmp_path: Path) -> None:
    sent = {"words": WORDS, "agree": "on", "token": "019a0f2c-1111-7000-8000-000000000001"}
    ways = {"": "まだ保存していません", "/ja-easy": "まだ しまっていません", "/en": "has not been kept yet"}
    told = answers(tmp_path, "porch", *(("POST", f"{way}/talk/", sent) for way in ways), ("GET", "/en/", {}))
    for wrote, (way, said) in zip(told, ways.items(), strict=False):
        assert said in wrote["page"]
        assert "夜の川は&lt;きれい&gt;でした。" in wrote["page"]
        assert f'<form method="post" action="{way}/talk/">' in wrote["page"]
        assert f'href="{way}/close/"' in wrote["page"]
        assert f'href="{way}/"' in wrote["page"]
        assert 'href="tel:0120279338"' in wrote["page"]
    assert "<form" not in told[-1]["page"]


@pytest.mark.slow
def test_the_office_says_so_to_whoever_is_signed_in_and_whoever_is_not(tmp_path: Path) -> None:
    sent = {"login": "who@example.org", "password": "himitsu"}
    (staff, signing_in) = answers(tmp_path, "office", ("STAFF", "/cases/", {}), ("POST", "/sign-in/", sent))
    assert "数分おいて" in staff["page"]
    assert "who@example.org" in signing_in["page"]
    assert "himitsu" not in signing_in["page"]
