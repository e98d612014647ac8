"""What carries a household: the support map, the team, the ties."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms import support as forms
from engawa.office.casework.maps import access, queries
from engawa.office.casework.maps.actions import team, ties
from engawa.office.casework.maps.drawings import support_map
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.casework.views.panels import MapPage, Panel, done, family_case, struck


def _shown(request: StaffRequest, case: Case) -> dict[str, Any]:
    actor, today = request.actor, clock.today()

    def href(kind: str, row: Any) -> str:
        if isinstance(row, Agency | Tie) and row.case_id != case.pk:
            return ""  # another case of the household: it is edited there
        return reverse(f"casework:{kind}", args=[case.number, row.pk])

    drawn = queries.ties_of(actor, case)
    return {
        "drawing": support_map(actor, case, href=href),
        "team": queries.team_of(case, today),
        "former": queries.former_team_of(case, today),
        "alone": not queries.other_agencies(case, today).exists(),
        "ties": [(tie, href("tie", tie)) for tie in drawn],
    }


PAGE = MapPage("casework/support/page.html", "casework:support", _shown)


@staff_page(Permission.CASEWORK_CASE_VIEW)
def support(request: StaffRequest, number: str) -> HttpResponse:
    return PAGE.answer(request, family_case(request, number))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def new_agency(request: StaffRequest, number: str) -> HttpResponse:
    case = family_case(request, number, write=True)
    form = forms.AgencyForm(request.POST or None, initial={"key": uuid7()})
    if done(form, team.join_team, by=request.actor, case=case):
        return PAGE.back(request, case, _("支援チームに加えました。閲覧の根拠は別に与えます"))
    return PAGE.answer(request, case, Panel(_("機関を支援チームに加える"), form))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def agency(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = family_case(request, number, write=True)
    row = access.agency_of(case, pk)
    form = forms.AgencyForm(request.POST or None, initial=forms.facts_of_agency(row))
    if struck(request, form, team.strike_agency, by=request.actor, agency=row):
        return PAGE.back(request, case, _("機関を消しました。前の記録は残っています"))
    if done(form, team.change_part, by=request.actor, agency=row):
        return PAGE.back(request, case, _("直しました。前の記録も残っています"))
    return PAGE.answer(request, case, Panel(_("支援チームの機関を直す"), form, _("まちがいなので消す")))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def new_tie(request: StaffRequest, number: str) -> HttpResponse:
    case = family_case(request, number, write=True)
    asked = {"key": uuid7(), "strength": "plain", "flow": "none", "agency": request.GET.get("agency")}
    form = _tie_form(request, case, asked)
    if done(form, ties.draw_tie, by=request.actor, case=case):
        return PAGE.back(request, case, _("つながりを描きました"))
    return PAGE.answer(request, case, Panel(_("つながりを描く"), form))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def tie(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = family_case(request, number, write=True)
    row = access.tie_of(case, pk)
    form = _tie_form(request, case, forms.facts_of_tie(row))
    if struck(request, form, ties.rub_out_tie, by=request.actor, case=case, tie=row):
        return PAGE.back(request, case, _("つながりを消しました。前の記録は残っています"))
    if done(form, ties.redraw_tie, by=request.actor, case=case, tie=row):
        return PAGE.back(request, case, _("直しました。前の記録も残っています"))
    return PAGE.answer(request, case, Panel(_("つながりを直す"), form, _("まちがいなので消す")))


def _tie_form(request: StaffRequest, case: Case, known: dict[str, Any]) -> forms.TieForm:
    members = queries.household_of(request.actor, case)
    return forms.TieForm(request.POST or None, case=case, members=members, initial=known)
