"""The only writers of assessments, their answers, and the steps between stages."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from engawa.kernel import clock, live
from engawa.kernel.ids import uuid7
from engawa.kernel.words import Words
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, require
from engawa.office.casework.assessments import rules
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer, Stage, StageStep
from engawa.office.casework.assessments.queries import Filled, filled, may_read_axes, missing_in, said_at_version
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.questionnaires.models import Question, Questionnaire
from engawa.office.questionnaires.rules import NOTHING, NotAnAnswer, Said, fitted


class Overtaken(Exception):
    """Somebody else has written another answer to the same question meanwhile; nothing was changed.

    ``answer`` is theirs, as it stands now.
    """

    def __init__(self, answer: AssessmentAnswer) -> None:
        super().__init__("ほかの人が先に書きました")
        self.answer = answer


def topic_of(assessment: Assessment) -> str:
    """The live topic that everybody who has the assessment open listens to."""
    return f"assessment:{assessment.pk}"


@transaction.atomic
def begin_assessment(  # noqa: PLR0913 - what an assessment has
    *,
    by: AnyActor,
    case: Case,
    questionnaire: Questionnaire,
    on: dt.date,
    based_on: Assessment | None = None,
    key: UUID | None = None,
) -> Assessment:
    """Start an assessment（アセスメント）with the version in use; any case at any time, whoever it is about.

    Args:
        by: needs ``casework:case:edit`` through a grant that lets write.
        case: the case.
        questionnaire: a version in use.
        on: the day it speaks of; not in the future.
        based_on: an earlier assessment of the case with the same set, whose answers are taken over as far as the
            version still asks them and the actor may read them.
        key: id of the new assessment; a second call with the same key gives the assessment of the first.

    Raises:
        NotPossible: the version is not in use, or the day has not come.
    """
    require(by, Permission.CASEWORK_CASE_EDIT, case, Part.ASSESSMENTS)
    if known := Assessment.objects.filter(pk=key, case=case).first() if key else None:
        return known
    rules.check_on(on, today=clock.today())
    if not Questionnaire.objects.newest_released().filter(pk=questionnaire.pk).exists():
        raise NotPossible("この質問票の版は使われていません。一覧から選び直してください")
    made = Assessment(
        id=key or uuid7(), case=case, questionnaire=questionnaire, on=on, begun_by=member(by), based_on=based_on
    )
    made.save(force_insert=True)
    _check_may_answer(filled(by, made))
    if based_on is not None and based_on.case_id == case.pk:
        _take_over(by, based_on, made)
    _record(by, "begin_assessment", made)
    return made


def _take_over(by: AnyActor, earlier: Assessment, made: Assessment) -> None:
    said = {row.question.key: row.said for row in filled(by, earlier) if row.said.answered}
    for row in filled(by, made):
        if row.hidden or row.question.key not in said:
            continue
        try:
            fit = fitted(row.question.asked, said[row.question.key])
        except NotAnAnswer:
            continue  # the new version asks otherwise
        _write(by, _answer(made, row.question), fit)


@transaction.atomic
def answer_question(
    *, by: AnyActor, assessment: Assessment, question: Question, said: Said, seen: int
) -> AssessmentAnswer | None:
    """Write one answer; what stood before is kept with who wrote it when.

    Args:
        by: needs ``casework:case:edit`` through a grant that lets write, and for a professional question also
            ``casework:axes:write``.
        assessment: one that is not finished.
        question: of the assessment's version.
        said: the answer; an empty one takes the answer back.
        seen: the version of the answer that the writer had in front of them, 0 for none.

    Returns:
        The answer as it stands; None where nothing was and is said.

    Raises:
        NotAnAnswer: it does not fit the question.
        NotPossible: the assessment is finished.
        Overtaken: somebody else wrote another answer since ``seen``.
    """
    assessment = _open(by, assessment)
    _check_belongs(by, assessment, question)
    said = fitted(question.asked, said)
    answer = AssessmentAnswer.objects.filter(assessment=assessment, question=question).first()
    now, version = (answer.said, answer.version) if answer else (NOTHING, 0)
    then = said_at_version(answer, seen)
    settled = rules.settle(then=then, now=now, typed=said, overtaken=seen != version)
    if settled is rules.Settled.ASK and answer:
        raise Overtaken(answer)
    if settled is rules.Settled.KEEP:
        return answer
    answer = _write(by, answer or _answer(assessment, question), said)
    _record(by, "answer_assessment", assessment, question=str(question.pk))
    live.announce(topic_of(assessment), "answer", str(question.pk))
    return answer


@transaction.atomic
def finish_assessment(*, by: AnyActor, assessment: Assessment) -> Assessment:
    """Finish the assessment（確定）: from now on it stays as it is.

    Raises:
        NotPossible: finished already, or a required question says nothing; 不明 and 答えたくない are answers.
    """
    assessment = _open(by, assessment)
    rows = filled(by, assessment)
    _check_may_answer(rows)
    if missing := missing_in(rows):
        texts = "」「".join(row.question.text for row in missing)
        said = "「%(texts)s」がまだです。わからないときは「不明」、話したくないときは「答えたくない」を選べます"
        raise NotPossible(Words(said, texts=texts))
    assessment.finished_at, assessment.finished_by = clock.now(), member(by)
    assessment.save(force_update=True)
    _record(by, "finish_assessment", assessment)
    live.announce(topic_of(assessment), "answer", "")
    return assessment


@transaction.atomic
def note_stage(*, by: AnyActor, case: Case, stage: Stage, on: dt.date, note: str = "") -> StageStep:
    """Write down at which stage the case stands from ``on``. Steps back and repeated stages are as good as any.

    Args:
        by: needs ``casework:case:edit`` through a grant that lets write.
        case: the case.
        stage: of any line; each line has its own course.
        on: not in the future.
        note: what was seen.
    """
    require(by, Permission.CASEWORK_CASE_EDIT, case, Part.ASSESSMENTS)
    rules.check_on(on, today=clock.today())
    step = StageStep.objects.create(case=case, stage=stage, on=on, note=note, by=member(by))
    record(
        by=by, deed="casework.note_stage", subject=case.number, case_id=case.pk,
        detail={"stage": stage.code, "on": on.isoformat()},
    )  # fmt: skip
    return step


def _open(by: AnyActor, assessment: Assessment) -> Assessment:
    """The assessment, locked, so that its answers are written one after the other."""
    rows: QuerySet[Assessment] = Assessment.objects.select_for_update(of=("self",))
    found = rows.select_related("case", "questionnaire").filter(pk=assessment.pk).first()
    if found is None:
        raise NotAllowed
    require(by, Permission.CASEWORK_CASE_EDIT, found.case, Part.ASSESSMENTS)
    rules.check_open(finished=found.finished_at is not None)
    return found


def _check_belongs(by: AnyActor, assessment: Assessment, question: Question) -> None:
    if question.questionnaire_id != assessment.questionnaire_id:
        raise NotAllowed
    if question.professional and not may_read_axes(by, assessment.case):
        raise NotAllowed


def _check_may_answer(rows: list[Filled]) -> None:
    if all(row.hidden for row in rows):
        raise NotAllowed


def _answer(assessment: Assessment, question: Question) -> AssessmentAnswer:
    return AssessmentAnswer(
        assessment=assessment, case=assessment.case, question=question, professional=question.professional, version=0
    )


def _write(by: AnyActor, answer: AssessmentAnswer, said: Said) -> AssessmentAnswer:
    answer.say(said)
    answer.version += 1
    answer.by, answer.said_at = member(by), clock.now()
    answer.save()
    return answer


def _record(by: AnyActor, deed: str, assessment: Assessment, **detail: str) -> None:
    case = assessment.case
    ids = {"assessment": str(assessment.pk), **detail}
    record(by=by, deed=f"casework.{deed}", subject=case.number, case_id=case.pk, detail=ids)
