"""Who has read a case, and who met it in lists: told to those who answer for it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.office.access.actions import grant
from engawa.office.access.actors import COMMAND, KEEPER, Actor
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.actions import note_listing
from engawa.office.audit.queries import listings_of
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.directory.models import Desk

pytestmark = pytest.mark.django_db
Actors = Callable[[Staff], Actor]
Clients = Callable[[Staff], Client]
MONTH = dt.timedelta(days=30)


def test_the_coordinator_and_whoever_leads_a_case_see_its_readers_and_the_way_there(
    held: Case, counsellor: Staff, colleague: Staff, coordinator: Staff, ward: Organisation, client_of: Clients
) -> None:
    """X-01: where the case is held; a coordinator from elsewhere who only sees it is told nothing."""
    with acting_as(COMMAND):
        desk = Desk.objects.create(name="区の窓口", organisation=ward)
        theirs = open_case(by=COMMAND, desk=desk, requester="family", handle="区の人")
        ends_at = clock.now() + MONTH
        grant(by=COMMAND, case_id=held.pk, organisation=ward, basis="urgent", reason="命の危険がある", ends_at=ends_at)
    told = [(counsellor, held, True), (coordinator, theirs, True), (coordinator, held, False), (colleague, held, False)]
    for staff, case, answers in told:
        client, url = client_of(staff), f"/cases/{case.number}/readers/"
        assert client.get(f"/cases/{case.number}/").status_code == 200
        assert (url in client.get(f"/cases/{case.number}/consents/").content.decode()) == answers
        page = client.get(url)
        assert page.status_code == (200 if answers else 404)
        assert not answers or staff.name in {one.entry.actor_name for one in page.context["seen"]}


def test_who_met_a_case_in_lists_is_told_apart_folded_by_person_and_day(
    held: Case, counsellor: Staff, colleague: Staff, supervisor: Staff, client_of: Clients
) -> None:
    """X-01: every read is shown to those who answer for the case, and lists do not drown the openings."""
    browser = client_of(colleague)
    for url in ("/cases/?scope=own", "/cases/?scope=own", f"/search/?q={held.number}"):
        assert held.number in browser.get(url).content.decode()
    client_of(counsellor).get("/desk/")  # names no case
    page = client_of(supervisor).get(f"/cases/{held.number}/readers/")
    (met,) = [one for one in page.context["listed"] if one.name == colleague.name]
    assert (set(met.lists), met.times) == ({"ケースの一覧を見た", "ケースを探した"}, 3)
    assert colleague.name not in {one.entry.actor_name for one in page.context["seen"]}
    assert not [one for one in page.context["listed"] if one.name == counsellor.name]
    assert "一覧のなかで見た人" in page.content.decode()
    older = {"listed": met.latest.isoformat()}
    assert colleague.name not in {
        one.name for one in client_of(supervisor).get(f"/cases/{held.number}/readers/", older).context["listed"]
    }
    assert client_of(supervisor).get(f"/cases/{held.number}/readers/", {"listed": "きのう"}).status_code == 200


def test_the_look_up_of_lists_answers_systems_only(held: Case, supervisor: Staff, actor_of: Actors) -> None:
    with acting_as(KEEPER):
        note_listing(by=actor_of(supervisor), deed="casework.list_cases", numbers=[held.number])
        assert len(listings_of(held.number)) == 1
    with acting_as(actor_of(supervisor)):
        assert listings_of(held.number) == []
