"""Two records of one person become one, and two again. Nothing is lost: the record that went stays as it was (X-04)."""

from typing import Any

from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.locks import lock_until_commit
from engawa.office.access.actors import KEEPER, AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.audit.actions import record
from engawa.office.casework.access import may, member, require_holder
from engawa.office.casework.cases.actions import index_person
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.households.models import Member
from engawa.office.casework.identity import queries, rules
from engawa.office.casework.identity.models import Merge
from engawa.office.casework.people.actions import forget_marks
from engawa.office.casework.people.models import Person
from engawa.office.casework.people.rules import likeness

_EDIT = Permission.CASEWORK_CASE_EDIT
# Rare and far-reaching: two at once would wait for each other's cases.
_ONE_AT_A_TIME = "casework.merge"


@transaction.atomic
def merge_with(*, by: AnyActor, case: Case, other: Case, reason: str) -> Merge:
    """Say that ``case`` and ``other`` are about the same person, who may be nameless in either.

    All cases of the one record go over to the other; facts that it lacks are taken over. Which one carries on is
    ``queries.who_carries_on``.

    Args:
        by: holds every case that goes over, with ``casework:case:edit``, and works on both.
        case: one case.
        other: another.
        reason: why they are taken for the same.

    Raises:
        NotPossible: the same record already, no reason, a case that is only read, or one that goes over is held
            by somebody else.
    """
    rules.check_reason(reason)
    lock_until_commit(_ONE_AT_A_TIME)
    mine, theirs = _person_of(by, case), _person_of(by, other)
    if mine == theirs:
        raise NotPossible("このふたつのケースは、すでに同じ人の記録になっています。画面を開き直してください")
    kept, gone = queries.who_carries_on(by, mine, theirs)
    merge = Merge(kept=kept, gone=gone, reason=reason, merged_at=clock.now(), by=member(by))
    merge.why = [one.words for one in likeness(kept.known(), gone.known()).reasons]
    merge.moved = [one.pk for one in _held(by, gone)]
    merge.filled = rules.to_fill(_facts(kept), _facts(gone))
    merge.save(force_insert=True)
    _move(merge)
    _fill(kept, {name: getattr(gone, name) for name in merge.filled})
    _index(merge.kept)
    _note(by, "casework.merge", case, merge)
    return merge


@transaction.atomic
def split(*, by: AnyActor, case: Case, merge: Merge, reason: str) -> Merge:
    """Two persons after all: the cases that went over go back, and so do the facts that nobody changed since.

    Cases that were opened after the merge stay with the record that carried on.
    """
    rules.check_reason(reason)
    lock_until_commit(_ONE_AT_A_TIME)
    merge = Merge.objects.select_related("kept", "gone").get(pk=merge.pk)
    if merge.split_at:
        raise NotPossible("この統合は、すでに分けられています。画面を開き直してください")
    carrier = merge.gone.merged_into
    if carrier is None:
        raise NotAllowed
    back = _held(by, carrier, among=merge.moved)
    merge.split_at, merge.split_by, merge.split_reason = clock.now(), member(by), reason
    merge.save(force_update=True)
    _move_back(merge.gone, carrier, back)
    emptied = rules.to_empty(_facts(merge.kept), _facts(merge.gone), merge.filled)
    _fill(merge.kept, {name: rules.NOTHING[name] for name in emptied})
    _index(carrier)
    _index(merge.gone)
    _note(by, "casework.split", case, merge)
    return merge


def _person_of(by: AnyActor, case: Case) -> Person:
    """The person of the case; one without any name where nothing was known so far."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("person").filter(pk=case.pk).first()
    if locked is None:
        raise NotAllowed
    if not may(by, _EDIT, locked, Part.COURSE):
        raise NotPossible("読むだけのケースの人は、同じ人として統合できません。担当の機関に照会してください")
    if locked.person is None:
        require_holder(by, _EDIT, locked)
        locked.person = Person()
        locked.save(force_update=True)
        locked.person.save(force_insert=True)
    return locked.person


def _held(by: AnyActor, person: Person, among: list[Any] | None = None) -> list[Case]:
    """The cases of a person that are to move, each of which ``by`` must hold."""
    with acting_as(KEEPER):
        cases = list(Case.objects.filter(person=person).select_for_update(of=("self",)))
    moving = [case for case in cases if among is None or case.pk in among]
    try:
        for case in moving:
            require_holder(by, _EDIT, case)
    except NotAllowed:
        raise NotPossible(queries.HELD_ELSEWHERE) from None
    return moving


def _move(merge: Merge) -> None:
    with acting_as(KEEPER):
        Case.objects.filter(pk__in=merge.moved).update(person=merge.kept)
        there = Member.objects.filter(person=merge.kept).values("household")
        Member.objects.filter(person=merge.gone).exclude(household__in=there).update(person=merge.kept)
        Person.objects.filter(merged_into=merge.gone).update(merged_into=merge.kept)
        merge.gone.merged_into = merge.kept
        merge.gone.save(force_update=True)
    forget_marks(merge.gone)


def _move_back(gone: Person, carrier: Person, cases: list[Case]) -> None:
    with acting_as(KEEPER):
        Case.objects.filter(pk__in=[case.pk for case in cases]).update(person=gone)
        Member.objects.filter(person=carrier, household__cases__in=cases).update(person=gone)
        gone.merged_into = None
        gone.save(force_update=True)
        _take_along(gone, gone)


def _take_along(beneath: Person, carrier: Person) -> None:
    """Records that had been merged into this one before go with it."""
    for merge in Merge.objects.filter(kept=beneath, split_at__isnull=True).select_related("gone"):
        merge.gone.merged_into = carrier
        merge.gone.save(force_update=True)
        _take_along(merge.gone, carrier)


def _facts(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in rules.NOTHING}


def _fill(person: Person, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(person, name, value)
    if facts:
        person.save(force_update=True)


def _index(person: Person) -> None:
    with acting_as(KEEPER):
        case = Case.objects.filter(person=person).select_related("organisation", "person").first()
        if case:
            index_person(case)


def _note(by: AnyActor, deed: str, case: Case, merge: Merge) -> None:
    detail = {"merge": str(merge.pk), "kept": str(merge.kept_id), "gone": str(merge.gone_id)}
    record(by=by, deed=deed, subject=case.number, case_id=case.pk, detail=detail)
