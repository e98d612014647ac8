"""今日: what is next, and nothing else."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import close_case, offer_handover, open_case
from engawa.office.casework.timeline.actions import record_contact
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


def test_what_i_wrote_down_to_do_by_tomorrow_stands_there_until_it_is_done(
    counsellor: Staff, colleague: Staff, actor_of: Any, client_of: Any, desk_organisation: Organisation
) -> None:
    desk, me = Desk.objects.create(name="窓口", organisation=desk_organisation), actor_of(counsellor)
    said: dict[str, Any] = {"on": clock.today(), "method": "phone", "counterpart": "self"}
    tomorrow = clock.today() + dt.timedelta(days=1)
    with acting_as(me):
        case, closed = (open_case(by=me, desk=desk, requester="self", handle=name) for name in ("川さん", "山さん"))
        due = record_contact(by=me, case=case, next_step="手紙を出す", next_on=tomorrow, **said)
        later = tomorrow + dt.timedelta(days=1)
        record_contact(by=me, case=case, next_step="花を見に行く", next_on=later, **said)
        record_contact(by=me, case=closed, next_step="鍵を返す", next_on=tomorrow, **said)
        close_case(by=me, case=closed, on=clock.today(), reason="moved")
    mine = client_of(counsellor).get("/").content.decode()
    assert "川さん・手紙を出す" in mine
    assert "花を見に行く" not in mine
    assert "鍵を返す" not in mine
    assert "手紙を出す" not in client_of(colleague).get("/").content.decode()
    client_of(counsellor).post(f"/cases/{case.number}/contact/{due.pk}/done/")
    assert "手紙を出す" not in client_of(counsellor).get("/").content.decode()


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
