"""One's alerts."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.alerts import actions
from engawa.office.alerts.queries import alert_for, alerts_of
from engawa.office.audit.actions import note_listing

SHOWN = 100


@staff_page()
@require_safe
def alert_list(request: StaffRequest) -> HttpResponse:
    alerts = list(alerts_of(request.actor)[:SHOWN])
    numbers = [alert.number for alert in alerts if alert.number]
    note_listing(by=request.actor, deed="alerts.read", numbers=numbers)
    return render(request, "alerts/list.html", {"alerts": alerts})


@staff_page(unattended=True)
@require_safe
def bell(request: StaffRequest) -> HttpResponse:
    return render(request, "alerts/bell.html")


@staff_page()
@require_POST
def read(request: StaffRequest, pk: UUID) -> HttpResponse:
    alert = alert_for(request.actor, pk)
    actions.read_alert(by=request.actor, alert_id=alert.pk)
    return redirect(alert.path or "alerts:list")


@staff_page()
@require_POST
def read_all(request: StaffRequest) -> HttpResponse:
    actions.read_all(by=request.actor)
    return redirect("alerts:list")
