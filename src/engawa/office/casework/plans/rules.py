"""What a plan may be, when it may begin and end, who decides, and when a quiet contact comes round again."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

from engawa.kernel.words import Words
from engawa.office.casework.cases.rules import NotPossible

MUNICIPAL = frozenset({"city", "ward_centre", "prefecture"})
NO_CHANGE = "none"


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later; the last of the month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))


class Rhythm(Enum):
    """How often a quiet contact comes round."""

    WEEKLY = "weekly", "毎週", 7, 0
    FORTNIGHTLY = "fortnightly", "2週に1度", 14, 0
    MONTHLY = "monthly", "毎月", 0, 1
    BIMONTHLY = "bimonthly", "2か月に1度", 0, 2
    QUARTERLY = "quarterly", "3か月に1度", 0, 3
    HALF_YEARLY = "half_yearly", "半年に1度", 0, 6
    YEARLY = "yearly", "1年に1度", 0, 12

    def __new__(cls, value: str, *_how: object) -> Self:
        one = object.__new__(cls)
        one._value_ = value
        return one

    def __init__(self, _value: str, label: str = "", days: int = 0, months: int = 0) -> None:
        self.label, self.days, self.months = label, days, months

    def after(self, day: dt.date) -> dt.date:
        """When it comes round again after ``day``."""
        return add_months(day, self.months) + dt.timedelta(days=self.days)


# As which method（手法）of a contact each way is recorded.
METHODS = {"letter": "letter", "note": "newsletter", "flyer": "letter", "visit": "visit", "mail": "mail", "sns": "sns"}


def method_of(way: str) -> str:
    """The method of a contact made in this way."""
    return METHODS.get(way, "other")


def plan_name(number: int, revision: int, whose: str = "") -> Words:
    """初回, 2回目, 2回目（改訂1）; with whose it is where it is not the person's own."""
    name = Words("%(number)s回目", number=number) if number > 1 else Words("初回")
    if revision:
        name = Words("%(plan)s（改訂%(revision)s）", plan=name, revision=revision)
    return Words("%(whose)s：%(plan)s", whose=whose, plan=name) if whose else name


def check_draft(state: str) -> None:
    """Whether a plan may be written directly."""
    if state != "draft":
        raise NotPossible("実施中の計画は書きかえません。「改訂する」で、理由とともに新しい版をつくってください")


def check_running(state: str) -> None:
    """Whether a plan is in force."""
    if state != "running":
        raise NotPossible("この計画は、いま実施中ではありません。画面を開き直してください")


def check_begin(*, goals: int, starts_on: dt.date | None, ends_on: dt.date | None, running: bool) -> None:
    """Whether a plan may come into force. Problem solving has goals and an end; staying connected needs no plan."""
    if not goals:
        raise NotPossible("本人の目標を、ひとつは書いてください。「つながっていたい」も目標です")
    if starts_on is None or ends_on is None:
        raise NotPossible("期間のはじめとおわりを入れてください。期限のない支援は「つながり続ける」に書けます")
    if running:
        raise NotPossible("いま実施中の計画があります。先にその評価をしてください")


SOON = dt.timedelta(days=31)  # what is agreed upon today may begin with the next month


@dataclass(frozen=True)
class Room:
    """Between which days a plan may begin: since when there is something to plan, and its own end."""

    today: dt.date
    received_on: dt.date
    before_since: dt.date | None = None
    ends_on: dt.date | None = None


def check_begins_on(day: dt.date, room: Room) -> None:
    """Whether a plan may begin on ``day``: also one that was agreed upon and is only entered later.

    Raises:
        NotPossible: with the words to show.
    """
    if day > room.today + SOON:
        raise NotPossible("ひと月より先の日からは、まだはじめられません。近くなってからはじめてください")
    if day < room.received_on:
        raise NotPossible("ケースの受付日より前です。受付日か、その後の日を入れてください")
    if room.before_since and day < room.before_since:
        raise NotPossible("前の版をはじめた日より前です。その日か、その後の日を入れてください")
    if room.ends_on and day > room.ends_on:
        raise NotPossible("計画のおわりの日より後です。日を直すか、先に期間を直してください")


PERIOD = Words("おわりの日が、はじめの日より前です。どちらかの日を直してください")


def check_period(starts_on: dt.date | None, ends_on: dt.date | None) -> None:
    """Whether an end may follow a beginning."""
    if starts_on and ends_on and ends_on < starts_on:
        raise NotPossible(PERIOD)


