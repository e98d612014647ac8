"""The only writers of contacts."""

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import actor_of, staff_of, supervisors_of
from engawa.office.alerts.actions import tell
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, require
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import check_seen
from engawa.office.casework.timeline import rules
from engawa.office.casework.timeline.followers import tell_followers
from engawa.office.casework.timeline.models import Contact
from engawa.office.casework.timeline.queries import codes_on, members_of, version_of


class ContactFacts(TypedDict, total=False):
    """What a contact says (see ``Contact``). ``minutes`` is a duration; ``at`` a time of day, where it was noted.

    A content whose paragraphs are marked（伝聞：, 見立て：, ことば：）is told apart into the fields meant.
    """

    on: dt.date
    at: dt.time | None
    method: str
    counterpart: str
    minutes: int | None
    content: str
    own_words: str
    hearsay: str
    opinion: str
    also_with: list[str]
    members: list[UUID]
    place: str
    codes: list[str]
    next_step: str
    next_on: dt.date | None
    urgent: bool


@transaction.atomic
def record_contact(*, by: AnyActor, case: Case, key: UUID | None = None, **said: Unpack[ContactFacts]) -> Contact:
    """Write down a contact（対応）: phone, interview, visit … A closed case may have contacts, too.

    Args:
        by: needs ``casework:case:edit`` through a grant that lets write.
        case: the case.
        key: id of the new contact; a second call with the same key gives the contact of the first.
        said: see ``ContactFacts``; day, method and counterpart are needed.

    Raises:
        NotRecordable: in the future, longer than a day, with a code of what was done that is not in force, or with
            the key of a contact of another case.

    An urgent contact is told to the lead and the supervisors at once, and stays open until somebody takes it.
    """
    require(by, Permission.CASEWORK_CASE_EDIT, case, Part.COURSE)
    if known := Contact.objects.filter(pk=key, case=case).first() if key else None:
        return known
    contact = Contact(id=key or uuid7(), case=case, by=member(by))
    _say(contact, said)
    if known := _already_there(contact):
        return known
    if contact.urgent:
        _tell_urgent(contact, _first_told(case), "casework.urgent_contact")
    record(by=by, deed="casework.record_contact", subject=case.number, case_id=case.pk, detail=_ids(contact))
    tell_followers(contact)
    return contact


def _already_there(contact: Contact) -> Contact | None:
    """Write a new contact; if the same was written in the meantime, that one."""
    try:
        with transaction.atomic():
            contact.save(force_insert=True)
    except IntegrityError as taken:
        if known := Contact.objects.filter(pk=contact.pk, case_id=contact.case_id).first():
            return known
        raise rules.NotRecordable("この記録は、別のケースに一度届いています。担当の人に確かめてください") from taken
    return None


@transaction.atomic
def correct_contact(
    *, by: AnyActor, contact: Contact, reason: str, seen: str | None = None, **said: Unpack[ContactFacts]
) -> Contact:
    """Make a new version of a contact and say why; the one before stays readable.

    Args:
        by: needs ``casework:case:edit`` through a grant that lets write.
        contact: the contact.
        reason: why it is corrected.
        seen: the version that the writer had in front of them (``queries.version_of``), where it matters.
        said: only what is given changes.

    Raises:
        NotRecordable: without a reason, or what ``record_contact`` refuses.
        NotPossible: somebody else has corrected it since ``seen``.
    """
    rules.check_correction(reason)
    found = _locked(by, contact)
    was_urgent = found.urgent
    check_seen(seen, version_of(found))
    _say(found, said)
    found.correction_reason, found.corrected_by, found.corrected_at = reason, member(by), clock.now()
    found.save(force_update=True)
    case = found.case
    if found.urgent and not was_urgent:
        _tell_urgent(found, _first_told(case), "casework.urgent_contact")
    record(by=by, deed="casework.correct_contact", subject=case.number, case_id=case.pk, detail=_ids(found))
    return found


