"""The carrier with real threads, locks and announcements, in one process."""

import datetime as dt
import threading
import time
import uuid
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import connections

from engawa.courier import carrier
from engawa.kernel.locks import try_session_lock
from engawa.office.access.actors import COURIER
from engawa.office.access.walls import acting_as
from engawa.office.letterbox.actions import write_letter
from engawa.porch.mailbox.queries import letters_of
from engawa.post.letters import Letter, WordAnswered, WordSaid
from visitor import Visitor


@pytest.fixture
def db(committed: None) -> None:
    """Everything here is committed."""


def _until(true: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)


@pytest.fixture
def stop(db: None, visitor: Visitor, heard: list[Letter]) -> Iterator[threading.Event]:
    """The courier at work; set it to stop."""
    stop = threading.Event()

    def work() -> None:
        carrier.run(stop)

    thread = threading.Thread(target=work)
    thread.start()
    yield stop
    stop.set()
    thread.join(15)
    assert not thread.is_alive()


def _answer(visitor: Visitor) -> None:
    at = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
    letter = WordAnswered(
        talk_id=visitor.talk_id, message_id=uuid.uuid4(), words="はい", persona="", said_at=at, automatic=False
    )
    with acting_as(COURIER):
        write_letter(letter, visitor.seat_id)


def test_words_go_in_and_answers_go_out(stop: threading.Event, visitor: Visitor, heard: list[Letter]) -> None:
    _until(lambda: len(heard) == 2)
    visitor.say("もしもし")
    _until(lambda: isinstance(heard[-1], WordSaid))
    _answer(visitor)
    _until(lambda: len(letters_of(visitor.sitting)) == 3)


def test_while_one_courier_works_no_other_does_and_when_it_stops_the_next_takes_over(
    stop: threading.Event, visitor: Visitor, heard: list[Letter]
) -> None:
    _until(lambda: len(heard) == 2)
    assert not try_session_lock("courier")
    stop.set()
    _until(lambda: try_session_lock("courier"))
    connections["default"].close()


def test_after_every_connection_was_cut_the_courier_carries_on(
    stop: threading.Event, visitor: Visitor, heard: list[Letter], cluster: str
) -> None:
    _until(lambda: len(heard) == 2)
    with psycopg.connect(host=cluster, user="engawa_admin", dbname="postgres", autocommit=True) as admin:
        names = [connections[alias].settings_dict["NAME"] for alias in ("default", "porch")]
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY (%s)", [names])
    connections.close_all()
    visitor.say("切れても")
    _until(lambda: isinstance(heard[-1], WordSaid))
    _answer(visitor)
    _until(lambda: len(letters_of(visitor.sitting)) == 3)
