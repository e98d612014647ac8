"""When records have served their time, and who may destroy them. Plain values only."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from engawa.kernel import fiscal
from engawa.office.casework.cases.rules import NotPossible

SHORTEST_STRUCK = 2  # signs: a single one would be masked in words that have nothing to do with it


@dataclass(frozen=True)
class Years:
    """For how many years records are kept, for cases closed from a day on; None is for ever."""

    starts_on: dt.date
    years: int | None


def begins_on(closed_on: dt.date) -> dt.date:
    """The first day of the fiscal year after the closing: from it the years count（翌年度の4月1日）."""
    return dt.date(fiscal.fiscal_year(closed_on) + 1, 4, 1)


def due_on(closed_on: dt.date, terms: Iterable[Years]) -> dt.date | None:
    """From which day records of a case closed on that day may be destroyed; None where they are kept for ever.

    Also None where no term says anything: what nobody has decided is kept.
    """
    held = [term for term in terms if term.starts_on <= closed_on]
    term = max(held, key=lambda one: one.starts_on, default=None)
    if term is None or term.years is None:
        return None
    begin = begins_on(closed_on)
    return begin.replace(year=begin.year + term.years)


def check_term(starts_on: dt.date, today: dt.date, *, taken: bool) -> None:
    """Whether a new number of years can hold from that day: what was decided before stays as it is.

    Raises:
        NotPossible: with the words to show.
    """
    if starts_on < today:
        raise NotPossible("過ぎた日からの年数は決められません。今日から後の日を書いてください")
    if taken:
        raise NotPossible("その日からの年数は、すでに決まっています。別の日を書いてください")


def check_hold(reason: str, ends_on: dt.date | None, today: dt.date) -> None:
    """Whether records can be held back.

    Raises:
        NotPossible: with the words to show.
    """
    if not reason.strip():
        raise NotPossible("保全の理由を書いてください（不服申立て、開示請求、事故など）")
    if ends_on and ends_on < today:
        raise NotPossible("保全の終わりの日が過ぎています。これからの日を入れてください")


def check_lift(note: str, *, lifted: bool) -> None:
    """Whether a hold can be lifted.

    Raises:
        NotPossible: with the words to show.
    """
    if lifted:
        raise NotPossible("この保全は、すでに解かれています。画面を開き直してください")
    if not note.strip():
        raise NotPossible("保全を解く理由を書いてください")


def check_free(*, waiting: bool) -> None:
    """Whether a new list can be drawn up.

    Raises:
        NotPossible: one waits already.
    """
    if waiting:
        raise NotPossible("承認を待っているリストがあります。先に承認するか、取りやめてください")


def check_list(found: int) -> None:
    """Whether there is anything to list.

    Raises:
        NotPossible: nothing has served its time.
    """
    if not found:
        raise NotPossible("保存年限を過ぎた記録はありません。いまは何もしなくてだいじょうぶです")


def check_waits(*, waits: bool) -> None:
    """Whether a list still waits for a second person.

    Raises:
        NotPossible: it has been approved or given up.
    """
    if not waits:
        raise NotPossible("このリストは、すでに承認されたか、取りやめられています。画面を開き直してください")


def check_open_disclosure(*, open_already: bool) -> None:
    """Whether a disclosure can be begun.

    Raises:
        NotPossible: another one is under way.
    """
    if open_already:
        raise NotPossible("このケースの開示は、すでに準備中か承認待ちです。先にそちらを終えてください")


def check_prepares(state: str, *, own: bool) -> None:
    """Whether somebody may still change a disclosure.

    Raises:
        NotPossible: it was handed in, approved or given up, or somebody else prepares it.
    """
    if state != "preparing":
        raise NotPossible("この開示は、もう準備中ではありません。画面を開き直してください")
    if not own:
        raise NotPossible("ほかの人が準備しています。準備した人だけが直せます")


def check_struck(words: str, reason: str, *, taken: bool) -> None:
    """Whether a passage can be masked by hand.

    Raises:
        NotPossible: too short to be meant, without a reason, or masked already.
    """
    if len(words.strip()) < SHORTEST_STRUCK:
        raise NotPossible("伏せることばは2文字以上選んでください。1文字では、関係のない所まで伏せてしまいます")
    if not reason.strip():
        raise NotPossible("伏せる理由を書いてください。本人に渡す紙にも載ります")
    if taken:
        raise NotPossible("そのことばは、もう伏せています。ほかのことばを選んでください")


def check_approves(state: str, *, same: bool, overtaken: bool) -> None:
    """Whether a disclosure may leave: a second person has read what was handed in.

    Raises:
        NotPossible: it does not wait, it is one's own, or it was handed in anew since it was read.
    """
    if state != "waiting":
        raise NotPossible("この開示は、承認を待っていません。画面を開き直してください")
    if same:
        raise NotPossible("準備した人は承認できません。もう一人の目で確かめてください")
    if overtaken:
        raise NotPossible("読んでいるあいだに、準備しなおされました。もう一度読んで確かめてください")


def check_two(*, same: bool) -> None:
    """Whether the one who approves is another than the one who made the list.

    Raises:
        NotPossible: it is the same person.
    """
    if same:
        raise NotPossible("リストをつくった人は承認できません。もう一人の目で確かめてください")
