"""The timeline's own sources: contacts, states, talks and handovers."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Case as Choose
from django.db.models import Exists, F, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.kernel.asked import asked_often
from engawa.kernel.clock import JAPAN
from engawa.kernel.words import translated
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import grants_in_force
from engawa.office.casework.cases.models import Case, CaseState, CaseTalk, Handover, Requester, Standing
from engawa.office.casework.households.models import Member
from engawa.office.casework.timeline.models import Contact, ContactCode, Counterpart, Method
from engawa.office.casework.timeline.rules import Passage, Piece, compare, facts_of, quotes_of, told_apart
from engawa.office.casework.timeline.sources import Moment, Wish, register

Row = TypeVar("Row")

STEPS_SHOWN = 8
CARRIED_FOR, MOST_CARRIED = dt.timedelta(days=30), 200
TONES = {"closed": "ok", "handed_over": "info", "reopened": "wait"}


@register(
    "contact",
    _("対応"),
    narrows=("worker", "method", "counterpart", "member"),
    writers=lambda case: [Contact.objects.filter(case=case).values_list("by")],
)
def contacts(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Contacts, with the method, counterpart, member of the household and worker that are wished for.

    Those that were taken back are told as such: what once stood in the story does not vanish from it.
    """
    newest = _contacts(case.pk, wish)
    labels = labels_for(case) if newest else {}
    # The resolver takes longer for an address than the rest of a moment; those of one story differ in their end alone.
    place = reverse("casework:correct", args=[case.number, UUID(int=0)])
    yield from (
        _of_contact(case, contact, labels, place.replace(str(UUID(int=0)), str(contact.pk))) for contact in newest
    )
    yield from (_of_taken_back(past) for past in _taken_back(case.pk, wish))


@asked_often
def _contacts(case: UUID, wish: Wish) -> QuerySet[Contact]:
    return _wished(Contact.objects.filter(case=case), wish).select_related("by")


@asked_often
def _taken_back(case: UUID, wish: Wish) -> QuerySet[Any]:
    gone = _past().filter(case=case, pgh_label="delete")
    gone = gone.exclude(Exists(Contact.objects.filter(pk=OuterRef("pgh_obj_id"))))
    return _wished(gone, wish).select_related("corrected_by")


def _past() -> QuerySet[Any]:
    return QuerySet(apps.get_model("casework", "ContactPast"))


def _wished(rows: QuerySet[Any], wish: Wish) -> QuerySet[Any]:
    """The newest contacts among the rows, or among their past, with what is wished for."""
    rows = wish.among(rows)
    if wish.method:
        rows = rows.filter(method=wish.method)
    if wish.counterpart:
        rows = rows.filter(Q(counterpart=wish.counterpart) | Q(also_with__contains=[wish.counterpart]))
    if wish.member:
        rows = rows.filter(members__contains=[wish.member])
    return rows.order_by("-on", F("at").desc(nulls_first=True), "-recorded_at")[: wish.most]


def labels_for(case: Case) -> dict[Any, str]:
    """How the codes and the members of the household that a case's contacts name are called."""
    codes: dict[Any, str] = {code: translated(label) for code, label in _codes()}
    return codes | members_called(case)


@asked_often
def _codes() -> QuerySet[ContactCode, tuple[str, str]]:
    return ContactCode.objects.values_list("code", "label")


def members_called(case: Case) -> dict[UUID, str]:
    """What the members of the case's household are called: the 本人 as the case is, others 母 or 兄, else by name."""
    own = case.called or gettext("本人")
    named = {one.pk: translated(one.called) or one.name or gettext("名のわからない人") for one in members_of(case)}
    return named | {pk: own for pk in named if pk == case.member_id}


def members_of(case: Case) -> list[Member]:
    """The members of the case's household; none where it has no household."""
    return _members(case.household_id) if case.household_id else []


@asked_often
def _members(household: UUID) -> QuerySet[Member]:
    return Member.objects.filter(household=household)


def _of_contact(case: Case, contact: Contact, labels: dict[Any, str], url: str) -> Moment:
    return Moment(
        kind="contact",
        on=contact.on,
        at=contact.at,
        order=contact.recorded_at,
        title=title_of(contact),
        passages=tuple(passages_of(contact)),
        tags=tuple(labels.get(one, str(one)) for one in (*contact.members, *contact.codes)),
        who="・".join(filter(None, [contact.shown_writer, contact.place])),
        tone="wait" if contact.urgent else "plain",
        note=contact.correction_reason,
        note_url=reverse("casework:versions", args=[case.number, contact.pk]) if contact.corrected_at else "",
        url=url,
        url_label=gettext("直す"),
    )


