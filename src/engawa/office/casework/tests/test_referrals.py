"""Referrals: to whom somebody was introduced, with whose consent, and what was answered."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from engawa.kernel import clock
from engawa.office.access.actions import grant, revoke
from engawa.office.access.actors import COMMAND, KEEPER, NotAllowed
from engawa.office.access.models import Organisation
from engawa.office.access.parts import Part
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.casework.cases.actions import edit_facts
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.consents.actions import record_consent, withdraw_consent
from engawa.office.casework.consents.models import Consent, ConsentText
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.papers.queries.lists import course_paper
from engawa.office.casework.referrals.actions import (
    answer_referral,
    ask_after_referrals,
    correct_referral,
    refer,
    strike_referral,
)
from engawa.office.casework.referrals.models import Referral, ReferralKind
from engawa.office.casework.referrals.queries import version_of, waiting_for
from engawa.office.directory.models import Resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(db: None) -> Organisation:
    return Organisation.objects.create(name="北障害者就業・生活支援センター")


@pytest.fixture
def consent(here: Any, case: Case, elsewhere: Organisation) -> Consent:
    """The mother agrees that the agency and a clinic may hear how things went."""
    text = ConsentText.objects.filter(code="sharing").first()
    today = clock.today()
    said: dict[str, Any] = {"giver": "family", "giver_name": "母", "way": "word", "note": ""}
    said |= {"given_on": today - dt.timedelta(days=9), "ends_on": today + dt.timedelta(days=9)}
    said |= {"purposes": ["introduction"], "parts": ["course"]}
    with acting_as(here.actor):
        to = {"organisations": [elsewhere], "agencies": ["北 診療所"]}
        return record_consent(by=here.actor, case=case, text=text, **to, **said)


def kind(code: str = "introduced") -> ReferralKind:
    return ReferralKind.objects.get(code=code)


def referred(house: Any, case: Case, **said: Any) -> Referral:
    with acting_as(house.actor):
        return refer(by=house.actor, case=case, **({"kind": kind(), "on": clock.today(), "name": "家族会"} | said))


def test_a_referral_is_a_record_of_its_own_from_the_consent_to_the_answer(
    here: Any, case: Case, consent: Consent, elsewhere: Organisation, client_of: Any
) -> None:
    """X-02: apart from case, contact, plan and conference item, with whose consent and the answer."""
    browser, base = client_of(here.staff), f"/cases/{case.number}/referrals/"
    assert "まだ書かれていません" in browser.get(base).content.decode()
    form = browser.get(f"{base}new/").context["form"]
    sent = {"organisation": elsewhere.pk, "kind": "accompanied", "on": clock.today(), "wish": "見学してみたい"}
    sent |= {"parts": ["course"], "handed": "これまでの経過", "basis": "consent", "consent": consent.pk}
    sent |= {"answer": "waiting", "check_on": form["check_on"].value(), "key": form["key"].value()}
    assert browser.post(f"{base}new/", sent).url == base
    assert browser.post(f"{base}new/", sent).url == base, "sent twice, written once"
    page = browser.get(base).content.decode()
    for said in (
        elsewhere.name,
        "同行",
        "見学してみたい",
        "経過（同意：",
        "家族・親族",
        "返事待ち",
        "返事を確かめる日",
    ):
        assert said in page, said
    assert elsewhere.name in browser.get("/cases/referrals/").content.decode()
    with acting_as(here.actor):
        referral = Referral.objects.get()
    url = f"{base}{referral.pk}/answer/"
    seen = browser.get(url).context["form"]["seen"].value()
    no = {"answer": "declined", "answered_on": clock.today(), "seen": seen}
    refused = browser.post(url, no)
    assert refused.status_code == 422
    assert "受けられないわけを書いてください" in refused.content.decode()
    assert browser.post(url, no | {"answer_words": "空きがない。春にもう一度"}).url == base
    assert "受けられない" in browser.get(base).content.decode()
    assert "返事を待っているつなぎはありません" in browser.get("/cases/referrals/").content.decode()
    story = browser.get(f"/cases/{case.number}/").content.decode()
    assert f"{elsewhere.name}へのつなぎ（同行）" in story
    assert f"{elsewhere.name}の返事：受けられない" in story
    assert "空きがない。春にもう一度" in story


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"parts": ["course"]}, "根拠が要ります"),
        ({"parts": ["course"], "basis": "consent"}, "どの同意によるのか"),
        ({"parts": ["course"], "basis": "urgent"}, "同意によらないときは"),
        ({"handed": "母の病気のこと"}, "「伝えた範囲」が空です"),
        ({"name": ""}, "どれかひとつ"),
        ({"on": dt.date(2999, 1, 1)}, "先の日付"),
    ],
)
def test_what_the_law_does_not_let_be_handed_on_is_refused_in_words_and_nothing_typed_is_lost(
    here: Any, case: Case, client_of: Any, said: dict[str, Any], told: str
) -> None:
    sent = {"name": "家族会", "kind": "introduced", "on": clock.today(), "wish": "長い願い", "answer": "waiting"}
    refused = client_of(here.staff).post(f"/cases/{case.number}/referrals/new/", sent | said)
    page = refused.content.decode()
    assert (refused.status_code, told in page, "長い願い" in page) == (422, True, True)


def test_a_consent_counts_for_those_it_names_and_for_what_and_while_it_holds(
    here: Any, case: Case, consent: Consent, elsewhere: Organisation
) -> None:
    on = {"basis": "consent", "consent": consent, "parts": ["course"]}
    assert referred(here, case, organisation=elsewhere, name="", **on).consent == consent
    assert referred(here, case, **(on | {"name": "北診療所"})).consent == consent, "written with or without a space"
    for said, told in (
        ({"name": "南診療所"}, "含まれていません"),
        ({"name": "北診療所", "parts": ["family"]}, "範囲をせばめて"),
        ({"name": "北診療所", "on": clock.today() - dt.timedelta(days=30)}, "期間の外"),
    ):
        with pytest.raises(NotPossible, match=told):
            referred(here, case, **(on | said))
    with acting_as(here.actor):
        withdraw_consent(by=here.actor, consent=consent, on=clock.today(), way="word")
    with pytest.raises(NotPossible, match="取りやめ"):
        referred(here, case, **(on | {"name": "北診療所"}))


def test_a_resource_of_a_named_organisation_is_covered_by_its_consent(
    here: Any, case: Case, consent: Consent, elsewhere: Organisation
) -> None:
    place = Resource.objects.create(kind="place", name="月あかり", organisation=elsewhere)
    said = {"basis": "consent", "consent": consent, "parts": ["course"], "resource": place, "name": ""}
    assert referred(here, case, **said).called == "月あかり"


def test_who_hands_on_nothing_needs_no_basis_and_keeps_none(here: Any, case: Case, consent: Consent) -> None:
    """A leaflet, a phone number: no consent is asked for what tells nobody anything about a person."""
    made = referred(here, case, basis="consent", consent=consent, wish="ちらしを渡した", answer="needless")
    assert (made.basis, made.consent, made.parts) == ("", None, [])


def test_in_an_emergency_it_is_handed_on_with_a_reason(here: Any, case: Case, client_of: Any) -> None:
    referred(here, case, parts=["basics"], basis="urgent", reason="夜に連絡がつかない")
    page = client_of(here.staff).get(f"/cases/{case.number}/referrals/").content.decode()
    assert "同意によらないわけ：夜に連絡がつかない" in page


def test_a_referral_gives_the_agency_no_right_and_shows_to_nobody_beyond_the_course(
    here: Any, there: Any, case: Case, client_of: Any
) -> None:
    """X-01: neither wall opens by it, and a right to the basics alone does not show it."""
    made = referred(here, case, organisation=there.organisation, name="")
    with acting_as(here.actor):
        correct_referral(by=here.actor, referral=made, wish="直した")
    assert shown(here.actor) == (1, 1)
    assert shown(there.actor) == (0, 0)
    browser, base = client_of(there.staff), f"/cases/{case.number}/referrals/"
    assert browser.get(base).status_code == 404
    said = {"basis": "urgent", "organisation": there.organisation, "reason": "支援会議"}
    until = clock.now() + dt.timedelta(days=1)
    with acting_as(COMMAND):
        grant(by=COMMAND, case_id=case.pk, parts=[Part.BASICS], ends_at=until, **said)
    assert shown(there.actor) == (0, 0)
    assert browser.get(base).status_code == 404
    with acting_as(COMMAND):
        grant(by=COMMAND, case_id=case.pk, parts=[Part.COURSE], ends_at=until, **said)
    assert shown(there.actor) == (1, 1)
    assert browser.get(base).status_code == 200
    with acting_as(there.actor):
        assert list(waiting_for(there.actor)) == [], "those of others are not ours to look after"


def shown(actor: Any) -> tuple[int, int]:
    with acting_as(actor):
        return Referral.objects.count(), apps.get_model("casework", "ReferralPast").objects.count()


def test_whoever_helps_without_holding_the_case_writes_a_referral_but_hands_nothing_on(
    here: Any, there: Any, case: Case
) -> None:
    said = {"basis": "urgent", "organisation": there.organisation, "reason": "支援会議"}
    with acting_as(COMMAND):
        grant(by=COMMAND, case_id=case.pk, parts=None, ends_at=clock.now() + dt.timedelta(days=1), **said)
    assert referred(there, case).waits
    with pytest.raises(NotAllowed):
        referred(there, case, parts=["basics"], basis="urgent", reason="急ぎ")


def test_whoever_helps_without_holding_the_case_changes_no_referral_and_is_offered_no_button_to(
    here: Any, there: Any, case: Case, client_of: Any
) -> None:
    """What was handed on, and why, is answered for where the case is held; an answer may be written down by helpers."""
    made = referred(here, case, parts=["basics"], basis="urgent", reason="夜に連絡がつかない")
    said = {"basis": "urgent", "organisation": there.organisation, "reason": "支援会議"}
    with acting_as(COMMAND):
        grant(by=COMMAND, case_id=case.pk, parts=[Part.COURSE], ends_at=clock.now() + dt.timedelta(days=1), **said)
    with acting_as(there.actor):
        with pytest.raises(NotAllowed):
            correct_referral(by=there.actor, referral=made, parts=[], handed="", basis="", reason="")
        with pytest.raises(NotAllowed):
            strike_referral(by=there.actor, referral=made)
    base = f"/cases/{case.number}/referrals/"
    url = f"{base}{made.pk}/"
    for house, offered, status in ((here, True, 200), (there, False, 404)):
        browser = client_of(house.staff)
        page = browser.get(base).content.decode()
        assert (f'href="{url}"' in page, f'href="{url}answer/"' in page) == (offered, True)
        assert browser.get(url).status_code == status
    assert browser.post(url, {"strike": "1", "seen": "0"}).status_code == 404
    with acting_as(here.actor):
        made.refresh_from_db()
    assert made.reason == "夜に連絡がつかない"


def test_whoever_helps_corrects_what_their_own_organisation_wrote_as_long_as_they_have_access(
    here: Any, there: Any, case: Case, client_of: Any
) -> None:
    """X-02: what handed anything on stays with those who hold the case, who correct the helpers' referrals, too."""
    said = {"basis": "urgent", "organisation": there.organisation, "reason": "支援会議", "parts": [Part.COURSE]}
    with acting_as(COMMAND):
        right = grant(by=COMMAND, case_id=case.pk, ends_at=clock.now() + dt.timedelta(days=1), **said)
    theirs, ours = referred(there, case, wish="見学"), referred(here, case)
    assert (theirs.introducer, ours.introducer) == (there.organisation, here.organisation)
    browser, base = client_of(there.staff), f"/cases/{case.number}/referrals/"
    url = f"{base}{theirs.pk}/"
    page = browser.get(base).content.decode()
    assert [f'href="{base}{one.pk}/"' in page for one in (theirs, ours)] == [True, False]
    form = browser.get(url).context["form"]
    assert not {"parts", "handed", "basis", "consent", "reason"} & form.fields.keys(), "they hand nothing on"
    sent = {"name": "家族会", "kind": "introduced", "on": theirs.on, "wish": "直した", "answer": "waiting"}
    seen = {"seen": form["seen"].value()}
    assert browser.post(url, sent | seen).status_code == 302
    late = browser.post(url, sent | seen | {"wish": "あとから"})
    assert (late.status_code, "直した" in late.content.decode()) == (422, True)
    with acting_as(here.actor):
        correct_referral(by=here.actor, referral=theirs, parts=["basics"], basis="urgent", reason="急ぎ")
    with acting_as(there.actor), pytest.raises(NotAllowed):
        correct_referral(by=there.actor, referral=theirs, parts=[], basis="", reason="")
    with acting_as(here.actor):
        correct_referral(by=here.actor, referral=theirs, parts=[])
    with acting_as(COMMAND):
        revoke(by=COMMAND, grant_id=right.pk)
    assert browser.get(url).status_code == 404
    assert shown(there.actor) == (0, 0), "the second wall"
    with acting_as(there.actor), pytest.raises(NotAllowed):
        strike_referral(by=there.actor, referral=theirs)
    with acting_as(COMMAND):
        grant(by=COMMAND, case_id=case.pk, ends_at=clock.now() + dt.timedelta(days=1), **said)
    seen = {"seen": browser.get(url).context["form"]["seen"].value()}
    assert browser.post(url, {"strike": "1"} | seen).status_code == 302
    assert shown(here.actor)[0] == 1


