"""All models of casework, part by part."""

from engawa.office.casework.cases.models import (
    Case,
    CaseCounter,
    CaseSearch,
    CaseState,
    CaseTalk,
    EndReason,
    Handover,
)
from engawa.office.casework.people.models import Person
from engawa.office.casework.timeline.models import Contact

__all__ = [
    "Case",
    "CaseCounter",
    "CaseSearch",
    "CaseState",
    "CaseTalk",
    "Contact",
    "EndReason",
    "Handover",
    "Person",
]
