"""Every field about people is known, can be given out, and can be taken out."""

import datetime as dt
from typing import Any

import pytest

from engawa.kernel.privacy import Keeping
from engawa.office.access.walls import acting_as
from engawa.office.casework.assessments.privacy import ANSWER, ASSESSMENT, STAGE_STEP
from engawa.office.casework.cases.actions import edit_facts
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.privacy import CASE, HANDOVER, SEARCH, STATE, TALK
from engawa.office.casework.consents.privacy import CONSENT, PARTY, PURPOSE, REQUEST, SHARE, TEXT
from engawa.office.casework.documents.privacy import DOCUMENTS
from engawa.office.casework.gatherings.privacy import ATTENDANCE, ATTENDEE, GATHERING, SITTING
from engawa.office.casework.households.privacy import HOUSEHOLD, LIFE_EVENT, MEMBER, NEED, RELATION, SECRET
from engawa.office.casework.identity.privacy import INQUIRY, MERGE, RECEIVED, REPLY, STEP
from engawa.office.casework.intake.privacy import BROUGHT
from engawa.office.casework.load.privacy import INTENSITY, LEVEL, LIMIT, PASSING, REVIEW, WEIGHT
from engawa.office.casework.maps.privacy import AGENCY, TIE
from engawa.office.casework.people.privacy import MARK, OTHER_ADDRESS, OTHER_NAME, OTHER_REACH, PERSON
from engawa.office.casework.referrals.privacy import REFERRAL, REFERRAL_KIND
from engawa.office.casework.timeline.privacy import CONTACT

PEOPLE = [PERSON, OTHER_NAME, OTHER_ADDRESS, OTHER_REACH, MARK, MERGE, STEP, INQUIRY, RECEIVED, REPLY]
ASSESSMENTS = [ASSESSMENT, ANSWER, STAGE_STEP]
HOUSEHOLDS = [HOUSEHOLD, MEMBER, RELATION, SECRET, NEED, LIFE_EVENT, AGENCY, TIE]
CONSENTS = [CONSENT, PARTY, SHARE, REQUEST, TEXT, PURPOSE]
LOADS = [INTENSITY, REVIEW, PASSING, LEVEL, WEIGHT, LIMIT]
GATHERINGS = [GATHERING, SITTING, ATTENDEE, ATTENDANCE]
CASES = [CASE, SEARCH, STATE, TALK, HANDOVER, CONTACT, BROUGHT, REFERRAL, REFERRAL_KIND]


@pytest.mark.parametrize(
    "keeping", [*PEOPLE, *HOUSEHOLDS, *ASSESSMENTS, *CONSENTS, *LOADS, *CASES, *GATHERINGS, *DOCUMENTS]
)
def test_no_field_is_forgotten(keeping: Keeping) -> None:
    assert keeping.unnamed() == set()
    assert keeping.kept


@pytest.mark.django_db
def test_a_person_is_given_out_by_the_names_people_know_and_taken_out_while_figures_stay(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        facts = {"name": "葛󠄀城 薫", "birth_date": dt.date(1984, 5, 1), "age_band": "40代"}
        made = edit_facts(by=here.actor, case=case, complaint="部屋から出ない", **facts)
    person = made.person
    assert person is not None
    assert PERSON.export(person) == {"氏名": "葛󠄀城 薫", "生年月日": "1984-05-01"}
    PERSON.scrub(person)
    CASE.scrub(made)
    assert PERSON.export(person) == CASE.export(made) == {}
    assert (made.age_band, made.requester, made.number) == ("40代", "family", case.number)