def _of_taken_back(past: Any) -> Moment:
    return Moment(
        kind="contact",
        on=past.on,
        at=past.at,
        order=past.recorded_at,
        title=gettext("取り消した対応：%(what)s") % {"what": title_of(past)},
        passages=tuple(passages_of(past)),
        who=_name(past.corrected_by),
        note=past.correction_reason,
    )


def method_and_present(contact: Contact) -> str:
    """電話・本人・家族: the method, and everybody it was with."""
    present = [contact.counterpart, *(one for one in contact.also_with if one != contact.counterpart)]
    words = [Method(contact.method).label, *(Counterpart(one).label for one in present)]
    return "・".join(str(word) for word in words)


def title_of(contact: Contact) -> str:
    """Method, everybody it was with, and how long it took."""
    title = method_and_present(contact)
    if contact.urgent:
        title = gettext("至急 %(what)s") % {"what": title}
    if contact.minutes is None:
        return title
    return gettext("%(what)s（%(minutes)s分）") % {"what": title, "minutes": contact.minutes}


def passages_of(contact: Contact) -> Iterator[Passage]:
    """What a contact tells: own words first, then facts, what others told, and what the worker makes of it."""
    yield from quotes_of(contact.own_words)
    yield from facts_of(contact.content)
    yield from (Passage(kind, text) for kind in ("hearsay", "opinion") if (text := getattr(contact, kind)))
    if contact.next_step:
        yield Passage("next", contact.next_step, f"{contact.next_on:%Y-%m-%d}" if contact.next_on else "")