@pytest.mark.parametrize("said", ["handed = 'これまでの経過'", "reason = '急ぎ'", "parts = '{course}'"])
def test_postgresql_itself_lets_nothing_be_handed_on_without_parts_and_no_part_without_a_basis(
    here: Any, case: Case, said: str
) -> None:
    """X-02: whatever the application forgets to ask."""
    made = referred(here, case)
    with acting_as(here.actor), connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="referral_hands_on"), transaction.atomic():
            cursor.execute(f"UPDATE casework_referral SET {said} WHERE id = %s", [made.pk])  # noqa: S608 # of the table above
        cursor.execute("UPDATE casework_referral SET wish = 'x' WHERE id = %s", [made.pk])
        assert cursor.rowcount == 1, "the row is there, and only what is forbidden fails"


def test_the_consent_of_the_one_serves_for_nothing_about_their_family(
    here: Any, case: Case, consent: Consent, elsewhere: Organisation
) -> None:
    with acting_as(here.actor):
        mother = add_member(by=here.actor, case=case, as_="mother")
    on = {"basis": "consent", "consent": consent, "parts": ["course"], "organisation": elsewhere, "name": ""}
    assert referred(here, case, member=mother.pk, **on).consent == consent, "her own"
    with acting_as(COMMAND):
        Consent.objects.filter(pk=consent.pk).update(giver="self", giver_name="")
    with pytest.raises(NotPossible, match="家族のことは伝えられません"):
        referred(here, case, member=mother.pk, **on)
    assert referred(here, case, **on).consent == consent


