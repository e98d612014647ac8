"""Who may give which right, decided on plain values."""

import datetime as dt
from dataclasses import dataclass

BREAK_GLASS_MINUTES = 60
REASON_LENGTH = 5


class Refused(ValueError):
    """A rule says no; the message is for the person who asked."""


@dataclass(frozen=True)
class Giver:
    """What matters about whoever gives a right to see a case.

    ``sees``: they may see the case now. ``hands_over``, ``gives``: they hold the permission to hand over, or to give
    grants, in an organisation whose own case it is; its lead gives, too. ``of_holder``: they may open cases or take
    them over for the very organisation that shall hold the right. ``case_is_new``: nobody holds any right to it yet.
    """

    sees: bool
    hands_over: bool
    gives: bool
    of_holder: bool
    case_is_new: bool


def may_grant(basis: str, giver: Giver) -> bool:
    """Whether ``giver`` may give a right on this basis.

    A case is one's own by opening it or by taking over what was offered; only those whose own case it is share it
    with others, and nobody gives themselves a break-glass right this way.
    """
    match basis:
        case "own":
            return giver.of_holder and (giver.case_is_new or giver.sees)
        case "handover":
            return giver.sees and giver.hands_over
        case "consent" | "conference_9" | "conference_106_6" | "urgent":
            return giver.sees and giver.gives
        case _:
            return False


def check_term(basis: str, reason: str, starts_at: dt.datetime, ends_at: dt.datetime | None) -> None:
    """Refuse a right without end or reason; only one's own case needs neither.

    Raises:
        Refused: with the words to show.
    """
    if basis == "own":
        return
    if ends_at is None:
        raise Refused("閲覧の根拠には終わりの日時が必要です。")
    if ends_at <= starts_at:
        raise Refused("終わりの日時が過ぎています。")
    if basis != "handover" and not reason.strip():
        raise Refused("閲覧の理由を書いてください。")


def check_post(*, at_post: bool) -> None:
    """Refuse a right to a person who does not work with cases in the organisation through which they are given it.

    Raises:
        Refused: with the words to show.
    """
    if not at_post:
        raise Refused("この人は、いまこの機関でケースを見る役割についていません。ほかの人を選んでください。")


def check_break_glass(reason: str, minutes: int) -> None:
    """Refuse to break the glass without a reason, or for longer than an hour.

    Raises:
        Refused: with the words to show.
    """
    if len(reason.strip()) < REASON_LENGTH:
        raise Refused("緊急に見る理由を書いてください。あとで必ず確認されます。")
    if not 1 <= minutes <= BREAK_GLASS_MINUTES:
        raise Refused("緊急閲覧は1分から60分までです。")


def check_role_change(*, own: bool, last_administrator: bool) -> None:
    """Refuse to change one's own roles, and to leave the house without administrator.

    Raises:
        Refused: with the words to show.
    """
    if own:
        raise Refused("自分の役割は自分では変えられません。ほかの管理者に頼んでください。")
    if last_administrator:
        raise Refused("最後のシステム管理者です。先に別の管理者を決めてください。")
