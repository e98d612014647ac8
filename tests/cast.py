"""The fixed cast of every test (docs/words.md): staff with their roles, and the organisations they work in.

Each member is a ``Staff``; ``actor_of(staff)`` is the actor to act with, ``client_of(staff)`` a browser that has
signed in past both factors.
"""

import datetime as dt
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from engawa.office.access.actors import COMMAND, Actor
from engawa.office.access.models import Membership, Organisation, Staff
from engawa.office.access.permissions import Role
from engawa.office.access.queries import actor_of as _actor_of
from engawa.office.access.walls import acting_as

CAST = (
    "counsellor",
    "colleague",
    "supervisor",
    "coordinator",
    "companion",
    "supporter",
    "stranger",
    "partner",
    "manager",
    "administrator",
    "auditor",
    "prefecture",
)


@pytest.fixture
def desk_organisation(db: None) -> Organisation:
    return Organisation.objects.create(
        name="ひきこもり相談センター", reading="ひきこもりそうだんせんたー", kind="entrusted", area_code="261009"
    )


@pytest.fixture
def ward(db: None) -> Organisation:
    return Organisation.objects.create(
        name="北保健福祉センター", reading="きたほけんふくしせんたー", kind="ward_centre"
    )


@pytest.fixture
def other_ward(db: None) -> Organisation:
    return Organisation.objects.create(
        name="南保健福祉センター", reading="みなみほけんふくしせんたー", kind="ward_centre"
    )


@pytest.fixture
def partner_agency(db: None) -> Organisation:
    return Organisation.objects.create(name="若者サポート", reading="わかものさぽーと", kind="partner")


@pytest.fixture
def city(db: None) -> Organisation:
    return Organisation.objects.create(name="みやこ市役所", reading="みやこしやくしょ", kind="city")


@pytest.fixture
def prefecture_office(db: None) -> Organisation:
    return Organisation.objects.create(name="県庁", reading="けんちょう", kind="prefecture")


def _member(name: str, reading: str, organisation: Organisation, role: Role) -> Staff:
    with acting_as(COMMAND):  # a test may have an actor already, and not everybody gives roles
        staff = Staff.objects.create(email=f"{role}-{Staff.objects.count()}@example.org", name=name, reading=reading)
        Membership.objects.create(staff=staff, organisation=organisation, role=role, starts_on=dt.date(2020, 4, 1))
    return staff


@pytest.fixture
def counsellor(desk_organisation: Organisation) -> Staff:
    return _member("相田 さくら", "あいだ さくら", desk_organisation, Role.COUNSELLOR)


@pytest.fixture
def colleague(desk_organisation: Organisation) -> Staff:
    return _member("井上 つばき", "いのうえ つばき", desk_organisation, Role.COUNSELLOR)


@pytest.fixture
def supervisor(desk_organisation: Organisation) -> Staff:
    return _member("上田 けやき", "うえだ けやき", desk_organisation, Role.SUPERVISOR)


@pytest.fixture
def coordinator(ward: Organisation) -> Staff:
    return _member("江口 かえで", "えぐち かえで", ward, Role.COORDINATOR)


@pytest.fixture
def companion(ward: Organisation) -> Staff:
    return _member("岡 なずな", "おか なずな", ward, Role.COMPANION)


@pytest.fixture
def supporter(desk_organisation: Organisation) -> Staff:
    return _member("加藤 つくし", "かとう つくし", desk_organisation, Role.SUPPORTER)


@pytest.fixture
def stranger(other_ward: Organisation) -> Staff:
    return _member("木下 すすき", "きのした すすき", other_ward, Role.COUNSELLOR)


@pytest.fixture
def partner(partner_agency: Organisation) -> Staff:
    return _member("久保 あおい", "くぼ あおい", partner_agency, Role.PARTNER)


@pytest.fixture
def manager(city: Organisation) -> Staff:
    return _member("小池 まつ", "こいけ まつ", city, Role.MANAGER)


@pytest.fixture
def administrator(city: Organisation) -> Staff:
    return _member("佐野 ひのき", "さの ひのき", city, Role.ADMINISTRATOR)


@pytest.fixture
def auditor(city: Organisation) -> Staff:
    return _member("島 うめ", "しま うめ", city, Role.AUDITOR)


@pytest.fixture
def prefecture(prefecture_office: Organisation) -> Staff:
    return _member("関 くすのき", "せき くすのき", prefecture_office, Role.PREFECTURE)


@pytest.fixture
def actor_of(db: None) -> Callable[[Staff], Actor]:
    """The member of staff as an actor, with what their roles allow today."""
    return _actor_of


@pytest.fixture
def client_of(db: None) -> Callable[[Staff], Client]:
    """A browser in which the member of staff has signed in past both factors."""
    return signed_in


def signed_in(staff: Staff, *, factor: bool = True) -> Client:
    """A test client with a session of ``staff``, by password alone where ``factor`` is false."""
    session = SessionStore()
    session[SESSION_KEY] = str(staff.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    records = [{"method": "password", "at": time.time()}]
    if factor:
        records.append({"method": "mfa", "type": "totp", "at": time.time()})
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(staff.pk)
    session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
