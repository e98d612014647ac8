"""Who may be the same person, and why; how old somebody is. Plain values only.

The weights are those of common sense, not of a study: a name, a birth date and a phone number weigh about the same;
any two of them that agree make a likely pair, a name or a phone number alone a possible one.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engawa.kernel import age, kana
from engawa.kernel.words import Words

# From here on two records may be the same person, and from here on they probably are.
POSSIBLE, LIKELY = 30, 55
SHORTEST_PHONE = 9
_MAIL = re.compile("[@＠]")


@dataclass(frozen=True)
class Known:
    """What is known of a person as far as it may be compared.

    ``others`` are former and common names and readings, ``reaches`` phone numbers and mail addresses beside ``phone``.
    """

    name: str = ""
    reading: str = ""
    nickname: str = ""
    others: tuple[str, ...] = ()
    birth_date: dt.date | None = None
    age_years: int | None = None
    age_band: str = ""
    age_on: dt.date | None = None
    phone: str = ""
    reaches: tuple[str, ...] = ()
    address: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name and reading."""
        return tuple(text for text in (self.name, self.reading, *self.others) if text)

    @property
    def called(self) -> tuple[str, ...]:
        """Everything that people may call somebody by."""
        return (*self.names, self.nickname) if self.nickname else self.names

    @property
    def nameless(self) -> bool:
        """Whether nothing is known by which somebody could be recognised."""
        return not self.names and not self.reached

    @property
    def reached(self) -> frozenset[str]:
        """Every phone number and mail address, as it is compared."""
        return frozenset(key for text in (self.phone, *self.reaches) if (key := reach_key(text)))


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for, or with a negative weight against, two records being the same person."""

    weight: int
    words: Words


@dataclass(frozen=True)
class Likeness:
    """All that speaks for and against, and what it comes to."""

    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        """The sum of the weights."""
        return sum(reason.weight for reason in self.reasons)

    @property
    def possible(self) -> bool:
        """Whether it may be the same person."""
        return self.weight >= POSSIBLE

    @property
    def likely(self) -> bool:
        """Whether it probably is the same person."""
        return self.weight >= LIKELY


def likeness(one: Known, other: Known) -> Likeness:
    """What speaks for and against ``one`` and ``other`` being the same person, the heaviest first."""
    found = [*_by_name(one, other), *_by_birth(one, other), *_by_contact(one, other)]
    return Likeness(tuple(sorted(found, key=lambda reason: -reason.weight)))


def _by_name(one: Known, other: Known) -> Iterator[Reason]:
    """The strongest thing that names say, and a little more where name and reading agree both."""
    same_name, same_reading = _same(one.name, other.name), _same(one.reading, other.reading)
    if same_name and one.name == other.name:
        yield Reason(35, Words("名前が同じ（%(name)s）", name=one.name))
    elif same_name:
        yield Reason(32, Words("名前のちがいは漢字や書き方だけ（%(one)s／%(other)s）", one=one.name, other=other.name))
    elif same_reading:
        yield Reason(30, Words("よみが同じ（%(reading)s）", reading=other.reading))
    elif shared := _shared_name(one, other):
        yield Reason(30, Words("前の名前・通称・よみのどれかが同じ（%(name)s）", name=shared))
    if same_name and same_reading:
        yield Reason(10, Words("よみも同じ"))
    if _same(one.nickname, other.nickname):
        yield Reason(10, Words("呼び名が同じ（%(name)s）", name=other.nickname))


def _shared_name(one: Known, other: Known) -> str:
    keys = {kana.search_key(text) for text in one.names}
    return next((text for text in other.names if kana.search_key(text) in keys), "")


def _by_birth(one: Known, other: Known) -> Iterator[Reason]:
    if one.birth_date and other.birth_date:
        if one.birth_date == other.birth_date:
            yield Reason(28, Words("生年月日が同じ（%(day)s）", day=one.birth_date))
        elif _two_of_three(one.birth_date, other.birth_date):
            yield Reason(10, Words("生年月日のちがいは年・月・日のひとつだけ（書きまちがいかもしれません）"))
        else:
            yield Reason(-30, Words("生年月日がちがう"))
        return
    match _years_apart(one, other):
        case None:
            return
        case 0 | 1:
            yield Reason(5, Words("年齢が合う"))
        case _:
            yield Reason(-20, Words("年齢が合わない"))


def _two_of_three(one: dt.date, other: dt.date) -> bool:
    pairs = zip(one.timetuple()[:3], other.timetuple()[:3], strict=True)
    return sum(mine == theirs for mine, theirs in pairs) == 2


_SAME_PHONE = Words("電話が同じ（家族と共用のこともあります）")
_SAME_MAIL = Words("メールアドレスが同じ（家族と共用のこともあります）")


def _by_contact(one: Known, other: Known) -> Iterator[Reason]:
    if shared := one.reached & other.reached:
        by_phone = any(key.isdigit() for key in shared)
        yield Reason(30, _SAME_PHONE if by_phone else _SAME_MAIL)
    if _same(one.address, other.address):
        yield Reason(20, Words("住所が同じ"))


def _same(one: str, other: str) -> bool:
    key = kana.search_key(one)
    return bool(key) and key == kana.search_key(other)


def _years_apart(one: Known, other: Known) -> int | None:
    """How many years lie between the years of birth that fit; None where too little is known."""
    mine, theirs = _birth_years(one), _birth_years(other)
    if mine is None or theirs is None:
        return None
    return max(0, mine[0] - theirs[1], theirs[0] - mine[1])


def _birth_years(known: Known) -> tuple[int, int] | None:
    """The first and the last year of birth that fit what is known."""
    if known.birth_date:
        return known.birth_date.year, known.birth_date.year
    if known.age_on is None:
        return None
    if known.age_years is not None:
        return known.age_on.year - known.age_years - 1, known.age_on.year - known.age_years
    lowest = _lowest(known.age_band)
    return None if lowest is None else (known.age_on.year - lowest - 10, known.age_on.year - lowest)


def _lowest(band: str) -> int | None:
    try:
        return age.read_age(band).lowest
    except age.NotAnAge:
        return None


def phone_digits(phone: str) -> str:
    """The digits of a phone number in any width, without an extension; empty where they are too few to be one."""
    plain = unicodedata.normalize("NFKC", phone)
    number = re.split(r"内線|ext|[x#(（]内", plain, maxsplit=1)[0]
    digits = re.sub(r"\D", "", number)
    if digits.startswith("81") and plain.strip().startswith("+"):
        digits = f"0{digits[2:]}"
    return digits if len(digits) >= SHORTEST_PHONE else ""


def reach_key(text: str) -> str:
    """A phone number as its digits, a mail address in one form of letters; empty where it is neither."""
    return unicodedata.normalize("NFKC", text).strip().casefold() if _MAIL.search(text) else phone_digits(text)


def marks(known: Known) -> set[str]:
    """The pairs of facts by which a person is looked up; a phone number or a mail address is one by itself.

    Two records that share a mark other than that are likely the same person.
    """
    names = {key for text in known.names if (key := kana.search_key(text))}
    born = known.birth_date.isoformat() if known.birth_date else ""
    found = {f"名生 {name} {born}" for name in names if born}
    for reach in known.reached:
        found |= {f"電話 {reach}"} | {f"名話 {name} {reach}" for name in names}
        if born:
            found.add(f"生話 {born} {reach}")
    return found


def strong_marks(known: Known) -> set[str]:
    """The marks of two facts: what is enough to say that another organisation may know the same person."""
    return {mark for mark in marks(known) if not mark.startswith("電話 ")}


# Begins a mark that is a random number: told like name and birth date, it lets two records go on counting as one person
# after the facts of one were erased. No search asks for it, since it is no fact.
COUNTED = "名生 ＃"
_COUNTS = "名生 "


def counting(marks: Iterable[str]) -> set[str]:
    """Those of the marks by which statistics know two records to be one person."""
    return {mark for mark in marks if mark.startswith(_COUNTS)}


def age_in_words(
    birth_date: dt.date | None, years: int | None, band: str, heard_on: dt.date | None, day: dt.date
) -> str:
    """The age on ``day``: exact with a birth date, about with an age heard earlier, a band, or unknown (X-05)."""
    if birth_date:
        return age.Age(age.years_on(birth_date, day)).words
    if years is not None and heard_on is None:
        return Words("%(years)s歳（いつ聞いたかは不明）", years=years)
    if years is not None and heard_on:
        passed = age.years_on(heard_on, day)
        told = Words("%(day)sに%(years)s歳と聞いた", day=heard_on, years=years)
        if passed < 1:
            return Words("%(years)s歳（%(told)s）", years=years, told=told)
        return Words("%(least)s〜%(most)s歳（%(told)s）", least=years + passed, most=years + passed + 1, told=told)
    if band and heard_on:
        return Words("%(age)s（%(day)sに聞いた）", age=age.words_of(band), day=heard_on)
    return age.words_of(band) if band else age.Age().words
