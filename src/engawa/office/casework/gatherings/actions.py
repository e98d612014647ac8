"""The only writers of gatherings（家族教室・家族会）: what they are, who takes part, and who came."""

import datetime as dt
from collections.abc import Collection
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.models import Organisation
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.casework.access import require
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import check_seen
from engawa.office.casework.gatherings import rules
from engawa.office.casework.gatherings.models import Attendance, Attendee, Gathering, Sitting
from engawa.office.casework.gatherings.queries import version_of
from engawa.office.casework.timeline.actions import ContactFacts, correct_contact, record_contact, take_back_contact
from engawa.office.casework.timeline.models import Contact, Counterpart, Method

_EDIT = Permission.CASEWORK_CASE_EDIT


class About(TypedDict, total=False):
    """What a gathering is; see ``Gathering``."""

    kind: str
    name: str
    place: str
    leader: str
    about: str
    ended_on: dt.date | None


class Day(TypedDict, total=False):
    """What a sitting was; see ``Sitting``."""

    on: dt.date
    minutes: int | None
    theme: str
    nameless: int


@transaction.atomic
def begin_gathering(
    *, by: AnyActor, organisation: Organisation, key: UUID | None = None, **about: Unpack[About]
) -> Gathering:
    """Begin a family course or meeting; ``by`` works with cases in the organisation.

    Raises:
        NotPossible: it is called nothing.
    """
    _require(by, organisation.pk)
    if known := Gathering.objects.filter(pk=key).first() if key else None:
        return known
    gathering = Gathering(id=key or uuid7(), organisation=organisation)
    _describe(gathering, about)
    gathering.save(force_insert=True)
    record(by=by, deed="casework.begin_gathering", subject=gathering.name, detail=_id(gathering))
    return gathering


@transaction.atomic
def describe_gathering(
    *, by: AnyActor, gathering: Gathering, seen: str | None = None, **about: Unpack[About]
) -> Gathering:
    """Change what a gathering is, or say that it is over.

    Raises:
        NotPossible: somebody else has changed it since ``seen``, or it is called nothing.
    """
    gathering = _locked(by, gathering)
    check_seen(seen, version_of(gathering))
    _describe(gathering, about)
    gathering.save(force_update=True)
    record(by=by, deed="casework.describe_gathering", subject=gathering.name, detail=_id(gathering))
    return gathering


@transaction.atomic
def take_part(  # noqa: PLR0913 # a family is its case and who of it comes
    *,
    by: AnyActor,
    gathering: Gathering,
    case: Case | None = None,
    member: UUID | None = None,
    called: str = "",
    since: dt.date | None = None,
) -> Attendee:
    """Write down that a family takes part: with a case, or by what they want to be called and nothing else.

    Raises:
        NotPossible: they are nobody, or take part already.
    """
    gathering = _locked(by, gathering)
    if case:
        require(by, _EDIT, case, Part.COURSE)
    there = Attendee.objects.filter(gathering=gathering, case=case, member=member, until=None)
    rules.check_somebody(case=bool(case), called=called, already=bool(case) and there.exists())
    who = {"case": case, "member": member if case else None, "called": called}
    attendee = Attendee.objects.create(gathering=gathering, since=since or clock.today(), **who)
    _noted(by, "casework.take_part", attendee)
    return attendee


@transaction.atomic
def leave_gathering(*, by: AnyActor, attendee: Attendee) -> None:
    """A family takes part no longer; that they came stays. Twice is harmless."""
    _locked(by, attendee.gathering)
    found = Attendee.objects.select_related("case", "gathering").filter(pk=attendee.pk, until=None).first()
    if found:
        found.until = max(clock.today(), found.since)
        found.save(update_fields=["until"])
        _noted(by, "casework.leave_gathering", found)


@transaction.atomic
def take_part_again(*, by: AnyActor, attendee: Attendee) -> None:
    """A family that took part no longer does so again, as if it had never left. Twice is harmless.

    Raises:
        NotPossible: the same family was written down anew in the meantime.
    """
    _locked(by, attendee.gathering)
    gone = Attendee.objects.select_related("case", "gathering").filter(pk=attendee.pk, until__isnull=False)
    found = gone.first()
    if found:
        there = Attendee.objects.filter(gathering=found.gathering, case=found.case, member=found.member, until=None)
        rules.check_somebody(case=bool(found.case), called=found.called, already=bool(found.case) and there.exists())
        found.until = None
        found.save(update_fields=["until"])
        _noted(by, "casework.take_part_again", found)


