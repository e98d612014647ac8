"""Referrals of a case, those that wait for an answer, and what was answered."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import NotAllowed
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for, holds, may, note_listing
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms.family import keep_whom, offer_members
from engawa.office.casework.forms.referrals import (
    AnswerReferralForm,
    ReferralForm,
    facts_of_answer,
    facts_of_referral,
)
from engawa.office.casework.maps.queries import household_of
from engawa.office.casework.referrals import actions, queries
from engawa.office.casework.views.answers import back_to, form_page
from engawa.office.casework.views.panels import done, struck

_VIEW, _EDIT = Permission.CASEWORK_CASE_VIEW, Permission.CASEWORK_CASE_EDIT
HERE, FORM = "casework:referrals", "casework/referrals/form.html"


@staff_page(_VIEW)
def waiting(request: StaffRequest) -> HttpResponse:
    """Referrals of every case that wait for an answer."""
    rows = list(queries.waiting_for(request.actor))
    note_listing(request.actor, "casework.list_referrals", [row.case for row in rows])
    return render(request, "casework/referrals/waiting.html", {"referrals": rows, "today": clock.today()})


@staff_page(_VIEW)
def referrals(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.COURSE)
    writes = may(request.actor, _EDIT, case, Part.COURSE)
    context = {
        "case": case,
        "lines": queries.lines_of(request.actor, case),
        "writes": writes,
        "today": clock.today(),
    }
    return render(request, "casework/referrals/list.html", context)


@staff_page(_EDIT)
def new_referral(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, _EDIT, part=Part.COURSE)
    form = ReferralForm(request.POST or None, case=case, initial={"key": uuid7()})
    _offer(request, case, form)
    if done(form, actions.refer, by=request.actor, case=case):
        return back_to(request, case, _("つなぎを書きました"), HERE)
    return form_page(request, FORM, form, case=case, title=_("つなぎを書く"), lead=_lead(), cancel=_list(case))


@staff_page(_EDIT)
def referral(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, _EDIT, part=Part.COURSE)
    row = queries.referral_in(case, pk)
    if not queries.may_correct(request.actor, case, row):
        raise NotAllowed
    form = ReferralForm(request.POST or None, case=case, old=row, initial=facts_of_referral(row))
    _offer(request, case, form)
    if struck(request, form, actions.strike_referral, by=request.actor, referral=row):
        return back_to(request, case, _("消しました。前の記録は残っています"), HERE)
    if done(form, actions.correct_referral, by=request.actor, referral=row):
        return back_to(request, case, _("直しました。前の記録も残っています"), HERE)
    context: dict[str, Any] = {"title": _("つなぎを直す"), "lead": _lead(), "strikes": True, "cancel": _list(case)}
    return form_page(request, FORM, form, case=case, **context)


@staff_page(_EDIT)
def answer(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, _EDIT, part=Part.COURSE)
    row = queries.referral_in(case, pk)
    form = AnswerReferralForm(request.POST or None, initial=facts_of_answer(row))
    if done(form, actions.answer_referral, by=request.actor, referral=row):
        return back_to(request, case, _("返事を書きました"), HERE)
    title = _("%(to)sの返事") % {"to": row.called}
    return form_page(request, FORM, form, case=case, title=title, cancel=_list(case))


def _offer(request: StaffRequest, case: Case, form: ReferralForm) -> None:
    """Members of the household but the 本人 are offered to those who see the family, as others call them.

    What is handed on is asked of those alone who hold the case.
    """
    members = household_of(request.actor, case) if may(request.actor, _VIEW, case, Part.FAMILY) else []
    offer_members(form, [replace(one, own=False) for one in members if one.member.pk != case.member_id])
    keep_whom(form)
    if not holds(request.actor, _EDIT, case):
        form.hand_on_nothing()


def _lead() -> str:
    return _("ケースはここに残ります。つないでも、相手がこのケースを見られるようにはなりません。")


def _list(case: Case) -> str:
    return reverse(HERE, args=[case.number])
