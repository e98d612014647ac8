"""Reads about loads and reviews. The second wall hides what the present actor may not see."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from engawa.kernel import clock
from engawa.kernel.asked import asked_often
from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.permissions import PERMISSIONS_OF, Permission, Role
from engawa.office.access.queries import staff_of
from engawa.office.casework.access import own_cases
from engawa.office.casework.cases.models import Case, Standing
from engawa.office.casework.load import rules
from engawa.office.casework.load.models import Intensity, Level, Limit, Passing, Review, Weight
from engawa.office.casework.maps.models import Agency
from engawa.office.casework.maps.queries import in_team_on
from engawa.office.casework.timeline.models import Contact
from engawa.office.casework.timeline.queries import STEPS_SHOWN, open_steps

WORKS = Permission.CASEWORK_CASE_EDIT
WORKERS = tuple(role for role in Role if WORKS in PERMISSIONS_OF[role])
ANSWERS = Permission.CASEWORK_GRANT_GIVE
WHO_ANSWER = tuple(role for role in Role if ANSWERS in PERMISSIONS_OF[role])


def levels_on(day: dt.date) -> QuerySet[Level]:
    """The levels that can be chosen on ``day``."""
    return Level.objects.exclude(starts_on__gt=day).exclude(ends_on__lt=day)


def level_of(case: Case, day: dt.date | None = None) -> Level | None:
    """How intensely the case is supported on ``day`` (today): what was last said, or else the usual level."""
    said = _intensity(case.pk, day or clock.today())
    return said[0].level if said else next(iter(_usual()), None)


@asked_often
def _intensity(case: UUID, day: dt.date) -> QuerySet[Intensity]:
    return Intensity.objects.filter(case=case, effective_on__lte=day).select_related("level")[:1]


@asked_often
def _usual() -> QuerySet[Level]:
    return Level.objects.filter(usual=True).order_by("pk")[:1]


def workers_of(organisation: Organisation | UUID) -> QuerySet[Staff]:
    """Who can carry cases in the organisation."""
    return staff_of(organisation, *WORKERS)


@dataclass(frozen=True)
class Weighed:
    """A case that somebody leads, with what it weighs and whether nobody else shares it."""

    case: Case
    level: str
    points: Decimal
    alone: bool
    review: dt.date | None


@dataclass(frozen=True)
class Load:
    """What one worker carries, with the hints to show."""

    staff: Staff
    cases: list[Weighed]
    carried: rules.Carried
    hints: list[str]
    overdue: int


def loads_of(organisation: Organisation, day: dt.date | None = None) -> list[Load]:
    """The load of everybody who can carry cases in the organisation, the heaviest first."""
    day = day or clock.today()
    led: defaultdict[UUID, list[Weighed]] = defaultdict(list)
    for weighed in _weighed(Case.objects.filter(organisation=organisation, lead__isnull=False), day):
        led[weighed.case.lead_id or organisation.pk].append(weighed)
    limit = rules.points_on((rules.Dated(row.starts_on, row.points) for row in Limit.objects.all()), day)
    loads = [_load(staff, led[staff.pk], limit, day) for staff in workers_of(organisation)]
    return sorted(loads, key=lambda load: -load.carried.points)


def _load(staff: Staff, cases: list[Weighed], limit: Decimal | None, day: dt.date) -> Load:
    points = sum((weighed.points for weighed in cases), Decimal())
    carried = rules.Carried(len(cases), points, sum(weighed.alone for weighed in cases))
    overdue = sum(1 for weighed in cases if weighed.review and weighed.review < day)
    return Load(staff, cases, carried, rules.hints_for(carried, limit), overdue)


def cases_led_by(staff: Staff, organisation: Organisation) -> list[Weighed]:
    """The continuing cases that somebody leads in the organisation, by number."""
    return list(_weighed(Case.objects.filter(organisation=organisation, lead=staff), clock.today()))


def _weighed(cases: QuerySet[Case], day: dt.date) -> list[Weighed]:
    said = Intensity.objects.filter(case=OuterRef("pk"), effective_on__lte=day)
    others = Agency.objects.filter(in_team_on(day), case=OuterRef("pk"))
    rows = cases.filter(state=Standing.CONTINUING).select_related("person").order_by("number")
    rows = rows.annotate(
        level_code=Subquery(said.values("level")[:1]),
        shared=Exists(others.exclude(organisation=OuterRef("organisation"))),
        review_on=Subquery(Review.objects.filter(case=OuterRef("pk"), done_on=None).values("due_on")[:1]),
    )
    weights, usual = _weights(day)
    return [
        Weighed(case, *weights.get(case.level_code or usual, ("", Decimal(1))), not case.shared, case.review_on)
        for case in rows
    ]


def _weights(day: dt.date) -> tuple[dict[str, tuple[str, Decimal]], str]:
    """Label and points of each level on ``day``, and the code of the usual one."""
    dated: defaultdict[str, list[rules.Dated]] = defaultdict(list)
    for row in Weight.objects.all():
        dated[row.level_id].append(rules.Dated(row.starts_on, row.points))
    levels = list(Level.objects.all())
    usual = next((level.code for level in levels if level.usual), "")
    one = Decimal(1)
    return {level.code: (level.name, rules.points_on(dated[level.code], day) or one) for level in levels}, usual


def without_lead(organisation: Organisation) -> int:
    """How many continuing cases of the organisation nobody leads."""
    return Case.objects.filter(organisation=organisation, lead=None, state=Standing.CONTINUING).count()


def answers_alone(organisation: Organisation) -> Staff | None:
    """The only one who coordinates or supervises in the organisation, if there is no second (002-05)."""
    answering = list(staff_of(organisation, *WHO_ANSWER)[:2])
    return answering[0] if len(answering) == 1 else None


def organisations_answered_for(actor: Actor) -> QuerySet[Organisation]:
    """The organisations whose workers' loads the actor sees."""
    return Organisation.objects.filter(pk__in=actor.organisations_with(ANSWERS)).order_by("reading", "name")


