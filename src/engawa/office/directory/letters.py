"""What the directory tells the porch: desks and resources as they stand on the noticeboard."""

from engawa.office.directory.models import Desk, Resource
from engawa.office.letterbox.actions import write_letter
from engawa.post.letters import (
    ClosedDay,
    DeskPublished,
    DeskWithdrawn,
    ResourcePublished,
    ResourceWithdrawn,
    Wording,
)


def tell_desk(desk: Desk) -> None:
    """Write the letter that puts the desk, as it stands now, on the noticeboard."""
    write_letter(
        DeskPublished(
            desk_id=desk.pk,
            position=desk.position,
            name=Wording(desk.name, desk.name_easy, desk.name_english),
            summary=Wording(desk.summary, desk.summary_easy, desk.summary_english),
            phone=desk.phone,
            email=desk.email,
            address=desk.address,
            areas=desk.areas,
            takes_talks=desk.takes_talks,
            hours=tuple(desk.weekly()),
            closed_days=tuple(ClosedDay(one.day, one.reason) for one in desk.closed_days.all()),
        )
    )


def tell_desk_withdrawn(desk: Desk) -> None:
    """Write the letter that takes the desk off the noticeboard."""
    write_letter(DeskWithdrawn(desk_id=desk.pk))


def tell_resource(resource: Resource) -> None:
    """Write the letter that puts the resource, as it stands now, on the noticeboard."""
    write_letter(
        ResourcePublished(
            resource_id=resource.pk,
            position=0,
            resource_kind=resource.kind,
            name=Wording(resource.name, resource.name_easy, resource.name_english),
            summary=Wording(resource.summary, resource.summary_easy, resource.summary_english),
            times=resource.times,
            where=resource.where,
            online=resource.online,
            organisation=resource.organisation.name if resource.organisation else "",
        )
    )


def tell_resource_withdrawn(resource: Resource) -> None:
    """Write the letter that takes the resource off the noticeboard."""
    write_letter(ResourceWithdrawn(resource_id=resource.pk))
