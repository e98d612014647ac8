"""Who may edit which desk and which resource: staff with the permission, in the organisation that runs it."""

import uuid

from django.db.models import Q, QuerySet
from django.http import Http404

from engawa.office.access.actors import AnyActor, NotAllowed, SystemActor
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.directory.models import Desk, Resource

EDIT = Permission.DIRECTORY_DESK_EDIT


def check_may_edit(by: AnyActor, organisation_id: uuid.UUID | None) -> None:
    """Let pass only who may edit what this organisation runs; what nobody runs, every editor may edit.

    Raises:
        NotAllowed: the actor does not hold the permission there.
    """
    if isinstance(by, SystemActor):
        return
    allowed = by.may(EDIT) if organisation_id is None else organisation_id in by.organisations_with(EDIT)
    if not allowed:
        raise NotAllowed(EDIT)


def organisations_for(actor: AnyActor) -> QuerySet[Organisation]:
    """The organisations whose desks the actor may edit."""
    every = Organisation.objects.filter(ended_on__isnull=True)
    return every if isinstance(actor, SystemActor) else every.filter(pk__in=actor.organisations_with(EDIT))


def desks_for(actor: AnyActor) -> QuerySet[Desk]:
    """The desks the actor may edit."""
    return Desk.objects.filter(organisation__in=organisations_for(actor)).select_related("organisation")


def desk_for(actor: AnyActor, desk_id: uuid.UUID) -> Desk:
    """One desk the actor may edit, or not found."""
    desk = desks_for(actor).filter(pk=desk_id).first()
    if desk is None:
        raise Http404
    return desk


def resources_for(actor: AnyActor) -> QuerySet[Resource]:
    """The resources the actor may edit: those of the actor's organisations, and those that nobody here runs."""
    if not actor.may(EDIT):
        return Resource.objects.none()
    return Resource.objects.filter(Q(organisation__in=organisations_for(actor)) | Q(organisation=None))


def resource_for(actor: AnyActor, resource_id: uuid.UUID) -> Resource:
    """One resource the actor may edit, or not found."""
    resource = resources_for(actor).filter(pk=resource_id).first()
    if resource is None:
        raise Http404
    return resource