def test_the_lead_is_reminded_once_of_an_answer_that_does_not_come_and_again_when_asked_to(
    here: Any, case: Case, another_pair: Any
) -> None:
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, lead=here.staff)
    today = clock.today()
    made = referred(here, case, check_on=today)
    referred(here, case, check_on=today + dt.timedelta(days=1))
    referred(here, case, check_on=today, answer="needless")
    with acting_as(KEEPER):
        assert [ask_after_referrals(), ask_after_referrals()] == [1, 0]
        told = Alert.objects.get(kind="casework.referral_waits")
    assert (told.staff, told.title) == (here.staff, f"ケース {case.number}：つなぎの返事を確かめる日です")
    with acting_as(here.actor):
        answer_referral(by=here.actor, referral=made, answer="waiting", check_on=today)
    with acting_as(KEEPER):
        assert ask_after_referrals() == 1
    with acting_as(here.actor):
        answer_referral(by=here.actor, referral=made, answer="taken")
    with acting_as(KEEPER):
        assert ask_after_referrals() == 0


@pytest.mark.parametrize(("days", "told"), [(1, "先の日付"), (-9, "つないだ日")])
def test_an_answer_comes_after_the_question_and_not_tomorrow(here: Any, case: Case, days: int, told: str) -> None:
    made = referred(here, case)
    on = clock.today() + dt.timedelta(days=days)
    with acting_as(here.actor), pytest.raises(NotPossible, match=told):
        answer_referral(by=here.actor, referral=made, answer="taken", answered_on=on)


