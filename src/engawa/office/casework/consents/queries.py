"""Reads about consents, shares and requests, and about who has read a case. The second wall hides the rest."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from engawa.kernel import clock
from engawa.kernel.asked import counted_often
from engawa.kernel.words import translated
from engawa.office.access.actors import KEEPER, Actor, NotAllowed
from engawa.office.access.models import Grant, Organisation
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import grants_in_force
from engawa.office.access.upstairs import NamedCase
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.audit.queries import listings_of
from engawa.office.audit.wording import word_for
from engawa.office.casework.access import may
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.queries import named_cases
from engawa.office.casework.consents import rules
from engawa.office.casework.consents.models import AccessRequest, Consent, ConsentText, Purpose, Share
from engawa.office.casework.documents.models import Document


def texts_of(organisation: Organisation | UUID) -> list[ConsentText]:
    """The present version of each text, the organisation's own before that of the house."""
    mine = Q(organisation=organisation) | Q(organisation=None)
    newest: dict[str, ConsentText] = {}
    for text in ConsentText.objects.filter(mine).order_by("code", "organisation_id", "-version"):
        newest.setdefault(text.code, text)  # NULL sorts last: the organisation's own come first
    return list(newest.values())


def text_in(organisation_ids: list[UUID], pk: UUID) -> ConsentText:
    """A text of the house or of one of these organisations.

    Raises:
        NotAllowed: there is none.
    """
    text = ConsentText.objects.filter(Q(organisation__in=organisation_ids) | Q(organisation=None), pk=pk).first()
    if text is None:
        raise NotAllowed
    return text


def versions_of(text: ConsentText) -> QuerySet[ConsentText]:
    """Every version of the text in the same hands, the newest first."""
    same = ConsentText.objects.filter(code=text.code, organisation=text.organisation_id)
    return same.select_related("written_by").order_by("-version")


def purposes_on(day: dt.date) -> QuerySet[Purpose]:
    """What a consent of that day may be for."""
    return Purpose.objects.exclude(starts_on__gt=day).exclude(ends_on__lt=day)


def given(consent: Consent) -> rules.Given:
    """The consent as plain values."""
    organisations = (party.organisation_id for party in consent.parties.all())
    return rules.Given(
        frozenset(consent.parts),
        frozenset(pk for pk in organisations if pk),
        consent.given_on,
        consent.ends_on,
        consent.withdrawn_on,
    )


@dataclass(frozen=True)
class ConsentLine:
    """A consent as a page shows it."""

    consent: Consent
    parties: list[str]
    purposes: list[str]
    holds: bool


def consents_of(case: Case) -> list[ConsentLine]:
    """Every consent about the case, the newest first, withdrawn ones too."""
    words = dict(Purpose.objects.values_list("code", "label"))
    rows = Consent.objects.filter(case=case).select_related("text", "paper", "recorded_by", "withdrawn_by")
    return [_line(row, words) for row in rows.prefetch_related("parties__organisation")]


def _line(consent: Consent, words: dict[str, str]) -> ConsentLine:
    parties = [party.called for party in consent.parties.all()]
    purposes = [translated(words.get(code, code)) for code in consent.purposes]
    return ConsentLine(consent, parties, purposes, given(consent).holds_on(clock.today()))


def consent_in(case: Case, pk: UUID) -> Consent:
    """A consent about this case.

    Raises:
        NotAllowed: there is none with this id.
    """
    consent = Consent.objects.select_related("text").filter(case=case, pk=pk).first()
    if consent is None:
        raise NotAllowed
    return consent


def consents_on(actor: Actor, paper: Document) -> QuerySet[Consent]:
    """The consents of which this document is the signed paper, for those who see the whole case."""
    found = Consent.objects.filter(paper=paper).select_related("text")
    return found if may(actor, Permission.CASEWORK_CASE_VIEW, paper.case) else found.none()


def consents_in_force(case: Case) -> QuerySet[Consent]:
    """Consents that can be relied on today."""
    today = clock.today()
    now = Consent.objects.filter(case=case, given_on__lte=today, ends_on__gte=today, withdrawn_on=None)
    return now.select_related("text")


@dataclass(frozen=True)
class Seer:
    """Somebody who may see the case now: the right, what was shared for it (if that is why), whether it may be ended.

    One's own ends with a handover, and that of whoever is asked to take the case with their answer.
    """

    grant: Grant
    share: Share | None
    may_end: bool


