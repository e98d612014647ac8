"""Broken glass is for reading: it writes nothing, and nothing of it stays when its minutes are over."""

import datetime as dt
from typing import Any

import pytest

from engawa.kernel import clock
from engawa.office.access.actions import break_glass
from engawa.office.access.actors import KEEPER, NotAllowed
from engawa.office.access.models import Grant
from engawa.office.access.permissions import Permission
from engawa.office.access.upstairs import NamedCase
from engawa.office.access.walls import acting_as
from engawa.office.casework.access import case_for
from engawa.office.casework.cases.actions import edit_facts, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Member
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.maps.actions.household import join_household
from engawa.office.casework.timeline.actions import record_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(there: Any) -> Case:
    """A case of another organisation, whose mother stays in a shelter."""
    with acting_as(there.actor):
        case = open_case(by=there.actor, desk=there.desk, requester="self", name="避難 花子")
        add_member(by=there.actor, case=case, as_="mother", name="避難 よし", whereabouts="シェルター")
    return case


@pytest.fixture
def glass(here: Any, hidden: Case) -> Grant:
    with acting_as(here.actor):
        named = NamedCase(hidden.pk, hidden.number)
        return break_glass(by=here.actor, case=named, reason="緊急の連絡です", minutes=5)


def test_whoever_breaks_the_glass_reads_the_whole_case_and_writes_nothing(
    here: Any, hidden: Case, glass: Grant
) -> None:
    """X-01."""
    said: dict[str, Any] = {"on": clock.today(), "method": "phone", "counterpart": "self", "content": "電話"}
    with acting_as(here.actor):
        case = case_for(here.actor, hidden.number)
        with pytest.raises(NotAllowed):
            case_for(here.actor, hidden.number, Permission.CASEWORK_CASE_EDIT)
        with pytest.raises(NotAllowed):
            record_contact(by=here.actor, case=case, **said)
        with pytest.raises(NotAllowed):
            edit_facts(by=here.actor, case=case, handle="かえた")


def test_the_page_says_that_it_is_for_reading_and_the_case_offers_nothing_to_write(
    here: Any, hidden: Case, glass: Grant, client_of: Any
) -> None:
    browser = client_of(here.staff)
    assert "書くことはできません" in browser.get("/glass/break/").content.decode()
    page = browser.get(f"/cases/{hidden.number}/").content.decode()
    assert "緊急閲覧" in page
    for deed in ("contact", "facts"):
        assert f"/cases/{hidden.number}/{deed}/" not in page
        assert browser.get(f"/cases/{hidden.number}/{deed}/").status_code == 404


def test_a_household_read_through_broken_glass_is_not_kept_by_joining_it(
    here: Any, hidden: Case, glass: Grant, case: Case
) -> None:
    """X-01: after the minutes, nobody of the family is seen any more."""
    with acting_as(here.actor), pytest.raises(NotAllowed):
        join_household(by=here.actor, case=case, other=Case.objects.get(pk=hidden.pk), member=None)
    with acting_as(KEEPER):
        ended = Grant.objects.filter(pk=glass.pk)
        ended.update(starts_at=clock.now() - dt.timedelta(minutes=5), ends_at=clock.now())
    with acting_as(here.actor):
        assert not Member.objects.filter(name="避難 よし").exists()
