"""Reads about cases. The second wall hides what the present actor may not see."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.db import connection, models
from django.db.models import Q, QuerySet
from django.db.models.expressions import OrderBy
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock, fiscal
from engawa.kernel.asked import asked_often, counted_often, in_few_sizes
from engawa.office.access.actors import KEEPER, Actor, AnyActor
from engawa.office.access.models import Grant
from engawa.office.access.permissions import Permission
from engawa.office.access.upstairs import NamedCase
from engawa.office.access.walls import acting_as
from engawa.office.casework.access import grants_in_force, own_cases, visible_cases
from engawa.office.casework.cases import rules
from engawa.office.casework.cases.models import Case, CaseState, EndReason, Handover, Standing


def changes_of(case: Case) -> list[rules.Change]:
    """Every change of state of the case, oldest first."""
    rows = CaseState.objects.filter(case=case).order_by("effective_on", "recorded_at", "id")
    return [rules.Change(row.effective_on, row.recorded_at, row.state) for row in rows]


def state_on(case: Case, day: dt.date) -> str:
    """The state of the case as of ``day``: ``continuing``, ``closed`` or ``handed_over``."""
    return rules.state_on(changes_of(case), day)


def version_of(case: Case) -> str:
    """Names the version of a case's facts: how often they and the person's have changed."""
    people = case.person.events.count() if case.person else 0  # type: ignore[attr-defined] # made by pghistory
    return f"{case.events.count()}.{people}"  # type: ignore[attr-defined] # made by pghistory


def end_reasons(day: dt.date) -> QuerySet[EndReason]:
    """The reasons with which a case may end on ``day``, in the order of the list."""
    return EndReason.objects.exclude(starts_on__gt=day).exclude(ends_on__lt=day)


LONGEST_SEARCH = 100


def find_cases(actor: AnyActor, text: str, *, most: int = 50) -> list[Case]:
    """Cases by number, name, reading, nickname or organisation, in any script or width; the number meant comes first.

    PostgreSQL looks them up and leaves out what the actor may not see (``casework_find``).
    """
    text, at = text[:LONGEST_SEARCH], clock.now()
    meant = rules.numbers_meant(text, fiscal.fiscal_year(clock.today()))
    by_number = _numbered(tuple(meant), actor, at) if meant else []
    found = _ids_found(text, most)
    others = [case for case in _of_ids(in_few_sizes(found), actor, at) if case not in by_number] if found else []
    return [*by_number, *others][:most]


def _shown(actor: AnyActor, at: dt.datetime) -> QuerySet[Case]:
    return visible_cases(actor, at=at).select_related("person", "organisation", "desk")


@asked_often
def _numbered(numbers: tuple[str, ...], actor: AnyActor, at: dt.datetime) -> QuerySet[Case]:
    return _shown(actor, at).filter(number__in=numbers)


@asked_often
def _of_ids(ids: tuple[UUID, ...], actor: AnyActor, at: dt.datetime) -> QuerySet[Case]:
    return _shown(actor, at).filter(pk__in=ids).order_by("-received_on", "-number")


def named_case(number: str) -> NamedCase | None:
    """The case with this number past the second wall, for the breaking of the glass: its number and nothing else."""
    return next(iter(_named(Q(number=number)).values()), None)


def named_cases(ids: Iterable[UUID]) -> dict[UUID, NamedCase]:
    """Cases by id, past the second wall, for the list of broken glass: their numbers and nothing else."""
    asked = set(ids)
    return _named(Q(pk__in=asked)) if asked else {}


def lead_in(case_id: UUID) -> UUID | None:
    """Who mainly carries the case, past the second wall, for the rights to it."""
    with acting_as(KEEPER):
        return Case.objects.filter(pk=case_id).values_list("lead", flat=True).first()


def _named(wanted: Q) -> dict[UUID, NamedCase]:
    with acting_as(KEEPER):
        found = list(Case.objects.filter(wanted).values_list("pk", "number"))
    return {pk: NamedCase(pk, number, reverse("casework:case", args=[number])) for pk, number in found}


def _ids_found(text: str, most: int) -> tuple[UUID, ...]:
    with connection.cursor() as cursor:
        for keys, pieces in rules.sought(text):
            cursor.execute("SELECT casework_find(%s, %s, %s)", [keys, pieces, most])
            if found := tuple(row[0] for row in cursor.fetchall()):
                return found
    return ()


class Scope(models.TextChoices):
    """Whose cases a list shows."""

    OWN = "own", _("自機関のケース")
    MINE = "mine", _("わたしの主担当")
    SHARED = "shared", _("共有されたケース")


@dataclass(frozen=True)
class Wanted:
    """What a list of cases is narrowed to; nobody has been in touch with a ``quiet`` case since that day."""

    scope: Scope = Scope.OWN
    state: Standing | None = None
    desk: UUID | None = None
    lead: UUID | None = None
    received_from: dt.date | None = None
    received_to: dt.date | None = None
    quiet: dt.date | None = None


def list_cases(actor: Actor, wanted: Wanted, at: dt.datetime) -> QuerySet[Case]:
    """Cases of one scope at this moment, with what a line of the list shows."""
    cases = _scope(actor, wanted.scope, at)
    exact = {"state": wanted.state, "desk": wanted.desk, "lead": wanted.lead}
    days = {"received_on__gte": wanted.received_from, "received_on__lte": wanted.received_to}
    cases = cases.filter(**{name: value for name, value in (exact | days).items() if value})
    if wanted.quiet:
        cases = cases.filter(quiet_since(wanted.quiet))
    return cases.select_related("person", "organisation", "desk", "lead")


def _scope(actor: Actor, scope: Scope, at: dt.datetime) -> QuerySet[Case]:
    if scope is Scope.MINE:
        return own_cases(actor).filter(lead_id=actor.id)
    if scope is Scope.SHARED:
        shared = grants_in_force(actor, Permission.CASEWORK_CASE_VIEW, at).exclude(basis=Grant.Basis.OWN)
        ours = actor.organisations_with(Permission.CASEWORK_CASE_VIEW)
        return Case.objects.filter(pk__in=shared.values("case_id")).exclude(organisation_id__in=ours)
    return own_cases(actor)


class Listing:
    """A list of cases in one order, to be cut into pages."""

    # No further than anybody pages: a count of everything is slow behind the second wall.
    COUNTED = 501

    ordered = True

    def __init__(self, actor: Actor, wanted: Wanted, order: OrderBy) -> None:
        self._asked = (actor, wanted, clock.now())
        self._order = order

    def in_pages(self, lines: int) -> "Paginator[Case]":
        """Pages of so many lines."""
        return Paginator(self, lines)  # type: ignore[arg-type] # counts and cuts, and does nothing else

    def count(self) -> int:
        """How many there are, at most ``COUNTED``."""
        return len(_keys(*self._asked, self.COUNTED))

    def __getitem__(self, places: slice) -> list[Case]:
        return _lines(*self._asked, self._order, (places.start, places.stop))


@asked_often
def _keys(actor: Actor, wanted: Wanted, at: dt.datetime, most: int) -> QuerySet[Case, UUID]:
    return list_cases(actor, wanted, at).order_by().values_list("pk", flat=True)[:most]


@asked_often
def _lines(actor: Actor, wanted: Wanted, at: dt.datetime, order: OrderBy, cut: tuple[int, int]) -> QuerySet[Case]:
    return list_cases(actor, wanted, at).order_by(order, "-number")[slice(*cut)]


def quiet_since(day: dt.date) -> Q:
    """Continuing cases that nobody has been in touch with since ``day``. Silence is normal and changes nothing."""
    never = Q(last_contact_on__isnull=True, received_on__lt=day)
    return Q(state=Standing.CONTINUING) & (Q(last_contact_on__lt=day) | never)


def offers_to(actor: Actor) -> QuerySet[Handover]:
    """Handovers that wait for an answer of the actor's organisations, the oldest first."""
    organisations = actor.organisations_with(Permission.CASEWORK_CASE_HANDOVER)
    waiting = Handover.objects.filter(answered_at__isnull=True, taker_id__in=organisations)
    return _with_names(waiting).order_by("offered_at")


