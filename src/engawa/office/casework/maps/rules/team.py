"""What may stand in a support team. Plain values only."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from engawa.kernel.words import Words
from engawa.office.casework.cases.rules import NotPossible

LEAD = "lead"


@dataclass(frozen=True)
class Part:
    """An agency's part in a team, for a period (end day included)."""

    called: str
    role: str
    since: dt.date
    until: dt.date | None


def check_part(part: Part, others: Iterable[Part]) -> None:
    """Whether the part fits into a team of ``others``.

    Raises:
        NotPossible: it is nobody's, ends before it begins, or repeats somebody or the lead.
    """
    if not part.called.strip():
        raise NotPossible("機関を選ぶか、名称を書いてください")
    if part.until and part.until < part.since:
        raise NotPossible("おわりの日が、はじまりの日より前です。どちらかの日を直してください")
    for other in others:
        if not _overlap(part, other):
            continue
        if other.called == part.called:
            raise NotPossible(
                Words(
                    "%(name)sはすでに支援チームにいます。役割を変えるときは、その機関を開いてください",
                    name=other.called,
                )
            )
        if part.role == other.role == LEAD:
            raise NotPossible(Words("主担当は%(name)sです。先に%(name)sの役割を変えてください", name=other.called))


def _overlap(part: Part, other: Part) -> bool:
    return (part.until is None or other.since <= part.until) and (other.until is None or part.since <= other.until)