@transaction.atomic
def take_back_contact(*, by: AnyActor, contact: Contact, reason: str) -> None:
    """Take out a contact that never was（取り消し）: it counts nowhere any more; the past keeps it and the reason.

    Raises:
        NotRecordable: without a reason.
    """
    rules.check_correction(reason)
    found = _locked(by, contact)
    found.correction_reason, found.corrected_by, found.corrected_at = reason, member(by), clock.now()
    found.save(force_update=True)
    case = found.case
    record(by=by, deed="casework.take_back_contact", subject=case.number, case_id=case.pk, detail=_ids(found))
    found.delete()


@transaction.atomic
def finish_step(*, by: AnyActor, contact: Contact) -> None:
    """Tick off the next step that a contact asked for; twice is harmless."""
    found = _locked(by, contact)
    if found.next_done_on:
        return
    found.next_done_on = clock.today()
    found.save(update_fields=["next_done_on"])
    case = found.case
    record(by=by, deed="casework.finish_step", subject=case.number, case_id=case.pk, detail=_ids(found))


@transaction.atomic
def take_urgent(*, by: Actor, contact: Contact) -> None:
    """A human takes an urgent contact: its clock stops. Somebody who took it before stays."""
    found = _locked(by, contact)
    if found.urgent_seen_at:
        return
    found.urgent_seen_at, found.urgent_seen_by = clock.now(), member(by)
    found.save(update_fields=["urgent_seen_at", "urgent_seen_by"])
    case = found.case
    record(by=by, deed="casework.take_urgent", subject=case.number, case_id=case.pk, detail=_ids(found))


@transaction.atomic
def tell_untaken() -> int:
    """Tell the whole organisation of urgent contacts that nobody has taken in time, once; how many there were."""
    before = clock.now() - rules.TAKEN_WITHIN
    waiting = Contact.objects.filter(urgent=True, urgent_seen_at=None, urgent_told_at=None, recorded_at__lte=before)
    contacts = list(waiting.select_related("case").select_for_update(of=("self",), skip_locked=True))
    for contact in contacts:
        _tell_urgent(contact, staff_of(contact.case.organisation_id), "casework.urgent_untaken")
        contact.urgent_told_at = clock.now()
        contact.save(update_fields=["urgent_told_at"])
    return len(contacts)


def _first_told(case: Case) -> list[Staff]:
    """The lead and the supervisors; where there is neither, everybody of the organisation."""
    told = [*filter(None, [case.lead]), *supervisors_of(case.organisation_id)]
    return told or list(staff_of(case.organisation_id))


def _tell_urgent(contact: Contact, staff: Iterable[Staff], kind: str) -> None:
    case = contact.case
    path = reverse("casework:case", args=[case.number])
    readers = [one for one in staff if actor_of(one).may(Permission.CASEWORK_CASE_VIEW)]
    tell(staff=readers, kind=kind, path=path, number=case.number, minutes=str(_minutes(rules.TAKEN_WITHIN)))


def _minutes(span: dt.timedelta) -> int:
    return int(span.total_seconds() // 60)


def _locked(by: AnyActor, contact: Contact) -> Contact:
    found = Contact.objects.select_for_update(of=("self",)).select_related("case__lead").filter(pk=contact.pk).first()
    if found is None:
        raise NotAllowed
    require(by, Permission.CASEWORK_CASE_EDIT, found.case, Part.COURSE)
    return found


def _say(contact: Contact, said: ContactFacts) -> None:
    for name, value in said.items():
        setattr(contact, name, value)
    for name, text in rules.told_apart(contact.content).items():
        before = "" if name == "content" else getattr(contact, name)
        setattr(contact, name, "\n".join(filter(None, [before, text])))
    rules.check_contact(on=contact.on, minutes=contact.minutes, today=clock.today())
    rules.check_next(contact.next_step, contact.next_on)
    if set(contact.members) - {member.pk for member in members_of(contact.case)}:
        raise rules.NotRecordable("この世帯にいない人が選ばれています。選び直してください")
    if contact.codes:
        rules.check_codes(contact.codes, codes_on(contact.on).values_list("code", flat=True))


def _ids(contact: Contact) -> dict[str, str]:
    return {"contact": str(contact.pk)}
