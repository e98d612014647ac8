"""What an import brought, and what has been done with it since."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from engawa.kernel.words import Words
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.models import Consent, Share
from engawa.office.casework.documents.models import Document
from engawa.office.casework.gatherings.models import Attendance, Attendee, Gathering, Sitting
from engawa.office.casework.households.models import Household, LifeEvent, Member, Need, Relation, Secret
from engawa.office.casework.identity.models import Merge, Step
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.intake.queries.gatherings import course_of_attendance, course_of_attendee
from engawa.office.casework.intake.queries.plans import course_of
from engawa.office.casework.intake.queries.sharing import course_of_consent
from engawa.office.casework.maps.models import Agency, Joining, Tie
from engawa.office.casework.people.models import OtherAddress, OtherName, OtherReach, Person
from engawa.office.casework.plans.models.evaluations import Evaluation, GoalOutcome
from engawa.office.casework.plans.models.plans import Goal, Plan, PlanReview, PlanStep, ServiceUse
from engawa.office.casework.plans.models.staying import QuietContact, Staying
from engawa.office.casework.referrals.models import Referral
from engawa.office.casework.timeline.models import Contact

Kind = Brought.Kind
# In the order in which they go again: what hangs on others first.
MODELS: Mapping[str, type[Model]] = {
    Kind.ATTENDANCE: Attendance,
    Kind.ATTENDEE: Attendee,
    Kind.SITTING: Sitting,
    Kind.GATHERING: Gathering,
    Kind.REFERRAL: Referral,
    Kind.CONSENT: Consent,
    Kind.TIE: Tie,
    Kind.AGENCY: Agency,
    Kind.QUIET_CONTACT: QuietContact,
    Kind.STAYING: Staying,
    Kind.OUTCOME: GoalOutcome,
    Kind.EVALUATION: Evaluation,
    Kind.REVIEW: PlanReview,
    Kind.SERVICE: ServiceUse,
    Kind.STEP: PlanStep,
    Kind.GOAL: Goal,
    Kind.PLAN: Plan,
    Kind.ANSWER: AssessmentAnswer,
    Kind.ASSESSMENT: Assessment,
    Kind.LIFE_EVENT: LifeEvent,
    Kind.NEED: Need,
    Kind.RELATION: Relation,
    Kind.MEMBER: Member,
    Kind.HOUSEHOLD: Household,
    Kind.OTHER_NAME: OtherName,
    Kind.OTHER_ADDRESS: OtherAddress,
    Kind.OTHER_REACH: OtherReach,
    Kind.NAME_STEP: Step,
    Kind.PERSON: Person,
}
# What may come to hang on a row that was brought: the model, by which of its fields, and as which kind it is brought.
HANGING: tuple[tuple[type[Model], str, str, str], ...] = (
    (OtherName, "person", Kind.PERSON, Kind.OTHER_NAME),
    (OtherAddress, "person", Kind.PERSON, Kind.OTHER_ADDRESS),
    (OtherReach, "person", Kind.PERSON, Kind.OTHER_REACH),
    (Step, "person", Kind.PERSON, Kind.NAME_STEP),
    (Merge, "kept", Kind.PERSON, ""),
    (Merge, "gone", Kind.PERSON, ""),
    (AssessmentAnswer, "assessment", Kind.ASSESSMENT, Kind.ANSWER),
    (Assessment, "based_on", Kind.ASSESSMENT, Kind.ASSESSMENT),
    (Goal, "plan", Kind.PLAN, Kind.GOAL),
    (PlanStep, "goal", Kind.GOAL, Kind.STEP),
    (ServiceUse, "plan", Kind.PLAN, Kind.SERVICE),
    (PlanReview, "plan", Kind.PLAN, Kind.REVIEW),
    (Evaluation, "plan", Kind.PLAN, Kind.EVALUATION),
    (GoalOutcome, "evaluation", Kind.EVALUATION, Kind.OUTCOME),
    (Plan, "follows", Kind.PLAN, Kind.PLAN),
    (QuietContact, "staying", Kind.STAYING, Kind.QUIET_CONTACT),
    (Tie, "agency", Kind.AGENCY, Kind.TIE),
    (Tie, "member", Kind.MEMBER, Kind.TIE),
    (Secret, "member", Kind.MEMBER, ""),
    (Joining, "household", Kind.HOUSEHOLD, ""),
    (Member, "household", Kind.HOUSEHOLD, Kind.MEMBER),
    (Relation, "one", Kind.MEMBER, Kind.RELATION),
    (Relation, "other", Kind.MEMBER, Kind.RELATION),
    (Need, "household", Kind.HOUSEHOLD, Kind.NEED),
    (Need, "member", Kind.MEMBER, Kind.NEED),
    (LifeEvent, "household", Kind.HOUSEHOLD, Kind.LIFE_EVENT),
    (LifeEvent, "member", Kind.MEMBER, Kind.LIFE_EVENT),
    (Referral, "consent", Kind.CONSENT, Kind.REFERRAL),
    (Share, "consent", Kind.CONSENT, ""),
    (Referral, "member", Kind.MEMBER, Kind.REFERRAL),
    (Attendee, "member", Kind.MEMBER, Kind.ATTENDEE),
    (Document, "member", Kind.MEMBER, ""),
    (Attendee, "gathering", Kind.GATHERING, Kind.ATTENDEE),
    (Sitting, "gathering", Kind.GATHERING, Kind.SITTING),
    (Attendance, "sitting", Kind.SITTING, Kind.ATTENDANCE),
    (Attendance, "attendee", Kind.ATTENDEE, Kind.ATTENDANCE),
)


# How rows stand of which no past is kept.
COURSES: Mapping[str, Callable[[Any], dict[str, str]]] = {
    Kind.QUIET_CONTACT: course_of,
    Kind.CONSENT: course_of_consent,
    Kind.ATTENDEE: course_of_attendee,
    Kind.ATTENDANCE: course_of_attendance,
}


@dataclass(frozen=True)
class Load:
    """Everything that an import brought beside cases and contacts: ids by kind."""

    import_id: UUID
    ids: Mapping[str, set[UUID]]
    cases: Mapping[str, set[UUID]]

    def rows(self, kind: str) -> QuerySet[Any]:
        """The rows of one kind, as far as they are still there."""
        return MODELS[kind]._default_manager.filter(pk__in=self.ids[kind])  # noqa: SLF001 - Django's own name


def load_of(import_id: UUID) -> Load:
    """What this import brought."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    cases: dict[str, set[UUID]] = defaultdict(set)
    brought = Brought.objects.filter(import_id=import_id)
    for kind, row, case in brought.values_list("kind", "row_id", "case_id"):
        ids[kind].add(row)
        if case is not None:
            cases[kind].add(case)
    return Load(import_id, ids, cases)


