"""Tries are counted and codes remembered by all processes together, in a table without a readable key."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection, connections

from engawa.office.access import actions
from engawa.office.access.actors import COMMAND
from engawa.office.access.jobs import keep_house
from engawa.office.access.models import Remembered, Staff

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


def elsewhere(deed: Callable[[], bool]) -> bool:
    """Do it on another connection, as another process does."""
    try:
        return deed()
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_of_processes_that_use_a_code_at_once_one_gets_through() -> None:
    with ThreadPoolExecutor(8) as pool:
        firsts = list(pool.map(elsewhere, [lambda: cache.add("code 123456", "y", timeout=30)] * 16))
    assert firsts.count(True) == 1


def test_a_code_that_was_used_is_refused_and_cannot_be_read_in_the_table(counsellor: Staff) -> None:
    actions.equip(by=COMMAND, staff=counsellor, password="夜の川はきれいでした2026", totp_secret=SECRET)
    factor = TOTP(counsellor.authenticator_set.get(type="totp"))
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    assert factor.validate_code(code)
    assert not factor.validate_code(code)
    assert not [row for row in Remembered.objects.all() if code in row.key or str(counsellor.pk) in row.key]
    assert Remembered.objects.exists()


def test_what_is_kept_is_given_back_until_its_time_is_over() -> None:
    cache.set("tries", [1.5, 2.5], timeout=60)
    assert cache.get("tries") == [1.5, 2.5]
    assert cache.add("tries", [9.0], timeout=60) is False
    assert cache.touch("tries", timeout=-1)
    assert cache.get("tries", "none") == "none"
    assert cache.add("tries", [3.5], timeout=None) is True
    assert cache.get("tries") == [3.5]
    assert cache.delete("tries")
    assert not cache.delete("tries")


def test_what_is_over_is_swept() -> None:
    cache.set("old", 1, timeout=-1)
    cache.set("new", 1, timeout=60)
    keep_house()
    assert Remembered.objects.count() == 1


def test_values_are_read_as_data_and_never_run() -> None:
    cache.set("tries", [1], timeout=60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM access_remembered")
        assert cursor.fetchall() == [("[1]",)]
