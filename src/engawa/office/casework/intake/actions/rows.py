"""Takes in the rows of any sheet about people, households, assessments and plans."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from engawa.office.access.actors import AnyActor
from engawa.office.casework.intake import rules
from engawa.office.casework.intake.actions import (
    assessments,
    consents,
    family,
    gatherings,
    households,
    members,
    naming,
    people,
    plans,
    referrals,
    staying,
    support,
)
from engawa.office.casework.intake.actions.bringing import Bringing
from engawa.office.casework.intake.actions.cases import check_may_take_in
from engawa.office.casework.intake.rules import Row, Verdict

BRINGING: Mapping[type[Row], type[Bringing[Any]]] = {
    rules.PersonRow: people.People,
    rules.OtherNameRow: people.OtherNames,
    rules.OtherAddressRow: people.OtherAddresses,
    rules.OtherReachRow: people.OtherReaches,
    rules.NameStepRow: naming.NameSteps,
    rules.HouseholdRow: households.Households,
    rules.MemberRow: members.Members,
    rules.RelationRow: family.Relations,
    rules.NeedRow: family.Needs,
    rules.LifeEventRow: family.LifeEvents,
    rules.AnswerRow: assessments.Answers,
    rules.PlanRow: plans.Plans,
    rules.EvaluationRow: plans.Evaluations,
    rules.GoalRow: plans.Goals,
    rules.StepRow: plans.Steps,
    rules.ServiceRow: plans.Services,
    rules.ReviewRow: plans.Reviews,
    rules.StayingRow: staying.Stayings,
    rules.QuietContactRow: staying.QuietContacts,
    rules.AgencyRow: support.Agencies,
    rules.TieRow: support.Ties,
    rules.ConsentRow: consents.Consents,
    rules.ReferralRow: referrals.Referrals,
    rules.GatheringRow: gatherings.AllGatherings,
    rules.SittingRow: gatherings.Sittings,
    rules.AttendeeRow: gatherings.Attendees,
    rules.AttendanceRow: gatherings.Attendances,
}


@transaction.atomic
def take_in_rows(*, by: AnyActor, import_id: uuid.UUID, rows: Sequence[Row], axes: bool = True) -> list[Verdict]:
    """Make the rows that nobody knows yet; all of one sheet, about cases that are known.

    Args:
        by: needs ``ledger:file:import``.
        import_id: what will be remembered with each row that is made.
        rows: of one class of ``rules``.
        axes: whether answers that only professionals give may be among them.
    """
    check_may_take_in(by)
    if not rows:
        return []
    return BRINGING[type(rows[0])](import_id, rows, axes=axes).run()
