"""Reads about retention: terms, holds, what has served its time, and destruction lists.

Managers approve lists without seeing a case: lists hold numbers and days only, and are read as the keeper here, for
those whom ``organisations_with`` names.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER, Actor, NotAllowed
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.permissions import Permission, roles_with
from engawa.office.access.queries import acts_for_the_city, staff_of
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case, CaseState, Standing
from engawa.office.casework.retention import rules
from engawa.office.casework.retention.models import Destruction, DestructionItem, Disclosure, Hold, RecordClass, Term

PROPOSE, APPROVE = Permission.CASEWORK_RETENTION_PROPOSE, Permission.CASEWORK_RETENTION_APPROVE
MOST = 500


def terms() -> QuerySet[Term]:
    """Every term, class by class, the newest first."""
    return Term.objects.select_related("record_class").order_by("record_class__position", "-starts_on")


def _years() -> dict[str, list[rules.Years]]:
    years: defaultdict[str, list[rules.Years]] = defaultdict(list)
    for term in Term.objects.all():
        years[term.record_class_id].append(rules.Years(term.starts_on, term.years))
    return years


def holds_in_force() -> QuerySet[Hold]:
    """Holds that keep records from being destroyed today."""
    return Hold.objects.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()), lifted_at=None)


def holds_of(case: Case) -> QuerySet[Hold]:
    """Every hold on the case, the newest first."""
    return Hold.objects.filter(case=case).select_related("placed_by", "lifted_by")


def hold_in(case: Case, pk: UUID) -> Hold:
    """A hold on this case.

    Raises:
        NotAllowed: there is none with this id.
    """
    hold = Hold.objects.filter(case=case, pk=pk).first()
    if hold is None:
        raise NotAllowed
    return hold


@dataclass(frozen=True)
class Kept:
    """Until when one class of a case's records is kept; no day: for ever, or as long as the case is open."""

    record_class: RecordClass
    due_on: dt.date | None
    erased_at: dt.datetime | None


def kept_of(case: Case) -> list[Kept]:
    """Until when each class of the case's records is kept."""
    closed = closed_on([case.pk]).get(case.pk)
    years, erased = _years(), _erased([case.pk])
    return [
        Kept(one, rules.due_on(closed, years[one.code]) if closed else None, erased.get((case.pk, one.code)))
        for one in RecordClass.objects.all()
    ]


def closed_on(cases: Iterable[UUID]) -> dict[UUID, dt.date]:
    """Since when each of these cases is closed; cases that are not are left out."""
    closings = CaseState.objects.filter(case__in=list(cases), case__state=Standing.CLOSED, state=Standing.CLOSED)
    return dict(closings.values("case").annotate(last=Max("effective_on")).values_list("case", "last"))


def _erased(cases: Iterable[UUID]) -> dict[tuple[UUID, str], dt.datetime]:
    done = DestructionItem.objects.filter(case__in=list(cases), outcome=DestructionItem.Outcome.ERASED)
    rows = done.order_by("settled_at").values_list("case", "record_class", "settled_at")
    return {(case, code): at for case, code, at in rows if at}


@dataclass(frozen=True)
class Due:
    """One class of record of one case that has served its time."""

    case_id: UUID
    number: str
    record_class: str
    closed_on: dt.date
    due_on: dt.date


def due_in(organisation: Organisation | UUID, *, only: Iterable[UUID] | None = None) -> list[Due]:
    """What of the organisation's closed cases has served its time and is not held back, at most ``MOST``."""
    today, years = clock.today(), _years()
    cases = Case.objects.filter(organisation=organisation, state=Standing.CLOSED)
    cases = cases.exclude(pk__in=holds_in_force().values("case"))
    numbers = dict((cases.filter(pk__in=list(only)) if only is not None else cases).values_list("pk", "number"))
    closings, erased = closed_on(numbers), _erased(numbers)
    due = [
        Due(pk, numbers[pk], code, closed, day)
        for pk, closed in closings.items()
        for code, held in years.items()
        if (day := rules.due_on(closed, held)) and day <= today and not _since(erased.get((pk, code)), closed)
    ]
    return sorted(due, key=lambda one: (one.due_on, one.number, one.record_class))[:MOST]


