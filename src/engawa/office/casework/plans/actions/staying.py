"""Staying connected, quiet contacts, and the gentle reminders of them."""

import datetime as dt
from typing import TypedDict, Unpack

from django.db import transaction
from django.urls import reverse

from engawa.kernel import clock
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.alerts.actions import tell
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, require
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible, check_seen
from engawa.office.casework.plans import rules
from engawa.office.casework.plans.models.staying import QuietContact, Staying
from engawa.office.casework.plans.queries.plans import reviews_up_to
from engawa.office.casework.plans.queries.staying import quiet_contacts_up_to, to_remind, version_of
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.casework.timeline.models import Contact, Counterpart


@transaction.atomic
def begin_staying(*, by: AnyActor, case: Case, words: str, care: str = "", since: dt.date | None = None) -> Staying:
    """Write down that, and how, we stay connected（つながり続ける）: beside any plan, without goal or deadline.

    Args:
        by: needs ``casework:case:edit`` through a grant that lets write.
        case: the case.
        words: how the person or family would like it, in their words as far as possible.
        care: what to mind, such as "do not ring the bell".
        since: since when we do so already (today); not in the future.

    Raises:
        NotPossible: it is written down already, or begins in the future.
    """
    require(by, Permission.CASEWORK_CASE_EDIT, case, Part.PLANS)
    if Staying.objects.filter(case=case, ended_on__isnull=True).exists():
        raise NotPossible("「つながり続ける」は、もう書かれています。画面を開き直してください")
    today = clock.today()
    rules.check_past(since or today, today)
    staying = Staying.objects.create(
        case=case, since=since or today, words=words, care=care, by=member(by), written_at=clock.now()
    )
    _note(by, staying, "casework.begin_staying")
    return staying


@transaction.atomic
def change_staying(*, by: AnyActor, staying: Staying, words: str, care: str = "", seen: str | None = None) -> Staying:
    """Write down anew how we stay connected; what stood before is kept.

    Raises:
        NotPossible: somebody else has changed it since ``seen``.
    """
    staying = _locked(by, staying)
    check_seen(seen, version_of(staying))
    staying.words, staying.care, staying.by, staying.written_at = words, care, member(by), clock.now()
    staying.save(force_update=True)
    _note(by, staying, "casework.change_staying")
    return staying


@transaction.atomic
def end_staying(*, by: AnyActor, staying: Staying, reason: str) -> Staying:
    """Stop staying connected in this way, because somebody wishes so; the case goes on.

    Raises:
        NotPossible: no reason was given.
    """
    staying = _locked(by, staying)
    rules.check_reason(reason)
    staying.ended_on, staying.end_reason = clock.today(), reason
    staying.save(force_update=True)
    _note(by, staying, "casework.end_staying")
    return staying


class QuietFacts(TypedDict):
    """What is agreed about a quiet contact. ``next_on`` is the next day to think of it, ``until`` how long at all."""

    way: str
    rhythm: str
    words: str
    next_on: dt.date
    until: dt.date | None


@transaction.atomic
def plan_quiet_contact(
    *, by: AnyActor, staying: Staying, quiet: QuietContact | None = None, **facts: Unpack[QuietFacts]
) -> QuietContact:
    """Plan contacts that expect no answer（静かな便り）, or change what was planned (``quiet``)."""
    staying = _locked(by, staying)
    rules.check_period(facts["next_on"], facts["until"])
    quiet = QuietContact.objects.select_for_update().get(pk=quiet.pk) if quiet else QuietContact(staying=staying)
    for name, value in facts.items():
        setattr(quiet, name, value)
    quiet.reminded_on = None
    quiet.save()
    _note(by, staying, "casework.plan_quiet_contact")
    return quiet


@transaction.atomic
def make_quiet_contact(*, by: AnyActor, quiet: QuietContact, on: dt.date, content: str = "") -> Contact:
    """Write down that it was delivered; it comes round again after its rhythm. Whether anybody answers is no matter."""
    staying = _locked(by, quiet.staying)
    contact = record_contact(
        by=by, case=staying.case, on=on, method=quiet.method, counterpart=Counterpart.SELF, content=content
    )
    _come_round(QuietContact.objects.select_for_update().get(pk=quiet.pk), on)
    return contact


