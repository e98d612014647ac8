"""Signing in by two factors, lockout, signing off whoever has left, and giving back what they typed."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cast import signed_in
from engawa.office.access import actions
from engawa.office.access.actors import COMMAND, KEEPER, Actor
from engawa.office.access.models import Draft, KeptPost, Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry

pytestmark = pytest.mark.django_db
Browsers = Callable[[Staff], Client]
SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "夜の川はきれいでした2026"


@pytest.fixture(autouse=True)
def _forget_tries() -> None:
    cache.clear()


@pytest.fixture
def equipped(counsellor: Staff) -> Staff:
    """A counsellor with password and authenticator app."""
    actions.equip(by=COMMAND, staff=counsellor, password=PASSWORD, totp_secret=SECRET)
    return counsellor


def code_now() -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))


def give_password(client: Client, staff: Staff, password: str = PASSWORD, following: str = "/me/") -> tuple[int, str]:
    answer = client.post(reverse("account_login"), {"login": staff.email, "password": password, "next": following})
    return answer.status_code, answer.headers.get("Location", "")


def pass_time(client: Client, minutes: int) -> None:
    session = client.session
    session["engawa_seen_at"] = time.time() - minutes * 60
    session.save()


def test_password_and_code_open_the_door(client: Client, equipped: Staff) -> None:
    assert give_password(client, equipped)[1].startswith("/sign-in/factor/")
    assert client.get("/me/")["Location"].startswith("/sign-in/")
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert answer["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    with acting_as(KEEPER):
        assert Entry.objects.filter(deed="access.sign_in", actor=str(equipped.pk)).exists()


def test_other_devices_are_listed_and_signed_out_at_once(client: Client, counsellor: Staff) -> None:
    """A device that was left signed in somewhere is out with its next click."""
    actions.equip(by=COMMAND, staff=counsellor, password=PASSWORD, totp_secret=SECRET)
    forgotten = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile"})
    for browser in (forgotten, client):
        cache.clear()  # the same code may be used once; here both begin within its half minute
        give_password(browser, counsellor)
        assert browser.post(reverse("mfa_authenticate"), {"code": code_now()})["Location"] == "/me/"
        assert browser.get("/me/").status_code == 200
    assert "Android の Chrome" in client.get("/me/sessions/").content.decode()
    client.post("/me/sessions/")
    assert forgotten.get("/me/")["Location"].startswith("/sign-in/")
    assert client.get("/me/").status_code == 200
    assert "Android の Chrome" not in client.get("/me/sessions/").content.decode()


def test_a_wrong_code_opens_nothing(client: Client, equipped: Staff) -> None:
    give_password(client, equipped)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get("/me/").status_code == 302


def test_a_second_factor_that_fails_is_in_the_log(client: Client, equipped: Staff) -> None:
    give_password(client, equipped)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    with acting_as(KEEPER):
        entry = Entry.objects.get(deed="access.factor_failed")
    assert (entry.actor, entry.subject, entry.detail) == (str(equipped.pk), equipped.email, {"type": "totp"})


def test_secrets_of_factors_are_sealed_in_the_database_and_old_ones_at_night(client: Client, equipped: Staff) -> None:
    factor = equipped.authenticator_set.get(type="totp")
    assert SECRET not in str(factor.data)
    factor.data["secret"] = SECRET  # as it was kept before
    factor.save()
    assert actions.seal_factors() == 1
    assert actions.seal_factors() == 0
    factor.refresh_from_db()
    assert SECRET not in str(factor.data)
    give_password(client, equipped)
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()})["Location"] == "/me/"


def test_a_page_that_asks_by_itself_does_not_keep_anybody_signed_in(counsellor: Staff, client_of: Browsers) -> None:
    browser = client_of(counsellor)
    browser.get("/me/")
    pass_time(browser, 19)
    assert browser.post("/desk/presence/").status_code == 204
    assert browser.get("/alerts/bell/").status_code == 200
    pass_time(browser, 21)
    assert browser.post("/desk/presence/").status_code == 302
    browser = client_of(counsellor)
    pass_time(browser, 19)
    before = browser.session["engawa_seen_at"]
    browser.post("/desk/presence/")
    assert browser.session["engawa_seen_at"] == before
    browser.post("/me/here/")
    assert browser.session["engawa_seen_at"] > before


def test_looking_through_inbox_and_search_is_in_the_log_without_the_words(
    counsellor: Staff, client_of: Browsers
) -> None:
    browser = client_of(counsellor)
    browser.get("/desk/")
    browser.get("/search/?q=山田")
    browser.get("/search/?q=山", headers={"HX-Request": "true"})
    with acting_as(KEEPER):
        noted = [(e.deed, e.reading, e.detail) for e in Entry.objects.filter(reading=True).order_by("id")]
    assert noted == [("desk.read_inbox", True, {"cases": [], "talks": []}), ("home.search", True, {"cases": []})]


def test_whoever_has_no_factor_yet_is_led_to_set_one_up_before_anything_else(client: Client, counsellor: Staff) -> None:
    counsellor.set_password(PASSWORD)
    counsellor.save()
    give_password(client, counsellor)
    for path in ("/me/", "/staff/", "/alerts/"):
        assert client.get(path)["Location"] == "/second-factor/"
    assert "パスキー" in client.get("/second-factor/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_setting_up_the_app_counts_as_the_second_factor(client: Client, counsellor: Staff) -> None:
    counsellor.set_password(PASSWORD)
    counsellor.save()
    give_password(client, counsellor)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert client.get("/me/").status_code == 200


def test_a_session_that_never_showed_its_factor_cannot_touch_it(equipped: Staff) -> None:
    half = signed_in(equipped, factor=False)
    assert half.get(reverse("mfa_deactivate_totp"))["Location"].startswith("/sign-in/")
    assert half.get("/me/")["Location"].startswith("/sign-in/")


def test_five_wrong_passwords_close_the_way_in_for_a_while_and_say_so(client: Client, equipped: Staff) -> None:
    for _ in range(4):
        assert give_password(client, equipped, "違うことば")[0] == 200
    locked = client.post(reverse("account_login"), {"login": equipped.email, "password": "違うことば"})
    assert locked.status_code == 429
    assert "15分" in locked.content.decode()
    assert "システム管理者" in locked.content.decode()
    assert give_password(client, equipped)[0] == 429
    with acting_as(KEEPER):
        assert Entry.objects.filter(deed="access.locked_out").exists()


def test_a_lock_is_for_one_person_only(client: Client, equipped: Staff, colleague: Staff) -> None:
    for _ in range(5):
        give_password(client, equipped, "違うことば")
    actions.equip(by=COMMAND, staff=colleague, password=PASSWORD, totp_secret=SECRET)
    assert give_password(client, colleague)[0] == 302


def test_there_is_no_signing_up_and_no_reset_by_mail() -> None:
    for name in ("account_signup", "account_reset_password", "mfa_signup_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_whoever_is_stopped_is_out_with_the_next_click(
    counsellor: Staff, client_of: Browsers, administrator: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    browser = client_of(counsellor)
    assert browser.get("/me/").status_code == 200
    actions.deactivate(by=actor_of(administrator), staff=counsellor)
    assert browser.get("/me/")["Location"].startswith("/sign-in/")


def test_a_page_of_the_office_is_kept_by_no_browser(counsellor: Staff, client_of: Browsers) -> None:
    assert "no-store" in client_of(counsellor).get("/me/")["Cache-Control"]


def test_whoever_was_away_too_long_is_signed_off_and_led_back_to_the_same_page(
    counsellor: Staff, client_of: Browsers
) -> None:
    browser = client_of(counsellor)
    browser.get("/me/")
    pass_time(browser, 19)
    assert browser.get("/me/").status_code == 200
    pass_time(browser, 21)
    assert browser.get("/me/")["Location"] == "/sign-in/?next=/me/"


def send_after_hours(browser: Client) -> str:
    browser.get("/me/")
    pass_time(browser, 21)
    answer = browser.post("/me/", {"name": "相田", "reading": "あいだ", "persona": "こもれび"})
    return str(answer["Location"])


def test_002_what_is_sent_after_the_time_is_kept_and_given_back(counsellor: Staff, client_of: Browsers) -> None:
    location = send_after_hours(client_of(counsellor))
    with acting_as(KEEPER):
        kept = KeptPost.objects.get()
    assert location == f"/sign-in/?next=/me/kept/{kept.pk}/"
    again = client_of(counsellor)
    page = again.get(f"/me/kept/{kept.pk}/").content.decode()
    assert "こもれび" in page
    assert "<dt>相談での名のり</dt>" in page
    assert Staff.objects.get(pk=counsellor.pk).persona == ""
    answer = again.post("/me/", {"name": "相田", "reading": "あいだ", "persona": "こもれび", "_kept": str(kept.pk)})
    assert answer.status_code == 302
    assert Staff.objects.get(pk=counsellor.pk).persona == "こもれび"
    with acting_as(KEEPER):
        assert not KeptPost.objects.exists()


def test_what_another_tab_sends_after_signing_off_is_kept_too(counsellor: Staff, client_of: Browsers) -> None:
    browser = client_of(counsellor)
    browser.get("/me/")
    assert browser.post("/sign-off/").status_code == 204
    browser.post("/me/", {"name": "相田", "persona": "ふたつめのタブ"})
    with acting_as(KEEPER):
        assert KeptPost.objects.get().staff_id == counsellor.pk


def test_what_was_kept_belongs_to_its_writer_alone(
    counsellor: Staff, colleague: Staff, client_of: Browsers, actor_of: Callable[[Staff], Actor]
) -> None:
    send_after_hours(client_of(counsellor))
    with acting_as(KEEPER):
        kept = KeptPost.objects.get()
    assert client_of(colleague).get(f"/me/kept/{kept.pk}/").status_code == 404
    assert client_of(colleague).post(f"/me/kept/{kept.pk}/drop/").status_code == 404
    with acting_as(actor_of(colleague)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_keptpost")
        assert cursor.fetchone() == (0,)


def test_nothing_is_kept_from_somebody_who_never_sat_here(client: Client, counsellor: Staff) -> None:
    assert client.post("/me/", {"name": "x"})["Location"] == "/sign-in/?next=/"
    with acting_as(KEEPER):
        assert not KeptPost.objects.exists()


def test_a_fragment_that_comes_too_late_leads_the_whole_page_to_sign_in(counsellor: Staff, client_of: Browsers) -> None:
    browser = client_of(counsellor)
    browser.get("/me/")
    pass_time(browser, 21)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/staff/?q=a"}
    answer = browser.get("/alerts/bell/", headers=headers)
    assert answer["HX-Redirect"] == "/sign-in/?next=/staff/%3Fq%3Da"


def test_the_way_back_never_leads_to_another_house(client: Client) -> None:
    answer = client.post("/me/", {}, headers={"Referer": "https://evil.example/trap/"})
    assert answer["Location"] == "/sign-in/?next=/"


def test_a_draft_is_kept_given_back_and_dropped_when_the_form_is_saved(
    counsellor: Staff, colleague: Staff, client_of: Browsers
) -> None:
    browser = client_of(counsellor)
    draft = {"path": "/me/", "fields": {"persona": ["こもれ"]}}
    assert browser.post("/me/drafts/", draft, content_type="application/json").status_code == 204
    assert browser.get("/me/drafts/?path=/me/").json() == {"fields": {"persona": ["こもれ"]}}
    assert client_of(colleague).get("/me/drafts/?path=/me/").json() == {"fields": {}}
    browser.post("/me/", {"name": "相田", "_draft": "/me/"})
    assert browser.get("/me/drafts/?path=/me/").json() == {"fields": {}}


def test_a_draft_that_is_saved_without_being_signed_in_says_so(client: Client) -> None:
    answer = client.post("/me/drafts/", {"path": "/", "fields": {}}, content_type="application/json")
    assert answer.status_code == 401


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"path": 1, "fields": {}}', '{"path": "/", "fields": [1]}', "null"])
def test_a_broken_draft_is_refused(body: str, counsellor: Staff, client_of: Browsers) -> None:
    answer = client_of(counsellor).post("/me/drafts/", body, content_type="application/json")
    assert answer.status_code == 400


def test_drafts_nobody_came_back_to_are_forgotten(counsellor: Staff, actor_of: Callable[[Staff], Actor]) -> None:
    actions.keep_draft(by=actor_of(counsellor), path="/old/", fields={"a": ["b"]})
    assert actions.purge_drafts() == 0
    with acting_as(KEEPER), connection.cursor() as cursor:
        cursor.execute("UPDATE access_draft SET saved_at = saved_at - interval '31 days'")
    assert actions.purge_drafts() == 1
    with acting_as(KEEPER):
        assert not Draft.objects.exists()


def test_an_invitation_link_works_once_and_then_says_what_to_do(
    client: Client, administrator: Staff, counsellor: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    path = actions.renew_invitation(by=actor_of(administrator), staff=counsellor).path
    assert counsellor.name in client.get(path).content.decode()
    weak = client.post(path, {"new_password1": "short", "new_password2": "short"})
    assert weak.status_code == 422
    strong = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(path, strong)["Location"] == "/sign-in/"
    used = client.get(path)
    assert used.status_code == 410
    assert "システム管理者" in used.content.decode()
