"""Family courses and meetings: the list, one of them, who takes part, and who came on a day."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.kernel.ids import uuid7
from engawa.office.access.actions import drop_draft
from engawa.office.access.actors import NotAllowed
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import note_listing
from engawa.office.casework.forms import gatherings as forms
from engawa.office.casework.gatherings import actions, queries
from engawa.office.casework.gatherings.models import Attendee, Gathering
from engawa.office.casework.views.answers import form_page, pressed
from engawa.office.casework.views.panels import done, made

_VIEW, _EDIT = Permission.CASEWORK_CASE_VIEW, Permission.CASEWORK_CASE_EDIT
FORM = "casework/gatherings/form.html"


@staff_page(_VIEW)
def gathering_list(request: StaffRequest) -> HttpResponse:
    context = {
        "gatherings": queries.gatherings_of(request.actor),
        "writes": queries.organisations_of(request.actor).exists(),
    }
    return render(request, "casework/gatherings/list.html", context)


@staff_page(_EDIT)
def new_gathering(request: StaffRequest) -> HttpResponse:
    organisations = queries.organisations_of(request.actor)
    initial = {"kind": Gathering.Kind.COURSE, "organisation": organisations.first(), "key": uuid7()}
    form = forms.NewGatheringForm(request.POST or None, organisations=organisations, initial=initial)
    if row := made(form, actions.begin_gathering, by=request.actor):
        return _back(request, _("家族教室・家族会をつくりました。参加する家族を加えられます"), row)
    return _asked(request, form, _("家族教室・家族会をつくる"))


@staff_page(_VIEW)
def gathering(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = queries.gathering_for(request.actor, pk)
    families, gone = queries.families_of(row), queries.families_of(row, gone=True)
    _note(request, [*families, *gone])
    context = {
        "gathering": row,
        "families": families,
        "gone": gone,
        "sittings": queries.sittings_of(row),
        "writes": row.organisation_id in request.actor.organisations_with(_EDIT),
    }
    return render(request, "casework/gatherings/page.html", context)


@staff_page(_EDIT)
def describe(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = queries.gathering_for(request.actor, pk, _EDIT)
    form = forms.DescribeGatheringForm(request.POST or None, initial=forms.facts_of_gathering(row))
    if done(form, actions.describe_gathering, by=request.actor, gathering=row):
        return _back(request, _("直しました。前の内容も残っています"), row)
    return _asked(request, form, _("家族教室・家族会を直す"), row)


@staff_page(_EDIT)
def take_part(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = queries.gathering_for(request.actor, pk, _EDIT)
    form = forms.TakePartForm(request.POST or None, actor=request.actor, initial={"number": request.GET.get("case")})
    if done(form, actions.take_part, by=request.actor, gathering=row):
        return _back(request, _("参加する家族に加えました"), row)
    return _asked(request, form, _("参加する家族を加える"), row)


@staff_page(_EDIT)
@require_POST
def leave(request: StaffRequest, pk: UUID, attendee: UUID) -> HttpResponse:
    row = queries.gathering_for(request.actor, pk, _EDIT)
    actions.leave_gathering(by=request.actor, attendee=_attendee(row, attendee))
    return _back(request, _("参加をおえました。来た記録は残っています。「参加をおえた家族」から、もとに戻せます"), row)


@staff_page(_EDIT)
@require_POST
def again(request: StaffRequest, pk: UUID, attendee: UUID) -> HttpResponse:
    row = queries.gathering_for(request.actor, pk, _EDIT)
    pressed(request, _("参加に戻しました"), actions.take_part_again, attendee=_attendee(row, attendee))
    return redirect(_place(row))


@staff_page(_EDIT)
def new_sitting(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = queries.gathering_for(request.actor, pk, _EDIT)
    families = queries.families_of(row)
    _note(request, families)
    form = forms.SittingForm(request.POST or None, families=families, initial={"key": uuid7()})
    if done(form, actions.hold_sitting, by=request.actor, gathering=row):
        return _back(request, _("出席を書きました。来た家族のケースの経過にも入りました"), row)
    return _asked(request, form, _("開いた日と出席を書く"), row)


@staff_page(_EDIT)
def sitting(request: StaffRequest, pk: UUID, sitting: UUID) -> HttpResponse:
    row = queries.gathering_for(request.actor, pk, _EDIT)
    day = queries.sitting_in(row, sitting)
    families = [*queries.families_of(row), *queries.families_of(row, gone=True)]
    _note(request, families)
    form = forms.SittingForm(request.POST or None, families=families, initial=forms.facts_of_sitting(day))
    if done(form, actions.correct_sitting, by=request.actor, sitting=day):
        return _back(request, _("直しました。ケースの経過も直っています"), row)
    return _asked(request, form, _("出席を直す"), row)


def _attendee(row: Gathering, pk: UUID) -> Attendee:
    found = Attendee.objects.filter(pk=pk, gathering=row).select_related("gathering").first()
    if found is None:
        raise NotAllowed
    return found


def _note(request: StaffRequest, families: list[queries.Family]) -> None:
    """Note whose cases the page names."""
    cases = [one.attendee.case for one in families if one.attendee.case]
    note_listing(request.actor, "casework.read_gathering", cases)


def _asked(request: StaffRequest, form: Form, title: str, row: Gathering | None = None) -> HttpResponse:
    return form_page(request, FORM, form, title=title, gathering=row, cancel=_place(row))


def _back(request: StaffRequest, told: str, row: Gathering | None = None) -> HttpResponse:
    drop_draft(by=request.actor, path=request.path)
    messages.success(request, told)
    return redirect(_place(row))


def _place(row: Gathering | None) -> str:
    return reverse("casework:gathering", args=[row.pk]) if row else reverse("casework:gatherings")
