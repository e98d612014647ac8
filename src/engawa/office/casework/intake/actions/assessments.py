"""Takes in assessments, one answer a row, on the released versions of the question sets of this house."""

import datetime as dt
import re
from collections.abc import Hashable, MutableMapping, Sequence
from dataclasses import replace
from uuid import UUID

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.kernel.rows import insert_all
from engawa.kernel.words import Words, said_by
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer
from engawa.office.casework.intake.actions.bringing import Bringing, Kind
from engawa.office.casework.intake.queries import assessments as told
from engawa.office.casework.intake.rules import AnswerRow, Unfit, from_day
from engawa.office.questionnaires.models import Question
from engawa.office.questionnaires.rules import (
    CHOICES,
    GIVEN,
    MULTIPLE,
    REFUSED,
    UNKNOWN,
    NotAnAnswer,
    Said,
    fitted,
)

Key = tuple[str, str, int, dt.date, int]
_KINDS = {"不明": UNKNOWN, "答えたくない": REFUSED}
_BETWEEN = re.compile(r"[;；\n]")


class Answers(Bringing[AnswerRow]):
    """アセスメント. An assessment begins with its first answer; one that is finished here takes no further ones."""

    fields = ("finished_on", "kind", "answer", "primary", "note", "source", "writer")

    def __init__(self, import_id: UUID, rows: Sequence[AnswerRow], *, axes: bool) -> None:
        super().__init__(import_id, rows, axes=axes)
        self.sets = told.released_sets()
        self.newest = {name: version for name, version in self.sets}  # noqa: C416 # the newest comes last
        self.questions = told.questions_of_sets(self.sets)
        self.here = list(self.cases.values())
        self.assessments: dict[Key, Assessment] = {}
        for one, nth in told.assessments_of(self.here):
            key = (one.case.number, one.questionnaire.name, one.questionnaire.version, one.on, nth)
            self.assessments[key] = one
        self.rows_known: dict[Hashable, AnswerRow] = {}

    def known(self) -> MutableMapping[Hashable, AnswerRow]:
        self.rows_known |= {self.key(row): row for row in told.told_answers(self.here)}
        return self.rows_known

    def key(self, row: AnswerRow) -> Hashable:
        return (*_of(row), row.question)

    def resolve(self, row: AnswerRow) -> AnswerRow | Unfit:
        """The row with its version as the set has it, and the answer as it is kept."""
        version = row.version or self.newest.get(row.questionnaire, 0)
        questionnaire = self.sets.get((row.questionnaire, version))
        if questionnaire is None:
            field = "version" if row.questionnaire in self.newest else "questionnaire"
            return Unfit(field, "この質問票（の版）は、ここにありません", "、".join(map(str, self.sets.values())))
        question = self.questions.get((questionnaire.pk, row.question))
        if question is None:
            unasked = Words(
                "「%(question)s」は「%(set)s」の設問にありません", question=row.question, set=str(questionnaire)
            )
            return Unfit("question", unasked, "質問票にある設問の文")
        if question.professional and not self.axes:
            return Unfit("question", "専門職だけが答える設問です", "専門職の役割をもつ人による取り込み")
        return self._fitted(replace(row, version=version, nth=row.nth or 1), question)

    def _fitted(self, row: AnswerRow, question: Question) -> AnswerRow | Unfit:
        try:
            said = fitted(question.asked, _said(row, question))
        except NotAnAnswer as wrong:
            return Unfit("answer", said_by(wrong), "、".join([*question.options, *_KINDS]))
        row = replace(row, kind=said.kind, answer=";".join(said.chosen), primary=said.primary)
        if not said.answered:  # nothing was said, and nothing is to be kept
            self.rows_known.setdefault(self.key(row), row)
        return row

    def fit(self, row: AnswerRow) -> Unfit | None:
        assessment = self.assessments.get(_of(row))
        if row.finished_on and row.finished_on < row.on:
            return Unfit(
                "finished_on",
                "アセスメントの日より前に確定しています",
                from_day(row.on),
            )
        if assessment is None:
            self._begin(row)
            return None
        if assessment.finished_at and (assessment.finished_by_id or assessment.begun_by_id):
            return Unfit("on", "このアセスメントは、ここで確定しています", "別の日付、または回")
        if told.finished_on(assessment) != row.finished_on:
            return Unfit("finished_on", "同じアセスメントのほかの行と違います", "ほかの行と同じ確定日")
        if row.writer and not assessment.signer and row.writer != assessment.writer:
            return Unfit("writer", "同じアセスメントのほかの行と違います", "ほかの行と同じ記入者、または空欄")
        return None

    def _begin(self, row: AnswerRow) -> None:
        questionnaire = self.sets[row.questionnaire, row.version or 0]
        made = Assessment(id=uuid7(), case=self.cases[row.case], questionnaire=questionnaire, on=row.on)
        made.writer = row.writer
        if row.finished_on:
            made.finished_at = dt.datetime.combine(row.finished_on, dt.time(12), clock.JAPAN)
        made.save(force_insert=True)
        self.assessments[_of(row)] = made
        self.note(Kind.ASSESSMENT, made.pk, row.case)

    def make(self, rows: list[AnswerRow]) -> None:
        now, made = clock.now(), []
        for row in rows:
            assessment = self.assessments[_of(row)]
            question = self.questions[assessment.questionnaire_id, row.question]
            answer = AssessmentAnswer(assessment=assessment, case=assessment.case, question=question, said_at=now)
            answer.professional = question.professional
            answer.say(fitted(question.asked, _said(row, question)))
            self.note(Kind.ANSWER, answer.pk, row.case)
            made.append(answer)
        insert_all(made)


def _of(row: AnswerRow) -> Key:
    return (row.case, row.questionnaire, row.version or 0, row.on, row.nth or 1)


def _said(row: AnswerRow, question: Question) -> Said:
    """What the row says: of several options, each; words as they stand, whatever signs they hold."""
    kind = row.kind or _KINDS.get(row.answer, GIVEN)
    several = _BETWEEN.split(row.answer) if question.form == MULTIPLE else [row.answer]
    chosen = tuple(one.strip() if question.form in CHOICES else one for one in several if one.strip())
    return Said(kind, chosen, row.primary, row.note, row.source)
