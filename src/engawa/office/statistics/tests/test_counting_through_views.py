"""What statistics read: rows for the statistics actor alone, and no word of anybody."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from engawa.office.access.actors import COMMAND, COURIER, STATISTICS, AnyActor
from engawa.office.access.walls import acting_as
from engawa.office.casework.timeline.models import Contact

VIEWS = ["statistics_case", "statistics_contact", "statistics_state", "statistics_person"]
VIEWS += ["statistics_mark", "statistics_member", "statistics_plan", "statistics_evaluation"]
VIEWS += ["statistics_gathering", "statistics_sitting", "statistics_attendee", "statistics_attendance"]


def count(view: str, actor: AnyActor | None) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        if actor is None:
            cursor.execute(f"SELECT count(*) FROM {view}")  # noqa: S608 # our own word
            return int((cursor.fetchone() or (0,))[0])
        with acting_as(actor):
            return count(view, None)


@pytest.fixture
def one_case(put: Callable[..., None]) -> None:
    put("2020-09-01", contacts=(("2020-10-01", "phone", "self"),), states=(("2020-11-01", "closed"),))


@pytest.mark.usefixtures("one_case")
def test_the_statistics_actor_counts_what_is_there() -> None:
    assert [count(view, STATISTICS) for view in VIEWS] == [1, 1, 1, *[0] * 9]


def test_a_meeting_is_counted_where_the_person_or_their_family_was_in_it(put: Callable[..., None]) -> None:
    """Decision 21: a meeting among agencies or staff is no contact with anybody."""
    met = (
        ("coordination", "self"),
        ("support_meeting", "other"),
        ("agency_meeting", "family"),
        ("staff_meeting", "self"),
    )
    put("2020-09-01", contacts=tuple(("2020-10-01", *one) for one in (*met, ("phone", "other"))))
    assert count("statistics_contact", STATISTICS) == 3
    with acting_as(COMMAND):
        Contact.objects.filter(method="support_meeting").update(also_with=["family"])
    assert count("statistics_contact", STATISTICS) == 4


@pytest.mark.usefixtures("one_case")
@pytest.mark.parametrize("actor", [None, COMMAND, COURIER], ids=str)
def test_nobody_else_sees_a_row_through_the_views(actor: AnyActor | None) -> None:
    assert [count(view, actor) for view in VIEWS] == [0] * len(VIEWS)


@pytest.mark.django_db
@pytest.mark.parametrize("view", VIEWS)
def test_nobody_writes_through_the_views(view: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting_as(STATISTICS),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {view}")  # noqa: S608 # our own word


@pytest.mark.django_db
def test_no_name_and_no_word_of_anybody_is_in_the_views() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = ANY (%s)", [VIEWS])
        columns = {name for (name,) in cursor.fetchall()}
    words = {"name", "reading", "nickname", "phone", "address", "handle", "number", "complaint", "content", "note"}
    assert columns
    assert not columns & (words | {"notes"})
