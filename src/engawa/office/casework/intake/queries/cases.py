"""Reads for those who take records in, and for those who give them out."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from engawa.kernel.words import Words
from engawa.office.access.models import Grant
from engawa.office.casework.assessments.models import Stage, StageStep
from engawa.office.casework.cases.models import Case, CaseState
from engawa.office.casework.identity.models import Step
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.intake.queries.brought import MODELS, Load, changed_since, foreign_cases, load_of
from engawa.office.casework.intake.queries.numbers import ids_among
from engawa.office.casework.timeline.models import Contact, ContactCode

Kind = Brought.Kind
# What hangs on a case, and as what it is counted: rows that carry their import, rows that an import notes as brought,
MARKED: Mapping[type[Model], str] = {Contact: "対応", CaseState: "状態", StageStep: "支援の段階"}
NOTED: Mapping[str, str] = {
    Kind.AGENCY: "支援チーム",
    Kind.TIE: Words("つながり"),
    Kind.STAYING: Words("つながり続けること"),
    Kind.ASSESSMENT: "アセスメント",
    Kind.PLAN: "計画",
    Kind.CONSENT: "同意",
    Kind.REFERRAL: Words("つなぎ"),
    Kind.ATTENDEE: Words("家族教室・家族会"),
}
# and what no import brings: by name, because some of it lies on floors above.
WRITTEN: Mapping[str, str] = {
    "casework.Document": "書類",
    "casework.CaseTalk": "やりとり",
    "casework.Handover": "引継ぎ",
    "casework.AccessRequest": Words("閲覧の申請"),
    "casework.Inquiry": Words("別の機関への照会"),
    "casework.Received": Words("届いた照会"),
    "casework.Joining": Words("世帯をまとめた記録"),
    "casework.Intensity": Words("支援の濃さ"),
    "casework.Review": Words("見直し"),
    "casework.Passing": Words("担当替え"),
    "casework.Hold": Words("保全"),
    "casework.Disclosure": Words("本人への開示"),
    "casework.DestructionItem": Words("廃棄リスト"),
}


def case_ids(numbers: Iterable[str]) -> dict[str, uuid.UUID]:
    """The ids of the cases with these numbers; unknown numbers are left out."""
    return dict(Case.objects.filter(number__in=set(numbers)).values_list("number", "id"))


def stage_codes() -> dict[str, str]:
    """The codes of all stages of support by what they are called, in the order of their lines."""
    return dict(Stage.objects.values_list("label", "code"))


def contact_codes() -> dict[str, str]:
    """The codes of what was done in a contact by what they are called, in the order of the list."""
    return dict(ContactCode.objects.values_list("label", "code"))


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
    # Said twice for PostgreSQL: of long lists it does not prove that the index of all numbers but "" will do.
    numbered = ~Q(number="") & Q(number__in=wanted - {""})
    return Contact.objects.filter(numbered | Q(number="", pk__in=ids_among(wanted))).order_by()


def _named(contacts: Iterable[Contact]) -> dict[str, Contact]:
    return {contact.number or str(contact.pk): contact for contact in contacts}


def later_work(import_id: uuid.UUID) -> dict[str, int]:
    """What has been done since with the cases and contacts of an import, by name and number; empty when nothing."""
    cases = Case.objects.filter(import_id=import_id)
    load = load_of(import_id)
    found = {
        **dict(_hanging_on(cases, import_id, load)),
        Words("直した対応"): Contact.objects.filter(import_id=import_id, corrected_at__isnull=False).count(),
        "名前の歩み": Step.objects.filter(kind=Step.Kind.NAMED, case__in=cases)
        .exclude(pk__in=load.ids[Kind.NAME_STEP])
        .count(),
        Words("担当や本人・世帯を記録したケース"): foreign_cases(load, cases).count(),
        "閲覧の根拠": Grant.objects.filter(case_id__in=cases.values("id")).exclude(basis=Grant.Basis.OWN).count(),
    }
    for name, count in changed_since(load):
        found[name] = found.get(name, 0) + count
    return {name: count for name, count in found.items() if count}


def _hanging_on(cases: QuerySet[Case], import_id: uuid.UUID, load: Load) -> Iterator[tuple[str, int]]:
    others = ~Q(import_id=import_id) | Q(import_id=None)
    for model, name in MARKED.items():
        yield name, model._default_manager.filter(others, case__in=cases).count()  # noqa: SLF001 - Django's own name
    for kind, name in NOTED.items():
        rows = MODELS[kind]._default_manager.filter(case__in=cases)  # noqa: SLF001 - Django's own name
        yield name, rows.exclude(pk__in=load.ids[kind]).count()
    for label, name in WRITTEN.items():
        yield name, apps.get_model(label)._default_manager.filter(case__in=cases).count()  # noqa: SLF001 - as above


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
    rows = StageStep.objects.filter(case__in=cases.order_by()).select_related("case", "stage", "by")
    return rows.order_by("case__number", "on", "recorded_at")
