"""How the outing question is classed, which way a step goes, and what happens when two people write at once.

Plain values only. Nothing here refuses anybody: classes are for counting, stages go both ways.
"""

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass
from enum import Enum

from engawa.office.casework.cases.rules import NotPossible
from engawa.office.questionnaires.rules import Said

# Options of the question on reasons, as the sheet くらしとつながり asks it.
HOUSEWORK = "主婦・主夫、家事手伝い"
# How many months each option of its question on duration means at least.
AT_LEAST_MONTHS = (0, 6, 12, 24, 36, 60, 84)
# The option of its question on talk outside the family that means: hardly any for six months.
HARDLY_TALKED = 2


class Class(Enum):
    """What the outing answer says by itself."""

    NONE = "ひきこもりの状態に当たらない"
    SEMI = "準ひきこもり"
    NARROW = "狭義のひきこもり"
    UNKNOWN = "わからない"


@dataclass(frozen=True)
class Definition:
    """The definition of one survey: see ``models.OutingRule``."""

    ages: Container[int]
    semi: frozenset[int]
    narrow: frozenset[int]
    months: int
    excluded: frozenset[str]
    housework_needs_silence: bool


@dataclass(frozen=True)
class Life:
    """What was answered. ``months`` is how long at least; None means that nobody knows."""

    outing: int | None
    months: int | None = None
    reasons: frozenset[str] = frozenset()
    silent: bool | None = None
    age: int | None = None


@dataclass(frozen=True)
class Classed:
    """The class of one person under one definition; ``broad`` is None where an answer is missing to decide it."""

    outing: Class
    broad: bool | None


def classify(definition: Definition, life: Life) -> Classed:
    """Class one person's answers under one survey's definition（狭義・準・広義）.

    Broad is semi or narrow, for at least the survey's months, without an excluding reason, within its ages. An unknown
    answer makes the broad class unknown, unless another answer already says no.
    """
    outing = _outing(definition, life.outing)
    if outing is Class.NONE:
        return Classed(outing, broad=False)
    asked = [
        None if outing is Class.UNKNOWN else True,
        None if life.months is None else life.months >= definition.months,
        None if life.age is None else life.age in definition.ages,
        not definition.excluded & life.reasons,
        _housework_counts(definition, life),
    ]
    broad = False if False in asked else None if None in asked else True
    return Classed(outing, broad)


def _outing(definition: Definition, option: int | None) -> Class:
    if option is None:
        return Class.UNKNOWN
    if option in definition.narrow:
        return Class.NARROW
    return Class.SEMI if option in definition.semi else Class.NONE


def _housework_counts(definition: Definition, life: Life) -> bool | None:
    if HOUSEWORK not in life.reasons or not definition.housework_needs_silence:
        return True
    return life.silent


class Direction(Enum):
    """Which way a step between stages goes."""

    FIRST = "はじめ"
    ONWARD = "先へ"
    BACK = "戻る"
    SAME = "そのまま"


def direction(before: int | None, after: int) -> Direction:
    """The way from the position ``before`` on a line to ``after``. Every way is possible."""
    if before is None:
        return Direction.FIRST
    if after == before:
        return Direction.SAME
    return Direction.ONWARD if after > before else Direction.BACK


def check_on(day: dt.date, *, today: dt.date) -> None:
    """Whether an assessment or a step can have been on ``day``; a day before the case was received can.

    Raises:
        NotPossible: in the future.
    """
    if day > today:
        raise NotPossible("先の日付では記録できません。今日までの日を入れてください")


def check_open(*, finished: bool) -> None:
    """Whether an assessment may still be written.

    Raises:
        NotPossible: it is finished.
    """
    if finished:
        raise NotPossible(
            "このアセスメントは確定しています。直すときは、この内容から新しいアセスメントを始めてください"
        )


class Settled(Enum):
    """What becomes of a typed answer."""

    KEEP = "keep"
    WRITE = "write"
    ASK = "ask"


def settle(*, then: Said, now: Said, typed: Said, overtaken: bool) -> Settled:
    """Whether a typed answer is written, given what the writer saw ``then`` and what stands ``now``.

    A page that is saved as a whole sends every answer: what its writer did not touch never overwrites what somebody
    else wrote meanwhile. Where both changed the same answer differently, the writer is asked.
    """
    if typed in (now, then):
        return Settled.KEEP
    return Settled.ASK if overtaken else Settled.WRITE
