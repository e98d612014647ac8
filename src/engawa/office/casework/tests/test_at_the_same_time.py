"""Two people at once: one succeeds, the other is told, and numbers stay without gaps."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from engawa.office.access.actors import Actor
from engawa.office.access.models import Organisation
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import close_case, offer_handover, open_case
from engawa.office.casework.cases.models import Case, CaseState, Handover
from engawa.office.casework.cases.rules import NotPossible


@pytest.fixture
def db(committed: None) -> Any:
    """What one does, the other must see."""


def at_once(*deeds: Any) -> Any:
    barrier = Barrier(len(deeds))

    def one(deed: Any) -> Any:
        try:
            barrier.wait(10)
            return deed()
        except NotPossible as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def as_actor(actor: Any, deed: Any, **kwargs: Any) -> Any:
    def run() -> Any:
        with acting_as(actor):
            return deed(by=actor, **kwargs)

    return run


def test_of_two_people_who_close_a_case_at_once_one_is_told_it_is_closed(
    here: Any, another_pair: Actor, case: Case
) -> None:
    closing = {"case": case, "on": dt.date(2026, 6, 1), "reason": "moved"}
    results = at_once(*(as_actor(actor, close_case, **closing) for actor in (here.actor, another_pair)))
    assert sorted(type(result).__name__ for result in results) == ["CaseState", "NotPossible"]
    with acting_as(here.actor):
        assert CaseState.objects.count() == 1


def test_a_case_is_offered_to_one_organisation_only_when_two_people_offer_it_at_once(
    here: Any, another_pair: Actor, case: Case
) -> None:
    takers = [Organisation.objects.create(name=name) for name in ("北区", "南区")]
    offers = [
        as_actor(actor, offer_handover, case=case, taker=taker, package="x")
        for actor, taker in zip((here.actor, another_pair), takers, strict=True)
    ]
    assert sorted(type(result).__name__ for result in at_once(*offers)) == ["Handover", "NotPossible"]
    with acting_as(here.actor):
        assert Handover.objects.count() == 1


def test_numbers_given_at_once_have_no_gap_and_no_twin(here: Any) -> None:
    opening = as_actor(here.actor, open_case, desk=here.desk, requester="self", received_on=dt.date(2026, 5, 1))
    at_once(*[opening] * 8)
    with acting_as(here.actor):
        numbers = Case.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == [f"E-2026-{place:05d}" for place in range(1, 9)]
