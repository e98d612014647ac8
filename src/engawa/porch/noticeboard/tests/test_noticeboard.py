import datetime as dt
import uuid
from dataclasses import replace

import pytest

from engawa.kernel.clock import JAPAN
from engawa.kernel.hours import Weekly
from engawa.porch.noticeboard import queries
from engawa.porch.noticeboard.actions import pin
from engawa.porch.noticeboard.models import DeskNotice
from engawa.post.letters import (
    ClosedDay,
    DeskPublished,
    DeskWithdrawn,
    ExpectationPublished,
    OfficeKeyPublished,
    ResourcePublished,
    ResourceWithdrawn,
    SeatLeft,
    Unreadable,
    Wording,
)
from engawa.post.sealing import key_id_of, new_private_key, public_key_of

pytestmark = pytest.mark.django_db(databases=["porch"])
EVENING = dt.datetime(2026, 4, 1, 20, 30, tzinfo=JAPAN)  # a Wednesday
DESK = DeskPublished(
    desk_id=uuid.uuid4(),
    position=1,
    name=Wording("ひきこもり相談窓口", english="Desk"),
    summary=Wording("だれでも"),
    phone="075-000-0000",
    email="",
    address="",
    areas="みやこ市",
    takes_talks=True,
    hours=tuple(Weekly(day, dt.time(16), dt.time(21)) for day in range(1, 6)),
    closed_days=(ClosedDay(dt.date(2026, 4, 2), "点検"),),
)
RESOURCE = ResourcePublished(
    resource_id=uuid.uuid4(),
    position=1,
    resource_kind="place",
    name=Wording("居場所"),
    summary=Wording(""),
    times="",
    where="",
    online=True,
    organisation="",
)


def test_a_desk_stands_on_the_board_in_the_visitors_language_with_its_hours() -> None:
    """001-11: open until 21:00; out of hours the next opening is told, closed days are left out."""
    pin(DESK)
    (desk,) = queries.desks_for_talks(EVENING, "en")
    assert (desk.name, desk.summary, desk.is_open) == ("Desk", "だれでも", True)
    assert desk.open_until == EVENING.replace(hour=21, minute=0)
    (later,) = queries.desks(EVENING + dt.timedelta(hours=1))
    assert later.open_until is None
    assert later.opens_next
    assert later.opens_next.opens == dt.datetime(2026, 4, 3, 16, tzinfo=JAPAN)


def test_a_desk_published_again_replaces_its_notice_and_withdrawn_it_is_gone() -> None:
    pin(DESK)
    pin(replace(DESK, takes_talks=False))
    assert [desk.id for desk in queries.desks(EVENING)] == [DESK.desk_id]
    assert queries.desks_for_talks(EVENING) == []
    pin(DeskWithdrawn(desk_id=DESK.desk_id))
    pin(DeskWithdrawn(desk_id=DESK.desk_id))
    assert queries.desk(DESK.desk_id, EVENING) is None


def test_what_may_be_expected_is_told_while_it_is_fresh() -> None:
    pin(DESK)
    pin(ExpectationPublished(desk_id=DESK.desk_id, present=2, waiting=1, minutes=5, measured_at=EVENING))
    now, later = queries.desks(EVENING), queries.desks(EVENING + dt.timedelta(minutes=31))
    assert [(desk.present, desk.waiting, desk.minutes) for desk in now + later] == [(2, 1, 5), (None, None, None)]


def test_resources_come_in_their_order_by_kind_and_go() -> None:
    pin(RESOURCE)
    pin(replace(RESOURCE, resource_id=uuid.uuid4(), position=0, resource_kind="course"))
    assert [one.notice.resource_kind for one in queries.resources()] == ["course", "place"]
    assert [one.id for one in queries.resources(kind="place")] == [RESOURCE.resource_id]
    pin(ResourceWithdrawn(resource_id=RESOURCE.resource_id))
    assert queries.resource(RESOURCE.resource_id) is None


def test_words_are_sealed_to_the_key_published_last_also_when_an_old_one_comes_back() -> None:
    one, other = (public_key_of(new_private_key()) for _ in range(2))
    for key in (one, other, other, one):
        pin(OfficeKeyPublished(key_id=key_id_of(key), public_key=key))
        assert queries.office_key().key == key


def test_a_key_under_another_name_is_refused() -> None:
    with pytest.raises(Unreadable, match="name"):
        pin(OfficeKeyPublished(key_id="0000", public_key=public_key_of(new_private_key())))


def test_a_letter_that_is_no_notice_is_refused() -> None:
    with pytest.raises(Unreadable, match="seat-left"):
        pin(SeatLeft(seat_id=uuid.uuid4(), left_at=EVENING))


def test_a_notice_of_a_forgotten_version_is_left_out_and_the_rest_is_shown() -> None:
    DeskNotice.objects.create(id=uuid.uuid4(), position=0, letter=b'{"kind":"desk-published","version":0,"body":{}}')
    pin(DESK)
    assert len(queries.desks(EVENING)) == 1
