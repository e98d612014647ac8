"""The audit log, for auditors. Reading it is itself written down."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.forms import LogForm
from engawa.office.access.permissions import Permission
from engawa.office.access.upstairs import case_called
from engawa.office.audit.actions import note_reading
from engawa.office.audit.queries import PAGE, Search, broken_links, entries, fingerprint
from engawa.office.audit.wording import reference, word_for

reads_log = staff_page(Permission.AUDIT_LOG_READ)


@reads_log
@require_safe
def log(request: StaffRequest) -> HttpResponse:
    form = LogForm(request.GET)
    found = entries(_search(form)) if form.is_valid() else []
    note_reading(by=request.actor, deed="audit.read", detail=_asked(request))
    context = {
        "form": form,
        "entries": [(entry, word_for(entry.deed), reference(entry.subject)) for entry in found],
        "older": _older(request, found[-1].pk) if len(found) == PAGE else "",
        "fingerprint": fingerprint(),
    }
    return render(request, "access/log.html", context)


@reads_log
@require_safe
def check(request: StaffRequest) -> HttpResponse:
    note_reading(by=request.actor, deed="audit.check")
    return render(request, "access/log_check.html", {"broken": broken_links(), "fingerprint": fingerprint()})


def _search(form: LogForm) -> Search:
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    case = case_called(asked["about"]) if "about" in asked else None
    return Search(case_id=case.id if case else None, **asked)


def _asked(request: StaffRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.GET.items() if value and name in LogForm.base_fields}


def _older(request: StaffRequest, last: object) -> str:
    query = request.GET.copy()
    query["before"] = str(last)
    return query.urlencode()
