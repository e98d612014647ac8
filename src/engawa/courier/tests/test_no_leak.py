"""While a talk goes on, nothing of it can be read on the porch's disk."""

import base64
import re
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest

from houses import ANSWERER, DESK, Browser, House, furnish, introduce, until

pytestmark = [pytest.mark.slow, pytest.mark.oldest]
SENTENCE = "八年ぶりに、だれかと話しています。"
ADDRESS = "127.0.0.77"
SAID = """
import json
from engawa.office.access.actors import COMMAND
from engawa.office.access.walls import acting_as
from engawa.office.letterbox.models import OutgoingLetter
from engawa.office.talks.models import Message
with acting_as(COMMAND):
    waiting = OutgoingLetter.objects.filter(delivered_at__isnull=True).count()
    print(json.dumps([Message.objects.filter(direction="out").count(), waiting]))
"""


@pytest.fixture
def houses(tmp_path: Path) -> Iterator[tuple[House, House]]:
    porch = House(tmp_path, "porch")
    office = House(tmp_path, "office", ENGAWA_PORCH_URL=porch.url())
    for house in (porch, office):
        furnish(house.home)
    introduce(porch, office)
    with porch, office:
        office.ask(DESK)
        yield porch, office


def _forms(secret: str) -> list[bytes]:
    """The ways in which text is likely to lie on a disk: three encodings, and each in base64 at any offset."""
    plain = [secret.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    return plain + [
        base64.b64encode(b"x" * offset + text)[4 if offset else 0 : -4] for text in plain for offset in range(3)
    ]


def _places(folders: list[Path], secret: str) -> list[str]:
    """The files in which the secret lies in one form or another."""
    files = [file for folder in folders for file in ([folder] if folder.is_file() else folder.rglob("*"))]
    forms = _forms(secret)
    return [str(file) for file in files if file.is_file() and any(form in file.read_bytes() for form in forms)]


def test_the_porchs_disk_holds_no_sentence_no_passphrase_and_no_address(houses: tuple[House, House]) -> None:
    porch, office = houses
    with closing(Browser(porch.url(), address=ADDRESS)) as browser:
        passphrase = _talk_with(browser, porch, office)
    _check(porch, office, passphrase)


def _talk_with(browser: Browser, porch: House, office: House) -> str:
    browser.open_talk(SENTENCE)
    answerer = office.start_script(ANSWERER)
    browser.say(f"続き。{SENTENCE}")
    until(lambda: office.ask(SAID) == [2, 0])
    with closing(Browser(porch.url(), address=ADDRESS)) as elsewhere:
        elsewhere.come_back(browser.passphrase)
    assert f"返: {SENTENCE}" in browser.client.get(browser.talk).text
    _leave_other_traces(browser, porch)
    for house in (porch, office):
        with house.cluster.connect() as admin:
            admin.execute("CHECKPOINT")
    answerer.kill()
    answerer.communicate()
    return browser.passphrase


def _leave_other_traces(browser: Browser, porch: House) -> None:
    """An open stream, a sign that somebody writes, words that are refused and words that make a page fail."""
    live = re.search(r'data-live-url="([^"]+)" data-live-ticket="([^"]+)"', browser.client.get(browser.talk).text)
    assert live
    with browser.client.stream("GET", live[1], params={"ticket": live[2]}) as stream:
        assert next(stream.iter_text()).startswith("retry: ")
        assert browser.send(f"{browser.talk}typing/").status_code == 204
    assert browser.send(browser.talk, words=SENTENCE * 30_000).status_code == 413
    with porch.cluster.connect("porch") as admin:
        admin.execute("ALTER TABLE mailbox_envelope ADD CONSTRAINT fails CHECK (false) NOT VALID")
        assert browser.send(browser.talk, words=SENTENCE, token=str(uuid4())).status_code == 500
        admin.execute("ALTER TABLE mailbox_envelope DROP CONSTRAINT fails")
    assert "violates check constraint" in porch.log.read_text()


def _check(porch: House, office: House, passphrase: str) -> None:
    disk = [porch.home.cluster, porch.home.run, porch.home.keys, porch.log]
    words = passphrase.split()
    assert len(words) == 6
    pairs = [between.join(pair) for pair in pairwise(words) for between in (" ", "　", "・", "")]
    for secret in (SENTENCE, ADDRESS, *pairs):
        assert _places(disk, secret) == []
    assert _places([office.home.cluster], SENTENCE), "the same search finds the words where they belong"
    assert _places([office.home.cluster, office.log], ADDRESS) == []