def past_of(kind: str) -> type[Model] | None:
    """The model that keeps the past of rows of a kind, where one does."""
    return apps.all_models["casework"].get(f"{MODELS[kind].__name__.lower()}past")


def pasts_of(cases: QuerySet[Case]) -> Iterator[QuerySet[Any]]:
    """What stood before in these cases and in their rows, model by model."""
    for name, model in apps.all_models["casework"].items():
        by = "pgh_obj" if name == "casepast" else "case"
        if name.endswith("past") and any(field.name == by for field in model._meta.get_fields()):  # noqa: SLF001 - Django's own name
            yield model._default_manager.filter(**{f"{by}__in": cases})  # noqa: SLF001 - as above


def changed_since(load: Load) -> Iterator[tuple[str, int]]:
    """What somebody has changed of it, or written beside it, by name and number."""
    for kind in MODELS:
        past = past_of(kind)
        if load.ids[kind] and past:
            rows: QuerySet[Any] = past._default_manager.filter(pgh_obj_id__in=load.ids[kind])  # noqa: SLF001
            yield (
                Words("直した・消した「%(kind)s」", kind=Kind(kind).label),
                rows.values("pgh_obj_id").distinct().count(),
            )
    for model, field, on, as_ in HANGING:
        hanging = model._default_manager.filter(**{f"{field}__in": load.ids[on]})  # noqa: SLF001
        yield Words("%(kind)sに書き足したこと", kind=Kind(on).label), hanging.exclude(pk__in=load.ids[as_]).count()
    others = ~Q(import_id=load.import_id) | Q(import_id=None)
    met = Contact.objects.filter(others, members__overlap=list(load.ids[Kind.MEMBER]))
    yield Words("取り込んだ世帯員に会った対応"), met.count()
    for kind, course in COURSES.items():
        yield Words("そのあと変わった「%(kind)s」", kind=Kind(kind).label), _gone_on(load, kind, course)
    held = PlanReview.objects.filter(pk__in=load.ids[Kind.REVIEW], by__isnull=False)
    yield Words("行ったモニタリング"), held.count()
    finished = Assessment.objects.filter(pk__in=load.ids[Kind.ASSESSMENT], finished_by__isnull=False)
    yield Words("確定したアセスメント"), finished.count()
    linked = load.cases[Kind.CASE] | load.cases[Kind.PERSON] | load.cases[Kind.HOUSEHOLD]
    members = Member.objects.filter(person__in=load.ids[Kind.PERSON]).exclude(pk__in=load.ids[Kind.MEMBER])
    yield Words("結びついた世帯員"), members.exclude(cases__in=linked).count()
    joined = Q(person__in=load.ids[Kind.PERSON]) | Q(household__in=load.ids[Kind.HOUSEHOLD])
    yield Words("結びついたほかのケース"), Case.objects.filter(joined).exclude(pk__in=linked).count()


def _gone_on(load: Load, kind: str, course: Callable[[Any], dict[str, str]]) -> int:
    """How many rows of a kind whose past is not kept have come round, wait or were stopped since."""
    before = dict(Brought.objects.filter(row_id__in=load.ids[kind], kind=kind).values_list("row_id", "said"))
    return sum(course(row) != before[row.pk] for row in load.rows(kind))


def foreign_cases(load: Load, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of these cases those that somebody has told more of since than the import did."""
    person = Q(person__isnull=False) & ~Q(person__in=load.ids[Kind.PERSON]) & ~Q(pk__in=load.cases[Kind.CASE])
    home = Q(household__isnull=False) & ~Q(household__in=load.ids[Kind.HOUSEHOLD]) & ~Q(pk__in=load.cases[Kind.CASE])
    called = ~Q(handle="") & ~Q(pk__in=load.cases[Kind.CASE])
    return cases.filter(Q(lead__isnull=False) | person | home | called)
