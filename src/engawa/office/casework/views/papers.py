"""Forms as files, PDF and Excel, and the page of a case that offers them. Every file is noted in the audit log."""

from collections.abc import Callable, Sequence
from urllib.parse import quote
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from engawa.kernel import clock
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import note_reading
from engawa.office.casework.access import case_for, note_listing, parts_of
from engawa.office.casework.assessments.queries import assessment_in, assessments_of, sets_to_begin
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.queries import list_cases
from engawa.office.casework.forms.cases import ListForm
from engawa.office.casework.papers.formats.pdf import as_pdf
from engawa.office.casework.papers.formats.workbook import as_workbook
from engawa.office.casework.papers.queries.heads import compared
from engawa.office.casework.papers.queries.lists import cases_paper, course_paper
from engawa.office.casework.papers.queries.maps import family_paper, support_paper
from engawa.office.casework.papers.queries.plans import evaluation_paper, plan_paper, plans_in_force
from engawa.office.casework.papers.queries.sheets import empty_paper, sheet_paper
from engawa.office.casework.papers.rules import Paper
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.casework.plans.queries.plans import plan_in, plans_of

viewers = staff_page(Permission.CASEWORK_CASE_VIEW)
DEED = "casework.print"
MOST_CASES, MOST_PLANS = 1_000, 200
FORMS = {
    "pdf": (as_pdf, "application/pdf"),
    "xlsx": (as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@viewers
def papers(request: StaffRequest, number: str) -> HttpResponse:
    """What can be put on paper of this case, as far as the actor may read it."""
    case = case_for(request.actor, number, part=Part.BASICS)
    parts = parts_of(request.actor, case)
    context = {
        "case": case,
        "course": Part.COURSE in parts,
        "maps": Part.FAMILY in parts,
        "assessing": Part.ASSESSMENTS in parts,
        "assessments": assessments_of(request.actor, case) if Part.ASSESSMENTS in parts else [],
        "sets": sets_to_begin(request.actor, case) if Part.ASSESSMENTS in parts else [],
        "planning": Part.PLANS in parts,
        "plans": plans_of(case).exclude(state=Plan.State.REPLACED) if Part.PLANS in parts else [],
    }
    return render(request, "casework/papers/list.html", context)


@viewers
def assessment(request: StaffRequest, number: str, pk: UUID, form: str) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.ASSESSMENTS, deed=DEED)
    return _file(lambda: [sheet_paper(request.actor, assessment_in(case, pk))], number, form)


@viewers
def empty(request: StaffRequest, number: str, pk: UUID, form: str) -> HttpResponse:
    """A question set to be filled by hand."""
    case = case_for(request.actor, number, part=Part.ASSESSMENTS, deed=DEED)
    offered = {one.pk: one for one in sets_to_begin(request.actor, case)}
    if pk not in offered:
        raise Http404
    return _file(lambda: [empty_paper(request.actor, case, offered[pk])], number, form)


@viewers
def course(request: StaffRequest, number: str, form: str) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.COURSE, deed=DEED)
    return _file(lambda: compared("course", [course_paper(case)]), number, form)


@viewers
def plan(request: StaffRequest, number: str, pk: UUID, form: str) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.PLANS, deed=DEED)
    return _file(lambda: compared("plan", [plan_paper(plan_in(case, pk))]), number, form)


@viewers
def evaluation(request: StaffRequest, number: str, pk: UUID, form: str) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.PLANS, deed=DEED)
    plan = plan_in(case, pk)
    evaluation = getattr(plan, "evaluation", None)
    if evaluation is None:
        raise Http404
    return _file(lambda: compared("evaluation", [evaluation_paper(plan, evaluation)]), number, form)


@viewers
def family(request: StaffRequest, number: str, form: str) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.FAMILY, deed=DEED)
    return _file(lambda: [family_paper(request.actor, case)], number, form)


@viewers
def support(request: StaffRequest, number: str, form: str) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.FAMILY, deed=DEED)
    return _file(lambda: [support_paper(request.actor, case)], number, form)


@viewers
def cases(request: StaffRequest, form: str) -> HttpResponse:
    """The list of cases that is on the screen, as a file."""
    listed = list(_listed(request).order_by("-received_on", "-number")[: MOST_CASES + 1])
    if len(listed) > MOST_CASES:
        return _refused(request, _("一度に出せるのは%(most)s件までです。") % {"most": MOST_CASES})
    note_listing(request.actor, "casework.print_list", listed)
    return _file(lambda: compared("cases", [cases_paper(listed)]), "", form)


@viewers
def plans(request: StaffRequest, form: str) -> HttpResponse:
    """The plans in force of the cases that are on the screen, bundled."""
    found = plans_in_force(request.actor, _listed(request), MOST_PLANS + 1)
    if not found:
        return _refused(request, _("選んだケースに、実施中のプランはありません。"))
    if len(found) > MOST_PLANS:
        return _refused(request, _("一度に出せるのは%(most)s件までです。") % {"most": MOST_PLANS})
    for plan in found:
        note_reading(by=request.actor, deed=DEED, subject=plan.case.number, case_id=plan.case_id)
    return _file(lambda: compared("plan", [plan_paper(plan) for plan in found]), "", form)


def _listed(request: StaffRequest) -> QuerySet[Case]:
    form = ListForm(request.GET, actor=request.actor)
    return list_cases(request.actor, form.wanted(), clock.now())


def _refused(request: StaffRequest, why: str) -> HttpResponse:
    return render(request, "casework/papers/refused.html", {"why": why, "asked": request.GET.urlencode()}, status=422)


def _file(make: Callable[[], Sequence[Paper]], number: str, form: str) -> HttpResponse:
    """The papers as a file. Forms are Japanese, whatever language their reader has chosen for the screen."""
    if form not in FORMS:
        raise Http404
    write, kind = FORMS[form]
    with override("ja"):
        papers = make()
        content = write(papers)
    name = "_".join(filter(None, [number, papers[0].title]))
    disposition = f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
