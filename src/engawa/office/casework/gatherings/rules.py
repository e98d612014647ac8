"""What a gathering, a sitting and an attendance can be. Plain values only."""

import datetime as dt

from engawa.kernel.words import Words
from engawa.office.casework.cases.rules import NotPossible

# The code of what was done（内容の区分）that a contact gets, by the kind of gathering.
CODES = {"course": "family_course", "meeting": "family_meeting"}
LONGEST_DAY = 24 * 60


def check_name(name: str) -> None:
    """Whether a gathering is called something.

    Raises:
        NotPossible: with the words to show.
    """
    if not name.strip():
        raise NotPossible("集まりの名称を書いてください")


def check_sitting(*, on: dt.date, today: dt.date, minutes: int | None, nameless: int, taken: bool) -> None:
    """Whether a sitting can have been so.

    Raises:
        NotPossible: with the words to show.
    """
    if on > today:
        raise NotPossible("先の日付です。開いたあとで書いてください")
    if taken:
        raise NotPossible(Words("%(day)s の回は、もう書かれています。そちらを直してください", day=on))
    if nameless < 0 or not 0 <= (minutes or 0) <= LONGEST_DAY:
        raise NotPossible("人数と分は、0以上の数で入れてください")


def check_somebody(*, case: bool, called: str, already: bool) -> None:
    """Whether somebody can be written down as taking part.

    Raises:
        NotPossible: with the words to show.
    """
    if not case and not called.strip():
        raise NotPossible("ケースの番号か、呼び名を入れてください。呼び名だけでもかまいません")
    if already:
        raise NotPossible("この家族は、もう参加しています")
