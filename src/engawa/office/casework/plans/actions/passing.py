"""Who is named in a plan passes on with the case（担当替え）."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from engawa.kernel import clock
from engawa.office.access.actors import AnyActor
from engawa.office.access.models import Staff
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import require_holder
from engawa.office.casework.cases.models import Case
from engawa.office.casework.plans.models.plans import Plan, PlanStep

OPEN = (Plan.State.DRAFT, Plan.State.RUNNING)


@dataclass(frozen=True)
class PlansPassed:
    """How many plans and steps have another worker now."""

    plans: int
    steps: int


def pass_plans(*, by: AnyActor, case: Case, giver: Staff, receiver: Staff) -> PlansPassed:
    """Name the receiver wherever an open plan of the case names the giver, in the caller's transaction.

    A plan that was evaluated or revised, and a step whose last day is over, say who it was: they stay. Nothing of what
    was agreed changes, so this makes no revision. Whoever has a draft open is told of the change when they save.

    Raises:
        NotAllowed: ``by`` does not answer for the organisation that holds the case.
    """
    require_holder(by, Permission.CASEWORK_GRANT_GIVE, case)
    plans = steps = 0
    for plan in Plan.objects.select_for_update(of=("self",)).filter(case=case, state__in=OPEN).order_by("pk"):
        mine = _steps_of(plan, giver).update(staff=receiver)
        named = plan.worker_id == giver.pk
        if named:
            plan.worker = receiver
        if (named or mine) and plan.is_draft:
            plan.written_at = clock.now()
        if named or mine:
            plan.save(force_update=True)
        plans, steps = plans + named, steps + mine
    return PlansPassed(plans, steps)


def _steps_of(plan: Plan, staff: Staff) -> QuerySet[PlanStep]:
    still = Q(until__isnull=True) | Q(until__gte=clock.today())
    return PlanStep.objects.filter(still, goal__plan=plan, staff=staff)
