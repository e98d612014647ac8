"""Pages of staff, organisations, broken glass, the log and alerts, as the people who use them meet them."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from engawa.kernel.ids import uuid7
from engawa.office.access import actions
from engawa.office.access.actors import COMMAND, KEEPER, Actor
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.upstairs import NamedCase
from engawa.office.access.walls import acting_as
from engawa.office.alerts.actions import tell
from engawa.office.alerts.models import Alert
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.directory.models import Desk

pytestmark = pytest.mark.django_db
Browsers = Callable[[Staff], Client]


@pytest.fixture
def case(desk_organisation: Organisation) -> Case:
    desk = Desk.objects.create(name="窓口", organisation=desk_organisation)
    with acting_as(COMMAND):
        return open_case(by=COMMAND, desk=desk, requester="self", complaint="秘密の主訴")


def invite(browser: Client, ward: Organisation, email: str = "new@example.org") -> str:
    asked = {"email": email, "name": "新人", "reading": "しんじん", "organisation": ward.pk, "role": "companion"}
    return browser.post("/staff/invite/", asked, follow=True).content.decode()


def test_without_mail_the_way_in_is_shown_once(administrator: Staff, ward: Organisation, client_of: Browsers) -> None:
    page = invite(client_of(administrator), ward)
    assert "http://testserver/invitation/" in page
    assert not mail.outbox


def test_with_mail_the_way_in_is_sent_and_not_shown(
    administrator: Staff, ward: Organisation, client_of: Browsers, settings: LazySettings
) -> None:
    settings.MAIL = "smtp://localhost"
    page = invite(client_of(administrator), ward)
    assert "/invitation/" not in page
    assert "http://testserver/invitation/" in mail.outbox[0].body


def test_where_mail_does_not_go_the_way_in_is_shown_after_all(
    administrator: Staff, ward: Organisation, client_of: Browsers, settings: LazySettings
) -> None:
    settings.MAIL = "smtp://localhost"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    assert "http://testserver/invitation/" in invite(client_of(administrator), ward)


def test_an_address_is_invited_once_and_told_so_at_the_field(
    administrator: Staff, ward: Organisation, client_of: Browsers
) -> None:
    browser = client_of(administrator)
    invite(browser, ward)
    assert "このメールアドレスの職員はもういます" in invite(browser, ward, "NEW@example.org")
    assert Staff.objects.filter(email="new@example.org").count() == 1


def test_a_refusal_is_said_on_the_page_of_the_person(administrator: Staff, client_of: Browsers) -> None:
    browser = client_of(administrator)
    for deed in ("stop", "renew"):
        page = browser.post(f"/staff/{administrator.pk}/{deed}/", follow=True).content.decode()
        assert "自分の役割は自分では変えられません" in page


def test_a_role_is_given_and_ended_by_the_page(
    administrator: Staff, companion: Staff, desk_organisation: Organisation, client_of: Browsers
) -> None:
    browser = client_of(administrator)
    role = {"organisation": desk_organisation.pk, "role": "counsellor", "starts_on": "2026-04-01"}
    assert browser.post(f"/staff/{companion.pk}/role/", role).status_code == 302
    new = companion.memberships.get(role="counsellor")
    backwards = role | {"ends_on": "2026-03-31"}
    assert browser.post(f"/staff/{companion.pk}/role/", backwards).status_code == 422
    browser.post(f"/staff/roles/{new.pk}/end/")
    new.refresh_from_db()
    assert new.ends_on


def test_staff_are_found_by_reading_and_organisation(
    administrator: Staff, companion: Staff, counsellor: Staff, client_of: Browsers
) -> None:
    browser = client_of(administrator)
    assert companion.email in browser.get("/staff/?q=なずな").content.decode()
    found = browser.get("/staff/?q=北保健").content.decode()
    assert companion.email in found
    assert counsellor.email not in found


def test_an_organisation_is_founded_corrected_and_closed(administrator: Staff, client_of: Browsers) -> None:
    browser = client_of(administrator)
    told = {"name": "新しい会", "reading": "あたらしいかい", "kind": "partner", "area_code": ""}
    browser.post("/organisations/new/", told)
    new = Organisation.objects.get(name="新しい会")
    assert "この名称の機関はもうあります" in browser.post("/organisations/new/", told).content.decode()
    browser.post(f"/organisations/{new.pk}/", told | {"name": "よい会"})
    browser.post(f"/organisations/{new.pk}/close/")
    new.refresh_from_db()
    assert (new.name, new.ended_on is not None) == ("よい会", True)


def test_breaking_the_glass_leads_to_the_case_and_closing_it_shuts_the_door(
    stranger: Staff, case: Case, client_of: Browsers
) -> None:
    browser = client_of(stranger)
    assert browser.get(f"/cases/{case.number}/").status_code == 404
    asked = {"number": case.number, "reason": "自殺をほのめかす電話があった", "minutes": "30"}
    answer = browser.post("/glass/break/", asked)
    assert answer["Location"] == f"/cases/{case.number}/"
    assert "秘密の主訴" in browser.get(answer["Location"]).content.decode()
    page = browser.get("/glass/").content.decode()
    assert case.number in page
    with acting_as(KEEPER):
        glass = Grant.objects.get(basis="break_glass")
    browser.post(f"/glass/{glass.pk}/close/")
    assert browser.get(f"/cases/{case.number}/").status_code == 404


@pytest.mark.parametrize(("reason", "minutes"), [("", "30"), ("急ぎ", "30"), ("緊急の電話が来た", "61")])
def test_the_page_refuses_glass_without_reason_or_for_too_long_and_keeps_what_was_typed(
    reason: str, minutes: str, stranger: Staff, case: Case, client_of: Browsers
) -> None:
    asked = {"number": case.number, "reason": reason, "minutes": minutes}
    answer = client_of(stranger).post("/glass/break/", asked)
    assert answer.status_code == 422
    assert case.number in answer.content.decode()
    with acting_as(KEEPER):
        assert not Grant.objects.filter(basis="break_glass").exists()


def test_trying_numbers_that_are_not_there_is_written_down(stranger: Staff, client_of: Browsers) -> None:
    answer = client_of(stranger).post(
        "/glass/break/", {"number": "E-1999-00001", "reason": "ためしに見てみたい", "minutes": "5"}
    )
    assert "この番号のケースはありません" in answer.content.decode()
    with acting_as(KEEPER):
        assert Entry.objects.get(deed="access.break_glass_missed").subject == "E-1999-00001"


def test_supervisors_read_who_broke_the_glass_and_why_others_do_not(
    stranger: Staff, supervisor: Staff, coordinator: Staff, case: Case, client_of: Browsers,
    actor_of: Callable[[Staff], Actor],
) -> None:  # fmt: skip
    actions.break_glass(
        by=actor_of(stranger), case=NamedCase(case.pk, case.number), reason="いのちの電話から", minutes=5
    )
    assert "いのちの電話から" in client_of(supervisor).get("/glass/").content.decode()
    assert "いのちの電話から" not in client_of(coordinator).get("/glass/").content.decode()


def test_auditors_narrow_the_log_by_person_case_deed_and_period(
    auditor: Staff, counsellor: Staff, case: Case, client_of: Browsers
) -> None:
    client_of(counsellor).get(f"/cases/{case.number}/")
    browser = client_of(auditor)
    assert counsellor.name in browser.get(f"/audit/?about={case.number}").content.decode()
    assert counsellor.name in browser.get(f"/audit/?who={counsellor.name}").content.decode()
    assert "あてはまる記録はありません" in browser.get("/audit/?until=2020-01-01").content.decode()
    assert "あてはまる記録はありません" in browser.get("/audit/?deed=access.deactivate").content.decode()
    assert browser.get("/audit/?since=nonsense").status_code == 200
    with acting_as(KEEPER):
        assert Entry.objects.filter(deed="audit.read", actor=str(auditor.pk)).count() == 5


def test_the_log_turns_its_pages(auditor: Staff, client_of: Browsers) -> None:
    with acting_as(KEEPER):
        Entry.objects.bulk_create(
            Entry(actor="x", actor_name="人", reading=False, deed="test.deed", subject=f"s-{n:03}") for n in range(150)
        )
    browser = client_of(auditor)
    first = browser.get("/audit/?who=人").content.decode()
    older = first.split('href="?')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(f"/audit/?{older}").content.decode()
    shown = [[f"s-{n:03}" in page for page in (first, second)] for n in range(150)]
    assert all(sum(pages) == 1 for pages in shown)
    assert (sum(one for one, _ in shown), "もっと古い記録" in second) == (100, False)


def test_the_check_says_when_all_is_well_and_when_an_entry_has_no_seal(auditor: Staff, client_of: Browsers) -> None:
    assert "記録は書かれたままです" in client_of(auditor).get("/audit/check/").content.decode()
    with acting_as(KEEPER):
        Entry.objects.create(id=uuid7(), actor="x", actor_name="人", reading=False, deed="test.deed")
    assert "書き換えられた記録があります" in client_of(auditor).get("/audit/check/").content.decode()


def test_an_alert_is_read_by_following_it(
    counsellor: Staff, client_of: Browsers, actor_of: Callable[..., Actor]
) -> None:
    tell(staff=[counsellor], kind="access.glass_broken", path="/glass/", who="木下", number="E-2026-00001")
    browser = client_of(counsellor)
    assert "木下さんがE-2026-00001を緊急閲覧しています" in browser.get("/alerts/").content.decode()
    with acting_as(KEEPER):
        alert = Alert.objects.get()
    assert browser.post(f"/alerts/{alert.pk}/")["Location"] == "/glass/"
    with acting_as(KEEPER):
        assert Alert.objects.get().read_at


def test_all_alerts_are_read_at_once(counsellor: Staff, client_of: Browsers) -> None:
    for number in range(3):
        tell(staff=[counsellor], kind="access.glass_broken", who="木下", number=f"E-{number}")
    client_of(counsellor).post("/alerts/read/")
    with acting_as(KEEPER):
        assert not Alert.objects.filter(read_at=None).exists()


def test_an_unknown_kind_of_alert_is_refused(counsellor: Staff) -> None:
    with pytest.raises(LookupError, match=r"no\.such"):
        tell(staff=[counsellor], kind="no.such")
