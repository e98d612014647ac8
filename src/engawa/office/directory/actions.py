"""The only writers of desks, hours and resources. What is published is told to the porch in the same transaction."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from engawa.kernel.hours import Weekly
from engawa.office.access.actors import AnyActor
from engawa.office.access.models import Organisation
from engawa.office.audit.actions import record
from engawa.office.directory import letters
from engawa.office.directory.access import check_may_edit
from engawa.office.directory.models import ClosedDay, Desk, OpeningHours, Resource
from engawa.office.directory.rules import Fault, fault_in


class HoursRefused(Exception):
    """The hours cannot stand together; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def _note(by: AnyActor, deed: str, subject: Desk | Resource, **detail: object) -> None:
    record(by=by, deed=f"directory.{deed}", subject=str(subject), detail={"id": str(subject.pk), **detail})


@transaction.atomic
def open_desk(*, by: AnyActor, organisation: Organisation, details: Mapping[str, Any]) -> Desk:
    """Set up a new desk of an organisation, not yet published.

    Args:
        by: whoever sets it up.
        organisation: the body that runs the desk.
        details: field values, as ``DeskForm`` gives them.
    """
    check_may_edit(by, organisation.pk)
    desk = Desk.objects.create(**{**details, "organisation": organisation})
    _note(by, "open_desk", desk)
    return desk


@transaction.atomic
def edit_desk(*, by: AnyActor, desk: Desk, details: Mapping[str, Any]) -> None:
    """Change what a desk says of itself; published, the porch hears of it."""
    check_may_edit(by, desk.organisation_id)
    changed = _apply(desk, details)
    _note(by, "edit_desk", desk, fields=changed)
    _republish(desk)


@transaction.atomic
def set_hours(*, by: AnyActor, desk: Desk, hours: Sequence[Weekly]) -> None:
    """Replace all opening hours of a desk. What stood before remains readable in the audit log.

    Raises:
        HoursRefused: two lines overlap, or one ends before it begins.
    """
    check_may_edit(by, desk.organisation_id)
    if fault := fault_in(hours):
        raise HoursRefused(fault)
    _note(by, "set_hours", desk, before=_plain(desk.weekly()), after=_plain(hours))
    desk.hours.all().delete()
    OpeningHours.objects.bulk_create(OpeningHours(desk=desk, **vars(line)) for line in hours)
    _republish(desk)


@transaction.atomic
def close_day(*, by: AnyActor, desk: Desk, day: dt.date, reason: str = "") -> None:
    """Close a desk on one day in spite of its hours; a second time changes the reason."""
    check_may_edit(by, desk.organisation_id)
    ClosedDay.objects.update_or_create(desk=desk, day=day, defaults={"reason": reason})
    _note(by, "close_day", desk, day=day.isoformat())
    _republish(desk)


@transaction.atomic
def reopen_day(*, by: AnyActor, desk: Desk, day: dt.date) -> None:
    """Take a closed day back: the usual hours hold again."""
    check_may_edit(by, desk.organisation_id)
    desk.closed_days.filter(day=day).delete()
    _note(by, "reopen_day", desk, day=day.isoformat())
    _republish(desk)


@transaction.atomic
def publish_desk(*, by: AnyActor, desk: Desk) -> None:
    """Show a desk on the porch."""
    check_may_edit(by, desk.organisation_id)
    _apply(desk, {"published": True})
    _note(by, "publish_desk", desk)
    letters.tell_desk(desk)


@transaction.atomic
def withdraw_desk(*, by: AnyActor, desk: Desk) -> None:
    """Take a desk off the porch; talks that are going on there go on."""
    check_may_edit(by, desk.organisation_id)
    _apply(desk, {"published": False})
    _note(by, "withdraw_desk", desk)
    letters.tell_desk_withdrawn(desk)


@transaction.atomic
def add_resource(*, by: AnyActor, details: Mapping[str, Any]) -> Resource:
    """Add a resource of the community, not yet published."""
    _check_runner(by, details)
    resource = Resource.objects.create(**details)
    _note(by, "add_resource", resource)
    return resource


@transaction.atomic
def edit_resource(*, by: AnyActor, resource: Resource, details: Mapping[str, Any]) -> None:
    """Change what is said of a resource; published, the porch hears of it."""
    stored = Resource.objects.get(pk=resource.pk)
    check_may_edit(by, stored.organisation_id)
    _check_runner(by, details)
    changed = _apply(resource, details)
    _note(by, "edit_resource", resource, fields=changed)
    if resource.published:
        letters.tell_resource(resource)


@transaction.atomic
def publish_resource(*, by: AnyActor, resource: Resource) -> None:
    """Show a resource on the porch."""
    check_may_edit(by, resource.organisation_id)
    _apply(resource, {"published": True})
    _note(by, "publish_resource", resource)
    letters.tell_resource(resource)


@transaction.atomic
def withdraw_resource(*, by: AnyActor, resource: Resource) -> None:
    """Take a resource off the porch."""
    check_may_edit(by, resource.organisation_id)
    _apply(resource, {"published": False})
    _note(by, "withdraw_resource", resource)
    letters.tell_resource_withdrawn(resource)


def _check_runner(by: AnyActor, details: Mapping[str, Any]) -> None:
    runner: Organisation | None = details.get("organisation")
    check_may_edit(by, runner.pk if runner else None)


def _apply(row: Desk | Resource, values: Mapping[str, Any]) -> list[str]:
    """Store the values and name the fields."""
    for field, value in values.items():
        setattr(row, field, value)
    row.save(update_fields=list(values))
    return sorted(values)


def _republish(desk: Desk) -> None:
    if desk.published:
        letters.tell_desk(desk)


def _plain(lines: Sequence[Weekly]) -> list[list[uuid.UUID | int | str | None]]:
    return [
        [
            line.weekday,
            f"{line.opens:%H:%M}",
            f"{line.closes:%H:%M}",
            line.starts_on.isoformat() if line.starts_on else None,
            line.ends_on.isoformat() if line.ends_on else None,
        ]
        for line in lines
    ]
