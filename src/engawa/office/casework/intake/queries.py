"""Reads for those who take records in."""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from engawa.office.access.models import Grant
from engawa.office.casework.assessments.models import Assessment, Stage, StageStep
from engawa.office.casework.cases.models import Case, CaseState, CaseTalk, Handover
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.documents.models import Document
from engawa.office.casework.maps.models import Agency
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.casework.plans.models.staying import Staying
from engawa.office.casework.timeline.models import Contact


def case_ids(numbers: Iterable[str]) -> dict[str, uuid.UUID]:
    """The ids of the cases with these numbers; unknown numbers are left out."""
    return dict(Case.objects.filter(number__in=set(numbers)).values_list("number", "id"))


def stage_codes() -> dict[str, str]:
    """The codes of all stages of support by what they are called, in the order of their lines."""
    return dict(Stage.objects.values_list("label", "code"))


def numbers_out_of_reach(model: type[Case | Contact], numbers: Iterable[str], cases: Q) -> set[str]:
    """Which of these numbers of cases or contacts are known, and do not belong to one of the ``cases`` meant."""
    within = Case.objects.filter(cases).values("id")
    key = "id__in" if model is Case else "case__in"
    known = model.objects.filter(number__in=set(numbers))
    return set(known.exclude(**{key: within}).values_list("number", flat=True))


def later_work(import_id: uuid.UUID) -> dict[str, int]:
    """What has been done since with the cases and contacts of an import, by name and number; empty when nothing."""
    cases = Case.objects.filter(import_id=import_id)
    others = ~Q(import_id=import_id) | Q(import_id=None)
    found = {
        "対応": Contact.objects.filter(others, case__in=cases).count(),
        "直した対応": Contact.objects.filter(import_id=import_id, corrected_at__isnull=False).count(),
        "状態": CaseState.objects.filter(others, case__in=cases).count(),
        "支援の段階": StageStep.objects.filter(others, case__in=cases).count(),
        "支援チーム": Agency.objects.filter(case__in=cases).count(),
        "つながり続けること": Staying.objects.filter(case__in=cases).count(),
        "アセスメント": Assessment.objects.filter(case__in=cases).count(),
        "計画": Plan.objects.filter(case__in=cases).count(),
        "書類": Document.objects.filter(case__in=cases).count(),
        "同意": Consent.objects.filter(case__in=cases).count(),
        "やりとり": CaseTalk.objects.filter(case__in=cases).count(),
        "引継ぎ": Handover.objects.filter(case__in=cases).count(),
        "担当や本人・世帯を記録したケース": cases.filter(
            Q(lead__isnull=False) | Q(person__isnull=False) | Q(household__isnull=False) | ~Q(handle="")
        ).count(),
        "閲覧の根拠": Grant.objects.filter(case_id__in=cases.values("id")).exclude(basis=Grant.Basis.OWN).count(),
    }
    return {name: count for name, count in found.items() if count}
