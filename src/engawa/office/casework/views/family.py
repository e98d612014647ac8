"""The family of a case: its map, members, relations and household."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.kernel.words import translated
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import require_holder
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms import family as forms
from engawa.office.casework.gatherings.queries import gatherings_with
from engawa.office.casework.maps import access, queries
from engawa.office.casework.maps.actions import family as actions
from engawa.office.casework.maps.actions.household import describe_household, join_household
from engawa.office.casework.maps.actions.parting import part_household
from engawa.office.casework.maps.actions.secrets import correct_secret, drop_secret, keep_secret
from engawa.office.casework.maps.drawings import family_map
from engawa.office.casework.maps.people import people_of
from engawa.office.casework.views.panels import MapPage, Panel, done, family_case, struck

SECRET_NOTE = gettext_lazy(
    "書いた機関で、このケースに書ける人だけが見ます。家族図・支援の輪の図にも、検索にも、紙にも出ません。"
    "ケースを引き継ぐと、受けた機関のものになります"
)


def _shown(request: StaffRequest, case: Case) -> dict[str, Any]:
    actor = request.actor

    def href(_kind: str, member: Any) -> str:
        return reverse("casework:member", args=[case.number, member.pk])

    return {
        "drawing": family_map(actor, case, href=href),
        "people": people_of(actor, case, clock.today()),
        "relations": queries.relations_of(case),
        "needs": queries.needs_of(case),
        "events": queries.events_of(case),
        "secrets": queries.secrets_of(actor, case),
        "gatherings": gatherings_with(actor, case),
        "others": queries.other_cases(actor, case),
        "joinings": queries.joinings_of(case),
        "holds": case.organisation_id in actor.organisations_with(Permission.CASEWORK_CASE_EDIT),
    }


PAGE = MapPage("casework/family/page.html", "casework:family", _shown)


@staff_page(Permission.CASEWORK_CASE_VIEW)
def family(request: StaffRequest, number: str) -> HttpResponse:
    return PAGE.answer(request, family_case(request, number))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def new_member(request: StaffRequest, number: str) -> HttpResponse:
    case = family_case(request, number, write=True)
    form = forms.NewMemberForm(request.POST or None, initial={"key": uuid7(), "of": case.member, "as_": "mother"})
    forms.offer_members(form, queries.household_of(request.actor, case))
    if done(form, actions.add_member, by=request.actor, case=case):
        return PAGE.back(request, case, _("家族に加えました"))
    return PAGE.answer(request, case, Panel(_("家族を加える"), form))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def member(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = family_case(request, number, write=True)
    row = access.member_of(case, pk)
    form = forms.MemberForm(request.POST or None, initial=forms.facts_of_member(row))
    if struck(request, form, actions.remove_member, by=request.actor, case=case, member=row):
        return PAGE.back(request, case, _("家族図から消しました。前の記録は残っています"))
    if done(form, actions.correct_member, by=request.actor, case=case, member=row):
        return PAGE.back(request, case, _("直しました。前の記録も残っています"))
    kept = queries.why_kept(request.actor, row)
    strike = "" if kept else _("まちがいなので消す")
    note = _("本人の氏名と年齢は「わかっていること」が先に出ます") if row.person else translated(kept or "")
    return PAGE.answer(request, case, Panel(_("家族を直す"), form, strike, note))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def new_secret(request: StaffRequest, number: str) -> HttpResponse:
    case = _held_case(request, number)
    form = forms.SecretForm(request.POST or None, initial={"member": request.GET.get("member"), "kind": "whereabouts"})
    forms.offer_members(form, queries.household_of(request.actor, case))
    if done(form, keep_secret, by=request.actor, case=case):
        return PAGE.back(request, case, _("秘匿として書きました"))
    return PAGE.answer(request, case, Panel(_("秘匿を書く"), form, note=str(SECRET_NOTE)))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def secret(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = _held_case(request, number)
    row = access.secret_of(request.actor, case, pk)
    form = forms.CorrectSecretForm(request.POST or None, initial=forms.facts_of_secret(row))
    if struck(request, form, drop_secret, by=request.actor, case=case, secret=row):
        return PAGE.back(request, case, _("消しました。前の内容は、この機関だけに残っています"))
    if done(form, correct_secret, by=request.actor, case=case, secret=row):
        return PAGE.back(request, case, _("直しました。前の記録も残っています"))
    return PAGE.answer(request, case, Panel(_("秘匿を直す"), form, _("まちがいなので消す"), str(SECRET_NOTE)))


def _held_case(request: StaffRequest, number: str) -> Case:
    case = family_case(request, number, write=True)
    require_holder(request.actor, Permission.CASEWORK_CASE_EDIT, case)
    return case


@staff_page(Permission.CASEWORK_CASE_EDIT)
def new_relation(request: StaffRequest, number: str) -> HttpResponse:
    case = family_case(request, number, write=True)
    form = forms.RelationForm(request.POST or None)
    forms.offer_members(form, queries.household_of(request.actor, case))
    if done(form, actions.relate, by=request.actor, case=case):
        return PAGE.back(request, case, _("関係を書きました"))
    return PAGE.answer(request, case, Panel(_("関係を書く"), form))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def relation(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = family_case(request, number, write=True)
    row = access.relation_of(case, pk)
    form = forms.CorrectRelationForm(request.POST or None, initial=forms.facts_of_relation(row))
    if struck(request, form, actions.unrelate, by=request.actor, case=case, relation=row):
        return PAGE.back(request, case, _("関係を消しました。前の記録は残っています"))
    if done(form, actions.correct_relation, by=request.actor, case=case, relation=row):
        return PAGE.back(request, case, _("直しました。前の記録も残っています"))
    return PAGE.answer(request, case, Panel(_("関係を直す"), form, _("まちがいなので消す")))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def household(request: StaffRequest, number: str) -> HttpResponse:
    case = family_case(request, number, write=True)
    form = forms.HouseholdForm(request.POST or None, initial=forms.facts_of_household(case.household))
    if done(form, describe_household, by=request.actor, case=case):
        return PAGE.back(request, case, _("世帯について書きました"))
    return PAGE.answer(request, case, Panel(_("世帯について"), form))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def join(request: StaffRequest, number: str) -> HttpResponse:
    case = family_case(request, number, write=True)
    require_holder(request.actor, Permission.CASEWORK_CASE_EDIT, case)
    form = forms.JoinForm(request.POST or None, actor=request.actor)
    if done(form, join_household, by=request.actor, case=case):
        return PAGE.back(request, case, _("同じ世帯のケースにしました"))
    note = _("どちらかのケースの家族を見られる人は、両方の家族構成・課題・出来事を見られるようになります")
    return PAGE.answer(request, case, Panel(_("ほかのケースと同じ世帯にする"), form, note=note))


@staff_page(Permission.CASEWORK_CASE_EDIT)
def part(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = _held_case(request, number)
    joining = access.joining_of(case, pk)
    form = forms.PartForm(request.POST or None)
    if done(form, part_household, by=request.actor, case=case, joining=joining):
        return PAGE.back(request, case, _("世帯をふたつに分けました"))
    note = _(
        "このケースは、まとめる前の世帯にもどります。まとめたときに持ってきた家族・関係・課題・出来事・秘匿も一緒にもどり、"
        "そのあとに書かれたことは、むこうの世帯に残ります"
    )
    return PAGE.answer(request, case, Panel(_("まとめた世帯を分ける"), form, note=note))
