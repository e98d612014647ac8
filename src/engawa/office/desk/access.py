"""Who sees and who keeps an appointment: with a case, whoever works on it; without one, the desk that promised.

The first wall; the second is in PostgreSQL (``migrations/0002``).
"""

import uuid

from django.db.models import Q, QuerySet

from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.access.models import Organisation
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import note_reading
from engawa.office.casework.access import may as may_in_case
from engawa.office.desk.models import Appointment

_RELATED = ("case__person", "case__organisation", "organisation", "talk", "claimed_by", "promised_by", "settled_by")


def appointments_at_my_desks(actor: Actor) -> QuerySet[Appointment]:
    """The appointments of the actor's organisations: with a case, the organisation is the one that holds it now."""
    mine = Q(case__isnull=True, organisation_id__in=actor.organisations_with(Permission.DESK_TALK_READ)) | Q(
        case__organisation_id__in=actor.organisations_with(Permission.CASEWORK_CASE_VIEW)
    )
    return Appointment.objects.filter(mine).select_related(*_RELATED)


def appointment_for(actor: Actor, pk: uuid.UUID, *, noted: bool = True) -> Appointment:
    """One appointment to read; the reading is noted unless the same page only asks again (``noted=False``).

    Raises:
        NotAllowed: no such appointment, or none that this actor may see: both look the same.
    """
    found = Appointment.objects.select_related(*_RELATED).filter(pk=pk).first()
    if found is None or not may_see(actor, found):
        raise NotAllowed
    if noted:
        note_reading(by=actor, deed="desk.read_appointment", subject=str(found.pk), case_id=found.case_id)
    return found


def appointment_to_keep(actor: Actor, pk: uuid.UUID) -> Appointment:
    """One appointment to work on.

    Raises:
        NotAllowed: the same as ``appointment_for``, or the actor only reads it.
    """
    found = appointment_for(actor, pk)
    if not may_keep(actor, found):
        raise NotAllowed
    return found


def may_see(actor: Actor, appointment: Appointment) -> bool:
    """Whether the actor may read the appointment."""
    return _may(actor, appointment, Permission.CASEWORK_CASE_VIEW, Permission.DESK_TALK_READ)


def may_keep(actor: Actor, appointment: Appointment) -> bool:
    """Whether the actor may take the appointment, keep it, move it or cancel it."""
    return _may(actor, appointment, Permission.CASEWORK_CASE_EDIT, Permission.DESK_TALK_REPLY)


def _may(actor: Actor, appointment: Appointment, in_case: Permission, at_desk: Permission) -> bool:
    if appointment.case:
        return may_in_case(actor, in_case, appointment.case, Part.COURSE)
    return appointment.organisation_id in actor.organisations_with(at_desk)


def promising_organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations in whose name the actor may promise something to somebody without a case."""
    return Organisation.objects.filter(pk__in=actor.organisations_with(Permission.DESK_TALK_REPLY))
