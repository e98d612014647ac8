"""The filters of the story: by member wherever somebody is known, by everybody who wrote anything that it tells."""

import datetime as dt
from typing import Any

import pytest

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actions import grant
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Staff
from engawa.office.access.parts import Part
from engawa.office.access.walls import acting_as
from engawa.office.casework.assessments.actions import note_stage
from engawa.office.casework.assessments.models import Stage
from engawa.office.casework.cases.models import Case, CaseTalk
from engawa.office.casework.consents.actions import record_consent
from engawa.office.casework.consents.models import ConsentText
from engawa.office.casework.documents.actions import File, add_document
from engawa.office.casework.documents.models import DocumentKind
from engawa.office.casework.identity.actions import note_naming
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.referrals.actions import refer
from engawa.office.casework.referrals.models import ReferralKind
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.casework.timeline.models import Contact
from engawa.office.casework.timeline.sources import Wish, timeline_of, workers_of
from engawa.office.talks.models import Talk

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 10)


@pytest.fixture
def told(here: Any, case: Case) -> Case:
    """The 本人 and the mother, each with a contact, a consent, a referral and a talk; a stage of the 本人."""
    text, kind = ConsentText.objects.filter(code="sharing").first(), ReferralKind.objects.get(code="introduced")
    today, by = clock.today(), {"by": here.actor, "case": case}
    said: dict[str, Any] = {"way": "word", "given_on": today, "ends_on": today, "purposes": ["family"]}
    said |= {"parts": ["course"], "giver_name": "", "note": "", "text": text}
    with acting_as(here.actor):
        mother = add_member(**by, as_="mother")
        for who, giver in ((case.member, "self"), (mother, "family")):
            contact = {"on": DAY, "method": "phone", "counterpart": giver, "content": giver, "members": [who.pk]}
            record_contact(**by, **contact)
            record_consent(**by, giver=giver, **said)
            paper = {"title": giver, "kind": DocumentKind.objects.first(), "member": who.pk}
            add_document(**by, file=File("a.txt", giver.encode()), **paper)
            refer(**by, kind=kind, on=DAY, name=giver, member=None if giver == "self" else mother.pk)
            days = {"opened_at": clock.now(), "last_word_at": clock.now(), "organisation": here.organisation}
            talk = Talk.objects.create(kind="call", desk=here.desk, requester=giver, case_id=case.pk, **days)
            CaseTalk.objects.create(case=case, talk=talk)
        note_stage(**by, stage=Stage.objects.get(code="a"), on=DAY)
        note_naming(**by, agreed_by="self", how="phone")
    return case


def kinds(actor: Any, case: Case, **wish: Any) -> list[str]:
    with acting_as(actor):
        return sorted(moment.kind for moment in timeline_of(actor, case, Wish(most=50, **wish)))


def test_what_is_known_to_be_about_the_person_or_the_mother_is_found_by_each_of_them(here: Any, told: Case) -> None:
    """Stages, steps, assessments and plans are always about the 本人; consents, talks and referrals say about whom."""
    with acting_as(here.actor):
        mother = told.household.members.get(called="母") if told.household else None
    assert mother is not None
    assert kinds(here.actor, told, member=told.member_id) == [
        *["consent", "contact", "document", "referral", "stage", "step", "talk"]
    ]
    assert kinds(here.actor, told, member=mother.pk) == ["contact", "document", "referral"]
    assert kinds(here.actor, told, member=told.member_id, method="phone") == ["contact"]
    assert kinds(here.actor, told, member=uuid7()) == []


def test_the_filter_says_what_it_cannot_tell_of_a_member(here: Any, told: Case, client_of: Any) -> None:
    """States, handovers and the team are the case's: whoever narrows the story to a member is told so."""
    page = client_of(here.staff).get(f"/cases/{told.number}/", {"narrow": "1"}).content.decode()
    assert "状態・引継ぎ・支援チームはケース全体のことなので、世帯員でしぼると出ません" in page


def test_the_filter_offers_everybody_who_wrote_anything_that_the_story_tells(
    here: Any, another_pair: Any, case: Case, client_of: Any
) -> None:
    """Not only who wrote contacts: a colleague may have noted a stage, and is found by it."""
    with acting_as(another_pair):
        note_stage(by=another_pair, case=case, stage=Stage.objects.get(code="a"), on=DAY)
    with acting_as(here.actor):
        record_contact(by=here.actor, case=case, on=DAY, method="phone", counterpart="self", content="電話")
        names = {worker.name for worker in workers_of(here.actor, case)}
        Contact.objects.create(case=case, on=DAY, method="phone", counterpart="self", content="台帳から", by=None)
        assert {worker.name for worker in workers_of(here.actor, case)} == names
    assert names == {here.staff.name, "同僚 一郎"}
    colleague = Staff.objects.get(pk=another_pair.id)
    page = client_of(here.staff).get(f"/cases/{case.number}/", {"worker": colleague.pk}).content.decode()
    assert f'<option value="{colleague.pk}" selected>同僚 一郎' in page
    assert kinds(here.actor, case, worker=colleague.pk) == ["stage"]


def test_who_wrote_what_one_may_not_see_is_not_offered_either(
    here: Any, there: Any, another_pair: Any, case: Case
) -> None:
    with acting_as(another_pair):
        note_stage(by=another_pair, case=case, stage=Stage.objects.get(code="a"), on=DAY)
    said = {"basis": "urgent", "organisation": there.organisation, "reason": "支援会議", "parts": [Part.COURSE]}
    with acting_as(COMMAND):
        grant(by=COMMAND, case_id=case.pk, ends_at=clock.now() + dt.timedelta(days=1), **said)
    with acting_as(there.actor):
        assert {worker.name for worker in workers_of(there.actor, case)} <= {here.staff.name}
