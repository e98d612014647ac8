"""How long a word takes to the counsellor's open page, and an answer to the visitor's (issue: benchmark I.2).

``python benchmarks/words.py [--talks 200] [--rate 50] [--seconds 60]``

Both zones are served on this machine by ``engawa serve`` with its own PostgreSQL, as in real life. Visitors speak at
``rate`` words a second, and as many answers a second go back, spread over all talks; an answer goes to another talk
than the word of the same moment, because nobody answers in that moment. A word's time runs from the
call of ``porch.entrances.web.say`` (an answer's: ``office.talks.actions.reply``) until its event has arrived on a
server-sent-events stream that this program holds open for each side of each talk: sealing, mailbox, courier, opening,
the office's transaction with its audit entry, and the live process are all inside. Rendering pages is not.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("src", "tests")]

from houses import DESK, House, until  # noqa: E402 - the folders are named first

PACE = """
import json, sys, time
def at_pace(talks, rate, seconds, act, first=0):
    began, told = time.monotonic(), [[] for _ in talks]
    for number in range(rate * seconds):
        time.sleep(max(0, began + number / rate - time.monotonic()))
        talk = (first + number) % len(talks)
        told[talk].append(time.monotonic())
        act(talks[talk], f"{number}")
    print(json.dumps(told), flush=True)
"""
VISITORS = (
    PACE
    + """
import uuid
from engawa.kernel.live import ticket_for
from engawa.porch.entrances import web
from engawa.porch.seats.cookie import SessionStore, who_sits
talks = []
given = json.loads(sys.stdin.readline())
for number in range(given["talks"]):
    session = SessionStore()
    beginning = web.Beginning(words="はじめまして", terms_version="1")
    opened = web.open_talk(
        session=session, address=f"10.0.{number // 20}.1", token=uuid.uuid4(), beginning=beginning
    )
    talks.append((who_sits(session), opened.talk_id))
print(json.dumps([[str(talk), ticket_for([f"seat:{sitting.seat_id}"])] for sitting, talk in talks]), flush=True)
sys.stdin.readline()
def say(talk, words):
    web.say(sitting=talk[0], talk_id=talk[1], token=uuid.uuid4(), words=words)
at_pace(talks, given["rate"], given["seconds"], say)
"""
)
COUNSELLORS = (
    PACE
    + """
import uuid
from engawa.kernel.live import ticket_for
from engawa.office.access.models import Staff
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.talks.actions.answers import reply
from engawa.office.talks.models import Talk
given = json.loads(sys.stdin.readline())
counsellor = actor_of(Staff.objects.get())
def arrived():
    with acting_as(counsellor):
        return Talk.objects.count()
while arrived() < given["talks"]:
    time.sleep(0.1)
print(json.dumps([ticket_for([f"talk:{talk}"]) for talk in given["ids"]]), flush=True)
sys.stdin.readline()
def answer(talk, words):
    with acting_as(counsellor):
        reply(by=counsellor, talk_id=uuid.UUID(talk), words=words, message_id=uuid.uuid4())
at_pace(given["ids"], given["rate"], given["seconds"], answer, first=given["talks"] // 2)
"""
)
KEYS = "from engawa.porch.noticeboard.models import OfficeKey\nprint(OfficeKey.objects.count())"
Heard = dict[int, list[float]]


async def hear(port: int, ticket: str, event: bytes, number: int, heard: Heard) -> None:
    """Hold one stream open and note when each event of the kind arrives."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /?ticket={ticket} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    while line := await reader.readline():
        if line.strip() == b"event: " + event:
            heard[number].append(time.monotonic())


class Side:
    """One side of all talks: a script that speaks, and streams on the other side that hear."""

    def __init__(self, house: House, zone: str, script: str, given: dict[str, Any]) -> None:
        self.process = house.start_script(script, zone)
        self.tell(given)

    def tell(self, what: object) -> None:
        if self.process.stdin:
            self.process.stdin.write(json.dumps(what).encode() + b"\n")
            self.process.stdin.flush()

    def told(self) -> Any:
        return json.loads(self.process.stdout.readline() if self.process.stdout else "null")


def times(said: list[list[float]], heard: Heard) -> tuple[list[float], int]:
    """Milliseconds of each word that arrived, and the number of those that did not."""
    found = [
        1000 * (arrived - began)
        for number, begun in enumerate(said)
        for began, arrived in zip(begun, heard[number], strict=False)
    ]
    return sorted(found), sum(map(len, said)) - len(found)


def show(name: str, said: list[list[float]], heard: Heard) -> bool:
    found, lost = times(said, heard)
    p50, p99 = statistics.median(found), found[int(len(found) * 0.99) - 1]
    print(
        f"{name:<30} {len(found):>6} heard, {lost} lost   p50 {p50:.1f} ms   p99 {p99:.1f} ms   max {found[-1]:.1f} ms"
    )
    return lost == 0 and p99 <= 300


async def measure(house: House, asked: argparse.Namespace) -> bool:
    given = {"talks": asked.talks, "rate": asked.rate, "seconds": asked.seconds}
    visitors = Side(house, "porch", VISITORS, given)
    talks = await asyncio.to_thread(visitors.told)
    counsellors = Side(house, "office", COUNSELLORS, given | {"ids": [talk for talk, _ticket in talks]})
    tickets = await asyncio.to_thread(counsellors.told)
    words: Heard = defaultdict(list)
    answers: Heard = defaultdict(list)
    streams = [
        asyncio.create_task(hear(port, ticket, event, number, heard))
        for number, (office, (_talk, porch)) in enumerate(zip(tickets, talks, strict=True))
        for port, ticket, event, heard in (
            (house.ports["office-live"], office, b"word", words),
            (house.ports["porch-live"], porch, b"answer", answers),
        )
    ]
    await asyncio.sleep(2)
    visitors.tell("go")
    counsellors.tell("go")
    said, replied = await asyncio.gather(asyncio.to_thread(visitors.told), asyncio.to_thread(counsellors.told))
    await asyncio.sleep(5)
    for stream in streams:
        stream.cancel()
    for side in (visitors, counsellors):
        side.process.communicate()
    results = [show("word to counsellor's stream", said, words), show("answer to visitor's stream", replied, answers)]
    return all(results)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("talks", 200), ("rate", 50), ("seconds", 60)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, House(Path(folder), "both") as house:
        house.ask(DESK)
        until(lambda: house.ask(KEYS, zone="porch"))
        print(f"{asked.talks} talks, {asked.rate} words and {asked.rate} answers a second, {asked.seconds} s")
        return 0 if asyncio.run(measure(house, asked)) else 1


if __name__ == "__main__":
    sys.exit(main())
