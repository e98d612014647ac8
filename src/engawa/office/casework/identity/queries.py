"""Reads of who is who. What other organisations know is asked by a part of the system that tells yes or no only."""

import datetime as dt
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from engawa.kernel import clock, fiscal
from engawa.kernel.asked import asked_often, in_few_sizes
from engawa.office.access.actors import KEEPER, Actor, AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.audit.actions import note_reading
from engawa.office.casework.access import cases_worked_on, may, visible_cases
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.queries import find_cases
from engawa.office.casework.cases.rules import NotPossible, numbers_meant
from engawa.office.casework.households.models import Secret
from engawa.office.casework.identity.models import Inquiry, Merge, Received, Step
from engawa.office.casework.people.models import OtherAddress, OtherName, OtherReach, Person
from engawa.office.casework.people.queries import ids_with_marks
from engawa.office.casework.people.rules import Known, Likeness, likeness, marks, strong_marks

Other = TypeVar("Other", OtherName, OtherAddress, OtherReach)
MOST_SHOWN, MOST_COMPARED = 5, 40
HELD_ELSEWHERE = (
    "どちらの記録にも、あなたの機関が担当していないケースがあるため、統合できません。担当の機関に相談してください"
)


@dataclass(frozen=True)
class Alike:
    """Somebody whom the actor may see and who may be the same person, with why, and their cases."""

    person: Person
    likeness: Likeness
    cases: list[Case] = field(default_factory=list)


def likely_people(actor: AnyActor, known: Known, *, beside: Person | None = None) -> list[Alike]:
    """People of the cases that the actor works on who may be the same as ``known``, the likeliest first.

    Args:
        actor: who asks.
        known: what is known of the person in question.
        beside: the person in question, where there is a record already.
    """
    if known.nameless:
        return []
    found: dict[UUID, Alike] = {}
    for case in _comparable(actor, known):
        person = case.person
        if person is None or person == beside:
            continue
        alike = found.setdefault(person.pk, Alike(person, likeness(known, person.known())))
        alike.cases.append(case)
    possible = [alike for alike in found.values() if alike.likeness.possible]
    return sorted(possible, key=lambda alike: -alike.likeness.weight)[:MOST_SHOWN]


def _comparable(actor: AnyActor, known: Known) -> list[Case]:
    """Cases that the actor works on, of people with a shared mark or a name like one of these."""
    people = ids_with_marks(marks(known))
    for text in {known.reading or known.name, known.name}:
        if text:
            people |= {case.person_id for case in find_cases(actor, text, most=MOST_COMPARED) if case.person_id}
    return _worked_on_of(in_few_sizes(people), actor, clock.now())


@asked_often
def _worked_on_of(people: tuple[UUID, ...], actor: AnyActor, at: dt.datetime) -> QuerySet[Case]:
    cases = cases_worked_on(actor, at).filter(person__in=people).select_related("person", "organisation", "desk")
    return cases.prefetch_related("person__other_names", "person__other_reaches").order_by("-received_on")


def known_elsewhere(actor: Actor, known: Known, *, case: Case | None = None) -> bool:
    """Whether an organisation with which the actor does not work seems to know the same person: yes or no, noted."""
    hidden = _hidden(actor, known)
    subject, case_id = (case.number, case.pk) if case else ("", None)
    note_reading(by=actor, deed="casework.look_elsewhere", subject=subject, case_id=case_id)
    return bool(hidden)


def cases_elsewhere(actor: Actor, case: Case) -> list[Case]:
    """For the one who carries an inquiry: the newest case per organisation that was not asked yet.

    The rows are past the second wall; they must not be shown to the actor.
    """
    if case.person is None:
        return []
    hidden = _hidden(actor, case.person.known())
    with acting_as(KEEPER):
        asked = Received.objects.filter(inquiry_id__in=Inquiry.objects.filter(case=case).values("pk"))
        cases = Case.objects.filter(pk__in=[one.pk for one in hidden]).select_related("organisation", "lead")
        fresh = cases.exclude(organisation__in=asked.values("case__organisation"))
        return list({one.organisation_id: one for one in fresh.order_by("received_on")}.values())


