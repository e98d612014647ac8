"""How long a case's records are kept, holds, destruction lists and their certificates."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engawa.kernel.words import translated
from engawa.office.access.actors import NotAllowed
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import note_reading
from engawa.office.casework.access import case_for
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.forms.retention import HoldForm, LiftForm, TermForm
from engawa.office.casework.retention import queries
from engawa.office.casework.retention.actions import approve, draw_up, give_up, lift_hold, place_hold, set_term
from engawa.office.casework.retention.certificate import certificate
from engawa.office.casework.retention.models import Destruction, DestructionItem
from engawa.office.casework.retention.queries import discloses
from engawa.office.casework.views.answers import did, form_page


@staff_page(Permission.CASEWORK_CASE_VIEW)
def kept(request: StaffRequest, number: str) -> HttpResponse:
    """Until when the case's records are kept, and what holds them back."""
    case = case_for(request.actor, number)
    holds = queries.holds_of(case)
    context = {"case": case, "kept": queries.kept_of(case), "holds": holds, "proposes": _proposes(request, case)}
    context["discloses"] = discloses(request.actor, case)
    return render(request, "casework/retention/case.html", context | {"form": HoldForm(), "lift": LiftForm()})


def _proposes(request: StaffRequest, case: Case) -> bool:
    return case.organisation_id in request.actor.organisations_with(Permission.CASEWORK_RETENTION_PROPOSE)


@staff_page(Permission.CASEWORK_RETENTION_PROPOSE)
def hold(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number)
    if not _proposes(request, case):
        raise NotAllowed
    form = HoldForm(request.POST or None)
    if form.is_valid() and did(form, place_hold, by=request.actor, case=case, **form.cleaned_data):
        return _to_case(request, case, _("保全しました。解くまで消去されません"))
    return form_page(request, "casework/retention/hold.html", form, case=case)


@staff_page(Permission.CASEWORK_RETENTION_PROPOSE)
def lift(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number)
    if not _proposes(request, case):
        raise NotAllowed
    held = queries.hold_in(case, pk)
    form = LiftForm(request.POST or None)
    if form.is_valid() and did(form, lift_hold, by=request.actor, hold=held, **form.cleaned_data):
        return _to_case(request, case, _("保全を解きました"))
    return form_page(request, "casework/retention/lift.html", form, case=case, hold=held)


def _to_case(request: StaffRequest, case: Case, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect("casework:kept", case.number)


@staff_page(Permission.CASEWORK_RETENTION_VIEW)
@require_safe
def retention(request: StaffRequest) -> HttpResponse:
    """Lists, what is due, and the years."""
    organisations = queries.organisations_proposed_for(request.actor)
    context = {
        "lists": queries.lists_for(request.actor),
        "due": [(organisation, len(queries.due_in(organisation))) for organisation in organisations],
        "terms": queries.terms(),
        "backup_days": settings.BACKUP_DAYS,
        "decides": queries.approves_for_the_city(request.actor),
    }
    return render(request, "casework/retention/lists.html", context)


@staff_page(Permission.CASEWORK_RETENTION_PROPOSE)
@require_POST
def draw(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Draw up a list for an organisation."""
    organisation = Organisation.objects.filter(pk=pk).first()
    if organisation is None:
        raise NotAllowed
    try:
        made = draw_up(by=request.actor, organisation=organisation)
    except NotPossible as refused:
        messages.error(request, translated(refused))
        return redirect("casework:retention")
    return redirect("casework:destruction", made.pk)


@staff_page(Permission.CASEWORK_RETENTION_VIEW)
@require_safe
def destruction(request: StaffRequest, pk: UUID) -> HttpResponse:
    return _page(request, queries.list_for(request.actor, pk))


def _page(request: StaffRequest, found: Destruction, wrong: str = "") -> HttpResponse:
    items = queries.items_of(found)
    _note(request, "casework.read_destruction", found, items)
    context = {
        "list": found,
        "items": items,
        "approves": queries.may_approve(request.actor, found) and found.made_by_id != request.actor.id,
        "wrong": wrong,
    }
    return render(request, "casework/retention/list.html", context, status=422 if wrong else 200)


def _note(request: StaffRequest, deed: str, found: Destruction, items: list[DestructionItem]) -> None:
    numbers = {"cases": sorted({item.number for item in items})}
    note_reading(by=request.actor, deed=deed, subject=found.organisation.name, detail=numbers)


@staff_page(Permission.CASEWORK_RETENTION_VIEW)
@require_POST
def settle(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The second person approves a list, or somebody puts it away."""
    found = queries.list_for(request.actor, pk)
    try:
        if "approve" in request.POST:
            approve(by=request.actor, destruction=found)
            messages.success(request, _("承認しました。記録を消去しました"))
        else:
            give_up(by=request.actor, destruction=found)
            messages.success(request, _("リストを取りやめました。記録はそのままです"))
    except NotPossible as refused:
        return _page(request, found, translated(refused))
    return redirect("casework:destruction", found.pk)


@staff_page(Permission.CASEWORK_RETENTION_VIEW)
@require_safe
def proof(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The certificate of an approved list."""
    found = queries.list_for(request.actor, pk)
    if found.approved_at is None:
        raise NotAllowed
    items = queries.items_of(found)
    _note(request, "casework.take_certificate", found, items)
    pdf = certificate(found, items)
    name = f"certificate-{found.approved_at:%Y%m%d}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@staff_page(Permission.CASEWORK_RETENTION_APPROVE)
def term(request: StaffRequest) -> HttpResponse:
    """A new number of years for a class of record, decided in the city's own offices."""
    if not queries.approves_for_the_city(request.actor):
        raise NotAllowed
    form = TermForm(request.POST or None)
    if form.is_valid() and did(form, set_term, by=request.actor, **form.cleaned_data):
        messages.success(request, _("保存年限を決めました"))
        return redirect("casework:retention")
    return form_page(request, "casework/retention/term.html", form, terms=queries.terms())
