"""The right to listen lasts minutes: a ticket is renewed only to whoever is signed in and may still hear."""

import datetime as dt
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.kernel.live import opened, ticket_for
from engawa.office.access.models import Staff
from engawa.office.talks.models import Talk

pytestmark = pytest.mark.django_db
Browsers = Callable[[Staff], Client]


def ticket_on(page: str) -> str:
    found = re.search(r'data-live-ticket="([^"]+)"', page)
    assert found
    return unescape(found.group(1))


def renewed(browser: Client, ticket: str) -> list[str]:
    answer = browser.get("/me/ticket/", {"ticket": ticket})
    assert answer.status_code == 200
    return opened(answer.json()["ticket"]).topics


def test_a_page_goes_on_hearing_what_it_heard(
    counsellor: Staff, client_of: Browsers, open_talk: Callable[..., Talk]
) -> None:
    browser = client_of(counsellor)
    page = browser.get(f"/desk/talks/{open_talk('夜の川').pk}/").content.decode()
    assert 'data-live-renew-url="/me/ticket/"' in page
    topics = opened(ticket_on(page)).topics
    assert {topic.split(":")[0] for topic in topics} == {"staff", "desk", "talk"}
    assert renewed(browser, ticket_on(page)) == topics


def test_whoever_lost_the_role_hears_nothing_more_of_it(
    counsellor: Staff, client_of: Browsers, open_talk: Callable[..., Talk]
) -> None:
    """X-01: at the next renewal, some minutes later."""
    browser = client_of(counsellor)
    page = browser.get(f"/desk/talks/{open_talk('夜の川').pk}/").content.decode()
    counsellor.memberships.update(ends_on=clock.today() - dt.timedelta(days=1))
    assert renewed(browser, ticket_on(page)) == [f"staff:{counsellor.pk}"]


def test_whoever_signed_off_or_was_stopped_gets_no_ticket(counsellor: Staff, client_of: Browsers) -> None:
    browser, ticket = client_of(counsellor), ticket_for([f"staff:{counsellor.pk}"])
    assert browser.get("/me/ticket/", {"ticket": ticket}).status_code == 200
    browser.post("/sign-off/")
    assert browser.get("/me/ticket/", {"ticket": ticket}).status_code == 302
    stopped = client_of(counsellor)
    Staff.objects.filter(pk=counsellor.pk).update(is_active=False)
    assert stopped.get("/me/ticket/", {"ticket": ticket}).status_code == 302


def test_nobody_hears_what_is_another_s_or_of_no_known_kind(
    counsellor: Staff, stranger: Staff, client_of: Browsers
) -> None:
    ticket = ticket_for([f"staff:{stranger.pk}", "weather:tomorrow", "nothing"])
    assert renewed(client_of(counsellor), ticket) == []


@pytest.mark.parametrize("ticket", ["", "forged", "あ"])
def test_what_is_no_ticket_is_not_renewed(ticket: str, counsellor: Staff, client_of: Browsers) -> None:
    assert client_of(counsellor).get("/me/ticket/", {"ticket": ticket}).status_code == 400


def test_renewing_keeps_nobody_signed_in(counsellor: Staff, client_of: Browsers) -> None:
    browser = client_of(counsellor)
    browser.get("/me/")
    session = browser.session
    session["engawa_seen_at"] -= 60
    session.save()
    renewed(browser, ticket_for([]))
    assert browser.session["engawa_seen_at"] == session["engawa_seen_at"]
