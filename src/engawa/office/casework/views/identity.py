"""Two records of one person, inquiries to other organisations, and taking a talk out of a case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import may_share
from engawa.office.casework.access import case_for, require_holder
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.queries import consents_in_force
from engawa.office.casework.forms.people import AnswerInquiryForm, AskedForm, InquiryForm, MergeForm, SplitForm
from engawa.office.casework.identity import actions, queries
from engawa.office.casework.people.models import Person
from engawa.office.casework.people.rules import likeness
from engawa.office.casework.views.answers import back_to, did, form_page
from engawa.office.casework.views.people import HERE

_EDIT = Permission.CASEWORK_CASE_EDIT
COMPARED = {
    "name": gettext_lazy("氏名"),
    "reading": gettext_lazy("よみ"),
    "nickname": gettext_lazy("呼び名"),
    "birth_date": gettext_lazy("生年月日"),
    "phone": gettext_lazy("電話"),
    "address": gettext_lazy("いまの住所"),
}


@staff_page(_EDIT)
def merge(request: StaffRequest, number: str) -> HttpResponse:
    case = _held(request, number)
    asked = request.GET.get("with", "")
    other = _other_case(request, case, asked)
    form = MergeForm(request.POST or None)
    if other and form.is_valid():
        reason = form.cleaned_data["reason"]
        if did(form, actions.merge_with, by=request.actor, case=case, other=other, reason=reason):
            return back_to(request, case, _("ひとりの記録にまとめました。いつでも分けられます"), HERE)
    context = {"asked": asked, "missing": asked and not other, "other": other, **_compared(case, other)}
    lead = _("ふたつの記録を、ひとりの人の記録につなげます。ケースと経過は別のまま残り、あとで分けることもできます。")
    words = {"title": _("同じ人として統合する"), "go": _("同じ人として統合する"), "lead": lead}
    return form_page(request, "casework/people/merge.html", form, case=case, **context, **words)


def _other_case(request: StaffRequest, case: Case, asked: str) -> Case | None:
    """The other case as it was typed, if the actor may see it; the reading is noted."""
    found = queries.case_meant(request.actor, asked) if asked else None
    return case_for(request.actor, found.number, part=Part.BASICS) if found and found != case else None


def _compared(case: Case, other: Case | None) -> dict[str, object]:
    if other is None:
        return {}
    mine, theirs = case.person or Person(), other.person or Person()
    rows = [(label, getattr(mine, name), getattr(theirs, name)) for name, label in COMPARED.items()]
    sexes = (_("性別"), mine.get_sex_display(), theirs.get_sex_display())
    return {"rows": [*rows, sexes], "likeness": likeness(mine.known(), theirs.known())}


@staff_page(_EDIT)
def split(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = _held(request, number)
    merged = queries.merge_in(request.actor, case, pk)
    form, said = SplitForm(request.POST or None), {"by": request.actor, "case": case, "merge": merged.merge}
    if form.is_valid() and did(form, actions.split, **said, **form.cleaned_data):
        return back_to(request, case, _("ふたりの記録に分けました"), HERE)
    lead = _("統合のときに移ったケースは、もとの記録にもどります。統合のあとにつくったケースは、いまの記録に残ります。")
    if merged.numbers:
        lead += _("もどるケース：%(numbers)s") % {"numbers": merged.numbers}
    context = {"title": _("ふたりに分ける"), "go": _("ふたりに分ける"), "lead": lead}
    return form_page(request, "casework/people/form.html", form, case=case, **context)


@staff_page(_EDIT)
@require_POST
def ask_elsewhere(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, _EDIT, part=Part.BASICS)
    form = InquiryForm(request.POST)
    if form.is_valid() and did(form, actions.ask_elsewhere, by=request.actor, case=case, **form.cleaned_data):
        return back_to(request, case, _("たずねました。返事があれば、お知らせが届きます"), HERE)
    for errors in form.errors.values():
        messages.warning(request, " ".join(map(str, errors)))
    return redirect(HERE, case.number)


@staff_page(_EDIT)
def inquiry(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = _held(request, number)
    received = queries.received_in(case, pk)
    agreed = consents_in_force(case)
    form = AnswerInquiryForm(request.POST or None, consents=agreed, shares=may_share(request.actor, case.pk))
    if form.is_valid():
        said = form.cleaned_data
        if did(form, actions.answer_inquiry, by=request.actor, received=received, **said):
            return back_to(request, case, _("返事をしました"), HERE)
    context = {"title": _("別の機関からの照会"), "go": _("返事をする"), "received": received}
    return form_page(request, "casework/people/inquiry.html", form, case=case, **context)


@staff_page(_EDIT)
def part_talk(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = _held(request, number)
    talk = get_object_or_404(case.talk_links.select_related("talk"), talk_id=pk).talk
    form = AskedForm(request.POST or None)
    if form.is_valid() and did(form, actions.part_talk, by=request.actor, case=case, talk=talk, **form.cleaned_data):
        return back_to(request, case, _("やりとりをケースから外しました。やりとりは相談窓口に残っています"))
    lead = _("やりとりは相談窓口にそのまま残ります。すでに対応として書いた記録は、ケースに残ります。")
    context = {"title": _("やりとりをケースから外す"), "go": _("ケースから外す"), "lead": lead}
    return form_page(request, "casework/people/form.html", form, case=case, **context)


def _held(request: StaffRequest, number: str) -> Case:
    """A case that the actor's organisation holds and the actor may write."""
    case = case_for(request.actor, number, _EDIT, part=Part.BASICS)
    require_holder(request.actor, _EDIT, case)
    return case
