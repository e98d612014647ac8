"""Rows about plans."""

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from engawa.office.casework.intake.rules.rows import Row


@dataclass(frozen=True)
class OfPlan(Row):
    """A row about one version of a plan, known by whose it is, its number (1 = 初回) and its revision."""

    number: int
    whose: str = ""
    revision: int | None = None


@dataclass(frozen=True)
class PlanRow(OfPlan):
    """A version of a plan（計画）; ``follows`` and ``follows_revision`` are those of the one it was copied from."""

    made_on: dt.date = dt.date.min
    state: str = "draft"
    revision_reason: str = ""
    follows: int | None = None
    follows_revision: int | None = None
    concern: str = ""
    hope: str = ""
    aim: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    work_support: bool = False
    began_on: dt.date | None = None
    ended_on: dt.date | None = None
    agreed_on: dt.date | None = None
    agreed_how: str = ""
    agreement_note: str = ""
    conference_on: dt.date | None = None
    conference_note: str = ""
    decision: str = ""
    decided_on: dt.date | None = None
    worker: str = ""
    assigned: bool = field(default=False, compare=False)
    writer: str = ""
    signed: bool = field(default=False, compare=False)

    maybe_silent: ClassVar[frozenset[str]] = frozenset({"writer", "worker"})

    @property
    def by_account(self) -> frozenset[str]:
        return super().by_account | (frozenset({"worker"}) if self.assigned else frozenset())


@dataclass(frozen=True)
class EvaluationRow(OfPlan):
    """How a plan ended（計画の評価）: what changed, what remains."""

    on: dt.date = dt.date.min
    result: str = ""
    changes: tuple[str, ...] = ()
    other_change: str = ""
    remaining: str = ""
    wish: str = ""
    view: str = ""
    reason: str = ""
    follow_up: str = ""
    conference_on: dt.date | None = None
    writer: str = ""
    signed: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class GoalRow(OfPlan):
    """A goal in the person's own words（計画の目標）, and how far it came."""

    goal: int = 1
    words: str = ""
    until: dt.date | None = None
    reached: str = ""
    said_of_it: str = ""


@dataclass(frozen=True)
class StepRow(OfPlan):
    """A step towards a goal（計画の取組）. Without a number, steps follow each other as they stand."""

    goal: int = 1
    step: int | None = None
    level: str = ""
    what: str = ""
    who_kind: str = ""
    who: str = ""
    often: str = ""
    until: dt.date | None = None


@dataclass(frozen=True)
class ServiceRow(OfPlan):
    """A service that a plan uses（計画の事業）."""

    service: str = ""
    agency: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True)
class ReviewRow(OfPlan):
    """A day on which a plan is looked at together（モニタリング）."""

    due_on: dt.date = dt.date.min
    held_on: dt.date | None = None
    note: str = ""
    writer: str = ""
    signed: bool = field(default=False, compare=False)
