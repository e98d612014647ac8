"""What a desk keeps ready and shows of itself: templates, who is there, what visitors may expect."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.live import announce
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.directory.models import Desk
from engawa.office.letterbox.actions import write_letter
from engawa.office.talks import rules
from engawa.office.talks.models import Message, Presence, ReplyDraft, Talk, Template
from engawa.office.talks.privacy import MESSAGE, TALK
from engawa.office.talks.queries import expectation_of
from engawa.post.letters import ExpectationPublished


@transaction.atomic
def keep_template(*, by: Actor, desk: Desk, title: str, body: str, template: Template | None = None) -> Template:
    """Add a reply text to those a desk keeps ready, or change one of them."""
    _check_templates(by, desk)
    kept = template or Template(desk=desk, position=desk.templates.count())
    if kept.desk_id != desk.pk:
        raise NotAllowed
    kept.title, kept.body = title, body
    kept.save()
    record(by=by, deed="talks.keep_template", subject=str(kept.pk), detail={"desk": str(desk.pk)})
    return kept


@transaction.atomic
def drop_template(*, by: Actor, template: Template) -> None:
    """Take a reply text away from those a desk keeps ready."""
    _check_templates(by, template.desk)
    record(by=by, deed="talks.drop_template", subject=str(template.pk), detail={"desk": str(template.desk_id)})
    template.delete()


def _check_templates(by: Actor, desk: Desk) -> None:
    if desk.organisation_id not in by.organisations_with(Permission.DESK_TEMPLATE_EDIT):
        raise NotAllowed


@transaction.atomic
def be_present(*, by: Actor) -> None:
    """The counsellor's inbox is open: a sign of life for every desk where they answer. Not a deed, so not audited."""
    now = clock.now()
    for organisation_id in by.organisations_with(Permission.DESK_TALK_REPLY):
        known = Presence.objects.filter(staff_id=by.id, organisation_id=organisation_id).first()
        Presence.objects.update_or_create(staff_id=by.id, organisation_id=organisation_id, defaults={"seen_at": now})
        if known is None or now - known.seen_at > rules.PRESENT_FOR:
            announce(f"desk:{organisation_id}", "presence", str(by.id))


@transaction.atomic
def publish_expectations(*, by: AnyActor) -> int:
    """Tell the porch, for each desk that takes talks, who is there, how many wait and how long an answer takes.

    Returns:
        How many desks were told about.
    """
    now = clock.now()
    desks = Desk.objects.filter(takes_talks=True, published=True)
    for desk in desks:
        expected = expectation_of(by, desk, now)
        write_letter(ExpectationPublished(desk_id=desk.pk, measured_at=now, **asdict(expected)))
    return len(desks)


@transaction.atomic
def forget_unsent(*, by: AnyActor) -> int:
    """Drop drafts that nobody has touched for 30 days, and presences of the past.

    Returns:
        How many drafts were dropped.
    """
    now = clock.now()
    Presence.objects.filter(seen_at__lt=now - rules.PRESENCE_KEPT).delete()
    dropped, _ = ReplyDraft.objects.filter(saved_at__lt=now - rules.DRAFTS_KEPT).delete()
    if dropped:
        record(by=by, deed="talks.forget_unsent", detail={"drafts": dropped})
    return dropped


@transaction.atomic
def forget_words(*, by: AnyActor) -> int:
    """Take the words out of talks whose years are over, as visitors were promised; the figures stay.

    Talks that belong to a case are kept with the case.

    Returns:
        How many talks fell silent.
    """
    before = dt.datetime.combine(rules.words_kept_from(clock.today()), dt.time(), clock.JAPAN)
    over = Talk.objects.filter(case_id__isnull=True, last_word_at__lt=before)
    told = Message.objects.filter(talk__in=over).exclude(body="")
    silent = told.values("talk").distinct().count()
    told.update(**MESSAGE.personal)
    over.exclude(**TALK.personal).update(**TALK.personal)
    if silent:
        record(by=by, deed="talks.forget_words", detail={"talks": silent, "before": before.date().isoformat()})
    return silent
