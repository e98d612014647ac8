"""All models of casework, part by part."""

from engawa.office.casework.cases.models import Case, CaseSearch, CaseState, CaseTalk, Handover
from engawa.office.casework.people.models import Person
from engawa.office.casework.timeline.models import Contact

__all__ = ["Case", "CaseSearch", "CaseState", "CaseTalk", "Contact", "Handover", "Person"]
