"""What may be handed on with a referral, and what an answer needs. Plain values only."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from engawa.kernel.words import Words
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.consents.rules import Given

CONSENT = "consent"
# How long it takes until somebody is asked to look after an answer, unless they say otherwise.
ASK_AFTER = dt.timedelta(days=14)


@dataclass(frozen=True)
class Handed:
    """What is handed on: the parts, on which basis, on which consent, and whether that names the agency.

    ``words`` is what was said or given; ``of_family`` and ``by_self`` say whether it is about somebody of the family,
    and whether the consent is the 本人's own.
    """

    parts: frozenset[str]
    words: str = ""
    basis: str = ""
    given: Given | None = None
    named: bool = False
    reason: str = ""
    of_family: bool = False
    by_self: bool = False


def check_on(on: dt.date, today: dt.date) -> None:
    """Whether somebody can have been introduced on that day.

    Raises:
        NotPossible: with the words to show.
    """
    if on > today:
        raise NotPossible("つないだ日が先の日付です。これからのことは「次にすること」に書いてください")


def check_handed(handed: Handed, on: dt.date) -> None:
    """Whether what is handed on may be: with the consent of whom it is about, or where the law lets one without.

    個人情報の保護に関する法律第69条、生活困窮者自立支援法第9条、社会福祉法第106条の6.

    Raises:
        NotPossible: with the words to show.
    """
    if not handed.parts:
        if handed.words.strip():
            raise NotPossible(
                "伝えたことが書かれていますが、「伝えた範囲」が空です。本人や家族のことなら範囲と根拠を選んでください。"
                "ちらしなど窓口の案内だけなら、「つないだわけ」の欄に書いてください"
            )
        return
    if not handed.basis:
        raise NotPossible(
            "本人や家族のことを伝えるには、同意などの根拠が要ります。根拠を選ぶか、「伝えた範囲」を空にしてください"
        )
    if handed.basis == CONSENT:
        _check_consent(handed, on)
    elif not handed.reason.strip():
        raise NotPossible("同意によらないときは、なぜ伝える必要があったかを書いてください")


def _check_consent(handed: Handed, on: dt.date) -> None:
    if handed.given is None:
        raise NotPossible("どの同意によるのかを選んでください。同意がなければ、先に「同意を記録」してください")
    if not handed.given.holds_on(on):
        raise NotPossible(
            Words(
                "この同意は、%(day)s には期間の外か、取りやめられています。その日に続いている同意を選んでください",
                day=on,
            )
        )
    if handed.of_family and handed.by_self:
        raise NotPossible(
            "この同意は本人のものなので、家族のことは伝えられません。その家族か、代わりに同意できる人の同意を選んでください"
        )
    if not handed.named:
        raise NotPossible("この同意には、そのつなぎ先が含まれていません。つなぎ先を含む同意を、先に記録してください")
    if not handed.parts <= handed.given.parts | {"basics"}:
        raise NotPossible("この同意には含まれていない範囲があります。範囲をせばめてください")


def check_answer(answer: str, words: str, *, on: dt.date, answered_on: dt.date | None, today: dt.date) -> None:
    """Whether an answer can be so: a no comes with its reason, and no answer before the question.

    Raises:
        NotPossible: with the words to show.
    """
    if answered_on and answered_on > today:
        raise NotPossible("返事の日が先の日付です。今日までの日を入れてください")
    if answered_on and answered_on < on:
        raise NotPossible(
            Words("つないだ日（%(day)s）より前の日にはできません。その日か、その後の日を入れてください", day=on)
        )
    if answer == "declined" and not words.strip():
        raise NotPossible("受けられないわけを書いてください。つぎのつなぎ先をさがす手がかりになります")


def check_to(places: Collection[object]) -> None:
    """Whether a referral leads to exactly one place.

    Raises:
        NotPossible: with the words to show.
    """
    if len(places) != 1:
        raise NotPossible("つなぎ先を、登録された機関・社会資源・名称のどれかひとつで入れてください")
