"""From a talk or a call to a case: the desk's own deeds, made of those of ``talks`` and ``casework``."""

from typing import Any, Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from engawa.office.access.actors import Actor
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.identity.actions import join_talk, keep_reach
from engawa.office.casework.identity.models import Step
from engawa.office.casework.people.models import OtherReach
from engawa.office.casework.people.queries import is_news_of
from engawa.office.casework.timeline.actions import ContactFacts, record_contact
from engawa.office.casework.timeline.models import Contact, Method
from engawa.office.casework.timeline.rules import counterpart_of
from engawa.office.desk.actions.appointments import go_with_talk, keep_by_case
from engawa.office.directory.models import Desk
from engawa.office.talks.models import Talk
from engawa.office.talks.queries import earlier_talks

NOT_ASKED = Step.AgreedBy.NOT_ASKED


@transaction.atomic
def make_case(*, by: Actor, talk: Talk, requester: str, complaint: str, agreed_by: str = NOT_ASKED) -> Case:
    """Make a case of a talk. The visitor may stay nameless; everything said in their seat comes along.

    The case was received on the day on which the talk was opened.
    """
    case = open_case(
        by=by,
        desk=talk.desk,
        requester=requester,
        received_on=timezone.localdate(talk.opened_at),
        handle=talk.handle,
        age_band=talk.age_band,
        route=talk.route,
        complaint=complaint,
    )
    join_case(by=by, talk=talk, case=case, agreed_by=agreed_by)
    return case


@transaction.atomic
def join_case(*, by: Actor, talk: Talk, case: Case, agreed_by: str = NOT_ASKED) -> None:
    """Let a talk, and the seat's other talks that belong to no case, belong to the case.

    Each is a step of its own between anonymous and named, and can be taken back (``identity.actions.part_talk``).
    Whoever agreed（``Step.AgreedBy``）was asked in the talk.

    Raises:
        NotPossible: the talk belongs to a case already.
    """
    how = "" if agreed_by == NOT_ASKED else Method.CHAT
    for one in (talk, *(other for other in earlier_talks(by, talk) if other.case_id is None)):
        join_talk(by=by, case=case, talk=one, agreed_by=agreed_by, how=how)
        go_with_talk(one, case)


@transaction.atomic
def record_talk(*, by: Actor, talk: Talk, case: Case, **day: Unpack[ContactFacts]) -> Contact:
    """Write down one day of a talk (``on``, ``at``, ``minutes``, ``content``) as a contact of its case."""
    day |= {"method": Method.CHAT, "counterpart": counterpart_of(talk.requester)}
    return record_contact(by=by, case=case, **day)


@transaction.atomic
def receive_call(
    *,
    by: Actor,
    desk: Desk,
    facts: dict[str, Any],
    contact: dict[str, Any],
    called_back: UUID | None = None,
) -> Case:
    """Somebody called, came or was met for the first time: a case and its first contact in one go.

    A second call with the same ``key`` among the facts gives the case of the first. A ``person`` who is known already
    keeps the number in use; another one from which they called stands beside it. ``called_back`` is the promise to
    somebody without a case that was kept with this call; from now on it belongs to the case.

    Raises:
        NotPossible: a colleague holds that promise, or it is settled.
    """
    person, called_from = facts.get("person"), facts.get("phone", "")
    if person and person.phone:
        facts = facts | {"phone": person.phone}
    case = open_case(by=by, desk=desk, received_on=contact["on"], **facts)
    if person and person.phone and is_news_of(person, called_from):
        keep_reach(by=by, case=case, kind=OtherReach.Kind.OTHER, reach=called_from)
    record_contact(by=by, case=case, key=facts.get("key"), **contact)
    if called_back:
        keep_by_case(by=by, pk=called_back, case=case)
    return case
