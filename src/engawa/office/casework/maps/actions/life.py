"""What troubles the members of a household, and what happens to them."""

import datetime as dt
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.kernel.words import Words
from engawa.office.access.actors import KEEPER, Actor, AnyActor, NotAllowed
from engawa.office.access.walls import acting_as
from engawa.office.alerts.actions import tell
from engawa.office.casework.access import member as staff_of
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible, check_seen
from engawa.office.casework.households.models import LifeEvent, LifeEventKind, Member, Need, NeedKind
from engawa.office.casework.maps.actions.household import noted, open_household
from engawa.office.casework.maps.queries import version_of

ALERT = "casework.life_event"


class NeedFacts(TypedDict, total=False):
    """A need: of one member or of the whole household; a kind, words, or both."""

    member: Member | None
    kind: NeedKind | None
    words: str
    noted_on: dt.date
    settled_on: dt.date | None


class EventFacts(TypedDict, total=False):
    """Something that happened, to one member or to the whole household. ``about`` where the day is a guess."""

    member: Member | None
    kind: LifeEventKind
    on: dt.date
    about: bool
    words: str


@transaction.atomic
def note_need(*, by: AnyActor, case: Case, key: UUID | None = None, **facts: Unpack[NeedFacts]) -> Need:
    """Write down what troubles somebody（課題）.

    Raises:
        NotPossible: it says nothing, or its days cannot be.
    """
    case, household = open_household(by, case)
    if known := Need.objects.filter(pk=key, household=case.household_id).first() if key else None:
        return known
    need = Need(id=key or uuid7(), household=household, by=staff_of(by), noted_on=clock.today())
    _fill_need(case, need, facts)
    need.save(force_insert=True)
    noted(by, "casework.note_need", case, need=need.pk)
    return need


@transaction.atomic
def correct_need(*, by: AnyActor, case: Case, need: Need, seen: str | None = None, **facts: Unpack[NeedFacts]) -> Need:
    """Change a need, or say from when on it troubles no longer; what stood before is kept.

    Raises:
        NotPossible: somebody else has changed it since ``seen``, or as ``note_need``.
    """
    case, _household = open_household(by, case)
    need = _in(case, Need, need.pk)
    check_seen(seen, version_of(need))
    _fill_need(case, need, facts)
    need.save(force_update=True)
    noted(by, "casework.correct_need", case, need=need.pk)
    return need


@transaction.atomic
def strike_need(*, by: AnyActor, case: Case, need: Need, seen: str | None = None) -> None:
    """Take out a need that was a mistake.

    Raises:
        NotPossible: somebody else has changed it since ``seen``.
    """
    case, _household = open_household(by, case)
    need = _in(case, Need, need.pk)
    check_seen(seen, version_of(need))
    noted(by, "casework.strike_need", case, need=need.pk)
    need.delete()


@transaction.atomic
def record_event(*, by: AnyActor, case: Case, key: UUID | None = None, **facts: Unpack[EventFacts]) -> LifeEvent:
    """Write down what happened in the household（世帯の出来事）; the lead workers of all its cases are told.

    A death, a moving out or in changes the member as well: nobody types that twice.

    Raises:
        NotPossible: in the future, or a death of nobody.
    """
    case, household = open_household(by, case)
    if known := LifeEvent.objects.filter(pk=key, household=case.household_id).first() if key else None:
        return known
    event = LifeEvent(id=key or uuid7(), household=household, by=staff_of(by))
    _fill_event(case, event, facts)
    event.save(force_insert=True)
    _take_effect(event)
    _tell_leads(by, event)
    noted(by, "casework.record_event", case, event=event.pk)
    return event


@transaction.atomic
def correct_event(
    *, by: AnyActor, case: Case, event: LifeEvent, seen: str | None = None, **facts: Unpack[EventFacts]
) -> LifeEvent:
    """Change what was written of an event; what stood before is kept.

    Raises:
        NotPossible: somebody else has changed it since ``seen``, or as ``record_event``.
    """
    case, _household = open_household(by, case)
    event = _in(case, LifeEvent, event.pk)
    check_seen(seen, version_of(event))
    _fill_event(case, event, facts)
    event.save(force_update=True)
    _take_effect(event)
    noted(by, "casework.correct_event", case, event=event.pk)
    return event


@transaction.atomic
def strike_event(*, by: AnyActor, case: Case, event: LifeEvent, seen: str | None = None) -> None:
    """Take out an event that did not happen. What it changed about a member is corrected at the member.

    Raises:
        NotPossible: somebody else has changed it since ``seen``.
    """
    case, _household = open_household(by, case)
    event = _in(case, LifeEvent, event.pk)
    check_seen(seen, version_of(event))
    noted(by, "casework.strike_event", case, event=event.pk)
    event.delete()


def _in(case: Case, model: Any, pk: UUID) -> Any:
    row = model.objects.filter(pk=pk, household=case.household_id).first()
    if row is None:
        raise NotAllowed
    return row


def _check_member(case: Case, member: Member | None) -> None:
    if member and member.household_id != case.household_id:
        raise NotAllowed


def _fill_need(case: Case, need: Need, facts: Any) -> None:
    for name, value in facts.items():
        setattr(need, name, value)
    _check_member(case, need.member)
    if need.kind is None and not need.words.strip():
        raise NotPossible("課題の種類を選ぶか、ことばで書いてください")
    if need.settled_on and need.settled_on < need.noted_on:
        raise NotPossible("落ち着いた日が、気づいた日より前です。どちらかの日を直してください")


def _fill_event(case: Case, event: LifeEvent, facts: Any) -> None:
    for name, value in facts.items():
        setattr(event, name, value)
    _check_member(case, event.member)
    if event.on > clock.today():
        raise NotPossible("先の日付の出来事は記録できません。今日までの日を入れてください")
    if event.kind.effect and event.member is None:
        raise NotPossible(Words("「%(event)s」は、だれのことかを選んでください", event=Words(event.kind.label)))


def _take_effect(event: LifeEvent) -> None:
    """What the event changes about the member by itself."""
    effects = LifeEventKind.Effect
    member = event.member
    if member is None or not event.kind.effect:
        return
    if event.kind.effect == effects.DIED:
        member.deceased, member.lives_here = True, False
        member.died_on = None if event.about else event.on
    else:
        member.lives_here = event.kind.effect == effects.JOINED
    member.save(force_update=True)


def _tell_leads(by: AnyActor, event: LifeEvent) -> None:
    """Each lead is told of their own case; whoever writes it down need not see the others."""
    with acting_as(KEEPER):
        cases = list(Case.objects.filter(household=event.household_id, lead__isnull=False).select_related("lead"))
    for case in cases:
        if case.lead and not (isinstance(by, Actor) and by.id == case.lead_id):
            path = reverse("casework:family", args=[case.number])
            tell(staff=[case.lead], kind=ALERT, path=path, number=case.number, what=event.kind.label)
