"""Changes of state, for the actions beside: under a lock, dated and recorded."""

import datetime as dt

from engawa.kernel import clock
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.audit.actions import record
from engawa.office.casework.access import member
from engawa.office.casework.cases import queries, rules
from engawa.office.casework.cases.models import Case, CaseState


def locked(case: Case) -> Case:
    """The case as it is now, held until the transaction ends: of two who change its state, one comes second."""
    try:
        return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    except Case.DoesNotExist as gone:
        raise NotAllowed from gone


def change(by: AnyActor, case: Case, on: dt.date, state: str, **said: str) -> CaseState:
    """Write down that the case has another state from ``on``. Whether somebody may is judged by the caller."""
    changes = queries.changes_of(case)
    last = changes[-1].effective_on if changes else None
    rules.check_day(on, received=case.received_on, last_change=last, today=clock.today())
    row = CaseState.objects.create(case=case, effective_on=on, state=state, by=member(by), **said)
    record(by=by, deed=f"casework.{state}", subject=case.number, case_id=case.pk, detail={"on": on.isoformat()})
    case.refresh_from_db(fields=["state"])
    return row
