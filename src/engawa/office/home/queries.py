"""What is next for one member of staff, and what a search finds. Home is the top floor: it asks those below."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock, kana
from engawa.kernel.asked import asked_often
from engawa.office.access.actors import Actor
from engawa.office.access.models import Draft, Organisation
from engawa.office.access.permissions import Permission
from engawa.office.alerts.models import Alert
from engawa.office.alerts.queries import alerts_of
from engawa.office.casework.access import own_cases
from engawa.office.casework.cases.models import Case, Handover
from engawa.office.casework.cases.queries import find_cases, offers_to, quiet_since
from engawa.office.casework.load.models import Review
from engawa.office.casework.load.queries import reviews_due, steps_due
from engawa.office.casework.plans.models.staying import QuietContact
from engawa.office.casework.plans.queries.plans import Due, plan_reviews_due
from engawa.office.casework.plans.queries.staying import quiet_contacts_due
from engawa.office.casework.timeline.models import Contact
from engawa.office.desk.models import Appointment
from engawa.office.desk.queries import due_for, midnight
from engawa.office.directory.models import Desk
from engawa.office.talks.models import Talk
from engawa.office.talks.queries import Tab, inbox

SHOWN = 8
QUIET_DAYS, VERY_QUIET_DAYS = 30, 60
RECENT_DAYS = 14
STEPS_AHEAD = dt.timedelta(days=1)


@dataclass(frozen=True)
class Today:
    """What is next, and nothing else. Each list is short; the pages behind hold the rest."""

    talks: list[Talk]
    mine: list[Talk]
    appointments: list[Appointment]
    offers: list[Handover]
    steps: list[Contact]
    reviews: list[Review]
    quiet: list[Case]
    letters: list[QuietContact]
    plan_reviews: list[Due]
    recent: list[Case]
    alerts: list[Alert]
    drafts: list["Unfinished"]

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        return not any(vars(self).values())

    @property
    def cases(self) -> list[Case]:
        """Every case that is named, once."""
        named: list[Case | None] = [
            *(one.case for one in self.appointments),
            *(one.case for one in self.offers),
            *(one.case for one in self.steps),
            *(one.case for one in self.reviews),
            *(one.case for one in self.plan_reviews),
            *(letter.staying.case for letter in self.letters),
            *self.quiet,
            *self.recent,
        ]
        return list({case.pk: case for case in named if case}.values())


def today_of(actor: Actor) -> Today:
    """What waits for the actor this morning."""
    desk = actor.may(Permission.DESK_TALK_READ)
    today = clock.today()
    return Today(
        talks=[talk for talk in inbox(actor, Tab.WAITING) if talk.claimed_by_id is None][:SHOWN] if desk else [],
        mine=[talk for talk in inbox(actor, Tab.MINE) if talk.waiting_since][:SHOWN] if desk else [],
        appointments=due_for(actor, midnight(), SHOWN),
        offers=_offers(actor),
        steps=steps_due(actor, today + STEPS_AHEAD),
        reviews=reviews_due(actor, SHOWN),
        quiet=_quiet(actor, today - dt.timedelta(days=QUIET_DAYS)),
        letters=quiet_contacts_due(actor, today, SHOWN),
        plan_reviews=plan_reviews_due(actor, SHOWN),
        recent=_recent(actor, today - dt.timedelta(days=RECENT_DAYS)),
        alerts=_unread(actor),
        drafts=[page for draft in _drafts(actor.id) if (page := _page_of(draft))],
    )


# What was being written, by the page's name; other pages show as something unfinished.
WRITTEN = {
    "casework:open": _("新しいケース"),
    "casework:contact": _("対応の記録"),
    "casework:correct": _("対応の直し"),
    "casework:facts": _("わかっていること"),
    "casework:close": _("終結"),
    "casework:reopen": _("再開"),
    "casework:offer": _("引継ぎ"),
    "casework:handover": _("引継ぎの返事"),
    "casework:plan_new": _("計画"),
    "casework:plan_write": _("計画"),
    "casework:plan_review": _("モニタリング"),
    "casework:plan_evaluation": _("計画の評価"),
    "casework:staying": _("つながり続ける"),
    "casework:review": _("見直し"),
    "casework:request": _("閲覧の申請への返事"),
    "desk:call": _("電話の記録"),
    "desk:promise": _("折返し・面談の約束"),
    "desk:promise_for_case": _("折返し・面談の約束"),
    "desk:promise_in_talk": _("折返し・面談の約束"),
}


@dataclass(frozen=True)
class Unfinished:
    """Something the actor has begun to write: the page to go on with, and what it is."""

    path: str
    label: str
    about: str
    saved_at: dt.datetime


@asked_often
def _drafts(staff: UUID) -> QuerySet[Draft]:
    return Draft.objects.filter(staff_id=staff, path__startswith="/").exclude(fields={}).order_by("-saved_at")[:SHOWN]


def _page_of(draft: Draft) -> Unfinished | None:
    try:
        page = resolve(urlsplit(draft.path).path)
    except Resolver404:
        return None
    label = WRITTEN.get(page.view_name, _("書きかけ"))
    return Unfinished(draft.path, str(label), str(page.kwargs.get("number", "")), draft.saved_at)


@asked_often
def _offers(actor: Actor) -> QuerySet[Handover]:
    return offers_to(actor)[:SHOWN]


@asked_often
def _unread(actor: Actor) -> QuerySet[Alert]:
    return alerts_of(actor).filter(read_at=None)[:SHOWN]


@asked_often
def _quiet(actor: Actor, since: dt.date) -> QuerySet[Case]:
    """Cases that the actor leads without a contact since then: silence is normal, forgetting is not."""
    quiet = own_cases(actor).select_related("person").filter(quiet_since(since), lead_id=actor.id)
    return quiet.order_by("last_contact_on", "received_on")[:SHOWN]


@asked_often
def _recent(actor: Actor, since: dt.date) -> QuerySet[Case]:
    """Cases that came to the actor's organisations since then."""
    recent = own_cases(actor).select_related("person").filter(received_on__gte=since)
    return recent.order_by("-received_on", "-number")[:SHOWN]


@dataclass(frozen=True)
class Found:
    """What a search finds."""

    cases: list[Case]
    organisations: list[Organisation]
    desks: list[Desk]

    @property
    def nothing(self) -> bool:
        """Whether nothing was found."""
        return not (self.cases or self.organisations or self.desks)


def found_by(actor: Actor, text: str, *, most: int = 50) -> Found:
    """Cases that the actor may see, and organisations and desks, by number, name or reading."""
    key = kana.search_key(text)
    cases = find_cases(actor, text, most=most) if actor.may(Permission.CASEWORK_CASE_VIEW) else []
    return Found(
        cases=cases,
        organisations=[row for row in _organisations() if _has(key, row.name, row.reading)][:most],
        desks=[row for row in _desks() if _has(key, row.name, row.reading)][:most],
    )


@asked_often
def _organisations() -> QuerySet[Organisation]:
    return Organisation.objects.all()


@asked_often
def _desks() -> QuerySet[Desk]:
    return Desk.objects.select_related("organisation")


def _has(key: str, *texts: str) -> bool:
    return bool(key) and any(key in kana.search_key(text) for text in texts)
