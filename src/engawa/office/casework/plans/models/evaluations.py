"""The evaluation of a plan（評価）: how far each goal came, what changed, and how it goes on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from engawa.kernel.rows import Row
from engawa.office.access.models import Staff
from engawa.office.casework.people.models import Signed
from engawa.office.casework.plans.models.plans import Goal, Plan


class Evaluation(Signed):
    """Ends a plan, never a case. ``changes`` are codes of ``NoticedChange``; none at all is an answer, too."""

    class Result(models.TextChoices):
        CLOSED = "closed", pgettext_lazy("状態", "終結")
        AGAIN = "again", _("再プランして継続")
        STOPPED = "stopped", _("中断")

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="evaluation")
    on = models.DateField("評価日")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="評価した人")
    changes = ArrayField(models.TextField(), verbose_name="見られた変化", default=list)
    other_change = models.TextField("その他の変化", blank=True)
    remaining = models.TextField("残された課題", blank=True)
    wish = models.TextField("本人の希望", blank=True)
    view = models.TextField("支援者の見立て", blank=True)
    result = models.TextField("結果", choices=Result.choices)
    reason = models.TextField("結果の理由", blank=True)
    follow_up = models.TextField("フォローアップの予定", blank=True)
    conference_on = models.DateField("支援調整会議の日", null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)


class GoalOutcome(Row):
    """How far one goal came. A wish may change: that is no failure."""

    class Reached(models.TextChoices):
        REACHED = "reached", _("とどいた")
        CLOSER = "closer", _("近づいた")
        AHEAD = "ahead", _("これから")
        CHANGED = "changed", _("望みが変わった")

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="outcomes")
    goal = models.OneToOneField(Goal, on_delete=models.CASCADE, related_name="outcome")
    reached = models.TextField("目標の達成", choices=Reached.choices)
    words = models.TextField("本人のことば", blank=True)

    class Meta:
        ordering = ["goal__position"]