def _hidden(actor: Actor, known: Known) -> list[Case]:
    """Cases of people who share two facts with ``known`` and with whom the actor does not work at all."""
    people = ids_with_marks(strong_marks(known))
    if not people:
        return []
    people -= {case.person_id for case in _worked_on_of(in_few_sizes(people), actor, clock.now()) if case.person_id}
    with acting_as(KEEPER):
        return _held_by_others(in_few_sizes(people), actor)


@asked_often
def _held_by_others(people: tuple[UUID, ...], actor: Actor) -> QuerySet[Case]:
    ours = actor.organisations_with(Permission.CASEWORK_CASE_VIEW)
    return Case.objects.filter(person__in=people).exclude(organisation__in=ours).only("pk")


def person_chosen(actor: AnyActor, chosen: str) -> Person | None:
    """The person with this id, of a case that the actor works on; None for anything else."""
    try:
        case = cases_worked_on(actor).filter(person=UUID(chosen)).select_related("person").first()
    except ValueError:
        return None
    return case.person if case else None


def case_meant(actor: AnyActor, typed: str) -> Case | None:
    """The visible case whose number somebody typed as 42, ４２ or E-2026-00042."""
    meant = numbers_meant(typed, fiscal.fiscal_year(clock.today()))
    return visible_cases(actor).filter(number__in=meant).first()


def who_carries_on(actor: AnyActor, mine: Person, theirs: Person) -> tuple[Person, Person]:
    """Of two records the one that carries on, and the one that goes: the one with a name stays, if it must not go.

    Raises:
        NotPossible: both have cases that the actor's organisations do not hold.
    """
    first, second = (mine, theirs) if mine.name or not theirs.name else (theirs, mine)
    if _all_held(actor, second):
        return first, second
    if _all_held(actor, first):
        return second, first
    raise NotPossible(HELD_ELSEWHERE)


def _all_held(actor: AnyActor, person: Person) -> bool:
    if not isinstance(actor, Actor):
        return True
    ours = actor.organisations_with(Permission.CASEWORK_CASE_EDIT)
    with acting_as(KEEPER):
        return not person.cases.exclude(organisation__in=ours).exists()


@dataclass(frozen=True)
class Merged:
    """A merge, and the cases that went over with it as far as the actor may see them."""

    merge: Merge
    cases: list[Case]

    @property
    def numbers(self) -> str:
        """The cases by number; empty where the actor may see none."""
        return gettext("、").join(case.number for case in self.cases)


@dataclass(frozen=True)
class Shown:
    """All that the page of a person shows to one actor; ``holds``: they work where the case is held."""

    holds: bool
    age: str
    names: list[OtherName]
    addresses: list[OtherAddress]
    reaches: list[OtherReach]
    secrets: list[Secret]
    others: list[Case]
    merges: list[Merged]
    steps: list[Step]
    alike: list[Alike]
    elsewhere: bool
    inquiries: list[Inquiry]
    received: list[Received]
    name_can_return: bool

    @property
    def secret(self) -> bool:
        """Whether something of this is kept from other organisations."""
        written = [one.secret for one in self.names] + [one.secret for one in self.addresses]
        return any(written) or any(one.secret for one in self.reaches) or bool(self.secrets)


def shown_of(actor: Actor, case: Case, day: dt.date) -> Shown:
    """What the actor may see of whom the case is about."""
    person, known = case.person, case.person.known() if case.person else Known()
    holds = case.organisation_id in actor.organisations_with(Permission.CASEWORK_CASE_EDIT)
    steps = list(case.steps.select_related("by", "talk"))
    return Shown(
        holds=holds,
        age=person.age_on_day(day) if person else case.age,
        names=open_to(actor, case, OtherName.objects.filter(person__in=_records(person))),
        addresses=open_to(actor, case, OtherAddress.objects.filter(person__in=_records(person))),
        reaches=open_to(actor, case, OtherReach.objects.filter(person__in=_records(person))),
        secrets=_secrets_as_member(actor, case),
        others=_other_cases(actor, case),
        merges=_merged(actor, Merge.objects.filter(kept__in=_records(person))),
        steps=steps,
        alike=likely_people(actor, known, beside=person) if holds else [],
        elsewhere=holds and known_elsewhere(actor, known, case=case),
        inquiries=list(case.inquiries.select_related("by").prefetch_related("replies__organisation")) if holds else [],
        received=list(case.inquiries_received.select_related("asker", "answered_by")) if holds else [],
        name_can_return=not (person and person.named) and any(step.kind == Step.Kind.NAME_TAKEN_BACK for step in steps),
    )