@counted_often
def count_offers_to(actor: Actor) -> QuerySet[Handover]:
    """How many handovers wait for an answer of the actor's organisations."""
    return offers_to(actor)


def offers_from(actor: Actor) -> QuerySet[Handover]:
    """Handovers that the actor's organisations have offered, the newest first."""
    organisations = actor.organisations_with(Permission.CASEWORK_CASE_HANDOVER)
    return _with_names(Handover.objects.filter(giver_id__in=organisations)).order_by("-offered_at")


def stays_with_giver(case: Case, giver: UUID) -> bool:
    """Whether ``giver`` has another case of the same person: then both keep what is secret after a handover."""
    return bool(case.person_id) and _holds_another(case, giver, person=case.person_id)


def household_stays_with_giver(case: Case, giver: UUID) -> bool:
    """Whether ``giver`` has another case of the same household; as ``stays_with_giver``."""
    return bool(case.household_id) and _holds_another(case, giver, household=case.household_id)


def _holds_another(case: Case, organisation: UUID, **same: UUID | None) -> bool:
    with acting_as(KEEPER):
        return Case.objects.filter(organisation=organisation, **same).exclude(pk=case.pk).exists()


def _with_names(handovers: QuerySet[Handover]) -> QuerySet[Handover]:
    return handovers.select_related("case__person", "giver", "taker", "offered_by", "answered_by")
