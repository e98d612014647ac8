"""Age as far as it is known: years, a band such as 40代, or unknown. Unknown is not zero and refuses nobody."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from engawa.kernel.words import Words

OLDEST = 120
_YEARS = re.compile(r"(?:満\s*)?(\d{1,3})\s*(?:歳|才)?")
_UNKNOWN = frozenset({"", "不明", "不詳", "-", "－", "―", "…", "未記入", "?", "？", "わからない"})


class NotAnAge(ValueError):
    """The text is no age; the message says what would be."""


@dataclass(frozen=True)
class Age:
    """``years`` when a number is known; else ``band`` as its lowest age (40 for 40代); else unknown."""

    years: int | None = None
    band: int | None = None

    @property
    def lowest(self) -> int | None:
        """The lowest age that fits, or None when nothing is known."""
        return self.years if self.years is not None else self.band

    @property
    def words(self) -> Words:
        """23歳, 40代 or 不明."""
        if self.years is not None:
            return Words("%(years)s歳", years=self.years)
        return Words("不明") if self.band is None else Words("%(band)s代", band=self.band)

    def __str__(self) -> str:
        return str(self.words)


def read_age(text: str) -> Age:
    """The age meant by 23, ２３歳, 満23才, 40代, 70代以上, 不明, － or nothing.

    Raises:
        NotAnAge: anything else, or more than 120 years.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded in _UNKNOWN or text.strip() in _UNKNOWN:
        return Age()
    if found := re.fullmatch(r"(\d{1,2})0\s*(?:歳|才)?代(?:前半|後半|以上)?", folded):
        return Age(band=int(found[1]) * 10)
    if (found := _YEARS.fullmatch(folded)) and int(found[1]) <= OLDEST:
        return Age(years=int(found[1]))
    raise NotAnAge(Words("「%(text)s」は年齢として読めません。例：23、40代、不明（空欄でもかまいません）", text=text))


def words_of(text: str) -> str:
    """An age as it was typed or chosen, as words that can be translated; what is none, as it is."""
    least = text.removesuffix("以上")
    try:
        words = read_age(least).words
    except NotAnAge:
        return text
    if words != least:
        return text
    return Words("%(age)s以上", age=words) if least != text else words


def years_on(birth: dt.date, day: dt.date) -> int:
    """Completed years of life on ``day``."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
