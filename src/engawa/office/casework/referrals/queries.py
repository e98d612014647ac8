"""Reads about referrals. The second wall hides those of cases whose course the actor may not see."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext

from engawa.kernel.asked import counted_often
from engawa.kernel.kana import search_key
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import holds, may, posts_writing
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.maps.queries import household_of
from engawa.office.casework.maps.sentences import called
from engawa.office.casework.referrals.models import Referral, ReferralKind


def referrals_of(case: Case) -> QuerySet[Referral]:
    """The case's referrals: those that wait for an answer first, then the newest."""
    rows = Referral.objects.filter(case=case).select_related("kind", "organisation", "resource", "by", "consent__text")
    return rows.order_by(F("answered_on").desc(nulls_first=True), "-on", "-recorded_at")


@dataclass(frozen=True)
class Line:
    """A referral as a page shows it; ``who`` is whom it is about, where that is not the 本人.

    ``corrects`` says whether the reader may correct it.
    """

    referral: Referral
    who: str
    corrects: bool


def lines_of(actor: AnyActor, case: Case) -> list[Line]:
    """The case's referrals with whom they are about; who is who shows to those who see the family.

    Whom nobody here can name, because they see no family or the member was taken out, is still not the 本人.
    """
    family = may(actor, Permission.CASEWORK_CASE_VIEW, case, Part.FAMILY)
    members = household_of(actor, case) if family else []
    names = {one.member.pk: called(replace(one, own=one.member.pk == case.member_id)) for one in members}
    somebody = gettext("家族のひとり")
    return [
        Line(row, names.get(row.member, somebody) if row.member else "", may_correct(actor, case, row))
        for row in referrals_of(case)
    ]


def may_correct(actor: AnyActor, case: Case, referral: Referral) -> bool:
    """Whether the actor may change or strike what was written: where the case is held, for everything.

    Who helps in a case corrects what their own organisation wrote, while it has the right to write there. What handed
    anything on is answered for where the case is held, and changed there alone.
    """
    if holds(actor, Permission.CASEWORK_CASE_EDIT, case):
        return True
    return not referral.parts and referral.introducer_id in posts_writing(actor, case, Part.COURSE)


def kinds_on(day: dt.date) -> QuerySet[ReferralKind]:
    """The kinds of referral that are in force on ``day``."""
    return ReferralKind.objects.exclude(starts_on__gt=day).exclude(ends_on__lt=day)


def referral_in(case: Case, pk: UUID) -> Referral:
    """A referral from this case.

    Raises:
        NotAllowed: there is none with this id.
    """
    found = referrals_of(case).filter(pk=pk).first()
    if found is None:
        raise NotAllowed
    return found


def waiting_in(_actor: AnyActor, case: Case) -> int:
    """How many of the case's referrals wait for an answer."""
    return _waiting(case.pk)


@counted_often
def _waiting(case: UUID) -> QuerySet[Referral]:
    return Referral.objects.filter(case=case, answer=Referral.Answer.WAITING)


def waiting_for(actor: Actor) -> QuerySet[Referral]:
    """Referrals that wait for an answer, of cases that the actor's organisations hold; the most pressing first."""
    ours = actor.organisations_with(Permission.CASEWORK_CASE_VIEW)
    rows = Referral.objects.filter(answer=Referral.Answer.WAITING, case__organisation__in=ours)
    rows = rows.select_related("kind", "organisation", "resource", "case__person", "case__lead")
    return rows.order_by(F("check_on").asc(nulls_last=True), "on", "id")


@counted_often
def count_waiting_for(actor: Actor) -> QuerySet[Referral]:
    """How many referrals wait for an answer in cases that the actor's organisations hold."""
    return waiting_for(actor)


def names(consent: Consent, referral: Referral) -> bool:
    """Whether the consent lets something be handed on to where the referral leads."""
    organisations = {referral.organisation_id, referral.resource.organisation_id if referral.resource else None}
    called = search_key(referral.called)
    return any(
        party.organisation_id in organisations if party.organisation_id else search_key(party.agency) == called
        for party in consent.parties.all()
    )


def version_of(referral: Referral) -> str:
    """Names the version of a referral: how often it has changed."""
    return str(referral.events.count())  # type: ignore[attr-defined] # made by pghistory