@register("state", _("状態"), writers=lambda case: [CaseState.objects.filter(case=case).values_list("by")])
def states(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """The case was received, closed, handed over, reopened."""
    for row in states_of(case):
        if wish.worker not in (None, row.by_id):
            continue
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


@register(
    "talk",
    _("やりとり"),
    narrows=("worker", "member"),
    writers=lambda case: [CaseTalk.objects.filter(case=case).values_list("by")],
)
def talks(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Talks that belong to the case; each is read on a page of its own. Of members only the 本人 is known to talk."""
    for link in talks_of(case):
        if wish.member and not (wish.is_own(case) and link.talk.requester == Requester.SELF):
            continue
        if wish.worker not in (None, link.by_id):
            continue
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


@register(
    "handover",
    _("引継ぎ"),
    writers=lambda case: [
        Handover.objects.filter(case=case).values_list("offered_by"),
        Handover.objects.filter(case=case).values_list("answered_by"),
    ],
)
def handovers(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Offers to other organisations, and their answers."""
    for row in handovers_of(case):
        if wish.worker in (None, row.offered_by_id, row.answered_by_id):
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


def states_of(case: Case) -> list[CaseState]:
    """Every change of state, the first one first."""
    return _once(case, _states)


def talks_of(case: Case) -> list[CaseTalk]:
    """Every talk that belongs to the case, the one with the latest word first."""
    return _once(case, _talks)


def handovers_of(case: Case) -> list[Handover]:
    """Every offer to another organisation, the latest first."""
    return _once(case, _handovers)


def _once(case: Case, ask: Callable[[UUID], list[Row]]) -> list[Row]:
    """The case's rows, asked for once: the timeline tells them, and so does what stands beside it."""
    known: dict[object, list[Row]] = vars(case).setdefault("asked", {})
    if ask not in known:
        known[ask] = ask(case.pk)
    return known[ask]


@asked_often
def _states(case: UUID) -> QuerySet[CaseState]:
    return CaseState.objects.filter(case=case).select_related("by")


@asked_often
def _talks(case: UUID) -> QuerySet[CaseTalk]:
    return CaseTalk.objects.filter(case=case).select_related("talk", "by").order_by("-talk__last_word_at")


@asked_often
def _handovers(case: UUID) -> QuerySet[Handover]:
    rows = Handover.objects.filter(case=case).select_related("giver", "taker", "offered_by", "answered_by")
    return rows.order_by("-offered_at")


def _name(staff: Staff | None) -> str:
    return staff.name if staff else ""


def contact_in(case: Case, pk: UUID) -> Contact:
    """A contact of this case.

    Raises:
        NotAllowed: the case has none with this id.
    """
    contact = Contact.objects.filter(case=case, pk=pk).select_related("by", "corrected_by", "case").first()
    if contact is None:
        raise NotAllowed
    return contact


# What a correction may change, in the order in which it is shown.
SAID = (
    *("on", "at", "method", "counterpart", "also_with", "members", "minutes", "place", "codes"),
    *("own_words", "content", "hearsay", "opinion", "next_step", "next_on", "urgent"),
)


@dataclass(frozen=True)
class Difference:
    """One field of a contact as a correction changed it."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Correction:
    """One correction: why, by whom, when, and what it changed."""

    reason: str
    by: str
    at: dt.datetime | None
    differences: list[Difference]


def corrections_of(contact: Contact) -> list[Correction]:
    """Every correction of a contact with what it changed, the newest first."""
    past = contact.events.select_related("corrected_by").order_by("-pgh_id")  # type: ignore[attr-defined] # pghistory's
    versions = [contact, *past]
    labels = labels_for(contact.case)
    return [
        Correction(new.correction_reason, _name(new.corrected_by), new.corrected_at, _differences(old, new, labels))
        for new, old in pairwise(versions)
    ]


def _differences(old: Any, new: Any, labels: dict[Any, str]) -> list[Difference]:
    fields = {name: Contact._meta.get_field(name) for name in SAID}  # noqa: SLF001 # public by its documentation
    return [
        Difference(translated(field.verbose_name), compare(_shown(old, name, labels), _shown(new, name, labels)))  # type: ignore[union-attr] # none is a relation
        for name, field in fields.items()
        if getattr(old, name) != getattr(new, name)
    ]


def _shown(version: Any, name: str, labels: dict[Any, str]) -> str:
    value = getattr(version, name)
    names = labels | {one: str(said) for one, said in (*Counterpart.choices, *Method.choices)}
    if isinstance(value, list):
        return "、".join(names.get(one, str(one)) for one in value)
    if isinstance(value, bool):
        return gettext("至急") if value else ""
    return names.get(value, str(value)) if name in {"method", "counterpart"} else str("" if value is None else value)


def codes_on(day: dt.date) -> QuerySet[ContactCode]:
    """What may be said of a contact of that day（内容の区分）, in the order of the list."""
    return ContactCode.objects.exclude(starts_on__gt=day).exclude(ends_on__lt=day)


def carried_cases(actor: Actor, picked: Collection[str] = ()) -> list[Case]:
    """The cases that the actor takes along when they go out: the picked ones, as far as they may write them.

    Where nothing is picked, those they lead and those they lately wrote about.
    """
    cases = _writable_cases(actor)
    return list((cases.filter(number__in=picked) if picked else cases.filter(_own(actor)))[:MOST_CARRIED])


def offered_to_carry(actor: Actor) -> list[Case]:
    """What the actor may pick to take along: their own first, then others that they may write, the newest first."""
    own = Choose(When(_own(actor), then=0), default=1)
    return list(
        _writable_cases(actor).order_by(own, F("last_contact_on").desc(nulls_last=True), "number")[:MOST_CARRIED]
    )


def _own(actor: Actor) -> Q:
    since = clock.today() - CARRIED_FOR
    return Q(lead_id=actor.id) | Q(pk__in=Contact.objects.filter(by_id=actor.id, on__gte=since).values("case"))


def _writable_cases(actor: Actor) -> QuerySet[Case]:
    writable = grants_in_force(actor, Permission.CASEWORK_CASE_EDIT).filter(case_id=OuterRef("pk"))
    cases = Case.objects.filter(Exists(writable)).exclude(state=Standing.CLOSED).select_related("person")
    return cases.order_by(F("last_contact_on").desc(nulls_last=True), "number")


def arrived(key: UUID | None) -> Contact | None:
    """The contact that was recorded under this id; one that the actor may not see is none."""
    return Contact.objects.filter(pk=key).select_related("case").first() if key else None


def was_said(contact: Contact, case: Case, said: dict[str, Any]) -> bool:
    """Whether the contact is about this case and says this, or said it before somebody corrected it."""
    meant = said | told_apart(said["content"])
    versions = [contact, *contact.events.all()]  # type: ignore[attr-defined] # pghistory's
    return contact.case_id == case.pk and any(
        all(getattr(version, name) == meant[name] for name in SAID) for version in versions
    )


@asked_often
def next_steps(case: UUID) -> QuerySet[Contact]:
    """What is to be done next and is not done, the most pressing first, undated last."""
    open_steps = Contact.objects.filter(case=case, next_done_on__isnull=True).exclude(next_step="")
    return open_steps.select_related("by").order_by(F("next_on").asc(nulls_last=True), "recorded_at")[:STEPS_SHOWN]


@asked_often
def untaken(case: UUID) -> QuerySet[Contact]:
    """Urgent contacts that nobody has taken yet, the oldest first."""
    return Contact.objects.filter(case=case, urgent=True, urgent_seen_at__isnull=True).order_by("recorded_at")


def open_steps(until: dt.date) -> QuerySet[Contact]:
    """What is to be done by ``until`` in cases that still go on, and is not done, the most pressing first."""
    steps = Contact.objects.filter(next_done_on__isnull=True, next_on__lte=until, case__state=Standing.CONTINUING)
    return steps.exclude(next_step="").select_related("case__person").order_by("next_on", "recorded_at")


def version_of(contact: Contact) -> str:
    """Names the version of a contact: when it was last corrected."""
    return contact.corrected_at.isoformat() if contact.corrected_at else "0"
