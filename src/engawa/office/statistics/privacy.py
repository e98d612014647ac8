"""Statistics keep no people: rules and releases only."""

from engawa.kernel.privacy import Keeping
from engawa.office.statistics.models import Release, SmallCounts

SMALL_COUNTS = Keeping(
    SmallCounts,
    {},
    frozenset({"id", "starts_on", "least", "least_when_short", "short_below", "source", "source_when_short"}),
    "決まりとして残す",
)
RELEASE = Keeping(
    Release,
    {},
    frozenset({"id", "first", "last", "first_before", "last_before", "as_of", "by", "at"}),
    "公表の記録として残す",
)
