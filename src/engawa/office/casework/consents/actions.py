"""The only writers of consents, shares and requests to see a case."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actions import grant, revoke
from engawa.office.access.actors import KEEPER, Actor, AnyActor, NotAllowed
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.parts import WHOLE, Part
from engawa.office.access.permissions import Permission, Role
from engawa.office.access.queries import actor_of, may_share, staff_of, unended_grants
from engawa.office.access.upstairs import NamedCase
from engawa.office.access.walls import acting_as
from engawa.office.alerts.actions import tell
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, parts_of, require_holder
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.consents import queries, rules
from engawa.office.casework.consents.models import AccessRequest, Consent, ConsentParty, ConsentText, Share
from engawa.office.casework.documents.models import Document

BASES = (Grant.Basis.CONSENT, Grant.Basis.CONFERENCE_POVERTY, Grant.Basis.CONFERENCE_WELFARE, Grant.Basis.URGENT)


@transaction.atomic
def write_text(*, by: Actor, organisation: Organisation, code: str, title: str, body: str) -> ConsentText:
    """Make a new version of a consent text for an organisation; consents keep the version they were given to.

    Raises:
        NotAllowed: ``by`` gives no grants in the organisation.
    """
    if organisation.pk not in by.organisations_with(Permission.CASEWORK_GRANT_GIVE):
        raise NotAllowed
    known = ConsentText.objects.select_for_update().filter(code=code, organisation=organisation)
    last = known.order_by("-version").first() or ConsentText.objects.filter(code=code, organisation=None).first()
    version = last.version + 1 if last else 1
    text = ConsentText.objects.create(
        code=code, organisation=organisation, version=version, title=title, body=body, written_by_id=by.id
    )
    record(by=by, deed="casework.write_consent_text", subject=title, detail={"text": str(text.pk), "version": version})
    return text


class ConsentSaid(TypedDict):
    """What a consent says; see ``Consent``."""

    giver: str
    giver_name: str
    way: str
    given_on: dt.date
    purposes: list[str]
    parts: list[str]
    ends_on: dt.date
    note: str


@transaction.atomic
def record_consent(  # noqa: PLR0913  # who agreed to what, and to whom it may be shown, belong together
    *,
    by: AnyActor,
    case: Case,
    text: ConsentText,
    organisations: Iterable[Organisation] = (),
    agencies: Iterable[str] = (),
    paper: Document | None = None,
    key: UUID | None = None,
    **said: Unpack[ConsentSaid],
) -> Consent:
    """Write down that somebody agreed. Nothing is shared by that alone.

    Args:
        by: works with cases in the organisation that holds the case.
        case: the case.
        text: the words that were agreed to, in their version.
        organisations: to whom something may be shown, in this house.
        agencies: to whom else, by name.
        paper: the signed document of the same case, if there is one.
        key: id of the new consent; a second call with the same key gives the consent of the first.
        said: see ``ConsentSaid``.
    """
    require_holder(by, Permission.CASEWORK_CASE_EDIT, case)
    if known := Consent.objects.filter(pk=key, case=case).first() if key else None:
        return known
    today = clock.today()
    rules.check_consent(given_on=said["given_on"], ends_on=said["ends_on"], today=today, purposes=said["purposes"])
    said["parts"] = sorted({str(Part.BASICS), *said["parts"]})
    consent = Consent(
        id=key or uuid7(), case=case, text=text, recorded_by=member(by), paper=_paper_of(case, paper), **said
    )
    consent.save(force_insert=True)
    for organisation in organisations:
        ConsentParty.objects.create(consent=consent, organisation=organisation)
    for agency in agencies:
        ConsentParty.objects.create(consent=consent, agency=agency)
    record(by=by, deed="casework.record_consent", subject=case.number, case_id=case.pk, detail=_id(consent))
    return consent


@transaction.atomic
def keep_paper(*, by: AnyActor, consent: Consent, paper: Document | None) -> Consent:
    """Say which document of the case is the signed paper of the consent（署名した書面）, or that there is none.

    Raises:
        NotAllowed: ``by`` does not work with cases where it is held, or the document is of another case.
    """
    found = _locked(by, consent)
    found.paper = _paper_of(found.case, paper)
    found.save(update_fields=["paper"])
    detail = _id(found) | {"document": str(paper.pk) if paper else ""}
    record(by=by, deed="casework.keep_paper", subject=found.case.number, case_id=found.case_id, detail=detail)
    return found


@transaction.atomic
def withdraw_consent(*, by: AnyActor, consent: Consent, on: dt.date, way: str, note: str = "") -> Consent:
    """Take a consent back: every right that rests on it ends at once, and those who carry the case are told."""
    found = _locked(by, consent)
    case = found.case
    withdrawn = found.withdrawn_on is not None
    rules.check_withdrawal(on=on, given_on=found.given_on, today=clock.today(), withdrawn=withdrawn)
    found.withdrawn_on, found.withdrawn_way, found.withdrawal_note = on, way, note
    found.withdrawn_by = member(by)
    found.save(force_update=True)
    for share in found.shares.all():
        _end(by, share)
    record(by=by, deed="casework.withdraw_consent", subject=case.number, case_id=case.pk, detail=_id(found))
    _tell_holders(by, case, "casework.consent_withdrawn", reverse("casework:consents", args=[case.number]))
    return found


class Terms(TypedDict):
    """On what terms something is shared: basis, the consent it rests on, parts, last day, and why."""

    basis: str
    consent: Consent | None
    parts: Collection[str]
    ends_on: dt.date
    reason: str


@transaction.atomic
def share_case(*, by: AnyActor, case: Case, organisation: Organisation, **terms: Unpack[Terms]) -> Share:
    """Let another organisation see chosen parts of the case for a time（共有）; its people are told.

    Raises:
        NotAllowed: ``by`` neither leads the case nor gives grants where it is held.
        NotPossible: the basis does not cover it.
    """
    if organisation.pk == case.organisation_id:
        raise NotPossible("この機関は、すでにこのケースを受け持っています。ほかの機関を選んでください")
    share = _share(by, case, organisation, None, terms)
    _tell_sharers(by, organisation, case)
    return share


def _share(by: AnyActor, case: Case, organisation: Organisation, staff: Staff | None, terms: Terms) -> Share:
    if terms["basis"] not in BASES or not may_share(by, case.pk):
        raise NotAllowed
    rules.check_term(terms["ends_on"], clock.today())
    consent = None
    if terms["basis"] == Grant.Basis.CONSENT:
        consent = _covering(case, organisation, terms)
    given = grant(
        by=by,
        case_id=case.pk,
        basis=terms["basis"],
        staff=staff,
        organisation=organisation,
        reason=terms["reason"],
        ends_at=dt.datetime.combine(terms["ends_on"] + dt.timedelta(days=1), dt.time(), clock.JAPAN),
        parts=[Part(part) for part in terms["parts"]],
    )
    share = Share.objects.create(case=case, grant=given, consent=consent)
    record(by=by, deed="casework.share", subject=case.number, case_id=case.pk, detail=_shared(share))
    return share


def _covering(case: Case, organisation: Organisation, terms: Terms) -> Consent | None:
    """The consent as it stands now, if it covers this: nobody takes it back while something is shared on it."""
    rows = Consent.objects.select_for_update(of=("self",)).filter(case=case)
    consent = rows.filter(pk=terms["consent"].pk).first() if terms["consent"] else None
    rules.check_covered(
        queries.given(consent) if consent else None,
        organisation=organisation.pk,
        parts=terms["parts"],
        ends_on=terms["ends_on"],
        today=clock.today(),
    )
    return consent


@transaction.atomic
def end_share(*, by: AnyActor, share: Share) -> None:
    """Stop sharing now.

    Raises:
        NotAllowed: ``by`` neither leads the case nor gives grants where it is held.
    """
    if not may_share(by, share.case_id):
        raise NotAllowed
    _end(by, share)
    record(by=by, deed="casework.end_share", subject=share.case.number, case_id=share.case_id, detail=_shared(share))


@transaction.atomic
def end_right(*, by: AnyActor, case: Case, right: Grant) -> None:
    """End somebody's right to see the case now, whatever it rests on.

    Raises:
        NotAllowed: ``by`` may not share the case, or the right is that of those whose own case it is.
    """
    if right.case_id != case.pk or right.basis == Grant.Basis.OWN or not may_share(by, case.pk):
        raise NotAllowed
    revoke(by=by, grant_id=right.pk)
    detail = {"grant": str(right.pk), "basis": right.basis}
    record(by=by, deed="casework.end_right", subject=case.number, case_id=case.pk, detail=detail)


def _end(by: AnyActor, share: Share) -> None:
    if unended_grants().filter(pk=share.grant_id).exists():
        revoke(by=by, grant_id=share.grant_id)


@transaction.atomic
def ask_to_see(*, by: Actor, case: NamedCase, reason: str, parts: Collection[str]) -> AccessRequest:
    """Ask those whose own case it is to see it（閲覧の申請）; they are told at once, no administrator is needed.

    Raises:
        NotAllowed: ``by`` works with no cases.
        NotPossible: no reason, or asked already.
    """
    if not by.may(Permission.CASEWORK_CASE_VIEW):
        raise NotAllowed
    rules.check_request(reason)
    seen = Case.objects.filter(pk=case.id).first()
    if seen and parts_of(by, seen) == WHOLE:
        raise NotPossible("このケースは、すでに見ることができます。番号でさがして開いてください")
    if AccessRequest.objects.filter(case_id=case.id, asked_by=by.id, answered_at=None).exists():
        raise NotPossible("このケースには、返事を待っている申請があります。返事はお知らせに届きます")
    asked = AccessRequest.objects.create(
        case_id=case.id, asked_by_id=by.id, asked_at=clock.now(), reason=reason.strip(), parts=sorted(parts)
    )
    record(by=by, deed="casework.ask_to_see", subject=case.number, case_id=case.id, detail=_id(asked))
    with acting_as(KEEPER):
        held = Case.objects.get(pk=case.id)
    _tell_holders(by, held, "casework.access_asked", reverse("casework:request", args=[asked.pk]), who=by.name)
    return asked


@transaction.atomic
def let_see(*, by: Actor, request: AccessRequest, answer: str = "", **terms: Unpack[Terms]) -> AccessRequest:
    """Say yes to a request: the asker sees the chosen parts until a day.

    Raises:
        NotAllowed: ``by`` may not share the case.
        NotPossible: answered already, or the basis does not cover it.
    """
    found = _open(by, request)
    share = _share(by, found.case, _organisation_for(found, terms["consent"]), found.asked_by, terms)
    return _answer(by, found, answer, share)


def _organisation_for(request: AccessRequest, consent: Consent | None) -> Organisation:
    """The asker's organisation that the consent names, or else the first in which they work with cases."""
    posts = actor_of(request.asked_by).organisations_with(Permission.CASEWORK_CASE_VIEW)
    theirs = list(Organisation.objects.filter(pk__in=posts))
    if not theirs:
        raise NotPossible(
            "申請した人には、いまケースを見る役割のある機関がありません。その人の役割を、システム管理者に確かめてください"
        )
    named = queries.given(consent).organisations if consent else frozenset()
    return next((one for one in theirs if one.pk in named), theirs[0])


