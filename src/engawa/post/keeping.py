"""For how long the office keeps what a visitor said: promised by the porch, kept by the office, written once."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class RecordsKept:
    """For how many fiscal years after the one in which support ended records are kept, if it ended since a day."""

    since: dt.date
    years: int
    source: str


# Oldest first. A new rule is a new line: what ended under an older one is kept as it was promised then.
RECORDS_KEPT = (
    RecordsKept(dt.date(2020, 4, 1), 5, "市町村の文書管理規程（相談記録は完結の翌年度から5年とするものが多い）"),
)


def records_kept_years(day: dt.date) -> int:
    """The years promised for support that ends on ``day``."""
    return next((rule for rule in reversed(RECORDS_KEPT) if rule.since <= day), RECORDS_KEPT[0]).years


def longest_records_kept() -> int:
    """The longest that was ever promised."""
    return max(rule.years for rule in RECORDS_KEPT)
