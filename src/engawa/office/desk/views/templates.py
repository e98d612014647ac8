"""The reply texts（定型文）that desks keep ready."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.desk.forms import TemplateForm
from engawa.office.desk.queries import desks_where
from engawa.office.talks.actions import desks
from engawa.office.talks.models import Template

EDIT = Permission.DESK_TEMPLATE_EDIT


@staff_page(EDIT)
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """All texts of the desks whose texts the actor may edit."""
    editable = desks_where(request.actor, EDIT).filter(takes_talks=True).prefetch_related("templates")
    return render(request, "desk/templates.html", {"desks": editable})


@staff_page(EDIT)
@require_http_methods(["GET", "POST"])
def keep(request: StaffRequest, desk_id: UUID, template_id: UUID | None = None) -> HttpResponse:
    """Write a new text, or change one."""
    desk = get_object_or_404(desks_where(request.actor, EDIT), pk=desk_id)
    kept = get_object_or_404(Template, pk=template_id, desk=desk) if template_id else None
    form = TemplateForm(request.POST or None, initial={"title": kept.title, "body": kept.body} if kept else None)
    if request.method == "POST" and form.is_valid():
        desks.keep_template(by=request.actor, desk=desk, template=kept, **form.cleaned_data)
        messages.success(request, _("定型文を保存しました。"))
        return redirect("desk:templates")
    context = {"form": form, "desk": desk, "kept": kept}
    return render(request, "desk/template.html", context, status=422 if form.errors else 200)


@staff_page(EDIT)
@require_POST
def drop(request: StaffRequest, desk_id: UUID, template_id: UUID) -> HttpResponse:
    """Take a text away."""
    desk = get_object_or_404(desks_where(request.actor, EDIT), pk=desk_id)
    desks.drop_template(by=request.actor, template=get_object_or_404(Template, pk=template_id, desk=desk))
    messages.success(request, _("定型文を消しました。"))
    return redirect("desk:templates")
