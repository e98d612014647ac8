"""Japanese eras（和暦）: read what offices write, write what paper expects.

Inside the house dates are Gregorian; 和暦 stands only at input and on paper (DS-441; standards.md §5.1).
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from engawa.kernel.words import Words


@dataclass(frozen=True)
class Era:
    """An era with its first day and its one-letter sign."""

    name: str
    sign: str
    first: dt.date


# Solar dates begin on 1873-01-01 (Meiji 6); earlier Meiji days belong to the old calendar and are not read.
ERAS = (
    Era("明治", "M", dt.date(1873, 1, 1)),
    Era("大正", "T", dt.date(1912, 7, 30)),
    Era("昭和", "S", dt.date(1926, 12, 25)),
    Era("平成", "H", dt.date(1989, 1, 8)),
    Era("令和", "R", dt.date(2019, 5, 1)),
)
_FIRST_YEAR = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}

_WRITTEN = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[MTSHR])\s*(?P<year>元|\d{1,2})\s*(?:年|[./-])\s*"
    r"(?P<month>\d{1,2})\s*(?:月|[./-])\s*(?P<day>\d{1,2})\s*日?",
    re.IGNORECASE,
)
_WESTERN = re.compile(r"(\d{4})\s*(?:年|[./-])\s*(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})\s*日?(?:[ T]0{1,2}:00(?::00)?)?")


class NotADate(ValueError):
    """The text is no day; the message says why, in the words of whoever typed it."""


def read_date(text: str) -> dt.date:
    """The day written as 令和3年4月1日, R3.4.1, r03/04/01, 2021-04-01, 2021/4/1 or 2021年4月1日, in any width.

    Raises:
        NotADate: nothing of the kind, a day that does not exist, or a day outside its era (昭和64年1月8日).
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if found := _WESTERN.fullmatch(folded):
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    found = _WRITTEN.fullmatch(folded)
    if not found:
        raise NotADate(Words("「%(text)s」は日付として読めません。例：令和3年4月1日、R3.4.1、2021-04-01", text=text))
    era = next(era for era in ERAS if found["era"].upper() in (era.name, era.sign))
    year = _FIRST_YEAR[era.name] + (1 if found["year"] == "元" else int(found["year"])) - 1
    day = _day(year, int(found["month"]), int(found["day"]), text)
    if era_of(day) is not era:
        right = write_date(day) if day >= ERAS[0].first else "西暦"
        said = "「%(text)s」は%(era)sにはない日です（%(right)sではありませんか）"
        raise NotADate(Words(said, text=text, era=era.name, right=right))
    return day


_YEAR = re.compile(r"(?P<era>明治|大正|昭和|平成|令和|[MTSHR])?\s*(?P<year>元|\d{1,4})\s*年?", re.IGNORECASE)


def read_year(text: str) -> int:
    """The year of the common era written as 1998, 1998年, 平成10年 or H10, in any width.

    Raises:
        NotADate: nothing of the kind.
    """
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found or (found["era"] is None and len(found["year"]) != len("1998")):
        raise NotADate(Words("「%(text)s」は年として読めません。例：1998、平成10年", text=text))
    if found["era"] is None:
        return int(found["year"])
    era = next(era for era in ERAS if found["era"].upper() in (era.name, era.sign))
    return _FIRST_YEAR[era.name] + (1 if found["year"] == "元" else int(found["year"])) - 1


def _day(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise NotADate(Words("「%(text)s」は暦にない日です", text=text)) from error


def era_of(day: dt.date) -> Era:
    """The era in which ``day`` lies.

    Raises:
        NotADate: before 1873, when Japan had another calendar.
    """
    for era in reversed(ERAS):
        if day >= era.first:
            return era
    raise NotADate("明治6年（1873年）より前の日は和暦にできません")


def write_year(day: dt.date) -> str:
    """令和3年; the first year of an era is 元年."""
    era = era_of(day)
    number = day.year - _FIRST_YEAR[era.name] + 1
    return f"{era.name}{'元' if number == 1 else number}年"


def write_date(day: dt.date) -> str:
    """令和3年4月1日."""
    return f"{write_year(day)}{day.month}月{day.day}日"


def write_month(day: dt.date) -> str:
    """令和3年4月."""
    return f"{write_year(day)}{day.month}月"
