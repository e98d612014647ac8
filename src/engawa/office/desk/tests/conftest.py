"""What tests of promised calls and meetings share: ten to seven in the evening, a case, a promise."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.timeline.models import Contact
from engawa.office.desk.models import Appointment
from engawa.office.directory.models import Desk

EVENING = dt.datetime(2025, 11, 25, 18, 50, tzinfo=clock.JAPAN)
TODAY = "2025-11-25"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def at_ten_to_seven() -> Iterator[None]:
    with clock.standing_at(EVENING):
        yield


@pytest.fixture
def at_the_desk(counsellor: Staff, client_of: Callable[[Staff], Client]) -> Client:
    return client_of(counsellor)


@pytest.fixture
def beside(colleague: Staff, client_of: Callable[[Staff], Client]) -> Client:
    return client_of(colleague)


@pytest.fixture
def case(desk: Desk) -> Case:
    with acting_as(COMMAND):
        return open_case(by=COMMAND, desk=desk, requester="family", name="青葉 ひなげし", phone="075-000-0000")


@pytest.fixture
def promised(desk_organisation: Organisation, colleague: Staff) -> Callable[..., Appointment]:
    """A colleague has promised to call back, half past seven or later."""

    def make(**fields: Any) -> Appointment:
        plain = {"handle": "母", "phone": "090-1111-2222", "promised_at": EVENING, "promised_by": colleague}
        times = {"starts_at": at(19, 30), "ends_at": at(23, 59)}
        with acting_as(COMMAND):
            return Appointment.objects.create(**{"organisation": desk_organisation, **plain, **times, **fields})

    return make


def at(hour: int, minute: int = 0, days: int = 0) -> dt.datetime:
    return EVENING.replace(hour=hour, minute=minute) + dt.timedelta(days=days)


def url(one: Appointment, rest: str = "") -> str:
    return f"/desk/appointments/{one.pk}/{rest}"


def only() -> Appointment:
    with acting_as(COMMAND):
        return Appointment.objects.select_related("case", "promised_by", "claimed_by").get()


def contacts() -> list[Contact]:
    with acting_as(COMMAND):
        return list(Contact.objects.all())


def form(**fields: str) -> dict[str, str]:
    said = {"kind": "call_back", "on": TODAY, "starts": "19:30", "ends": "", "counterpart": "family", "handle": "母"}
    return said | {"phone": "090-1111-2222", "place": "", "note": "仕事が終わってから"} | fields


@pytest.fixture
def here(desk_organisation: Organisation) -> dict[str, str]:
    return {"organisation": str(desk_organisation.pk)}
