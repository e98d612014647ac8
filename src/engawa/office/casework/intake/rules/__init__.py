"""Rows as an earlier record has them: plain values, one class for each sheet, and what becomes of each row.

Whoever gives records out tells them in the same rows: what goes out can come in again.
"""

from engawa.office.casework.intake.rules.assessments import AnswerRow
from engawa.office.casework.intake.rules.gatherings import (
    AttendanceRow,
    AttendeeRow,
    GatheringRow,
    OfGathering,
    SittingRow,
)
from engawa.office.casework.intake.rules.households import HouseholdRow, LifeEventRow, MemberRow, NeedRow, RelationRow
from engawa.office.casework.intake.rules.people import (
    NameStepRow,
    OtherAddressRow,
    OtherNameRow,
    OtherReachRow,
    OtherRow,
    PersonRow,
)
from engawa.office.casework.intake.rules.plans import (
    EvaluationRow,
    GoalRow,
    OfPlan,
    PlanRow,
    ReviewRow,
    ServiceRow,
    StepRow,
)
from engawa.office.casework.intake.rules.rows import (
    SELF,
    Kept,
    Row,
    Unfit,
    Verdict,
    from_day,
    in_order,
    not_listed,
    says_anything,
    settle,
)
from engawa.office.casework.intake.rules.sharing import ConsentRow, ReferralRow
from engawa.office.casework.intake.rules.support import AgencyRow, QuietContactRow, StayingRow, TieRow

__all__ = [
    "SELF",
    "AgencyRow",
    "AnswerRow",
    "AttendanceRow",
    "AttendeeRow",
    "ConsentRow",
    "EvaluationRow",
    "GatheringRow",
    "GoalRow",
    "HouseholdRow",
    "Kept",
    "LifeEventRow",
    "MemberRow",
    "NameStepRow",
    "NeedRow",
    "OfGathering",
    "OfPlan",
    "OtherAddressRow",
    "OtherNameRow",
    "OtherReachRow",
    "OtherRow",
    "PersonRow",
    "PlanRow",
    "QuietContactRow",
    "ReferralRow",
    "RelationRow",
    "ReviewRow",
    "Row",
    "ServiceRow",
    "SittingRow",
    "StayingRow",
    "StepRow",
    "TieRow",
    "Unfit",
    "Verdict",
    "from_day",
    "in_order",
    "not_listed",
    "says_anything",
    "settle",
]
