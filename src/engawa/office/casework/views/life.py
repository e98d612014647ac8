"""What troubles a household, and what happens in it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from engawa.kernel.ids import uuid7
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.casework.forms import family as forms
from engawa.office.casework.maps import access, queries
from engawa.office.casework.maps.actions import life as actions
from engawa.office.casework.views.family import PAGE
from engawa.office.casework.views.panels import Panel, done, family_case, struck


@staff_page(Permission.CASEWORK_CASE_EDIT)
def new_need(request: StaffRequest, number: str) -> HttpResponse:
    case = family_case(request, number, write=True)
    form = forms.NeedForm(request.POST or None, initial={"key": uuid7(), "member": request.GET.get("member")})
    forms.offer_members(form, queries.household_of(request.actor, case))
    if done(form, actions.note_need, by=request.actor, case=case):
        return PAGE.back(request, case, _("課題を書きました"))
    return PAGE.answer(request, case, Panel(_("課題を書く"), form))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def need(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = family_case(request, number, write=True)
    row = access.need_of(case, pk)
    form = forms.NeedForm(request.POST or None, initial=forms.facts_of_need(row))
    forms.offer_members(form, queries.household_of(request.actor, case))
    if struck(request, form, actions.strike_need, by=request.actor, case=case, need=row):
        return PAGE.back(request, case, _("課題を消しました。前の記録は残っています"))
    if done(form, actions.correct_need, by=request.actor, case=case, need=row):
        return PAGE.back(request, case, _("直しました。前の記録も残っています"))
    return PAGE.answer(request, case, Panel(_("課題を直す"), form, _("まちがいなので消す")))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def new_event(request: StaffRequest, number: str) -> HttpResponse:
    case = family_case(request, number, write=True)
    form = forms.EventForm(request.POST or None, initial={"key": uuid7(), "member": request.GET.get("member")})
    forms.offer_members(form, queries.household_of(request.actor, case))
    if done(form, actions.record_event, by=request.actor, case=case):
        return PAGE.back(request, case, _("出来事を記録しました。主担当に知らせました"))
    return PAGE.answer(request, case, Panel(_("世帯の出来事を記録"), form))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def event(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = family_case(request, number, write=True)
    row = access.life_event_of(case, pk)
    form = forms.EventForm(request.POST or None, initial=forms.facts_of_event(row))
    forms.offer_members(form, queries.household_of(request.actor, case))
    if struck(request, form, actions.strike_event, by=request.actor, case=case, event=row):
        return PAGE.back(request, case, _("出来事を消しました。前の記録は残っています"))
    if done(form, actions.correct_event, by=request.actor, case=case, event=row):
        return PAGE.back(request, case, _("直しました。前の記録も残っています"))
    return PAGE.answer(request, case, Panel(_("出来事を直す"), form, _("まちがいなので消す")))
