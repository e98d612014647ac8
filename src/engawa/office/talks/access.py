"""Who may read and who may answer a talk: the first wall of talks. The second is in PostgreSQL."""

import uuid

from django.db.models import Q

from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import grants_for
from engawa.office.audit.actions import note_reading
from engawa.office.talks.models import Talk


def talk_for(actor: AnyActor, talk_id: uuid.UUID, *, noted: bool = True) -> Talk:
    """One talk to read: of a desk where the actor may read talks, or of a case that the actor may see.

    The reading is noted in the audit log, unless what is shown holds no word of the visitor (``noted=False``).

    Raises:
        NotAllowed: no such talk, or none that this actor may read: both look the same.
    """
    talk = Talk.objects.select_related("desk", "organisation", "claimed_by", "seat").filter(pk=talk_id).first()
    if talk is None or not may_read(actor, talk):
        raise NotAllowed
    if noted:
        note_reading(by=actor, deed="talks.read", subject=str(talk.pk), case_id=talk.case_id)
    return talk


def hears_desk(actor: Actor, organisation_id: str) -> bool:
    """Whether the actor hears what happens at the desks of the organisation."""
    return uuid.UUID(organisation_id) in actor.organisations_with(Permission.DESK_TALK_READ)


def hears_talk(actor: Actor, talk_id: str) -> bool:
    """Whether the actor hears what happens in the talk: whoever may read it does."""
    talk = Talk.objects.filter(pk=talk_id).first()
    return talk is not None and may_read(actor, talk)


def may_read(actor: AnyActor, talk: Talk) -> bool:
    """Whether the actor may read the talk."""
    return may(actor, Permission.DESK_TALK_READ, talk) or (
        isinstance(actor, Actor) and talk.case_id is not None and _sees_case(actor, talk.case_id)
    )


def may(actor: AnyActor, permission: Permission, talk: Talk) -> bool:
    """Whether the actor holds the permission where the talk is held."""
    return not isinstance(actor, Actor) or talk.organisation_id in actor.organisations_with(permission)


def check(actor: AnyActor, permission: Permission, talk: Talk) -> None:
    """Raise ``NotAllowed`` unless the actor holds the permission where the talk is held."""
    if not may(actor, permission, talk):
        raise NotAllowed(permission)


def _sees_case(actor: Actor, case_id: uuid.UUID) -> bool:
    course = Q(parts__isnull=True) | Q(parts__contains=[Part.COURSE])
    return grants_for(actor, Permission.CASEWORK_CASE_VIEW).filter(course, case_id=case_id).exists()
