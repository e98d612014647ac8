"""Audit entries: no foreign keys, so that nothing in the house can pull one away."""

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """One deed or one reading. PostgreSQL refuses UPDATE and DELETE, and chains each entry to the one before.

    The chain has sixteen lanes (an actor always writes in the same one), so that colleagues never wait for
    each other. ``number``, ``previous`` and ``digest`` are filled by a trigger.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    lane = models.SmallIntegerField(default=0)
    number = models.BigIntegerField(default=0)
    actor = models.TextField()
    actor_name = models.TextField()
    reading = models.BooleanField()
    deed = models.TextField()
    subject = models.TextField(blank=True)
    case_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    previous = models.BinaryField(default=b"")
    digest = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lane", "number"], name="audit_entry_place_in_lane")]
        indexes = [
            models.Index(fields=["case_id", "-id"], name="audit_entry_by_case"),
            models.Index(fields=["actor", "-id"], name="audit_entry_by_actor"),
        ]
