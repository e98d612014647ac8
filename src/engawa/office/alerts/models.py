"""Alerts: what a member of staff is told. The kind decides the wording; an alert carries references only."""

from django.db import models

from engawa.kernel.rows import Row
from engawa.office.access.models import Staff


class Alert(Row):
    """One thing one member of staff should know."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="alerts")
    kind = models.TextField()
    title = models.TextField()
    path = models.TextField(blank=True)
    number = models.TextField(blank=True)  # of the case that it names
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["staff", "read_at", "-made_at"], name="alert_by_staff")]
