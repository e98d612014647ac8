"""From a talk to a case: make one, link one, record a day of the talk, bring an older talk along."""

import unicodedata
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.kernel.words import translated
from engawa.office.access.actors import NotAllowed
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import visible_cases
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.timeline.rules import NotRecordable
from engawa.office.desk.actions import cases as actions
from engawa.office.desk.forms import CaseForm, ChatDayForm, LinkForm, MoveForm
from engawa.office.desk.queries import case_of
from engawa.office.talks.access import talk_for
from engawa.office.talks.actions.holding import NotTheirSeat, move_to_seat_of


@staff_page(Permission.CASEWORK_CASE_OPEN)
@require_POST
def make(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """Make a case of the talk."""
    talk, form = talk_for(request.actor, talk_id), CaseForm(request.POST)
    if not form.is_valid():
        return _back(request, talk_id, wrong=_first_error(form))
    try:
        case = actions.make_case(by=request.actor, talk=talk, **form.cleaned_data)
    except NotPossible as why:
        return _back(request, talk_id, wrong=translated(why))
    return _back(
        request, talk_id, _("ケース %(number)s をつくりました。名前はなくてかまいません。") % {"number": case.number}
    )


@staff_page(Permission.CASEWORK_CASE_EDIT)
@require_POST
def link(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """Let the talk belong to a case that is there already."""
    talk, form = talk_for(request.actor, talk_id), LinkForm(request.POST)
    if not form.is_valid():
        return _back(request, talk_id, wrong=_first_error(form))
    said = form.cleaned_data
    number = unicodedata.normalize("NFKC", said["number"]).upper()
    case = visible_cases(request.actor).filter(number=number).first()
    if case is None:
        return _back(request, talk_id, wrong=_("「%(number)s」というケースは見あたりません。") % {"number": number})
    try:
        actions.join_case(by=request.actor, talk=talk, case=case, agreed_by=said["agreed_by"])
    except NotPossible as why:
        return _back(request, talk_id, wrong=translated(why))
    return _back(request, talk_id, _("ケース %(number)s につなぎました。") % {"number": case.number})


@staff_page(Permission.CASEWORK_CASE_EDIT)
@require_POST
def record(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """Write down one day of the talk as a contact."""
    talk, form = talk_for(request.actor, talk_id), ChatDayForm(request.POST)
    case = case_of(request.actor, talk)
    if case is None:
        raise NotAllowed
    if not form.is_valid():
        return _back(request, talk_id, wrong=_first_error(form))
    try:
        actions.record_talk(by=request.actor, talk=talk, case=case, **form.cleaned_data)
    except NotRecordable as why:
        return _back(request, talk_id, wrong=translated(why))
    return _back(request, talk_id, _("対応として記録しました。"))


@staff_page(Permission.DESK_TALK_REPLY)
@require_POST
def move(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """Bring an older talk to the seat of this one, after asking."""
    newer, form = talk_for(request.actor, talk_id), MoveForm(request.POST)
    if not form.is_valid():
        return _back(request, talk_id, wrong=_("前のやりとりを選び、本人に確かめてから移してください。"))
    try:
        move_to_seat_of(by=request.actor, talk_id=form.cleaned_data["older"], newer_id=newer.pk)
    except NotTheirSeat:
        return _back(request, talk_id, wrong=_("同じ席のやりとりか、離れた席なので、移せません。"))
    return _back(request, talk_id, _("前のやりとりを、この席に移しました。"))


def _back(request: StaffRequest, talk_id: UUID, said: str = "", *, wrong: str = "") -> HttpResponse:
    if wrong:
        messages.warning(request, wrong)
    else:
        messages.success(request, said)
    return redirect("desk:talk", talk_id)


def _first_error(form: CaseForm | LinkForm | ChatDayForm) -> str:
    return next(f"{form[name].label}：{errors[0]}" for name, errors in form.errors.items())
