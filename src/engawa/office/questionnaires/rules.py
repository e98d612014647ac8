"""What fits a question, which questions show, and how an answer reads. Plain values only.

An answer is a list of texts whatever the form of its question: the options chosen, or one number, date or text.
不明 and 答えたくない are answers of their own kind, so that "unknown" is never mistaken for "no".
"""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from engawa.kernel.words import Words

SINGLE, MULTIPLE, NUMBER, DATE, TEXT, SCALE = "single", "multiple", "number", "date", "text", "scale"
CHOICES = (SINGLE, MULTIPLE, SCALE)
GIVEN, UNKNOWN, REFUSED = "given", "unknown", "refused"
_NOT_GIVEN = {UNKNOWN: "不明", REFUSED: "答えたくない"}


class NotAnAnswer(ValueError):
    """What was typed does not fit the question; the message says what would."""


class NotReleasable(ValueError):
    """A draft that nobody could answer; the message says what to mend."""


class Overtaken(NotReleasable):
    """Somebody else was quicker. ``now`` is the present version: whoever saves again has been told of it."""

    def __init__(self, now: str) -> None:
        super().__init__(
            "あなたが書いているあいだに、ほかの人が先にこの設問を直しました。あなたの書いたものは残っています。"
            "今の設問と見くらべて、もう一度保存してください"
        )
        self.now = now


def check_compared(on: dt.date, today: dt.date) -> None:
    """Whether something can have been compared with its original on that day.

    Raises:
        NotReleasable: it has not come yet.
    """
    if on > today:
        raise NotReleasable("先の日付では記録できません。今日までの日を入れてください")


