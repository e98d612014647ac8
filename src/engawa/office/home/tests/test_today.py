"""今日: what is next, and nothing else."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import close_case, offer_handover, open_case
from engawa.office.directory.models import Desk

pytestmark = pytest.mark.django_db


def test_when_nothing_waits_the_page_says_so(counsellor: Staff, client_of: Any) -> None:
    assert "いま待っているものはありません" in client_of(counsellor).get("/").content.decode()


def test_it_shows_silent_cases_that_i_lead_and_recent_ones_but_no_closed_one(
    counsellor: Staff, actor_of: Any, client_of: Any, desk_organisation: Organisation
) -> None:
    desk, me = Desk.objects.create(name="窓口", organisation=desk_organisation), actor_of(counsellor)
    long_ago = clock.today() - dt.timedelta(days=40)
    with acting_as(me):
        quiet = open_case(by=me, desk=desk, requester="self", received_on=long_ago, lead=counsellor)
        others = open_case(by=me, desk=desk, requester="self", received_on=long_ago)
        closed = open_case(by=me, desk=desk, requester="self", received_on=long_ago, lead=counsellor)
        close_case(by=me, case=closed, on=long_ago, reason="moved")
        recent = open_case(by=me, desk=desk, requester="self")
    page = client_of(counsellor).get("/").content.decode()
    assert {case.number for case in (quiet, others, closed, recent) if case.number in page} == {
        quiet.number,
        recent.number,
    }


def test_an_offered_case_stands_on_the_page_of_the_asked_and_of_nobody_else(
    counsellor: Staff, coordinator: Staff, stranger: Staff, ward: Organisation, actor_of: Any, client_of: Any
) -> None:
    """002-03."""
    me = actor_of(counsellor)
    desk = Desk.objects.create(name="窓口", organisation_id=me.organisations_with("casework:case:open")[0])
    with acting_as(me):
        case = open_case(by=me, desk=desk, requester="self", received_on=dt.date(2020, 5, 1))
        offer_handover(by=me, case=case, taker=ward, package="x")
    assert f"ケース {case.number} の引継ぎの打診" in client_of(coordinator).get("/").content.decode()
    assert case.number not in client_of(stranger).get("/").content.decode()


def test_whoever_is_not_signed_in_is_led_to_the_sign_in(db: None) -> None:
    assert Client().get("/").status_code == 302
