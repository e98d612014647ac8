"""What the desk's page shows: who and what waits, and what stands around a talk."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from engawa.kernel import clock
from engawa.kernel.asked import asked_often, counted_often
from engawa.kernel.hours import Opening
from engawa.kernel.words import Words
from engawa.office.access.actors import Actor, AnyActor
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import visible_cases
from engawa.office.casework.cases.models import Case
from engawa.office.casework.load.models import Passing
from engawa.office.casework.timeline.models import Contact, Method
from engawa.office.desk import rules
from engawa.office.desk.access import appointments_at_my_desks
from engawa.office.desk.models import Appointment
from engawa.office.directory.models import Desk, Resource
from engawa.office.talks.models import Talk
from engawa.office.talks.queries import Tab, counts, days_of, earlier_talks, inbox, search, waiting_count
from engawa.office.talks.rules import Day

_SHOWN = 4
_MOST_PROMISES = 100


@dataclass(frozen=True)
class ChatDay:
    """One day of a talk, and whether it stands in the case as a contact already."""

    day: Day
    recorded: bool


def case_of(actor: Actor, talk: Talk) -> Case | None:
    """The case that carries the talk, if the actor may see it."""
    return visible_cases(actor).filter(pk=talk.case_id).first() if talk.case_id else None


def case_of_the_seat(actor: Actor, talk: Talk) -> Case | None:
    """A case that carries an earlier talk of the same seat: probably the one this talk belongs to."""
    known = [earlier.case_id for earlier in earlier_talks(actor, talk) if earlier.case_id]
    return visible_cases(actor).filter(pk__in=known).order_by("-received_on").first() if known else None


def chat_days(talk: Talk, case: Case | None) -> list[ChatDay]:
    """The days of the talk, newest first."""
    written = set(Contact.objects.filter(case=case, method=Method.CHAT).values_list("on", flat=True)) if case else set()
    return [ChatDay(day, day.on in written) for day in reversed(days_of(talk))]


def later_work(import_id: UUID) -> dict[str, int]:
    """What was promised to the cases of an import; empty when nothing was."""
    count = Appointment.objects.filter(case__in=Case.objects.filter(import_id=import_id)).count()
    return {Words("折返し・面談予約"): count} if count else {}


def offers() -> QuerySet[Resource]:
    """A few things that a counsellor may tell a visitor about, those that can be joined from home first."""
    return Resource.objects.filter(published=True).order_by("-online", "kind", "reading")[:_SHOWN]


def desks_where(actor: Actor, permission: Permission) -> QuerySet[Desk]:
    """The desks of the organisations in which the actor holds the permission."""
    return Desk.objects.filter(organisation_id__in=actor.organisations_with(permission))


@dataclass(frozen=True)
class Waiting:
    """One row of the inbox: a talk, or a promise that is to be kept today."""

    since: dt.datetime
    talk: Talk | None = None
    appointment: Appointment | None = None

    @property
    def free(self) -> bool:
        """Whether nobody holds it."""
        held = self.talk or self.appointment
        return held is not None and held.claimed_by_id is None


def inbox_rows(actor: Actor, tab: Tab, *, before: dt.datetime | None = None) -> list[Waiting]:
    """A page of the inbox.

    Talks that worry somebody stand first. What waits stands in one order, talks and promises: by the moment since
    which, or from which, somebody waits.
    """
    talks = inbox(actor, tab, before=before)
    if tab not in (Tab.WAITING, Tab.MINE):
        return _rows(talks)
    due = _due_until(actor, midnight(), own=tab is Tab.MINE)
    promises = [Waiting(one.starts_at or one.ends_at, appointment=one) for one in due]
    worries = [talk for talk in talks if talk.worry_id]
    waiting = [talk for talk in talks if talk.waiting_since and not talk.worry_id]
    others = [talk for talk in talks if not talk.waiting_since and not talk.worry_id]
    return _rows(worries) + sorted([*_rows(waiting), *promises], key=lambda row: row.since) + _rows(others)


@asked_often
def _due_until(actor: Actor, end: dt.datetime, *, own: bool) -> QuerySet[Appointment]:
    due = due_until(actor, end)
    return (due.filter(claimed_by_id=actor.id) if own else due)[:_MOST_PROMISES]


def found_rows(actor: Actor, words: str) -> list[Waiting]:
    """Talks in which something was said that contains ``words``."""
    return _rows(search(actor, words))


def _rows(talks: list[Talk]) -> list[Waiting]:
    return [Waiting(talk.waiting_since or talk.last_word_at, talk=talk) for talk in talks]


def inbox_counts(actor: Actor) -> dict[Tab, int]:
    """How many rows stand in each tab but the last."""
    due = (
        due_until(actor, midnight())
        .order_by()
        .aggregate(all=Count("pk"), mine=Count("pk", filter=Q(claimed_by_id=actor.id)))
    )
    found = counts(actor)
    return found | {Tab.WAITING: found[Tab.WAITING] + due["all"], Tab.MINE: found[Tab.MINE] + due["mine"]}


def waiting_here(actor: Actor) -> int:
    """How many talks and promises wait at the actor's desks; for the navigation."""
    return waiting_count(actor) + _count_due(actor, midnight())


