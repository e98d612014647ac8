"""The end of a case（終結）, and its beginning again（再開）."""

import datetime as dt

from django.db import transaction

from engawa.kernel.words import Words
from engawa.office.access.actors import AnyActor
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import require_holder
from engawa.office.casework.cases import queries, rules
from engawa.office.casework.cases.actions.changes import change, locked
from engawa.office.casework.cases.actions.handovers import end_open_offer
from engawa.office.casework.cases.models import Case, CaseState

State = CaseState.State


@transaction.atomic
def close_case(*, by: AnyActor, case: Case, on: dt.date, reason: str, note: str = "") -> CaseState:
    """End the case（終結）from ``on``.

    Args:
        by: needs ``casework:case:edit`` in the holding organisation.
        case: the case.
        on: the day from which it holds; not in the future.
        reason: code of an ``EndReason`` in force on that day.
        note: what else should be remembered; required with the reason "other".

    Raises:
        NotPossible: closed already, an impossible day, or an unknown reason.
    """
    case = locked(case)
    require_holder(by, Permission.CASEWORK_CASE_EDIT, case)
    rules.check_close(case.state)
    chosen = queries.end_reasons(on).filter(code=reason).first()
    rules.check_reason(reason if chosen else "", note)
    state = change(by, case, on, State.CLOSED, reason=chosen.label if chosen else "", reason_code=reason, note=note)
    end_open_offer(by, case, Words("終結のため取り下げ"))
    return state


@transaction.atomic
def reopen_case(*, by: AnyActor, case: Case, on: dt.date, note: str = "") -> CaseState:
    """Take the case up again（再開）from ``on``, under its old number and with everything kept."""
    case = locked(case)
    require_holder(by, Permission.CASEWORK_CASE_EDIT, case)
    rules.check_reopen(case.state)
    return change(by, case, on, State.REOPENED, note=note)
