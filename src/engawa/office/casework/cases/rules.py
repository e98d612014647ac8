"""What a case's state is on a day, and which change may follow. Plain values only."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from engawa.kernel import age, kana
from engawa.kernel.words import Words

CONTINUING, CLOSED, HANDED_OVER, REOPENED = "continuing", "closed", "handed_over", "reopened"

ANSWER_WITHIN = dt.timedelta(days=30)
FEEDBACK_FOR = dt.timedelta(days=90)


class NotPossible(ValueError):
    """The change does not fit the case as it stands; the message tells the person what to do."""


@dataclass(frozen=True)
class Change:
    """One recorded change: the day from which it holds, when it was written down, and what it says."""

    effective_on: dt.date
    recorded_at: dt.datetime
    state: str


def state_on(changes: Iterable[Change], day: dt.date) -> str:
    """The state on ``day``: the latest change that holds by then; a reopened case continues."""
    so_far = [change for change in changes if change.effective_on <= day]
    if not so_far:
        return CONTINUING
    last = max(so_far, key=lambda change: (change.effective_on, change.recorded_at))
    return CONTINUING if last.state == REOPENED else last.state


def check_day(day: dt.date, *, received: dt.date, last_change: dt.date | None, today: dt.date) -> None:
    """Whether a change may hold from ``day``.

    Raises:
        NotPossible: in the future, before the case was received, or before an earlier change of state.
    """
    if day > today:
        raise NotPossible("先の日付では記録できません。今日までの日を入れてください")
    if day < received:
        raise NotPossible(
            Words("受付日（%(day)s）より前の日にはできません。その日か、その後の日を入れてください", day=received)
        )
    if last_change and day < last_change:
        raise NotPossible(
            Words(
                "前の状態の日（%(day)s）より前の日にはできません。その日か、その後の日を入れてください", day=last_change
            )
        )


def check_close(state: str) -> None:
    """Whether a case in ``state`` may be closed."""
    if state == CLOSED:
        raise NotPossible("このケースはすでに終結しています。画面を開き直してください")


def check_reopen(state: str) -> None:
    """Whether a case in ``state`` may be reopened."""
    if state == CONTINUING:
        raise NotPossible("このケースは対応中です。再開の必要はありません。そのまま記録を続けられます")


def check_offer(state: str, *, already_offered: bool, same_organisation: bool) -> None:
    """Whether a case may be offered to another organisation."""
    if state == CLOSED:
        raise NotPossible("終結したケースは引き継げません。先に再開してください")
    if already_offered:
        raise NotPossible("返事を待っている引継ぎがあります。先に取り下げてください")
    if same_organisation:
        raise NotPossible("いまの担当機関には引き継げません。ほかの機関を選んでください")


def check_received(day: dt.date, today: dt.date) -> None:
    """Whether a consultation may have been received on ``day``."""
    if day > today:
        raise NotPossible("受付日が先の日付です。今日までの日を入れてください")


class Overtaken(NotPossible):
    """Somebody else was quicker. ``now`` is the present version: whoever saves again has been told of it."""

    def __init__(self, now: str) -> None:
        super().__init__(
            "あなたが書いているあいだに、ほかの人が先に直しました（別の窓であなたが直したときも、こうなります）。"
            "あなたの書いたものは残っています。"
            "今の内容と見くらべて、もう一度保存してください"
        )
        self.now = now


def check_seen(seen: str | None, now: str) -> None:
    """Whether the writer had the present version in front of them.

    Raises:
        Overtaken: they had not.
    """
    if seen not in (None, "", now):
        raise Overtaken(now)


def check_age(years: int | None) -> None:
    """Whether ``years`` can be somebody's age; unknown always can."""
    if years is not None and not 0 <= years <= age.OLDEST:
        raise NotPossible("年齢は0から120までの数です。わからないときは空欄のままにしてください")


def check_reason(code: str, note: str) -> None:
    """Whether a case may end with this reason."""
    if not code:
        raise NotPossible("終結の理由を選んでください")
    if code == "other" and not note.strip():
        raise NotPossible("「その他」のときは、理由をメモに書いてください")


_NUMBER = re.compile(r"E-(\d{4})-(\d{1,9})")


def read_number(number: str) -> tuple[int, int] | None:
    """Fiscal year and place of a number of ours; None for the numbers of older ledgers."""
    found = _NUMBER.fullmatch(number)
    return (int(found[1]), int(found[2])) if found else None


_MEANT = re.compile(r"(?:e?-?(\d{4})-)?0*(\d{1,5})", re.IGNORECASE)


def numbers_meant(text: str, this_year: int) -> list[str]:
    """The case numbers that somebody may mean by 42, ４２, 2026-42 or e-2026-00042."""
    typed = unicodedata.normalize("NFKC", text).strip()
    found = _MEANT.fullmatch(typed)
    ours = [write_number(int(found[1] or this_year), int(found[2]))] if found else []
    return [*ours, typed] if typed else []


def write_number(fiscal_year: int, place: int) -> str:
    """The number that people see, such as E-2026-00042."""
    return f"E-{fiscal_year}-{place:05d}"


def sought(text: str) -> list[tuple[list[str], list[str]]]:
    """What to ask the index for, one attempt after the other: the text as a whole, then its words, all of them.

    Each attempt is the keys that must occur and their pieces.
    """
    whole = kana.search_key(text)
    words = [key for word in text.split() if (key := kana.search_key(word))]
    attempts = [[whole]] if whole else []
    if len(words) > 1:
        attempts.append(words)
    return [(keys, sorted({piece for key in keys for piece in kana.pieces(key)})) for keys in attempts]


def index_of(texts: Iterable[str]) -> tuple[str, list[str]]:
    """What a case is found by: its folded texts, one per line, and their pieces for the index.

    The first character of each text is a piece of its own, so that one typed character finds what begins with it.
    """
    keys = [key for text in texts if (key := kana.search_key(text))]
    return "\n".join(keys), sorted({piece for key in keys for piece in [key[0], *kana.pieces(key)]})
