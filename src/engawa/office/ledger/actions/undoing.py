"""Undoes an import as a whole, unless later work hangs on it."""

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext

from engawa.kernel import clock
from engawa.kernel.locks import lock_until_commit
from engawa.kernel.words import Words, translated
from engawa.office.access.actors import AnyActor
from engawa.office.access.models import Organisation
from engawa.office.access.walls import acting_as
from engawa.office.audit.actions import record
from engawa.office.casework.intake import actions as casework
from engawa.office.conferences import actions as conferences
from engawa.office.directory.models import Desk
from engawa.office.ledger.actions.receiving import WrongStage
from engawa.office.ledger.actions.taking_in import LEDGER
from engawa.office.ledger.models import Import
from engawa.office.ledger.queries import later_work
from engawa.office.questionnaires import actions as questionnaires


class NotUndoable(Exception):
    """Later work hangs on the import; the message names it."""


@transaction.atomic
def undo(*, by: AnyActor, entry: Import) -> None:
    """Take away everything that the import made and the rows that it set aside, and nothing else.

    Args:
        by: needs ``ledger:file:import``.
        entry: an import that was taken in.

    Raises:
        NotUndoable: somebody has worked with its cases since.
        WrongStage: it was not taken in, or is undone already.
    """
    casework.check_may_take_in(by)
    lock_until_commit("ledger.import")
    entry.refresh_from_db()
    if entry.stage != Import.Stage.DONE:
        said = (
            "この取り込みは「%(stage)s」です。取り消せるのは取り込み済みのものだけで、今の操作では何も変えていません。"
        )
        raise WrongStage(Words(said, stage=entry.get_stage_display()))
    with acting_as(LEDGER):
        if later := later_work(entry.id):
            counted = (Words("%(name)s %(count)s件", name=Words(name), count=count) for name, count in later.items())
            named = gettext("、").join(translated(one) for one in counted)
            said = (
                "取り込んだあとに記録されたもの（%(named)s）があるため、取り消せません。何も変えていません。"
                "それが別の取り込みで入ったものなら、新しいほうから順に取り消せます。"
            )
            raise NotUndoable(Words(said, named=named))
        for owner in (conferences, questionnaires, casework):
            owner.give_back(by=LEDGER, import_id=entry.id)
        _close_founded(entry)
    entry.set_aside.all().delete()
    entry.stage, entry.undone_at, entry.undone_by_name = Import.Stage.UNDONE, clock.now(), by.name
    entry.save()
    record(by=by, deed="ledger.undo", subject=entry.file_name, detail={"import": str(entry.id)})


def _close_founded(entry: Import) -> None:
    """Desks and bodies that were made for the import go with it, unless somebody uses them by now."""
    for desk in Desk.objects.filter(id__in=entry.founded.get("desks", []), published=False):
        _delete_unless_used(desk)
    for organisation in Organisation.objects.filter(id__in=entry.founded.get("organisations", [])):
        _delete_unless_used(organisation)


def _delete_unless_used(row: Model) -> None:
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return
