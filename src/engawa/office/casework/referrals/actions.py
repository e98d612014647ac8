"""The only writers of referrals（つなぎ）."""

import datetime as dt
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.models import Organisation
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.alerts.actions import tell
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, posts_writing, require, require_holder
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import check_seen
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.consents.queries import given
from engawa.office.casework.plans.queries.staying import to_remind
from engawa.office.casework.referrals import rules
from engawa.office.casework.referrals.models import Referral, ReferralKind
from engawa.office.casework.referrals.queries import may_correct, names, version_of
from engawa.office.directory.models import Resource

_EDIT = Permission.CASEWORK_CASE_EDIT


class Said(TypedDict, total=False):
    """What a referral says; see ``Referral``."""

    member: UUID | None
    kind: ReferralKind
    organisation: Organisation | None
    resource: Resource | None
    name: str
    contact_person: str
    on: dt.date
    wish: str
    parts: list[str]
    handed: str
    basis: str
    consent: Consent | None
    reason: str
    check_on: dt.date | None
    answer: str


@transaction.atomic
def refer(*, by: AnyActor, case: Case, key: UUID | None = None, **said: Unpack[Said]) -> Referral:
    """Write down that somebody was introduced to an agency. The agency gets no right to see the case by that.

    Args:
        by: writes the course of the case; who hands on anything about a person works where it is held.
        case: the case, which stays.
        key: id of the new row; a second call with the same key gives what the first made.
        said: see ``Said``; a kind, a day and one place to which it leads are needed.

    Raises:
        NotPossible: it leads nowhere, or what is handed on has neither consent nor another basis.
    """
    require(by, _EDIT, case, Part.COURSE)
    if known := Referral.objects.filter(pk=key, case=case).first() if key else None:
        return known
    referral = Referral(id=key or uuid7(), case=case, by=member(by))
    referral.introducer_id = posts_writing(by, case, Part.COURSE)[0]
    _fill(by, referral, said)
    referral.save(force_insert=True)
    _record(by, "casework.refer", referral)
    return referral


@transaction.atomic
def correct_referral(*, by: AnyActor, referral: Referral, seen: str | None = None, **said: Unpack[Said]) -> Referral:
    """Change what a referral says; what stood before is kept.

    Raises:
        NotAllowed: it is not theirs (``queries.may_correct``), or hands on of a case that is held elsewhere.
        NotPossible: somebody else has changed it since ``seen``; else as ``refer``.
    """
    referral = _theirs(by, referral)
    check_seen(seen, version_of(referral))
    _fill(by, referral, said)
    referral.save(force_update=True)
    _record(by, "casework.correct_referral", referral)
    return referral


@transaction.atomic
def answer_referral(  # noqa: PLR0913 # an answer is its day and its words
    *,
    by: AnyActor,
    referral: Referral,
    answer: str,
    answered_on: dt.date | None = None,
    answer_words: str = "",
    check_on: dt.date | None = None,
    seen: str | None = None,
) -> Referral:
    """Write down what the agency answered, or that it still lets wait; ``check_on`` is when to ask again.

    Raises:
        NotPossible: somebody else has changed it since ``seen``, a no without its reason, or an impossible day.
    """
    referral = _locked(by, referral)
    check_seen(seen, version_of(referral))
    answered = answer in (Referral.Answer.TAKEN, Referral.Answer.DECLINED)
    referral.answer, referral.answer_words = answer, answer_words
    referral.answered_on = (answered_on or clock.today()) if answered else None
    rules.check_answer(answer, answer_words, on=referral.on, answered_on=referral.answered_on, today=clock.today())
    referral.check_on, referral.reminded_on = (None if answered else check_on), None
    referral.save(force_update=True)
    _record(by, "casework.answer_referral", referral, answer=answer)
    return referral


@transaction.atomic
def strike_referral(*, by: AnyActor, referral: Referral, seen: str | None = None) -> None:
    """Take out a referral that was a mistake; its past is kept.

    Raises:
        NotAllowed: it is not theirs (``queries.may_correct``).
        NotPossible: somebody else has changed it since ``seen``.
    """
    referral = _theirs(by, referral)
    check_seen(seen, version_of(referral))
    _record(by, "casework.strike_referral", referral)
    referral.delete()


@transaction.atomic
def ask_after_referrals() -> int:
    """Remind whoever carries the case of referrals whose answer was to be looked after by now, once each."""
    today = clock.today()
    due = Referral.objects.filter(answer=Referral.Answer.WAITING, check_on__lte=today, reminded_on=None)
    waiting = list(due.select_related("case", "organisation", "resource"))
    for referral in waiting:
        path = reverse("casework:referrals", args=[referral.case.number])
        words = {"number": referral.case.number}
        tell(staff=to_remind(referral.case), kind="casework.referral_waits", path=path, **words)
    Referral.objects.filter(pk__in=[referral.pk for referral in waiting]).update(reminded_on=today)
    return len(waiting)


def _fill(by: AnyActor, referral: Referral, said: Said) -> None:
    """Set what is said and judge it as it stands then."""
    for name, value in said.items():
        setattr(referral, name, value)
    referral.handed = referral.handed.strip()
    rules.check_to([to for to in (referral.organisation, referral.resource, referral.name.strip()) if to])
    rules.check_on(referral.on, clock.today())
    if referral.basis != rules.CONSENT or not referral.parts:
        referral.consent = None
    if referral.parts:
        require_holder(by, _EDIT, referral.case)
        referral.consent = _standing(referral)
    else:
        referral.basis = referral.reason = ""
    rules.check_handed(_handed(referral), referral.on)


def _handed(referral: Referral) -> rules.Handed:
    consent = referral.consent
    return rules.Handed(
        frozenset(referral.parts),
        words=referral.handed,
        basis=referral.basis,
        given=given(consent) if consent else None,
        named=consent is not None and names(consent, referral),
        reason=referral.reason,
        of_family=referral.member not in (None, referral.case.member_id),
        by_self=consent is not None and consent.giver == Consent.Giver.SELF,
    )


def _standing(referral: Referral) -> Consent | None:
    """The consent as it stands now: nobody takes it back while something is handed on with it."""
    rows = Consent.objects.select_for_update(of=("self",)).filter(case=referral.case)
    return rows.filter(pk=referral.consent_id).first() if referral.consent_id else None


def _locked(by: AnyActor, referral: Referral) -> Referral:
    found = Referral.objects.select_for_update(of=("self",)).select_related("case", "organisation", "resource")
    row = found.filter(pk=referral.pk).first()
    if row is None:
        raise NotAllowed
    require(by, _EDIT, row.case, Part.COURSE)
    return row


def _theirs(by: AnyActor, referral: Referral) -> Referral:
    """The referral, locked, for those alone who may correct it."""
    row = _locked(by, referral)
    if not may_correct(by, row.case, row):
        raise NotAllowed
    return row


def _record(by: AnyActor, deed: str, referral: Referral, **more: str) -> None:
    detail = {"referral": str(referral.pk), **more}
    record(by=by, deed=deed, subject=referral.case.number, case_id=referral.case_id, detail=detail)
