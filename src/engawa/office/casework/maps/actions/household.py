"""A case's household: how it begins, how it is described, and how cases come to share one."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F, Func, Model, QuerySet, Value

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import KEEPER, AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.audit.actions import record
from engawa.office.casework.access import member as staff_of
from engawa.office.casework.access import require, require_holder
from engawa.office.casework.cases.actions import index_household
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible, check_seen
from engawa.office.casework.households.models import Household, LifeEvent, Member, Need, Relation, Secret
from engawa.office.casework.maps.models import Joining, Tie
from engawa.office.casework.maps.queries import version_of
from engawa.office.casework.timeline.models import Contact

# By name, for they lie on floors above.
_NAMING_ONE = ("Attendee", "Document", "Referral")


def open_household(by: AnyActor, case: Case) -> tuple[Case, Household]:
    """The case and its household, locked; a household is begun with the 本人 alone where there is none.

    For actions only: within their transaction.

    Raises:
        NotAllowed: the actor may not write about the family in this case.
    """
    require(by, Permission.CASEWORK_CASE_EDIT, case, Part.FAMILY)
    found = Case.objects.select_for_update(of=("self",)).select_related("person").filter(pk=case.pk).first()
    if found is None:
        raise NotAllowed
    if found.household_id is None:
        household = _begin(by, found)
    else:
        household = Household.objects.select_for_update().get(pk=found.household_id)
    # The caller goes on with the case it has.
    case.household, case.member = household, found.member
    return found, household


def _begin(by: AnyActor, case: Case) -> Household:
    """The case first: whoever sees it sees the household, and PostgreSQL asks for that at once."""
    household = Household(id=uuid7())
    own = Member(id=uuid7(), household=household, person=case.person, sex=case.sex)
    case.household_id, case.member = household.pk, own
    case.save(force_update=True)
    household.save(force_insert=True)
    own.save(force_insert=True)
    noted(by, "casework.begin_household", case)
    return household


def noted(by: AnyActor, deed: str, case: Case, **ids: Any) -> None:
    """Write the deed into the audit log, with the ids of the rows it was done to."""
    detail = {name: str(one) for name, one in ids.items()}
    record(by=by, deed=deed, subject=case.number, case_id=case.pk, detail=detail)


@transaction.atomic
def describe_household(by: AnyActor, case: Case, name: str, note: str, seen: str | None = None) -> Household:
    """Say what the household is called, and how it goes there.

    Raises:
        NotPossible: somebody else has changed it since ``seen``.
    """
    case, household = open_household(by, case)
    check_seen(seen, version_of(household))
    household.name, household.note = name, note
    household.save(force_update=True)
    noted(by, "casework.describe_household", case)
    return household


@transaction.atomic
def join_household(*, by: AnyActor, case: Case, other: Case, member: Member | None) -> Case:
    """Let a case share the household of another one; whoever sees either case then sees the family of both.

    Args:
        by: needs ``casework:case:edit`` where both cases are held: nobody who sees one for a time may make that last.
        case: the case that moves. What its own household knew, goes with it.
        other: a case of the household that it joins.
        member: who of that household is the 本人 of ``case``; None: they are added as they are.

    Raises:
        NotAllowed: one of the cases is held elsewhere.
        NotPossible: they share it already, or other cases live in the household that would be left.
    """
    first, second = sorted((case, other), key=lambda one: one.pk)
    for one in (first, second):
        require_holder(by, Permission.CASEWORK_CASE_EDIT, one)
    locked = {one.pk: open_household(by, one) for one in (first, second)}
    asked, (case, left), (other, joined) = case, locked[case.pk], locked[other.pk]
    _check_move(case, other, member)
    own = case.member
    joining = _written_down(by, case, left, joined, member)
    if member and own:
        Member.objects.filter(pk=own.pk).update(person=None)  # nobody stands in one household twice
    case.household = joined
    case.member = member or own
    # The rows move while the case still stands in the household that is left; they may refer to both.
    Relation.objects.filter(household=left).update(household=joined)
    Need.objects.filter(household=left).update(household=joined)
    LifeEvent.objects.filter(household=left).update(household=joined)
    Member.objects.filter(household=left).update(household=joined)
    _keep_words(left, joined)
    case.save(force_update=True)
    with acting_as(KEEPER):  # nobody sees a household without a case
        Secret.objects.filter(household=left).update(household=joined)
        Joining.objects.filter(household=left).update(household=joined)
        joining.save(force_insert=True)
        _move_past(left, joined)
        left.delete()
    if member and own:
        _become(own, member, case)
    index_household(joined.pk)
    asked.household, asked.member = case.household, case.member
    noted(by, "casework.join_household", case, other=other.pk)
    return case


def _written_down(by: AnyActor, case: Case, left: Household, joined: Household, member: Member | None) -> Joining:
    """What the household that is left is and has, before it is one with the other."""
    own, unknown = case.member_id, bool(member and member.person_id is None and case.person_id)
    joining = Joining(case=case, household=joined, left=left.pk, left_name=left.name, left_note=left.note, own=own)
    joining.joined_at, joining.by, joining.member = clock.now(), staff_of(by), member.pk if member else None
    joining.filled = [*(["person"] if unknown else []), *(["name"] if left.name and not joined.name else [])]
    with acting_as(KEEPER):  # secrets of all organisations
        for model in (Member, Relation, Need, LifeEvent, Secret):
            rows: Any = model
            here = rows.objects.filter(household=left)
            joining.moved += here.values_list("pk", flat=True)
            if model in (Need, LifeEvent, Secret):
                joining.turned += here.filter(member=own).values_list("pk", flat=True)
    return joining


def _check_move(case: Case, other: Case, member: Member | None) -> None:
    if case.household_id == other.household_id:
        raise NotPossible("このふたつのケースは、もう同じ世帯です。画面を開き直してください")
    with acting_as(KEEPER):
        shared = Case.objects.filter(household=case.household_id).exclude(pk=case.pk).exists()
        taken = bool(member) and Case.objects.filter(member=member).exists()
    if shared:
        raise NotPossible("このケースの世帯には、ほかのケースがあります。そちらのケースから世帯をまとめてください")
    if taken:
        raise NotPossible("選んだ人は、ほかのケースの本人です。別の人を選ぶか、「加える」を選んでください")
    if member and member.household_id != other.household_id:
        raise NotAllowed
    _check_nobody_twice(case, other, member)


def _check_nobody_twice(case: Case, other: Case, member: Member | None) -> None:
    """Whether nobody stands in both households as themselves, except the 本人 who becomes one with ``member``."""
    with acting_as(KEEPER):
        there = Member.objects.filter(household=other.household_id, person__isnull=False)
        twice = Member.objects.filter(household=case.household_id, person__in=there.values("person"))
        if member and member.person_id and case.member_id:
            twice = twice.exclude(pk=case.member_id, person=member.person_id)
        if twice.exists():
            raise NotPossible(
                "ふたつの世帯に、同じ人がいます。このケースの本人なら、「その世帯での本人の呼び名」を書いてください。"
                "ほかの家族なら、一方の世帯の家族から消してからまとめてください"
            )


def _move_past(left: Household, joined: Household) -> None:
    """What was written before goes along, so that it is erased with the household that is joined."""
    for model in (Relation, Need, LifeEvent, Member, Secret):
        past_of(model).filter(household=left).update(household=joined)
    past_of(Household).filter(pgh_obj=left).update(pgh_obj=joined)


def past_of(model: type[Model]) -> QuerySet[Any]:
    """What stood in the rows of a model before."""
    return QuerySet(apps.get_model("casework", f"{model.__name__}Past"))


def naming_one() -> list[QuerySet[Any]]:
    """Rows that name one member by the id alone."""
    return [QuerySet(apps.get_model("casework", above)) for above in _NAMING_ONE]


def _keep_words(old: Household, new: Household) -> None:
    """What was said of the household that is left stays with the one that is joined."""
    new.name = new.name or old.name
    new.note = "\n".join(filter(None, [new.note, old.note]))
    new.save(force_update=True)


def _become(own: Member, member: Member, case: Case) -> None:
    """Two rows of one person become one: what pointed to ``own`` points to ``member``."""
    Need.objects.filter(member=own).update(member=member)
    LifeEvent.objects.filter(member=own).update(member=member)
    Tie.objects.filter(member=own).update(member=member)
    with acting_as(KEEPER):
        Secret.objects.filter(member=own).update(member=member)
        _name_instead(own, member)
    for end in ("one", "other"):
        for relation in Relation.objects.filter(**{end: own}):
            setattr(relation, end, member)
            relation.save(force_update=True)
    own.delete()
    if case.person and member.person is None:
        member.person = case.person
        member.save(update_fields=["person"])


def _name_instead(own: Member, member: Member) -> None:
    """What names a member by the id alone, in every case of the household, names ``member`` instead of ``own``.

    In contacts that is no correction: the past that the change itself leaves goes, and what was before names the same.
    """
    here = {"case__household": member.household_id}
    for rows in naming_one():
        rows.filter(**here, member=own.pk).update(member=member.pk)
    met = Contact.objects.filter(**here, members__contains=[own.pk])
    past = past_of(Contact).filter(case__household=member.household_id, members__contains=[own.pk])
    instead = Func(F("members"), Value(own.pk), Value(member.pk), function="array_replace")
    list(met.select_for_update(of=("self",)).values_list("pk"))
    before = list(past.values_list("pk", flat=True))
    met.update(members=instead)
    past.exclude(pk__in=before).delete()
    past.update(members=instead)
