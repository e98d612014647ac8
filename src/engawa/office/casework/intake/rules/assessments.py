"""Rows about assessments."""

import datetime as dt
from dataclasses import dataclass, field

from engawa.office.casework.intake.rules.rows import Row


@dataclass(frozen=True)
class AnswerRow(Row):
    """One answer of an assessment（アセスメント）. ``nth`` tells apart those with the same set on the same day.

    ``answer`` holds the options between ;, or the words as they were written. Without a ``kind``, 不明 and 答えたくない
    are answers of their own kind.
    """

    questionnaire: str
    on: dt.date
    question: str
    version: int | None = None
    nth: int | None = None
    finished_on: dt.date | None = None
    kind: str = ""
    answer: str = ""
    primary: str = ""
    note: str = ""
    source: str = ""
    writer: str = ""
    signed: bool = field(default=False, compare=False)
