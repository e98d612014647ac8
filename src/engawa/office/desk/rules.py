"""Decisions of the desk: how a wait is told, and who a visitor is to the case that a talk becomes."""

import datetime as dt
from enum import StrEnum


class Unit(StrEnum):
    """In what a wait is told: nobody needs seconds, and a night's wait is told in hours."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


def wait(since: dt.datetime, now: dt.datetime) -> tuple[int, Unit]:
    """How long somebody has waited, in full units; never negative, even when two clocks disagree."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return minutes, Unit.MINUTES
    if minutes < 24 * 60:
        return minutes // 60, Unit.HOURS
    return minutes // (24 * 60), Unit.DAYS


def requester_of(said: str) -> str:
    """The case's requester（相談者）for what a visitor said of themselves; the unsaid counts as other (000-03)."""
    return said if said in {"self", "family", "agency", "company"} else "other"
