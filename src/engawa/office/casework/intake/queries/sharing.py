"""Consents told as rows of a ledger. The second wall shows them to whoever sees the whole case."""

from collections.abc import Iterable

from engawa.office.access.parts import Part
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.models import Consent, Purpose
from engawa.office.casework.intake.queries.plans import plain, signed
from engawa.office.casework.intake.rules import ConsentRow, in_order

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


def in_their_order(parts: Iterable[str]) -> tuple[str, ...]:
    """These parts of a case, in the order in which they are always named."""
    return tuple(str(part) for part in Part if part in set(parts))


def course_of_consent(one: Consent) -> dict[str, str]:
    """How a consent stands: by this one sees whether anybody has gone on with it."""
    return {name: str(getattr(one, name) or "") for name in ("withdrawn_on", "paper_id")}
