"""Staying connected, and quiet contacts: written down, delivered, put off, stopped."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.office.access.actors import NotAllowed
from engawa.office.access.doors import StaffRequest
from engawa.office.access.parts import Part
from engawa.office.casework.access import case_for
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms.staying import (
    EndForm,
    MadeForm,
    QuietForm,
    StayingForm,
    WaitForm,
    quiet_said,
    staying_said,
)
from engawa.office.casework.plans.actions import staying as actions
from engawa.office.casework.plans.models.staying import Staying
from engawa.office.casework.plans.queries.staying import quiet_contact_in, staying_of
from engawa.office.casework.views.answers import back_to, did, form_page, pressed
from engawa.office.casework.views.plans import ASK, EDIT, writers


@writers
def staying(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    known = staying_of(case)
    form = StayingForm(request.POST or None, new=known is None, initial=staying_said(known) if known else {})
    if form.is_valid():
        words, care = form.cleaned_data["words"], form.cleaned_data["care"]
        said = {"by": request.actor, "words": words, "care": care}
        if (
            did(form, actions.change_staying, **said, staying=known, seen=form.cleaned_data["seen"])
            if known
            else did(form, actions.begin_staying, **said, case=case, since=form.cleaned_data["since"])
        ):
            return _back(request, case, _("書きとめました"))
    lead = _("目標も期限もない、もうひとつの支え方です。返事がないことは、おわりにする理由になりません。")
    asked = {"title": _("つながり続ける"), "lead": lead, "go": _("保存する")}
    return form_page(request, ASK, form, case=case, **asked)


@writers
def end(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    form = EndForm(request.POST or None)
    known = _known(case)
    if form.is_valid() and did(form, actions.end_staying, by=request.actor, staying=known, **form.cleaned_data):
        return _back(request, case, _("おわりにしました。いつでも、また書きはじめられます"))
    lead = _("本人や家族が望んだときなどに。ケースはそのまま続きます。")
    asked = {"title": _("「つながり続ける」をおわりにする"), "lead": lead, "go": _("おわりにする")}
    return form_page(request, ASK, form, case=case, **asked)


@writers
def quiet_new(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    form = QuietForm(request.POST or None, initial={"way": "letter", "rhythm": "monthly"})
    known = _known(case)
    if form.is_valid() and did(form, actions.plan_quiet_contact, by=request.actor, staying=known, **form.cleaned_data):
        return _back(request, case, _("静かな便りを予定しました"))
    lead = _("会わなくても、返事がなくても届けられるもの。そのころになったら、そっとお知らせします。")
    asked = {"title": _("静かな便りを予定する"), "lead": lead, "go": _("予定する")}
    return form_page(request, ASK, form, case=case, **asked)


@writers
def quiet(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    quiet = quiet_contact_in(case, pk)
    form = QuietForm(request.POST or None, initial=quiet_said(quiet))
    said = {"by": request.actor, "staying": quiet.staying, "quiet": quiet}
    if form.is_valid() and did(form, actions.plan_quiet_contact, **said, **form.cleaned_data):
        return _back(request, case, _("静かな便りを直しました"))
    asked = {"title": _("静かな便りを直す"), "lead": "", "go": _("保存する")}
    return form_page(request, ASK, form, case=case, **asked)


@writers
def made(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    quiet = quiet_contact_in(case, pk)
    form = MadeForm(request.POST or None, initial={"content": quiet.words})
    if form.is_valid() and did(form, actions.make_quiet_contact, by=request.actor, quiet=quiet, **form.cleaned_data):
        return _back(request, case, _("届けたことを、経過に記録しました"))
    title = _("届けた：%(way)s") % {"way": quiet.get_way_display()}
    lead = _("対応として経過に残り、次のめやすが先へ進みます。")
    return form_page(request, ASK, form, case=case, title=title, lead=lead, go=_("記録する"))


@writers
def wait(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    quiet = quiet_contact_in(case, pk)
    form = WaitForm(request.POST or None)
    if form.is_valid() and did(form, actions.let_wait, by=request.actor, quiet=quiet, **form.cleaned_data):
        return _back(request, case, _("先に延ばしました"))
    title = _("少し待つ：%(way)s") % {"way": quiet.get_way_display()}
    lead = _("今は届けないほうがよいときに。その日まで、お知らせしません。")
    return form_page(request, ASK, form, case=case, title=title, lead=lead, go=_("待つ"))


@writers
@require_POST
def stop(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=Part.PLANS)
    told = _("この便りをやめました。これまでの記録は残っています")
    pressed(request, told, actions.stop_quiet_contact, quiet=quiet_contact_in(case, pk))
    return redirect(f"{reverse('casework:plans', args=[number])}#staying")


def _known(case: Case) -> Staying:
    known = staying_of(case)
    if known is None:
        raise NotAllowed
    return known


def _back(request: StaffRequest, case: Case, told: str) -> HttpResponse:
    return back_to(request, case, told, to=f"{reverse('casework:plans', args=[case.number])}#staying")
