"""The only writers of appointments: promise, take, keep, try, move, cancel, forget."""

import datetime as dt
import uuid
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.kernel.live import announce_all
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.models import Organisation, Staff
from engawa.office.audit.actions import record
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.casework.timeline.models import Contact, Method
from engawa.office.desk import rules
from engawa.office.desk.access import may_keep
from engawa.office.desk.models import Appointment
from engawa.office.desk.privacy import APPOINTMENT
from engawa.office.talks.models import Talk

MISSED = _("先に %(name)s さんが受け持ちました（%(at)s）。いちど窓口にもどしてもらってから、書き入れてください")
SETTLED = _("この約束は、%(name)s さんがもう片づけています（%(at)s）")


class AppointmentFacts(TypedDict, total=False):
    """What an appointment says (see ``Appointment``)."""

    kind: str
    counterpart: str
    handle: str
    phone: str
    place: str
    note: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime


@transaction.atomic
def promise(
    *,
    by: Actor,
    organisation: Organisation,
    case: Case | None = None,
    talk: Talk | None = None,
    key: uuid.UUID | None = None,
    **said: Unpack[AppointmentFacts],
) -> Appointment:
    """Promise a call back or a meeting.

    Args:
        by: writes in the case, or answers at the desks of ``organisation`` where there is none.
        organisation: in whose name the promise is given.
        case: whom it is about, if they have a case.
        talk: the talk in which it was agreed.
        key: id of the new appointment; a second call with the same key gives that of the first.
        said: see ``AppointmentFacts``.

    Raises:
        NotPossible: the time is over, or there is no number to call.
    """
    if known := Appointment.objects.filter(pk=key).first() if key else None:
        return known
    made = Appointment(
        id=key or uuid7(), organisation=organisation, case=case, talk=talk, promised_at=clock.now(), **said
    )
    made.promised_by = _keeper(by, made)
    _check(rules.faults(promised(made), clock.now()))
    made.save(force_insert=True)
    _done(by, made, "desk.promise")
    return made


def promised(appointment: Appointment) -> rules.Promised:
    """An appointment as the rules see it."""
    return rules.Promised(
        meeting=appointment.is_meeting,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        phone=appointment.phone,
        place=appointment.place,
    )


@transaction.atomic
def take(*, by: Actor, pk: uuid.UUID) -> Appointment:
    """Say that one will call, so that no colleague does. The first one holds it.

    Raises:
        NotPossible: a colleague was first, or it is settled.
    """
    found, staff = _held_still(by, pk)
    if found.claimed_by_id != staff.pk:
        found.claimed_by, found.claimed_at = staff, clock.now()
        found.save(update_fields=["claimed_by", "claimed_at"])
        _done(by, found, "desk.take_appointment")
    return found


@transaction.atomic
def release(*, by: Actor, pk: uuid.UUID) -> Appointment:
    """Give it back to the desk. A colleague's may be released too: people fall ill and go home."""
    found = _locked(by, pk)
    before = found.claimed_by_id
    _let_go(found)
    found.save(update_fields=["claimed_by", "claimed_at"])
    _done(by, found, "desk.release_appointment", held_by=str(before or ""))
    return found


@transaction.atomic
def keep_with_case(*, by: Actor, pk: uuid.UUID, counterpart: str, minutes: int | None, content: str) -> Contact:
    """The call was made, or the meeting held: it becomes a contact of the case in the same go; twice is harmless.

    Raises:
        NotPossible: a colleague holds it, or it is settled.
        NotRecordable: what ``record_contact`` refuses.
    """
    found, _staff = _held_still(by, pk)
    if found.case is None:
        raise NotAllowed
    now = clock.now()
    contact = record_contact(
        by=by,
        case=found.case,
        key=found.pk,
        on=now.date(),
        at=now.time().replace(second=0, microsecond=0),
        method=Method.INTERVIEW if found.is_meeting and found.place else Method.PHONE,
        counterpart=counterpart,
        minutes=minutes,
        content=content,
    )
    _settle(by, found, Appointment.Outcome.KEPT)
    return contact


@transaction.atomic
def keep(*, by: Actor, pk: uuid.UUID, said: str) -> Appointment:
    """The call to somebody without a case was made: a short note is all that stays.

    Raises:
        NotPossible: a colleague holds it, or it is settled.
    """
    found, _staff = _held_still(by, pk)
    return _settle(by, found, Appointment.Outcome.KEPT, said)


