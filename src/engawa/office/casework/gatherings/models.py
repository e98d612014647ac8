"""Gatherings, their sittings, the families who take part, and who was there."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.office.access.models import Organisation
from engawa.office.casework.cases.models import Case


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    model_name="GatheringPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Gathering(Row):
    """A family course or a family meeting（家族教室・家族会）: it belongs to the organisation that holds it."""

    class Kind(models.TextChoices):
        COURSE = "course", _("家族教室")
        MEETING = "meeting", _("家族会・家族交流会")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField("種類", choices=Kind.choices)
    name = models.TextField("名称")
    place = models.TextField("場所", blank=True)
    leader = models.TextField("すすめる人", blank=True)
    about = models.TextField("どんな集まりか", blank=True)
    ended_on = models.DateField("おわった日", null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    model_name="SittingPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Sitting(Row):
    """One day of a gathering（回）. ``nameless`` is how many came of whom nothing is written down."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="sittings")
    on = models.DateField("開いた日")
    minutes = models.SmallIntegerField("分", null=True, blank=True)
    theme = models.TextField("テーマ", blank=True)
    nameless = models.SmallIntegerField("名のらずに来た人", default=0)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "on"], name="sitting_once_a_day"),
            models.CheckConstraint(condition=Q(nameless__gte=0), name="sitting_nameless"),
        ]


class Attendee(Row):
    """A family that takes part（参加する家族）: somebody of a case's household, or by what they want to be called.

    ``member`` is who of the household comes; None is the family of the case as such.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="attendees")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="attendees")
    member = models.UUIDField("だれ", null=True, blank=True)
    called = models.TextField("呼び名", blank=True)
    since = models.DateField("いつから")
    until = models.DateField("いつまで", null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(case__isnull=False) | ~Q(called=""), name="attendee_is_somebody"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="attendee_period"),
            models.UniqueConstraint(
                fields=["gathering", "case", "member"],
                condition=Q(case__isnull=False, until__isnull=True),
                nulls_distinct=False,
                name="attendee_once",
            ),
        ]


class Attendance(Row):
    """Somebody was there（出席）. Its id is that of the contact in their case, where they have one."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="attendances")
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="attendances")
    present = models.BooleanField("来た", default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "attendee"], name="attendance_once")]
