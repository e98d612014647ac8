"""Agreement to a plan, the conference, the municipality's decision, reviews and the evaluation."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _

from engawa.office.access.doors import StaffRequest
from engawa.office.access.parts import Part
from engawa.office.casework.access import case_for
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms.following import (
    AgreementForm,
    ConferenceForm,
    DecideForm,
    EvaluateForm,
    HoldForm,
)
from engawa.office.casework.plans.actions import following
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.casework.plans.queries.plans import plan_in, review_in
from engawa.office.casework.views.answers import back_to, did, form_page
from engawa.office.casework.views.plans import ASK, EDIT, url_of, writers


@writers
def agreement(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    form = AgreementForm(request.POST or None)
    lead = _("署名でも、ことばでも、手紙でも。まだ聞けていなければ、記録せずにおいてください。")
    asked = {"title": _("計画への同意"), "lead": lead, "told": _("同意を記録しました")}
    return _ask(request, number, pk, form, following.note_agreement, **asked)


@writers
def conference(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    form = ConferenceForm(request.POST or None)
    asked = {"title": _("支援調整会議"), "lead": "", "told": _("会議の日と結果を記録しました")}
    return _ask(request, number, pk, form, following.note_conference, **asked)


@writers
def decision(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    form = DecideForm(request.POST or None)
    lead = _("支援決定は自治体が行います。委託先の相談機関の人は記録できません。")
    asked = {"title": _("支援決定"), "lead": lead, "told": _("支援決定を記録しました")}
    return _ask(request, number, pk, form, following.decide, **asked)


def _ask(  # noqa: PLR0913 - one page for three deeds: each says what it asks and does
    request: StaffRequest, number: str, pk: UUID, form: Form, deed: Callable[..., Any], *, told: str, **asked: str
) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    plan = plan_in(case, pk)
    if form.is_valid() and did(form, deed, by=request.actor, plan=plan, **form.cleaned_data):
        return _back(request, case, plan, told)
    return form_page(request, ASK, form, case=case, plan=plan, go=_("保存する"), **asked)


@writers
def review(request: StaffRequest, number: str, pk: UUID, review: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    plan = plan_in(case, pk)
    looked = review_in(plan, review)
    form = HoldForm(request.POST or None)
    if form.is_valid() and did(form, following.hold_review, by=request.actor, review=looked, **form.cleaned_data):
        return _back(request, case, plan, _("モニタリングを記録しました"))
    lead = _("予定日：%(day)s。日がずれても、だいじょうぶです。") % {"day": looked.due_on.isoformat()}
    asked = {"title": _("モニタリング"), "lead": lead, "go": _("保存する")}
    return form_page(request, ASK, form, case=case, plan=plan, **asked)


@writers
def evaluation(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    plan = plan_in(case, pk)
    form = EvaluateForm(request.POST or None, plan=plan)
    if form.is_valid() and did(form, following.evaluate, by=request.actor, plan=plan, **form.said()):
        return _back(request, case, plan, _("評価を記録しました。ケースはそのまま続いています"))
    return form_page(request, "casework/plans/evaluate.html", form, case=case, plan=plan)


def _back(request: StaffRequest, case: Case, plan: Plan, told: str) -> HttpResponse:
    return back_to(request, case, told, to=url_of(case.number, plan.pk))
