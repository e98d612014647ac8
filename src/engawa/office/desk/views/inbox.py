"""The inbox: who waits, since when, and who is next."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from engawa.kernel import clock
from engawa.kernel.live import ticket_for
from engawa.office.access.actors import Actor
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.access.upstairs import names_of
from engawa.office.audit.actions import note_listing
from engawa.office.desk import queries as desk
from engawa.office.desk.models import Appointment
from engawa.office.talks import queries
from engawa.office.talks.actions import desks
from engawa.office.talks.models import Talk
from engawa.office.talks.queries import Tab
from engawa.post.letters import tidy

LABELS = {Tab.WAITING: _("待っている"), Tab.MINE: _("わたしの"), Tab.LEFT: _("置き手紙"), Tab.ALL: _("すべて")}


@dataclass(frozen=True)
class TabEntry:
    """One tab as the design system shows it."""

    label: str | Promise
    url: str
    here: bool
    count: int | None


@staff_page(Permission.DESK_TALK_READ)
@require_safe
def inbox(request: StaffRequest) -> HttpResponse:
    """The list alone, beside it a place to sit."""
    context = inbox_context(request)
    if context["words"]:
        _note(request, "desk.search", context["rows"])
    elif not request.htmx:  # the open page asks for its list again and again
        _note(request, "desk.read_inbox", context["rows"])
    return render(request, "desk/inbox.html" if request.htmx else "desk/desk.html", context)


def _note(request: StaffRequest, deed: str, rows: list[desk.Waiting]) -> None:
    """Note which talks the list showed, and which cases these and the promises belong to."""
    talks = [row.talk for row in rows if row.talk]
    promised = [row.appointment.case.number for row in rows if row.appointment and row.appointment.case]
    cases = names_of(talk.case_id for talk in talks if talk.case_id)
    numbers = [*promised, *(case.number for case in cases.values())]
    note_listing(by=request.actor, deed=deed, numbers=numbers, talks=[str(talk.pk) for talk in talks])


@staff_page(Permission.DESK_TALK_REPLY)
@require_safe
def who_is_next(request: StaffRequest) -> HttpResponse:
    """To the talk or the promise that has waited longest and that nobody holds."""
    row = desk.next_in_line(request.actor)
    if row and row.talk:
        return redirect("desk:talk", row.talk.pk)
    if row and row.appointment:
        return redirect("desk:appointment", row.appointment.pk)
    messages.info(request, gettext("いま、待っている人はいません。"))
    return redirect("desk:inbox")


@staff_page(Permission.DESK_TALK_REPLY, unattended=True)
@require_POST
def presence(request: StaffRequest) -> HttpResponse:
    """The inbox is open: a sign of life, every minute."""
    desks.be_present(by=request.actor)
    return HttpResponse(status=204)


def inbox_context(
    request: StaffRequest, talk: Talk | None = None, appointment: Appointment | None = None
) -> dict[str, Any]:
    """What the list pane and the page around it need."""
    actor, words = request.actor, tidy(request.GET.get("q", ""))
    tab = _tab(request.GET.get("tab", ""))
    rows = desk.found_rows(actor, words) if words else desk.inbox_rows(actor, tab, before=_before(request))
    shown = talk or appointment
    opened = shown.pk if shown else _opened(request)
    return {
        "rows": rows,
        "older": rows[-1].since if tab is Tab.ALL and not words and len(rows) == queries.PAGE else None,
        "tab": tab,
        "words": words,
        "tabs": _tabs(actor, None if words else tab),
        "opened": opened,
        "list_url": _url(tab=tab, q=words, open=opened or ""),
        "present": queries.present_at(actor.organisations_with(Permission.DESK_TALK_REPLY)),
        "live_ticket": ticket_for(_topics(actor, talk)),
        "now": clock.now(),
    }


def _topics(actor: Actor, talk: Talk | None) -> list[str]:
    organisations = actor.organisations_with(Permission.DESK_TALK_READ)
    return [
        *(f"desk:{one}" for one in organisations),
        f"staff:{actor.id}",
        *([f"talk:{talk.pk}"] if talk else []),
    ]


def _tabs(actor: Actor, here: Tab | None) -> list[TabEntry]:
    counts = desk.inbox_counts(actor)
    return [TabEntry(LABELS[tab], _url(tab=tab), tab is here, counts.get(tab)) for tab in Tab]


def _url(**query: object) -> str:
    return f"{reverse('desk:inbox')}?{urlencode({key: str(value) for key, value in query.items() if value})}"


def _tab(name: str) -> Tab:
    return Tab(name) if name in set(Tab) else Tab.WAITING


def _before(request: StaffRequest) -> dt.datetime | None:
    try:
        found = parse_datetime(request.GET.get("before", ""))
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _opened(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("open", ""))
    except ValueError:
        return None