def _merged(actor: Actor, merges: QuerySet[Merge]) -> list[Merged]:
    rows = list(merges.select_related("kept", "gone", "by", "split_by"))
    moved = [pk for row in rows for pk in row.moved]
    cases = list(visible_cases(actor).filter(pk__in=moved).order_by("number")) if moved else []
    return [Merged(row, [case for case in cases if case.pk in row.moved]) for row in rows]


def _records(person: Person | None) -> list[Person]:
    return [person, *person.merged.all()] if person else []


def open_to(actor: Actor, case: Case, rows: QuerySet[Other]) -> list[Other]:
    """A common name to whoever sees the case, the rest with its family, and what is secret where it was written.

    That a case of the person is held as well does not open what others keep secret.
    """
    family = may(actor, Permission.CASEWORK_CASE_VIEW, case, Part.FAMILY)
    ours = actor.organisations_with(Permission.CASEWORK_CASE_EDIT)
    open_ones = [row for row in rows if row.kind != OtherName.Kind.SECRET or row.organisation_id in ours]
    return [row for row in open_ones if family or row.kind == OtherName.Kind.COMMON]


def _secrets_as_member(actor: Actor, case: Case) -> list[Secret]:
    """What is kept secret of the person as a member of a household, mostly from before they were the 本人 of a case.

    It stays a secret of the member, under the same protection, so that it follows them into every case of theirs and
    back again when two records are parted.
    """
    if not may(actor, Permission.CASEWORK_CASE_VIEW, case, Part.FAMILY):
        return []
    theirs = Q(member__person__in=_records(case.person))
    if case.member_id:
        theirs |= Q(member=case.member_id)
    ours = actor.organisations_with(Permission.CASEWORK_CASE_EDIT)
    return list(Secret.objects.filter(theirs, organisation__in=ours))


def _other_cases(actor: Actor, case: Case) -> list[Case]:
    if case.person_id is None:
        return []
    same = visible_cases(actor).filter(person=case.person_id).exclude(pk=case.pk)
    return list(same.select_related("organisation", "desk", "person").order_by("-received_on"))


def merge_in(actor: Actor, case: Case, pk: UUID) -> Merged:
    """A merge that lies beneath the person of the case.

    Raises:
        NotAllowed: there is none with this id.
    """
    merges = _merged(actor, Merge.objects.filter(pk=pk, kept__in=_records(case.person)))
    if not merges:
        raise NotAllowed
    return merges[0]


def other_name_in(actor: Actor, case: Case, pk: UUID) -> OtherName:
    """A name of the person of the case; a secret one for those alone who keep it.

    Raises:
        NotAllowed: there is none with this id, or none that may be seen.
    """
    return _one_open_to(actor, case, OtherName.objects.filter(pk=pk, person=case.person_id))


def other_address_in(actor: Actor, case: Case, pk: UUID) -> OtherAddress:
    """An address of the person of the case; as ``other_name_in``."""
    return _one_open_to(actor, case, OtherAddress.objects.filter(pk=pk, person=case.person_id))


def other_reach_in(actor: Actor, case: Case, pk: UUID) -> OtherReach:
    """A number or mail address of the person of the case; as ``other_name_in``."""
    return _one_open_to(actor, case, OtherReach.objects.filter(pk=pk, person=case.person_id))


def _one_open_to(actor: Actor, case: Case, rows: QuerySet[Other]) -> Other:
    for row in open_to(actor, case, rows):
        return row
    raise NotAllowed


def received_in(case: Case, pk: UUID) -> Received:
    """An inquiry that reached this case.

    Raises:
        NotAllowed: none with this id did.
    """
    found = case.inquiries_received.filter(pk=pk).select_related("asker", "answered_by", "case__organisation").first()
    if found is None:
        raise NotAllowed
    return found
