"""What may follow when records are joined or parted, and when names are given or taken back. Plain values only."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from engawa.office.casework.cases.rules import NotPossible

# Facts that the record which carries on takes from the other one where it has none itself, with what "none" is.
NOTHING: dict[str, Any] = {
    "name": "",
    "reading": "",
    "nickname": "",
    "sex": "0",
    "birth_date": None,
    "age_years": None,
    "age_band": "",
    "age_on": None,
    "phone": "",
    "address": "",
}
_AGE = ("age_years", "age_band", "age_on")


def to_fill(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> list[str]:
    """Which facts ``kept`` takes from ``gone``. What is known of an age stays together with the day it was heard."""
    known_age = kept["age_years"] is not None or kept["age_band"]
    names = [name for name in NOTHING if name not in _AGE or not known_age]
    return [name for name in names if kept[name] == NOTHING[name] != gone[name]]


def to_empty(kept: Mapping[str, Any], gone: Mapping[str, Any], filled: list[str]) -> list[str]:
    """Which facts that were filled at the merge are given back: those that nobody has changed since."""
    return [name for name in filled if kept[name] == gone[name]]


def check_reason(reason: str) -> None:
    """Whether it is said why two records are joined or parted."""
    if not reason.strip():
        raise NotPossible("理由を書いてください。あとで見る人が、どうしてそう考えたかわかるように")


def check_step(*, agreed_by: str, how: str, on: dt.date, today: dt.date) -> None:
    """Whether a step says who agreed, how they were asked, and on which day that can have been."""
    if not agreed_by:
        raise NotPossible("だれが同意したかを選んでください。まだなら「まだ聞いていない」を選べます")
    if agreed_by != "not_asked" and not how:
        raise NotPossible("どうやって確かめたかを選んでください")
    if on > today:
        raise NotPossible("先の日付では記録できません。今日までの日を入れてください")


def check_asked(agreed_by: str) -> None:
    """Whether somebody agreed, where a step must not be taken without."""
    if agreed_by == "not_asked":
        raise NotPossible("同意をたしかめてからにしてください。「まだ聞いていない」ままでは、名前をもどせません")


def check_named(name: str, reading: str) -> None:
    """Whether something is given that somebody can be called by."""
    if not name.strip() and not reading.strip():
        raise NotPossible("名前かよみのどちらかを書いてください")


def check_naming(*, named: bool, called: Iterable[str]) -> None:
    """Whether facts leave it alone that somebody has a name, or has none: both are steps that somebody agrees to."""
    gives = any(text.strip() for text in called)
    if gives and not named:
        raise NotPossible("名前は「名前を記録する」から書いてください。だれが同意したかを残します")
    if named and not gives:
        raise NotPossible("名前とよみの両方は消せません。匿名にもどすときは「名前を取り下げる」から")


def check_other_name(*, named: bool) -> None:
    """Whether somebody may have another name written down: not before they have one at all."""
    if not named:
        raise NotPossible("このケースは匿名のままです。先に「名前を記録する」から始めてください")


def check_period(starts_on: dt.date | None, ends_on: dt.date | None) -> None:
    """Whether a period does not end before it begins."""
    if starts_on and ends_on and ends_on < starts_on:
        raise NotPossible("終わりの日が、始まりの日より前になっています。どちらかの日を直してください")


def check_answer(answer: str, said: str) -> None:
    """Whether an inquiry is answered with what the answer needs."""
    if answer == "contact" and not said.strip():
        raise NotPossible("いつ、どうやって連絡するかを書いてください")
