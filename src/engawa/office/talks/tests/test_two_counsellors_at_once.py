"""Two counsellors reach for the same talk at the same moment: real threads, real transactions."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COURIER, Actor
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.talks.actions import answers, holding
from engawa.office.talks.models import Message, Talk


@pytest.fixture
def db(committed: None) -> None:
    """What one does, the other must see."""


def together(*deeds: Callable[[], object]) -> list[object]:
    """Run the deeds at the same moment; each gives its result or the exception it met."""
    gate = threading.Barrier(len(deeds))
    results: list[object] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[place] = deed()
        except Exception as error:  # noqa: BLE001 -- handed back to the test
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def as_actor(actor: Actor, deed: Callable[..., object]) -> Callable[[], object]:
    def done() -> object:
        with acting_as(actor):
            return deed(actor)

    return done


@pytest.fixture
def actors(counsellor: Staff, colleague: Staff, actor_of: Callable[[Staff], Actor]) -> list[Actor]:
    return [actor_of(counsellor), actor_of(colleague)]


def test_exactly_one_of_two_gets_the_talk(open_talk: Callable[..., Talk], actors: list[Actor]) -> None:
    for _ in range(5):
        talk = open_talk()
        results = together(*(as_actor(one, lambda by, t=talk: holding.claim(by=by, talk_id=t.pk)) for one in actors))
        lost = [result for result in results if isinstance(result, holding.AlreadyClaimed)]
        won = [result for result in results if isinstance(result, Talk)]
        assert (len(won), len(lost)) == (1, 1)
        assert lost[0].talk.claimed_by_id == won[0].claimed_by_id


def test_of_two_first_answers_one_is_sent_and_the_other_is_told(
    open_talk: Callable[..., Talk], actors: list[Actor]
) -> None:
    talk = open_talk()
    results = together(
        *(
            as_actor(one, lambda by: answers.reply(by=by, talk_id=talk.pk, words=by.name, message_id=uuid7()))
            for one in actors
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["AlreadyClaimed", "Message"]
    with acting_as(COURIER):
        assert Message.objects.filter(talk=talk, direction="out").count() == 1


def test_one_form_sent_twice_at_once_says_it_once(open_talk: Callable[..., Talk], actors: list[Actor]) -> None:
    talk, form = open_talk(), uuid7()
    send = as_actor(actors[0], lambda by: answers.reply(by=by, talk_id=talk.pk, words="はい", message_id=form))
    results = together(send, send)
    assert all(isinstance(result, Message) for result in results)
    with acting_as(COURIER):
        assert Message.objects.filter(talk=talk, direction="out").count() == 1


def test_a_word_that_arrives_while_an_answer_is_sent_still_waits(
    open_talk: Callable[..., Talk], say: Callable[..., None], actors: list[Actor]
) -> None:
    talk = open_talk()
    together(
        as_actor(actors[0], lambda by: answers.reply(by=by, talk_id=talk.pk, words="はい", message_id=uuid7())),
        lambda: say(talk, "それと、もうひとつ"),
    )
    with acting_as(COURIER):
        after = Talk.objects.get(pk=talk.pk)
        words = list(Message.objects.filter(talk=talk).order_by("said_at").values_list("direction", flat=True))
    assert sorted(words) == ["in", "in", "out"]
    assert after.unread_since is not None or after.waiting_since is None