def hear_of_contact(contact: Contact) -> None:
    """A contact was recorded: the quiet contact of the same method has its next turn after it.

    Where several have that method, such as letters and flyers, nobody can tell which of them it was.
    """
    waiting = QuietContact.objects.filter(staying__case=contact.case_id, stopped_on__isnull=True)
    alive = waiting.filter(staying__ended_on__isnull=True).select_for_update(of=("self",))
    alike = [quiet for quiet in alive if quiet.method == contact.method]
    if len(alike) == 1:
        _come_round(alike[0], contact.on)


def _come_round(quiet: QuietContact, on: dt.date) -> None:
    if quiet.last_on and on < quiet.last_on:
        return
    quiet.last_on, quiet.next_on = on, rules.Rhythm(quiet.rhythm).after(on)
    quiet.waiting, quiet.reminded_on = "", None
    quiet.save(force_update=True)


@transaction.atomic
def let_wait(*, by: AnyActor, quiet: QuietContact, until: dt.date, word: str) -> QuietContact:
    """Put a quiet contact off until a day, with a word why.

    Raises:
        NotPossible: not later than today, or no word.
    """
    staying = _locked(by, quiet.staying)
    rules.check_snooze(until, clock.today(), word)
    quiet = QuietContact.objects.select_for_update().get(pk=quiet.pk)
    quiet.next_on, quiet.waiting, quiet.reminded_on = until, word, None
    quiet.save(force_update=True)
    _note(by, staying, "casework.let_quiet_contact_wait")
    return quiet


@transaction.atomic
def stop_quiet_contact(*, by: AnyActor, quiet: QuietContact) -> QuietContact:
    """Plan no more of these contacts; those that were made stay in the timeline."""
    staying = _locked(by, quiet.staying)
    quiet = QuietContact.objects.select_for_update().get(pk=quiet.pk)
    quiet.stopped_on = clock.today()
    quiet.save(force_update=True)
    _note(by, staying, "casework.stop_quiet_contact")
    return quiet


@transaction.atomic
def remind_workers() -> int:
    """Remind of quiet contacts that have come round and of reviews that are due, once each; how many reminders.

    Nothing else happens, however long nobody answers: no case is closed or marked.
    """
    today = clock.today()
    quiet = list(quiet_contacts_up_to(today).filter(reminded_on__isnull=True))
    for one in quiet:
        _remind(one.staying.case, "casework.quiet_contact", way=one.get_way_display())
        one.reminded_on = today
        one.save(update_fields=["reminded_on"])
    reviews = list(reviews_up_to(today).filter(reminded_on__isnull=True))
    for review in reviews:
        _remind(review.plan.case, "casework.plan_review", plan=review.plan.name)
        review.reminded_on = today
        review.save(update_fields=["reminded_on"])
    return len(quiet) + len(reviews)


def think_of(case: Case, what: str) -> None:
    """Something happened in somebody's life: whoever carries the case may want to let them hear from us.

    ``what`` is the kind of event, such as 家族の入院; never more.
    """
    _remind(case, "casework.life_event", what=what)


def _remind(case: Case, kind: str, **words: str) -> None:
    path = reverse("casework:plans", args=[case.number])
    tell(staff=to_remind(case), kind=kind, path=path, number=case.number, **words)


def _locked(by: AnyActor, staying: Staying) -> Staying:
    found = Staying.objects.select_for_update(of=("self",)).select_related("case").filter(pk=staying.pk).first()
    if found is None:
        raise NotAllowed
    require(by, Permission.CASEWORK_CASE_EDIT, found.case, Part.PLANS)
    if found.ended_on:
        raise NotPossible("この「つながり続ける」は、もうおわりにしています。画面を開き直してください")
    return found


def _note(by: AnyActor, staying: Staying, deed: str) -> None:
    record(by=by, deed=deed, subject=staying.case.number, case_id=staying.case_id)
