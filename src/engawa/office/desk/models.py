"""What a desk has promised: to call back, or to meet."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.office.access.models import Organisation, Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.timeline.models import Counterpart
from engawa.office.talks.models import Talk


class Appointment(Row):
    """A call back（折返し）or a meeting（面談予約）that was promised for one day.

    ``ends_at`` is the moment from which the promise is broken; ``starts_at`` the one from which it may be kept, none
    where any time of the day will do. With a case, the promise follows the case; without one, it stays with
    ``organisation``, and what is known of the caller stands here: how they are called and a number.
    ``tries`` counts calls that reached nobody. ``said`` is what came of it: a short note, or why it was cancelled.
    """

    class Kind(models.TextChoices):
        CALL_BACK = "call_back", _("折返し")
        MEETING = "meeting", _("面談予約")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("済んだ")
        CANCELLED = "cancelled", _("取りやめ")

    kind = models.TextField("種類", choices=Kind.choices, default=Kind.CALL_BACK)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="appointments", verbose_name="担当機関"
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="appointments")
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, null=True, related_name="appointments")
    counterpart = models.TextField("対象", choices=Counterpart.choices, default=Counterpart.SELF)
    handle = models.TextField("呼び名", blank=True)
    phone = models.TextField("電話", blank=True)
    place = models.TextField("場所", blank=True)
    note = models.TextField("メモ", blank=True)
    starts_at = models.DateTimeField("いつから", null=True)
    ends_at = models.DateTimeField("いつまで")
    promised_at = models.DateTimeField()
    promised_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="claimed_appointments")
    tries = models.PositiveSmallIntegerField("かけた回数", default=0)
    tried_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField("結果", choices=Outcome.choices, blank=True)
    said = models.TextField("結果のメモ", blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "ends_at"], condition=Q(settled_at__isnull=True), name="appointment_open"
            ),
            models.Index(fields=["case", "-ends_at"], condition=Q(case__isnull=False), name="appointment_by_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="appointment_order"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="appointment_settled_with_outcome",
            ),
        ]

    @property
    def is_meeting(self) -> bool:
        return self.kind == self.Kind.MEETING
