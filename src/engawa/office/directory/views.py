"""Pages for the staff who keep desks, hours and resources（窓口と広報）."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.directory import actions, queries
from engawa.office.directory.access import desk_for, organisations_for, resource_for
from engawa.office.directory.forms import ClosedDayForm, DeskForm, HoursForm, NewDeskForm, ResourceForm

editors = staff_page(Permission.DIRECTORY_DESK_EDIT)


@editors
def overview(request: StaffRequest) -> HttpResponse:
    """The desks and resources that the actor keeps."""
    desks, resources = queries.desks_now(request.actor), queries.resources_of(request.actor)
    return render(request, "directory/overview.html", {"desks": desks, "resources": resources})


@editors
def new_desk(request: StaffRequest) -> HttpResponse:
    """Set up a desk."""
    form = NewDeskForm(request.POST or None, organisations=organisations_for(request.actor))
    if request.method == "POST" and form.is_valid():
        details = form.details()
        desk = actions.open_desk(by=request.actor, organisation=details.pop("organisation"), details=details)
        messages.success(request, _("窓口をつくりました。時間を入れてから掲示してください。"))
        return redirect("directory:desk", desk.pk)
    return render(request, "directory/new_desk.html", {"form": form})


@editors
def desk(request: StaffRequest, desk_id: uuid.UUID) -> HttpResponse:
    """One desk: what it says of itself, its hours and closed days, whether it is published."""
    desk = desk_for(request.actor, desk_id)
    form = DeskForm(request.POST or None, instance=desk)
    if request.method == "POST" and form.is_valid():
        actions.edit_desk(by=request.actor, desk=desk, details=form.details())
        messages.success(request, _("窓口の内容を保存しました。"))
        return redirect("directory:desk", desk_id)
    now = queries.desk_now(desk)
    return render(request, "directory/desk.html", {"now": now, "form": form, "closing": ClosedDayForm()})


@editors
def hours(request: StaffRequest, desk_id: uuid.UUID) -> HttpResponse:
    """The opening hours of a desk, line by line."""
    desk = desk_for(request.actor, desk_id)
    form = HoursForm(request.POST or None, initial=[vars(line) for line in desk.weekly()])
    if request.method == "POST" and form.is_valid():
        actions.set_hours(by=request.actor, desk=desk, hours=form.lines())
        messages.success(request, _("時間を保存しました。"))
        return redirect("directory:desk", desk_id)
    return render(request, "directory/hours.html", {"desk": desk, "form": form})


@require_POST
@editors
def close_day(request: StaffRequest, desk_id: uuid.UUID) -> HttpResponse:
    """Close a desk on one day."""
    desk = desk_for(request.actor, desk_id)
    closing = ClosedDayForm(request.POST)
    if closing.is_valid():
        actions.close_day(by=request.actor, desk=desk, **closing.cleaned_data)
        messages.success(request, _("休みの日を加えました。"))
        return redirect("directory:desk", desk_id)
    page = {"now": queries.desk_now(desk), "form": DeskForm(instance=desk), "closing": closing}
    return render(request, "directory/desk.html", page)


@require_POST
@editors
def reopen_day(request: StaffRequest, desk_id: uuid.UUID, day: dt.date) -> HttpResponse:
    """Take a closed day back."""
    actions.reopen_day(by=request.actor, desk=desk_for(request.actor, desk_id), day=day)
    messages.success(request, _("休みの日を取り消しました。"))
    return redirect("directory:desk", desk_id)


@require_POST
@editors
def publish_desk(request: StaffRequest, desk_id: uuid.UUID) -> HttpResponse:
    """Show a desk on the porch, or take it off (``published`` is empty)."""
    desk = desk_for(request.actor, desk_id)
    if request.POST.get("published"):
        actions.publish_desk(by=request.actor, desk=desk)
        messages.success(request, _("掲示しました。"))
    else:
        actions.withdraw_desk(by=request.actor, desk=desk)
        messages.success(request, _("掲示をやめました。続いているやりとりは、そのまま続きます。"))
    return redirect("directory:desk", desk_id)


@editors
def new_resource(request: StaffRequest) -> HttpResponse:
    """Add a resource."""
    form = ResourceForm(request.POST or None, organisations=organisations_for(request.actor))
    if request.method == "POST" and form.is_valid():
        resource = actions.add_resource(by=request.actor, details=form.details())
        messages.success(request, _("社会資源を加えました。"))
        return redirect("directory:resource", resource.pk)
    return render(request, "directory/resource.html", {"form": form})


@editors
def resource(request: StaffRequest, resource_id: uuid.UUID) -> HttpResponse:
    """One resource."""
    resource = resource_for(request.actor, resource_id)
    form = ResourceForm(request.POST or None, instance=resource, organisations=organisations_for(request.actor))
    if request.method == "POST" and form.is_valid():
        actions.edit_resource(by=request.actor, resource=resource, details=form.details())
        messages.success(request, _("社会資源を保存しました。"))
        return redirect("directory:resource", resource_id)
    return render(request, "directory/resource.html", {"form": form, "resource": resource})


@require_POST
@editors
def publish_resource(request: StaffRequest, resource_id: uuid.UUID) -> HttpResponse:
    """Show a resource on the porch, or take it off (``published`` is empty)."""
    resource = resource_for(request.actor, resource_id)
    if request.POST.get("published"):
        actions.publish_resource(by=request.actor, resource=resource)
        messages.success(request, _("掲示しました。"))
    else:
        actions.withdraw_resource(by=request.actor, resource=resource)
        messages.success(request, _("掲示をやめました。"))
    return redirect("directory:resource", resource_id)
