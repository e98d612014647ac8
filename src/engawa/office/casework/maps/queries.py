"""Reads about households, support teams and ties. The second wall hides what the present actor may not see."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Q, QuerySet, When

from engawa.kernel import clock
from engawa.kernel.words import Words
from engawa.office.access.actors import KEEPER, Actor, AnyActor
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.casework.access import visible_cases
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import (
    Household,
    LifeEvent,
    LifeEventKind,
    Member,
    Need,
    NeedKind,
    Relation,
    Secret,
)
from engawa.office.casework.maps.models import Agency, Joining, Tie
from engawa.office.casework.maps.rules.family import Family, Kin, Link
from engawa.office.casework.maps.rules.kin import Life
from engawa.office.casework.people.models import Person


def in_team_on(day: dt.date) -> Q:
    """Agencies that are in a team on ``day``."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def team_of(case: Case, day: dt.date | None = None) -> QuerySet[Agency]:
    """The agencies in the case's support team（支援チーム）on ``day`` (today); the lead first."""
    team = Agency.objects.filter(in_team_on(day or clock.today()), case=case).select_related("organisation")
    return team.order_by(Choose(When(role=Agency.Role.LEAD, then=0), default=1), "since", "id")


def other_agencies(case: Case, day: dt.date | None = None) -> QuerySet[Agency]:
    """Who else than the organisation that holds the case is in its team on ``day`` (today): nobody means alone."""
    return team_of(case, day).exclude(organisation_id=case.organisation_id)


def former_team_of(case: Case, day: dt.date) -> QuerySet[Agency]:
    """Agencies that have left the team before ``day`` or join it later."""
    return Agency.objects.filter(~in_team_on(day), case=case).select_related("organisation").order_by("-since")


def ties_of(actor: AnyActor, case: Case) -> QuerySet[Tie]:
    """The ties of the case, and those of the household's other cases that the actor may see."""
    cases = Q(case=case)
    if case.household_id:
        cases |= Q(case__in=visible_cases(actor).filter(household=case.household_id))
    return Tie.objects.filter(cases).select_related("agency__organisation", "resource", "member__person", "case")


@dataclass(frozen=True)
class Known:
    """A member as the reader may know them: their own data from the person, where that may be seen."""

    member: Member
    own: bool
    name: str
    sex: str
    life: Life

    @property
    def key(self) -> str:
        return str(self.member.pk)


def household_of(actor: AnyActor, case: Case) -> list[Known]:
    """The members of the case's household, in the order in which they were added."""
    if case.household_id is None:
        return []
    own = set(
        visible_cases(actor)
        .filter(household=case.household_id, member__isnull=False)
        .values_list("member_id", flat=True)
    )
    members = Member.objects.filter(household=case.household_id).select_related("person")
    return [known(member, own=member.pk in own, case=case) for member in members]


def known(member: Member, *, own: bool, case: Case) -> Known:
    """What may be known of a member."""
    person = member.person or Person()
    this = case if case.member_id == member.pk else Case()
    sex = next((one.sex for one in (person, member, this) if one.sex != Person.Sex.UNKNOWN), Person.Sex.UNKNOWN)
    asked = next((one for one in (person, member) if one.age_years is not None or one.age_band), None)
    life = Life(
        birth=person.birth_date or member.birth_date,
        years=asked.age_years if asked else this.age_years,
        band=asked.age_band if asked else this.age_band,
        asked_on=asked.age_on if asked else this.received_on,
        died_on=member.died_on,
    )
    name = person.name or member.name or person.nickname or this.handle
    return Known(member, own, name, str(sex), life)


def relations_of(case: Case) -> QuerySet[Relation]:
    """The relations within the case's household."""
    mine = Relation.objects.filter(household=case.household_id) if case.household_id else Relation.objects.none()
    return mine.select_related("one__person", "other__person").order_by("id")


