"""Takes away again what an import made, as a whole."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from engawa.kernel.rows import update_all
from engawa.office.access.actors import AnyActor
from engawa.office.access.models import Grant
from engawa.office.casework.assessments.models import StageStep
from engawa.office.casework.cases.models import Case, CaseSearch, CaseState
from engawa.office.casework.households.models import Member
from engawa.office.casework.intake.actions.cases import check_may_take_in
from engawa.office.casework.intake.actions.people import index
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.intake.queries.brought import MODELS, Load, load_of, past_of, pasts_of
from engawa.office.casework.people.models import Mark
from engawa.office.casework.timeline.models import Contact

Kind = Brought.Kind


@transaction.atomic
def give_back(*, by: AnyActor, import_id: uuid.UUID) -> None:
    """Take away all that an import made, with the rights to see it; what was there before stands as it stood.

    The caller has made sure that no later work hangs on it (``queries.cases.later_work``).
    """
    check_may_take_in(by)
    cases = Case.objects.filter(import_id=import_id)
    _give_back_rows(import_id)
    Contact.objects.filter(import_id=import_id).delete()
    CaseState.objects.filter(import_id=import_id).delete()
    StageStep.objects.filter(import_id=import_id).delete()
    CaseSearch.objects.filter(case__in=cases).delete()
    Grant.objects.filter(case_id__in=cases.values("id")).delete()
    for past in pasts_of(cases):
        past.delete()
    cases.delete()


def _give_back_rows(import_id: uuid.UUID) -> None:
    load = load_of(import_id)
    if not any(load.ids.values()):
        return
    touched = _let_cases_go(import_id, load)
    Mark.objects.filter(person__in=load.ids[Kind.PERSON]).delete()
    load.rows(Kind.PLAN).update(follows=None)
    for kind in MODELS:
        if load.ids[kind]:
            load.rows(kind).delete()
            _forget_past(kind, load)
    Brought.objects.filter(import_id=import_id).delete()
    index(touched)


def _let_cases_go(import_id: uuid.UUID, load: Load) -> list[Case]:
    """Cases that were there before know again what they knew."""
    people, homes = load.ids[Kind.PERSON], load.ids[Kind.HOUSEHOLD]
    ids = load.cases[Kind.CASE] | load.cases[Kind.PERSON] | load.cases[Kind.HOUSEHOLD] | load.cases[Kind.MEMBER]
    cases = {case.pk: case for case in Case.objects.filter(pk__in=ids)}
    for brought in Brought.objects.filter(import_id=import_id, kind=Kind.CASE):
        _unsay(cases[brought.row_id], brought.said)
    Member.objects.filter(cases__in=cases, person__in=people).update(person=None)
    for case in cases.values():
        if case.person_id in people:
            case.person = None
        if case.household_id in homes:
            case.household = None
        if case.household_id is None or case.member_id in load.ids[Kind.MEMBER]:
            case.member = None
    update_all(list(cases.values()), ["person", "household", "member", "handle", "notes"])
    return list(cases.values())


def _unsay(case: Case, said: dict[str, Any]) -> None:
    if said.get("person") == str(case.person_id):
        case.person = None
    if said.get("household") == str(case.household_id):
        case.household = None
    if said.get("handle"):
        case.handle = ""
    case.notes = {title: note for title, note in case.notes.items() if title not in said.get("titles", [])}


def _forget_past(kind: str, load: Load) -> None:
    """Deleting a row keeps it as its past; of what never was, nothing is kept."""
    if past := past_of(kind):
        rows: QuerySet[Any] = past._default_manager.filter(pgh_obj_id__in=load.ids[kind])  # noqa: SLF001 - Django's own name
        rows.delete()
