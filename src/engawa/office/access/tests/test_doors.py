"""Who gets through the doors of the office, and what happens behind them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import InternalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from cast import signed_in
from engawa.engine.urls_office import urlpatterns as office
from engawa.kernel.doors import DoorsMiddleware, open_page
from engawa.office.access.actors import KEEPER, NotAllowed
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.audit import actions as audit
from engawa.office.audit.models import Entry

pytestmark = pytest.mark.django_db


@staff_page()
def who(request: StaffRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('engawa.actor')")
        (actor,) = cursor.fetchone() or ("",)
    return HttpResponse(actor)


@staff_page(Permission.AUDIT_LOG_READ)
def for_auditors(request: StaffRequest) -> HttpResponse:
    return HttpResponse("log")


@staff_page()
def refused_later(request: StaffRequest) -> HttpResponse:
    Organisation.objects.create(name="途中まで")
    raise NotAllowed


@staff_page()
def writing(request: StaffRequest) -> HttpResponse:
    Organisation.objects.create(name="書いた")
    return HttpResponse("written")


@staff_page()
def reading(request: StaffRequest) -> HttpResponse:
    audit.note_reading(by=request.actor, deed="test.read", subject="E-2026-00001")
    return HttpResponse("read")


@open_page("a test")
def for_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("undeclared")


urlpatterns = [
    *office,
    path("who/", who),
    path("log/", for_auditors),
    path("later/", refused_later),
    path("write/", writing),
    path("read/", reading),
    path("all/", for_all),
]


class Forgotten:
    urlpatterns = [path("undeclared/", forgotten)]


here = pytest.mark.urls(__name__)
Browsers = Callable[[Staff], Client]


@here
@pytest.mark.django_db(transaction=True)
def test_what_pages_ask_again_and_again_is_planned_once(counsellor: Staff, client_of: Browsers) -> None:
    for _ in range(6):
        client_of(counsellor).get("/who/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%access_membership%%'")
        assert cursor.fetchone() == (1,)


@here
def test_an_open_page_needs_nobody(client: Client) -> None:
    assert client.get("/all/").content == b"open"


@here
def test_whoever_is_not_signed_in_is_led_to_sign_in_and_back(client: Client) -> None:
    answer = client.get("/who/?a=1")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/who/%3Fa%3D1")


@here
def test_a_password_alone_leads_to_the_second_factor(counsellor: Staff) -> None:
    answer = signed_in(counsellor, factor=False).get("/who/")
    assert (answer.status_code, answer["Location"]) == (302, "/second-factor/")


@here
def test_behind_the_door_the_second_wall_knows_the_actor(counsellor: Staff, client_of: Browsers) -> None:
    assert client_of(counsellor).get("/who/").content.decode() == str(counsellor.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('engawa.actor', true), '')")
        assert cursor.fetchone() == ("",)


@here
def test_a_page_one_may_not_see_looks_like_one_that_is_not_there(
    counsellor: Staff, auditor: Staff, client_of: Browsers
) -> None:
    forbidden = client_of(counsellor).get("/log/")
    missing = client_of(counsellor).get("/no-such-page/")
    assert forbidden.status_code == missing.status_code == 404
    assert forbidden.content == missing.content
    assert client_of(auditor).get("/log/").status_code == 200


@here
def test_a_refusal_halfway_undoes_what_was_done(counsellor: Staff, client_of: Browsers) -> None:
    assert client_of(counsellor).post("/later/").status_code == 404
    assert not Organisation.objects.filter(name="途中まで").exists()


@here
def test_posting_writes_but_getting_cannot(counsellor: Staff, client_of: Browsers) -> None:
    with pytest.raises(InternalError, match="read-only"):
        client_of(counsellor).get("/write/")
    assert client_of(counsellor).post("/write/").status_code == 200
    assert Organisation.objects.filter(name="書いた").exists()


@here
def test_what_a_page_read_is_in_the_log_before_it_leaves(counsellor: Staff, client_of: Browsers) -> None:
    assert client_of(counsellor).get("/read/").status_code == 200
    with acting_as(KEEPER):
        entry = Entry.objects.get()
    assert (entry.actor, entry.reading, entry.subject) == (str(counsellor.id), True, "E-2026-00001")


@here
def test_a_page_whose_reading_cannot_be_logged_does_not_leave(
    counsellor: Staff, client_of: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(entries: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(audit, "write_readings", fail)
    with pytest.raises(OSError, match="disk full"):
        client_of(counsellor).get("/read/")


def test_a_zone_with_an_undeclared_view_does_not_start() -> None:
    with (
        override_settings(ROOT_URLCONF=Forgotten),
        pytest.raises(ImproperlyConfigured, match="undeclared/"),
    ):
        DoorsMiddleware(lambda _request: HttpResponse())
