"""Members of a household and how they are related."""

from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.casework.cases.actions import index_household
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible, check_seen
from engawa.office.casework.households.models import Household, Member, Relation
from engawa.office.casework.maps.actions.household import noted, open_household
from engawa.office.casework.maps.queries import family_of, household_of, link_of, relations_of, version_of, why_kept
from engawa.office.casework.maps.rules import kin
from engawa.office.casework.maps.rules.family import COUPLES, Family

Kind = Relation.Kind


class MemberFacts(TypedDict, total=False):
    """What is known of a member. Nothing is needed."""

    called: str
    name: str
    reading: str
    sex: str
    birth_date: Any
    age_years: int | None
    age_band: str
    birth_order: int | None
    lives_here: bool
    whereabouts: str
    deceased: bool
    died_on: Any
    occupation: str
    note: str


class RelationFacts(TypedDict, total=False):
    """How two members are related. ``ending`` and years are for couples, ``words`` for other kin."""

    kind: str
    ending: str
    since_year: int | None
    until_year: int | None
    words: str


@transaction.atomic
def add_member(
    *,
    by: AnyActor,
    case: Case,
    of: Member | None = None,
    as_: str = "",
    key: UUID | None = None,
    **facts: Unpack[MemberFacts],
) -> Member:
    """Add somebody to the household, and how they are related to somebody in it.

    Args:
        by: needs ``casework:case:edit`` on the family of this case.
        case: the case. Its household begins with the 本人 where there is none.
        of: to whom they are related (the 本人).
        as_: a key of ``rules.kin.AS``, such as ``mother``; empty where the relation is not known or not close.
            Siblings share the parents: where none are known, a nameless 父 and 母 are added.
        key: id of the new row; a second call with the same key gives what the first made.
        facts: see ``MemberFacts``.

    Raises:
        NotPossible: a third parent by birth, or an impossible life.
    """
    case, household = open_household(by, case)
    if known := Member.objects.filter(pk=key, household=case.household_id).first() if key else None:
        return known
    anchor = of or case.member
    if anchor and anchor.household_id != household.pk:
        raise NotAllowed
    how = kin.AS.get(as_, kin.As(""))
    if how.sex != "0" and facts.get("sex", "0") == "0":
        facts["sex"] = how.sex
    member = Member(id=key or uuid7(), household=household, called=facts.pop("called", "") or how.label)
    _fill(member, facts)
    member.save(force_insert=True)
    if anchor:
        _Kinship(by, case, household).tie(member, anchor, how)
    index_household(household.pk)
    noted(by, "casework.add_member", case, member=member.pk)
    return member


@transaction.atomic
def correct_member(
    *, by: AnyActor, case: Case, member: Member, seen: str | None = None, **facts: Unpack[MemberFacts]
) -> Member:
    """Change what is known of a member; what stood before is kept.

    Raises:
        NotPossible: somebody else has changed it since ``seen``, or an impossible life.
    """
    case, household = open_household(by, case)
    member = _member_in(case, member)
    check_seen(seen, version_of(member))
    _fill(member, facts)
    member.save(force_update=True)
    index_household(household.pk)
    noted(by, "casework.correct_member", case, member=member.pk)
    return member


@transaction.atomic
def remove_member(*, by: AnyActor, case: Case, member: Member, seen: str | None = None) -> None:
    """Take somebody out who does not belong here: a mistake. Who has died or moved out stays on the map.

    Raises:
        NotPossible: another organisation holds a case of the household, they are the 本人 of a case, or somebody else
            has changed them since ``seen``.
    """
    case, household = open_household(by, case)
    member = _member_in(case, member)
    check_seen(seen, version_of(member))
    if kept := why_kept(by, member):
        raise NotPossible(kept)
    noted(by, "casework.remove_member", case, member=member.pk)
    member.delete()
    index_household(household.pk)


@transaction.atomic
def relate(*, by: AnyActor, case: Case, one: Member, other: Member, **facts: Unpack[RelationFacts]) -> Relation:
    """Say how two members are related; of parent and child, ``one`` is the parent.

    Raises:
        NotPossible: see ``rules.kin.check_relation`` and ``check_years``.
    """
    case, household = open_household(by, case)
    relation = Relation(household=household, one=_member_in(case, one), other=_member_in(case, other))
    _say(case, relation, facts)
    relation.save(force_insert=True)
    noted(by, "casework.relate", case, relation=relation.pk)
    return relation


