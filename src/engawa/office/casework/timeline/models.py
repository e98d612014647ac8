"""Contacts: what was done with whom, when, and how long it took."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engawa.office.access.models import Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Listed
from engawa.office.casework.people.models import Signed


class Method(models.TextChoices):
    """How the contact was made（手法）."""

    PHONE = "phone", _("電話")
    INTERVIEW = "interview", _("面談")
    MAIL = "mail", _("メール")
    VISIT = "visit", _("訪問")
    CHAT = "chat", _("チャット")
    SNS = "sns", "SNS"
    VIDEO = "video", _("オンライン面談")
    LETTER = "letter", _("手紙")
    NEWSLETTER = "newsletter", _("おたより")
    ACCOMPANIMENT = "accompaniment", _("同行")
    STAFF_MEETING = "staff_meeting", _("所内会議")
    COORDINATION = "coordination", _("支援調整会議")
    SUPPORT_MEETING = "support_meeting", _("支援会議")
    AGENCY_MEETING = "agency_meeting", _("他機関との会議")
    OTHER = "other", _("その他")


# Meetings about a case stand in its course like any contact; whether one is counted as a contact depends on who was
# there (docs/decisions/0021-when-a-meeting-is-a-contact.md).
MEETINGS = frozenset({Method.STAFF_MEETING, Method.COORDINATION, Method.SUPPORT_MEETING, Method.AGENCY_MEETING})
# How one speaks with somebody: to be asked, or to call for the first time.
TALKING = [(method.value, method.label) for method in Method if method not in MEETINGS]


class Counterpart(models.TextChoices):
    """With whom（対象）."""

    SELF = "self", _("本人")
    FAMILY = "family", _("家族・親族")
    OTHER = "other", _("その他")


class ContactCode(Listed):
    """What was done in a contact（内容の区分）, as the office counts it."""


# Ticking off what a contact asks for is no correction of it.
_TICKED = ["next_done_on", "urgent_seen_at", "urgent_seen_by", "urgent_told_at"]


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pghistory.AnyChange(exclude=_TICKED)),
    # What an import brought is given back without a trace.
    pghistory.DeleteEvent(row=pghistory.Old, condition=pgtrigger.Q(old__import_id__isnull=True)),
    model_name="ContactPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Contact(Signed):
    """One contact（対応）with someone about a case. ``minutes`` is a duration; empty where nobody noted it.

    ``content`` is what was seen and done; what others told（伝聞）, what the worker makes of it（見立て）and the own
    words of the person or family stand apart. ``counterpart`` is whom the contact was with, as statistics count it,
    ``also_with`` who else was there, and ``members`` are ids of members of the case's household. An ``urgent``
    contact stays open until a human has taken it (``urgent_seen_at``).

    A correction keeps the words before it as a ``ContactPast`` and says why. One that was taken back（取り消し）is
    there alone, and counts nowhere.
    """

    # Its own index would repeat contact_by_case; nobody looks for contacts by their worker alone.
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contacts", db_index=False)
    number = models.TextField(_("対応番号"), blank=True)
    on = models.DateField(_("対応日"))
    at = models.TimeField(_("時刻"), null=True, blank=True)
    method = models.TextField(_("手法"), choices=Method.choices)
    counterpart = models.TextField(_("対象"), choices=Counterpart.choices)
    minutes = models.SmallIntegerField(_("所要分"), null=True, blank=True)
    content = models.TextField(_("内容"), blank=True)
    own_words = models.TextField(_("本人・家族のことば"), blank=True)
    hearsay = models.TextField(_("伝聞"), blank=True)
    opinion = models.TextField(_("見立て"), blank=True)
    also_with = ArrayField(
        models.TextField(choices=Counterpart.choices), verbose_name=_("ほかにいた人"), default=list, blank=True
    )
    members = ArrayField(models.UUIDField(), verbose_name=_("会った世帯員"), default=list, blank=True)
    place = models.TextField(_("場所"), blank=True)
    codes = ArrayField(models.TextField(), verbose_name=_("内容の区分"), default=list, blank=True)
    next_step = models.TextField(_("次にすること"), blank=True)
    next_on = models.DateField(_("いつまでに"), null=True, blank=True)
    next_done_on = models.DateField(_("済んだ日"), null=True, blank=True)
    urgent = models.BooleanField(_("至急"), default=False)
    urgent_seen_at = models.DateTimeField(null=True, blank=True)
    urgent_seen_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    urgent_told_at = models.DateTimeField(_("もう一度知らせたとき"), null=True, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    correction_reason = models.TextField(_("直した理由"), blank=True)
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
