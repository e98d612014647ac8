"""Calls back and meetings are promised: from a call, a case, a talk; and a caller becomes a case."""

from collections.abc import Callable

import pytest
from django.test import Client

from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.desk.models import Appointment
from engawa.office.desk.tests.conftest import TODAY, at, contacts, form, only, url
from engawa.office.directory.models import Desk
from engawa.office.talks.models import Talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten_to_seven")]


def test_a_caller_without_a_case_is_promised_a_call(at_the_desk: Client, here: dict[str, str]) -> None:
    page = at_the_desk.post("/desk/appointments/new/", form() | here, follow=True).content.decode()
    one = only()
    assert (one.case, one.kind, one.handle, one.phone) == (None, "call_back", "母", "090-1111-2222")
    assert (one.starts_at, one.ends_at) == (at(19, 30), at(23, 59))
    for shown in ("電話・折返し", "19:30以降", "090-1111-2222", "仕事が終わってから"):
        assert shown in page


def test_a_call_recorded_on_a_case_leads_on_to_the_promise(at_the_desk: Client, case: Case) -> None:
    said = {
        "method": "phone",
        "counterpart": "family",
        "on": TODAY,
        "content": "母から",
        "then": "desk:promise_for_case",
    }
    answer = at_the_desk.post(f"/cases/{case.number}/contact/", said)
    assert answer["Location"] == f"/cases/{case.number}/appointments/new/"
    assert len(contacts()) == 1
    page = at_the_desk.get(answer["Location"]).content.decode()
    assert 'value="075-000-0000"' in page
    at_the_desk.post(answer["Location"], form() | {"organisation": str(case.organisation_id)})
    assert only().case == case
    inbox = at_the_desk.get("/desk/").content.decode()
    assert inbox.index(case.number) < inbox.index("電話・折返し") < inbox.index("19:30以降")


def test_saving_a_contact_by_the_plain_button_or_a_made_up_one_leads_back_to_the_case(
    at_the_desk: Client, case: Case
) -> None:
    for then in ("", "desk:inbox", "https://example.org/"):
        said = {"method": "phone", "counterpart": "self", "on": TODAY, "content": "", "then": then}
        assert at_the_desk.post(f"/cases/{case.number}/contact/", said)["Location"] == f"/cases/{case.number}/"


def test_a_first_call_leads_on_to_the_promise(at_the_desk: Client, desk: Desk) -> None:
    said = {"method": "phone", "requester": "family", "content": "母から", "on": TODAY, "desk": str(desk.pk)}
    answer = at_the_desk.post("/desk/calls/new/", said | {"then": "promise"})
    assert answer["Location"].endswith("/appointments/new/")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"phone": ""}, "折り返す電話番号を入れてください"),
        ({"on": "2025-11-24"}, "もう過ぎた時です"),
        ({"starts": "", "ends": "18:00"}, "もう過ぎた時です"),
        ({"ends": "19:00"}, "「いつまで」は「いつから」より後にしてください"),
        ({"kind": "meeting", "starts": "", "place": "窓口"}, "何時に会うかを入れてください"),
        ({"kind": "meeting", "phone": ""}, "会う場所か、電話番号を入れてください"),
        ({"on": ""}, "まだ何も書かれていません"),
        ({"kind": "visit"}, "いまの選択肢にないもの"),
        ({"note": "\x07"}, "制御文字"),
    ],
)
def test_what_cannot_be_promised_is_told_at_its_field_and_what_was_typed_stays(
    at_the_desk: Client, here: dict[str, str], fields: dict[str, str], told: str
) -> None:
    answer = at_the_desk.post("/desk/appointments/new/", form(handle="のぎくの母") | here | fields)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "のぎくの母" in answer.content.decode()
    with acting_as(COMMAND):
        assert not Appointment.objects.exists()


def test_a_second_click_promises_nothing_twice(at_the_desk: Client, here: dict[str, str]) -> None:
    sent = form(key=str(uuid7())) | here
    for _click in range(2):
        at_the_desk.post("/desk/appointments/new/", sent)
    assert only().handle == "母"


