"""Assessments of a case: their list, writing one together, two side by side, what changed, and the stages."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.kernel import clock
from engawa.kernel.words import translated
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import case_for, may
from engawa.office.casework.assessments import course, queries
from engawa.office.casework.assessments.actions import (
    Overtaken,
    answer_question,
    begin_assessment,
    finish_assessment,
    note_stage,
    topic_of,
)
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer
from engawa.office.casework.assessments.queries import Filled
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.forms.assessments import AnswerForm, BeginForm, CompareForm, StageForm
from engawa.office.casework.views.answers import did, form_page
from engawa.office.questionnaires.rules import NotAnAnswer, printed
from engawa.ui.figures import draw

VIEW, EDIT = Permission.CASEWORK_CASE_VIEW, Permission.CASEWORK_CASE_EDIT
PART = Part.ASSESSMENTS


@staff_page(VIEW)
def assessment_list(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, part=PART)
    return _overview(request, case, BeginForm(actor=request.actor, case=case))


@staff_page(EDIT)
def begin(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=PART)
    form = BeginForm(request.POST or None, actor=request.actor, case=case)
    if form.is_valid():
        asked = form.cleaned_data.copy()
        carry = asked.pop("carry")
        earlier = queries.earlier_like(case, asked["questionnaire"]) if carry else None
        if made := did(form, begin_assessment, by=request.actor, case=case, based_on=earlier, **asked):
            return redirect("casework:assessment", case.number, made.pk)
    return _overview(request, case, form)


@staff_page(EDIT)
def step(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=PART)
    form = StageForm(request.POST or None, stages=course.stages_on(clock.today()))
    if form.is_valid() and did(form, note_stage, by=request.actor, case=case, **form.cleaned_data):
        messages.success(request, _("段階を記録しました"))
        return redirect("casework:assessments", case.number)
    lines = course.stage_lines(request.actor, case)
    return form_page(request, "casework/assessments/step.html", form, case=case, lines=lines)


def _overview(request: StaffRequest, case: Case, form: BeginForm) -> HttpResponse:
    actor = request.actor
    return form_page(
        request,
        "casework/assessments/list.html",
        form,
        case=case,
        assessments=queries.assessments_of(actor, case),
        lines=course.stage_lines(actor, case),
        counted=course.counted_by_surveys(actor, case),
        writes=may(actor, EDIT, case, PART),
    )


@dataclass
class Asked:
    """One question on the page: its form, and what somebody else has said to it meanwhile."""

    row: Filled
    form: AnswerForm
    theirs: AssessmentAnswer | None = None

    @property
    def wrong(self) -> bool:
        """Whether it could not be written."""
        return bool(self.form.errors or self.theirs)

    @property
    def mine(self) -> str:
        """What was typed, in one line, for a look at both answers."""
        return printed(self.row.question.asked, self.form.said())


@staff_page(VIEW)
def assessment(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT if request.method == "POST" else VIEW, part=PART)
    found = queries.assessment_in(case, pk)
    if request.method != "POST":
        return _sheet(request, found, {})
    saved = [_save(request, found, row) for row in queries.filled(request.actor, found) if not row.hidden]
    if wrong := {one.row.question.pk: one for one in saved if one.wrong}:
        return _sheet(request, found, wrong)
    messages.success(request, _("保存しました"))
    return redirect("casework:assessment", case.number, found.pk)


def _save(request: StaffRequest, found: Assessment, row: Filled) -> Asked:
    form = AnswerForm(request.POST, row=row)
    if not form.is_valid():
        return Asked(row, form)
    said, seen = form.said(), form.version_seen()
    try:
        answer_question(by=request.actor, assessment=found, question=row.question, said=said, seen=seen)
    except (NotAnAnswer, NotPossible) as refused:
        form.add_error("value", translated(refused))
    except Overtaken as overtaken:
        return Asked(row, form, overtaken.answer)
    return Asked(row, form)


def _sheet(request: StaffRequest, found: Assessment, wrong: dict[UUID, Asked], refused: str = "") -> HttpResponse:
    rows = queries.filled(request.actor, found)
    asked = [wrong.get(row.question.pk) or Asked(row, AnswerForm(row=row)) for row in rows]
    writes = may(request.actor, EDIT, found.case, PART)
    request.topics.append(topic_of(found))
    context = {
        "case": found.case,
        "assessment": found,
        "sections": [(title, list(group)) for title, group in groupby(asked, lambda one: one.row.question.section)],
        "hides": any(row.hidden for row in rows),
        "writes": writes,
        "editing": writes and (found.finished_at is None or bool(wrong)),
        "wrong": list(wrong.values()),
        "refused": refused,
    }
    status = 422 if wrong or refused else 200
    return render(request, "casework/assessments/assessment.html", context, status=status)


@staff_page(VIEW)
def answer(request: StaffRequest, number: str, pk: UUID, question: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT if request.method == "POST" else VIEW, part=PART)
    found = queries.assessment_in(case, pk)
    row = queries.filled_in(request.actor, found, question)
    context = {"case": case, "assessment": found, "editing": found.finished_at is None}
    if request.method != "POST":
        one = Asked(row, AnswerForm(row=row))
        return render(request, "casework/assessments/question.html", context | {"one": one})
    one = _save(request, found, row)
    if not one.wrong:
        row = queries.filled_in(request.actor, found, question)
        one = Asked(row, AnswerForm(row=row))
    return render(request, "casework/assessments/status.html", context | {"one": one})


@staff_page(EDIT)
@require_POST
def finish(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, EDIT, part=PART)
    found = queries.assessment_in(case, pk)
    try:
        finish_assessment(by=request.actor, assessment=found)
    except NotPossible as refused:
        return _sheet(request, found, {}, translated(refused))
    messages.success(request, _("確定しました。直すときは、この内容から新しいアセスメントを始められます"))
    return redirect("casework:assessment", case.number, found.pk)


@staff_page(VIEW)
def history(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, part=PART)
    found = queries.assessment_in(case, pk)
    written = queries.history_of(request.actor, found)
    context = {"case": case, "assessment": found, "written": written}
    return render(request, "casework/assessments/history.html", context)


@staff_page(VIEW)
def compare(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, part=PART)
    form = CompareForm(request.GET or queries.last_two(case), actor=request.actor, case=case)
    context: dict[str, object] = {"case": case, "form": form}
    if form.is_valid():
        left, right = form.cleaned_data["left"], form.cleaned_data["right"]
        sections = queries.compared(request.actor, left, right)
        changed = sum(pair.changed for _title, pairs in sections for pair in pairs)
        context |= {"left": left, "right": right, "sections": sections, "changed": changed}
    return render(request, "casework/assessments/compare.html", context)


@staff_page(VIEW)
def changes(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, part=PART)
    figures = [
        draw(kind="line", caption=one.caption, labels=one.labels, series=one.series, unit=one.unit, head=_("日"))
        for one in course.courses_of(request.actor, case)
    ]
    return render(request, "casework/assessments/changes.html", {"case": case, "figures": figures})
