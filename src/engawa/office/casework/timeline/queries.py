"""The timeline's own sources: contacts, states, talks and handovers."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.clock import JAPAN
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.casework.cases.models import Case, CaseState, Handover
from engawa.office.casework.timeline.models import Contact
from engawa.office.casework.timeline.sources import Moment, Wish, register

TONES = {"closed": "ok", "handed_over": "info", "reopened": "wait"}


@register("contact", _("対応"))
def contacts(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Contacts, with the method and the worker that are wished for."""
    rows = Contact.objects.filter(case=case).select_related("by", "corrected_by")
    if wish.method:
        rows = rows.filter(method=wish.method)
    if wish.worker:
        rows = rows.filter(by_id=wish.worker)
    newest = rows.order_by("-on", F("at").desc(nulls_first=True), "-recorded_at")[: wish.most]
    return (_of_contact(case, contact) for contact in newest)


def _of_contact(case: Case, contact: Contact) -> Moment:
    title = f"{contact.get_method_display()}・{contact.get_counterpart_display()}"
    if contact.minutes is not None:
        title = gettext("%(what)s（%(minutes)s分）") % {"what": title, "minutes": contact.minutes}
    return Moment(
        kind="contact",
        on=contact.on,
        at=contact.at,
        order=contact.recorded_at,
        title=title,
        body=contact.content,
        who=_name(contact.by),
        note=contact.correction_reason,
        url=reverse("casework:correct", args=[case.number, contact.pk]),
        url_label=gettext("直す"),
    )


@register("state", _("状態"))
def states(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """The case was received, closed, handed over, reopened."""
    if wish.method:
        return
    rows = CaseState.objects.filter(case=case).select_related("by")
    if wish.worker:
        rows = rows.filter(by_id=wish.worker)
    for row in rows:
        what = "：".join(filter(None, [row.get_state_display(), row.reason or row.destination]))
        yield Moment(
            kind="state",
            on=row.effective_on,
            order=row.recorded_at,
            title=what,
            body=row.note,
            who=_name(row.by),
            tone=TONES[row.state],
        )
    if not wish.worker:
        title = gettext("%(desk)sで相談を受けた") % {"desk": case.desk.name}
        yield Moment(kind="state", on=case.received_on, order=case.opened_at, title=title, tone="info")


@register("talk", _("やりとり"))
def talks(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Talks that belong to the case; each is read on a page of its own."""
    if wish.method:
        return
    links = case.talk_links.select_related("talk", "by")
    if wish.worker:
        links = links.filter(by_id=wish.worker)
    for link in links.order_by("-talk__last_word_at")[: wish.most]:
        last = link.talk.last_word_at.astimezone(JAPAN)
        name = link.talk.handle or gettext("名のらない人")
        yield Moment(
            kind="talk",
            on=last.date(),
            at=last.time(),
            order=link.linked_at,
            title=gettext("%(name)s とのやりとり") % {"name": name},
            body=link.talk.topic,
            who=_name(link.by),
            url=reverse("casework:talk", args=[case.number, link.talk_id]),
            url_label=gettext("読む"),
        )


@register("handover", _("引継ぎ"))
def handovers(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Offers to other organisations, and their answers."""
    if wish.method:
        return
    rows: QuerySet[Handover] = case.handovers.select_related("giver", "taker", "offered_by", "answered_by")
    if wish.worker:
        rows = rows.filter(offered_by_id=wish.worker)
    for row in rows.order_by("-offered_at")[: wish.most]:
        yield from _of_handover(row)


def _of_handover(row: Handover) -> Iterator[Moment]:
    url = reverse("casework:handover", args=[row.pk])
    offered = row.offered_at.astimezone(JAPAN)
    title = gettext("%(taker)sに引継ぎを打診") % {"taker": row.taker.name}
    who = _name(row.offered_by)
    yield Moment(
        "handover", offered.date(), offered, title, offered.time(), row.package, who, url=url, url_label=gettext("開く")
    )
    if row.answered_at:
        answered = row.answered_at.astimezone(JAPAN)
        title = gettext("引継ぎを受けた") if row.accepted else gettext("引継ぎは行われなかった")
        who = _name(row.answered_by)
        yield Moment("handover", answered.date(), answered, title, answered.time(), row.answer, who)


def _name(staff: Staff | None) -> str:
    return staff.name if staff else ""


def contact_in(case: Case, pk: UUID) -> Contact:
    """A contact of this case.

    Raises:
        NotAllowed: the case has none with this id.
    """
    contact = Contact.objects.filter(case=case, pk=pk).select_related("by", "corrected_by").first()
    if contact is None:
        raise NotAllowed
    return contact


def past_of(contact: Contact) -> QuerySet[Any]:
    """The versions of a contact before its corrections, the newest first."""
    past: QuerySet[Any] = contact.events.order_by("-pgh_created_at")  # type: ignore[attr-defined] # made by pghistory
    return past


def workers_of(case: Case) -> QuerySet[Staff]:
    """Who has recorded contacts about the case, in reading order."""
    return Staff.objects.filter(pk__in=Contact.objects.filter(case=case).values("by")).order_by("reading", "name")


def version_of(contact: Contact) -> str:
    """Names the version of a contact: when it was last corrected."""
    return contact.corrected_at.isoformat() if contact.corrected_at else ""