def worker_for(actor: Actor, pk: UUID) -> tuple[Staff, Organisation]:
    """Somebody whose load the actor answers for, and the organisation in which they carry it.

    Raises:
        NotAllowed: there is nobody like that.
    """
    for organisation in organisations_answered_for(actor):
        leads = Case.objects.filter(organisation=organisation, lead=pk).exists()
        staff = Staff.objects.filter(pk=pk).first()
        if staff and (leads or workers_of(organisation).filter(pk=pk).exists()):
            return staff, organisation
    raise NotAllowed


@dataclass(frozen=True)
class Beside:
    """What stands beside a case: its intensity, its next review, and whether its lead carries it alone."""

    level: Level | None
    review: Review | None
    alone: bool


def beside(case: Case) -> Beside:
    """What guards the worker of this case."""
    review = next(iter(_next_review(case.pk)), None)
    carried = case.state == Standing.CONTINUING and case.lead_id is not None
    alone = carried and not _others(case.pk, case.organisation_id, clock.today())
    return Beside(level_of(case), review, alone)


@asked_often
def _next_review(case: UUID) -> QuerySet[Review]:
    return Review.objects.filter(case=case, done_on=None)[:1]


@asked_often
def _others(case: UUID, holder: UUID, day: dt.date) -> QuerySet[Agency, UUID]:
    others = Agency.objects.filter(in_team_on(day), case=case).exclude(organisation=holder)
    return others.values_list("pk", flat=True)[:1]


def reviews_of(case: Case) -> QuerySet[Review]:
    """Every review of the case, the next one first."""
    return (
        Review.objects.filter(case=case)
        .select_related("set_by", "done_by")
        .order_by(F("done_on").desc(nulls_first=True))
    )


def intensities_of(case: Case) -> QuerySet[Intensity]:
    """How intensely the case was supported, the newest first."""
    return Intensity.objects.filter(case=case).select_related("level", "by")


def passings_of(case: Case) -> QuerySet[Passing]:
    """Who passed the case to whom, the newest first."""
    return Passing.objects.filter(case=case).select_related("giver", "receiver", "by")


def steps_due(actor: Actor, until: dt.date) -> list[Contact]:
    """What the actor is to do by ``until``: what they wrote down, and what came with the cases that they took over.

    Whoever passed a case on does not do any more what they had written down in it before.
    """
    both = [*_steps_of(actor.id, until, passed=False), *_steps_of(actor.id, until, passed=True)]
    return sorted(both, key=lambda step: (step.next_on or until, step.recorded_at))[:STEPS_SHOWN]


@asked_often
def _steps_of(staff: UUID, until: dt.date, *, passed: bool) -> QuerySet[Contact]:
    given_away = Exists(
        Passing.objects.filter(case=OuterRef("case"), giver=OuterRef("by"), at__gte=OuterRef("recorded_at"))
    )
    steps = open_steps(until)
    mine = steps.filter(given_away, case__lead_id=staff) if passed else steps.filter(~given_away, by_id=staff)
    return mine[:STEPS_SHOWN]


SOON = dt.timedelta(days=7)


def reviews_due(actor: Actor, most: int) -> list[Review]:
    """Reviews of cases that the actor leads and that are due within a week or overdue, the oldest first."""
    return _reviews_due(actor, clock.today() + SOON, most)


@asked_often
def _reviews_due(actor: Actor, until: dt.date, most: int) -> QuerySet[Review]:
    mine = own_cases(actor).filter(lead_id=actor.id, state=Standing.CONTINUING)
    due = Review.objects.filter(case__in=mine, done_on=None, due_on__lte=until)
    return due.select_related("case__person").order_by("due_on")[:most]
