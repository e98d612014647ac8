"""A plan and what it consists of: goals in the person's own words, steps, services, review dates."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.kernel.words import translated
from engawa.office.access.models import Organisation, Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.people.models import Signed
from engawa.office.casework.plans import rules
from engawa.office.casework.plans.models.lists import PlanService


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    model_name="PlanPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Plan(Signed):
    """One version of a plan（支援計画・プラン）.

    ``number`` counts the plans of whoever it is for (1 = 初回), ``revision`` the versions of one plan: what is in
    force is never edited, a revision is a row of its own that says why. ``follows`` is the row it was copied from.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("作成中")
        RUNNING = "running", _("実施中")
        REPLACED = "replaced", _("改訂前")
        ENDED = "ended", _("評価ずみ")

    class Agreed(models.TextChoices):
        """How the person agreed."""

        SIGNED = "signed", _("署名")
        SPOKEN = "spoken", _("口頭")
        WRITTEN = "written", _("メール・手紙・チャット")
        FAMILY = "family", _("家族を通して")
        OTHER = "other", _("その他")

    class Decision(models.TextChoices):
        """What the municipality said to the plan（支援決定）."""

        OPEN = "", _("まだ")
        DECIDED = "decided", _("支援決定")
        CONFIRMED = "confirmed", _("確認")
        NOT_REQUIRED = "not_required", _("不要")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans", db_index=False)
    whose = models.TextField("だれの計画か（続柄で）", blank=True)
    number = models.SmallIntegerField("プラン回数", default=1)
    revision = models.SmallIntegerField("改訂", default=0)
    revision_reason = models.TextField("改訂の理由", blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers")
    state = models.TextField("状態", choices=State.choices, default=State.DRAFT)
    made_on = models.DateField("作成日")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="作成者")
    worker = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="担当者"
    )
    worker_name = models.TextField("担当者（台帳の名）", blank=True)
    concern = models.TextField("解決したい課題", blank=True)
    hope = models.TextField("本人の目標（目指す姿）", blank=True)
    aim = models.TextField("本プランの達成目標", blank=True)
    starts_on = models.DateField("はじめ", null=True, blank=True)
    ends_on = models.DateField("おわり", null=True, blank=True)
    work_support = models.BooleanField("就労支援対象者", default=False)
    written_at = models.DateTimeField()
    began_on = models.DateField("実施をはじめた日", null=True, blank=True)
    ended_on = models.DateField("評価した日", null=True, blank=True)

    agreed_on = models.DateField("同意の日", null=True, blank=True)
    agreed_how = models.TextField("同意の方法", choices=Agreed.choices, blank=True)
    agreement_asked_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意を聞いた人"
    )
    agreement_note = models.TextField("同意についてのメモ", blank=True)

    conference_on = models.DateField("支援調整会議の日", null=True, blank=True)
    conference_note = models.TextField("支援調整会議の結果", blank=True)
    decision = models.TextField("支援決定", choices=Decision.choices, default=Decision.OPEN, blank=True)
    decided_on = models.DateField("支援決定の日", null=True, blank=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="決定した自治体"
    )

    class Meta:
        ordering = ["-number", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["case", "whose", "number", "revision"], name="plan_once"),
            models.UniqueConstraint(fields=["case", "whose"], condition=Q(state="running"), name="plan_in_force_once"),
            models.UniqueConstraint(fields=["case", "whose"], condition=Q(state="draft"), name="plan_draft_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="plan_period",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True) | ~Q(decision="") & Q(decided_on__isnull=False),
                name="plan_decision_has_day",
            ),
        ]

    @property
    def shown_worker(self) -> str:
        """Who looks after the plan; a name that only an earlier record gives is marked, as ``shown_writer``."""
        if self.worker or not self.worker_name:
            return self.worker.name if self.worker else ""
        return gettext("%(name)s（台帳）") % {"name": self.worker_name}

    @property
    def name(self) -> str:
        """初回, 2回目 …, with its revision and, where it is not the person's own, whose it is."""
        return translated(rules.plan_name(self.number, self.revision, self.whose))

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written."""
        return self.state == Plan.State.DRAFT

    @property
    def is_running(self) -> bool:
        """Whether it is in force."""
        return self.state == Plan.State.RUNNING


class Goal(Row):
    """What the person wants, in their own words. Connection or work from home is as good a goal as any."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    position = models.SmallIntegerField()
    words = models.TextField("本人のことば")
    until = models.DateField("いつごろまでに", null=True, blank=True)

    class Meta:
        ordering = ["position"]


class PlanStep(Row):
    """A step towards a goal: what, at which level of independence, who does it, how often, until when."""

    class Level(models.TextChoices):
        """The three levels of independence（自立の三段階）of work preparation."""

        DAILY = "daily", _("日常生活")
        SOCIAL = "social", _("社会生活")
        WORK = "work", _("就労")

    class Who(models.TextChoices):
        STAFF = "staff", _("職員")
        AGENCY = "agency", _("関係機関")
        SELF = "self", _("本人")
        FAMILY = "family", _("家族・親族")
        OTHER = "other", _("その他")

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    position = models.SmallIntegerField()
    level = models.TextField("段階", choices=Level.choices, blank=True)
    what = models.TextField("すること")
    who_kind = models.TextField("だれが", choices=Who.choices, blank=True)
    who = models.TextField("名前", blank=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    often = models.TextField("頻度", blank=True)
    until = models.DateField("いつまで", null=True, blank=True)

    class Meta:
        ordering = ["position"]

    @property
    def doer(self) -> str:
        """Who does it, as paper says it: 職員 岡なずな."""
        name = self.staff.name if self.staff else self.who
        return " ".join(filter(None, [self.get_who_kind_display() if self.who_kind else "", name]))


class ServiceUse(Row):
    """A service that the plan uses. ``starts_on`` is its very first day, carried along from plan to plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="uses")
    service = models.ForeignKey(PlanService, on_delete=models.PROTECT, related_name="+", verbose_name="事業")
    agency = models.TextField("実施するところ", blank=True)
    starts_on = models.DateField("利用のはじめ", null=True, blank=True)
    ends_on = models.DateField("利用のおわり", null=True, blank=True)
    reason = models.TextField("延長の理由", blank=True)

    class Meta:
        ordering = ["service__position"]


class PlanReview(Signed):
    """A day on which the plan is looked at together（モニタリング）. Passing it changes nothing by itself."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reviews")
    due_on = models.DateField("モニタリングの予定日")
    held_on = models.DateField("行った日", null=True, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField("ようす", blank=True)
    reminded_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["due_on"]
        indexes = [models.Index(fields=["due_on"], name="plan_review_due", condition=Q(held_on__isnull=True))]
