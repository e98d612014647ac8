"""Merges of two records of one person, steps from anonymous to named, and inquiries to other organisations."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.office.access.models import Organisation, Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.people.models import Person
from engawa.office.casework.timeline.models import Method
from engawa.office.talks.models import Talk


class Merge(Row):
    """Two records were found to be one person（統合）: ``kept`` carries on, ``gone`` stays as it was, beneath it.

    ``moved`` are the cases that went over and ``filled`` the facts that ``kept`` took from ``gone``: a split（分離）
    gives both back. ``why`` is what spoke for it, in words, on that day.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_in")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_out")
    why = ArrayField(models.TextField(), default=list, verbose_name="手がかり")
    reason = models.TextField("理由")
    moved = ArrayField(models.UUIDField(), default=list)
    filled = ArrayField(models.TextField(), default=list)
    merged_at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    split_at = models.DateTimeField(null=True)
    split_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    split_reason = models.TextField("分ける理由", blank=True)

    class Meta:
        ordering = ["merged_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=models.F("gone")), name="merge_of_two"),
            models.UniqueConstraint(fields=["gone"], condition=Q(split_at__isnull=True), name="merged_once"),
        ]


class Step(Row):
    """A step between anonymous and named（名前の歩み）, or back: who agreed, how they were asked, on which day."""

    class Kind(models.TextChoices):
        TALK_JOINED = "talk_joined", _("やりとりをケースに結んだ")
        TALK_PARTED = "talk_parted", _("やりとりをケースから外した")
        NAMED = "named", _("名前を記録した")
        NAME_TAKEN_BACK = "name_taken_back", _("名前を取り下げた")

    class AgreedBy(models.TextChoices):
        SELF = "self", _("本人")
        FAMILY = "family", _("家族・親族")
        AGENCY = "agency", _("紹介した機関")
        NOT_ASKED = "not_asked", _("まだ聞いていない")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    kind = models.TextField("歩み", choices=Kind.choices)
    agreed_by = models.TextField("同意した人", choices=AgreedBy.choices)
    how = models.TextField("確かめ方", choices=Method.choices, blank=True)
    on = models.DateField("日付")
    note = models.TextField("メモ", blank=True)
    # Taken back, the name stays with its record, which nobody sees: it can be given again as it was.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["on", "recorded_at", "id"]


class Inquiry(Row):
    """A question into the house（照会）: who else may know this person? It says nothing of whom it reached."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="inquiries")
    words = models.TextField("伝えること", blank=True)
    asked_at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at"]


class Received(Row):
    """The same inquiry on the side of an organisation that it reached（届いた照会）, with what that one answers.

    ``inquiry_id`` is no foreign key: neither side sees the row of the other.
    """

    class Answer(models.TextChoices):
        CONTACT = "contact", _("こちらから連絡する")
        GRANT = "grant", _("ケースを見られるようにする")
        DECLINE = "decline", _("お答えできない")

    inquiry_id = models.UUIDField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="inquiries_received")
    asker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asker_name = models.TextField("照会した職員")
    words = models.TextField("照会のことば", blank=True)
    received_at = models.DateTimeField()
    answer = models.TextField("返事", choices=Answer.choices, blank=True)
    said = models.TextField("返事のことば", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-received_at"]
        constraints = [models.UniqueConstraint(fields=["inquiry_id", "case"], name="inquiry_reaches_once")]


class Reply(Row):
    """An answer on the side of whoever asked（返事）. Who declines stays unnamed."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="replies")
    answer = models.TextField("返事", choices=Received.Answer.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    said = models.TextField("返事のことば", blank=True)
    replied_at = models.DateTimeField()

    class Meta:
        ordering = ["replied_at"]
