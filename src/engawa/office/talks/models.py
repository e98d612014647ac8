"""Talks and what is said in them. A talk belongs to the desk's organisation until a case carries it further."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.office.access.models import Organisation, Staff
from engawa.office.directory.models import Desk


class Seat(models.Model):
    """What the office knows of a visitor's seat: its id and the public key that answers are sealed to."""

    id = models.UUIDField(primary_key=True)
    public_key = models.BinaryField()
    opened_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)


class Talk(Row):
    """One conversation（やりとり）. ``case_id`` is set once a case carries it (no foreign key: cases live above).

    ``waiting_since``: the oldest word that still waits for an answer. ``unread_since``: the oldest word that no
    counsellor has seen. ``answer_counts_from``: when the clock of the first answer started, which is the first word
    or, out of hours, the next opening. ``told_closed_until``: the opening that the automatic text has announced.
    ``worry``: the note in which a counsellor says what worries them（気がかり）, until somebody takes it off.
    """

    kind = models.TextField(default="web")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="talks")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="talks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="talks")
    case_id = models.UUIDField(null=True)
    handle = models.TextField("呼び名", blank=True)
    requester = models.TextField("相談者", blank=True)
    age_band = models.TextField("年代", blank=True)
    area = models.TextField("住まい", blank=True)
    topic = models.TextField("話したいこと", blank=True)
    route = models.TextField("経路", blank=True)
    terms_version = models.TextField(blank=True)
    language = models.TextField(default="ja")
    answer_needed = models.BooleanField("返事がほしい", default=True)
    opened_at = models.DateTimeField()
    last_word_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    unread_since = models.DateTimeField(null=True)
    answer_counts_from = models.DateTimeField(null=True)
    told_closed_until = models.DateTimeField(null=True)
    first_answer_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="claimed_talks")
    claimed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    worry = models.OneToOneField("talks.Message", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["organisation"], condition=Q(worry__isnull=False), name="talk_with_worry"),
            models.Index(
                fields=["organisation", "waiting_since"],
                condition=Q(waiting_since__isnull=False),
                name="talk_waiting",
            ),
            models.Index(fields=["organisation", "-last_word_at"], name="talk_by_last_word"),
            models.Index(
                fields=["organisation", "unread_since"], condition=Q(unread_since__isnull=False), name="talk_unread"
            ),
            models.Index(
                fields=["claimed_by", "-last_word_at"], condition=Q(closed_at__isnull=True), name="talk_by_counsellor"
            ),
            models.Index(fields=["case_id"], name="talk_by_case", condition=Q(case_id__isnull=False)),
            models.Index(fields=["desk", "first_answer_at"], name="talk_by_first_answer"),
        ]


class Message(models.Model):
    """One thing said（ことば）. The id is the visitor's envelope id inward, the letter id outward.

    ``folded`` and ``pieces`` are the search form of the words (measured.md, Japanese search).
    """

    class Direction(models.TextChoices):
        IN = "in", _("訪れた人から")
        OUT = "out", _("相談員から")
        NOTE = "note", _("内部メモ")
        WHISPER = "whisper", _("スーパーバイザーから")
        SYSTEM = "system", _("案内")

    id = models.UUIDField(primary_key=True)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="messages")
    direction = models.TextField(choices=Direction.choices)
    body = models.TextField()
    said_at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    persona = models.TextField(blank=True)
    seen_at = models.DateTimeField(null=True)
    folded = models.TextField(default="", editable=False)
    pieces = ArrayField(models.TextField(), default=list, editable=False)

    class Meta:
        ordering = ["said_at", "id"]
        indexes = [
            models.Index(fields=["talk", "said_at"], name="message_by_talk"),
            GinIndex(fields=["pieces"], name="message_pieces"),
        ]


class ReplyDraft(Row):
    """What a counsellor is writing and has not sent; colleagues see it, so that nobody answers twice."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="drafts")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["talk", "staff"], name="one_draft_per_counsellor")]


class Presence(Row):
    """A counsellor has the inbox open. Only the last sign of life is kept."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "organisation"], name="one_presence")]
        indexes = [models.Index(fields=["organisation", "seen_at"], name="presence_by_organisation")]


class Template(Row):
    """A reply text that a desk keeps ready（定型文）."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="templates")
    title = models.TextField("見出し")
    body = models.TextField("文面")
    position = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "title"]
