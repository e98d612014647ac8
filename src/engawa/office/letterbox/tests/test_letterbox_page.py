"""The page of whoever runs the system: what was set aside, and what to do about it."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from engawa.office.access.actors import COURIER
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.letterbox import actions
from engawa.office.letterbox.models import OutgoingLetter, SetAside
from engawa.post.letters import DeskWithdrawn
from engawa.post.parcels import SealedEnvelope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
PAGE = "letterbox:aside"


@pytest.fixture
def browser(administrator: Staff, client_of: Callable[[Staff], Client]) -> Client:
    return client_of(administrator)


@pytest.fixture
def envelope() -> SealedEnvelope:
    envelope = SealedEnvelope(uuid.uuid4(), uuid.uuid4(), "0123", b"sealed")
    actions.set_aside(envelope=envelope, reason=actions.why_not(envelope))
    return envelope


@pytest.fixture
def letter() -> OutgoingLetter:
    with acting_as(COURIER):
        actions.write_letter(DeskWithdrawn(desk_id=uuid.uuid4()))
        letter = OutgoingLetter.objects.get()
    actions.set_letter_aside(letter_id=letter.id, reason="the office knows no key of this seat")
    return letter


def test_when_everything_arrives_the_page_says_so(browser: Client) -> None:
    assert "取り置いている便りはありません" in browser.get(reverse(PAGE)).text


def test_each_letter_stands_there_with_what_its_reason_means(
    browser: Client, envelope: SealedEnvelope, letter: OutgoingLetter
) -> None:
    page = browser.get(reverse(PAGE)).text
    assert "この封を開ける鍵が事務所にありません" in page
    assert "席の鍵が事務所に届いていません" in page


def test_a_retry_that_fails_again_keeps_the_letter_and_says_why(browser: Client, envelope: SealedEnvelope) -> None:
    page = browser.post(reverse("letterbox:retry_envelope", args=[envelope.id]), follow=True)
    assert "まだ受け取れません" in page.text
    assert SetAside.objects.get().settled_at is None


def test_settling_takes_letters_off_the_page_and_deletes_nothing(
    browser: Client, envelope: SealedEnvelope, letter: OutgoingLetter
) -> None:
    browser.post(reverse("letterbox:settle_envelope", args=[envelope.id]))
    browser.post(reverse("letterbox:settle_letter", args=[letter.id]))
    assert "取り置いている便りはありません" in browser.get(reverse(PAGE)).text
    with acting_as(COURIER):
        assert SetAside.objects.count() == OutgoingLetter.objects.count() == 1


def test_a_letter_is_sent_again(browser: Client, letter: OutgoingLetter) -> None:
    browser.post(reverse("letterbox:retry_letter", args=[letter.id]))
    with acting_as(COURIER):
        assert OutgoingLetter.objects.get().set_aside == ""


@pytest.mark.parametrize("name", ["retry_envelope", "settle_envelope", "retry_letter", "settle_letter"])
def test_what_does_not_wait_is_not_found(browser: Client, name: str) -> None:
    assert browser.post(reverse(f"letterbox:{name}", args=[uuid.uuid4()])).status_code == 404


def test_a_counsellor_finds_no_such_page(counsellor: Staff, client_of: Callable[[Staff], Client]) -> None:
    assert client_of(counsellor).get(reverse(PAGE)).status_code == 404