@transaction.atomic
def hold_sitting(
    *, by: AnyActor, gathering: Gathering, present: Collection[Attendee], key: UUID | None = None, **day: Unpack[Day]
) -> Sitting:
    """Write down a day of a gathering and who came; each family with a case gets a contact in it, once.

    Raises:
        NotPossible: on a day to come, or on one that is written down already.
    """
    gathering = _locked(by, gathering)
    if known := Sitting.objects.filter(pk=key, gathering=gathering).first() if key else None:
        return known
    sitting = Sitting(id=key or uuid7(), gathering=gathering)
    _fill(sitting, day)
    sitting.save(force_insert=True)
    _attend(by, sitting, present)
    record(by=by, deed="casework.hold_sitting", subject=gathering.name, detail=_id(gathering, sitting))
    return sitting


@transaction.atomic
def correct_sitting(
    *, by: AnyActor, sitting: Sitting, present: Collection[Attendee], seen: str | None = None, **day: Unpack[Day]
) -> Sitting:
    """Change what a day was and who came; the contacts in their cases are corrected, or taken back, with the reason.

    Raises:
        NotPossible: somebody else has changed it since ``seen``; else as ``hold_sitting``.
    """
    gathering = _locked(by, sitting.gathering)
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    sitting.gathering = gathering
    check_seen(seen, version_of(sitting))
    _fill(sitting, day)
    sitting.save(force_update=True)
    _attend(by, sitting, present)
    record(by=by, deed="casework.correct_sitting", subject=gathering.name, detail=_id(gathering, sitting))
    return sitting


def _attend(by: AnyActor, sitting: Sitting, present: Collection[Attendee]) -> None:
    """Let those who came, and nobody else of those the actor may see, have been there."""
    known = {row.attendee_id: row for row in sitting.attendances.select_related("attendee__case")}
    came = {attendee.pk: attendee for attendee in present if attendee.gathering_id == sitting.gathering_id}
    for pk, attendee in came.items():
        attendance = known.get(pk) or Attendance(sitting=sitting, attendee=attendee)
        attendance.present = True
        attendance.save()
        _tell(by, sitting, attendance)
    for pk in known.keys() - came.keys():
        attendance = known[pk]
        if attendance.present:
            attendance.present = False
            attendance.save(update_fields=["present"])
            _tell(by, sitting, attendance)


def _tell(by: AnyActor, sitting: Sitting, attendance: Attendance) -> None:
    """Let the contact in the family's case say the same; new with the attendance, else corrected where it differs.

    Who was not there after all had no contact: it is taken back.
    """
    attendee, gathering = attendance.attendee, sitting.gathering
    if attendee.case is None:
        return
    title = "：".join(filter(None, [gathering.name, sitting.theme]))
    written = Contact.objects.filter(pk=attendance.pk).first()
    if not attendance.present:
        if written:
            absent = gettext("%(what)sに出席と書いたのはまちがいで、欠席でした") % {"what": title}
            take_back_contact(by=by, contact=written, reason=absent)
        return
    said: ContactFacts = {
        "on": sitting.on,
        "minutes": sitting.minutes,
        "content": title,
        "codes": [rules.CODES[gathering.kind]],
        "place": gathering.place,
    }
    if written is None:
        members = [attendee.member] if attendee.member else []
        said |= {"method": Method.OTHER, "counterpart": Counterpart.FAMILY, "members": members}
        record_contact(by=by, case=attendee.case, key=attendance.pk, **said)
    elif any(getattr(written, name) != value for name, value in said.items()):
        reason = gettext("家族教室・家族会の出席を直したため")
        correct_contact(by=by, contact=written, reason=reason, **said)


def _fill(sitting: Sitting, day: Day) -> None:
    for name, value in day.items():
        setattr(sitting, name, value)
    others = Sitting.objects.filter(gathering=sitting.gathering, on=sitting.on).exclude(pk=sitting.pk)
    rules.check_sitting(
        on=sitting.on,
        today=clock.today(),
        minutes=sitting.minutes,
        nameless=sitting.nameless,
        taken=others.exists(),
    )


def _describe(gathering: Gathering, about: About) -> None:
    for name, value in about.items():
        setattr(gathering, name, value)
    rules.check_name(gathering.name)


def _require(by: AnyActor, organisation: UUID) -> None:
    if isinstance(by, Actor) and organisation not in by.organisations_with(_EDIT):
        raise NotAllowed


def _locked(by: AnyActor, gathering: Gathering) -> Gathering:
    _require(by, gathering.organisation_id)
    found = Gathering.objects.select_for_update().filter(pk=gathering.pk).first()
    if found is None:
        raise NotAllowed
    return found


def _id(gathering: Gathering, sitting: Sitting | None = None) -> dict[str, str]:
    return {"gathering": str(gathering.pk)} | ({"sitting": str(sitting.pk)} if sitting else {})


def _noted(by: AnyActor, deed: str, attendee: Attendee) -> None:
    case = attendee.case
    detail = {"gathering": str(attendee.gathering_id), "attendee": str(attendee.pk)}
    record(by=by, deed=deed, subject=case.number if case else "", case_id=case.pk if case else None, detail=detail)
