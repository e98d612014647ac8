"""The only writers of terms, holds and destruction lists; the only place where records are erased."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER, Actor, AnyActor, NotAllowed
from engawa.office.access.models import Organisation
from engawa.office.access.walls import acting_as
from engawa.office.alerts.actions import tell
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, require_holder
from engawa.office.casework.cases import erasures
from engawa.office.casework.cases.models import Case, Standing
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.people.actions import count_alike, counted_alike
from engawa.office.casework.people.models import Person
from engawa.office.casework.retention import queries, rules
from engawa.office.casework.retention.models import Destruction, DestructionItem, Hold, RecordClass, Term
from engawa.office.casework.retention.outside import Gone, Noted, note

Outcome = DestructionItem.Outcome


@transaction.atomic
def set_term(*, by: Actor, record_class: RecordClass, years: int | None, starts_on: dt.date, source: str) -> Term:
    """Say for how many years a class of record is kept, for cases closed from a day on; earlier terms stay.

    Raises:
        NotAllowed: ``by`` approves no destruction in the city's own offices: this holds for the whole house.
        NotPossible: the day is over, or something is decided from that day already.
    """
    if not queries.approves_for_the_city(by):
        raise NotAllowed
    terms = Term.objects.filter(record_class=RecordClass.objects.select_for_update().get(pk=record_class.pk))
    rules.check_term(starts_on, clock.today(), taken=terms.filter(starts_on=starts_on).exists())
    before = terms.filter(starts_on__lt=starts_on).order_by("-starts_on").first()
    term = Term.objects.create(record_class=record_class, starts_on=starts_on, years=years, source=source)
    detail = {"class": record_class.code, "years": years, "from": starts_on.isoformat()}
    old = {"years_before": before.years if before else None}
    record(by=by, deed="casework.set_term", subject=record_class.label, detail=detail | old)
    return term


@transaction.atomic
def place_hold(*, by: AnyActor, case: Case, reason: str, ends_on: dt.date | None = None) -> Hold:
    """Keep the records of a case from being destroyed（保全）, until a day or until it is lifted.

    Raises:
        NotAllowed: ``by`` draws up no lists where the case is held.
        NotPossible: without a reason.
    """
    require_holder(by, queries.PROPOSE, case)
    rules.check_hold(reason, ends_on, clock.today())
    hold = Hold.objects.create(
        case=case, reason=reason.strip(), ends_on=ends_on, placed_by=member(by), placed_at=clock.now()
    )
    record(by=by, deed="casework.place_hold", subject=case.number, case_id=case.pk, detail={"hold": str(hold.pk)})
    return hold


@transaction.atomic
def lift_hold(*, by: AnyActor, hold: Hold, note: str) -> Hold:
    """Let the years of a case decide again.

    Raises:
        NotAllowed: ``by`` draws up no lists where the case is held.
        NotPossible: without a reason, or lifted already.
    """
    found = Hold.objects.select_for_update(of=("self",)).select_related("case").filter(pk=hold.pk).first()
    if found is None:
        raise NotAllowed
    require_holder(by, queries.PROPOSE, found.case)
    rules.check_lift(note, lifted=found.lifted_at is not None)
    found.lifted_at, found.lifted_by, found.lift_note = clock.now(), member(by), note.strip()
    found.save(force_update=True)
    case, detail = found.case, {"hold": str(found.pk)}
    record(by=by, deed="casework.lift_hold", subject=case.number, case_id=case.pk, detail=detail)
    return found


@transaction.atomic
def draw_up(*, by: Actor, organisation: Organisation) -> Destruction:
    """List what has served its time in an organisation（廃棄リスト）. Nothing is destroyed by that.

    Raises:
        NotAllowed: ``by`` draws up no lists there.
        NotPossible: nothing is due, or a list waits already.
    """
    if organisation.pk not in by.organisations_with(queries.PROPOSE):
        raise NotAllowed
    rules.check_free(
        waiting=Destruction.objects.filter(organisation=organisation, approved_at=None, given_up_at=None).exists()
    )
    due = queries.due_in(organisation)
    rules.check_list(len(due))
    made = Destruction.objects.create(organisation=organisation, made_by_id=by.id, made_at=clock.now())
    for one in due:
        DestructionItem.objects.create(
            destruction=made,
            case_id=one.case_id,
            number=one.number,
            record_class_id=one.record_class,
            closed_on=one.closed_on,
            due_on=one.due_on,
        )
    record(by=by, deed="casework.draw_up", subject=organisation.name, detail=_ids(made, len(due)))
    return made


@transaction.atomic
def give_up(*, by: Actor, destruction: Destruction) -> None:
    """Put a list away; everything on it stays as it is.

    Raises:
        NotAllowed: ``by`` has nothing to do with it.
        NotPossible: it does not wait any more.
    """
    with acting_as(KEEPER):
        found = _locked(by, destruction)
        found.given_up_at = clock.now()
        found.save(update_fields=["given_up_at"])
    record(by=by, deed="casework.give_up_destruction", subject=found.organisation.name, detail=_ids(found, 0))


@transaction.atomic
def approve(*, by: Actor, destruction: Destruction) -> Destruction:
    """As the second person, let what stands on a list be erased for good（承認と消去）.

    Each item is judged anew: what is held back, or was taken up again, is spared. Words, names and search texts
    go, in the rows and in their past; what is counted stays. The audit log keeps ids only. What was erased is noted
    outside of the database, too, so that it is erased again where an older backup brings it back.

    Raises:
        NotAllowed: ``by`` may approve no list of this organisation.
        NotPossible: it is one's own list, or does not wait any more.
    """
    if not queries.may_approve(by, destruction):
        raise NotAllowed
    rules.check_two(same=destruction.made_by_id == by.id)
    with acting_as(KEEPER):
        found = _locked(by, destruction)
        items = list(found.items.select_related("case"))
        for item in items:
            _settle(by, item)
        found.approved_by_id, found.approved_at = by.id, clock.now()
        found.save(update_fields=["approved_by", "approved_at"])
        erased = [item for item in items if item.outcome == Outcome.ERASED]
        tell(staff=[found.made_by] if found.made_by else [], kind="casework.destroyed", count=str(len(erased)))
    record(by=by, deed="casework.approve_destruction", subject=found.organisation.name, detail=_ids(found, len(erased)))
    if erased:
        _note_outside(found, by.id, erased)
    return found


def _note_outside(destruction: Destruction, approved_by: UUID, erased: Iterable[DestructionItem]) -> None:
    """The last step: where the disk does not take it, nothing is destroyed."""
    noted = Noted(
        destruction.pk,
        destruction.organisation_id,
        destruction.made_by_id,
        destruction.made_at,
        approved_by,
        destruction.approved_at or clock.now(),
        tuple(Gone(one.case_id, one.record_class_id, one.closed_on, one.due_on) for one in erased),
    )
    try:
        note(settings.HOME.keys, noted)
    except OSError as error:
        raise NotPossible(
            "消去の控えをディスクに書けないので、何も消去していません。"
            "管理者に、データフォルダーの空きと権限を確かめてもらってください"
        ) from error


def _locked(by: Actor, destruction: Destruction) -> Destruction:
    queries.list_for(by, destruction.pk)
    rows = Destruction.objects.select_for_update(of=("self",)).select_related("organisation", "made_by")
    found = rows.get(pk=destruction.pk)
    rules.check_waits(waits=found.waits)
    return found


def _settle(by: Actor, item: DestructionItem) -> None:
    Case.objects.select_for_update(of=("self",)).get(pk=item.case_id)
    due = {one.record_class for one in queries.due_in(item.case.organisation_id, only=[item.case_id])}
    item.settled_at, item.outcome = clock.now(), Outcome.SPARED
    if item.record_class_id in due:
        item.rows, item.outcome = erase(item.case, item.record_class_id), Outcome.ERASED
        detail = {"class": item.record_class_id, "rows": item.rows, "destruction": str(item.destruction_id)}
        record(by=by, deed="casework.erase", subject=item.number, case_id=item.case_id, detail=detail)
    item.save(force_update=True)


def erase(case: Case, record_class: str) -> int:
    """Erase one class of a case's records; people and households go with their last case, and count as before.

    For actions of this part only: within their transaction, as the keeper.
    """
    ids = {erasures.CASE: [case.pk], erasures.PERSON: _people(case), erasures.HOUSEHOLD: _household(case)}
    alike = counted_alike(ids[erasures.PERSON])
    count = erasures.shred(record_class, case.pk)
    count += sum(erasure.erase(ids[erasure.of]) for erasure in erasures.erasures_of(record_class))
    count_alike(alike)
    return count


def _living(case: Case) -> QuerySet[Case]:
    """Cases whose records live on: they keep the people and households they share with this one."""
    erased = DestructionItem.objects.filter(outcome=Outcome.ERASED, record_class="case", case__state=Standing.CLOSED)
    return Case.objects.exclude(pk=case.pk).exclude(pk__in=erased.values("case"))


def _people(case: Case) -> list[UUID]:
    """Whom the case is or was about, with every record merged with theirs, unless a living case needs them.

    A name that was taken back hangs on the steps only; a living case that may give it again needs it, too.
    """
    on_steps = case.steps.values_list("person", flat=True)
    told = {person for person in (case.person_id, *on_steps) if person}
    kept = {merged or pk for pk, merged in Person.objects.filter(pk__in=told).values_list("pk", "merged_into")}
    return [pk for one in kept for pk in _unneeded(one, _living(case))]


def _unneeded(kept: UUID, living: QuerySet[Case]) -> list[UUID]:
    """The record and those merged into it, or nothing where a living case is or was about one of them."""
    records = [kept, *Person.objects.filter(merged_into=kept).values_list("pk", flat=True)]
    needed = living.filter(Q(person__in=records) | Q(steps__person__in=records)).exists()
    return [] if needed else records


def _household(case: Case) -> list[UUID]:
    if not case.household_id or _living(case).filter(household=case.household_id).exists():
        return []
    return [case.household_id]


def _ids(destruction: Destruction, count: int) -> dict[str, str | int]:
    return {"destruction": str(destruction.pk), "count": count}
