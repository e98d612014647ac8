"""Organisations（機関）: founding, describing and closing them."""

from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from engawa.kernel import clock
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import memberships_on
from engawa.office.access.rules import Refused
from engawa.office.audit import actions as audit


class Description(TypedDict, total=False):
    """What can be said of an organisation."""

    name: str
    reading: str
    kind: str
    area_code: str


def demand_management(by: AnyActor) -> None:
    """Raise ``NotAllowed`` unless ``by`` manages staff and organisations."""
    if not by.may(Permission.ACCESS_STAFF_MANAGE):
        raise NotAllowed


@transaction.atomic
def found_organisation(*, by: AnyActor, **description: Unpack[Description]) -> Organisation:
    """Take a new organisation into the house."""
    demand_management(by)
    organisation = Organisation.objects.create(**description)
    audit.record(by=by, deed="access.found_organisation", subject=organisation.name)
    return organisation


@transaction.atomic
def describe_organisation(*, by: AnyActor, organisation: Organisation, **description: Unpack[Description]) -> None:
    """Correct name, reading, kind or area."""
    demand_management(by)
    Organisation.objects.filter(pk=organisation.pk).update(**description)
    audit.record(
        by=by,
        deed="access.describe_organisation",
        subject=organisation.name,
        detail={"organisation": _key(organisation.pk), "fields": sorted(description)},
    )


@transaction.atomic
def close_organisation(*, by: AnyActor, organisation: Organisation) -> None:
    """Let an organisation end today; its history stays.

    Raises:
        Refused: somebody still has a role in it.
    """
    demand_management(by)
    today = clock.today()
    if memberships_on(today).filter(organisation=organisation).exists():
        raise Refused("役割のある職員がいます。先に役割を終えてください。")
    organisation.ended_on = today
    organisation.save(update_fields=["ended_on"])
    audit.record(by=by, deed="access.close_organisation", subject=organisation.name)


def _key(organisation_id: UUID) -> str:
    return str(organisation_id)