@transaction.atomic
def correct_relation(
    *, by: AnyActor, case: Case, relation: Relation, seen: str | None = None, **facts: Unpack[RelationFacts]
) -> Relation:
    """Change how two are related: a marriage that ended, an adoption. What stood before is kept.

    Raises:
        NotPossible: somebody else has changed it since ``seen``, or two cannot be related so.
    """
    case, _household = open_household(by, case)
    relation = _relation_in(case, relation)
    check_seen(seen, version_of(relation))
    _say(case, relation, facts)
    relation.save(force_update=True)
    noted(by, "casework.correct_relation", case, relation=relation.pk)
    return relation


@transaction.atomic
def unrelate(*, by: AnyActor, case: Case, relation: Relation, seen: str | None = None) -> None:
    """Take out a relation that was a mistake. A couple that parted keeps its line.

    Raises:
        NotPossible: somebody else has changed it since ``seen``.
    """
    case, _household = open_household(by, case)
    relation = _relation_in(case, relation)
    check_seen(seen, version_of(relation))
    noted(by, "casework.unrelate", case, relation=relation.pk)
    relation.delete()


def _member_in(case: Case, member: Member) -> Member:
    found = Member.objects.filter(pk=member.pk, household=case.household_id).first()
    if found is None:
        raise NotAllowed
    return found


def _relation_in(case: Case, relation: Relation) -> Relation:
    found = Relation.objects.filter(pk=relation.pk, household=case.household_id).first()
    if found is None:
        raise NotAllowed
    return found


def _fill(member: Member, facts: Any) -> None:
    aged = (member.age_years, member.age_band)
    for name, value in facts.items():
        setattr(member, name, value)
    today = clock.today()
    kin.check_life(birth=member.birth_date, years=member.age_years, died=member.died_on, today=today)
    if (member.age_years, member.age_band) != aged:
        member.age_on = today
    member.deceased = member.deceased or member.died_on is not None
    member.lives_here = member.lives_here and not member.deceased


def _say(case: Case, relation: Relation, facts: Any) -> None:
    for name, value in facts.items():
        setattr(relation, name, value)
    others = [link_of(other) for other in relations_of(case) if other.pk != relation.pk]
    this_year = clock.today().year
    kin.check_relation(link_of(relation), others)
    kin.check_years(relation.since_year, relation.until_year, this_year=this_year)
    if relation.kind not in COUPLES:
        relation.ending, relation.since_year, relation.until_year = "", None, None


class _Kinship:
    """What follows for the relations when somebody is added as 母 or 弟 of somebody."""

    def __init__(self, by: AnyActor, case: Case, household: Household) -> None:
        self.by, self.case, self.household = by, case, household

    def tie(self, member: Member, anchor: Member, how: kin.As) -> None:
        """Relate a new member to the one they were added for."""
        if how.parent:
            self.bear(member, [anchor])
        elif how.child:
            partners = kin.couples_of(str(anchor.pk), self.family.links)
            for parent in [str(anchor.pk), *(partners if len(partners) == 1 else [])]:
                self.bear(Member(id=UUID(parent)), [member])
        elif how.couple:
            relate(by=self.by, case=self.case, one=anchor, other=member, kind=how.couple)
        elif how.sibling:
            self.beside(member, anchor, how.sibling)

    @property
    def family(self) -> Family:
        return family_of(household_of(self.by, self.case), list(relations_of(self.case)))

    def bear(self, parent: Member, children: list[Member]) -> None:
        """Make somebody the parent by birth of others."""
        for child in children:
            relate(by=self.by, case=self.case, one=parent, other=child, kind=Kind.PARENT)

    def beside(self, member: Member, anchor: Member, place: str) -> None:
        """Put a new member among the siblings of another, under the same parents."""
        key = str(anchor.pk)
        parents = [Member(id=UUID(parent)) for parent in self.family.parents_of(key)]
        for called, sex in (("父", "1"), ("母", "2")) if not parents else ():
            nameless = Member.objects.create(household=self.household, called=called, sex=sex, lives_here=False)
            self.bear(nameless, [anchor])
            parents.append(nameless)
        siblings = [one for one in self.family.siblings_of(key) if one != str(member.pk)]
        for parent in parents:
            self.bear(parent, [member])
        for order, one in enumerate(kin.ordered(siblings, str(member.pk), key, place), 1):
            Member.objects.filter(pk=one).update(birth_order=order)
