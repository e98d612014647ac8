"""Where help is lacking, for those who coordinate or supervise."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import note_listing
from engawa.office.casework.load.queries import organisations_answered_for
from engawa.office.casework.maps.gaps import Gap, gaps_of
from engawa.ui.figures import Figure, draw

# Pixels of the figure: at least, and for each kind of need.
NARROWEST, FOR_EACH = 560, 90


@staff_page(Permission.CASEWORK_GRANT_GIVE)
def gaps(request: StaffRequest) -> HttpResponse:
    """Needs that nobody carries, kind by kind, in each organisation that the actor answers for."""
    shown: list[dict[str, Any]] = []
    for organisation in organisations_answered_for(request.actor):
        found = gaps_of(organisation)
        shown.append({"organisation": organisation, "gaps": found, "figure": _figure(organisation, found)})
    named = (case for one in shown for gap in one["gaps"] for case in gap.cases)
    note_listing(request.actor, "casework.list_gaps", named)
    return render(request, "casework/gaps/list.html", {"shown": shown})


def _figure(organisation: Organisation, found: list[Gap]) -> Figure | None:
    if not found:
        return None
    return draw(
        kind="bar",
        caption=_("%(name)s：課題とつなぎ先") % {"name": organisation.name},
        labels=[gap.kind for gap in found],
        series={
            _("課題"): [gap.needs for gap in found],
            _("つなぎ先がない"): [gap.bare for gap in found],
            _("うち家族"): [gap.family_bare for gap in found],
        },
        unit=_("件"),
        head=_("課題の種類"),
        width=max(NARROWEST, len(found) * FOR_EACH),
    )