def test_nobody_promises_in_the_name_of_another_organisation(
    at_the_desk: Client, other_ward: Organisation, here: dict[str, str]
) -> None:
    answer = at_the_desk.post("/desk/appointments/new/", form() | {"organisation": str(other_ward.pk)})
    assert answer.status_code == 422


def test_a_caller_who_was_called_back_becomes_a_case(
    at_the_desk: Client, promised: Callable[..., Appointment], desk: Desk
) -> None:
    one = promised()
    first = at_the_desk.get(f"/desk/calls/new/?appointment={one.pk}").content.decode()
    assert 'value="090-1111-2222"' in first
    said = {"method": "phone", "requester": "family", "content": "八年になる", "on": TODAY, "desk": str(desk.pk)}
    sent = said | {"appointment": str(one.pk), "key": str(uuid7())}
    for _click in range(2):
        assert at_the_desk.post("/desk/calls/new/", sent).status_code == 302
    kept = only()
    assert kept.case is not None
    assert kept.outcome == "kept"
    assert [contact.case_id for contact in contacts()] == [kept.case_id]
    again = at_the_desk.post("/desk/calls/new/", sent | {"key": str(uuid7())})
    assert again.status_code == 422
    with acting_as(COMMAND):
        assert Case.objects.count() == 1
    assert at_the_desk.get("/desk/calls/new/?appointment=x").status_code == 200


def test_a_promise_about_a_case_is_found_where_the_case_is_worked_on(
    coordinator: Staff, ward: Organisation, client_of: Callable[[Staff], Client], promised: Callable[..., Appointment]
) -> None:
    with acting_as(COMMAND):
        theirs = Desk.objects.create(name="北の窓口", organisation=ward)
        case = open_case(by=COMMAND, desk=theirs, requester="self")
    one, client = promised(case=case, organisation=ward), client_of(coordinator)
    assert "090-1111-2222" in client.get("/").content.decode()
    assert "090-1111-2222" in client.get("/desk/appointments/").content.decode()
    assert "090-1111-2222" in client.get(f"/cases/{case.number}/appointments/").content.decode()
    answer = client.post(url(one, "again/"), {"on": TODAY, "starts": "20:00", "tried": "1"}, follow=True)
    assert answer.redirect_chain == [("/desk/appointments/", 302)]


def test_a_visitor_is_told_the_free_hours_and_what_they_choose_is_promised(
    at_the_desk: Client, desk: Desk, promised: Callable[..., Appointment], open_talk: Callable[..., Talk]
) -> None:
    desk.phone = "075-123-4567"
    desk.save()
    promised(kind="meeting", place="窓口", starts_at=at(20), ends_at=at(21))
    talk = open_talk("話してみたいです", said_at=at(18))
    page = at_the_desk.post(
        f"/desk/talks/{talk.pk}/draft/", {"words": "ありがとう", "template": "offer"}, follow=True
    ).content.decode()
    for words in (
        "ありがとう",
        "・11月25日（火） 19:30–20:00、21:00–24:00",
        "・11月26日（水） 00:00–24:00",
        "075-123-4567",
    ):
        assert words in page
    chosen = f"/desk/talks/{talk.pk}/promise/"
    assert 'value="こもれび"' in at_the_desk.get(chosen).content.decode()
    sent = form(kind="meeting", on="2025-11-26", starts="14:00", place="窓口の小部屋", handle="こもれび")
    page = at_the_desk.post(chosen, sent | {"organisation": str(talk.organisation_id)}, follow=True).content.decode()
    assert "面談予約" in page
    assert "あす 14:00" in page


def test_what_was_promised_in_a_talk_goes_with_it_to_its_case(
    at_the_desk: Client, promised: Callable[..., Appointment], open_talk: Callable[..., Talk]
) -> None:
    talk = open_talk("話してみたいです", said_at=at(18))
    promised(talk=talk)
    at_the_desk.post(f"/desk/talks/{talk.pk}/case/", {"requester": "self", "complaint": ""})
    assert only().case is not None
