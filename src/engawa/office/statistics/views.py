"""Tables on screen, and the verification report; both as files too."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.kernel.clock import today
from engawa.kernel.words import translated
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import note_reading
from engawa.office.statistics.actions import NotReleasable, release_report
from engawa.office.statistics.formats.page import as_page
from engawa.office.statistics.formats.paper import as_paper
from engawa.office.statistics.formats.plain import as_csv, as_json
from engawa.office.statistics.formats.printed import figure_of, reads_eras, scope_printed, table_printed
from engawa.office.statistics.formats.workbook import as_workbook, table_as_workbook
from engawa.office.statistics.forms import ScopeForm, TableForm, as_initial
from engawa.office.statistics.queries import (
    discretion_for,
    fill,
    fill_both,
    own_organisations,
    release_of,
    sees_small_counts,
    tables_for,
    windows_to_choose,
)
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
    first = {"table": tables_for(request.actor)[0].name, **as_initial(windows[0].period)}
    form = _table_form(request, request.GET if "first" in request.GET else first)
    filled = []
    if form.is_valid():
        filled = fill_both(form.asked_table, form.scope, discretion_for(request.actor, form.scope))
        _note(request, form, form.asked_table.name)
    return render(request, "statistics/tables.html", _page(request, form, filled) | {"windows": windows})


@viewers
def table_file(request: StaffRequest, form: str) -> HttpResponse:
    """The table that is on the screen, as a file."""
    asked = _table_form(request, request.GET)
    if not asked.is_valid() or form not in {"csv", "xlsx"}:
        raise Http404
    filled = fill(asked.asked_table, asked.scope, discretion_for(request.actor, asked.scope))
    _note(request, asked, asked.asked_table.name, form)
    report = Report(filled.table.title, asked.scope, (filled,))
    content = table_as_workbook(filled) if form == "xlsx" else as_csv(report, mark=True)
    return _file(content, filled.table.title, form)


@viewers
def report(request: StaffRequest) -> HttpResponse:
    """The verification report on screen. Once released, it shows its small counts to everybody who sees tables."""
    windows = windows_to_choose(today())
    form = _scope_form(request, as_initial(windows[0].period))
    more: dict[str, Any] = {"windows": windows}
    filled: list[Filled] = []
    if form.is_valid():
        filled = list(_verification(request, form).tables)
        more |= {"release": release_of(form.scope), "may_release": sees_small_counts(request.actor)}
        _note(request, form, "verification")
    return render(request, "statistics/report.html", _page(request, form, filled) | more)


@viewers
def report_file(request: StaffRequest, form: str) -> HttpResponse:
    """The verification report as a file."""
    asked = _scope_form(request)
    if not asked.is_valid() or form not in REPORT_FORMS:
        raise Http404
    made = _verification(request, asked)
    _note(request, asked, "verification", form)
    return _file(REPORT_FORMS[form](made), made.title, form)


@require_POST
@staff_page(Permission.STATISTICS_REPORT_RELEASE)
def release(request: StaffRequest) -> HttpResponse:
    """Release the report of one scope for publication."""
    form = ScopeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("公表する期間を読み取れませんでした。もう一度集計してください。"))
        return redirect("statistics:report")
    try:
        release_report(by=request.actor, scope=form.scope)
        told = _("この期間の報告書を公表用と認めました。集計表を見る人の全員に、少ない数もそのまま見えます。")
        messages.success(request, told)
    except NotReleasable as refused:
        messages.error(request, translated(refused))
    return redirect(f"{reverse('statistics:report')}?{urlencode(_days(form))}")


def _table_form(request: StaffRequest, asked: Mapping[str, Any]) -> TableForm:
    whole = sees_small_counts(request.actor)
    own = () if whole else own_organisations(request.actor)
    return TableForm(asked, tables=tables_for(request.actor), own=own, whole_months=not whole)


def _scope_form(request: StaffRequest, otherwise: dict[str, Any] | None = None) -> ScopeForm:
    """What is asked for. A scope that was released may have any days: it was judged as a whole."""
    asked = request.GET if otherwise is None or "first" in request.GET else otherwise
    form = ScopeForm(asked)
    if sees_small_counts(request.actor) or (form.is_valid() and release_of(form.scope)):
        return form
    return ScopeForm(asked, whole_months=True)


def _verification(request: StaffRequest, form: ScopeForm) -> Report:
    scope = form.scope
    discretion = None if release_of(scope) else discretion_for(request.actor, scope)
    return verification(scope.window, scope.comparison, scope.as_of, discretion=discretion)


def _note(request: StaffRequest, form: ScopeForm, what: str, file: str = "") -> None:
    """Who asked for which figures of which days: windows laid over each other can tell more than one alone."""
    deed = "statistics.take_file" if file else "statistics.read_table"
    detail = _days(form) | ({"form": file} if file else {})
    if form.scope.organisations:
        detail["of"] = ",".join(map(str, form.scope.organisations))
    note_reading(by=request.actor, deed=deed, subject=what, detail=detail)


def _days(form: ScopeForm) -> dict[str, str]:
    return {name: str(day) for name, day in form.scope.as_asked.items() if day}


def _page(request: StaffRequest, form: ScopeForm, filled: list[Filled]) -> dict[str, Any]:
    return {
        "form": form,
        "parts": [(table_printed(table), figure_of(table)) for table in filled],
        "scope": scope_printed(form.scope, eras=reads_eras()) if form.is_valid() else [],
        "days": _days(form).items() if form.is_valid() else [],
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
