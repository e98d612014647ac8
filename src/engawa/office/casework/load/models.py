"""How intensely a case is supported, with weights as dated data; reviews; and who passed a case to whom."""

from django.db import models
from django.db.models import F, Q

from engawa.kernel.rows import Row
from engawa.office.access.models import Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Listed


class Level(Listed):
    """How intensely a case is supported（支援の濃さ）. ``usual`` counts where nobody has said anything."""

    usual = models.BooleanField(default=False)

    class Meta(Listed.Meta):
        constraints = [models.UniqueConstraint(fields=["usual"], condition=Q(usual=True), name="one_usual_level")]


class Weight(Row):
    """What a case of a level weighs from a day on: 1 is a case of the usual level."""

    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="weights")
    points = models.DecimalField("重さ", max_digits=4, decimal_places=2)
    starts_on = models.DateField("いつから")
    source = models.TextField("出典", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "starts_on"], name="weight_by_day"),
            models.CheckConstraint(condition=Q(points__gte=0), name="weight_not_negative"),
        ]


class Limit(Row):
    """From which load on the house hints that somebody carries much, from a day on. A hint, never a prohibition."""

    points = models.DecimalField("重さの合計", max_digits=6, decimal_places=2)
    starts_on = models.DateField("いつから", unique=True)
    source = models.TextField("出典", blank=True)


class Intensity(Row):
    """The level of a case from a day on. Rows are added, never changed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="intensities")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    effective_on = models.DateField("いつから")
    note = models.TextField("理由", blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-effective_on", "-recorded_at"]
        indexes = [models.Index(fields=["case", "-effective_on", "-recorded_at"], name="intensity_by_case")]


class Review(Row):
    """A day on which somebody looks at the case anew（見直し）; one waits at most."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reviews")
    due_on = models.DateField("見直す日")
    set_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    told_on = models.DateField(null=True)
    done_on = models.DateField("見直した日", null=True)
    done_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField("見直したこと", blank=True)

    class Meta:
        ordering = ["-due_on"]
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(done_on=None), name="one_open_review")]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on=None), name="review_open_by_day")]


class Passing(Row):
    """The lead of a case passed from one member of staff to another（担当替え）."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="passings")
    giver = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    note = models.TextField("申し送り", blank=True)
    plans = models.SmallIntegerField("替わった計画", default=0)
    steps = models.SmallIntegerField("替わったステップ", default=0)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=~Q(giver=F("receiver")), name="passing_to_another")]
