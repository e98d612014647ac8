"""Plans of a case: all of them, one of them, writing, beginning, revising, extending, and the next one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.kernel.ids import uuid7
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for, may
from engawa.office.casework.forms.following import AgainForm, BeginForm, ExtendForm, ReviseForm
from engawa.office.casework.forms.plans import PlanSheet, head_of
from engawa.office.casework.plans.actions import writing
from engawa.office.casework.plans.queries.plans import municipalities_of, plan_in, plans_of
from engawa.office.casework.plans.queries.staying import stayings_of
from engawa.office.casework.views.answers import back_to, did, form_page, pressed

ASK = "casework/plans/ask.html"
viewers = staff_page(Permission.CASEWORK_CASE_VIEW)
writers = staff_page(Permission.CASEWORK_CASE_EDIT)
EDIT = Permission.CASEWORK_CASE_EDIT


@viewers
def plan_list(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.PLANS)
    plans, stayings = list(plans_of(case)), list(stayings_of(case))
    context = {
        "writes": may(request.actor, EDIT, case, Part.PLANS),
        "present": [plan for plan in plans if plan.is_draft or plan.is_running],
        "past": [plan for plan in plans if not (plan.is_draft or plan.is_running)],
        "staying": next((one for one in stayings if one.ended_on is None), None),
        "stayed": [one for one in stayings if one.ended_on],
    }
    return render(request, "casework/plans/list.html", {"case": case, **context})


@viewers
def plan(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.PLANS)
    plan = plan_in(case, pk)
    context = {
        "writes": may(request.actor, EDIT, case, Part.PLANS),
        "decides": bool(municipalities_of(request.actor, case)),
    }
    newer = plan.followers.order_by("-number", "-revision").first()
    return render(request, "casework/plans/plan.html", {"case": case, "plan": plan, "newer": newer, **context})


@writers
def new(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    sheet = PlanSheet(request.POST, case=case, initial={"key": uuid7(), "worker": case.lead_id or request.actor.id})
    if sheet.is_valid():
        said = {name: value for name, value in sheet.said.items() if name != "seen"}
        if made := did(sheet.head, sheet.saved, writing=writing.draft_plan, by=request.actor, case=case, **said):
            return back_to(request, case, _("計画を書きはじめました"), to=url_of(case.number, made.pk))
    return form_page(request, "casework/plans/write.html", sheet.head, case=case, sheet=sheet)


@writers
def write(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    plan = plan_in(case, pk)
    if not plan.is_draft:
        return redirect("casework:plan", number, pk)
    sheet = PlanSheet(request.POST, case=case, plan=plan, initial=head_of(plan))
    if sheet.is_valid():
        said = {name: value for name, value in sheet.said.items() if name != "key"}
        if did(sheet.head, sheet.saved, writing=writing.rewrite_plan, by=request.actor, plan=plan, **said):
            return back_to(request, case, _("計画を保存しました"), to=url_of(number, pk))
    return form_page(request, "casework/plans/write.html", sheet.head, case=case, sheet=sheet, plan=plan)


@writers
def begin(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    plan = plan_in(case, pk)
    form = BeginForm(request.POST or None, plan=plan)
    if form.is_valid() and did(form, writing.begin_plan, by=request.actor, plan=plan, **form.cleaned_data):
        return back_to(request, case, _("計画をはじめました"), to=url_of(number, pk))
    asked = {
        "title": _("この計画をはじめる"),
        "lead": _("その日から実施中になります。内容は書きかえられなくなり、直すときは改訂します。"),
    }
    return form_page(request, ASK, form, case=case, plan=plan, go=_("はじめる"), **asked)


@writers
@require_POST
def drop(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    plan = plan_in(case_for(request.actor, number, EDIT, part=Part.PLANS), pk)
    dropped = pressed(request, _("作成中の計画を取りやめました"), writing.drop_plan, plan=plan)
    return redirect("casework:plans", number) if dropped else redirect("casework:plan", number, pk)


@writers
def revise(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    plan = plan_in(case, pk)
    form = ReviseForm(request.POST or None, initial={"key": uuid7()})
    if form.is_valid() and (made := did(form, writing.revise_plan, by=request.actor, plan=plan, **form.cleaned_data)):
        told = _("新しい版をつくりました。直してから「はじめる」を押してください")
        return back_to(request, case, told, to=reverse("casework:plan_write", args=[number, made.pk]))
    asked = {"title": _("計画を改訂する"), "lead": _("実施中の計画は書きかえず、理由とともに新しい版をつくります。")}
    return form_page(request, ASK, form, case=case, plan=plan, go=_("新しい版をつくる"), **asked)


@writers
def extend(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    plan = plan_in(case, pk)
    form = ExtendForm(request.POST or None)
    if form.is_valid() and (made := did(form, writing.extend_plan, by=request.actor, plan=plan, **form.cleaned_data)):
        return back_to(request, case, _("計画を延ばしました"), to=url_of(number, made.pk))
    asked = {"title": _("計画の期間を延ばす"), "lead": _("中身はそのままで、おわりの日だけを理由とともに改めます。")}
    return form_page(request, ASK, form, case=case, plan=plan, go=_("延ばす"), **asked)


@writers
def again(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    plan = plan_in(case, pk)
    form = AgainForm(request.POST or None, plan=plan, initial={"key": uuid7()})
    if form.is_valid() and (made := did(form, writing.plan_again, by=request.actor, plan=plan, **form.said())):
        told = _("次の計画をつくりました。前の計画はそのまま残っています")
        return back_to(request, case, told, to=reverse("casework:plan_write", args=[number, made.pk]))
    asked = {"title": _("次の計画をつくる"), "lead": _("続けるものを選んでください。前の計画は、そのまま残ります。")}
    return form_page(request, ASK, form, case=case, plan=plan, go=_("次の計画をつくる"), **asked)


def url_of(number: str, pk: UUID) -> str:
    """The page of a plan."""
    return reverse("casework:plan", args=[number, pk])
