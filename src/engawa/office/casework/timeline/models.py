"""Contacts: what was done with whom, when, and how long it took."""

import pghistory
from django.db import models

from engawa.kernel.rows import Row
from engawa.office.access.models import Staff
from engawa.office.casework.cases.models import Case


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
    ACCOMPANIMENT = "accompaniment", "同行"
    OTHER = "other", "その他"


class Counterpart(models.TextChoices):
    """With whom（対象）."""

    SELF = "self", "本人"
    FAMILY = "family", "家族・親族"
    OTHER = "other", "その他"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    model_name="ContactPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Contact(Row):
    """One contact（対応）with someone about a case. ``minutes`` is a duration; empty where nobody noted it.

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
        ]
