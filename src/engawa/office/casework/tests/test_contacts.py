"""Contacts: what is written down, corrected, and refused in words."""

import datetime as dt
from typing import Any

import pytest

from engawa.kernel import clock
from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import close_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.timeline.actions import correct_contact, record_contact
from engawa.office.casework.timeline.models import Contact
from engawa.office.casework.timeline.rules import NotRecordable

pytestmark = pytest.mark.django_db
MAY, JUNE = dt.date(2026, 5, 10), dt.date(2026, 6, 10)
CALL = {"on": MAY, "method": "phone", "counterpart": "family", "minutes": 20, "content": "母から。眠れている。"}


def test_a_call_with_the_mother_is_recorded_and_the_case_knows_its_last_contact(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        record_contact(by=here.actor, case=case, **CALL)
        record_contact(by=here.actor, case=case, **CALL | {"on": JUNE})
        record_contact(by=here.actor, case=case, **CALL | {"on": MAY})
        assert Case.objects.get().last_contact_on == JUNE
        Contact.objects.filter(on=JUNE).delete()
        assert Case.objects.get().last_contact_on == MAY


def test_a_correction_keeps_the_words_before_it_and_says_why(here: Any, case: Case, another_pair: Actor) -> None:
    with acting_as(here.actor):
        contact = record_contact(by=here.actor, case=case, **CALL)
    with acting_as(another_pair):
        correct_contact(by=another_pair, contact=contact, reason="分を聞き違えた", minutes=45)
        now = Contact.objects.get()
        assert (now.minutes, now.correction_reason, now.by_id) == (45, "分を聞き違えた", here.staff.pk)
        assert now.corrected_by_id == another_pair.id
        assert [past.minutes for past in now.events.all()] == [20]


def test_a_correction_without_a_reason_is_refused(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        contact = record_contact(by=here.actor, case=case, **CALL)
        with pytest.raises(NotRecordable, match="理由"):
            correct_contact(by=here.actor, contact=contact, reason=" ", minutes=45)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"on": clock.today() + dt.timedelta(days=1)}, "先の日付"),
        ({"minutes": 1441}, "1440"),
        ({"minutes": -1}, "0から"),
    ],
)
def test_what_cannot_have_been_is_refused_in_words(here: Any, case: Case, wrong: Any, message: str) -> None:
    with acting_as(here.actor), pytest.raises(NotRecordable, match=message):
        record_contact(by=here.actor, case=case, **CALL | wrong)


@pytest.mark.parametrize("content", ["", "あ" * 20_000, "😀👨‍👩‍👧", "葛󠄀城さん 𠮷野家", "一行\n二行\t三"])
def test_the_content_is_stored_exactly_as_written(here: Any, case: Case, content: str) -> None:
    with acting_as(here.actor):
        record_contact(by=here.actor, case=case, **CALL | {"content": content})
        assert Contact.objects.get().content == content


def test_silence_and_night_are_normal_and_a_closed_case_may_have_contacts(here: Any, case: Case) -> None:
    """X-06: months of silence change no state; a contact at 3 a.m. and one after the end are recorded."""
    with acting_as(here.actor):
        record_contact(by=here.actor, case=case, **CALL | {"at": dt.time(3, 0)})
        assert Case.objects.get().state == "continuing"
        close_case(by=here.actor, case=case, on=JUNE, reason="settled")
        record_contact(by=here.actor, case=case, **CALL | {"on": clock.today()})
        assert Case.objects.get().state == "closed"


def test_a_stranger_can_neither_write_nor_correct(here: Any, there: Any, case: Case) -> None:
    with acting_as(here.actor):
        contact = record_contact(by=here.actor, case=case, **CALL)
    with acting_as(there.actor):
        with pytest.raises(NotAllowed):
            record_contact(by=there.actor, case=case, **CALL)
        with pytest.raises(NotAllowed):
            correct_contact(by=there.actor, contact=contact, reason="x", minutes=1)
