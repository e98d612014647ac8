"""From a talk or a first call to a case: nameless, with its history, and the days of the talk as contacts."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COURIER, Actor
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.casework.cases.models import Case
from engawa.office.casework.identity.models import Step
from engawa.office.casework.people.models import Person
from engawa.office.casework.timeline.models import Contact
from engawa.office.directory.models import Desk
from engawa.office.talks.actions import answers
from engawa.office.talks.models import Message, Talk

pytestmark = pytest.mark.django_db
YESTERDAY = clock.now() - dt.timedelta(days=1)


@pytest.fixture
def talk(open_talk: Callable[..., Talk]) -> Talk:
    return open_talk("夜の川はきれいでした", said_at=YESTERDAY, route="広報・ちらし")


@pytest.fixture
def at_the_desk(counsellor: Staff, client_of: Callable[[Staff], Client]) -> Client:
    return client_of(counsellor)


def url(talk: Talk, rest: str = "") -> str:
    return f"/desk/talks/{talk.pk}/{rest}"


def only_case() -> Case:
    with acting_as(COURIER):
        return Case.objects.select_related("person").get()


def cases() -> int:
    with acting_as(COURIER):
        return Case.objects.count()


def reread(talk: Talk) -> Talk:
    with acting_as(COURIER):
        return Talk.objects.get(pk=talk.pk)


def contacts() -> list[Contact]:
    with acting_as(COURIER):
        return list(Contact.objects.order_by("on"))


def make(client: Client, talk: Talk, **fields: str) -> str:
    form = {"requester": "self", "complaint": "夜しか起きていられない"} | fields
    return client.post(url(talk, "case/"), form, follow=True).content.decode()


def test_a_talk_becomes_a_case_without_a_name(at_the_desk: Client, talk: Talk, desk: Desk) -> None:
    """000-06: an anonymous start may stay anonymous and be linked to a case without losing history."""
    page = make(at_the_desk, talk)
    case = only_case()
    assert case.number in page
    assert (case.person, case.handle, case.age_band) == (None, "こもれび", "30代")
    assert (case.route, case.requester, case.complaint) == ("広報・ちらし", "self", "夜しか起きていられない")
    assert (case.desk, case.received_on) == (desk, YESTERDAY.astimezone(clock.JAPAN).date())
    assert reread(talk).case_id == case.pk
    with acting_as(COURIER):
        assert Message.objects.filter(talk=talk, body="夜の川はきれいでした").exists()


def test_the_seats_other_talks_come_along(at_the_desk: Client, talk: Talk, open_talk: Callable[..., Talk]) -> None:
    later, elsewhere = open_talk("また来ました", seat=talk.seat_id), open_talk("別の席")
    make(at_the_desk, later)
    case = only_case()
    assert reread(talk).case_id == reread(later).case_id == case.pk
    assert reread(elsewhere).case_id is None


@pytest.mark.parametrize(("said", "kept"), [({}, ("not_asked", "")), ({"agreed_by": "self"}, ("self", "chat"))])
def test_each_talk_that_comes_along_is_a_dated_step_that_says_who_agreed(
    at_the_desk: Client, talk: Talk, open_talk: Callable[..., Talk], said: dict[str, str], kept: tuple[str, str]
) -> None:
    """000-06: anonymous, a talk, a case: each step is asked, dated, and can be taken back."""
    later = open_talk("また来ました", seat=talk.seat_id)
    make(at_the_desk, later, **said)
    with acting_as(COURIER):
        steps = list(Step.objects.order_by("recorded_at"))
    assert [(step.talk_id, step.kind, step.on) for step in steps] == [
        (later.pk, Step.Kind.TALK_JOINED, clock.today()),
        (talk.pk, Step.Kind.TALK_JOINED, clock.today()),
    ]
    assert {(step.agreed_by, step.how) for step in steps} == {kept}
    assert all(step.by for step in steps)


def test_whoever_agreed_to_a_link_is_written_down_and_the_talk_can_leave_the_case_again(
    at_the_desk: Client, talk: Talk, open_talk: Callable[..., Talk]
) -> None:
    """000-06."""
    make(at_the_desk, talk)
    other, number = open_talk("別の席から"), only_case().number
    at_the_desk.post(url(other, "link/"), {"number": number, "agreed_by": "family"})
    with acting_as(COURIER):
        assert Step.objects.get(talk=other).agreed_by == "family"
    form = {"agreed_by": "family", "how": "chat", "on": f"{clock.today():%Y-%m-%d}"}
    at_the_desk.post(f"/cases/{number}/talks/{other.pk}/part/", form)
    assert reread(other).case_id is None
    assert "あるケースにつなぐ" in at_the_desk.get(url(other)).content.decode()


def test_an_agreement_of_nobody_known_makes_no_case(at_the_desk: Client, talk: Talk) -> None:
    assert "ケースに結ぶことへの同意：" in make(at_the_desk, talk, agreed_by="neighbour")
    assert cases() == 0


def test_a_second_click_makes_no_second_case(at_the_desk: Client, talk: Talk) -> None:
    make(at_the_desk, talk)
    page = make(at_the_desk, talk)
    assert "すでにほかのケースにつながっています" in page
    assert cases() == 1


@pytest.mark.parametrize("requester", ["", "nobody", "0"])
def test_a_case_needs_a_requester_that_exists(at_the_desk: Client, talk: Talk, requester: str) -> None:
    assert "相談者：" in make(at_the_desk, talk, requester=requester)
    assert cases() == 0


def test_a_talk_is_linked_to_a_case_by_its_number_in_any_width(
    at_the_desk: Client, talk: Talk, open_talk: Callable[..., Talk]
) -> None:
    make(at_the_desk, talk)
    number = only_case().number
    other = open_talk("別の席から")
    wide = number.lower().translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    page = at_the_desk.post(url(other, "link/"), {"number": f" {wide} "}, follow=True).content.decode()
    assert f"ケース {number} につなぎました" in page
    assert reread(other).case_id == only_case().pk


@pytest.mark.parametrize("number", ["E-1999-00001", "", "<script>", "あ" * 300])
def test_a_number_that_leads_nowhere_links_nothing(at_the_desk: Client, talk: Talk, number: str) -> None:
    page = at_the_desk.post(url(talk, "link/"), {"number": number}, follow=True)
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().split("data-toasts")[1]
    assert reread(talk).case_id is None


def test_a_later_talk_of_the_seat_is_offered_the_same_case(
    at_the_desk: Client, talk: Talk, open_talk: Callable[..., Talk]
) -> None:
    make(at_the_desk, talk)
    later = open_talk("また来ました", seat=talk.seat_id)
    assert f"前と同じ {only_case().number} につなぐ" in at_the_desk.get(url(later)).content.decode()


def test_a_day_of_the_talk_is_recorded_as_a_contact_with_its_minutes(
    at_the_desk: Client, talk: Talk, counsellor: Staff, actor_of: Callable[[Staff], Actor], say: Callable[..., None]
) -> None:
    """000-02 (chat part): the channel is stored with each contact, and nobody spoke or went anywhere for it."""
    say(talk, "それだけです", said_at=YESTERDAY + dt.timedelta(minutes=12))
    make(at_the_desk, talk)
    page = at_the_desk.get(url(talk)).content.decode()
    assert 'value="12"' in page
    day = YESTERDAY.astimezone(clock.JAPAN)
    form = {"on": f"{day:%Y-%m-%d}", "at": f"{day:%H:%M}", "minutes": "15", "content": "川の話"}
    page = at_the_desk.post(url(talk, "contact/"), form, follow=True).content.decode()
    assert "記録ずみ" in page
    (contact,) = contacts()
    assert (contact.method, contact.counterpart, contact.minutes) == ("chat", "self", 15)
    assert contact.on == day.date()


@pytest.mark.parametrize("minutes", ["-1", "1441", "many", ""])
def test_impossible_minutes_record_nothing(at_the_desk: Client, talk: Talk, minutes: str) -> None:
    make(at_the_desk, talk)
    form = {"on": f"{YESTERDAY:%Y-%m-%d}", "at": "10:00", "minutes": minutes, "content": ""}
    assert at_the_desk.post(url(talk, "contact/"), form, follow=True).status_code == 200
    assert contacts() == []


def test_without_a_case_there_is_nothing_to_record_on(at_the_desk: Client, talk: Talk) -> None:
    form = {"on": f"{YESTERDAY:%Y-%m-%d}", "at": "10:00", "minutes": "5", "content": ""}
    assert at_the_desk.post(url(talk, "contact/"), form).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "partner", "coordinator", "companion"])
@pytest.mark.parametrize("rest", ["case/", "link/", "contact/", "move/"])
def test_strangers_make_nothing_of_a_talk(
    talk: Talk, who: str, rest: str, request: pytest.FixtureRequest, client_of: Callable[[Staff], Client]
) -> None:
    form = {"requester": "self", "number": "E-2026-00001", "on": "2026-04-01", "at": "10:00", "minutes": "5"}
    client = client_of(request.getfixturevalue(who))
    answer = client.post(url(talk, rest), form | {"older": str(uuid7()), "asked": "on"})
    assert answer.status_code in {302, 404}
    assert reread(talk).case_id is None
    assert cases() == 0


def test_an_older_talk_moves_here_when_the_visitor_was_asked(
    at_the_desk: Client, talk: Talk, open_talk: Callable[..., Talk]
) -> None:
    newer = open_talk("合言葉をなくしました")
    refused = at_the_desk.post(url(newer, "move/"), {"older": str(talk.pk)}, follow=True).content.decode()
    assert "本人に確かめてから" in refused
    moved = {"older": f"https://office.example{url(talk)}", "asked": "on"}
    assert "この席に移しました" in at_the_desk.post(url(newer, "move/"), moved, follow=True).content.decode()
    assert reread(talk).seat_id == newer.seat_id


CALL = {"method": "phone", "requester": "family", "content": "息子が部屋から出ない", "minutes": "20"}


def call_form(at: Desk, **fields: str) -> dict[str, str]:
    return {**CALL, "on": f"{clock.today():%Y-%m-%d}", "desk": str(at.pk), **fields}


def test_a_first_call_is_a_case_and_a_contact_in_one_go(at_the_desk: Client, desk: Desk) -> None:
    """002-01: whatever is troubling them, of whatever age, the call is received."""
    answer = at_the_desk.post("/desk/calls/new/", call_form(desk))
    case, (contact,) = only_case(), contacts()
    assert answer.headers["Location"] == f"/cases/{case.number}/"
    assert (case.person, case.requester, case.received_on) == (None, "family", clock.today())
    assert (contact.method, contact.counterpart, contact.minutes) == ("phone", "family", 20)
    assert contact.content == "息子が部屋から出ない"


@pytest.mark.parametrize("method", ["phone", "mail", "visit", "accompaniment", "interview", "letter"])
@pytest.mark.parametrize("age", ["9", "15", "40代", "64", "97", "", "不明"])
def test_one_desk_receives_every_age_every_way_and_every_complaint(
    at_the_desk: Client, desk: Desk, method: str, age: str
) -> None:
    """002-01: phone, mail, visit and going out; no age refuses, and the complaint need not be ひきこもり."""
    asked = call_form(desk, method=method, age=age, complaint="家賃が払えない")
    assert at_the_desk.post("/desk/calls/new/", asked).status_code == 302
    case, (contact,) = only_case(), contacts()
    assert (case.desk, case.complaint, contact.method) == (desk, "家賃が払えない", method)


def test_an_urgent_first_call_and_an_urgent_chat_are_told_to_the_supervisor_at_once(
    at_the_desk: Client, desk: Desk, supervisor: Staff, talk: Talk
) -> None:
    """X-07: urgency may come with the very first word, and reaches a human from there."""
    at_the_desk.post("/desk/calls/new/", call_form(desk, urgent="on"))
    call = only_case()
    with acting_as(COURIER):
        assert [alert.kind for alert in Alert.objects.filter(staff=supervisor)] == ["casework.urgent_contact"]
    at_the_desk.post(url(talk, "link/"), {"number": call.number})
    page = at_the_desk.get(url(talk)).content.decode()
    assert 'name="urgent"' in page
    day = {"on": YESTERDAY.date().isoformat(), "at": "10:00", "minutes": "5", "content": "消えたい", "urgent": "on"}
    assert at_the_desk.post(url(talk, "contact/"), day).status_code == 302
    with acting_as(COURIER):
        assert Alert.objects.filter(staff=supervisor, kind="casework.urgent_contact").count() == 2


def test_whoever_calls_again_from_the_same_number_is_recognised_before_a_second_case_is_made(
    at_the_desk: Client, desk: Desk
) -> None:
    """X-04: a nameless caller is known by their number; asked once, and what was typed is kept."""
    at_the_desk.post("/desk/calls/new/", call_form(desk, phone="075-111-2222", handle="つばめさん"))
    first = only_case()
    again = call_form(desk, phone="０７５（１１１）２２２２", content="また電話した")
    answer = at_the_desk.post("/desk/calls/new/", again)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "同じ人かもしれない記録があります",
        "電話が同じ",
        f"/cases/{first.number}/",
        "また電話した",
        "つばめさん",
    ):
        assert words in page, words
    assert at_the_desk.post("/desk/calls/new/", again | {"same": str(first.person_id)}).status_code == 302
    assert at_the_desk.post("/desk/calls/new/", again | {"same": "new"}).status_code == 302
    with acting_as(COURIER):
        people = list(Case.objects.order_by("opened_at").values_list("person", flat=True))
    assert people[0] == people[1] != people[2]


def test_who_is_known_and_calls_from_another_number_is_reached_at_both(at_the_desk: Client, desk: Desk) -> None:
    at_the_desk.post("/desk/calls/new/", call_form(desk, phone="075-111-2222"))
    known = {"same": str(only_case().person_id)}
    for phone in ("080-3333-4444", "０８０ ３３３３ ４４４４", "", "075(111)2222"):
        assert at_the_desk.post("/desk/calls/new/", call_form(desk, phone=phone) | known).status_code == 302
    with acting_as(COURIER):
        (person,) = Person.objects.all()
        assert person.phone == "075-111-2222"
        assert [(one.kind, one.reach) for one in person.other_reaches.all()] == [("other", "080-3333-4444")]


def test_a_call_can_be_recorded_with_the_least_that_is_heard(at_the_desk: Client, desk: Desk) -> None:
    page = at_the_desk.get("/desk/calls/new/").content.decode()
    assert 'value="phone"' in page
    at_the_desk.post("/desk/calls/new/", call_form(desk, minutes="", requester="other"))
    assert contacts()[0].minutes is None


def test_a_call_sent_twice_is_one_case_and_one_contact(at_the_desk: Client, desk: Desk) -> None:
    page = at_the_desk.get("/desk/calls/new/").content.decode()
    key = page.split('name="key" value="')[1].split('"')[0]
    answers = [at_the_desk.post("/desk/calls/new/", call_form(desk, key=key)) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {f"/cases/{only_case().number}/"}
    assert len(contacts()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"content": ""},
        {"method": "pigeon"},
        {"minutes": "-3"},
        {"age": "とても若い"},
        {"on": "2999-01-01"},
        {"desk": "x"},
    ],
)
def test_what_cannot_be_recorded_comes_back_as_it_was_typed(
    at_the_desk: Client, desk: Desk, wrong: dict[str, str]
) -> None:
    answer = at_the_desk.post("/desk/calls/new/", call_form(desk, handle="ねこやなぎ", **wrong))
    assert answer.status_code == 422
    assert "ねこやなぎ" in answer.content.decode()
    assert cases() == 0


def test_a_call_is_not_received_at_another_organisations_desk(
    at_the_desk: Client, desk: Desk, other_ward: object
) -> None:
    foreign = Desk.objects.create(name="南の窓口", organisation=other_ward)
    assert at_the_desk.post("/desk/calls/new/", call_form(foreign)).status_code == 422
    assert cases() == 0


def test_answers_go_on_after_the_talk_became_a_case(
    at_the_desk: Client, talk: Talk, counsellor: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    make(at_the_desk, talk)
    by = actor_of(counsellor)
    with acting_as(by):
        answers.reply(by=by, talk_id=talk.pk, words="これからも、ここで", message_id=uuid7())
    assert "これからも、ここで" in at_the_desk.get(url(talk)).content.decode()
