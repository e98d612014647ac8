"""Rows as an earlier record has them: plain values, one class for each sheet, and what becomes of each row.

Whoever gives records out tells them in the same rows: what goes out can come in again.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, TypeVar

from engawa.kernel.age import Age
from engawa.kernel.taken import Fate, Taken
from engawa.kernel.words import Words

SELF = "本人"


@dataclass(frozen=True)
class Unfit:
    """Why a row cannot be taken: the field of it, what is wrong, and what would be accepted."""

    field: str
    problem: str
    accepted: str


def not_listed(word: str) -> Words:
    """What is wrong with a word that no list has."""
    return Words("「%(word)s」は選べる言葉にありません", word=word)


def from_day(day: dt.date) -> Words:
    """What would be accepted of a day that lies too early."""
    return Words("%(day)s 以後の日付", day=day.isoformat())


@dataclass(frozen=True)
class Row:
    """A row about a case, named by its number.

    ``notes`` are further columns that have no words of this row to stand with.
    """

    case: str
    notes: dict[str, str] = field(default_factory=dict, kw_only=True, compare=False)

    others_field: ClassVar[str] = "case"
    """The field that names further cases."""

    @property
    def others(self) -> tuple[str, ...]:
        """The numbers of further cases that the row speaks of."""
        return ()


@dataclass(frozen=True)
class PersonRow(Row):
    """Whom the case is about（本人）. Nothing is needed; ``same_as`` is a case of the same person."""

    name: str = ""
    reading: str = ""
    nickname: str = ""
    sex: str = "0"
    birth_date: dt.date | None = None
    age: Age = Age()  # noqa: RUF009 # frozen: one unknown age is as good as another
    age_on: dt.date | None = None
    phone: str = ""
    address: str = ""
    handle: str = ""
    same_as: str = ""

    others_field: ClassVar[str] = "same_as"

    @property
    def others(self) -> tuple[str, ...]:
        return (self.same_as,) if self.same_as else ()


@dataclass(frozen=True)
class OtherRow(Row):
    """A former or common name, or another address, with the time in which it was used. Secret ones never travel."""

    kind: str
    name: str = ""
    reading: str = ""
    address: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    note: str = ""


class OtherNameRow(OtherRow):
    """A name beside the one in use（別の名）."""


class OtherAddressRow(OtherRow):
    """An address beside the present one（別の住所）."""


@dataclass(frozen=True)
class NameStepRow(Row):
    """Who agreed that the name was written down（名前の歩み）, and how they were asked."""

    on: dt.date
    agreed_by: str
    how: str = ""
    note: str = ""


@dataclass(frozen=True)
class HouseholdRow(Row):
    """What a household is called, and how it goes there（世帯）."""

    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class MemberRow(Row):
    """A member of the case's household（世帯員）; ``own_of`` are the cases whose 本人 they are.

    ``number`` tells members apart, or else what they are called, their name, and ``nth`` of those that are alike.
    """

    number: str = ""
    called: str = ""
    own_of: tuple[str, ...] = ()
    name: str = ""
    reading: str = ""
    sex: str = "0"
    birth_date: dt.date | None = None
    age: Age = Age()  # noqa: RUF009 # frozen: one unknown age is as good as another
    age_on: dt.date | None = None
    birth_order: int | None = None
    lives_here: bool = True
    whereabouts: str = ""
    deceased: bool = False
    died_on: dt.date | None = None
    occupation: str = ""
    note: str = ""
    nth: int = field(default=1, compare=False)

    others_field: ClassVar[str] = "own_of"

    @property
    def others(self) -> tuple[str, ...]:
        return self.own_of


@dataclass(frozen=True)
class RelationRow(Row):
    """How two members are related（世帯の関係）; of parent and child, ``one`` is the parent."""

    one: str
    other: str
    kind: str
    ending: str = ""
    since_year: int | None = None
    until_year: int | None = None
    words: str = ""


@dataclass(frozen=True)
class NeedRow(Row):
    """What troubles a member, or the household where none is named（世帯の課題）."""

    noted_on: dt.date
    who: str = ""
    kind: str = ""
    words: str = ""
    settled_on: dt.date | None = None


@dataclass(frozen=True)
class LifeEventRow(Row):
    """What happened to a member, or to the household where none is named（世帯の出来事）."""

    on: dt.date
    kind: str
    who: str = ""
    about: bool = False
    words: str = ""


@dataclass(frozen=True)
class AgencyRow(Row):
    """An agency in the support team（支援チーム）."""

    name: str
    since: dt.date
    role: str = "cooperating"
    contact_person: str = ""
    phone: str = ""
    until: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class TieRow(Row):
    """A tie of a member, or of the household, to whatever carries it（つながり）."""

    name: str
    who: str = ""
    strength: str = "plain"
    flow: str = "none"
    note: str = ""


@dataclass(frozen=True)
class AnswerRow(Row):
    """One answer of an assessment（アセスメント）. ``nth`` tells apart those with the same set on the same day.

    ``answer`` holds the options between ;, or the words as they were written. Without a ``kind``, 不明 and 答えたくない
    are answers of their own kind.
    """

    questionnaire: str
    on: dt.date
    question: str
    version: int | None = None
    nth: int | None = None
    finished_on: dt.date | None = None
    kind: str = ""
    answer: str = ""
    primary: str = ""
    note: str = ""
    source: str = ""


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
    conference_on: dt.date | None = None


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


@dataclass(frozen=True)
class StayingRow(Row):
    """How one stays connected（つながり続ける）."""

    since: dt.date
    words: str
    care: str = ""
    ended_on: dt.date | None = None
    end_reason: str = ""


@dataclass(frozen=True)
class QuietContactRow(Row):
    """A contact that expects no answer（静かな便り）, of the staying that began on ``since``."""

    since: dt.date
    way: str
    rhythm: str
    next_on: dt.date
    words: str = ""
    until: dt.date | None = None
    last_on: dt.date | None = None
    waiting: str = ""
    stopped_on: dt.date | None = None


Kept = TypeVar("Kept", bound=Row)
Verdict = Taken | Unfit


def settle(
    rows: Iterable[Kept | Unfit],
    known: MutableMapping[Hashable, Kept],
    key: Callable[[Kept], Hashable],
    compared: Sequence[str],
    fit: Callable[[Kept], Unfit | None],
) -> tuple[list[Kept], list[Verdict]]:
    """Which rows are new, and what becomes of each, in order: as ``kernel.taken.sort_out``, but a new row must fit.

    ``fit`` is asked row by row, with all earlier new rows ``known`` by then.
    """
    new: list[Kept] = []
    verdicts: list[Verdict] = []
    for row in rows:
        if isinstance(row, Unfit):
            verdicts.append(row)
        elif (before := known.get(key(row))) is not None:
            differing = tuple(name for name in compared if getattr(before, name) != getattr(row, name))
            verdicts.append(Taken(Fate.DIFFERENT if differing else Fate.SAME, differing))
        elif unfit := fit(row):
            verdicts.append(unfit)
        else:
            known[key(row)] = row
            new.append(row)
            verdicts.append(Taken(Fate.MADE))
    return new, verdicts


def in_order(rows: Iterable[Kept]) -> list[Kept]:
    """Rows case by case, then by what they say: the same in every house, and the tenth plan after the ninth."""
    return sorted(rows, key=lambda row: [_place(getattr(row, one.name)) for one in fields(row)])


def _place(value: Any) -> str:
    return f"{value:09}" if isinstance(value, int) else str(value)


def says_anything(row: Any, *names: str) -> bool:
    """Whether any of these fields says more than that nothing is known."""
    return any(getattr(row, name) not in ("", "0", None, Age(), ()) for name in names)
