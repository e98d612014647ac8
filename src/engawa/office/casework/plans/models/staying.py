"""Staying connected（つながり続ける）: no goal, no deadline, and contacts that expect no answer."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.office.access.models import Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.people.models import Signed
from engawa.office.casework.plans.rules import Rhythm, method_of


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    model_name="StayingPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Staying(Signed):
    """How we stay connected. There is no column for a deadline; only somebody who says why brings it to an end."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stayings")
    since = models.DateField("はじめた日")
    words = models.TextField("望まれているつながり方")
    care = models.TextField("気をつけること", blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    ended_on = models.DateField("おわりにした日", null=True, blank=True)
    end_reason = models.TextField("おわりにした理由", blank=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on__isnull=True), name="staying_once"),
        ]


class QuietContact(Row):
    """A contact that expects no answer（静かな便り）, in a rhythm. ``next_on`` is when a worker is reminded, gently."""

    class Way(models.TextChoices):
        LETTER = "letter", _("手紙")
        NOTE = "note", _("ひとことのたより")
        FLYER = "flyer", _("チラシ・お知らせ")
        VISIT = "visit", _("会わない訪問")
        MAIL = "mail", _("メール")
        SNS = "sns", "SNS"
        OTHER = "other", _("その他")

    staying = models.ForeignKey(Staying, on_delete=models.CASCADE, related_name="quiet_contacts")
    way = models.TextField("方法", choices=Way.choices)
    rhythm = models.TextField("どのくらいごと", choices=[(one.value, _(one.label)) for one in Rhythm])
    words = models.TextField("届けること", blank=True)
    next_on = models.DateField("次のめやす")
    until = models.DateField("いつまで", null=True, blank=True)
    last_on = models.DateField("前に届けた日", null=True, blank=True)
    waiting = models.TextField("待っているわけ", blank=True)
    reminded_on = models.DateField(null=True, editable=False)
    stopped_on = models.DateField("やめた日", null=True, blank=True)

    class Meta:
        ordering = ["next_on"]
        indexes = [models.Index(fields=["next_on"], name="quiet_contact_due", condition=Q(stopped_on__isnull=True))]

    @property
    def method(self) -> str:
        """As which method（手法）a contact of this way is recorded."""
        return method_of(self.way)
