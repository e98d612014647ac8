"""What a member added as 母 or 弟 of somebody means for the relations, and which relations cannot be."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engawa.kernel.age import OLDEST, years_on
from engawa.kernel.words import Words
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.maps.rules.family import COUPLES, FEMALE, MALE, PARENTS, Link

OLDER, YOUNGER = "older", "younger"
_TWO = 2
_EARLIEST_YEAR = 1850


@dataclass(frozen=True)
class As:
    """How somebody is added: their sex as the word has it, and what they are to the other."""

    label: str
    sex: str = "0"
    parent: bool = False
    child: bool = False
    sibling: str = ""
    couple: str = ""


AS = {
    "mother": As("母", FEMALE, parent=True),
    "father": As("父", MALE, parent=True),
    "older_brother": As("兄", MALE, sibling=OLDER),
    "older_sister": As("姉", FEMALE, sibling=OLDER),
    "younger_brother": As("弟", MALE, sibling=YOUNGER),
    "younger_sister": As("妹", FEMALE, sibling=YOUNGER),
    "wife": As("妻", FEMALE, couple="married"),
    "husband": As("夫", MALE, couple="married"),
    "partner": As("パートナー", couple="partner"),
    "son": As("息子", MALE, child=True),
    "daughter": As("娘", FEMALE, child=True),
    "child": As("子", child=True),
}


def check_relation(new: Link, others: Iterable[Link]) -> None:
    """Whether two can be so related, beside all other relations of the household.

    Raises:
        NotPossible: with oneself, twice, a third parent by birth, or one's own ancestor.
    """
    others = list(others)
    if new.one == new.other:
        raise NotPossible("同じ人どうしの関係は書けません。別の人を選んでください")
    if any({new.one, new.other} == {link.one, link.other} for link in others):
        raise NotPossible("このふたりの関係はもう書かれています。そちらを直してください")
    if new.kind not in PARENTS:
        return
    if new.one in _below(new.other, others):
        raise NotPossible("親と子が逆になってしまいます。親と子を入れかえてください")
    births = [link for link in others if link.kind == new.kind == "parent" and link.other == new.other]
    if len(births) >= _TWO:
        raise NotPossible("実の親は2人までです。養子・里子・継子なら、その関係を選んでください")


def _below(key: str, links: Sequence[Link]) -> set[str]:
    found, waiting = {key}, [key]
    while waiting:
        parent = waiting.pop()
        fresh = {link.other for link in links if link.kind in PARENTS and link.one == parent} - found
        found |= fresh
        waiting += fresh
    return found


def check_years(since: int | None, until: int | None, *, this_year: int) -> None:
    """Whether a relation can have lasted from ``since`` to ``until`` (years of the common era)."""
    for year in (since, until):
        if year is not None and not _EARLIEST_YEAR <= year <= this_year:
            said = "年は西暦で、%(first)sから%(last)sまでを入れてください"
            raise NotPossible(Words(said, first=_EARLIEST_YEAR, last=this_year))
    if since and until and until < since:
        raise NotPossible("おわりの年が、はじまりの年より前です。どちらかの年を直してください")


def check_life(*, birth: dt.date | None, years: int | None, died: dt.date | None, today: dt.date) -> None:
    """Whether somebody can have been born, be so old, and have died then."""
    if birth and birth > today:
        raise NotPossible("生年月日が先の日付です。今日までの日を入れてください")
    if died and died > today:
        raise NotPossible("亡くなった日が先の日付です。今日までの日を入れてください")
    if birth and died and died < birth:
        raise NotPossible("亡くなった日が、生まれた日より前です。どちらかの日を直してください")
    if years is not None and not 0 <= years <= OLDEST:
        raise NotPossible("年齢は0から120までの数です。わからないときは空欄のままにしてください")


@dataclass(frozen=True)
class Life:
    """What is known of somebody's age: a day of birth, an age as asked on a day, a band, or nothing."""

    birth: dt.date | None = None
    years: int | None = None
    band: str = ""
    asked_on: dt.date | None = None
    died_on: dt.date | None = None

    def years_on(self, day: dt.date) -> int | None:
        """Completed years on ``day`` or when they died, as far as they follow from what is known."""
        last = min(day, self.died_on or day)
        if self.birth:
            return max(years_on(self.birth, last), 0)
        if self.years is None:
            return None
        return self.years + (max(years_on(self.asked_on, last), 0) if self.asked_on else 0)

    @property
    def born(self) -> float | None:
        """A number that sorts by birth; None where nothing is known."""
        if self.birth:
            return self.birth.year + self.birth.timetuple().tm_yday / 366
        if self.years is not None and self.asked_on:
            return self.asked_on.year - self.years - 0.5
        return None


def ordered(siblings: Sequence[str], new: str, beside: str, place: str) -> list[str]:
    """Siblings by birth with a new one in it: an older one just before whom it was said of, a younger one last."""
    if place == OLDER:
        at = siblings.index(beside)
        return [*siblings[:at], new, *siblings[at:]]
    return [*siblings, new]


def couples_of(key: str, links: Iterable[Link]) -> list[str]:
    """Whom somebody is together with now."""
    mine = [link for link in links if link.kind in COUPLES and key in (link.one, link.other) and not link.ending]
    return [link.other if link.one == key else link.one for link in mine]
