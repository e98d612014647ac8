"""Imports: what was brought in, what was set aside, and what would be undone."""

from django.db import models

from engawa.kernel.rows import Row
from engawa.office.access.models import Staff


class Import(Row):
    """One import of a ledger. Rows made by it carry its id, so that it can be undone as a whole."""

    file_name = models.TextField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.TextField(blank=True)

    class Meta:
        ordering = ["-made_at"]


class SetAsideRow(Row):
    """A row of the ledger that could not be taken, with everything needed to mend it."""

    belongs_to = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="set_aside")
    sheet = models.TextField()
    row = models.IntegerField()
    column = models.TextField()
    value = models.TextField()
    problem = models.TextField()
    accepted = models.TextField()
    cells = models.JSONField(default=dict)

    class Meta:
        ordering = ["sheet", "row"]