def _since(erased: dt.datetime | None, closed: dt.date) -> bool:
    """Whether it was erased after that closing: a case that was taken up again has new records."""
    return erased is not None and erased.astimezone(clock.JAPAN).date() >= closed


def organisations_proposed_for(actor: Actor) -> QuerySet[Organisation]:
    """The organisations whose lists the actor draws up."""
    return Organisation.objects.filter(pk__in=actor.organisations_with(PROPOSE)).order_by("reading", "name")


def _lists(actor: Actor) -> QuerySet[Destruction]:
    """Lists of one's own organisations; of the whole house for those who approve in the city's own offices."""
    approves = actor.organisations_with(APPROVE)
    rows = Destruction.objects.select_related("organisation", "made_by", "approved_by")
    if approves_for_the_city(actor):
        return rows
    return rows.filter(organisation__in={*approves, *actor.organisations_with(PROPOSE)})


def lists_for(actor: Actor) -> list[Destruction]:
    """The lists that the actor has to do with, the newest first."""
    with acting_as(KEEPER):
        return list(_lists(actor)[:100])


def list_for(actor: Actor, pk: UUID) -> Destruction:
    """One list that the actor has to do with.

    Raises:
        NotAllowed: there is none.
    """
    with acting_as(KEEPER):
        found = _lists(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed
    return found


def approves_for_the_city(actor: Actor) -> bool:
    """Whether the actor approves in the city's own offices: for the whole house, and for how long records are kept."""
    return acts_for_the_city(actor, APPROVE)


def may_approve(actor: Actor, destruction: Destruction) -> bool:
    """Whether the actor may be the second person: in the list's organisation, or in the city's own offices."""
    return destruction.organisation_id in actor.organisations_with(APPROVE) or approves_for_the_city(actor)


def items_of(destruction: Destruction) -> list[DestructionItem]:
    """What stands on the list: numbers and days."""
    with acting_as(KEEPER):
        return list(destruction.items.select_related("record_class"))


def discloses(actor: Actor, case: Case) -> bool:
    """Whether the actor works on the case where it is held: there its person's records are given out."""
    return case.organisation_id in actor.organisations_with(Permission.CASEWORK_CASE_EDIT)


# Who is asked to be the second person, in this order: the next only where there is nobody else of the one before.
_SECOND = (Permission.CASEWORK_DISCLOSURE_APPROVE, Permission.CASEWORK_GRANT_GIVE, Permission.CASEWORK_CASE_EDIT)


def approvers_of(disclosure: Disclosure) -> list[Staff]:
    """Who may be the second person: never the one who prepared it, always somebody who sees the case where it is held.

    The supervisors; where nobody else is one, the coordinators; where nobody else is one of these, whoever works on
    cases there. Nobody, where only one person does.
    """
    for permission in _SECOND:
        others = staff_of(disclosure.case.organisation_id, *roles_with(permission))
        if found := list(others.filter(is_active=True).exclude(pk=disclosure.prepared_by_id)):
            return found
    return []


def disclosures_of(case: Case) -> QuerySet[Disclosure]:
    """Every disclosure of the case's records, the newest first; what they said is left where it is."""
    rows = Disclosure.objects.filter(case=case).select_related("prepared_by", "approved_by")
    return rows.defer("content", "struck", "choices")


def disclosure_in(case: Case, pk: UUID) -> Disclosure:
    """A disclosure of this case.

    Raises:
        NotAllowed: there is none with this id.
    """
    rows = Disclosure.objects.filter(case=case, pk=pk).select_related(
        "case__organisation", "prepared_by", "approved_by"
    )
    found = rows.first()
    if found is None:
        raise NotAllowed
    return found


def version_of(disclosure: Disclosure) -> str:
    """Names what was handed in: when that was."""
    return disclosure.handed_in_at.astimezone(clock.JAPAN).isoformat() if disclosure.handed_in_at else ""