def check_past(day: dt.date, today: dt.date) -> None:
    """Whether something can have happened on ``day``."""
    if day > today:
        raise NotPossible("先の日付では記録できません。今日までの日を入れてください")


def check_reason(reason: str) -> None:
    """Whether a reason was given."""
    if not reason.strip():
        raise NotPossible("理由を書いてください。あとで読む人が、なぜかを知ることができます")


@dataclass(frozen=True)
class Use:
    """The use of a service from its very first day. ``most_months`` is its limit without a special reason.

    What begins within ``pause_days`` of the end of another use goes on with it: 1 is the very next day.
    """

    name: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    most_months: int | None
    reason: str = ""
    pause_days: int = 1

    @property
    def over_limit(self) -> bool:
        """Whether it goes on past its limit."""
        if not (self.starts_on and self.ends_on and self.most_months):
            return False
        return self.ends_on >= add_months(self.starts_on, self.most_months)

    def since_first(self, others: Iterable["Use"]) -> "Use":
        """The same use, counted from the first day of all that lead up to it without more than a pause."""
        first, pause = self.starts_on, dt.timedelta(days=self.pause_days)
        periods = [(one.starts_on, one.ends_on) for one in others if one.name == self.name]
        for starts_on, ends_on in sorted(((a, b) for a, b in periods if a and b), reverse=True):
            if first and starts_on < first <= ends_on + pause:
                first = starts_on
        return replace(self, starts_on=first)


class UseRefused(NotPossible):
    """A service cannot be used so. ``place`` is where it stands in the plan, ``field`` what is to be mended."""

    def __init__(self, words: str, place: int, field: str) -> None:
        super().__init__(words)
        self.place, self.field = place, field


def check_uses(uses: Sequence[Use], before: Iterable[Use] = ()) -> None:
    """Whether services are used within their limits, or beyond them with a reason.

    Work preparation（就労準備支援）: up to one year; longer by exception, for people who need participation in
    stages first (生活困窮者自立支援法; guidance that made the exception clear). The uses in the plans ``before``, and
    the others of this one, are part of the same year.

    Raises:
        UseRefused: with the words to show, and where.
    """
    known = [*uses, *before]
    for place, use in enumerate(uses):
        if use.starts_on and use.ends_on and use.ends_on < use.starts_on:
            raise UseRefused(PERIOD, place, "ends_on")
        if use.most_months and use.starts_on and not use.ends_on:
            said = Words("「%(service)s」には、利用のおわりの日を入れてください", service=Words(use.name))
            raise UseRefused(said, place, "ends_on")
        if use.since_first(known).over_limit and not use.reason.strip():
            words = "「%(service)s」は%(most)sか月までです。例外として延ばすときは、延長の理由を書いてください"
            raise UseRefused(Words(words, service=Words(use.name), most=use.most_months), place, "reason")


def check_extension(*, now: dt.date | None, until: dt.date, reason: str) -> None:
    """Whether a plan in force may go on until ``until``."""
    check_reason(reason)
    if now is None or until <= now:
        raise NotPossible("今のおわりの日より後の日を入れてください")


def check_decider(kinds: Collection[str]) -> None:
    """Whether somebody of organisations of these kinds may record what the municipality decides.

    Also where an entrusted organisation carries the case: the municipality attends the conference and decides.
    """
    if not MUNICIPAL & set(kinds):
        raise NotPossible("支援決定は自治体が行います。自治体の職員が記録してください")


def check_result(result: str, reason: str) -> None:
    """Whether a plan may end so; stopping says why, and silence is never a reason by itself."""
    if result == "stopped" and not reason.strip():
        raise NotPossible("中断のときは、理由を書いてください。連絡がないだけなら「つながり続ける」で支えられます")


def check_changes(codes: Collection[str]) -> None:
    """Whether these changes can have been noticed together."""
    if NO_CHANGE in codes and len(codes) > 1:
        raise NotPossible("「変化なし」とほかの変化は、いっしょには選べません。どちらかの印を外してください")


def check_snooze(until: dt.date, today: dt.date, word: str) -> None:
    """Whether a quiet contact may wait until ``until``."""
    if until <= today:
        raise NotPossible("明日よりあとの日を入れてください")
    if not word.strip():
        raise NotPossible("待つわけを、ひとこと書いてください")
