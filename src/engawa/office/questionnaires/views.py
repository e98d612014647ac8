"""Question sets: their list, one version, and its questions while it is a draft."""

from collections.abc import Callable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engawa.kernel.words import translated
from engawa.office.access.actors import NotAllowed
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.questionnaires import actions
from engawa.office.questionnaires.forms import CheckedForm, FormCheckForm, NameForm, QuestionForm
from engawa.office.questionnaires.models import NationalForm, Question, Questionnaire
from engawa.office.questionnaires.queries import assessment_sets, compares_with_originals, questions_in_order
from engawa.office.questionnaires.rules import NotReleasable, Overtaken
from engawa.ui.beside import OVERTAKEN

EDIT = Permission.QUESTIONNAIRES_SET_EDIT
COMPARE = Permission.QUESTIONNAIRES_ORIGINAL_COMPARE


@staff_page(COMPARE)
def sets(request: StaffRequest) -> HttpResponse:
    """Every set with its versions; whoever edits them begins a new one here."""
    edits = request.actor.may(EDIT)
    form = NameForm(request.POST or None)
    if form.is_bound and not edits:
        raise NotAllowed
    if form.is_valid() and (made := _did(form, actions.begin_set, by=request.actor, **form.cleaned_data)):
        return redirect("questionnaires:set", made.pk)
    by_name = groupby(assessment_sets(request.actor), key=lambda one: one.name)
    context = {
        "form": form,
        "sets": [(name, list(versions)) for name, versions in by_name],
        "forms": NationalForm.objects.standing(),
        "edits": edits,
    }
    return render(request, "questionnaires/sets.html", context, status=422 if form.errors else 200)


@staff_page(COMPARE)
def form_of_records(request: StaffRequest, code: str) -> HttpResponse:
    """A form that is filled from records, and what comparing it with its original came to."""
    found = get_object_or_404(NationalForm.objects.standing(), pk=code)
    form = FormCheckForm(request.POST or None)
    if form.is_bound:
        _check_compares(request)
    if form.is_valid():
        said = actions.Comparison(**form.cleaned_data)
        _did(form, actions.check_form, by=request.actor, form=found, said=said)
    if form.is_bound and not form.errors:
        messages.success(request, _("原本と照らしたことを記録しました"))
        return redirect("questionnaires:form", code)
    context = {
        "one": found,
        "checks": found.checks.select_related("by"),
        "form": form,
        "compares": compares_with_originals(request.actor),
    }
    return render(request, "questionnaires/form.html", context, status=422 if form.errors else 200)


@staff_page(COMPARE)
@require_safe
def questions(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One version as it is asked."""
    return _version(request, _set(request, pk), CheckedForm())


@staff_page(EDIT)
@require_POST
def draft(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The draft of the next version."""
    made = actions.draft_version(by=request.actor, questionnaire=_set(request, pk))
    return redirect("questionnaires:set", made.pk)


@staff_page(EDIT)
@require_POST
def release(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Release a draft."""
    found, form = _set(request, pk), Form({})
    if _did(form, actions.release, by=request.actor, questionnaire=found):
        messages.success(request, _("公開しました。新しいアセスメントはこの版で始まります"))
        return redirect("questionnaires:set", found.pk)
    return _version(request, found, CheckedForm(), form)


@staff_page(EDIT)
@require_POST
def give_up(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a draft away."""
    found, form = _set(request, pk), Form({})
    _did(form, actions.give_up_draft, by=request.actor, questionnaire=found)
    if form.errors:
        return _version(request, found, CheckedForm(), form)
    messages.success(request, _("下書きをやめました。公開した版はそのままです"))
    return redirect("questionnaires:sets")


@staff_page(COMPARE)
@require_POST
def checked(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that a version was compared with its original."""
    _check_compares(request)
    found, form = _set(request, pk), CheckedForm(request.POST)
    if form.is_valid():
        _did(form, actions.check_against_original, by=request.actor, questionnaire=found, **form.cleaned_data)
    if form.errors:
        return _version(request, found, form)
    messages.success(request, _("原本と照らしたことを記録しました"))
    return redirect("questionnaires:set", found.pk)


@staff_page(EDIT)
def question(request: StaffRequest, pk: UUID, question: UUID | None = None) -> HttpResponse:
    """Write a new question of a draft, or change one."""
    found = _set(request, pk)
    kept = get_object_or_404(Question, pk=question, questionnaire=found) if question else None
    form = QuestionForm(request.POST or None, questionnaire=found, question=kept)
    if form.is_valid():
        said: dict[str, Any] = {**form.fields_of_question(), "seen": form.cleaned_data["seen"]}
        if _did(form, actions.put_question, by=request.actor, questionnaire=found, question=kept, **said):
            messages.success(request, _("設問を保存しました"))
            return redirect("questionnaires:set", found.pk)
    context = {"form": form, "set": found, "kept": kept}
    return render(request, "questionnaires/question.html", context, status=422 if form.errors else 200)


@staff_page(EDIT)
@require_POST
def arrange(request: StaffRequest, pk: UUID, question: UUID) -> HttpResponse:
    """Move a question of a draft up or down, or take it out; the button pressed is the choice."""
    found, form = _set(request, pk), Form({})
    row = get_object_or_404(Question, pk=question, questionnaire=found)
    choice = request.POST.get("choice")
    if choice == "drop":
        _did(form, actions.drop_question, by=request.actor, question=row)
    else:
        _did(form, actions.move_question, by=request.actor, question=row, earlier=choice == "up")
    return _version(request, found, CheckedForm(), form) if form.errors else redirect("questionnaires:set", found.pk)


def _check_compares(request: StaffRequest) -> None:
    if not compares_with_originals(request.actor):
        raise NotAllowed


def _set(request: StaffRequest, pk: UUID) -> Questionnaire:
    return get_object_or_404(assessment_sets(request.actor), pk=pk)


def _version(
    request: StaffRequest, found: Questionnaire, form: CheckedForm, refused: Form | None = None
) -> HttpResponse:
    sections = groupby(questions_in_order(found), key=lambda row: row.section)
    context = {
        "set": found,
        "sections": [(title, list(rows)) for title, rows in sections],
        "versions": assessment_sets(request.actor).filter(name=found.name),
        "form": form,
        "compares": compares_with_originals(request.actor),
        "refused": refused,
        "edits": request.actor.may(EDIT),
    }
    wrong = form.errors or (refused and refused.errors)
    return render(request, "questionnaires/set.html", context, status=422 if wrong else 200)


def _did(form: Form, deed: Callable[..., Any], /, **arguments: Any) -> Any:
    try:
        return deed(**arguments)
    except NotReleasable as refused:
        if isinstance(refused, Overtaken):
            form.data = {**form.data, "seen": refused.now}
        code = OVERTAKEN if isinstance(refused, Overtaken) else None
        form.add_error(None, ValidationError(translated(refused), code=code))
        return None