@dataclass(frozen=True)
class Condition:
    """A question shows only when the earlier question ``key`` was answered with one of ``any``."""

    key: str
    any: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question as the rules see it."""

    key: str
    text: str
    form: str
    options: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False
    primary: bool = False
    condition: Condition | None = None


@dataclass(frozen=True)
class Said:
    """An answer: its kind, what was chosen or written, the most pressing of it, a remark, and who says so."""

    kind: str = GIVEN
    chosen: tuple[str, ...] = ()
    primary: str = ""
    note: str = ""
    source: str = ""

    @property
    def answered(self) -> bool:
        """Whether it says anything: an answer, a remark, 不明 or 答えたくない."""
        return self.kind != GIVEN or bool(self.chosen or self.note)


NOTHING = Said()


def fitted(question: Asked, said: Said) -> Said:
    """The answer as it is kept: what 不明 or 答えたくない overrule is left out, numbers and days in one form.

    Raises:
        NotAnAnswer: it does not fit the question.
    """
    if said.kind != GIVEN:
        return Said(said.kind, (), "", said.note, said.source)
    chosen = tuple(text for text in said.chosen if text.strip())
    chosen = _fit(question, chosen)
    if said.primary and said.primary not in chosen:
        chosen = _fit(question, (*chosen, said.primary))
    return Said(GIVEN, chosen, said.primary if question.primary else "", said.note, said.source)


def _fit(question: Asked, chosen: tuple[str, ...]) -> tuple[str, ...]:
    if question.form != MULTIPLE and len(chosen) > 1:
        raise NotAnAnswer("ひとつだけ選んでください")
    if question.form in CHOICES:
        return _options(question.options, chosen)
    read = {NUMBER: _number, DATE: _day}.get(question.form, str)
    return tuple(read(text) for text in chosen)


def _options(options: Sequence[str], chosen: Iterable[str]) -> tuple[str, ...]:
    wanted = set(chosen)
    if foreign := sorted(wanted - set(options)):
        said = "「%(option)s」は選択肢にありません。画面を開き直して選んでください"
        raise NotAnAnswer(Words(said, option=foreign[0]))
    return tuple(option for option in options if option in wanted)


def _number(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    try:
        number = Decimal(plain)
    except InvalidOperation as wrong:
        raise NotAnAnswer("数で入れてください。わからないときは「不明」を選べます") from wrong
    if not number.is_finite() or abs(number) >= Decimal(10) ** 12:
        raise NotAnAnswer("数が大きすぎます。確かめて入れ直してください")
    return f"{number:f}"


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(unicodedata.normalize("NFKC", text).strip()).isoformat()
    except ValueError as wrong:
        raise NotAnAnswer("日付は 2026-04-01 のように入れてください。はっきりしないときは補足に書けます") from wrong


def shows(question: Asked, answers: Mapping[str, Said]) -> bool:
    """Whether the question is asked, given the answers by key so far."""
    if question.condition is None:
        return True
    before = answers.get(question.condition.key, NOTHING)
    return before.kind == GIVEN and not set(question.condition.any).isdisjoint(before.chosen)


def missing(questions: Iterable[Asked], answers: Mapping[str, Said]) -> list[Asked]:
    """Required questions that are asked and say nothing yet. 不明 and 答えたくない are answers."""
    return [
        question
        for question in questions
        if question.required and shows(question, answers) and not answers.get(question.key, NOTHING).answered
    ]


def printed(question: Asked, said: Said) -> str:
    """The answer in one line, as screen and paper show it; empty where nothing was said."""
    if said.kind != GIVEN:
        words = _NOT_GIVEN[said.kind]
    elif question.form == SCALE and said.chosen:
        words = f"{position(question, said)}／{len(question.options)}（{said.chosen[0]}）"
    else:
        words = "、".join(f"◎{one}" if one == said.primary else one for one in said.chosen)
        words += question.unit if words else ""
    return f"{words}（{said.note}）" if words and said.note else words or said.note


def ticked(question: Asked, said: Said) -> str:
    """The answer as a form on paper has it: every option with its box, ■ where it was chosen, ◎ where most pressing.

    不明 and 答えたくない get a box when they were said; numbers, days and words stand as ``printed`` has them.
    """
    if question.form not in CHOICES:
        return printed(question, said) or _room(question)
    marks = dict.fromkeys(said.chosen, "■") | {said.primary: "◎"}
    boxes = [f"{marks.get(option, '□')} {option}" for option in question.options]
    if said.kind != GIVEN:
        boxes.append(f"■ {_NOT_GIVEN[said.kind]}")
    return "　".join(boxes) + (f"\n（{said.note}）" if said.note else "")


def _room(question: Asked) -> str:
    return f"　　　　{question.unit}" if question.unit else ""


def position(question: Asked, said: Said) -> int | None:
    """Where on the list of options the one chosen stands, from 1; None where it was not answered."""
    if question.form not in (SINGLE, SCALE) or said.kind != GIVEN or not said.chosen:
        return None
    return question.options.index(said.chosen[0]) + 1 if said.chosen[0] in question.options else None


def check_release(questions: Sequence[Asked]) -> None:
    """Whether the questions, in their order, can be answered by somebody.

    Raises:
        NotReleasable: no question, a choice without two options, two questions of one key, or a condition on what does
            not come before.
    """
    if not questions:
        raise NotReleasable("設問がまだありません。ひとつ以上加えてから公開してください")
    before: dict[str, Asked] = {}
    for question in questions:
        if question.key in before:
            said = "「%(question)s」と「%(before)s」の符号が同じです"
            raise NotReleasable(Words(said, question=question.text, before=before[question.key].text))
        _check_question(question, before)
        before[question.key] = question


FEWEST_OPTIONS = 2


def _check_question(question: Asked, before: Mapping[str, Asked]) -> None:
    if question.form in CHOICES and len(question.options) < FEWEST_OPTIONS:
        raise NotReleasable(Words("「%(question)s」の選択肢を2つ以上入れてください", question=question.text))
    if len(set(question.options)) < len(question.options):
        raise NotReleasable(Words("「%(question)s」に同じ選択肢が2つあります", question=question.text))
    if question.condition is None:
        return
    asked = before.get(question.condition.key)
    if asked is None:
        raise NotReleasable(Words("「%(question)s」の条件の設問が、その前にありません", question=question.text))
    if not set(question.condition.any) <= set(asked.options) or not question.condition.any:
        said = "「%(question)s」の条件は「%(asked)s」の選択肢から選んでください"
        raise NotReleasable(Words(said, question=question.text, asked=asked.text))
