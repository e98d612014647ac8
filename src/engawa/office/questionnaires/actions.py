"""The only writers of questionnaires, responses and answers."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import F, Max

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.kernel.locks import lock_until_commit
from engawa.kernel.rows import insert_all
from engawa.kernel.taken import Fate, Taken, sort_out
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.questionnaires import rules
from engawa.office.questionnaires.models import Answer, FormCheck, NationalForm, Question, Questionnaire, Response
from engawa.office.questionnaires.queries import (
    compares_with_originals,
    questions_in_order,
    questions_of,
    version_of,
)


@dataclass(frozen=True)
class QuestionRow:
    """A question as an earlier record has it; ``options`` in the order to print."""

    questionnaire: str
    text: str
    form: str
    options: list[str]
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerRow:
    """What one numbered response says to one question, and on which day, where anybody noted it."""

    number: str
    question_id: uuid.UUID
    questionnaire_id: uuid.UUID
    chosen: list[str]
    answered_on: dt.date | None = None
    notes: dict[str, str] = field(default_factory=dict)


def _check_may_take_in(by: AnyActor) -> None:
    if not by.may(Permission.LEDGER_FILE_IMPORT):
        raise NotAllowed


@transaction.atomic
def take_in_questions(*, by: AnyActor, import_id: uuid.UUID, rows: Sequence[QuestionRow]) -> list[Taken]:
    """Make the questions that their questionnaire does not have; other options or another form are a difference."""
    _check_may_take_in(by)
    known: dict[Any, Any] = dict(questions_of(row.questionnaire for row in rows))
    new, fates = sort_out(rows, known, lambda row: (row.questionnaire, row.text), ("form", "options"))
    for row in new:
        questionnaire = _questionnaire(row.questionnaire, import_id)
        Question.objects.create(
            questionnaire=questionnaire,
            position=questionnaire.questions.count(),
            text=row.text,
            form=row.form,
            options=row.options,
            notes=row.notes,
            import_id=import_id,
        )
    return fates


def _questionnaire(name: str, import_id: uuid.UUID) -> Questionnaire:
    surveys = Questionnaire.objects.filter(kind=Questionnaire.Kind.SURVEY)
    found = surveys.filter(name=name).order_by("-version").first()
    if found:
        return found
    last = surveys.aggregate(last=Max("position"))["last"]
    return Questionnaire.objects.create(name=name, position=0 if last is None else last + 1, import_id=import_id)


@transaction.atomic
def take_in_answers(*, by: AnyActor, import_id: uuid.UUID, rows: Sequence[AnswerRow]) -> list[Taken]:
    """Make the answers that their numbered response does not have; an empty list is 無回答.

    A response has one day. A row that names none says nothing of it; one that names another is a difference.
    """
    _check_may_take_in(by)
    responses = _responses(rows, import_id)
    known: dict[Any, Any] = {
        (answer.response_id, answer.question_id): answer
        for answer in Answer.objects.filter(response__in={response.id for response in responses.values()})
    }
    fitting = [row for row in rows if _same_day(responses, row)]
    new, sorted_out = sort_out(fitting, known, lambda row: (_response(responses, row), row.question_id), ("chosen",))
    fates = iter(sorted_out)
    insert_all(
        [
            Answer(
                response_id=_response(responses, row),
                question_id=row.question_id,
                chosen=row.chosen,
                notes=row.notes,
                import_id=import_id,
            )
            for row in new
        ]
    )
    other_day = Taken(Fate.DIFFERENT, ("answered_on",))
    return [next(fates) if _same_day(responses, row) else other_day for row in rows]


def _same_day(responses: dict[tuple[uuid.UUID, str], Response], row: AnswerRow) -> bool:
    response = responses[row.questionnaire_id, row.number]
    return row.answered_on in (None, response.answered_on)


def _response(responses: dict[tuple[uuid.UUID, str], Response], row: AnswerRow) -> uuid.UUID:
    return responses[row.questionnaire_id, row.number].id


def _responses(rows: Sequence[AnswerRow], import_id: uuid.UUID) -> dict[tuple[uuid.UUID, str], Response]:
    """The responses that the rows belong to; those that are missing are made."""
    wanted = {(row.questionnaire_id, row.number) for row in rows}
    found = Response.objects.filter(questionnaire__in={questionnaire for questionnaire, _ in wanted})
    known = {(response.questionnaire_id, response.number): response for response in found}
    missing = sorted(wanted - known.keys(), key=str)
    days = {(row.questionnaire_id, row.number): row.answered_on for row in reversed(rows) if row.answered_on}
    made = Response.objects.bulk_create(
        Response(questionnaire_id=one[0], number=one[1], answered_on=days.get(one), import_id=import_id)
        for one in missing
    )
    return known | {(response.questionnaire_id, response.number): response for response in made}


@transaction.atomic
def give_back(*, by: AnyActor, import_id: uuid.UUID) -> None:
    """Take away every question, response and answer of an import, and questionnaires that are left empty."""
    _check_may_take_in(by)
    Answer.objects.filter(import_id=import_id).delete()
    Response.objects.filter(import_id=import_id, answers=None).delete()
    Question.objects.filter(import_id=import_id).delete()
    Questionnaire.objects.filter(import_id=import_id, questions=None, responses=None).delete()


class QuestionFields(TypedDict, total=False):
    """What a question of a draft says; see ``models.Question``."""

    section: str
    text: str
    help: str
    form: str
    options: list[str]
    unit: str
    required: bool
    primary: bool
    professional: bool
    condition: dict[str, Any]


@transaction.atomic
def begin_set(*, by: AnyActor, name: str) -> Questionnaire:
    """Begin a new question set（質問票）as a draft.

    Raises:
        NotReleasable: there is one of this name.
    """
    _check_may_edit(by)
    sets = Questionnaire.objects.filter(kind=Questionnaire.Kind.ASSESSMENT)
    if sets.filter(name=name).exists():
        raise rules.NotReleasable("同じ名前の質問票があります。そちらの新しい版をつくってください")
    last = sets.aggregate(last=Max("position"))["last"] or 0
    made = Questionnaire.objects.create(kind=Questionnaire.Kind.ASSESSMENT, name=name, position=last + 10)
    _record(by, "begin_set", made)
    return made


@transaction.atomic
def draft_version(*, by: AnyActor, questionnaire: Questionnaire) -> Questionnaire:
    """The draft of the next version: the one there is, or a copy of the newest released version."""
    _check_may_edit(by)
    lock_until_commit(f"questionnaires.{questionnaire.name}")
    versions = Questionnaire.objects.filter(kind=Questionnaire.Kind.ASSESSMENT, name=questionnaire.name)
    newest = versions.order_by("-version").first()
    if newest is None or newest.released_at is None:
        return newest or questionnaire
    made = Questionnaire.objects.create(
        kind=newest.kind, name=newest.name, version=newest.version + 1, position=newest.position, source=newest.source
    )
    copies = questions_in_order(newest)
    for question in copies:
        question.pk, question.questionnaire = uuid7(), made
    Question.objects.bulk_create(copies)
    _record(by, "draft_version", made)
    return made


@transaction.atomic
def put_question(
    *,
    by: AnyActor,
    questionnaire: Questionnaire,
    question: Question | None = None,
    seen: str | None = None,
    **fields: Unpack[QuestionFields],
) -> Question:
    """Add a question at the end of a draft, or change one of it.

    Args:
        by: needs ``questionnaires:set:edit``.
        questionnaire: a draft.
        question: the one to change.
        seen: the version of it that the writer had in front of them, where it matters.
        fields: see ``QuestionFields``.

    Raises:
        NotReleasable: the version is released, another question has the same words, or somebody else changed it.
    """
    questionnaire = _draft(by, questionnaire)
    if question is None:
        last = questionnaire.questions.aggregate(last=Max("position"))["last"]
        place = 0 if last is None else last + 1
        question = Question(questionnaire=questionnaire, position=place, key=f"q{uuid7().hex[-10:]}")
    elif seen not in (None, "", now := version_of(Question.objects.get(pk=question.pk))):
        raise rules.Overtaken(now)
    if questionnaire.questions.filter(text=fields.get("text", question.text)).exclude(pk=question.pk).exists():
        raise rules.NotReleasable("同じ文の設問がこの質問票にあります。言い方を変えてください")
    for name, value in fields.items():
        setattr(question, name, value)
    question.save()
    _record(by, "put_question", questionnaire)
    return question


@transaction.atomic
def move_question(*, by: AnyActor, question: Question, earlier: bool) -> None:
    """Let a question of a draft change places with the one before or after it; at the end nothing happens."""
    questionnaire = _draft(by, question.questionnaire)
    rows = questions_in_order(questionnaire)
    here = next(place for place, row in enumerate(rows) if row.pk == question.pk)
    there = here - 1 if earlier else here + 1
    if not 0 <= there < len(rows):
        return
    last = rows[-1].position
    rows[here], rows[there] = rows[there], rows[here]
    # Two steps, because no two questions may share a place even for a moment.
    questionnaire.questions.update(position=F("position") - last - 1)
    for place, row in enumerate(rows):
        questionnaire.questions.filter(pk=row.pk).update(position=place)
    _record(by, "move_question", questionnaire)


@transaction.atomic
def drop_question(*, by: AnyActor, question: Question) -> None:
    """Take a question out of a draft; released versions keep theirs."""
    questionnaire = _draft(by, question.questionnaire)
    question.delete()
    _record(by, "drop_question", questionnaire)


@transaction.atomic
def release(*, by: AnyActor, questionnaire: Questionnaire) -> Questionnaire:
    """Release a draft: from now on new assessments use it, and it never changes again.

    Raises:
        NotReleasable: it is released already, or nobody could answer it; the message says what to mend.
    """
    questionnaire = _draft(by, questionnaire)
    rules.check_release([question.asked for question in questions_in_order(questionnaire)])
    questionnaire.released_at = clock.now()
    questionnaire.released_by_id = by.id if isinstance(by, Actor) else None
    questionnaire.save()
    _record(by, "release", questionnaire)
    return questionnaire


@transaction.atomic
def give_up_draft(*, by: AnyActor, questionnaire: Questionnaire) -> None:
    """Take a draft away as a whole."""
    questionnaire = _draft(by, questionnaire)
    _record(by, "give_up_draft", questionnaire)
    questionnaire.delete()


@transaction.atomic
def check_against_original(*, by: Actor, questionnaire: Questionnaire, on: dt.date, against: str) -> None:
    """Note that a version was compared with this original on this day: it is no longer 再現版・未確認.

    Raises:
        NotAllowed: ``by`` does not compare in the city's own offices: this holds for the whole house.
        NotReleasable: on a day that has not come yet.
    """
    _check_may_compare(by)
    rules.check_compared(on, clock.today())
    said = {"checked_on": on, "checked_by": by.id, "checked_against": against}
    Questionnaire.objects.filter(pk=questionnaire.pk).update(**said)
    _record(by, "check_against_original", questionnaire)


@dataclass(frozen=True)
class Comparison:
    """What comparing a form with its original came to; ``against`` names the edition of the original."""

    on: dt.date
    against: str
    fits: bool
    note: str = ""


@transaction.atomic
def check_form(*, by: Actor, form: NationalForm, said: Comparison) -> FormCheck:
    """Note that a form that is filled from records was compared with its original; the newest note holds.

    Raises:
        NotAllowed: ``by`` does not compare in the city's own offices: this holds for the whole house.
        NotReleasable: on a day that has not come yet, or it differs and nobody says where.
    """
    _check_may_compare(by)
    rules.check_compared(said.on, clock.today())
    if not said.fits and not said.note.strip():
        raise rules.NotReleasable("ちがっていたところを書いてください。直すときの手がかりになります")
    made = FormCheck.objects.create(form=form, edition=form.edition, by_id=by.id, **asdict(said))
    detail = {"edition": form.edition, "fits": said.fits, "on": said.on.isoformat()}
    record(by=by, deed="questionnaires.check_form", subject=form.code, detail=detail)
    return made


def _check_may_edit(by: AnyActor) -> None:
    if not by.may(Permission.QUESTIONNAIRES_SET_EDIT):
        raise NotAllowed


def _check_may_compare(by: Actor) -> None:
    if not compares_with_originals(by):
        raise NotAllowed


def _draft(by: AnyActor, questionnaire: Questionnaire) -> Questionnaire:
    """The draft, locked, so that its questions are changed one after the other."""
    _check_may_edit(by)
    drafts = Questionnaire.objects.select_for_update(of=("self",)).filter(kind=Questionnaire.Kind.ASSESSMENT)
    found = drafts.filter(pk=questionnaire.pk).first()
    if found is None:
        raise NotAllowed
    if found.released_at:
        raise rules.NotReleasable("公開した版は直せません。新しい版の下書きをつくってください")
    return found


def _record(by: AnyActor, deed: str, questionnaire: Questionnaire) -> None:
    record(by=by, deed=f"questionnaires.{deed}", subject=str(questionnaire), detail={"id": str(questionnaire.pk)})
