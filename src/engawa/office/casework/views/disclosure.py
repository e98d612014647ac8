"""Giving somebody their own records: begun, prepared with a preview, read by a second person, taken as files."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engawa.office.access.actors import NotAllowed
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import note_reading
from engawa.office.casework.access import case_for
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.forms.retention import AskerForm, PickForm, ReturnForm, StrikeForm
from engawa.office.casework.retention import actions, queries
from engawa.office.casework.retention.disclosed import as_archive, as_pdf
from engawa.office.casework.retention.disclosure import Preview, preview_of
from engawa.office.casework.retention.models import Disclosure
from engawa.office.casework.views.answers import back_to, did, form_page, pressed

State = Disclosure.State
FILES = {"pdf": (as_pdf, "application/pdf"), "zip": (as_archive, "application/zip")}
discloser = staff_page(Permission.CASEWORK_CASE_EDIT)


def _case(request: StaffRequest, number: str) -> Case:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT, deed="casework.read_disclosure")
    if not queries.discloses(request.actor, case):
        raise NotAllowed
    return case


@discloser
def disclosure(request: StaffRequest, number: str) -> HttpResponse:
    """What was given out before, and who asks now."""
    case = _case(request, number)
    form = AskerForm(request.POST or None)
    if form.is_valid() and (
        made := did(form, actions.begin_disclosure, by=request.actor, case=case, **form.cleaned_data)
    ):
        return redirect("casework:disclosure_of", number, made.pk)
    earlier = list(queries.disclosures_of(case))
    now = next((one for one in earlier if one.state in (State.PREPARING, State.WAITING)), None)
    context = {"case": case, "disclosures": earlier, "under_way": now}
    return form_page(request, "casework/retention/disclosures.html", form, **context)


@discloser
def disclosure_of(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """Its preparer chooses and masks; everybody else reads what was handed in."""
    case = _case(request, number)
    found = queries.disclosure_in(case, pk)
    if found.state == State.PREPARING and found.prepared_by_id == request.actor.id:
        return _prepare(request, case, found)
    return _page(request, found, ReturnForm(initial={"seen": queries.version_of(found)}))


def _prepare(request: StaffRequest, case: Case, found: Disclosure) -> HttpResponse:
    preview = preview_of(case, [one["words"] for one in found.struck])
    posted = request.POST or None
    form = PickForm(posted, keys=[one.key for one in preview.records], initial=found.choices)
    strike = StrikeForm(posted if posted and "strike" in posted else None)
    if form.is_valid() and _did(request, found, form, strike):
        told = _("承認を求めました") if "submit" in request.POST else _("保存しました")
        return back_to(request, case, told, request.path)
    return _preview(request, found, form, strike, preview)


def _did(request: StaffRequest, found: Disclosure, form: PickForm, strike: StrikeForm) -> bool:
    """Keep what was ticked; then what the pressed button says."""
    said = {"by": request.actor, "disclosure": found}
    if not did(form, actions.prepare_disclosure, **said, picked=actions.Picked(**form.cleaned_data)):
        return False
    if "strike" in request.POST:
        return strike.is_valid() and bool(did(strike, actions.strike_words, **said, **strike.cleaned_data))
    if "unstrike" in request.POST:
        return bool(did(form, actions.unstrike_words, **said, words=request.POST["unstrike"]))
    return "submit" not in request.POST or bool(did(form, actions.submit_disclosure, **said))


def _preview(
    request: StaffRequest, found: Disclosure, form: PickForm, strike: StrikeForm, preview: Preview
) -> HttpResponse:
    refused = form.is_bound or strike.is_bound
    context = {"case": found.case, "disclosure": found, "form": form, "strike": strike, "preview": preview}
    return render(request, "casework/retention/preparing.html", context, status=422 if refused else 200)


def _page(request: StaffRequest, found: Disclosure, form: ReturnForm) -> HttpResponse:
    approvers = queries.approvers_of(found)
    context = {
        "case": found.case,
        "disclosure": found,
        "own": found.prepared_by_id == request.actor.id,
        "approvers": approvers,
        "approves": request.actor.id in {staff.pk for staff in approvers},
    }
    return form_page(request, "casework/retention/disclosure.html", form, **context)


@discloser
@require_POST
def settle(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """The second person approves or gives it back; or it is given up."""
    case = _case(request, number)
    found = queries.disclosure_in(case, pk)
    here = redirect("casework:disclosure_of", number, pk)
    if "end" in request.POST:
        pressed(request, _("開示を取りやめました。何も渡していません"), actions.end_disclosure, disclosure=found)
        return redirect("casework:disclosure", number)
    form = ReturnForm(request.POST)
    form.full_clean()
    seen = form.cleaned_data.get("seen", "")
    try:
        if "approve" in request.POST:
            actions.approve_disclosure(by=request.actor, disclosure=found, seen=seen)
            messages.success(request, _("承認しました。ファイルを出せます"))
            return here
        words = form.cleaned_data.get("words", "")
        actions.return_disclosure(by=request.actor, disclosure=found, words=words, seen=seen)
    except NotPossible as refused:
        form.add_error(None, _(str(refused)))
        return _page(request, queries.disclosure_in(case, pk), form)
    messages.success(request, _("準備に戻しました"))
    return here


@discloser
@require_safe
def disclosure_file(request: StaffRequest, number: str, pk: UUID, form: str) -> HttpResponse:
    """An approved disclosure as a file; each taking is noted."""
    found = queries.disclosure_in(_case(request, number), pk)
    if form not in FILES:
        raise Http404
    if found.state != State.APPROVED:
        raise NotAllowed
    write, kind = FILES[form]
    detail = {"disclosure": str(pk), "form": form}
    note_reading(by=request.actor, deed="casework.disclose", subject=number, case_id=found.case_id, detail=detail)
    headers = {
        "Content-Disposition": f'attachment; filename="disclosure-{number}.{form}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(write(found), content_type=kind, headers=headers)
