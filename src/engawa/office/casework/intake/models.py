"""What imports brought beside cases and contacts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.office.casework.cases.models import Case


class Brought(Row):
    """A row that an import made（取り込んだもの）: who it concerns, and as which number the ledger knows it.

    A gathering concerns no case. ``row_id`` is no foreign key: it leads to a row of ``kind`` in the part that keeps
    it, which knows of no imports. ``said`` is what an import wrote into a row that was there before, or how a row
    stood. Only the system sees these rows.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("本人")
        CASE = "case", _("ケース")
        OTHER_NAME = "other_name", _("別の名")
        OTHER_ADDRESS = "other_address", _("別の住所")
        OTHER_REACH = "other_reach", _("別の連絡先")
        NAME_STEP = "name_step", _("名前の歩み")
        HOUSEHOLD = "household", _("世帯")
        MEMBER = "member", _("世帯員")
        RELATION = "relation", _("世帯の関係")
        NEED = "need", _("世帯の課題")
        LIFE_EVENT = "life_event", _("世帯の出来事")
        AGENCY = "agency", _("支援チーム")
        TIE = "tie", _("つながり")
        ASSESSMENT = "assessment", _("アセスメント")
        ANSWER = "answer", _("アセスメントの回答")
        PLAN = "plan", _("計画")
        GOAL = "goal", _("計画の目標")
        STEP = "step", _("計画の取組")
        SERVICE = "service", _("計画の事業")
        REVIEW = "review", _("計画のモニタリング")
        EVALUATION = "evaluation", _("計画の評価")
        OUTCOME = "outcome", _("目標の評価")
        STAYING = "staying", _("つながり続ける")
        CONSENT = "consent", _("同意")
        REFERRAL = "referral", _("つなぎ")
        GATHERING = "gathering", _("家族教室・家族会")
        SITTING = "sitting", _("家族教室・家族会の回")
        ATTENDEE = "attendee", _("家族教室・家族会の参加者")
        ATTENDANCE = "attendance", _("家族教室・家族会の出席")
        QUIET_CONTACT = "quiet_contact", _("静かな便り")

    import_id = models.UUIDField(editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    kind = models.TextField(choices=Kind.choices)
    row_id = models.UUIDField()
    number = models.TextField(blank=True)
    said = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["import_id", "kind"], name="brought_by_import"),
            models.Index(fields=["case"], name="brought_by_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "row_id"], condition=~models.Q(kind="case"), name="brought_once")
        ]
