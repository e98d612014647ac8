"""Whom a case is about: the page, facts, other names, addresses and numbers, and the steps from anonymous to named."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engawa.kernel import clock
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for, may
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.queries import version_of
from engawa.office.casework.forms.people import (
    AskedForm,
    InquiryForm,
    NameForm,
    OtherAddressForm,
    OtherNameForm,
    OtherReachForm,
    PersonForm,
    person_facts,
)
from engawa.office.casework.identity import actions, queries
from engawa.office.casework.identity.history import changes_of
from engawa.office.casework.people.models import Other
from engawa.office.casework.people.queries import version_of_other
from engawa.office.casework.views.answers import back_to, did, form_page
from engawa.office.casework.views.panels import struck

_VIEW, _EDIT = Permission.CASEWORK_CASE_VIEW, Permission.CASEWORK_CASE_EDIT
HERE = "casework:person"


@staff_page(_VIEW)
def person(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.BASICS, deed="casework.read_person")
    context = {
        "case": case,
        "shown": queries.shown_of(request.actor, case, clock.today()),
        "writes": may(request.actor, _EDIT, case, Part.BASICS),
        "writes_others": may(request.actor, _EDIT, case, Part.FAMILY),
        "inquiry_form": InquiryForm(),
    }
    return render(request, "casework/people/person.html", context)


@staff_page(_EDIT)
def edit(request: StaffRequest, number: str) -> HttpResponse:
    case = _writable(request, number)
    initial = person_facts(case) | {"seen": version_of(case)}
    form = PersonForm(request.POST or None, named=bool(case.person and case.person.named), initial=initial)
    if form.is_valid() and did(form, actions.edit_person, by=request.actor, case=case, **form.facts()):
        return back_to(request, case, _("わかっていることを直しました。前の内容も残っています"), HERE)
    title = _("本人についてわかっていること")
    return form_page(request, "casework/people/form.html", form, case=case, title=title, go=_("保存する"))


@staff_page(_VIEW)
def history(request: StaffRequest, number: str) -> HttpResponse:
    """What was known before, and what became of it."""
    case = case_for(request.actor, number, part=Part.BASICS, deed="casework.read_person")
    shown = queries.shown_of(request.actor, case, clock.today())
    context = {"case": case, "changes": changes_of(request.actor, case), "shown": shown}
    return render(request, "casework/people/history.html", context)


class Deed(NamedTuple):
    """A step of the page: its form, what it does, and how it is told."""

    form: type[AskedForm]
    do: Callable[..., Any]
    title: str | Promise
    lead: str | Promise
    done: str | Promise


STEPS = {
    "name": Deed(
        NameForm,
        actions.give_name,
        gettext_lazy("名前を記録する"),
        gettext_lazy("番号もこれまでの記録もそのままです。だれが同意したかを残し、あとで取り下げることもできます。"),
        gettext_lazy("名前を記録しました"),
    ),
    "agreed": Deed(
        AskedForm,
        actions.note_naming,
        gettext_lazy("同意を書きとめる"),
        gettext_lazy("名前を記録していることについて、だれが、どうやって同意したか。"),
        gettext_lazy("同意を書きとめました"),
    ),
    "take-back": Deed(
        AskedForm,
        actions.take_name_back,
        gettext_lazy("名前を取り下げる"),
        gettext_lazy(
            "ケースは匿名にもどります。番号と経過は残り、名前ではだれもさがせなくなります。"
            "対応の文や書類のなかに書かれた名前は、そのまま残ります。"
        ),
        gettext_lazy("名前を取り下げました。ケースは匿名で続きます"),
    ),
    "again": Deed(
        AskedForm,
        actions.give_name_again,
        gettext_lazy("取り下げた名前をもどす"),
        gettext_lazy("前に取り下げた記録を、そのままもどします。もう一度、同意をたしかめてください。"),
        gettext_lazy("名前をもどしました"),
    ),
}


@staff_page(_EDIT)
def step(request: StaffRequest, number: str, deed: str) -> HttpResponse:
    case = _writable(request, number)
    if deed not in STEPS:
        raise Http404
    chosen = STEPS[deed]
    form = chosen.form(request.POST or None)
    if form.is_valid():
        said = form.facts() if isinstance(form, NameForm) else form.cleaned_data
        if did(form, chosen.do, by=request.actor, case=case, **said):
            return back_to(request, case, str(chosen.done), HERE)
    context = {"title": chosen.title, "lead": chosen.lead, "go": chosen.title}
    return form_page(request, "casework/people/form.html", form, case=case, **context)


@staff_page(_EDIT)
def other_name(request: StaffRequest, number: str, pk: UUID | None = None) -> HttpResponse:
    case = case_for(request.actor, number, _EDIT, part=Part.FAMILY)
    old = queries.other_name_in(request.actor, case, pk) if pk else None
    form = OtherNameForm(
        request.POST or None, holds=_holds(request, case), initial=_initial(old, ("kind", "name", "reading"))
    )
    return _other(request, case, form, actions.keep_name, old)


@staff_page(_EDIT)
def other_address(request: StaffRequest, number: str, pk: UUID | None = None) -> HttpResponse:
    case = case_for(request.actor, number, _EDIT, part=Part.FAMILY)
    old = queries.other_address_in(request.actor, case, pk) if pk else None
    form = OtherAddressForm(
        request.POST or None, holds=_holds(request, case), initial=_initial(old, ("kind", "address"))
    )
    return _other(request, case, form, actions.keep_address, old)


@staff_page(_EDIT)
def other_reach(request: StaffRequest, number: str, pk: UUID | None = None) -> HttpResponse:
    case = case_for(request.actor, number, _EDIT, part=Part.FAMILY)
    old = queries.other_reach_in(request.actor, case, pk) if pk else None
    form = OtherReachForm(
        request.POST or None, holds=_holds(request, case), initial=_initial(old, ("kind", "reach", "message"))
    )
    return _other(request, case, form, actions.keep_reach, old)


def _other(
    request: StaffRequest,
    case: Case,
    form: OtherNameForm | OtherAddressForm | OtherReachForm,
    keep: Callable[..., Any],
    old: Other | None,
) -> HttpResponse:
    if old and struck(request, form, actions.drop_other, by=request.actor, case=case, old=old):
        return back_to(request, case, _("消しました。前の内容は記録に残っています"), HERE)
    if form.is_valid() and did(form, keep, by=request.actor, case=case, old=old, **form.cleaned_data):
        return back_to(request, case, _("保存しました"), HERE)
    context = {"title": form.title, "go": _("保存する"), "drops": old is not None}
    return form_page(request, "casework/people/form.html", form, case=case, **context)


def _initial(old: Other | None, names: tuple[str, ...]) -> dict[str, Any]:
    if old is None:
        return {}
    shown = {name: getattr(old, name) for name in (*names, "starts_on", "ends_on", "note")}
    return shown | {"seen": version_of_other(old)}


def _writable(request: StaffRequest, number: str) -> Case:
    return case_for(request.actor, number, _EDIT, part=Part.BASICS)


def _holds(request: StaffRequest, case: Case) -> bool:
    return case.organisation_id in request.actor.organisations_with(_EDIT)
