"""Reads of talks: the inbox and its counts, one talk with what was said, what visitors may expect of a desk."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.utils import timezone

from engawa.kernel import clock, kana
from engawa.kernel.asked import asked_often, counted_often
from engawa.office.access.actors import Actor, AnyActor
from engawa.office.access.models import Staff
from engawa.office.access.permissions import Permission
from engawa.office.directory.models import Desk
from engawa.office.talks import rules
from engawa.office.talks.access import may
from engawa.office.talks.models import Message, Presence, ReplyDraft, Talk, Template

PAGE = 50
_FOUND_AT_MOST = 200
_PREVIEW = 80


class Tab(StrEnum):
    """The inbox by what is to be done."""

    WAITING = "waiting"
    MINE = "mine"
    LEFT = "left"
    ALL = "all"


def talks_at_my_desks(actor: Actor) -> QuerySet[Talk]:
    """Every talk of the desks where the actor may read talks."""
    return Talk.objects.filter(organisation_id__in=actor.organisations_with(Permission.DESK_TALK_READ))


# Somebody waits for an answer, or is worried about.
_WAITS = Q(waiting_since__isnull=False) | Q(worry__isnull=False)


def _conditions(actor: Actor) -> dict[Tab, Q]:
    return {
        Tab.WAITING: _WAITS,
        Tab.MINE: Q(claimed_by_id=actor.id, closed_at__isnull=True),
        # Letters left without a wish for an answer（置き手紙）that nobody has read yet.
        Tab.LEFT: Q(unread_since__isnull=False, waiting_since__isnull=True),
        Tab.ALL: Q(),
    }


_ORDER = {
    Tab.WAITING: F("waiting_since").asc(),
    Tab.MINE: F("waiting_since").asc(nulls_last=True),
    Tab.LEFT: F("unread_since").asc(),
    Tab.ALL: F("last_word_at").desc(),
}


def inbox(actor: Actor, tab: Tab, *, before: dt.datetime | None = None) -> list[Talk]:
    """One page of the inbox, each talk with the last thing the visitor said as ``preview``.

    Args:
        actor: the counsellor.
        tab: which talks.
        before: with ``Tab.ALL``, only talks whose last word is older.
    """
    return _inbox(actor, tab, before)


@asked_often
def _inbox(actor: Actor, tab: Tab, before: dt.datetime | None) -> QuerySet[Talk]:
    talks = talks_at_my_desks(actor).filter(_conditions(actor)[tab])
    if before:
        talks = talks.filter(last_word_at__lt=before)
    first = [] if tab is Tab.ALL else [F("worry__said_at").asc(nulls_last=True)]
    return _with_preview(talks).order_by(*first, _ORDER[tab], "-last_word_at")[:PAGE]


def search(actor: Actor, words: str) -> list[Talk]:
    """Talks in which something was said, or a handle given, that contains ``words``; newest first.

    Width, case, kana and variants of kanji make no difference.
    """
    key = kana.search_key(words)
    if not key:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT engawa_talks_that_say(%s::text[], %s, %s)", [kana.pieces(key), key, _FOUND_AT_MOST])
        found = [row[0] for row in cursor.fetchall()]
    return list(_with_preview(talks_at_my_desks(actor).filter(pk__in=found)).order_by("-last_word_at")[:PAGE])


def _with_preview(talks: QuerySet[Talk]) -> QuerySet[Talk]:
    last = Message.objects.filter(talk=OuterRef("pk"), direction=Message.Direction.IN).order_by("-said_at")
    preview = Subquery(last.annotate(start=Left("body", _PREVIEW)).values("start")[:1])
    return talks.select_related("claimed_by").annotate(preview=preview)


def counts(actor: Actor) -> dict[Tab, int]:
    """How many talks stand in each tab but the last, in one query."""
    conditions = {tab: condition for tab, condition in _conditions(actor).items() if tab is not Tab.ALL}
    any_of_them = reduce(or_, conditions.values())
    aggregates = {tab.value: Count("pk", filter=condition) for tab, condition in conditions.items()}
    found: dict[str, int] = talks_at_my_desks(actor).filter(any_of_them).aggregate(**aggregates)
    return {tab: found[tab.value] for tab in conditions}


@counted_often
def waiting_count(actor: Actor) -> QuerySet[Talk]:
    """How many talks wait for an answer at the actor's desks, or are worried about; for the navigation."""
    return talks_at_my_desks(actor).filter(_WAITS)


