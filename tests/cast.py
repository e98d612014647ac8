"""The fixed cast of every test (docs/words.md): staff with their roles, and the organisations they work in.

Each member is a ``Staff``; ``actor_of(staff)`` is the actor to act with, ``client_of(staff)`` a browser that has
signed in past both factors.
"""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Part:
    """Somebody of the cast: what they are called, where they work, and as what."""

    name: str
    reading: str
    organisation: str
    role: Role


ORGANISATIONS = {
    "desk_organisation": {
        "name": "ひきこもり相談センター",
        "reading": "ひきこもりそうだんせんたー",
        "kind": "entrusted",
        "area_code": "261009",
    },
    "ward": {"name": "北保健福祉センター", "reading": "きたほけんふくしせんたー", "kind": "ward_centre"},
    "other_ward": {"name": "南保健福祉センター", "reading": "みなみほけんふくしせんたー", "kind": "ward_centre"},
    "partner_agency": {"name": "若者サポート", "reading": "わかものさぽーと", "kind": "partner"},
    "city": {"name": "みやこ市役所", "reading": "みやこしやくしょ", "kind": "city"},
    "prefecture_office": {"name": "県庁", "reading": "けんちょう", "kind": "prefecture"},
}
CAST = {
    "counsellor": Part("相田 さくら", "あいだ さくら", "desk_organisation", Role.COUNSELLOR),
    "colleague": Part("井上 つばき", "いのうえ つばき", "desk_organisation", Role.COUNSELLOR),
    "supervisor": Part("上田 けやき", "うえだ けやき", "desk_organisation", Role.SUPERVISOR),
    "coordinator": Part("江口 かえで", "えぐち かえで", "ward", Role.COORDINATOR),
    "companion": Part("岡 なずな", "おか なずな", "ward", Role.COMPANION),
    "supporter": Part("加藤 つくし", "かとう つくし", "desk_organisation", Role.SUPPORTER),
    "stranger": Part("木下 すすき", "きのした すすき", "other_ward", Role.COUNSELLOR),
    "partner": Part("久保 あおい", "くぼ あおい", "partner_agency", Role.PARTNER),
    "manager": Part("小池 まつ", "こいけ まつ", "city", Role.MANAGER),
    "administrator": Part("佐野 ひのき", "さの ひのき", "city", Role.ADMINISTRATOR),
    "auditor": Part("島 うめ", "しま うめ", "city", Role.AUDITOR),
    "prefecture": Part("関 くすのき", "せき くすのき", "prefecture_office", Role.PREFECTURE),
}


def everybody() -> tuple[dict[str, Staff], dict[str, Organisation]]:
    """The whole cast and where they work, by name: for a world that stands for longer than one test."""
    places = {name: _organisation(name) for name in ORGANISATIONS}
    return {name: _member(name, places[part.organisation]) for name, part in CAST.items()}, places


def _organisation(name: str) -> Organisation:
    return Organisation.objects.create(**ORGANISATIONS[name])


def _member(name: str, organisation: Organisation) -> Staff:
    part = CAST[name]
    with acting_as(COMMAND):  # a test may have an actor already, and not everybody gives roles
        email = f"{part.role}-{Staff.objects.count()}@example.org"
        staff = Staff.objects.create(email=email, name=part.name, reading=part.reading)
        started = {"starts_on": dt.date(2020, 4, 1)}
        Membership.objects.create(staff=staff, organisation=organisation, role=part.role, **started)
    return staff


@pytest.fixture
def desk_organisation(db: None) -> Organisation:
    return _organisation("desk_organisation")


@pytest.fixture
def ward(db: None) -> Organisation:
    return _organisation("ward")


@pytest.fixture
def other_ward(db: None) -> Organisation:
    return _organisation("other_ward")


@pytest.fixture
def partner_agency(db: None) -> Organisation:
    return _organisation("partner_agency")


@pytest.fixture
def city(db: None) -> Organisation:
    return _organisation("city")


@pytest.fixture
def prefecture_office(db: None) -> Organisation:
    return _organisation("prefecture_office")


@pytest.fixture
def counsellor(desk_organisation: Organisation) -> Staff:
    return _member("counsellor", desk_organisation)


@pytest.fixture
def colleague(desk_organisation: Organisation) -> Staff:
    return _member("colleague", desk_organisation)


@pytest.fixture
def supervisor(desk_organisation: Organisation) -> Staff:
    return _member("supervisor", desk_organisation)


@pytest.fixture
def coordinator(ward: Organisation) -> Staff:
    return _member("coordinator", ward)


@pytest.fixture
def companion(ward: Organisation) -> Staff:
    return _member("companion", ward)


@pytest.fixture
def supporter(desk_organisation: Organisation) -> Staff:
    return _member("supporter", desk_organisation)


@pytest.fixture
def stranger(other_ward: Organisation) -> Staff:
    return _member("stranger", other_ward)


@pytest.fixture
def partner(partner_agency: Organisation) -> Staff:
    return _member("partner", partner_agency)


@pytest.fixture
def manager(city: Organisation) -> Staff:
    return _member("manager", city)


@pytest.fixture
def administrator(city: Organisation) -> Staff:
    return _member("administrator", city)


@pytest.fixture
def auditor(city: Organisation) -> Staff:
    return _member("auditor", city)


@pytest.fixture
def prefecture(prefecture_office: Organisation) -> Staff:
    return _member("prefecture", prefecture_office)


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
