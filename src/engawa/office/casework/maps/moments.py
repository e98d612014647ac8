"""What the timeline tells of households and support teams."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.asked import asked_often
from engawa.kernel.clock import JAPAN
from engawa.office.access.actors import AnyActor
from engawa.office.access.parts import Part
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import LifeEvent
from engawa.office.casework.maps.models import Agency
from engawa.office.casework.maps.queries import known
from engawa.office.casework.maps.sentences import called
from engawa.office.casework.timeline.sources import Moment, Wish, register


@register(
    "life",
    _("世帯の出来事"),
    part=Part.FAMILY,
    narrows=("worker", "member"),
    writers=lambda case: [LifeEvent.objects.filter(household__cases=case).values_list("by")],
)
def events(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """What happened in the household, or to the member who is asked for."""
    for event in _events(case.household_id, wish) if case.household_id else []:
        who = called(known(event.member, own=event.member_id == case.member_id, case=case)) if event.member else ""
        title = "：".join(filter(None, [who or gettext("世帯"), event.kind.name]))
        yield Moment(
            kind="life",
            on=event.on,
            order=event.recorded_at,
            title=gettext("%(what)s（おおよその日）") % {"what": title} if event.about else title,
            body=event.words,
            who=event.shown_writer,
            tone="wait",
            url=reverse("casework:life_event", args=[case.number, event.pk]),
            url_label=gettext("直す"),
        )


@asked_often
def _events(household: UUID, wish: Wish) -> QuerySet[LifeEvent]:
    rows = wish.among(LifeEvent.objects.filter(household=household))
    if wish.member:
        rows = rows.filter(member=wish.member)
    return rows.select_related("kind", "member__person", "by").order_by("-on", "-recorded_at")[: wish.most]


@register("team", _("支援チーム"), part=Part.FAMILY, narrows=())
def team(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Agencies joined the team, and left it."""
    url = reverse("casework:support", args=[case.number])
    for agency in _agencies(case.pk, wish):
        order = case.opened_at.astimezone(JAPAN)
        joined = gettext("%(who)sが支援チームに加わった（%(role)s）")
        said = joined % {"who": agency.called, "role": agency.get_role_display()}
        label = gettext("支援の輪")
        yield Moment("team", agency.since, order, said, body=agency.note, tone="info", url=url, url_label=label)
        if agency.until:
            left = gettext("%(who)sが支援チームを離れた") % {"who": agency.called}
            yield Moment("team", agency.until, order, left, url=url, url_label=label)


@asked_often
def _agencies(case: UUID, wish: Wish) -> QuerySet[Agency]:
    agencies = wish.among(Agency.objects.filter(case=case), on="since").select_related("organisation")
    return agencies.order_by(F("until").desc(nulls_first=True), "-since")[: wish.most]
