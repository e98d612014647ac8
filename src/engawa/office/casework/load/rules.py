"""How much somebody carries, and when the house should say so. Plain values only."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from engawa.kernel.words import Words
from engawa.office.casework.cases.rules import NotPossible


@dataclass(frozen=True)
class Dated:
    """A weight or a limit, from a day on."""

    starts_on: dt.date
    points: Decimal


def points_on(rows: Iterable[Dated], day: dt.date) -> Decimal | None:
    """What holds on ``day``: the latest that has begun by then; None before the first."""
    begun = [row for row in rows if row.starts_on <= day]
    return max(begun, key=lambda row: row.starts_on).points if begun else None


@dataclass(frozen=True)
class Carried:
    """What one worker carries: cases, their weight together, and how many of them nobody else shares."""

    cases: int
    points: Decimal
    alone: int


def hints_for(carried: Carried, limit: Decimal | None) -> list[str]:
    """What to say about a worker's load: ``heavy``, ``alone``, both or nothing (002-05)."""
    heavy = limit is not None and carried.points > limit
    return [hint for hint, said in (("heavy", heavy), ("alone", carried.alone > 0)) if said]


def check_effective(on: dt.date, *, received: dt.date, today: dt.date) -> None:
    """Whether an intensity can hold from that day.

    Raises:
        NotPossible: with the words to show.
    """
    if on > today:
        raise NotPossible("先の日付では記録できません。今日までの日を入れてください")
    if on < received:
        raise NotPossible(
            Words("受付日（%(day)s）より前の日にはできません。その日か、その後の日を入れてください", day=received)
        )


def check_due(due_on: dt.date, today: dt.date) -> None:
    """Whether a case can be reviewed on that day.

    Raises:
        NotPossible: it is over.
    """
    if due_on < today:
        raise NotPossible("見直す日が過ぎています。今日からあとの日を入れてください")


def check_waiting(*, waiting: bool) -> None:
    """Whether there is a review to finish.

    Raises:
        NotPossible: there is none.
    """
    if not waiting:
        raise NotPossible("待っている見直しはありません。先に見直す日を決めてください")


def check_passing(chosen: int, *, stale: bool) -> None:
    """Whether a load can be passed on as it was chosen.

    Raises:
        NotPossible: nothing chosen, or somebody changed the lead meanwhile.
    """
    if not chosen:
        raise NotPossible("引き継ぐ人を、一件以上のケースに選んでください")
    if stale:
        raise NotPossible("ほかの人が先に担当を変えたケースがあります。画面を開き直して、もう一度選んでください")
