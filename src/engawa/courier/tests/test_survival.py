"""Both zones with their own processes and clusters, a stream of words and answers, and things that are killed."""

import random
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from houses import ANSWERER, DESK, Browser, House, furnish, introduce, until

pytestmark = pytest.mark.slow
WORDS = 2_000
VISITORS = 8
KILL_EVERY_SECONDS = 10.0
ROUNDS = 3  # afterwards the stream ends in peace, however slow the machine starts again what was killed
CHANCE = random.SystemRandom()
STATE = """
import json
from engawa.office.access.actors import COMMAND
from engawa.office.access.walls import acting_as
from engawa.office.letterbox.models import OutgoingLetter, SetAside
from engawa.office.talks.models import Message
with acting_as(COMMAND):
    print(json.dumps({
        "said": list(Message.objects.filter(direction="in").values_list("body", flat=True)),
        "answers": list(Message.objects.filter(direction="out").values_list("body", flat=True)),
        "waiting": OutgoingLetter.objects.filter(delivered_at__isnull=True).count(),
        "aside": list(SetAside.objects.values_list("reason", flat=True))
        + list(OutgoingLetter.objects.exclude(set_aside="").values_list("set_aside", flat=True)),
    }))
"""
AT_THE_SEATS = """
import json, sys
from engawa.porch.mailbox.models import Envelope
from engawa.porch.mailbox.queries import letters_of
from engawa.porch.seats.actions import find_seat
from engawa.post.letters import TalkOpened, WordAnswered, WordSaid
seats = []
for passphrase in json.load(sys.stdin):
    letters = [laid.letter for laid in letters_of(find_seat(typed=passphrase, address="check"))]
    seats.append({
        "own": [letter.words for letter in letters if isinstance(letter, TalkOpened | WordSaid)],
        "answers": [letter.words for letter in letters if isinstance(letter, WordAnswered) and not letter.automatic],
    })
print(json.dumps({"seats": seats, "envelopes": Envelope.objects.count()}))
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


class Stream:
    """Visitors who speak at the same time, and remember what was accepted."""

    def __init__(self, porch: House) -> None:
        self.browsers = [Browser(porch.url()) for _ in range(VISITORS)]
        self.accepted: list[list[str]] = [[] for _ in self.browsers]
        self.threads = [threading.Thread(target=self._speak, args=[number]) for number in range(VISITORS)]

    def open(self) -> None:
        for number, browser in enumerate(self.browsers):
            browser.open_talk(f"{number}: はじめに")
            self.accepted[number].append(f"{number}: はじめに")

    @property
    def goes_on(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    def _speak(self, number: int) -> None:
        for count in range(1, WORDS // VISITORS):
            words = f"{number}: ことば {count}"
            self.browsers[number].say(words)
            self.accepted[number].append(words)


def _kill_at_random(stream: Stream, porch: House, office: House) -> Counter[str]:
    """Kill one thing after another while the stream goes on, the answering counsellor's process among them."""
    killed: Counter[str] = Counter()
    answerer = office.start_script(ANSWERER)
    victims = [(porch, "pages"), (porch, "postmaster"), (office, "pages"), (office, "postmaster"), (office, "carrying")]
    for _ in range(ROUNDS):
        for house, module in CHANCE.sample([*victims, (office, "answerer")], len(victims) + 1):
            time.sleep(CHANCE.uniform(0.5, 1.5) * KILL_EVERY_SECONDS)
            if not stream.goes_on:
                break
            if module == "answerer":
                _end(answerer)
                answerer = office.start_script(ANSWERER)
            killed[f"{house.zone} {module}"] += module == "answerer" or house.kill(module)
    until(lambda: not stream.goes_on, seconds=600, why=lambda: f"{_short(office)} {killed}")
    until(lambda: _is_quiet(office), seconds=600, why=lambda: f"{_short(office)} {killed}")
    _end(answerer)
    return killed


def _is_quiet(office: House) -> bool:
    state = office.ask(STATE)
    return len(state["said"]) == WORDS == len(state["answers"]) and state["waiting"] == 0


def _short(office: House) -> dict[str, object]:
    state = office.ask(STATE)
    return state | {"said": len(state["said"]), "answers": len(state["answers"]), "log": office.log.read_text()[-2000:]}


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def test_every_accepted_word_and_every_answer_arrives_exactly_once_whatever_is_killed(
    houses: tuple[House, House],
) -> None:
    porch, office = houses
    stream = Stream(porch)
    stream.open()
    for thread in stream.threads:
        thread.start()
    killed = _kill_at_random(stream, porch, office)
    for browser in stream.browsers:
        browser.close()

    state = office.ask(STATE)
    assert state["aside"] == []
    assert Counter(state["said"]) == Counter(words for said in stream.accepted for words in said)
    found = porch.ask(AT_THE_SEATS, [browser.passphrase for browser in stream.browsers])
    assert found["envelopes"] == 0
    for number, (seat, accepted) in enumerate(zip(found["seats"], stream.accepted, strict=True)):
        assert seat["own"] == accepted
        assert [words for words in state["said"] if words.startswith(f"{number}: ")] == accepted
        assert Counter(seat["answers"]) == Counter(f"返: {words}" for words in accepted)
        assert seat["answers"] == [words for words in state["answers"] if words.startswith(f"返: {number}: ")]
    assert all(killed.values())
