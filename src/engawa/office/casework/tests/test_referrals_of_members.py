"""Referrals that are about somebody of the family."""

import datetime as dt
from typing import Any

import pytest

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actions import grant
from engawa.office.access.actors import COMMAND
from engawa.office.access.parts import Part
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.documents.actions import File, add_document
from engawa.office.casework.documents.models import DocumentKind
from engawa.office.casework.gatherings.actions import begin_gathering, take_part
from engawa.office.casework.maps.actions.family import add_member, remove_member
from engawa.office.casework.maps.actions.household import join_household
from engawa.office.casework.referrals.actions import (
    refer,
)
from engawa.office.casework.referrals.models import Referral, ReferralKind
from engawa.office.casework.retention.others import doubt_about, own_members, veil_of
from engawa.office.casework.timeline.actions import correct_contact, record_contact
from engawa.office.casework.timeline.queries import corrections_of
from engawa.office.casework.timeline.sources import Wish, timeline_of

pytestmark = pytest.mark.django_db


def kind(code: str = "introduced") -> ReferralKind:
    return ReferralKind.objects.get(code=code)


def referred(house: Any, case: Case, **said: Any) -> Referral:
    with acting_as(house.actor):
        return refer(by=house.actor, case=case, **({"kind": kind(), "on": clock.today(), "name": "家族会"} | said))


def test_correcting_a_referral_leaves_whom_it_is_about(here: Any, case: Case, client_of: Any) -> None:
    """Also where that is the 本人 of another case of the household, or somebody who was taken out of it."""
    with acting_as(here.actor):
        second = open_case(by=here.actor, desk=here.desk, requester="self", name="弟の名", lead=here.staff)
        aunt = add_member(by=here.actor, case=case, as_="mother", called="おば")
        brother = add_member(by=here.actor, case=case, as_="younger_brother")
        join_household(by=here.actor, case=second, other=case, member=brother)
    browser, base = client_of(here.staff), f"/cases/{case.number}/referrals/"
    about = [referred(here, case, member=one.pk) for one in (brother, aunt)]
    with acting_as(here.actor):
        remove_member(by=here.actor, case=case, member=aunt)
    for made in about:
        url = f"{base}{made.pk}/"
        form = browser.get(url).context["form"]
        sent = {"name": "家族会", "kind": "introduced", "on": made.on, "wish": "直した", "answer": "waiting"}
        sent |= {name: form[name].value() for name in ("member", "seen") if name in form.fields}
        assert browser.post(url, sent).status_code == 302
        with acting_as(here.actor):
            kept = made.member
            made.refresh_from_db()
        assert (made.member, made.wish) == (kept, "直した")
    page = browser.get(base).content.decode()
    assert "弟の名" in page
    assert "家族のひとり" in page, "who was taken out is still not the 本人"


def test_who_sees_no_family_reads_that_a_referral_is_about_somebody_of_it(
    here: Any, there: Any, case: Case, client_of: Any
) -> None:
    with acting_as(here.actor):
        mother = add_member(by=here.actor, case=case, as_="mother", name="山田 よし")
    referred(here, case, member=mother.pk)
    said = {"basis": "urgent", "organisation": there.organisation, "reason": "支援会議"}
    with acting_as(COMMAND):
        grant(by=COMMAND, case_id=case.pk, parts=[Part.COURSE], ends_at=clock.now() + dt.timedelta(days=1), **said)
    page = client_of(there.staff).get(f"/cases/{case.number}/referrals/").content.decode()
    assert ("家族のひとり" in page, "山田 よし" in page) == (True, False)


def test_whatever_names_a_member_goes_along_when_two_rows_of_one_person_become_one(here: Any, case: Case) -> None:
    """Referrals, attendances, documents and contacts; that is no correction of a contact, and its past goes along."""
    with acting_as(here.actor):
        second = open_case(by=here.actor, desk=here.desk, requester="self", name="弟の名", lead=here.staff)
        add_member(by=here.actor, case=second, as_="mother")
        brother = add_member(by=here.actor, case=case, as_="younger_brother")
        second.refresh_from_db()
        own = second.member
        assert own is not None
    made = referred(here, second, member=own.pk)
    by, paper = {"by": here.actor}, {"title": "手帳の写し", "kind": DocumentKind.objects.first()}
    with acting_as(here.actor):
        course = begin_gathering(**by, organisation=here.organisation, kind="course", name="家族教室")
        comes = take_part(**by, gathering=course, case=second, member=own.pk)
        document = add_document(**by, case=second, file=File("a.txt", "写し".encode()), member=own.pk, **paper)
        met = {"on": dt.date(2026, 5, 10), "method": "visit", "counterpart": "self", "members": [own.pk]}
        plain, mended = (record_contact(**by, case=second, **met) for _ in range(2))
        correct_contact(**by, contact=mended, reason="書きまちがい", minutes=30)
        join_household(**by, case=second, other=case, member=brother)
        for row in (made, comes, document, plain, mended):
            row.refresh_from_db()
        corrections = [[one.reason for one in corrections_of(one)] for one in (plain, mended)]
        past = list(mended.events.values_list("members", flat=True))
    assert [one.member for one in (made, comes, document)] == [brother.pk] * 3
    assert [one.members for one in (plain, mended)] == [[brother.pk]] * 2
    assert (corrections, past) == ([[], ["書きまちがい"]], [[brother.pk]])


def test_a_referral_of_the_mother_is_hers_on_the_page_and_in_the_timeline(
    here: Any, case: Case, client_of: Any
) -> None:
    """002-26: the family is supported in its own right."""
    with acting_as(here.actor):
        mother = add_member(by=here.actor, case=case, as_="mother", name="山田 よし")
    browser, base = client_of(here.staff), f"/cases/{case.number}/referrals/"
    sent = {"name": "家族会", "kind": "introduced", "on": clock.today(), "member": mother.pk, "answer": "waiting"}
    assert browser.post(f"{base}new/", sent | {"key": uuid7()}).status_code == 302
    referred(here, case, name="診療所")
    assert "山田 よし" in browser.get(base).content.decode()
    with acting_as(here.actor):
        hers = timeline_of(here.actor, case, Wish(most=9, member=mother.pk))
        by_nobody = timeline_of(here.actor, case, Wish(most=9, kind="referral", worker=uuid7()))
    assert [moment.title for moment in hers] == ["家族会へのつなぎ（紹介）"]
    assert by_nobody == []


def test_whom_a_referral_names_is_masked_and_that_of_a_member_goes_out_only_when_staff_say_so(
    here: Any, case: Case
) -> None:
    with acting_as(here.actor):
        mother = add_member(by=here.actor, case=case, as_="mother")
    own, hers = referred(here, case, contact_person="佐藤（看護師）"), referred(here, case, member=mother.pk)
    with acting_as(here.actor):
        assert veil_of(case).cover("佐藤さんに会う") == "【関係機関の人】さんに会う"
        assert [doubt_about(one, own_members(case)) for one in (own, hers)] == ["", "ほかの人についての記録です"]
