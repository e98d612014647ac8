"""Consents and referrals told as rows of a ledger. The second wall shows consents to whoever sees the whole case."""

from collections.abc import Iterable

from engawa.office.access.parts import Part
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.models import Consent, Purpose
from engawa.office.casework.intake.queries.family import Homes, signed
from engawa.office.casework.intake.queries.plans import plain
from engawa.office.casework.intake.rules import ConsentRow, ReferralRow, in_order
from engawa.office.casework.referrals.models import Referral

AS_REFERRED = (
    *("on", "contact_person", "wish", "handed", "basis", "reason", "check_on"),
    *("answer", "answered_on", "answer_words"),
)
AS_SAID = ("giver", "giver_name", "way", "note", "withdrawn_on", "withdrawn_way", "withdrawal_note")


def told_consents(cases: Iterable[Case]) -> list[ConsentRow]:
    """Every consent about these cases, withdrawn ones too."""
    words = dict(Purpose.objects.values_list("code", "label"))
    rows = Consent.objects.filter(case__in=cases).select_related("case", "text", "recorded_by")
    return in_order(_consent(one, words) for one in rows.prefetch_related("parties__organisation"))


def _consent(one: Consent, words: dict[str, str]) -> ConsentRow:
    return ConsentRow(
        case=one.case.number,
        on=one.given_on,
        text=one.text.title,
        version=one.text.version,
        until=one.ends_on,
        purposes=tuple(sorted(words.get(code, code) for code in one.purposes)),
        parts=in_their_order(one.parts),
        parties=tuple(sorted(party.called for party in one.parties.all())),
        **plain(one, AS_SAID),
        **signed(one),
    )


def told_referrals(homes: Homes, cases: Iterable[Case]) -> list[ReferralRow]:
    """To whom somebody was introduced, and what was answered."""
    rows = Referral.objects.filter(case__in=cases)
    found = rows.select_related("case", "kind", "organisation", "resource", "consent", "by")
    return in_order(_referral(homes, one) for one in found)


def _referral(homes: Homes, one: Referral) -> ReferralRow:
    return ReferralRow(
        case=one.case.number,
        to=one.called,
        kind=one.kind.label,
        who=_who(homes, one),
        parts=in_their_order(one.parts),
        consented_on=one.consent.given_on if one.consent else None,
        **plain(one, AS_REFERRED),
        **signed(one),
    )


def _who(homes: Homes, one: Referral) -> str:
    """Who of the household was introduced; nothing for the 本人, the id of whoever is no longer of the household."""
    if one.member in (None, one.case.member_id):
        return ""
    return next(iter(homes.labels_in(one.case.number, [one.member])), str(one.member))


def in_their_order(parts: Iterable[str]) -> tuple[str, ...]:
    """These parts of a case, in the order in which they are always named."""
    return tuple(str(part) for part in Part if part in set(parts))


def course_of_consent(one: Consent) -> dict[str, str]:
    """How a consent stands: by this one sees whether anybody has gone on with it."""
    return {name: str(getattr(one, name) or "") for name in ("withdrawn_on", "paper_id")}
