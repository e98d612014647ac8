"""Reads for those who take records in, and for those who give them out."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from engawa.kernel.words import Words
from engawa.office.access.models import Grant
from engawa.office.casework.assessments.models import Assessment, Stage, StageStep
from engawa.office.casework.cases.models import Case, CaseState, CaseTalk, Handover
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.documents.models import Document
from engawa.office.casework.identity.models import Step
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.intake.queries.brought import changed_since, foreign_cases, load_of
from engawa.office.casework.maps.models import Agency
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.casework.plans.models.staying import Staying
from engawa.office.casework.timeline.models import Contact

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def case_ids(numbers: Iterable[str]) -> dict[str, uuid.UUID]:
    """The ids of the cases with these numbers; unknown numbers are left out."""
    return dict(Case.objects.filter(number__in=set(numbers)).values_list("number", "id"))


def stage_codes() -> dict[str, str]:
    """The codes of all stages of support by what they are called, in the order of their lines."""
    return dict(Stage.objects.values_list("label", "code"))


def numbers_out_of_reach(
    model: type[Case | Contact], numbers: Iterable[str], import_id: uuid.UUID, reach: Iterable[uuid.UUID]
) -> set[str]:
    """Which of these numbers of cases or contacts are known, and belong to a case out of reach.

    Args:
        model: whose numbers they are.
        numbers: as an earlier record has them.
        import_id: cases that this import made are within reach.
        reach: as are those that one of these organisations holds.
    """
    if model is Case:
        known = Case.objects.filter(number__in=set(numbers))
        within = Q(import_id=import_id) | Q(organisation__in=reach)
        return set(known.exclude(within).values_list("number", flat=True))
    within = Q(case__import_id=import_id) | Q(case__organisation__in=reach)
    return set(_named(_known_by(numbers).exclude(within)))


def contacts_known(numbers: Iterable[str]) -> dict[str, Contact]:
    """The contacts by their numbers; those without one by their ids, as our own ledger gives them."""
    return _named(_known_by(numbers).select_related("by"))


def _known_by(numbers: Iterable[str]) -> QuerySet[Contact]:
    wanted = set(numbers)
    ids = [number for number in wanted if _ID.fullmatch(number)]
    # Said twice for PostgreSQL: of long lists it does not prove that the index of all numbers but "" will do.
    numbered = ~Q(number="") & Q(number__in=wanted - {""})
    return Contact.objects.filter(numbered | Q(number="", pk__in=ids)).order_by()


def _named(contacts: Iterable[Contact]) -> dict[str, Contact]:
    return {contact.number or str(contact.pk): contact for contact in contacts}


def later_work(import_id: uuid.UUID) -> dict[str, int]:
    """What has been done since with the cases and contacts of an import, by name and number; empty when nothing."""
    cases = Case.objects.filter(import_id=import_id)
    others = ~Q(import_id=import_id) | Q(import_id=None)
    load = load_of(import_id)
    found = {
        "対応": Contact.objects.filter(others, case__in=cases).count(),
        Words("直した対応"): Contact.objects.filter(import_id=import_id, corrected_at__isnull=False).count(),
        "状態": CaseState.objects.filter(others, case__in=cases).count(),
        "支援の段階": StageStep.objects.filter(others, case__in=cases).count(),
        "名前の歩み": Step.objects.filter(kind=Step.Kind.NAMED, case__in=cases)
        .exclude(pk__in=load.ids[Brought.Kind.NAME_STEP])
        .count(),
        "支援チーム": Agency.objects.filter(case__in=cases).exclude(pk__in=load.ids[Brought.Kind.AGENCY]).count(),
        Words("つながり続けること"): Staying.objects.filter(case__in=cases)
        .exclude(pk__in=load.ids[Brought.Kind.STAYING])
        .count(),
        "アセスメント": Assessment.objects.filter(case__in=cases)
        .exclude(pk__in=load.ids[Brought.Kind.ASSESSMENT])
        .count(),
        "計画": Plan.objects.filter(case__in=cases).exclude(pk__in=load.ids[Brought.Kind.PLAN]).count(),
        "書類": Document.objects.filter(case__in=cases).count(),
        "同意": Consent.objects.filter(case__in=cases).count(),
        "やりとり": CaseTalk.objects.filter(case__in=cases).count(),
        "引継ぎ": Handover.objects.filter(case__in=cases).count(),
        Words("担当や本人・世帯を記録したケース"): foreign_cases(load, cases).count(),
        "閲覧の根拠": Grant.objects.filter(case_id__in=cases.values("id")).exclude(basis=Grant.Basis.OWN).count(),
    }
    for name, count in changed_since(load):
        found[name] = found.get(name, 0) + count
    return {name: count for name, count in found.items() if count}


def cases_of(organisations: Iterable[uuid.UUID], first: dt.date | None, last: dt.date | None) -> QuerySet[Case]:
    """The cases that these organisations hold, received from ``first`` to ``last``, by number."""
    days = {"received_on__gte": first, "received_on__lte": last}
    cases = Case.objects.filter(organisation__in=list(organisations))
    return cases.filter(**{name: day for name, day in days.items() if day}).select_related("desk").order_by("number")


def states_of(cases: QuerySet[Case]) -> QuerySet[CaseState]:
    """The changes of state of these cases, case by case."""
    rows = CaseState.objects.filter(case__in=cases.order_by()).select_related("case")
    return rows.order_by("case__number", "effective_on", "recorded_at")


def contacts_of(cases: QuerySet[Case]) -> QuerySet[Contact]:
    """The contacts of these cases, case by case."""
    rows = Contact.objects.filter(case__in=cases.order_by()).select_related("case", "by")
    return rows.order_by("case__number", "on", "recorded_at")


def stages_of(cases: QuerySet[Case]) -> QuerySet[StageStep]:
    """The stages of support of these cases, case by case."""
    rows = StageStep.objects.filter(case__in=cases.order_by()).select_related("case", "stage")
    return rows.order_by("case__number", "on", "recorded_at")
