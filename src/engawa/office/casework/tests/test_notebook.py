"""The notebook's two addresses: what is carried along, and how an entry arrives."""

import base64
import datetime as dt
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from engawa.kernel import clock
from engawa.office.access.models import Membership
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import close_case, edit_facts, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.timeline.actions import correct_contact, record_contact
from engawa.office.casework.timeline.models import Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(here: Any, client_of: Any) -> Any:
    return client_of(here.staff)


def entry(case: Case, **said: Any) -> dict[str, Any]:
    usual = {"method": "visit", "counterpart": "self", "on": "2026-05-10", "at": "15:04", "content": "玄関で五分。"}
    return {"key": str(uuid.uuid4()), "number": case.number} | usual | said


def send(client: Client, said: Any) -> Any:
    return client.post("/notebook/send/", said, content_type="application/json")


def test_the_page_and_its_worker_are_empty_for_everybody(case: Case) -> None:
    nobody = Client()
    page = nobody.get("/notebook/").content.decode()
    assert case.number not in page
    assert "csrfmiddlewaretoken" not in page
    worker = nobody.get("/notebook/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "Content-Security-Policy" in worker


def test_the_cases_that_one_leads_or_lately_wrote_about_are_carried_along_and_closed_ones_are_not(
    client: Any, here: Any, there: Any, client_of: Any, case: Case
) -> None:
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, lead=here.staff, handle="ねこやなぎ")
        written = open_case(by=here.actor, desk=here.desk, requester="self")
        ended = open_case(by=here.actor, desk=here.desk, requester="self", lead=here.staff)
        close_case(by=here.actor, case=ended, on=clock.today(), reason="moved")
        open_case(by=here.actor, desk=here.desk, requester="self")
    assert send(client, entry(written, on=clock.today().isoformat())).status_code == 200
    carried = client.get("/notebook/carry/").json()
    assert {one["number"]: one["called"] for one in carried["cases"]} == {
        case.number: "ねこやなぎ",
        written.number: "名のらない人",
    }
    assert carried["owner"] == str(here.staff.pk)
    assert client_of(there.staff).get("/notebook/carry/").json()["cases"] == []


def test_the_notebook_has_a_key_for_each_person_the_same_on_every_visit(
    client: Any, client_of: Any, there: Any
) -> None:
    own = client.get("/notebook/carry/").json()
    assert len(base64.b64decode(own["key"])) == 32
    assert client.get("/notebook/carry/").json()["key"] == own["key"]
    assert client_of(there.staff).get("/notebook/carry/").json()["key"] != own["key"]


def test_the_cases_to_carry_can_be_picked_among_those_that_one_may_write(
    client: Any, here: Any, there: Any, case: Case
) -> None:
    with acting_as(here.actor):
        led = open_case(by=here.actor, desk=here.desk, requester="self", lead=here.staff)
        closed = open_case(by=here.actor, desk=here.desk, requester="self")
        close_case(by=here.actor, case=closed, on=clock.today(), reason="moved")
    with acting_as(there.actor):
        foreign = open_case(by=there.actor, desk=there.desk, requester="self")
    default = client.get("/notebook/carry/").json()
    assert [one["number"] for one in default["cases"]] == [led.number]
    assert [one["number"] for one in default["offered"]] == [led.number, case.number]
    asked = "&".join(f"case={one.number}" for one in (case, closed, foreign))
    picked = client.get(f"/notebook/carry/?{asked}").json()
    assert [one["number"] for one in picked["cases"]] == [case.number]


