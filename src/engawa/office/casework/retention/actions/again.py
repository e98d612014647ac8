"""Carrying out once more what an older backup brought back（復元のあとの再消去）. The house does it before it opens."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.actions import record
from engawa.office.casework.cases.models import Case
from engawa.office.casework.retention.actions.keeping import erase
from engawa.office.casework.retention.models import Destruction, DestructionItem
from engawa.office.casework.retention.outside import NAME, Gone, Noted, noted_in

Outcome = DestructionItem.Outcome


def destroy_again() -> int:
    """Destroy what the list outside of the database knows as destroyed and the database does not; how many lists.

    Nothing is judged anew: two people decided it, and a hold that was lifted since may stand here again.
    """
    noted = noted_in(settings.HOME.keys / NAME)
    if not noted:
        return 0
    with acting_as(KEEPER):
        done = set(Destruction.objects.filter(approved_at__isnull=False).values_list("pk", flat=True))
        missing = [one for one in noted if one.destruction not in done]
        for one in missing:
            _carry_out(one)
    return len(missing)


@transaction.atomic
def _carry_out(noted: Noted) -> None:
    cases = Case.objects.select_related("organisation").in_bulk([gone.case for gone in noted.items])
    if not cases:  # another house's list
        return
    destruction = _as_it_was(noted, next(iter(cases.values())).organisation)
    for gone in noted.items:
        if gone.case in cases:
            _erase_again(destruction, cases[gone.case], gone)
    detail: dict[str, str | int] = {"destruction": str(destruction.pk), "count": len(noted.items)}
    record(by=KEEPER, deed="casework.destroy_again", subject=destruction.organisation.name, detail=detail)


def _as_it_was(noted: Noted, holder: Organisation) -> Destruction:
    """The list with those who decided it, as far as the restored house knows them."""
    facts = {
        "organisation": Organisation.objects.filter(pk=noted.organisation).first() or holder,
        "made_by": _staff(noted.made_by),
        "made_at": noted.made_at,
        "approved_by": _staff(noted.approved_by),
        "approved_at": noted.approved_at,
        "given_up_at": None,
        "again_at": clock.now(),
    }
    return Destruction.objects.update_or_create(pk=noted.destruction, defaults=facts)[0]


def _staff(pk: UUID | None) -> Staff | None:
    return Staff.objects.filter(pk=pk).first() if pk else None


def _erase_again(destruction: Destruction, case: Case, gone: Gone) -> None:
    facts: dict[str, Any] = {
        "number": case.number,
        "closed_on": gone.closed_on,
        "due_on": gone.due_on,
        "outcome": Outcome.ERASED,
    }
    facts |= {"rows": erase(case, gone.record_class), "settled_at": clock.now()}
    item: dict[str, Any] = {"destruction": destruction, "case": case, "record_class_id": gone.record_class}
    DestructionItem.objects.update_or_create(**item, defaults=facts)
    detail = {"class": gone.record_class, "rows": facts["rows"], "destruction": str(destruction.pk)}
    record(by=KEEPER, deed="casework.erase", subject=case.number, case_id=case.pk, detail=detail)
