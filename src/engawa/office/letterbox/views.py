"""Pages for whoever runs the system: letters that were set aside. They show reasons, never words."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.letterbox import actions, queries
from engawa.office.letterbox.access import envelope_for, letter_for
from engawa.office.letterbox.wording import meaning_of

settlers = staff_page(Permission.LETTERBOX_LETTER_SETTLE)


@settlers
def aside(request: StaffRequest) -> HttpResponse:
    """Envelopes and letters that wait for a decision, each with its reason."""
    envelopes = [(row, meaning_of(row.reason)) for row in queries.envelopes_aside(request.actor)]
    letters = [(row, meaning_of(row.set_aside)) for row in queries.letters_aside(request.actor)]
    return render(request, "letterbox/aside.html", {"envelopes": envelopes, "letters": letters})


@require_POST
@settlers
def retry_envelope(request: StaffRequest, envelope_id: uuid.UUID) -> HttpResponse:
    envelope = envelope_for(request.actor, envelope_id)
    reason = actions.retry_envelope(by=request.actor, envelope_id=envelope.id)
    if reason:
        messages.warning(request, _("まだ受け取れません。便りは取り置いたままです。") + meaning_of(reason))
    else:
        messages.success(request, _("便りを受け取りました。"))
    return redirect("letterbox:aside")


@require_POST
@settlers
def settle_envelope(request: StaffRequest, envelope_id: uuid.UUID) -> HttpResponse:
    envelope = envelope_for(request.actor, envelope_id)
    actions.settle_envelope(by=request.actor, envelope_id=envelope.id)
    messages.success(request, _("対応済みにしました。便りは消さずに残してあります。"))
    return redirect("letterbox:aside")


@require_POST
@settlers
def retry_letter(request: StaffRequest, letter_id: uuid.UUID) -> HttpResponse:
    actions.retry_letter(by=request.actor, letter_id=letter_for(request.actor, letter_id).id)
    messages.success(request, _("もう一度届けます。"))
    return redirect("letterbox:aside")


@require_POST
@settlers
def settle_letter(request: StaffRequest, letter_id: uuid.UUID) -> HttpResponse:
    actions.settle_letter(by=request.actor, letter_id=letter_for(request.actor, letter_id).id)
    messages.success(request, _("対応済みにしました。便りは消さずに残してあります。"))
    return redirect("letterbox:aside")