@transaction.atomic
def decline_to_show(*, by: Actor, request: AccessRequest, answer: str) -> AccessRequest:
    """Say no to a request, with a word.

    Raises:
        NotAllowed: ``by`` may not share the case.
        NotPossible: without a word, or answered already.
    """
    rules.check_refusal(answer)
    return _answer(by, _open(by, request), answer)


def _open(by: Actor, request: AccessRequest) -> AccessRequest:
    rows = AccessRequest.objects.select_for_update(of=("self",)).select_related("case", "asked_by")
    found = rows.filter(pk=request.pk).first()
    if found is None or not may_share(by, found.case_id):
        raise NotAllowed
    if found.answered_at:
        raise NotPossible("この申請には、すでに返事がされています。画面を開き直してください")
    return found


def _answer(by: Actor, asked: AccessRequest, answer: str, share: Share | None = None) -> AccessRequest:
    asked.answered_at, asked.answered_by_id, asked.answer, asked.share = clock.now(), by.id, answer, share
    asked.save(force_update=True)
    number = asked.case.number
    deed = "casework.let_see" if share else "casework.decline_to_show"
    record(by=by, deed=deed, subject=number, case_id=asked.case_id, detail=_id(asked))
    kind = "casework.access_given" if share else "casework.access_declined"
    tell(staff=[asked.asked_by], kind=kind, path=reverse("casework:request", args=[asked.pk]), number=number)
    return asked