def who_sees(case: Case) -> list[Seer]:
    """Every right to the case that holds now, one's own first."""
    shares = {share.grant_id: share for share in Share.objects.filter(case=case).select_related("consent__text")}
    rights = grants_in_force().filter(case_id=case.pk).select_related("organisation", "staff", "given_by")
    offered = set(case.handovers.filter(answered_at__isnull=True).values_list("taker_id", flat=True))
    return [Seer(right, shares.get(right.pk), _may_end(right, offered)) for right in rights.order_by("starts_at")]


def _may_end(right: Grant, offered: set[UUID]) -> bool:
    asked = right.basis == Grant.Basis.HANDOVER and right.organisation_id in offered
    return right.basis != Grant.Basis.OWN and not asked


def right_in(case: Case, pk: UUID) -> Seer:
    """A right to this case that holds now.

    Raises:
        NotAllowed: there is none with this id.
    """
    found = next((seer for seer in who_sees(case) if seer.grant.pk == pk), None)
    if found is None:
        raise NotAllowed
    return found


@dataclass(frozen=True)
class Asked:
    """A request with the number of its case, which the asker does not see."""

    request: AccessRequest
    case: NamedCase


def requests_to(actor: Actor) -> list[Asked]:
    """Requests that the actor may answer, the oldest first."""
    return _asked(_waiting(actor).order_by("asked_at"))


@counted_often
def count_requests_to(actor: Actor) -> QuerySet[AccessRequest]:
    """How many requests wait for the actor's answer."""
    return _waiting(actor)


def requests_by(actor: Actor) -> list[Asked]:
    """What the actor has asked for, the newest first."""
    return _asked(AccessRequest.objects.filter(asked_by_id=actor.id)[:50])


def request_for(actor: Actor, pk: UUID) -> Asked:
    """One request: one's own, or one that the actor may answer.

    Raises:
        NotAllowed: it is between others.
    """
    found = AccessRequest.objects.filter(Q(pk__in=_answerable(actor)) | Q(asked_by_id=actor.id), pk=pk)
    asked = next(iter(_asked(found)), None)
    if asked is None:
        raise NotAllowed
    return asked


def _answerable(actor: Actor) -> QuerySet[AccessRequest]:
    gives = Q(case__organisation__in=actor.organisations_with(Permission.CASEWORK_GRANT_GIVE))
    leads = Q(case__lead=actor.id, case__organisation__in=actor.organisations_with(Permission.CASEWORK_CASE_EDIT))
    return AccessRequest.objects.filter(gives | leads)


def _waiting(actor: Actor) -> QuerySet[AccessRequest]:
    return _answerable(actor).filter(answered_at=None)


def _asked(rows: QuerySet[AccessRequest]) -> list[Asked]:
    found = list(rows.select_related("asked_by", "answered_by"))
    names = named_cases(row.case_id for row in found)
    return [Asked(row, names[row.case_id]) for row in found if row.case_id in names]


@dataclass(frozen=True)
class Reader:
    """One reading or deed about a case: who, when, what, and whether through broken glass."""

    entry: Entry
    deed: str
    through_glass: bool


READERS_PAGE = 100


def readers_of(case: Case, *, before: UUID | None = None) -> list[Reader]:
    """Who has read or changed the case, the newest first; the log is read as the keeper, for those who answer for it.

    The caller has made sure that the actor leads the case, or coordinates or supervises where it is held.
    """
    older = Q(id__lt=before) if before else Q()
    with acting_as(KEEPER):
        entries = list(Entry.objects.filter(older, case_id=case.pk).order_by("-id")[:READERS_PAGE])
        broken = list(Grant.objects.filter(case_id=case.pk, basis=Grant.Basis.BREAK_GLASS))
    return [Reader(entry, word_for(entry.deed), _through(entry, broken)) for entry in entries]


@dataclass(frozen=True)
class ListReader:
    """Somebody who met the case in lists or searches on one day: in which, how often, last when."""

    name: str
    lists: list[str]
    times: int
    latest: dt.datetime


def readers_of_lists(case: Case, *, before: dt.datetime | None = None) -> list[ListReader]:
    """Who met the case without opening it, folded by person and day; for the same people as ``readers_of``."""
    with acting_as(KEEPER):
        found = listings_of(case.number, before=before)
    return [ListReader(one.actor_name, [word_for(deed) for deed in one.deeds], one.times, one.latest) for one in found]


def _through(entry: Entry, broken: list[Grant]) -> bool:
    return any(
        entry.actor == str(grant.staff_id) and grant.ends_at and grant.starts_at <= entry.at < grant.ends_at
        for grant in broken
    )
