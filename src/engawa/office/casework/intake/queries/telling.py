"""Everything that is known of some cases, told sheet by sheet as rows that could come in again."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from engawa.office.casework.cases.models import Case
from engawa.office.casework.intake import rules
from engawa.office.casework.intake.queries import assessments, family, gatherings, people, plans, sharing
from engawa.office.casework.intake.queries.family import Homes
from engawa.office.casework.intake.queries.gatherings import Gatherings
from engawa.office.casework.intake.rules import Row
from engawa.office.casework.people.models import OtherAddress, OtherName, OtherReach


class Telling:
    """The rows of some cases, and of what some organisations hold, as far as the present actor's walls show them."""

    def __init__(self, cases: QuerySet[Case], organisations: Collection[UUID] = ()) -> None:
        self.cases = cases
        self.organisations = organisations

    def rows(self, of: type[Row]) -> Iterable[Any]:
        """All rows of one class, case by case."""
        return _TOLD[of](self)

    @cached_property
    def homes(self) -> Homes:
        """The households of the cases."""
        return family.homes_of(self.cases)

    @cached_property
    def gatherings(self) -> Gatherings:
        """The gatherings of the organisations."""
        held = gatherings.gatherings_of(self.organisations)
        return Gatherings(held, list(self.cases), self.homes)


_TOLD: Mapping[type[Row], Callable[[Telling], Iterable[Row]]] = {
    rules.PersonRow: lambda told: people.told_people(told.cases),
    rules.OtherNameRow: lambda told: people.told_others(OtherName, told.cases),
    rules.OtherAddressRow: lambda told: people.told_others(OtherAddress, told.cases),
    rules.OtherReachRow: lambda told: people.told_others(OtherReach, told.cases),
    rules.NameStepRow: lambda told: people.told_name_steps(told.cases),
    rules.HouseholdRow: lambda told: family.told_households(told.homes),
    rules.MemberRow: lambda told: family.told_members(told.homes),
    rules.RelationRow: lambda told: family.told_relations(told.homes),
    rules.NeedRow: lambda told: family.told_needs(told.homes),
    rules.LifeEventRow: lambda told: family.told_events(told.homes),
    rules.AnswerRow: lambda told: assessments.told_answers(told.cases),
    rules.PlanRow: lambda told: plans.told_plans(told.cases),
    rules.EvaluationRow: lambda told: plans.told_evaluations(told.cases),
    rules.GoalRow: lambda told: plans.told_goals(told.cases),
    rules.StepRow: lambda told: plans.told_steps(told.cases),
    rules.ServiceRow: lambda told: plans.told_services(told.cases),
    rules.ReviewRow: lambda told: plans.told_reviews(told.cases),
    rules.StayingRow: lambda told: plans.told_stayings(told.cases),
    rules.QuietContactRow: lambda told: plans.told_quiet_contacts(told.cases),
    rules.AgencyRow: lambda told: plans.told_agencies(told.cases),
    rules.ConsentRow: lambda told: sharing.told_consents(told.cases),
    rules.ReferralRow: lambda told: sharing.told_referrals(told.homes, told.cases),
    rules.GatheringRow: lambda told: told.gatherings.told(),
    rules.SittingRow: lambda told: told.gatherings.told_sittings(),
    rules.AttendeeRow: lambda told: told.gatherings.told_attendees(),
    rules.AttendanceRow: lambda told: told.gatherings.told_attendances(),
    rules.TieRow: lambda told: plans.told_ties(told.homes, told.cases),
}