@transaction.atomic
def keep_by_case(*, by: Actor, pk: uuid.UUID, case: Case) -> Appointment:
    """The call to somebody without a case was made, and made a case of: the promise goes along; twice is harmless.

    Raises:
        NotPossible: a colleague holds it, or it is settled.
    """
    if known := Appointment.objects.filter(pk=pk, case=case).first():
        return known
    found, _staff = _held_still(by, pk)
    found.case = case
    found.save(update_fields=["case"])
    return _settle(by, found, Appointment.Outcome.KEPT)


@transaction.atomic
def cancel(*, by: Actor, pk: uuid.UUID, reason: str) -> Appointment:
    """It is not to be kept any more, and why.

    Raises:
        NotPossible: without a reason; a colleague holds it, or it is settled.
    """
    if not reason.strip():
        raise NotPossible("取りやめる理由を書いてください")
    found, _staff = _held_still(by, pk)
    return _settle(by, found, Appointment.Outcome.CANCELLED, reason)


@transaction.atomic
def move(*, by: Actor, pk: uuid.UUID, starts_at: dt.datetime | None, ends_at: dt.datetime, tried: bool) -> Appointment:
    """Set another time; with ``tried``, because nobody answered. Whoever is free then may take it.

    Raises:
        NotPossible: the time is over; a colleague holds it, or it is settled.
    """
    found, _staff = _held_still(by, pk)
    found.starts_at, found.ends_at = starts_at, ends_at
    _check(rules.faults(promised(found), clock.now()))
    if tried:
        found.tries, found.tried_at = found.tries + 1, clock.now()
    _let_go(found)
    found.save()
    _done(by, found, "desk.try_appointment" if tried else "desk.move_appointment")
    return found


def go_with_talk(talk: Talk, case: Case) -> None:
    """What was promised in a talk belongs to the case that the talk now belongs to."""
    Appointment.objects.filter(talk=talk, case__isnull=True).update(case=case)


@transaction.atomic
def forget_settled(*, by: AnyActor) -> int:
    """Take out what settled appointments said about people, a year after; the figures stay.

    Returns:
        How many appointments fell silent.
    """
    before = clock.now() - rules.APPOINTMENTS_KEPT
    over = Appointment.objects.filter(settled_at__lt=before).exclude(**APPOINTMENT.personal)
    silent = over.update(**APPOINTMENT.personal)
    if silent:
        record(by=by, deed="desk.forget_appointments", detail={"appointments": silent})
    return silent


def _locked(by: Actor, pk: uuid.UUID) -> Appointment:
    """The appointment, held still until the transaction ends. Settled ones move no more."""
    found = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("case", "claimed_by", "settled_by")
        .filter(pk=pk)
        .first()
    )
    if found is None or not may_keep(by, found):
        raise NotAllowed
    if found.settled_at:
        raise NotPossible(SETTLED % _who(found.settled_by, found.settled_at))
    return found


def _held_still(by: Actor, pk: uuid.UUID) -> tuple[Appointment, Staff]:
    """The same, unless a colleague holds it."""
    found = _locked(by, pk)
    if found.claimed_by_id not in (None, by.id):
        raise NotPossible(MISSED % _who(found.claimed_by, found.claimed_at))
    return found, Staff.objects.get(pk=by.id)


def _keeper(by: Actor, appointment: Appointment) -> Staff:
    if not may_keep(by, appointment):
        raise NotAllowed
    return Staff.objects.get(pk=by.id)


def _who(staff: Staff | None, at: dt.datetime | None) -> dict[str, str]:
    return {"name": staff.name if staff else "", "at": f"{at.astimezone(clock.JAPAN):%H:%M}" if at else ""}


def _check(faults: dict[str, str]) -> None:
    for fault in faults.values():
        raise NotPossible(fault)


def _let_go(appointment: Appointment) -> None:
    appointment.claimed_by, appointment.claimed_at = None, None


def _settle(by: Actor, found: Appointment, outcome: str, said: str = "") -> Appointment:
    found.outcome, found.said = outcome, said
    found.settled_at, found.settled_by_id = clock.now(), by.id
    found.save(update_fields=["outcome", "said", "settled_at", "settled_by"])
    _done(by, found, "desk.keep_appointment" if outcome == Appointment.Outcome.KEPT else "desk.cancel_appointment")
    return found


def _done(by: Actor, appointment: Appointment, deed: str, **detail: str) -> None:
    """Write the deed down, and tell the inbox of whoever works on it."""
    record(by=by, deed=deed, subject=str(appointment.pk), case_id=appointment.case_id, detail=detail)
    places = {appointment.organisation_id} | ({appointment.case.organisation_id} if appointment.case else set())
    announce_all([(f"desk:{place}", "inbox", str(appointment.pk)) for place in places])
