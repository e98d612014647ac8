"""Calls back and meetings: seen when they are due, taken by one, kept, tried, moved, cancelled."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COMMAND, KEEPER, Actor
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.permissions import Role
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.models import Case
from engawa.office.desk.actions.appointments import forget_settled
from engawa.office.desk.models import Appointment
from engawa.office.desk.privacy import APPOINTMENT
from engawa.office.desk.tests.conftest import EVENING, HTMX, TODAY, TOKEN, at, contacts, only, url
from engawa.office.talks.models import Talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_to_seven")]


def test_promises_and_talks_stand_in_one_order(
    at_the_desk: Client, promised: Callable[..., Appointment], open_talk: Callable[..., Talk]
) -> None:
    promised(handle="きのうの人", starts_at=None, ends_at=at(18, days=-1))
    promised(handle="五時の人", starts_at=at(17), ends_at=at(20))
    promised(handle="今日中の人", starts_at=None)
    promised(handle="あすの人", starts_at=at(10, days=1), ends_at=at(12, days=1))
    promised(handle="済んだ人", settled_at=EVENING, outcome="kept")
    open_talk("ことば", handle="先の人", said_at=at(16))
    open_talk("ことば", handle="後の人", said_at=at(18))
    page = at_the_desk.get("/desk/").content.decode()
    order = ["きのうの人", "先の人", "五時の人", "後の人", "今日中の人"]
    assert sorted(order, key=page.index) == order
    assert "あすの人" not in page
    assert "済んだ人" not in page
    for due in ("過ぎています", "20:00 まで", "今日中"):
        assert due in page
    assert page.count('class="row"') == 5


@pytest.mark.parametrize("role", [Role.COMPANION, Role.PARTNER, Role.COORDINATOR])
def test_a_promise_without_a_case_is_the_desk_s_even_in_raw_sql(
    promised: Callable[..., Appointment], desk_organisation: Organisation, counsellor: Staff, role: Role
) -> None:
    """X-01: a role that sees cases is no role at the desk."""
    promised()
    beside = Staff.objects.create(email="beside@example.org", name="となりの人")
    beside.memberships.create(organisation=desk_organisation, role=role, starts_on=dt.date(2020, 4, 1))
    with acting_as(Actor(beside.id, beside.name)):
        assert not Appointment.objects.exists()
    with acting_as(Actor(counsellor.id, counsellor.name)):
        assert Appointment.objects.exists()


def test_who_is_next_may_be_somebody_to_call(
    at_the_desk: Client, promised: Callable[..., Appointment], counsellor: Staff, open_talk: Callable[..., Talk]
) -> None:
    promised()
    assert at_the_desk.get("/desk/next/")["Location"] == "/desk/"
    waiting = promised(starts_at=at(18))
    promised(starts_at=at(17), claimed_by=counsellor, claimed_at=EVENING)
    talk = open_talk("ことば", said_at=at(18, 30))
    assert at_the_desk.get("/desk/next/")["Location"] == url(waiting)
    at_the_desk.post(url(waiting, "do/take/"))
    assert at_the_desk.get("/desk/next/")["Location"] == f"/desk/talks/{talk.pk}/"


def test_the_live_list_is_what_a_reload_shows(at_the_desk: Client, promised: Callable[..., Appointment]) -> None:
    one = promised()
    assert at_the_desk.get("/desk/", **HTMX).content.decode().strip() in at_the_desk.get("/desk/").content.decode()
    head, page = at_the_desk.get(url(one), **HTMX).content.decode(), at_the_desk.get(url(one)).content.decode()
    assert TOKEN.sub("", head).strip() in TOKEN.sub("", page)


def test_every_change_is_announced_to_the_desk(
    at_the_desk: Client, promised: Callable[..., Appointment], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr("engawa.office.desk.actions.appointments.announce_all", told.extend)
    one = promised()
    for rest, fields in (
        ("do/take/", {}),
        ("do/release/", {}),
        ("again/", {"on": TODAY, "starts": "20:00"}),
        ("done/", {"said": "話せた"}),
    ):
        at_the_desk.post(url(one, rest), fields)
    assert told == [(f"desk:{one.organisation_id}", "inbox", str(one.pk))] * 4


def test_two_counsellors_do_not_both_call(
    at_the_desk: Client, beside: Client, promised: Callable[..., Appointment], counsellor: Staff
) -> None:
    one = promised()
    at_the_desk.post(url(one, "do/take/"))
    assert only().claimed_by == counsellor
    refused = beside.post(url(one, "do/take/"), follow=True).content.decode()
    assert f"先に {counsellor.name} さんが受け持ちました（18:50）" in refused
    assert f"{counsellor.name} が対応" in refused
    answer = beside.post(url(one, "done/"), {"said": "母と話せた"})
    assert answer.status_code == 422
    assert "母と話せた" in answer.content.decode()
    assert only().settled_at is None
    beside.post(url(one, "do/release/"))
    beside.post(url(one, "done/"), {"said": "母と話せた"})
    assert (only().outcome, only().said) == ("kept", "母と話せた")


def test_what_i_hold_stands_among_mine(at_the_desk: Client, promised: Callable[..., Appointment]) -> None:
    one = promised()
    assert "090-1111-2222" not in at_the_desk.get("/desk/?tab=mine").content.decode()
    at_the_desk.post(url(one, "do/take/"))
    assert "090-1111-2222" in at_the_desk.get("/desk/?tab=mine").content.decode()


def test_a_call_about_a_case_becomes_its_contact_in_one_go(
    at_the_desk: Client, promised: Callable[..., Appointment], case: Case, counsellor: Staff
) -> None:
    one = promised(case=case, counterpart="family")
    assert "checked" in at_the_desk.get(url(one)).content.decode().split("話せた</h2>")[1]
    for _click in range(2):
        at_the_desk.post(url(one, "done/"), {"counterpart": "family", "minutes": "10", "content": "眠れているとのこと"})
    (made,) = contacts()
    assert (made.method, made.counterpart, made.minutes) == ("phone", "family", 10)
    assert (made.content, made.on, made.at, made.by_id) == (
        "眠れているとのこと", EVENING.date(), dt.time(18, 50), counsellor.pk,
    )  # fmt: skip
    assert only().outcome == "kept"


def test_a_meeting_held_is_an_interview(at_the_desk: Client, promised: Callable[..., Appointment], case: Case) -> None:
    one = promised(case=case, kind="meeting", place="窓口の小部屋", starts_at=at(18), ends_at=at(19))
    at_the_desk.post(url(one, "done/"), {"counterpart": "self", "minutes": "", "content": "はじめて会えた"})
    assert contacts()[0].method == "interview"


@pytest.mark.parametrize(
    ("rest", "fields"),
    [
        ("done/", {"counterpart": "family", "content": ""}),
        ("done/", {"counterpart": "", "content": "話した"}),
        ("done/", {"counterpart": "family", "content": "話した", "minutes": "1441"}),
        ("again/", {"on": "", "starts": "20:00"}),
        ("again/", {"on": "2025-11-24", "starts": ""}),
        ("again/", {"on": TODAY, "starts": "20:00", "ends": "19:00"}),
        ("cancel/", {"reason": " "}),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_changes(
    at_the_desk: Client, promised: Callable[..., Appointment], case: Case, rest: str, fields: dict[str, str]
) -> None:
    one = promised(case=case)
    assert at_the_desk.post(url(one, rest), fields).status_code == 422
    assert (only().settled_at, only().tries, only().starts_at) == (None, 0, at(19, 30))
    assert contacts() == []


def test_nobody_answered_counts_a_try_and_sets_the_next_time(
    at_the_desk: Client, promised: Callable[..., Appointment]
) -> None:
    one = promised()
    at_the_desk.post(url(one, "do/take/"))
    page = at_the_desk.post(
        url(one, "again/"), {"on": TODAY, "starts": "20:30", "ends": "21:00", "tried": "1"}, follow=True
    ).content.decode()
    assert "20:30以降" in page
    assert "1回かけた" in page
    tried = only()
    assert (tried.tries, tried.tried_at, tried.claimed_by) == (1, EVENING, None)
    at_the_desk.post(url(one, "again/"), {"on": "2025-11-26", "starts": "10:00"})
    assert (only().tries, only().starts_at) == (1, at(10, days=1))
    assert "最後は 18:50、出なかった" in at_the_desk.get(url(one)).content.decode()


def test_a_meeting_keeps_an_hour(at_the_desk: Client, promised: Callable[..., Appointment]) -> None:
    one = promised(kind="meeting", place="窓口", starts_at=at(19), ends_at=at(20))
    assert at_the_desk.post(url(one, "again/"), {"on": TODAY, "starts": ""}).status_code == 422
    at_the_desk.post(url(one, "again/"), {"on": TODAY, "starts": "21:00"})
    assert (only().starts_at, only().ends_at) == (at(21), at(22))


def test_cancelling_takes_a_reason(at_the_desk: Client, promised: Callable[..., Appointment]) -> None:
    one = promised()
    at_the_desk.post(url(one, "cancel/"), {"reason": "もうかけなくてよいと電話があった"})
    assert (only().outcome, only().said) == ("cancelled", "もうかけなくてよいと電話があった")
    assert "もうかけなくてよい" in at_the_desk.get(url(one)).content.decode()


@pytest.mark.parametrize("rest", ["done/", "again/", "cancel/"])
def test_what_is_settled_moves_no_more_and_says_who_did_it(
    at_the_desk: Client, promised: Callable[..., Appointment], colleague: Staff, rest: str
) -> None:
    one = promised(settled_at=EVENING, settled_by=colleague, outcome="kept", said="話せた")
    fields = {"said": "x", "reason": "x", "on": TODAY, "starts": "20:00"}
    answer = at_the_desk.post(url(one, rest), fields)
    assert answer.status_code == 422
    assert f"{colleague.name} さんがもう片づけています（18:50）" in answer.content.decode()
    assert only().said == "話せた"


def test_a_deed_that_does_not_exist_is_not_found(at_the_desk: Client, promised: Callable[..., Appointment]) -> None:
    assert at_the_desk.post(url(promised(), "do/eat/")).status_code == 404
    assert at_the_desk.get(f"/desk/appointments/{uuid7()}/").status_code == 404


def test_another_ward_finds_none_of_it(
    stranger: Staff, client_of: Callable[[Staff], Client], promised: Callable[..., Appointment], case: Case
) -> None:
    nameless, of_case = promised(), promised(case=case)
    client = client_of(stranger)
    for one in (nameless, of_case):
        assert client.get(url(one)).status_code == 404
        assert client.post(url(one, "done/"), {"said": "x"}).status_code == 404
    for page in ("/desk/", "/desk/appointments/", "/"):
        assert "090-1111-2222" not in client.get(page).content.decode()


def test_today_shows_what_is_due_and_hides_what_a_colleague_holds(
    at_the_desk: Client, promised: Callable[..., Appointment], colleague: Staff
) -> None:
    promised(handle="母の折返し")
    promised(handle="同僚の折返し", claimed_by=colleague, claimed_at=EVENING)
    promised(handle="あすの折返し", starts_at=at(10, days=1), ends_at=at(11, days=1))
    page = at_the_desk.get("/").content.decode()
    assert "母の折返し" in page
    assert "19:30以降" in page
    assert "同僚の折返し" not in page
    assert "あすの折返し" not in page
    whole = at_the_desk.get("/desk/appointments/").content.decode()
    assert whole.index("11月25日") < whole.index("11月26日") < whole.index("あすの折返し")
    assert "あす 10:00" in whole
    assert "10:00–11:00" in whole  # when it is, not when it was promised


def test_each_deed_is_written_down_with_the_case(
    at_the_desk: Client, promised: Callable[..., Appointment], case: Case
) -> None:
    one = promised(case=case)
    at_the_desk.get(url(one))
    at_the_desk.post(url(one, "do/take/"))
    at_the_desk.post(url(one, "cancel/"), {"reason": "いらなくなった"})
    with acting_as(COMMAND):
        deeds = list(Entry.objects.filter(subject=str(one.pk)).values_list("deed", "case_id"))
    assert {deed for deed, _case in deeds} == {
        "desk.read_appointment", "desk.take_appointment", "desk.cancel_appointment",
    }  # fmt: skip
    assert {about for _deed, about in deeds} == {case.pk}


def test_a_year_later_nothing_is_left_but_the_figures(promised: Callable[..., Appointment], counsellor: Staff) -> None:
    assert APPOINTMENT.unnamed() == set()
    long_ago = EVENING - dt.timedelta(days=366)
    old = promised(note="夜に", said="話せた", settled_at=long_ago, settled_by=counsellor, outcome="kept", tries=2)
    fresh, waiting = (
        promised(settled_at=EVENING, outcome="cancelled", said="x"),
        promised(ends_at=long_ago, starts_at=None),
    )
    assert APPOINTMENT.export(old)["電話"] == "090-1111-2222"
    with acting_as(KEEPER):
        assert forget_settled(by=KEEPER) == 1
        assert forget_settled(by=KEEPER) == 0
        kept = {one.pk: one for one in Appointment.objects.all()}
    assert APPOINTMENT.export(kept[old.pk]) == {}
    assert (kept[old.pk].tries, kept[old.pk].outcome, kept[old.pk].settled_at) == (2, "kept", long_ago)
    assert kept[fresh.pk].phone == kept[waiting.pk].phone == "090-1111-2222"
