"""The audit log keeps what was written, and shows where it was tampered with."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from engawa.office.access.actors import KEEPER, Actor
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit import actions
from engawa.office.audit.models import Entry, Seal
from engawa.office.audit.queries import broken_links

pytestmark = pytest.mark.django_db


def seal_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def write_three() -> None:
    for number in range(3):
        actions.record(by=KEEPER, deed="test.deed", subject=f"E-2026-0000{number}", detail={"n": number})
    seal_now()


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET deed = ''", "DELETE FROM audit_entry"])
def test_a_written_entry_can_be_neither_changed_nor_removed(change: str) -> None:
    write_three()
    with (
        acting_as(KEEPER),
        pytest.raises(ProgrammingError, match=r"permission denied|append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_an_untouched_log_has_no_broken_link() -> None:
    write_three()
    with acting_as(KEEPER):
        assert broken_links() == []
        assert sorted(Seal.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_everybody_may_add_but_only_auditors_read_what_others_did(
    counsellor: Staff, auditor: Staff, colleague: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    with acting_as(actor_of(counsellor)):
        actions.record(by=actor_of(counsellor), deed="test.deed")
    seen = {}
    for staff in (counsellor, auditor, colleague):
        with acting_as(actor_of(staff)):
            seen[staff.name] = Entry.objects.count()
    assert seen == {counsellor.name: 1, auditor.name: 1, colleague.name: 0}


def test_readings_are_collected_until_the_page_is_made() -> None:
    with actions.noting() as readings:
        actions.note_reading(by=KEEPER, deed="test.read", subject="E-2026-00001")
        with acting_as(KEEPER):
            assert not Entry.objects.exists()
    actions.write_readings(readings)
    with acting_as(KEEPER):
        assert Entry.objects.get().reading
