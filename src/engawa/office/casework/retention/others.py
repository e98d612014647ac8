"""Who else is named in a case's records, and which records are about them rather than about the person who asks."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case, Requester
from engawa.office.casework.households.models import LifeEvent, Member, Need, Relation
from engawa.office.casework.people.models import OtherAddress, OtherName, Person
from engawa.office.talks.models import Message, Talk


def names_of(case: Case) -> list[tuple[str, str]]:
    """What the household's other members are called, with the role that takes its place.

    Read as the keeper: a member may be the 本人 of a case that the reader does not see, and is masked all the same.
    """
    with acting_as(KEEPER):
        members = Member.objects.filter(household=case.household_id).select_related("person")
        others = [member for member in members if member.pk not in _own_members(case)]
        found = [(name, member.called or "家族") for member in others for name in _names(member)]
    return list(dict.fromkeys(found))


def _names(member: Member) -> Iterator[str]:
    yield from filter(None, (member.name, member.reading))
    if member.person_id:
        yield from _called(member.person_id)


def own_names(case: Case) -> list[str]:
    """What the person of the case is called: these names stay."""
    with acting_as(KEEPER):
        return list(dict.fromkeys(_called(case.person_id))) if case.person_id else []


def _called(person: UUID) -> Iterator[str]:
    """Names, readings and nicknames of a person and of the records merged into theirs; no secret ones."""
    records = Person.objects.filter(Q(pk=person) | Q(merged_into=person))
    others = OtherName.objects.filter(person__in=records).exclude(kind=OtherName.Kind.SECRET)
    for row in (*records.values_list("name", "reading", "nickname"), *others.values_list("name", "reading")):
        yield from filter(None, row)


def _own_members(case: Case) -> set[UUID | None]:
    own = Member.objects.filter(household=case.household_id, person=case.person_id) if case.person_id else ()
    return {case.member_id, *(member.pk for member in own)}


def doubt_about(row: Model, case: Case) -> str:
    """Why a record does not go out by itself: it is somebody else's, or secret; empty where neither is so."""
    if isinstance(row, OtherName | OtherAddress) and row.secret:
        return gettext("秘匿の記録です")
    if isinstance(row, Talk | Message) and _talk(row).requester != Requester.SELF:
        return gettext("本人ではない人とのやりとりです")
    if about := _members(row):
        with acting_as(KEEPER):
            own = _own_members(case)
        return "" if own & about else gettext("ほかの人についての記録です")
    return ""


def _talk(row: Talk | Message) -> Talk:
    return row if isinstance(row, Talk) else row.talk


def _members(row: Model) -> set[UUID | None]:
    """Whom a row of the household is about; nobody where it is about the household as a whole, or no such row."""
    if isinstance(row, Member):
        return {row.pk}
    if isinstance(row, Relation):
        return {row.one_id, row.other_id}
    if isinstance(row, Need | LifeEvent) and row.member_id:
        return {row.member_id}
    return set()
