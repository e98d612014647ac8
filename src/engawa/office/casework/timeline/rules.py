"""What may be written down as a contact."""

import datetime as dt

MOST_MINUTES = 24 * 60


class NotRecordable(ValueError):
    """The contact cannot be so; the message says what would be accepted."""


def check_contact(*, on: dt.date, minutes: int | None, today: dt.date) -> None:
    """Whether a contact on this day and of this length can have been."""
    if on > today:
        raise NotRecordable("先の日付の対応は記録できません。今日までの日を入れてください")
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise NotRecordable("所要分は0から1440までの数です。わからないときは空欄のままにしてください")


def check_correction(reason: str) -> None:
    """Whether a correction says why."""
    if not reason.strip():
        raise NotRecordable("直した理由を書いてください。前の記録は残ります")


def counterpart_of(requester: str) -> str:
    """With whom（対象）one speaks when whoever asked first calls again: agencies and companies are "other"."""
    return requester if requester in {"self", "family"} else "other"
