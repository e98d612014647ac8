"""Imports: what was brought in, what was set aside, and what would be undone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from engawa.kernel.kept_words import WordsField
from engawa.kernel.rows import Row
from engawa.office.access.models import Organisation, Staff


class Import(Row):
    """One import of a ledger. Rows made by it carry its id, so that it can be undone as a whole.

    ``counts`` is what happened to the rows of each sheet, or would happen; ``counts_before`` is what the preview had
    shown, where that no longer held when the import was confirmed.
    """

    class Stage(models.TextChoices):
        RECEIVED = "received", _("受付済み")
        CHECKING = "checking", _("確認中")
        PREVIEWED = "previewed", _("確認待ち")
        TAKING = "taking", _("取り込み中")
        DONE = "done", _("取り込み済み")
        REFUSED = "refused", _("読み込めません")
        GIVEN_UP = "given_up", _("取りやめ")
        UNDONE = "undone", _("取り消し済み")

    file_name = models.TextField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    stage = models.TextField(choices=Stage.choices, default=Stage.RECEIVED)
    refusal = WordsField(blank=True, default=str)
    # Sheet → what happened to its rows; sheets and columns that were not part of the ledger; desks that were made.
    counts = models.JSONField(default=dict)
    remarks = WordsField(default=list)
    founded = models.JSONField(default=dict)
    counts_before = models.JSONField(default=dict)
    rows_read = models.IntegerField(default=0)
    rows_in_all = models.IntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    taken_by_name = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.TextField(blank=True)

    class Meta:
        ordering = ["-made_at"]


class Upload(Row):
    """A file as it was handed over, kept from the preview until the import is done, refused or given up."""

    belongs_to = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="uploads")
    name = models.TextField()
    content = models.BinaryField()

    class Meta:
        ordering = ["name"]


class SetAsideRow(Row):
    """A row of the ledger that could not be taken, with everything needed to mend it."""

    belongs_to = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="set_aside")
    position = models.IntegerField(default=0)
    sheet = models.TextField()
    row = models.IntegerField()
    column = models.TextField()
    value = models.TextField()
    problem = WordsField()
    accepted = WordsField()
    cells = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
