"""Two households that were found to be one become two again（分ける）: what came along goes back with its case."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Func, Q, QuerySet, Value

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER, AnyActor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.casework.access import member, require_holder
from engawa.office.casework.cases.actions import index_household
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.households.models import Household, LifeEvent, Member, Need, Relation, Secret
from engawa.office.casework.maps.actions.household import naming_one, noted, open_household, past_of
from engawa.office.casework.maps.models import Joining, Tie
from engawa.office.casework.timeline.models import Contact


@transaction.atomic
def part_household(*, by: AnyActor, case: Case, joining: Joining, reason: str) -> Joining:
    """Two households after all: the case that moved goes back to a household of its own, with what it had brought.

    What was written since stays with the household that was joined, except what is about those who go. Whoever was
    recognised as one member is two again, each as they were. To join them once more is always possible.

    Args:
        by: needs ``casework:case:edit`` where the case is held. Nobody else is asked: one may always leave.
        case: the case that moved.
        joining: by which it did.
        reason: why they are not one household.

    Raises:
        NotAllowed: the case is held elsewhere, or did not move by that.
        NotPossible: no reason, parted already, or something was written that is about both sides.
    """
    require_holder(by, Permission.CASEWORK_CASE_EDIT, case)
    if not reason.strip():
        raise NotPossible("理由を書いてください。あとで見る人が、どうしてそう考えたかわかるように")
    asked, (case, joined) = case, open_household(by, case)
    found = Joining.objects.select_for_update(of=("self",)).filter(pk=joining.pk, case=case).first()
    if found is None:
        raise NotAllowed
    if found.parted_at or found.household_id != joined.pk:
        raise NotPossible("この世帯は、すでに分けられています。画面を開き直してください")
    found.parted_at, found.parted_by, found.parted_reason = clock.now(), member(by), reason.strip()
    found.save(force_update=True)
    noted(by, "casework.part_household", case, joining=found.pk)
    with acting_as(KEEPER):  # nobody sees a household without a case
        left = _go_back(case, joined, found)
        index_household(left.pk)
        index_household(joined.pk)
    asked.household, asked.member = case.household, case.member
    return found


def _go_back(case: Case, joined: Household, joining: Joining) -> Household:
    moved = Member.objects.filter(household=joined, pk__in=joining.moved)
    going = set(moved.values_list("pk", flat=True))
    _check_nothing_crosses(case, joining, going)
    left = Household.objects.create(id=joining.left, name=joining.left_name, note=joining.left_note)
    own = _two_again(case, left, joining)
    moved.update(household=left)
    _take_along(left, joining, going, own)
    if own and joining.member:
        _name_again(case, joining.member, own.pk)
    _give_back_words(joined, joining)
    _give_back_past(left, own)
    case.household = left
    case.member = own or Member.objects.filter(household=left, pk__in=[joining.own]).first()
    case.save(force_update=True)
    return left


def _check_nothing_crosses(case: Case, joining: Joining, going: set[UUID]) -> None:
    """Whether nothing written since is about those who go and those who stay; the 本人 of the case is of both."""
    here = Member.objects.filter(household=joining.household_id)
    staying = set(here.exclude(pk__in=going).values_list("pk", flat=True)) - {joining.member}
    others = Case.objects.filter(household=joining.household_id).exclude(pk=case.pk)
    both = Q(one__in=going, other__in=staying) | Q(one__in=staying, other__in=going)
    wrong = Q(case=case, member__in=staying) | Q(case__in=others, member__in=going)
    met = Q(case=case, members__overlap=list(staying)) | Q(case__in=others, members__overlap=list(going))
    crossing: Iterable[QuerySet[Any]] = (
        others.filter(member__in=going),
        Relation.objects.filter(both),
        Contact.objects.filter(met),
        *(rows.filter(wrong) for rows in (Tie.objects.all(), *naming_one())),
    )
    if any(rows.exists() for rows in crossing):
        raise NotPossible(
            "まとめたあとに、分かれる家族と残る家族の両方にかかわる関係・つながり・対応・書類などが書かれています。"
            "それを直すか消してから分けてください。ほかの機関のケースのものなら、その機関と相談してください"
        )


def _two_again(case: Case, left: Household, joining: Joining) -> Member | None:
    """The row of the 本人 as it was before it became one with a member of the other household, if it did."""
    before = past_of(Member).filter(pgh_obj=joining.own).order_by("-pgh_id").first()
    if joining.member is None or before is None:
        return None
    facts = {field.attname: getattr(before, field.attname) for field in Member._meta.concrete_fields}  # noqa: SLF001 - Django's own name
    own = Member(**facts | {"household_id": left.pk, "person_id": case.person_id})
    own.save(force_insert=True)
    Member.objects.filter(pk=own.pk).update(added_at=before.added_at)
    if "person" in joining.filled:
        Member.objects.filter(pk=joining.member, person=case.person_id).update(person=None)
    return own


def _take_along(left: Household, joining: Joining, going: set[UUID], own: Member | None) -> None:
    """What was brought, and what is about those who go; what had become another's is one's own again."""
    turned = {"pk__in": joining.turned, "member": joining.member}
    for rows in (Need.objects, LifeEvent.objects, Secret.objects):
        here = rows.filter(household=joining.household_id)
        if own:
            here.filter(**turned).update(member=own, household=left)
        here.filter(Q(member__in=going) | Q(member=None, pk__in=joining.moved)).update(household=left)
    kin = Relation.objects.filter(household=joining.household_id)
    for relation in kin.filter(Q(one__in=going) | Q(other__in=going)):
        for end in ("one", "other"):
            if own and getattr(relation, f"{end}_id") == joining.member:
                setattr(relation, end, own)
        relation.household = left
        relation.save(force_update=True)


def _name_again(case: Case, one: UUID, own: UUID) -> None:
    """What names the 本人 in the records of the case names the row that goes along; in contacts, no correction."""
    for rows in (Tie.objects.all(), *naming_one()):
        rows.filter(case=case, member=one).update(member=own)
    met, past = Contact.objects.filter(case=case), past_of(Contact).filter(case=case)
    before = list(past.values_list("pk", flat=True))
    instead = Func(F("members"), Value(one), Value(own), function="array_replace")
    met.filter(members__contains=[one]).update(members=instead)
    past.exclude(pk__in=before).delete()
    past.filter(members__contains=[one]).update(members=instead)


def _give_back_words(joined: Household, joining: Joining) -> None:
    """What nobody has written over since."""
    if "name" in joining.filled and joined.name == joining.left_name:
        joined.name = ""
    if joining.left_note and joined.note.endswith(joining.left_note):
        joined.note = joined.note.removesuffix(joining.left_note).rstrip("\n")
    joined.save(force_update=True)


def _give_back_past(left: Household, own: Member | None) -> None:
    """What was written before goes along, so that it is erased with the household that it is about."""
    for model in (Relation, Need, LifeEvent, Member, Secret):
        rows: Any = model
        ids = list(rows.objects.filter(household=left).values_list("pk", flat=True))
        past_of(model).filter(pgh_obj__in=ids).update(household=left)
    if own:
        past_of(Member).filter(pgh_obj=own.pk).update(household=left)
    past_of(Household).filter(id=left.pk).update(pgh_obj=left)
