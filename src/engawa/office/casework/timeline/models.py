"""Contacts: what was done with whom, when, and how long it took."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from engawa.kernel.rows import Row
from engawa.office.access.models import Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Listed


class Method(models.TextChoices):
    """How the contact was made（手法）."""

    PHONE = "phone", "電話"
    INTERVIEW = "interview", "面談"
    MAIL = "mail", "メール"
    VISIT = "visit", "訪問"
    CHAT = "chat", "チャット"
    SNS = "sns", "SNS"
    VIDEO = "video", "オンライン面談"
    LETTER = "letter", "手紙"
    NEWSLETTER = "newsletter", "おたより"
    ACCOMPANIMENT = "accompaniment", "同行"
    OTHER = "other", "その他"


class Counterpart(models.TextChoices):
    """With whom（対象）."""

    SELF = "self", "本人"
    FAMILY = "family", "家族・親族"
    OTHER = "other", "その他"


class ContactCode(Listed):
    """What was done in a contact（内容の区分）, as the office counts it."""


# Ticking off what a contact asks for is no correction of it.
_TICKED = ["next_done_on", "urgent_seen_at", "urgent_seen_by", "urgent_told_at"]


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pghistory.AnyChange(exclude=_TICKED)),
    model_name="ContactPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Contact(Row):
    """One contact（対応）with someone about a case. ``minutes`` is a duration; empty where nobody noted it.

    ``content`` is what was seen and done; what others told（伝聞）, what the worker makes of it（見立て）and the own
    words of the person or family stand apart. ``counterpart`` is whom the contact was with, as statistics count it,
    ``also_with`` who else was there, and ``members`` are ids of members of the case's household. An ``urgent``
    contact stays open until a human has taken it (``urgent_seen_at``).

    A correction keeps the words before it as a ``ContactPast`` and says why.
    """

    # Its own index would repeat contact_by_case; nobody looks for contacts by their worker alone.
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contacts", db_index=False)
    number = models.TextField("対応番号", blank=True)
    on = models.DateField("対応日")
    at = models.TimeField("時刻", null=True, blank=True)
    method = models.TextField("手法", choices=Method.choices)
    counterpart = models.TextField("対象", choices=Counterpart.choices)
    minutes = models.SmallIntegerField("所要分", null=True, blank=True)
    content = models.TextField("内容", blank=True)
    own_words = models.TextField("本人・家族のことば", blank=True)
    hearsay = models.TextField("伝聞", blank=True)
    opinion = models.TextField("見立て", blank=True)
    also_with = ArrayField(
        models.TextField(choices=Counterpart.choices), verbose_name="ほかにいた人", default=list, blank=True
    )
    members = ArrayField(models.UUIDField(), verbose_name="会った世帯員", default=list, blank=True)
    place = models.TextField("場所", blank=True)
    codes = ArrayField(models.TextField(), verbose_name="内容の区分", default=list, blank=True)
    next_step = models.TextField("次にすること", blank=True)
    next_on = models.DateField("いつまでに", null=True, blank=True)
    next_done_on = models.DateField("済んだ日", null=True, blank=True)
    urgent = models.BooleanField("至急", default=False)
    urgent_seen_at = models.DateTimeField(null=True, blank=True)
    urgent_seen_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    urgent_told_at = models.DateTimeField("もう一度知らせたとき", null=True, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    correction_reason = models.TextField("直した理由", blank=True)
    corrected_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    corrected_at = models.DateTimeField(null=True, blank=True)
    import_id = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["on", "at", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__isnull=True) | models.Q(minutes__range=(0, 1440)), name="contact_minutes"
            ),
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="contact_number"),
        ]
        indexes = [
            models.Index(fields=["case", "-on"], name="contact_by_case"),
            models.Index(fields=["on"], name="contact_by_day"),
            models.Index(
                fields=["by", "next_on"],
                name="contact_next",
                condition=~Q(next_step="") & Q(next_done_on__isnull=True),
            ),
            models.Index(fields=["case"], name="contact_urgent", condition=Q(urgent=True, urgent_seen_at__isnull=True)),
        ]
