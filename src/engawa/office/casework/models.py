"""All models of casework, part by part."""

from engawa.office.casework.assessments.models import (
    Assessment,
    AssessmentAnswer,
    OutingRule,
    Stage,
    StageStep,
)
from engawa.office.casework.cases.models import (
    Case,
    CaseCounter,
    CaseSearch,
    CaseState,
    CaseTalk,
    EndReason,
    Handover,
)
from engawa.office.casework.consents.models import (
    AccessRequest,
    Consent,
    ConsentParty,
    ConsentText,
    Purpose,
    Share,
)
from engawa.office.casework.documents.models import Document, DocumentKind, DocumentVersion
from engawa.office.casework.gatherings.models import Attendance, Attendee, Gathering, Sitting
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
from engawa.office.casework.identity.models import Inquiry, Merge, Received, Reply, Step
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.load.models import Intensity, Level, Limit, Passing, Review, Weight
from engawa.office.casework.maps.models import Agency, Joining, Tie
from engawa.office.casework.people.models import Mark, OtherAddress, OtherName, OtherReach, Person
from engawa.office.casework.plans.models.evaluations import Evaluation, GoalOutcome
from engawa.office.casework.plans.models.lists import NoticedChange, PlanService, WorkMenu
from engawa.office.casework.plans.models.plans import Goal, Plan, PlanReview, PlanStep, ServiceUse
from engawa.office.casework.plans.models.staying import QuietContact, Staying
from engawa.office.casework.referrals.models import Referral, ReferralKind
from engawa.office.casework.retention.models import Destruction, DestructionItem, Hold, RecordClass, Term
from engawa.office.casework.timeline.models import Contact, ContactCode

__all__ = [
    "AccessRequest",
    "Agency",
    "Assessment",
    "AssessmentAnswer",
    "Attendance",
    "Attendee",
    "Brought",
    "Case",
    "CaseCounter",
    "CaseSearch",
    "CaseState",
    "CaseTalk",
    "Consent",
    "ConsentParty",
    "ConsentText",
    "Contact",
    "ContactCode",
    "Destruction",
    "DestructionItem",
    "Document",
    "DocumentKind",
    "DocumentVersion",
    "EndReason",
    "Evaluation",
    "Gathering",
    "Goal",
    "GoalOutcome",
    "Handover",
    "Hold",
    "Household",
    "Inquiry",
    "Intensity",
    "Joining",
    "Level",
    "LifeEvent",
    "LifeEventKind",
    "Limit",
    "Mark",
    "Member",
    "Merge",
    "Need",
    "NeedKind",
    "NoticedChange",
    "OtherAddress",
    "OtherName",
    "OtherReach",
    "OutingRule",
    "Passing",
    "Person",
    "Plan",
    "PlanReview",
    "PlanService",
    "PlanStep",
    "Purpose",
    "QuietContact",
    "Received",
    "RecordClass",
    "Referral",
    "ReferralKind",
    "Relation",
    "Reply",
    "Review",
    "Secret",
    "ServiceUse",
    "Share",
    "Sitting",
    "Stage",
    "StageStep",
    "Staying",
    "Step",
    "Term",
    "Tie",
    "Weight",
    "WorkMenu",
]
