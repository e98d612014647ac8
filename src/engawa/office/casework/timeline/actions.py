"""The only writers of contacts."""

import datetime as dt
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, require
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import check_seen
from engawa.office.casework.timeline import rules
from engawa.office.casework.timeline.models import Contact
from engawa.office.casework.timeline.queries import version_of


class ContactFacts(TypedDict, total=False):
    """What a contact says. ``minutes`` is a duration; ``at`` the time of day where somebody noted it."""

    on: dt.date
    at: dt.time | None
    method: str
    counterpart: str
    minutes: int | None
    content: str


@transaction.atomic
def record_contact(*, by: AnyActor, case: Case, key: UUID | None = None, **said: Unpack[ContactFacts]) -> Contact:
    """Write down a contact（対応）: phone, interview, visit … A closed case may have contacts, too.

    Args:
        by: needs ``casework:case:edit`` through a grant that lets write.
        case: the case.
        key: id of the new contact; a second call with the same key gives the contact of the first.
        said: see ``ContactFacts``; day, method and counterpart are needed.

    Raises:
        NotRecordable: in the future, or longer than a day.
    """
    require(by, Permission.CASEWORK_CASE_EDIT, case, Part.COURSE)
    if known := Contact.objects.filter(pk=key, case=case).first() if key else None:
        return known
    contact = Contact(id=key or uuid7(), case=case, by=member(by))
    _say(contact, said)
    contact.save(force_insert=True)
    record(by=by, deed="casework.record_contact", subject=case.number, case_id=case.pk, detail=_ids(contact))
    return contact


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
    found = Contact.objects.select_for_update(of=("self",)).select_related("case").filter(pk=contact.pk).first()
    if found is None:
        raise NotAllowed
    require(by, Permission.CASEWORK_CASE_EDIT, found.case, Part.COURSE)
    check_seen(seen, version_of(found))
    _say(found, said)
    found.correction_reason, found.corrected_by, found.corrected_at = reason, member(by), clock.now()
    found.save(force_update=True)
    case = found.case
    record(by=by, deed="casework.correct_contact", subject=case.number, case_id=case.pk, detail=_ids(found))
    return found


def _say(contact: Contact, said: ContactFacts) -> None:
    for name, value in said.items():
        setattr(contact, name, value)
    rules.check_contact(on=contact.on, minutes=contact.minutes, today=clock.today())


def _ids(contact: Contact) -> dict[str, str]:
    return {"contact": str(contact.pk)}
