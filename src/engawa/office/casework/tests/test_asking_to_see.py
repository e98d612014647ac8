"""Asking to see a case, and what those who hold it answer."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.office.access.actors import COMMAND, KEEPER, Actor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.parts import Part
from engawa.office.access.upstairs import case_called
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.casework.access import parts_of
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.consents import actions
from engawa.office.casework.consents.models import AccessRequest, Consent

pytestmark = pytest.mark.django_db
Actors = Callable[[Staff], Actor]
Clients = Callable[[Staff], Client]
MONTH = dt.timedelta(days=30)


def terms(rests_on: Consent | None, **other: Any) -> dict[str, Any]:
    said = {"basis": "consent", "consent": rests_on, "parts": ["plans"], "ends_on": clock.today() + MONTH}
    return said | {"reason": "見学のため"} | other


def seen_by(staff: Staff, case: Case, actor_of: Actors) -> frozenset[Part]:
    with acting_as(actor_of(staff)):
        return parts_of(actor_of(staff), case)


def told(staff: Staff) -> list[str]:
    with acting_as(KEEPER):
        return list(Alert.objects.filter(staff=staff).values_list("kind", flat=True))


@pytest.fixture
def asked(held: Case, stranger: Staff, client_of: Clients) -> AccessRequest:
    said = {"number": held.number, "reason": "同じ世帯の相談が来ている", "parts": ["plans", "course"]}
    assert client_of(stranger).post("/cases/requests/new/", said).status_code == 302
    with acting_as(COMMAND):
        return AccessRequest.objects.get()


def test_whoever_asks_to_see_a_case_reaches_those_who_hold_it_and_no_administrator(
    counsellor: Staff, supervisor: Staff, colleague: Staff, administrator: Staff, asked: AccessRequest
) -> None:
    assert "casework.access_asked" in told(counsellor)
    assert "casework.access_asked" in told(supervisor)
    assert told(colleague) == told(administrator) == []


def test_the_lead_says_yes_to_fewer_parts_for_a_time(
    asked: AccessRequest, held: Case, counsellor: Staff, stranger: Staff, client_of: Clients, actor_of: Actors
) -> None:
    url = f"/cases/requests/{asked.pk}/"
    assert "同じ世帯の相談" in client_of(counsellor).get("/cases/requests/").content.decode()
    said = terms(None, basis="urgent", consent="", answer="どうぞ")
    sent = {f"yes-{name}": value for name, value in said.items()} | {"yes": "1"}
    assert client_of(counsellor).post(url, sent | {"yes-reason": ""}).status_code == 422
    assert client_of(counsellor).post(url, sent).status_code == 302
    assert seen_by(stranger, held, actor_of) == {Part.BASICS, Part.PLANS}
    assert "casework.access_given" in told(stranger)
    assert "どうぞ" in client_of(stranger).get(url).content.decode()
    again = client_of(counsellor).post(url, sent)
    assert "すでに返事がされています" in again.content.decode()


def test_a_no_comes_with_a_word_that_reaches_the_asker(
    asked: AccessRequest, held: Case, supervisor: Staff, stranger: Staff, client_of: Clients, actor_of: Actors
) -> None:
    url = f"/cases/requests/{asked.pk}/"
    assert client_of(supervisor).post(url, {"no": "1", "no-answer": " "}).status_code == 422
    assert client_of(supervisor).post(url, {"no": "1", "no-answer": "電話をください"}).status_code == 302
    assert seen_by(stranger, held, actor_of) == frozenset()
    assert "電話をください" in client_of(stranger).get(url).content.decode()


def test_nobody_answers_their_own_request_nor_one_of_a_case_they_do_not_hold(
    asked: AccessRequest, stranger: Staff, colleague: Staff, coordinator: Staff, client_of: Clients, actor_of: Actors
) -> None:
    for staff in (colleague, coordinator):
        assert client_of(staff).get(f"/cases/requests/{asked.pk}/").status_code == 404
    for staff in (stranger, colleague):
        with acting_as(actor_of(staff)), pytest.raises(NotAllowed):
            actions.let_see(by=actor_of(staff), request=asked, **terms(None, basis="urgent"))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"number": "E-1999-00001"}, "この番号のケースはありません"),
        ({"reason": "見る"}, "なぜ見る必要が"),
    ],
)
def test_a_request_that_cannot_be_says_why_and_keeps_what_was_typed(
    said: dict[str, str], message: str, held: Case, stranger: Staff, client_of: Clients
) -> None:
    sent = {"number": held.number, "reason": "同じ世帯の相談が来ている", "parts": ["plans"]} | said
    page = client_of(stranger).post("/cases/requests/new/", sent)
    assert page.status_code == 422
    assert message in page.content.decode()
    assert sent["reason"] in page.content.decode()


def test_whoever_sees_the_case_already_need_not_ask(held: Case, colleague: Staff, actor_of: Actors) -> None:
    case = case_called(held.number)
    assert case is not None
    with acting_as(actor_of(colleague)), pytest.raises(NotPossible, match="すでに見る"):
        actions.ask_to_see(by=actor_of(colleague), case=case, reason="念のため見たい", parts=[])


def test_a_second_request_waits_for_the_answer_to_the_first(
    asked: AccessRequest, held: Case, stranger: Staff, actor_of: Actors
) -> None:
    case = case_called(held.number)
    assert case is not None
    with acting_as(actor_of(stranger)), pytest.raises(NotPossible, match="返事を待っている"):
        actions.ask_to_see(by=actor_of(stranger), case=case, reason="もう一度お願いします", parts=[])