def test_two_who_correct_a_referral_at_once_see_each_other_s_words(here: Any, case: Case, client_of: Any) -> None:
    made = referred(here, case, wish="前")
    browser, url = client_of(here.staff), f"/cases/{case.number}/referrals/{made.pk}/"
    form = browser.get(url).context["form"]
    seen = form["seen"].value()
    with acting_as(here.actor):
        correct_referral(by=here.actor, referral=made, wish="先に書いた")
    sent = {"name": "家族会", "kind": "introduced", "on": made.on, "wish": "あとから", "answer": "waiting"}
    late = browser.post(url, sent | {"seen": seen})
    page = late.content.decode()
    assert (late.status_code, "先に書いた" in page, "あとから" in page) == (422, True, True)
    now = late.context["form"]["seen"].value()
    assert browser.post(url, sent | {"seen": now}).status_code == 302
    with acting_as(here.actor):
        made.refresh_from_db()
        assert (made.wish, version_of(made)) == ("あとから", "2")
    assert browser.post(url, {"strike": "1", "seen": "2"}).status_code == 302
    assert shown(here.actor) == (0, 3)


def test_the_course_on_paper_says_to_whom_somebody_was_introduced_and_what_was_answered(here: Any, case: Case) -> None:
    """The national form 3; a case without any has no empty table."""
    with acting_as(here.actor):
        assert [section.title for section in course_paper(case).sections] == [""]
    made = referred(
        here, case, parts=["basics"], basis="urgent", reason="急ぎ", handed="経過の写し", contact_person="佐藤"
    )
    with acting_as(here.actor):
        answer_referral(by=here.actor, referral=made, answer="taken", answer_words="来週から")
        table = course_paper(case).sections[1]
    (row,) = table.rows
    assert row[1:3] == ("家族会\n佐藤", "紹介")
    assert ("基本" in row[3], "緊急" in row[3], "経過の写し" in row[3]) == (True, True, True)
    assert row[4].startswith("受けた")
    assert row[4].endswith("来週から")
