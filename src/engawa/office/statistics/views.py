"""Tables on screen, and the verification report; both as files too."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render

from engawa.kernel.clock import today
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.statistics.formats.page import as_page
from engawa.office.statistics.formats.paper import as_paper
from engawa.office.statistics.formats.plain import as_csv, as_json
from engawa.office.statistics.formats.printed import figure_of, scope_printed, table_printed
from engawa.office.statistics.formats.workbook import as_workbook, table_as_workbook
from engawa.office.statistics.forms import ScopeForm, TableForm, as_initial
from engawa.office.statistics.queries import fill, fill_both, tables_for, windows_to_choose
from engawa.office.statistics.rules import Filled
from engawa.office.statistics.verification import Report, verification

viewers = staff_page(Permission.STATISTICS_TABLE_VIEW)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
}
REPORT_FORMS: Mapping[str, Callable[[Report], bytes]] = {
    "csv": lambda report: as_csv(report, mark=True),
    "json": as_json,
    "xlsx": as_workbook,
    "html": as_page,
    "pdf": as_paper,
}


@viewers
def tables(request: StaffRequest) -> HttpResponse:
    """One table with its figure, for any window, comparison window and as-of day."""
    windows = windows_to_choose(today())
    choices = tables_for(request.actor)
    asked = request.GET if "first" in request.GET else {"table": choices[0].name, **as_initial(windows[0].period)}
    form = TableForm(asked, tables=choices)
    filled = fill_both(form.asked_table, form.scope) if form.is_valid() else []
    return render(request, "statistics/tables.html", _page(request, form, filled) | {"windows": windows})


@viewers
def table_file(request: StaffRequest, form: str) -> HttpResponse:
    """The table that is on the screen, as a file."""
    asked = TableForm(request.GET, tables=tables_for(request.actor))
    if not asked.is_valid() or form not in {"csv", "xlsx"}:
        raise Http404
    filled = fill(asked.asked_table, asked.scope)
    report = Report(filled.table.title, asked.scope, (filled,))
    content = table_as_workbook(filled) if form == "xlsx" else as_csv(report, mark=True)
    return _file(content, filled.table.title, form)


@viewers
def report(request: StaffRequest) -> HttpResponse:
    """The verification report on screen."""
    windows = windows_to_choose(today())
    form = ScopeForm(request.GET if "first" in request.GET else as_initial(windows[0].period))
    filled = list(verification(**_asked(form)).tables) if form.is_valid() else []
    return render(request, "statistics/report.html", _page(request, form, filled) | {"windows": windows})


@viewers
def report_file(request: StaffRequest, form: str) -> HttpResponse:
    """The verification report as a file."""
    asked = ScopeForm(request.GET)
    if not asked.is_valid() or form not in REPORT_FORMS:
        raise Http404
    made = verification(**_asked(asked))
    return _file(REPORT_FORMS[form](made), made.title, form)


def _asked(form: ScopeForm) -> dict[str, Any]:
    scope = form.scope
    return {"window": scope.window, "comparison": scope.comparison, "as_of": scope.as_of}


def _page(request: StaffRequest, form: ScopeForm, filled: list[Filled]) -> dict[str, Any]:
    return {
        "form": form,
        "parts": [(table_printed(table), figure_of(table)) for table in filled],
        "scope": scope_printed(form.scope, eras=True) if form.is_valid() else [],
        "query": request.GET.urlencode() or _query_of(form),
        "actor": request.actor,
    }


def _query_of(form: ScopeForm) -> str:
    return "&".join(f"{name}={quote(str(value))}" for name, value in dict(form.data).items())


def _file(content: bytes, title: str, form: str) -> HttpResponse:
    name = quote(f"{title}.{form}")
    return HttpResponse(
        content,
        content_type=TYPES[form],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"},
    )
