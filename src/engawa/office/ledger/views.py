"""Importing a ledger on screen: hand over, look, confirm; history and undoing（台帳の取り込み）."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.kernel.spreadsheets.cells import Refused
from engawa.kernel.words import translated
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import note_reading
from engawa.office.ledger import jobs
from engawa.office.ledger.access import import_for
from engawa.office.ledger.actions import giving_out, receiving
from engawa.office.ledger.actions.undoing import NotUndoable, undo
from engawa.office.ledger.forms import GiveOutForm, UploadForm
from engawa.office.ledger.mending import mending_book
from engawa.office.ledger.models import Import
from engawa.office.ledger.queries import imports_for, organisations_for, set_aside_of, sheets_of

importers = staff_page(Permission.LEDGER_FILE_IMPORT)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_ROWS = 200
LARGE_ROWS = 5_000


@importers
def imports(request: StaffRequest) -> HttpResponse:
    """The history, and the form that hands over a ledger."""
    form = UploadForm(request.POST or None, request.FILES or None, organisations=organisations_for(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            return _received(request, form)
        except Refused as refusal:
            form.add_error("books", translated(refusal))
    entries = imports_for(request.actor)[:100]
    return render(request, "ledger/imports.html", {"form": form, "imports": entries})


def _received(request: StaffRequest, form: UploadForm) -> HttpResponse:
    entry = receiving.receive(by=request.actor, ledger=form.handed())
    if form.is_large:
        receiving.mark_waiting(by=request.actor, entry=entry, stage=Import.Stage.CHECKING)
        jobs.preview_later(request.actor.id, entry.id)
    else:
        receiving.preview(by=request.actor, entry=entry)
    return redirect("ledger:import", entry.id)


@importers
def one_import(request: StaffRequest, import_id: uuid.UUID) -> HttpResponse:
    """One import: what it would do or did, and the rows set aside."""
    entry = import_for(request.actor, import_id)
    note_reading(by=request.actor, deed="ledger.read_import", subject=entry.file_name, detail={"import": str(entry.id)})
    context = {
        "entry": entry,
        "sheets": sheets_of(entry),
        "rows": entry.set_aside.all()[:SHOWN_ROWS],
        "set_aside": entry.set_aside.count(),
        "brings": any(count["made"] for count in entry.counts.values()),
        "waits": entry.stage in {Import.Stage.CHECKING, Import.Stage.TAKING},
    }
    return render(request, "ledger/import.html#state" if request.htmx else "ledger/import.html", context)


@importers
def set_aside(request: StaffRequest, import_id: uuid.UUID) -> HttpResponse:
    """The rows set aside, as a workbook to mend and import again."""
    entry = import_for(request.actor, import_id)
    note_reading(by=request.actor, deed="ledger.read_set_aside", subject=entry.file_name)
    return HttpResponse(
        mending_book(set_aside_of(entry)),
        content_type=WORKBOOK,
        headers={"Content-Disposition": 'attachment; filename="set-aside.xlsx"', "Cache-Control": "no-store"},
    )


@staff_page(Permission.LEDGER_FILE_EXPORT)
def give_out(request: StaffRequest) -> HttpResponse:
    """The ledger of one's own organisations as a workbook that could come in again."""
    form = GiveOutForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "ledger/give_out.html", {"form": form}, status=422 if form.is_bound else 200)
    book = giving_out.give_out(by=request.actor, **form.cleaned_data)
    headers = {"Content-Disposition": 'attachment; filename="ledger.xlsx"', "Cache-Control": "no-store"}
    return HttpResponse(book, content_type=WORKBOOK, headers=headers)


@require_POST
@importers
def take_in(request: StaffRequest, import_id: uuid.UUID) -> HttpResponse:
    """Confirm a previewed import."""
    entry = import_for(request.actor, import_id)
    try:
        if entry.rows_in_all > LARGE_ROWS:
            receiving.mark_waiting(by=request.actor, entry=entry, stage=Import.Stage.TAKING)
            jobs.take_in_later(request.actor.id, entry.id)
        elif receiving.take_in(by=request.actor, entry=entry):
            messages.success(request, _("取り込みました。"))
    except receiving.WrongStage as error:
        messages.error(request, translated(error))
    return redirect("ledger:import", import_id)


@require_POST
@importers
def give_up(request: StaffRequest, import_id: uuid.UUID) -> HttpResponse:
    """Do not import after all."""
    try:
        receiving.give_up(by=request.actor, entry=import_for(request.actor, import_id))
        messages.success(request, _("取りやめました。何も書き込んでいません。"))
        return redirect("ledger:imports")
    except receiving.WrongStage as error:
        messages.error(request, translated(error))
        return redirect("ledger:import", import_id)


@require_POST
@importers
def take_back(request: StaffRequest, import_id: uuid.UUID) -> HttpResponse:
    """Undo an import as a whole."""
    try:
        undo(by=request.actor, entry=import_for(request.actor, import_id))
        messages.success(request, _("取り込みを、まるごと取り消しました。"))
    except (NotUndoable, receiving.WrongStage) as error:
        messages.error(request, translated(error))
    return redirect("ledger:import", import_id)