def link_of(relation: Relation) -> Link:
    """A relation as plain values."""
    return Link(
        relation.kind,
        str(relation.one_id),
        str(relation.other_id),
        relation.ending,
        relation.words,
        relation.since_year,
        relation.until_year,
    )


def kin_of(one: Known) -> Kin:
    """A member as plain values."""
    return Kin(one.key, one.sex, one.life.born, one.member.birth_order, one.member.lives_here)


def why_kept(actor: AnyActor, member: Member) -> Words | None:
    """Why nobody may take this member out of the household as a mistake; None where the actor may.

    Another organisation that holds a case of the household may keep a secret or a tie of that member which the actor
    must not learn of: so it is the same for all of them, the 本人 of its case among them.
    """
    with acting_as(KEEPER):
        cases = list(Case.objects.filter(household=member.household_id).values_list("member", "organisation"))
    ours = actor.organisations_with(Permission.CASEWORK_CASE_EDIT) if isinstance(actor, Actor) else None
    if ours is not None and any(organisation not in ours for _own, organisation in cases):
        return Words(
            "ほかの機関がこの世帯のケースを持っているので、家族は消せません。家を出た人は「同居している」を外し、"
            "書きまちがいは欄を直すか、その機関と相談してください"
        )
    is_own = any(own == member.pk for own, _organisation in cases)
    return Words("ケースの本人は、世帯から消せません") if is_own else None


def family_of(members: Sequence[Known], relations: Sequence[Relation]) -> Family:
    """The household as a graph of plain values."""
    return Family({one.key: kin_of(one) for one in members}, [link_of(relation) for relation in relations])


def needs_of(case: Case) -> QuerySet[Need]:
    """What troubles the members of the household and all of it, open needs first."""
    mine = Need.objects.filter(household=case.household_id) if case.household_id else Need.objects.none()
    return mine.select_related("kind", "member__person", "by").order_by("settled_on", "noted_on", "id")


def events_of(case: Case) -> QuerySet[LifeEvent]:
    """What happened in the household, the newest first."""
    mine = LifeEvent.objects.filter(household=case.household_id) if case.household_id else LifeEvent.objects.none()
    return mine.select_related("kind", "member__person", "by").order_by("-on", "-recorded_at")


def secrets_of(actor: AnyActor, case: Case) -> list[Secret]:
    """What the actor's own organisations keep secret of the household's members: nobody else's, whatever they see."""
    kept = Secret.objects.filter(household=case.household_id) if case.household_id else Secret.objects.none()
    rows = kept.select_related("member__person").order_by("member__added_at", "kind", "id")
    if not isinstance(actor, Actor):
        return list(rows)
    ours = actor.organisations_with(Permission.CASEWORK_CASE_EDIT)
    return [secret for secret in rows if secret.organisation_id in ours]


def other_cases(actor: AnyActor, case: Case) -> QuerySet[Case]:
    """The household's other cases, as far as the actor may see them."""
    mine = visible_cases(actor).filter(household=case.household_id) if case.household_id else Case.objects.none()
    return mine.exclude(pk=case.pk).select_related("person", "lead", "organisation", "member").order_by("number")


def joinings_of(case: Case) -> QuerySet[Joining]:
    """How the household came to be one of several, the newest first; those that were parted again tell it, too."""
    here = Q(household=case.household_id) if case.household_id else Q(case=case)
    return Joining.objects.filter(here | Q(case=case)).select_related("by", "parted_by").order_by("-joined_at")


def in_force(kinds: type[NeedKind] | type[LifeEventKind], day: dt.date) -> QuerySet[Any]:
    """The choices of a list that are in force on ``day``."""
    return kinds.objects.exclude(starts_on__gt=day).exclude(ends_on__lt=day)


def version_of(row: Household | Member | Relation | Need | LifeEvent | Secret | Agency | Tie) -> str:
    """Names the version of a row: how often what stands in it has changed."""
    return str(row.events.count())  # type: ignore[union-attr] # made by pghistory
