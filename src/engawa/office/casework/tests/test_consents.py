"""Consent, sharing on it, withdrawing it, and the papers that were signed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actions import break_glass, grant
from engawa.office.access.actors import COMMAND, KEEPER, Actor, NotAllowed
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.parts import Part
from engawa.office.access.upstairs import case_called
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.audit.models import Entry
from engawa.office.casework.access import parts_of
from engawa.office.casework.cases.actions import offer_handover, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.consents import actions, queries
from engawa.office.casework.consents.models import Consent, ConsentText, Share
from engawa.office.casework.consents.rules import Given, check_covered
from engawa.office.casework.documents.actions import File, add_document
from engawa.office.casework.documents.models import Document, DocumentKind
from engawa.office.casework.timeline.sources import Wish, timeline_of

pytestmark = pytest.mark.django_db
Actors = Callable[[Staff], Actor]
Clients = Callable[[Staff], Client]
MONTH = dt.timedelta(days=30)


def words(**other: Any) -> dict[str, Any]:
    today = clock.today()
    said = {"giver": "family", "giver_name": "母", "way": "word", "given_on": today, "ends_on": today + 6 * MONTH}
    return said | {"purposes": ["introduction"], "parts": ["plans", "family"], "note": "見学だけなら"} | other


@pytest.fixture
def agreed(held: Case, counsellor: Staff, partner_agency: Organisation, actor_of: Actors) -> Consent:
    with acting_as(actor_of(counsellor)):
        text = next(text for text in queries.texts_of(held.organisation_id) if text.code == "sharing")
        return actions.record_consent(
            by=actor_of(counsellor), case=held, text=text, organisations=[partner_agency], agencies=["薬局"], **words()
        )


def terms(rests_on: Consent | None, **other: Any) -> dict[str, Any]:
    said = {"basis": "consent", "consent": rests_on, "parts": ["plans"], "ends_on": clock.today() + MONTH}
    return said | {"reason": "見学のため"} | other


@pytest.fixture
def shared(agreed: Consent, counsellor: Staff, partner_agency: Organisation, actor_of: Actors) -> Share:
    by = actor_of(counsellor)
    with acting_as(by):
        return actions.share_case(by=by, case=agreed.case, organisation=partner_agency, **terms(agreed))


def seen_by(staff: Staff, case: Case, actor_of: Actors) -> frozenset[Part]:
    with acting_as(actor_of(staff)):
        return parts_of(actor_of(staff), case)


def told(staff: Staff) -> list[str]:
    with acting_as(KEEPER):
        return list(Alert.objects.filter(staff=staff).values_list("kind", flat=True))


def test_a_consent_alone_shares_nothing(agreed: Consent, partner: Staff, actor_of: Actors) -> None:
    assert seen_by(partner, agreed.case, actor_of) == frozenset()


def test_what_is_shared_on_a_consent_shows_for_a_time_with_the_chosen_parts_only(
    partner: Staff, shared: Share, actor_of: Actors, client_of: Clients
) -> None:
    """000-14: sharing rests on a basis, and says which."""
    assert seen_by(partner, shared.case, actor_of) == {Part.BASICS, Part.PLANS}
    assert "casework.shared" in told(partner)
    page = client_of(partner).get(f"/cases/{shared.case.number}/").content.decode()
    assert "<li>同意<" in page
    assert "見学のため" in page
    assert client_of(partner).get(f"/cases/{shared.case.number}/consents/").status_code == 404


def test_withdrawing_a_consent_ends_what_rests_on_it_at_once(
    supervisor: Staff, shared: Share, agreed: Consent, partner: Staff, colleague: Staff, actor_of: Actors
) -> None:
    by = actor_of(colleague)
    with acting_as(by):
        actions.withdraw_consent(by=by, consent=agreed, on=clock.today(), way="chat", note="やっぱりやめたい")
    assert seen_by(partner, shared.case, actor_of) == frozenset()
    assert "casework.consent_withdrawn" in told(supervisor)
    with acting_as(by), pytest.raises(NotPossible, match="すでに取りやめ"):
        actions.withdraw_consent(by=by, consent=agreed, on=clock.today(), way="word")


TODAY = dt.date(2026, 7, 1)
HERE, THERE = uuid7(), uuid7()
GIVEN = Given(frozenset({"basics", "plans"}), frozenset({HERE}), dt.date(2026, 6, 1), dt.date(2026, 8, 31), None)


def test_the_course_tells_of_consents_to_those_who_see_the_whole_case(
    shared: Share, counsellor: Staff, partner: Staff, client_of: Clients, actor_of: Actors
) -> None:
    by, number = actor_of(counsellor), shared.case.number
    with acting_as(by):
        actions.withdraw_consent(by=by, consent=shared.consent, on=clock.today(), way="word", note="やめておきます")
        told = [moment.title for moment in timeline_of(by, shared.case, Wish(most=20, kind="consent"))]
    assert any(title.startswith("同意の取りやめ：") for title in told)
    assert any("家族・親族（口頭）" in title for title in told)
    page = client_of(counsellor).get(f"/cases/{number}/?kind=consent").content.decode()
    assert "やめておきます" in page
    with acting_as(KEEPER):
        Grant.objects.filter(pk=shared.grant_id).update(ends_at=clock.now() + MONTH, parts=["basics", "course"])
    page = client_of(partner).get(f"/cases/{number}/").content.decode()
    assert "やめておきます" not in page


@pytest.mark.parametrize(
    ("given", "asked", "message"),
    [
        (None, {}, "どの同意"),
        (GIVEN, {"organisation": THERE}, "その機関"),
        (GIVEN, {"parts": ["plans", "course"]}, "含まれていない範囲"),
        (GIVEN, {"ends_on": dt.date(2026, 9, 1)}, "2026-08-31 まで"),
        (GIVEN, {"today": dt.date(2026, 9, 1)}, "期間が過ぎている"),
        (Given(*list(vars(GIVEN).values())[:4], dt.date(2026, 7, 1)), {}, "取りやめられて"),
    ],
)
def test_nothing_is_shared_that_a_consent_does_not_cover(
    given: Given | None, asked: dict[str, Any], message: str
) -> None:
    """000-14."""
    plain = {"organisation": HERE, "parts": ["plans"], "ends_on": dt.date(2026, 8, 31), "today": TODAY}
    check_covered(GIVEN, **plain)
    with pytest.raises(NotPossible, match=message):
        check_covered(given, **plain | asked)


def test_a_colleague_who_does_not_lead_shares_nothing(
    agreed: Consent, colleague: Staff, partner_agency: Organisation, actor_of: Actors
) -> None:
    by = actor_of(colleague)
    with acting_as(by), pytest.raises(NotAllowed):
        actions.share_case(by=by, case=agreed.case, organisation=partner_agency, **terms(agreed))


def test_one_s_own_right_or_broken_glass_is_never_a_basis_to_share(
    agreed: Consent, supervisor: Staff, partner_agency: Organisation, actor_of: Actors
) -> None:
    by = actor_of(supervisor)
    for basis in ("own", "break_glass", "handover"):
        with acting_as(by), pytest.raises(NotAllowed):
            actions.share_case(by=by, case=agreed.case, organisation=partner_agency, **terms(agreed, basis=basis))


def test_sharing_ends_when_somebody_says_so(
    shared: Share, partner: Staff, client_of: Clients, counsellor: Staff, actor_of: Actors
) -> None:
    page = f"/cases/{shared.case.number}/consents/"
    assert "共有を終える" in client_of(counsellor).get(page).content.decode()
    client_of(counsellor).post(f"/cases/{shared.case.number}/rights/{shared.grant_id}/stop/")
    assert seen_by(partner, shared.case, actor_of) == frozenset()


def test_every_right_of_others_can_be_ended_on_the_page_whatever_it_rests_on_but_not_one_s_own(
    held: Case, partner: Staff, partner_agency: Organisation, ward: Organisation, stranger: Staff,
    client_of: Clients, counsellor: Staff, actor_of: Actors,
) -> None:  # fmt: skip
    """X-01."""
    with acting_as(COMMAND):
        said: dict[str, Any] = {"basis": "urgent", "reason": "命の危険がある", "ends_at": clock.now() + MONTH}
        urgent = grant(by=COMMAND, case_id=held.pk, organisation=partner_agency, **said)
        own = Grant.objects.get(case_id=held.pk, basis="own")
    named = case_called(held.number)
    assert named is not None
    with acting_as(actor_of(stranger)):
        glass = break_glass(by=actor_of(stranger), case=named, reason="命の危険がある", minutes=5)
    with acting_as(actor_of(counsellor)):
        offer_handover(by=actor_of(counsellor), case=held, taker=ward, package="引継ぎ")
    browser = client_of(counsellor)
    page = browser.get(f"/cases/{held.number}/consents/")
    assert {seer.grant.basis for seer in page.context["seers"] if seer.may_end} == {"urgent", "break_glass"}
    assert page.content.decode().count("見られるのを終える") == 2
    for right in (urgent, glass):
        assert browser.post(f"/cases/{held.number}/rights/{right.pk}/stop/").status_code == 302
    assert browser.post(f"/cases/{held.number}/rights/{own.pk}/stop/").status_code == 404
    assert seen_by(partner, held, actor_of) == seen_by(stranger, held, actor_of) == frozenset()
    with acting_as(KEEPER):
        assert Entry.objects.filter(deed="casework.end_right", case_id=held.pk).count() == 2


def test_consent_and_sharing_go_through_their_pages(
    held: Case, counsellor: Staff, partner: Staff, partner_agency: Organisation, client_of: Clients, actor_of: Actors
) -> None:
    browser, url = client_of(counsellor), f"/cases/{held.number}"
    form = browser.get(f"{url}/consents/new/").context["form"]
    sent = words(organisations=[str(partner_agency.pk)], agencies="薬局\n\n学校", key=uuid7())
    sent["text"] = str(form.fields["text"].queryset.get(code="sharing").pk)
    wrong = browser.post(f"{url}/consents/new/", sent | {"given_on": clock.today() + MONTH})
    assert wrong.status_code == 422
    assert "同意した日が先の日付です" in wrong.content.decode()
    assert "見学だけなら" in wrong.content.decode()
    assert browser.post(f"{url}/consents/new/", sent).status_code == 302
    assert browser.post(f"{url}/consents/new/", sent).status_code == 302  # pressed twice
    with acting_as(COMMAND):
        consent = Consent.objects.get()
    shown = browser.get(f"{url}/consents/").content.decode()
    assert "若者サポート、薬局、学校" in shown
    assert "つなぎ・同行" in shown
    asked = terms(None, organisation=str(partner_agency.pk), consent="")
    missing = browser.post(f"{url}/shares/new/", asked)
    assert missing.status_code == 422
    assert "どの同意によるのかを選んでください" in missing.content.decode()
    assert browser.post(f"{url}/shares/new/", asked | {"consent": str(consent.pk)}).status_code == 302
    assert seen_by(partner, held, actor_of) == {Part.BASICS, Part.PLANS}
    withdraw = f"{url}/consents/{consent.pk}/withdraw/"
    said = {"on": clock.today().isoformat(), "way": "word"}
    late = browser.post(withdraw, said | {"on": (clock.today() + MONTH).isoformat()})
    assert late.status_code == 422
    assert browser.post(withdraw, said).status_code == 302
    assert seen_by(partner, held, actor_of) == frozenset()
    assert "取りやめ" in browser.get(f"{url}/consents/").content.decode()


def test_a_changed_text_is_a_new_version_and_old_consents_keep_theirs(
    agreed: Consent, supervisor: Staff, client_of: Clients
) -> None:
    browser = client_of(supervisor)
    assert "ほかの機関に伝えることについて（第1版）" in browser.get("/cases/consent-texts/").content.decode()
    url = f"/cases/consent-texts/{agreed.text_id}/"
    organisation = str(agreed.case.organisation_id)
    assert browser.post(url, {"organisation": organisation, "title": "新しい題", "body": ""}).status_code == 422
    browser.post(url, {"organisation": organisation, "title": "新しい題", "body": "やさしいことば"})
    with acting_as(COMMAND):
        agreed.refresh_from_db()
        assert agreed.text.version == 1
        newest = {text.code: text for text in queries.texts_of(agreed.case.organisation_id)}
        assert (newest["sharing"].version, newest["sharing"].body) == (2, "やさしいことば")
        elsewhere = {text.code: text for text in queries.texts_of(uuid7())}
        assert elsewhere["sharing"].version == 1
        assert ConsentText.objects.filter(code="sharing").count() == 2


def test_those_who_answer_for_a_case_see_who_has_read_it_and_who_broke_the_glass(
    shared: Share, partner: Staff, supervisor: Staff, colleague: Staff, stranger: Staff, client_of: Clients,
    actor_of: Actors,
) -> None:  # fmt: skip
    case = shared.case
    client_of(partner).get(f"/cases/{case.number}/")
    named = case_called(case.number)
    assert named is not None
    with acting_as(actor_of(stranger)):
        break_glass(by=actor_of(stranger), case=named, reason="命の危険がある", minutes=5)
    client_of(stranger).get(f"/cases/{case.number}/")
    url = f"/cases/{case.number}/readers/"
    page = client_of(supervisor).get(url)
    seen = {(one.entry.actor_name, one.deed, one.through_glass) for one in page.context["seen"]}
    assert (partner.name, "ケースを読んだ", False) in seen
    assert (stranger.name, "ケースを読んだ", True) in seen
    assert client_of(colleague).get(url).status_code == 404
    assert client_of(partner).get(url).status_code == 404
    with acting_as(KEEPER):
        assert Entry.objects.filter(deed="casework.read_readers", actor=str(supervisor.pk)).exists()


@pytest.fixture
def signed(held: Case, counsellor: Staff, actor_of: Actors) -> Document:
    by, kind = actor_of(counsellor), DocumentKind.objects.order_by("position").first()
    with acting_as(by):
        file = File("douisho.txt", "同意します。母".encode())
        return add_document(by=by, case=held, file=file, title="同意書", kind=kind)


def test_a_consent_points_to_its_signed_paper_and_back(
    agreed: Consent, signed: Document, counsellor: Staff, client_of: Clients
) -> None:
    client, case = client_of(counsellor), f"/cases/{agreed.case.number}"
    client.post(f"{case}/consents/{agreed.pk}/paper/", {"paper": str(signed.pk)})
    assert f'href="{case}/documents/{signed.pk}/">同意書' in client.get(f"{case}/consents/").content.decode()
    assert agreed.name in client.get(f"{case}/documents/{signed.pk}/").content.decode()
    client.post(f"{case}/consents/{agreed.pk}/paper/", {"paper": ""})
    assert agreed.name not in client.get(f"{case}/documents/{signed.pk}/").content.decode()


def test_a_consent_is_written_down_together_with_its_paper(
    held: Case, signed: Document, counsellor: Staff, client_of: Clients
) -> None:
    client, page = client_of(counsellor), f"/cases/{held.number}/consents/new/"
    text = client.get(page).context["form"].fields["text"].queryset.first()
    said = words(parts=["plans"]) | {"text": text.pk, "way": "paper", "paper": str(signed.pk)}
    assert client.post(page, said).status_code == 302
    with acting_as(KEEPER):
        assert Consent.objects.get().paper == signed


def test_papers_of_other_cases_are_not_offered_and_not_taken(
    agreed: Consent, signed: Document, counsellor: Staff, actor_of: Actors, client_of: Clients
) -> None:
    by = actor_of(counsellor)
    with acting_as(by):
        other = open_case(by=by, desk=agreed.case.desk, requester="self")
        file = File("tegami.txt", "手紙".encode())
        foreign = add_document(by=by, case=other, file=file, title="手紙", kind=signed.kind)
    page = f"/cases/{agreed.case.number}/consents/{agreed.pk}/paper/"
    assert "手紙" not in client_of(counsellor).get(page).content.decode()
    refused = client_of(counsellor).post(page, {"paper": str(foreign.pk)})
    assert refused.status_code == 422
    with acting_as(by), pytest.raises(NotAllowed):
        actions.keep_paper(by=by, consent=agreed, paper=foreign)
    with acting_as(by):
        assert Consent.objects.get(pk=agreed.pk).paper is None


def test_whoever_sees_the_documents_alone_learns_of_no_consent(  # who shares, what, and with whom
    agreed: Consent,
    signed: Document,
    counsellor: Staff,
    partner: Staff,
    partner_agency: Organisation,
    actor_of: Actors,
    client_of: Clients,
) -> None:
    """X-01: the page does not tell, and the database does not know."""
    by = actor_of(counsellor)
    with acting_as(by):
        actions.keep_paper(by=by, consent=agreed, paper=signed)
        said = terms(None, basis="urgent", parts=["documents"])
        actions.share_case(by=by, case=agreed.case, organisation=partner_agency, **said)
    page = client_of(partner).get(f"/cases/{agreed.case.number}/documents/{signed.pk}/").content.decode()
    assert "同意書" in page
    assert agreed.name not in page
    with acting_as(actor_of(partner)):
        assert Document.objects.get(pk=signed.pk).title == "同意書"
        assert not Consent.objects.filter(paper=signed).exists()


@pytest.mark.parametrize("parts", ["{}", "{plans}"])
def test_postgresql_itself_shares_no_case_without_its_parts(shared: Share, parts: str) -> None:
    """X-01: what is shared names at least one part, the basics always among them; the whole case is said as such."""
    with acting_as(KEEPER), connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="grant_parts_with_basics"), transaction.atomic():
            cursor.execute("UPDATE access_grant SET parts = %s WHERE id = %s", [parts, shared.grant_id])
        cursor.execute("UPDATE access_grant SET parts = '{basics,plans}' WHERE id = %s", [shared.grant_id])
        assert cursor.rowcount == 1