def test_when_the_office_changes_its_secret_its_former_ones_still_open_what_was_sealed(client: Any) -> None:
    before = client.get("/notebook/carry/").json()
    assert before["former"] == []
    with override_settings(SECRET_KEY="a new one", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        after = client.get("/notebook/carry/").json()
    assert after["key"] != before["key"]
    assert after["former"] == [before["key"]]


def test_an_entry_that_arrives_twice_is_one_contact(client: Any, here: Any, case: Case) -> None:
    said = entry(case)
    assert send(client, said).json() == send(client, said).json() == {"told": []}
    with acting_as(here.actor):
        assert Contact.objects.count() == 1
        assert str(Contact.objects.get().pk) == said["key"]


def test_an_entry_that_arrived_and_was_changed_afterwards_is_not_lost_in_silence(
    client: Any, here: Any, case: Case
) -> None:
    said = entry(case)
    send(client, said)
    with acting_as(here.actor):
        other = open_case(by=here.actor, desk=here.desk, requester="self")
    for changed in ({"content": "書き直した。"}, {"on": "2026-05-09"}, {"number": other.number}):
        answer = send(client, said | changed)
        assert answer.status_code == 422
        assert f"一度 {case.number} に届いていて" in answer.json()["reasons"][0]
    marked = entry(case, content="玄関で。\n伝聞：父は留守。", urgent="on", minutes="5", place="玄関")
    assert send(client, marked).status_code == send(client, marked).status_code == 200


def test_an_entry_that_arrived_and_was_corrected_at_the_office_has_arrived(client: Any, here: Any, case: Case) -> None:
    said = entry(case)
    send(client, said)
    with acting_as(here.actor):
        correct_contact(by=here.actor, contact=Contact.objects.get(), reason="聞きなおした", content="玄関で十分。")
    assert send(client, said).status_code == 200
    with acting_as(here.actor):
        assert Contact.objects.get().content == "玄関で十分。"


def test_an_entry_that_arrived_in_a_case_now_out_of_sight_is_refused_with_words(
    client: Any, here: Any, there: Any, case: Case
) -> None:
    said = entry(case)
    with acting_as(there.actor):
        hidden = open_case(by=there.actor, desk=there.desk, requester="self")
        day = dt.date(2026, 5, 10)
        record_contact(
            by=there.actor, case=hidden, key=uuid.UUID(said["key"]), on=day, method="visit", counterpart="self"
        )
    answer = send(client, said)
    assert answer.status_code == 422
    assert "別のケースに一度届いています" in answer.json()["reasons"][0]


def test_an_entry_about_a_case_that_was_closed_meanwhile_is_kept_and_says_so(
    client: Any, here: Any, case: Case
) -> None:
    with acting_as(here.actor):
        close_case(by=here.actor, case=case, on=clock.today(), reason="moved")
    answer = send(client, entry(case))
    assert answer.json() == {"told": ["このケースは終結しています。記録はケースに残りました"]}
    with acting_as(here.actor):
        assert Contact.objects.count() == 1


def test_whoever_lost_the_right_meanwhile_still_opens_what_they_wrote_and_is_told(
    client: Any, here: Any, case: Case
) -> None:
    Membership.objects.filter(staff=here.staff).update(ends_on=clock.today() - dt.timedelta(days=1))
    own = client.get("/notebook/carry/").json()
    assert own["owner"] == str(here.staff.pk)
    assert own["cases"] == []
    assert send(client, entry(case)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"on": "2999-01-01"}, "対応日：先の日付"),
        ({"minutes": "2000"}, "所要分："),
        ({"method": "telepathy"}, "手法："),
        ({"content": "声\x07"}, "内容：2文字目"),
    ],
)
def test_a_refusal_names_the_field_and_the_reason(client: Any, case: Case, wrong: Any, reason: str) -> None:
    answer = send(client, entry(case, **wrong))
    assert answer.status_code == 422
    assert answer.json()["reasons"][0].startswith(reason)


def test_what_is_no_entry_is_refused_and_a_case_out_of_sight_is_missing(
    client: Any, client_of: Any, there: Any, case: Case
) -> None:
    assert send(client, "[1]").status_code == 422
    assert client.post("/notebook/send/", "{", content_type="application/json").status_code == 422
    assert send(client_of(there.staff), entry(case)).status_code == 404
    assert send(client, entry(case, number="E-1999-00001")).status_code == 404


def test_an_expired_sign_in_is_said_so_and_takes_nothing(here: Any, case: Case) -> None:
    nobody = Client()
    assert send(nobody, entry(case)).status_code == 401
    assert nobody.get("/notebook/carry/", CONTENT_TYPE="application/json").status_code == 401
    with acting_as(here.actor):
        assert not Contact.objects.exists()
