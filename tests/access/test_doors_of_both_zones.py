"""One table URL × cast, for every URL of both zones (house.md §4)."""

import os
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from psycopg._preparing import PrepareManager

from access import office, porch
from access.world import World
from cast import CAST, signed_in
from engawa.kernel.doors import door_of, every_view
from engawa.office.access.actors import KEEPER
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.models import Case

pytestmark = pytest.mark.django_db
Cast = dict[str, Staff]


@pytest.fixture
def planned_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each knock is rolled back, where psycopg forgets what it prepared: all would be planned anew for the next."""
    monkeypatch.setattr(PrepareManager, "_should_discard", lambda *_: False)
    connection.connection.prepared_max = 2_000
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")


def routes_of(zone: str) -> dict[str, URLPattern]:
    return dict(every_view(get_resolver(f"engawa.engine.urls_{zone}").url_patterns))


def test_every_url_of_the_office_stands_in_the_table() -> None:
    assert sorted(routes_of("office")) == sorted({*office.TABLE, *office.OPEN})


def test_every_url_of_the_porch_stands_in_the_table() -> None:
    assert sorted(routes_of("porch")) == sorted(porch.OPEN | porch.WITH_THE_KEY)


@pytest.mark.parametrize("zone", ["office", "porch"])
def test_every_view_has_a_door_with_a_note(zone: str) -> None:
    assert not [route for route, view in routes_of(zone).items() if not getattr(door_of(view.callback), "note", "")]


def test_open_doors_are_the_listed_ones_and_no_other() -> None:
    assert opened_in("office") == office.OPEN
    assert opened_in("porch") == set(routes_of("porch"))


def opened_in(zone: str) -> set[str]:
    doors = {route: door_of(view.callback) for route, view in routes_of(zone).items()}
    return {route for route, door in doors.items() if door and door.open}


def url_of(route: str, line: office.Line, world: World) -> str:
    """The route with the values of the world in place of its arguments."""
    fixed = {"number": 1, "claim": "claim", "take": "take", "csv": "csv", "xlsx": "xlsx", "pdf": "pdf"}
    for name, key in line.given.items():
        value = fixed[key] if key in fixed else world.values[key]
        start = route.index(f":{name}>")
        begin = route.rindex("<", 0, start)
        route = route[:begin] + str(value) + route[start + len(name) + 2 :]
    return "/" + route + line.query


def knock(browser: Client, method: str, url: str, case: Case | None = None) -> str:
    """What the door answers; whatever was written behind it is undone.

    With a case, also whether the page names it, or tells what is secret, and no reading of this case was noted.
    """
    browser.raise_request_exception = False
    with transaction.atomic():
        answer = browser.generic(method, url)
        silent = case is not None and method == "GET" and tells_of(answer, case) and not was_noted(case)
        transaction.set_rollback(True)
    return "in, without a note" if silent else said(answer)


def tells_of(answer: Any, case: Case) -> bool:
    page = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code == 200 and any(word.encode() in page for word in (case.number, "秘密"))


def was_noted(case: Case) -> bool:
    """Whether somebody read the case, or a list that named it; before the walk nobody has."""
    about = Q(case_id=case.pk) | Q(subject=case.number) | Q(detail__cases__contains=[case.number])
    with acting_as(KEEPER):
        return Entry.objects.filter(about, reading=True).exists()


def said(answer: Any) -> str:
    if answer.status_code == 404:
        return "nothing"
    if answer.status_code >= 500:
        return f"broken ({answer.status_code})"
    if answer.status_code == 405:
        return "wrong method"
    return "sign in" if answer.headers.get("Location", "").startswith("/sign-in/") else "in"


def who_knocks(line: office.Line) -> list[str]:
    """Everybody; where the run is repeated on another PostgreSQL, one who gets in and one who does not."""
    if not os.environ.get("ENGAWA_TEST_POSTGRES"):
        return list(CAST)
    inside, outside = ([name for name in CAST if (name in line.who) is asked] for asked in (True, False))
    return inside[:1] + outside[:1]


@pytest.mark.slow
@pytest.mark.every_page
@pytest.mark.usefixtures("planned_once")
def test_each_of_the_cast_gets_in_where_the_table_says_and_no_page_tells_of_a_case_without_a_note(
    cast: Cast, world: World
) -> None:
    """X-01: everybody else finds nothing; and whoever saw the case anywhere, in a list too, stands in the log."""
    browsers = {name: signed_in(staff) for name, staff in cast.items()}
    wrong = []
    for route, line in office.TABLE.items():
        url, case = url_of(route, line, world), None if route in office.OF_THE_LOG_OR_ONESELF else world.case
        for name in who_knocks(line):
            answer = knock(browsers[name], line.method, url, case)
            if answer != ("in" if name in line.who else "nothing"):
                wrong.append(f"{line.method} /{route} {name}: {answer}")
    assert not wrong, "\n".join(wrong)


def test_whoever_is_not_signed_in_is_led_to_sign_in_everywhere(world: World) -> None:
    wrong = []
    for route, line in office.TABLE.items():
        answer = knock(Client(), line.method, url_of(route, line, world))
        if answer != "sign in":
            wrong.append(f"{line.method} /{route}: {answer}")
    assert not wrong, "\n".join(wrong)


def test_whoever_gave_a_password_only_gets_nowhere_but_to_the_second_factor(cast: Cast, world: World) -> None:
    half = signed_in(cast["counsellor"], factor=False)
    wrong = []
    for route, line in office.TABLE.items():
        url = url_of(route, line, world)
        if url == reverse("access:second_factor") or not url.startswith("/me/") or url == reverse("access:me"):
            answer = half.generic(line.method, url)
            if url != reverse("access:second_factor") and answer.headers.get("Location") != "/second-factor/":
                wrong.append(f"{line.method} /{route}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