def _tell_holders(by: AnyActor, case: Case, kind: str, path: str, **words: str) -> None:
    """Tell the lead, and who coordinates or supervises where the case is held."""
    told = {staff.pk: staff for staff in staff_of(case.organisation_id, Role.SUPERVISOR, Role.COORDINATOR)}
    if case.lead_id:
        told |= {case.lead_id: Staff.objects.get(pk=case.lead_id)}
    others = [staff for staff in told.values() if str(staff.pk) != by.key]
    tell(staff=others, kind=kind, path=path, number=case.number, **words)


def _tell_sharers(by: AnyActor, organisation: Organisation, case: Case) -> None:
    roles = (Role.COUNSELLOR, Role.SUPERVISOR, Role.COORDINATOR, Role.COMPANION, Role.PARTNER)
    others = [staff for staff in staff_of(organisation, *roles) if str(staff.pk) != by.key]
    path = reverse("casework:case", args=[case.number])
    tell(staff=others, kind="casework.shared", path=path, number=case.number, giver=case.organisation.name)


def _paper_of(case: Case, paper: Document | None) -> Document | None:
    if paper and paper.case_id != case.pk:
        raise NotAllowed
    return paper


def _locked(by: AnyActor, consent: Consent) -> Consent:
    found = Consent.objects.select_for_update(of=("self",)).select_related("case").filter(pk=consent.pk).first()
    if found is None:
        raise NotAllowed
    require_holder(by, Permission.CASEWORK_CASE_EDIT, found.case)
    return found


def _id(row: Consent | AccessRequest) -> dict[str, str]:
    return {row._meta.model_name or "": str(row.pk)}  # noqa: SLF001 - Django's own name


def _shared(share: Share) -> dict[str, str]:
    consent = {"consent": str(share.consent_id)} if share.consent_id else {}
    return {"share": str(share.pk), "grant": str(share.grant_id)} | consent
