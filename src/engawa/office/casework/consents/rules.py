"""What a consent covers, and what may be shared. Plain values only."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from engawa.kernel.words import Words
from engawa.office.casework.cases.rules import NotPossible

REASON_LENGTH = 5


@dataclass(frozen=True)
class Given:
    """A consent as it stands: about which parts, to which organisations, from when to when (both days included)."""

    parts: frozenset[str]
    organisations: frozenset[UUID]
    given_on: dt.date
    ends_on: dt.date
    withdrawn_on: dt.date | None

    def holds_on(self, day: dt.date) -> bool:
        """Whether it can be relied on that day; from the day of its withdrawal on it cannot."""
        return self.given_on <= day <= self.ends_on and (self.withdrawn_on is None or day < self.withdrawn_on)


def check_consent(*, given_on: dt.date, ends_on: dt.date, today: dt.date, purposes: Collection[str]) -> None:
    """Whether a consent can be so.

    Raises:
        NotPossible: with the words to show.
    """
    if given_on > today:
        raise NotPossible("同意した日が先の日付です。今日までの日を入れてください")
    if ends_on < max(given_on, today):
        raise NotPossible("「いつまで」の日が過ぎています。これからの日を入れてください")
    if not purposes:
        raise NotPossible("何のための同意かを、一つ以上選んでください")


def check_withdrawal(*, on: dt.date, given_on: dt.date, today: dt.date, withdrawn: bool) -> None:
    """Whether a consent can be taken back from that day.

    Raises:
        NotPossible: with the words to show.
    """
    if withdrawn:
        raise NotPossible("この同意はすでに取りやめられています。画面を開き直してください")
    if on > today:
        raise NotPossible("先の日付では取りやめられません。共有は取りやめと同時に終わります")
    if on < given_on:
        raise NotPossible(
            Words("同意した日（%(day)s）より前の日にはできません。その日か、その後の日を入れてください", day=given_on)
        )


def check_term(ends_on: dt.date, today: dt.date) -> None:
    """Whether something may be shared until that day.

    Raises:
        NotPossible: it is over.
    """
    if ends_on < today:
        raise NotPossible("「いつまで」の日が過ぎています。これからの日を入れてください")


def check_covered(
    given: Given | None, *, organisation: UUID, parts: Collection[str], ends_on: dt.date, today: dt.date
) -> None:
    """Whether a consent covers all of what is shared on it.

    Raises:
        NotPossible: with the words to show.
    """
    if given is None:
        raise NotPossible("どの同意によるのかを選んでください。同意がなければ、先に「同意を記録」してください")
    if not given.holds_on(today):
        raise NotPossible("この同意は期間が過ぎているか、取りやめられています。新しい同意を、先に記録してください")
    if organisation not in given.organisations:
        raise NotPossible(
            "この同意には、その機関への共有が含まれていません。その機関を含む同意を、先に記録してください"
        )
    if not set(parts) <= given.parts | {"basics"}:
        raise NotPossible("この同意には含まれていない範囲があります。範囲をせばめてください")
    if ends_on > given.ends_on:
        raise NotPossible(Words("この同意は %(day)s までです。その日までにしてください", day=given.ends_on))


def check_request(reason: str) -> None:
    """Whether a request to see a case says why.

    Raises:
        NotPossible: with the words to show.
    """
    if len(reason.strip()) < REASON_LENGTH:
        raise NotPossible("なぜ見る必要があるのかを書いてください。受け持つ人が読んで返事をします")


def check_refusal(answer: str) -> None:
    """Whether a no comes with a word.

    Raises:
        NotPossible: with the words to show.
    """
    if not answer.strip():
        raise NotPossible("見せられないときは、ひとこと理由を書いてください。ほかの方法があれば、それも")
