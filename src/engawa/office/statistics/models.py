"""The rule of small counts, and which reports were released for publication."""

from django.db import models

from engawa.kernel.rows import Row
from engawa.office.access.models import Staff


class SmallCounts(Row):
    """From which day on counts below which number are hidden（秘匿）from people without a right to any case.

    ``least`` is the smallest count that is printed; ``least_when_short`` that of windows with fewer than
    ``short_below`` months, in which a single life is easier to recognise.
    """

    starts_on = models.DateField(unique=True)
    least = models.PositiveSmallIntegerField()
    least_when_short = models.PositiveSmallIntegerField()
    short_below = models.PositiveSmallIntegerField()
    source = models.TextField()
    source_when_short = models.TextField()

    class Meta:
        ordering = ["-starts_on"]


class Release(Row):
    """公表: somebody who may see small counts looked at the report of one scope and released it as it is."""

    first = models.DateField()
    last = models.DateField()
    first_before = models.DateField(null=True)
    last_before = models.DateField(null=True)
    as_of = models.DateField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "last", "first_before", "last_before", "as_of"],
                nulls_distinct=False,
                name="statistics_release_once",
            )
        ]
