"""Audit entries and their seals: no foreign keys, so that nothing in the house can pull one away."""

from django.db import models

from engawa.kernel import clock
from engawa.kernel.rows import Row


class Entry(Row):
    """One deed or one reading. PostgreSQL refuses UPDATE, DELETE and TRUNCATE, even to the owner."""

    at = models.DateTimeField(default=clock.now)
    actor = models.TextField()
    actor_name = models.TextField()
    reading = models.BooleanField()
    deed = models.TextField()
    subject = models.TextField(blank=True)
    case_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["case_id", "-id"], name="audit_entry_by_case"),
            models.Index(fields=["actor", "-id"], name="audit_entry_by_actor"),
            models.Index(fields=["deed", "-id"], name="audit_entry_by_deed"),
        ]


class Seal(models.Model):
    """The link of one entry in the hash chain, written by a trigger when the transaction commits.

    ``digest`` is SHA-256 over the digest before and the entry's words. There are sixteen chains (lanes); a
    transaction writes in one of them, so that colleagues hardly ever wait for each other, and then only for the
    length of a commit.
    """

    entry_id = models.UUIDField(primary_key=True)
    lane = models.SmallIntegerField()
    number = models.BigIntegerField()
    digest = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lane", "number"], name="audit_seal_place_in_lane")]
