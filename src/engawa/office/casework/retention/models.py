"""Classes of records with their years, holds, destruction lists, and disclosures（開示）."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.office.access.models import Organisation, Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Listed


class RecordClass(Listed):
    """A kind of record that is kept for the same years（文書の種類）."""


class Term(Row):
    """For how many fiscal years a class is kept（保存年限）, for cases closed from a day on. No years: for ever."""

    record_class = models.ForeignKey(
        RecordClass, on_delete=models.PROTECT, related_name="terms", verbose_name="文書の種類"
    )
    years = models.PositiveSmallIntegerField("年数", null=True, blank=True)
    starts_on = models.DateField("いつの終結から")
    source = models.TextField("根拠", blank=True)

    class Meta:
        ordering = ["record_class", "-starts_on"]
        constraints = [models.UniqueConstraint(fields=["record_class", "starts_on"], name="term_by_day")]


class Hold(Row):
    """The records of a case must not be destroyed（保全）: an appeal, a request for disclosure, an incident."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="holds")
    reason = models.TextField("理由")
    ends_on = models.DateField("いつまで", null=True, blank=True)
    placed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    lift_note = models.TextField("解いた理由", blank=True)

    class Meta:
        ordering = ["-placed_at"]


class Disclosure(Row):
    """Records that their person gets（開示）: one prepares them, another approves, then the files can be taken.

    ``choices`` are keys of records by what was chosen for them, ``struck`` what was masked by hand, with reasons.
    ``content`` is what goes out, fixed when it was handed in: what was approved is what is given.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", _("準備中")
        WAITING = "waiting", _("承認待ち")
        APPROVED = "approved", _("承認済み")
        GIVEN_UP = "given_up", _("取りやめ")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="disclosures")
    asker = models.TextField("開示を求めた人")
    state = models.TextField(choices=State.choices, default=State.PREPARING)
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    choices = models.JSONField(default=dict)
    struck = models.JSONField(default=list)
    content = models.JSONField(default=dict)
    handed_in_at = models.DateTimeField(null=True)
    returned = models.TextField("差しもどしのことば", blank=True)
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["preparing", "waiting"]), name="one_open_disclosure"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")), name="disclosure_takes_two"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="disclosure_approved_by_somebody",
            ),
        ]


class Destruction(Row):
    """A list of records that have served their time（廃棄リスト）; a second person approves it, then it is done.

    ``again_at``: when it was carried out once more, in a house restored from a backup that is older than it. Only such
    a house may know no account any more of those who made and approved it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(approved_at__isnull=True, given_up_at__isnull=True),
                name="one_open_destruction",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="destruction_takes_two"
            ),
        ]

    @property
    def waits(self) -> bool:
        """Whether it waits for a second person."""
        return self.approved_at is None and self.given_up_at is None


class DestructionItem(Row):
    """One class of record of one case on a list: since when it is due, and what became of it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("承認待ち")
        ERASED = "erased", _("消去した")
        SPARED = "spared", _("消去しなかった（保全・再開など）")

    destruction = models.ForeignKey(Destruction, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.TextField("ケース番号")
    record_class = models.ForeignKey(RecordClass, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField("終結日")
    due_on = models.DateField("保存の終わり")
    outcome = models.TextField(choices=Outcome.choices, default=Outcome.WAITING)
    rows = models.IntegerField("件数", default=0)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number", "record_class"]
        constraints = [
            models.UniqueConstraint(fields=["destruction", "case", "record_class"], name="destruction_item_once")
        ]
