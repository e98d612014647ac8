"""Desks, hours and resources: who may change them, what is audited, what the porch is told."""

import datetime as dt
from collections.abc import Callable

import pytest

from engawa.kernel.hours import Weekly
from engawa.office.access.actors import COMMAND, Actor, NotAllowed
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.directory import actions
from engawa.office.directory.models import Desk, Resource
from engawa.office.directory.rules import Fault
from engawa.post.letters import (
    ClosedDay,
    DeskPublished,
    DeskWithdrawn,
    Letter,
    ResourcePublished,
    ResourceWithdrawn,
)

pytestmark = pytest.mark.django_db
Told = Callable[[], list[Letter]]
MONDAY_EVENING = Weekly(1, dt.time(16), dt.time(21))


def test_an_unpublished_desk_tells_the_porch_nothing(keeper: Actor, desk: Desk, letters_told: Told) -> None:
    actions.edit_desk(by=keeper, desk=desk, details={"phone": "075-111-1111"})
    actions.set_hours(by=keeper, desk=desk, hours=[MONDAY_EVENING])
    assert letters_told() == []


def test_a_published_desk_is_told_whole_with_hours_and_closed_days(
    keeper: Actor, desk: Desk, letters_told: Told
) -> None:
    """001-11: hours 16:00–21:00 reach the visitors' pages."""
    actions.set_hours(by=keeper, desk=desk, hours=[MONDAY_EVENING])
    actions.close_day(by=keeper, desk=desk, day=dt.date(2026, 12, 28), reason="年末")
    actions.publish_desk(by=keeper, desk=desk)
    (letter,) = letters_told()
    assert isinstance(letter, DeskPublished)
    assert (letter.desk_id, letter.name.in_language("en")) == (desk.pk, "Yorisoi desk")
    assert letter.hours == (MONDAY_EVENING,)
    assert letter.closed_days == (ClosedDay(dt.date(2026, 12, 28), "年末"),)


def test_each_change_of_a_published_desk_is_told_at_once(keeper: Actor, desk: Desk, letters_told: Told) -> None:
    actions.publish_desk(by=keeper, desk=desk)
    actions.edit_desk(by=keeper, desk=desk, details={"takes_talks": True})
    actions.close_day(by=keeper, desk=desk, day=dt.date(2026, 12, 28))
    actions.reopen_day(by=keeper, desk=desk, day=dt.date(2026, 12, 28))
    actions.withdraw_desk(by=keeper, desk=desk)
    *published, withdrawn = letters_told()
    assert [len(letter.closed_days) for letter in published if isinstance(letter, DeskPublished)] == [0, 0, 1, 0]
    assert withdrawn == DeskWithdrawn(desk_id=desk.pk)


def test_new_hours_replace_the_old_and_the_log_keeps_both(keeper: Actor, desk: Desk) -> None:
    actions.set_hours(by=keeper, desk=desk, hours=[MONDAY_EVENING])
    actions.set_hours(by=keeper, desk=desk, hours=[Weekly(2, dt.time(9), dt.time(17))])
    assert desk.weekly() == [Weekly(2, dt.time(9), dt.time(17))]
    with acting_as(COMMAND):
        entry = Entry.objects.filter(deed="directory.set_hours").latest("id")
    assert (entry.actor, entry.subject) == (keeper.key, desk.name)
    assert entry.detail["before"] == [[1, "16:00", "21:00", None, None]]


def test_hours_that_overlap_are_refused_and_nothing_changes(keeper: Actor, desk: Desk) -> None:
    actions.set_hours(by=keeper, desk=desk, hours=[MONDAY_EVENING])
    with pytest.raises(actions.HoursRefused) as refused:
        actions.set_hours(by=keeper, desk=desk, hours=[MONDAY_EVENING, Weekly(1, dt.time(20), dt.time(22))])
    assert refused.value.fault == Fault.OVERLAP
    assert desk.weekly() == [MONDAY_EVENING]


def test_a_day_closed_twice_is_closed_once_with_the_later_reason(keeper: Actor, desk: Desk) -> None:
    for reason in ("", "施設点検"):
        actions.close_day(by=keeper, desk=desk, day=dt.date(2026, 12, 28), reason=reason)
    assert [one.reason for one in desk.closed_days.all()] == ["施設点検"]


@pytest.mark.parametrize("who", ["counsellor", "stranger", "companion", "manager"])
def test_others_may_not_touch_a_desk(
    who: str, desk: Desk, actor_of: Callable[[Staff], Actor], request: pytest.FixtureRequest
) -> None:
    """A manager of another organisation holds the permission, but not here."""
    actor = actor_of(request.getfixturevalue(who))
    for deed in (
        lambda: actions.edit_desk(by=actor, desk=desk, details={"phone": ""}),
        lambda: actions.set_hours(by=actor, desk=desk, hours=[]),
        lambda: actions.close_day(by=actor, desk=desk, day=dt.date(2026, 12, 28)),
        lambda: actions.reopen_day(by=actor, desk=desk, day=dt.date(2026, 12, 28)),
        lambda: actions.publish_desk(by=actor, desk=desk),
        lambda: actions.withdraw_desk(by=actor, desk=desk),
        lambda: actions.open_desk(by=actor, organisation=desk.organisation, details={"name": "別"}),
        lambda: actions.add_resource(by=actor, details={"name": "別", "organisation": desk.organisation}),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_a_resource_is_told_when_published_changed_and_withdrawn(
    keeper: Actor, desk_organisation: Organisation, letters_told: Told
) -> None:
    details = {"kind": Resource.Kind.PLACE, "name": "月あかり", "online": True, "organisation": desk_organisation}
    resource = actions.add_resource(by=keeper, details=details)
    assert letters_told() == []
    actions.publish_resource(by=keeper, resource=resource)
    actions.edit_resource(by=keeper, resource=resource, details={**details, "times": "木曜 20–22時"})
    actions.withdraw_resource(by=keeper, resource=resource)
    first, second, last = letters_told()
    assert isinstance(first, ResourcePublished)
    assert isinstance(second, ResourcePublished)
    assert (first.times, second.times) == ("", "木曜 20–22時")
    assert (first.resource_kind, first.organisation) == ("place", desk_organisation.name)
    assert last == ResourceWithdrawn(resource_id=resource.pk)


def test_a_resource_cannot_be_moved_to_or_from_a_body_of_others(
    keeper: Actor, ward: Organisation, desk_organisation: Organisation
) -> None:
    theirs = actions.add_resource(by=COMMAND, details={"kind": "place", "name": "あ", "organisation": ward})
    mine = {"kind": "place", "name": "い", "organisation": desk_organisation}
    with pytest.raises(NotAllowed):
        actions.edit_resource(by=keeper, resource=theirs, details=mine)
    own = actions.add_resource(by=keeper, details=mine)
    with pytest.raises(NotAllowed):
        actions.edit_resource(by=keeper, resource=own, details={**mine, "organisation": ward})
