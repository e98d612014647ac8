"""What somebody changes in the log behind our back, with every right over the database, is found and told."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from engawa.engine.databases import OFFICE
from engawa.engine.doctor_of_office import check_walls
from engawa.engine.postgres.cluster import ADMIN
from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.audit import actions
from engawa.office.audit.queries import BrokenLink, broken_links


@pytest.fixture
def administrator(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test's connection is the database administrator's, who may switch off every guard; nothing of it stays."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        connection.close()  # what an earlier test has opened is not the administrator's
        patch.setitem(connection.settings_dict, "USER", ADMIN)
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        connection.close()


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize(
    ("tampering", "number", "problem"),
    [
        ("UPDATE audit_entry SET actor_name = 'nobody' WHERE subject = '2'", 2, "entry changed"),
        ("DELETE FROM audit_entry WHERE subject = '2'", 2, "entry gone"),
        ("DELETE FROM audit_seal WHERE number = 2", 3, "seal missing before"),
        (
            "DELETE FROM audit_seal WHERE number = 2; DELETE FROM audit_entry WHERE subject = '2'",
            3,
            "seal missing before",
        ),
    ],
    ids=["changed", "gone", "unsealed", "gone-with-its-seal"],
)
def test_tampering_is_found_and_told_by_the_doctor(tampering: str, number: int, problem: str) -> None:
    with connection.cursor() as cursor:
        for subject in "1234":
            actions.record(by=KEEPER, deed="test.deed", subject=subject)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(tampering)
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute(f"SET LOCAL ROLE {OFFICE.server}")
        cursor.execute("SELECT lane FROM audit_seal WHERE number = 1")
        (lane,) = cursor.fetchone() or (None,)
    with acting_as(KEEPER):
        assert BrokenLink(lane, number, problem) in broken_links()
    [told] = [finding for finding in check_walls() if not finding.well]
    assert (told.about, f"the chain is broken: {problem} (lane {lane}, number {number})" in told.words) == (
        "audit log",
        True,
    )