@counted_often
def _count_due(actor: Actor, end: dt.datetime) -> QuerySet[Appointment]:
    return due_until(actor, end)


def next_in_line(actor: Actor) -> Waiting | None:
    """Who is next: of what nobody holds, the one that has waited longest; a promise waits from its time on."""
    now = clock.now()
    return next((row for row in inbox_rows(actor, Tab.WAITING) if row.free and row.since <= now), None)


def open_appointments(actor: Actor) -> QuerySet[Appointment]:
    """What the actor's organisations have promised and not kept, the most pressing first."""
    ahead = appointments_at_my_desks(actor).filter(settled_at__isnull=True)
    return ahead.order_by(Coalesce("starts_at", "ends_at"), "promised_at")


def midnight() -> dt.datetime:
    """When today ends."""
    return dt.datetime.combine(clock.today() + dt.timedelta(days=1), dt.time(), clock.JAPAN)


def due_until(actor: Actor, end: dt.datetime) -> QuerySet[Appointment]:
    """What is to be kept before ``end``, and what should have been kept long ago."""
    return open_appointments(actor).filter(ends_at__lt=end)


@asked_often
def due_for(actor: Actor, end: dt.datetime, most: int) -> QuerySet[Appointment]:
    """What is due before ``end`` and waits for the actor: nobody took it, or they did, or who passed them the case."""
    passed = Passing.objects.filter(case=OuterRef("case"), giver=OuterRef("claimed_by"), at__gte=OuterRef("claimed_at"))
    taken_over = Q(Exists(passed), case__lead_id=actor.id)
    mine = Q(claimed_by=None) | Q(claimed_by_id=actor.id) & ~Exists(passed) | taken_over
    return due_until(actor, end).filter(mine)[:most]


def appointments_of(case: Case) -> QuerySet[Appointment]:
    """The promises of one case, those still open first, then the newest. Ask for the case's course first."""
    related = Appointment.objects.filter(case=case).select_related("claimed_by", "promised_by", "settled_by", "case")
    return related.order_by(F("settled_at").desc(nulls_first=True), "ends_at")


def promised_in(actor: Actor, talk: Talk) -> QuerySet[Appointment]:
    """What was promised in a talk and is still to be kept."""
    return open_appointments(actor).filter(talk=talk)


def count_open(_actor: AnyActor, case: Case) -> int:
    """How many promises of a case are still to be kept; for its tab."""
    return _count_open(case.pk)


@counted_often
def _count_open(case: UUID) -> QuerySet[Appointment]:
    return Appointment.objects.filter(case=case, settled_at__isnull=True)


def offer_of(talk: Talk) -> str:
    """Words that tell the visitor of a talk when its desk is open and free for a call or a meeting."""
    desk, now = talk.desk, clock.now()
    meetings = Appointment.objects.filter(
        organisation_id=desk.organisation_id, kind=Appointment.Kind.MEETING, settled_at__isnull=True, ends_at__gt=now
    )
    taken = [
        Opening(one.starts_at.astimezone(clock.JAPAN), one.ends_at.astimezone(clock.JAPAN))
        for one in meetings
        if one.starts_at
    ]
    free = rules.free_openings(now, desk.weekly(), desk.closed_dates(), taken)
    return rules.offer_words(free, desk.phone, talk.language)
