"""What counsellors say in a talk: to the visitor, to each other, and what they are about to say."""

import uuid

from django.db import transaction

from engawa.kernel import clock
from engawa.kernel.live import announce
from engawa.office.access.actors import Actor
from engawa.office.access.models import Staff
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import supervisors_of
from engawa.office.access.upstairs import ring
from engawa.office.audit.actions import record
from engawa.office.talks import access, rules
from engawa.office.talks.actions.announcements import add_message, persona_of, send_typing, send_words, tell
from engawa.office.talks.actions.holding import AlreadyClaimed, locked, see_all, take
from engawa.office.talks.models import Message, ReplyDraft, Talk
from engawa.post.letters import tidy


class WordsRefused(Exception):
    """Nothing was written, or more than a message can hold. What was typed is for the page to keep."""


@transaction.atomic
def reply(*, by: Actor, talk_id: uuid.UUID, words: str, message_id: uuid.UUID, beside: bool = False) -> Message:
    """Answer the visitor. Whoever answers a talk that nobody holds, takes it.

    Args:
        by: the counsellor.
        talk_id: the talk.
        words: what to say.
        message_id: made with the form, so that sending the same form twice says it once.
        beside: answer although a colleague holds the talk, which then stays theirs.

    Raises:
        AlreadyClaimed: a colleague holds the talk and ``beside`` was not asked for. Nothing was sent.
        WordsRefused: the words are empty or too long.
    """
    talk, staff = _talk_to_answer(by, talk_id)
    if said := Message.objects.filter(pk=message_id, talk=talk).first():
        return said
    kept = _checked(words)
    _hold_or_stand_beside(talk, staff, beside=beside)
    said = add_message(talk, Message.Direction.OUT, kept, by=staff, message_id=message_id, persona=persona_of(staff))
    _answered(talk, said)
    ReplyDraft.objects.filter(talk=talk, staff=staff).delete()
    send_words(talk, said)
    record(by=by, deed="talks.reply", subject=str(talk.pk), case_id=talk.case_id, detail={"message": str(said.pk)})
    tell(talk, "answer", said.pk)
    return said


@transaction.atomic
def ask_to_wait(*, by: Actor, talk_id: uuid.UUID) -> Message:
    """Ask the visitor for a moment, and take the talk. Its clock runs on: this is no answer yet.

    Raises:
        AlreadyClaimed: a colleague holds the talk.
    """
    talk, staff = _talk_to_answer(by, talk_id)
    _hold_or_stand_beside(talk, staff, beside=False)
    return _say_kindly(by, talk, staff, rules.hold_words(talk.language), deed="talks.ask_to_wait")


@transaction.atomic
def say_it_was_read(*, by: Actor, talk_id: uuid.UUID) -> Message:
    """Tell a visitor who wants no answer that their words were read; they wait no longer in the inbox."""
    talk, staff = _talk_to_answer(by, talk_id)
    talk.waiting_since = None
    return _say_kindly(by, talk, staff, rules.read_words(talk.language), deed="talks.say_it_was_read")


@transaction.atomic
def note(*, by: Actor, talk_id: uuid.UUID, words: str) -> Message:
    """An internal note. Visitors never see it."""
    return _among_colleagues(by, talk_id, words, "talks.note")


@transaction.atomic
def whisper(*, by: Actor, talk_id: uuid.UUID, words: str) -> Message:
    """A supervisor's advice to the counsellor while the talk goes on. Visitors never see it."""
    return _among_colleagues(by, talk_id, words, "talks.whisper", Message.Direction.WHISPER)


@transaction.atomic
def raise_worry(*, by: Actor, talk_id: uuid.UUID, words: str) -> Message:
    """Mark a talk that worries somebody（気がかり）, and say why in a note. Supervisors are told.

    Until it is taken off, the talk stands before all others in the inbox of its desk. Words said anew take the place
    of those before, which stay as a note.
    """
    said = _among_colleagues(by, talk_id, words, "talks.raise_worry")
    _worry_about(said.talk, said)
    watching = supervisors_of(said.talk.organisation_id).exclude(pk=by.id)
    ring(staff=watching, kind="talks.worry", path=f"/desk/talks/{talk_id}/", who=by.name)
    return said


@transaction.atomic
def ease_worry(*, by: Actor, talk_id: uuid.UUID, words: str) -> Message:
    """Take the mark off, and say in a note what was found or done."""
    said = _among_colleagues(by, talk_id, words, "talks.ease_worry")
    _worry_about(said.talk, None)
    return said


def _worry_about(talk: Talk, why: Message | None) -> None:
    talk.worry = why
    talk.save(update_fields=["worry"])
    tell(talk, "taken")


@transaction.atomic
def keep_draft(*, by: Actor, talk_id: uuid.UUID, words: str) -> None:
    """Keep what a counsellor is writing: colleagues see it, and the visitor sees that somebody writes."""
    talk = locked(talk_id)
    access.check(by, Permission.DESK_TALK_REPLY, talk)
    if not words.strip():
        ReplyDraft.objects.filter(talk=talk, staff_id=by.id).delete()
        announce(f"talk:{talk.pk}", "typing", f"staff:{by.id}")
        return
    ReplyDraft.objects.update_or_create(
        talk=talk, staff_id=by.id, defaults={"words": words[: rules.WORDS_LIMIT], "saved_at": clock.now()}
    )
    send_typing(talk, Staff.objects.get(pk=by.id))
    announce(f"talk:{talk.pk}", "typing", f"staff:{by.id}")


def _checked(words: str) -> str:
    kept = tidy(words)
    if not kept:
        raise WordsRefused("empty")
    if len(kept) > rules.WORDS_LIMIT:
        raise WordsRefused("long")
    return kept


def _talk_to_answer(by: Actor, talk_id: uuid.UUID) -> tuple[Talk, Staff]:
    talk = locked(talk_id)
    access.check(by, Permission.DESK_TALK_REPLY, talk)
    return talk, Staff.objects.get(pk=by.id)


def _hold_or_stand_beside(talk: Talk, staff: Staff, *, beside: bool) -> None:
    if talk.claimed_by_id is None:
        take(talk, staff)
    elif talk.claimed_by_id != staff.pk and not beside:
        raise AlreadyClaimed(talk)


def _answered(talk: Talk, said: Message) -> None:
    talk.waiting_since, talk.closed_at = None, None
    talk.first_answer_at = talk.first_answer_at or said.said_at
    talk.last_word_at = max(talk.last_word_at, said.said_at)
    see_all(talk)
    talk.save()


def _say_kindly(by: Actor, talk: Talk, staff: Staff, words: str, *, deed: str) -> Message:
    said = add_message(talk, Message.Direction.SYSTEM, words, by=staff, persona=persona_of(staff))
    see_all(talk)
    talk.save()
    send_words(talk, said, automatic=True)
    record(by=by, deed=deed, subject=str(talk.pk), case_id=talk.case_id)
    tell(talk, "answer", said.pk)
    return said


def _among_colleagues(
    by: Actor, talk_id: uuid.UUID, words: str, deed: str, direction: Message.Direction = Message.Direction.NOTE
) -> Message:
    talk = locked(talk_id)
    whispers = direction == Message.Direction.WHISPER
    access.check(by, Permission.DESK_TALK_WHISPER if whispers else Permission.DESK_TALK_REPLY, talk)
    said = add_message(talk, direction, _checked(words), by=Staff.objects.get(pk=by.id))
    record(by=by, deed=deed, subject=str(talk.pk), case_id=talk.case_id)
    tell(talk, "answer", said.pk)
    return said
