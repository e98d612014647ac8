"""The only writers of intensities, reviews, and leads that pass from one to another."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from engawa.kernel import clock
from engawa.office.access.actions import revoke
from engawa.office.access.actors import KEEPER, Actor, AnyActor, NotAllowed
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import unended_grants
from engawa.office.access.walls import acting_as
from engawa.office.alerts.actions import tell
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, require_holder
from engawa.office.casework.cases.models import Case, Standing
from engawa.office.casework.load import queries, rules
from engawa.office.casework.load.models import Intensity, Level, Passing, Review
from engawa.office.casework.plans.actions.passing import pass_plans


@transaction.atomic
def set_intensity(*, by: AnyActor, case: Case, level: Level, on: dt.date, note: str = "") -> Intensity:
    """Say how intensely the case is supported from a day on; what was said before stays.

    Raises:
        NotAllowed: ``by`` does not work with cases where it is held.
        NotPossible: in the future, or before the case was received.
    """
    require_holder(by, Permission.CASEWORK_CASE_EDIT, case)
    rules.check_effective(on, received=case.received_on, today=clock.today())
    row = Intensity.objects.create(case=case, level=level, effective_on=on, note=note, by=member(by))
    detail = {"level": level.code, "on": on.isoformat()}
    record(by=by, deed="casework.set_intensity", subject=case.number, case_id=case.pk, detail=detail)
    return row


@transaction.atomic
def plan_review(*, by: AnyActor, case: Case, due_on: dt.date) -> Review:
    """Set the day on which the case is looked at anew; it takes the place of the one that waits.

    Raises:
        NotAllowed: ``by`` does not work with cases where it is held.
        NotPossible: the day is over.
    """
    require_holder(by, Permission.CASEWORK_CASE_EDIT, case)
    rules.check_due(due_on, clock.today())
    review, _new = Review.objects.select_for_update().update_or_create(
        case=case, done_on=None, defaults={"due_on": due_on, "set_by": member(by), "told_on": None}
    )
    detail = {"review": str(review.pk), "due": due_on.isoformat()}
    record(by=by, deed="casework.plan_review", subject=case.number, case_id=case.pk, detail=detail)
    return review


@transaction.atomic
def finish_review(*, by: AnyActor, case: Case, note: str, next_on: dt.date | None = None) -> Review:
    """Write down what a review came to, and when the next one is.

    Raises:
        NotAllowed: ``by`` does not work with cases where it is held.
        NotPossible: nothing waits to be reviewed, or the next day is over.
    """
    require_holder(by, Permission.CASEWORK_CASE_EDIT, case)
    review = Review.objects.select_for_update(of=("self",)).filter(case=case, done_on=None).first()
    rules.check_waiting(waiting=review is not None)
    if review is None:
        raise NotAllowed
    review.done_on, review.done_by, review.note = clock.today(), member(by), note
    review.save(force_update=True)
    detail = {"review": str(review.pk)}
    record(by=by, deed="casework.finish_review", subject=case.number, case_id=case.pk, detail=detail)
    if next_on:
        plan_review(by=by, case=case, due_on=next_on)
    return review


@transaction.atomic
def pass_on(
    *, by: Actor, giver: Staff, organisation: Organisation, receivers: Mapping[UUID, Staff], note: str
) -> list[Passing]:
    """Let others take over cases that somebody leads（担当替え）, all of them or none.

    The one who gives keeps no right of their own to these cases; open plans and steps that name them pass along. The
    receivers are told, each once.

    Args:
        by: coordinates or supervises in the organisation.
        giver: who leads the cases now.
        organisation: whose cases they are.
        receivers: who takes which case, by the case's id.
        note: what everybody who takes one should know.

    Raises:
        NotAllowed: ``by`` does not answer for the organisation, or a receiver cannot carry cases there.
        NotPossible: nothing chosen, or a case has another lead by now.
    """
    if organisation.pk not in by.organisations_with(queries.ANSWERS):
        raise NotAllowed
    able = {staff.pk for staff in queries.workers_of(organisation)} - {giver.pk}
    if {staff.pk for staff in receivers.values()} - able:
        raise NotAllowed
    cases = list(
        Case.objects.select_for_update(of=("self",))
        .filter(pk__in=receivers, lead=giver, organisation=organisation, state=Standing.CONTINUING)
        .order_by("pk")
    )
    rules.check_passing(len(receivers), stale=len(cases) != len(receivers))
    passed = [_pass(by, case, giver, receivers[case.pk], note) for case in cases]
    for receiver in {row.receiver for row in passed}:
        count = sum(row.receiver_id == receiver.pk for row in passed)
        path = f"{reverse('casework:cases')}?scope=mine"
        tell(staff=[receiver], kind="casework.load_received", path=path, giver=giver.name, count=str(count))
    tell(staff=[giver], kind="casework.load_given", count=str(len(passed)))
    return passed


def _pass(by: Actor, case: Case, giver: Staff, receiver: Staff, note: str) -> Passing:
    case.lead = receiver
    case.save(update_fields=["lead"])
    for held in unended_grants().filter(case_id=case.pk, staff=giver):
        revoke(by=by, grant_id=held.pk)
    also = asdict(pass_plans(by=by, case=case, giver=giver, receiver=receiver))
    said = {"giver": giver, "receiver": receiver, "note": note, "by_id": by.id, "at": clock.now()}
    row = Passing.objects.create(case=case, **said, **also)
    detail = {"giver": str(giver.pk), "receiver": str(receiver.pk), **also}
    record(by=by, deed="casework.pass_on", subject=case.number, case_id=case.pk, detail=detail)
    return row


def tell_of_reviews() -> int:
    """Tell each lead once that a review is due; how many reviews they were told of."""
    today = clock.today()
    with acting_as(KEEPER):
        due = Review.objects.select_for_update(of=("self",), skip_locked=True).filter(
            done_on=None, told_on=None, due_on__lte=today, case__state=Standing.CONTINUING, case__lead__isnull=False
        )
        reviews = list(due.select_related("case__lead"))
        for review in reviews:
            review.told_on = today
            review.save(update_fields=["told_on"])
            lead = [review.case.lead] if review.case.lead else []
            path = reverse("casework:load_of_case", args=[review.case.number])
            tell(staff=lead, kind="casework.review_due", path=path, number=review.case.number)
    return len(reviews)