def next_waiting(actor: Actor) -> Talk | None:
    """Who is next: of the talks that wait and that nobody holds, the one that has waited longest."""
    waiting = talks_at_my_desks(actor).filter(waiting_since__isnull=False, claimed_by__isnull=True)
    return waiting.order_by("waiting_since").first()


def words_of(actor: AnyActor, talk: Talk) -> list[Message]:
    """What was said in a talk, oldest first. Ask ``access.talk_for`` for the talk.

    Notes and whispers stay among those who work the desk: whoever reads the talk for its case does not see them.
    """
    said = talk.messages.select_related("by").order_by("said_at", "id")
    if not may(actor, Permission.DESK_TALK_READ, talk):
        said = said.exclude(direction__in=[Message.Direction.NOTE, Message.Direction.WHISPER])
    return list(said)


def earlier_talks(actor: Actor, talk: Talk) -> list[Talk]:
    """Other talks of the same seat, oldest first."""
    if talk.seat_id is None:
        return []
    return list(talks_at_my_desks(actor).filter(seat_id=talk.seat_id).exclude(pk=talk.pk).order_by("opened_at"))


def my_draft(actor: Actor, talk: Talk) -> str:
    """What the actor had typed in this talk and not sent."""
    draft = ReplyDraft.objects.filter(talk=talk, staff_id=actor.id).first()
    return draft.words if draft else ""


def worry_of(actor: Actor, talk: Talk) -> Message | None:
    """What worries somebody about the talk; nothing for whoever does not work the desk."""
    if talk.worry_id is None or not may(actor, Permission.DESK_TALK_READ, talk):
        return None
    return Message.objects.select_related("by").filter(pk=talk.worry_id).first()


def colleagues_writing(actor: Actor, talk: Talk) -> list[ReplyDraft]:
    """What colleagues are writing in this talk just now; nothing for whoever does not work the desk."""
    if not may(actor, Permission.DESK_TALK_READ, talk):
        return []
    since = clock.now() - rules.WRITING_FOR
    drafts = ReplyDraft.objects.filter(talk=talk, saved_at__gte=since).exclude(staff_id=actor.id)
    return list(drafts.select_related("staff").order_by("saved_at"))


def present_at(organisations: list[Any]) -> list[Staff]:
    """Counsellors whose inbox is open now."""
    return _present_at(tuple(organisations), clock.now() - rules.PRESENT_FOR)


@asked_often
def _present_at(organisations: tuple[UUID, ...], since: dt.datetime) -> QuerySet[Staff]:
    there = Presence.objects.filter(organisation_id__in=organisations, seen_at__gte=since)
    return Staff.objects.filter(pk__in=there.values("staff"), is_active=True).order_by("reading", "name")


def days_of(talk: Talk) -> list[rules.Day]:
    """The days on which something was said between visitor and desk, with the minutes spent."""
    spoken = talk.messages.filter(direction__in=[Message.Direction.IN, Message.Direction.OUT])
    return rules.days_of(timezone.localtime(said) for said in spoken.values_list("said_at", flat=True))


def templates_of(desk: Desk) -> QuerySet[Template]:
    """The reply texts a desk keeps ready."""
    return Template.objects.filter(desk=desk)


@dataclass(frozen=True)
class Expectation:
    """What visitors may expect of a desk: how many are there, how many wait, the usual minutes to an answer."""

    present: int
    waiting: int
    minutes: int | None


def expectation_of(_actor: AnyActor, desk: Desk, at: dt.datetime) -> Expectation:
    """Measured for one desk at a moment; ``minutes`` is None where too few talks were answered to say anything."""
    waiting = Talk.objects.filter(desk=desk, waiting_since__isnull=False).count()
    return Expectation(len(present_at([desk.organisation_id])), waiting, _median_minutes(desk, at))


_MEDIAN = """
SELECT count(*),
       percentile_cont(0.5) WITHIN GROUP (
           ORDER BY greatest(extract(epoch FROM first_answer_at - answer_counts_from) / 60, 0))
FROM talks_talk WHERE desk_id = %s AND first_answer_at BETWEEN %s AND %s AND answer_counts_from IS NOT NULL
"""


def _median_minutes(desk: Desk, at: dt.datetime) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_MEDIAN, [desk.pk, at - rules.MEASURED_OVER, at])
        measured, minutes = cursor.fetchone() or (0, 0)
    return None if measured < rules.MEASURED_FROM else max(1, round(float(minutes)))
