"""How each sheet's rows are handed to the package that owns them, and what may be wrong with them there."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engawa.kernel.taken import Fate, Taken
from engawa.kernel.words import Words
from engawa.office.access.models import Organisation
from engawa.office.audit.actions import record
from engawa.office.casework.cases.models import Case
from engawa.office.casework.intake import actions as casework
from engawa.office.casework.intake.queries.cases import case_ids, stage_codes
from engawa.office.casework.intake.rules import not_listed
from engawa.office.casework.timeline.models import Contact
from engawa.office.conferences import actions as conferences
from engawa.office.conferences.queries import conference_ids
from engawa.office.directory.models import Desk
from engawa.office.ledger import rules
from engawa.office.ledger.actions.context import OUT_OF_REACH, Context, Verdict, different, unknown
from engawa.office.ledger.rules import Fault, Values
from engawa.office.questionnaires import actions as questionnaires
from engawa.office.questionnaires.models import Question
from engawa.office.questionnaires.queries import questions_of

Make = Callable[[Values], Any]
Take = Callable[..., list[Taken]]


def _take(
    context: Context, take: Take, rows: Sequence[Values], make: Make, columns: Mapping[str, str]
) -> list[Verdict]:
    """Make the rows that have what they need and hand them over; a fault for each of the others.

    Args:
        context: of this import.
        take: action of the owning package.
        rows: as read.
        make: the owning package's row, or the fault that keeps it from being one.
        columns: the owning package's field names with the ledger's column names.
    """
    made = [make(row) for row in rows]
    good = [row for row in made if not isinstance(row, Fault)]
    fates = iter(take(by=context.by, import_id=context.import_id, rows=good))
    return [
        row if isinstance(row, Fault) else _verdict(next(fates), source, columns)
        for row, source in zip(made, rows, strict=True)
    ]


def _verdict(taken: Taken, row: Values, columns: Mapping[str, str]) -> Verdict:
    if taken.fate is not Fate.DIFFERENT:
        return taken
    names = list(dict.fromkeys(columns[name] for name in taken.fields))
    return different("、".join(names), "、".join(_as_written(row.cells[name]) for name in names))


def _as_written(value: Any) -> str:
    return ";".join(value) if isinstance(value, list) else "" if value is None else str(value)


def take_cases(context: Context, rows: Sequence[Values]) -> list[Verdict]:
    """相談ケース."""
    foreign = context.out_of_reach(Case, (row.cells["ケース番号"] for row in rows))
    desks = _desks(context, {row.cells["受付窓口"] for row in rows})

    def make(row: Values) -> casework.CaseRow | Fault:
        if row.cells["ケース番号"] in foreign or row.cells["受付窓口"] not in desks:
            return OUT_OF_REACH
        age = row.cells["本人の年齢"]
        return casework.CaseRow(
            number=row.cells["ケース番号"],
            received_on=row.cells["受付日"],
            desk_id=desks[row.cells["受付窓口"]],
            requester=row.cells["相談者"],
            age_years=age.years,
            age_band=str(age) if age.band is not None else "",
            sex=row.cells["性別"],
            route=row.cells["相談経路"],
            complaint=row.cells["主訴"],
            notes=row.notes,
        )

    columns = {"received_on": "受付日", "desk_id": "受付窓口", "requester": "相談者", "age_years": "本人の年齢"}
    columns |= {"age_band": "本人の年齢", "sex": "性別", "route": "相談経路", "complaint": "主訴"}
    return _take(context, casework.take_in_cases, rows, make, columns)


def _desks(context: Context, names: set[str]) -> dict[str, uuid.UUID]:
    """The desks of these names within reach; one that nobody knows yet is founded, as is the body that runs it."""
    known = {desk.name: desk for desk in Desk.objects.filter(name__in=names)}
    bodies = dict(Organisation.objects.filter(name__in=names - known.keys()).values_list("name", "id"))
    wanted = [name for name in sorted(names - known.keys()) if name not in bodies or context.reaches(bodies[name])]
    founded = {name: _found_desk(context, name).id for name in wanted}
    return founded | {name: desk.id for name, desk in known.items() if context.reaches(desk.organisation_id)}


def _found_desk(context: Context, name: str) -> Desk:
    group = rules.desk_group(name)
    kind = Organisation.Kind.WARD_CENTRE if group == Desk.Group.WARD_CENTRE else Organisation.Kind.ENTRUSTED
    organisation, new = Organisation.objects.get_or_create(name=name, defaults={"kind": kind})
    desk = Desk.objects.create(name=name, organisation=organisation, group=group)
    context.founded["desks"].append(str(desk.id))
    if new:
        context.founded["organisations"].append(str(organisation.id))
    record(by=context.by, deed="ledger.found_desk", subject=name, detail={"import": str(context.import_id)})
    return desk


def take_states(context: Context, rows: Sequence[Values]) -> list[Verdict]:
    """状態."""
    cases = case_ids(row.cells["ケース番号"] for row in rows)
    foreign = context.out_of_reach(Case, cases)

    def make(row: Values) -> casework.StateRow | Fault:
        number = row.cells["ケース番号"]
        if number not in cases:
            return unknown("ケース番号", number, rules.CASES.name)
        if number in foreign:
            return OUT_OF_REACH
        return casework.StateRow(
            case_id=cases[number],
            effective_on=row.cells["日付"],
            state=row.cells["状態"],
            reason=row.cells["理由"],
            destination=row.cells["引継ぎ先"],
            note=rules.with_notes(row.cells["メモ"], row.notes),
        )

    columns = {"reason": "理由", "destination": "引継ぎ先", "note": "メモ"}
    return _take(context, casework.take_in_states, rows, make, columns)


def take_contacts(context: Context, rows: Sequence[Values]) -> list[Verdict]:
    """対応記録."""
    cases = case_ids(row.cells["ケース番号"] for row in rows)
    foreign = context.out_of_reach(Case, cases)
    taken = context.out_of_reach(Contact, (row.cells["対応番号"] for row in rows))

    def make(row: Values) -> casework.ContactRow | Fault:
        number = row.cells["ケース番号"]
        if number not in cases:
            return unknown("ケース番号", number, rules.CASES.name)
        if number in foreign or row.cells["対応番号"] in taken:
            return OUT_OF_REACH
        if not row.cells["次にすること"] and (row.cells["いつまでに"] or row.cells["済んだ日"]):
            return Fault("次にすること", "", "日付だけがあり、次にすることが空です", "次にすること、または日付も空欄")
        return casework.ContactRow(
            number=row.cells["対応番号"],
            case_id=cases[number],
            on=row.cells["対応日"],
            method=row.cells["手法"],
            counterpart=row.cells["対象"],
            minutes=row.cells["所要分"],
            content=rules.with_notes(row.cells["概要"], row.notes),
            own_words=row.cells["本人・家族のことば"],
            hearsay=row.cells["伝聞"],
            opinion=row.cells["見立て"],
            place=row.cells["場所"],
            next_step=row.cells["次にすること"],
            next_on=row.cells["いつまでに"],
            next_done_on=row.cells["済んだ日"],
            writer=row.cells["記録者"],
        )

    columns = {"case_id": "ケース番号", "on": "対応日", "method": "手法", "counterpart": "対象"}
    columns |= {"minutes": "所要分", "content": "概要", "own_words": "本人・家族のことば", "hearsay": "伝聞"}
    columns |= {"opinion": "見立て", "place": "場所", "next_step": "次にすること", "next_on": "いつまでに"}
    columns |= {"written_by": "記録者"}
    return _take(context, casework.take_in_contacts, rows, make, columns)


def take_stages(context: Context, rows: Sequence[Values]) -> list[Verdict]:
    """支援の段階."""
    cases = case_ids(row.cells["ケース番号"] for row in rows)
    foreign = context.out_of_reach(Case, cases)
    stages = stage_codes()
    codes = {rules.folded(label): code for label, code in stages.items()}

    def make(row: Values) -> casework.StageRow | Fault:
        number, stage = row.cells["ケース番号"], row.cells["段階"]
        if number not in cases:
            return unknown("ケース番号", number, rules.CASES.name)
        if number in foreign:
            return OUT_OF_REACH
        if rules.folded(stage) not in codes:
            return Fault("段階", stage, not_listed(stage), "、".join(stages))
        note = rules.with_notes(row.cells["ようす"], row.notes)
        return casework.StageRow(cases[number], row.cells["日付"], codes[rules.folded(stage)], note)

    return _take(context, casework.take_in_stages, rows, make, {"note": "ようす"})


def take_conferences(context: Context, rows: Sequence[Values]) -> list[Verdict]:
    """支援調整会議."""

    def make(row: Values) -> conferences.ConferenceRow:
        return conferences.ConferenceRow(
            number=row.cells["会議番号"],
            held_on=row.cells["開催日"],
            ward=row.cells["開催区"],
            basis=row.cells["根拠"],
            agencies=row.cells["出席機関"],
            notes=row.notes,
        )

    columns = {"held_on": "開催日", "ward": "開催区", "basis": "根拠", "agencies": "出席機関"}
    return _take(context, conferences.take_in_conferences, rows, make, columns)


def take_items(context: Context, rows: Sequence[Values]) -> list[Verdict]:
    """会議案件."""
    cases = case_ids(row.cells["ケース番号"] for row in rows)
    foreign = context.out_of_reach(Case, cases)
    sittings = conference_ids(row.cells["会議番号"] for row in rows)

    def make(row: Values) -> conferences.ItemRow | Fault:
        sitting, number = row.cells["会議番号"], row.cells["ケース番号"]
        if sitting not in sittings:
            return unknown("会議番号", sitting, rules.CONFERENCES.name)
        if number not in cases:
            return unknown("ケース番号", number, rules.CASES.name)
        if number in foreign:
            return OUT_OF_REACH
        return conferences.ItemRow(
            conference_id=sittings[sitting],
            case_id=cases[number],
            kind=row.cells["区分"],
            route=row.cells["つながった経路"],
            lead=row.cells["主担当"],
            notes=row.notes,
        )

    columns = {"kind": "区分", "route": "つながった経路", "lead": "主担当"}
    return _take(context, conferences.take_in_items, rows, make, columns)


def take_questions(context: Context, rows: Sequence[Values]) -> list[Verdict]:
    """設問."""

    def make(row: Values) -> questionnaires.QuestionRow:
        return questionnaires.QuestionRow(
            questionnaire=row.cells["調査"],
            text=row.cells["設問"],
            form=row.cells["形式"],
            options=row.cells["選択肢"],
            notes=row.notes,
        )

    return _take(context, questionnaires.take_in_questions, rows, make, {"form": "形式", "options": "選択肢"})


def take_answers(context: Context, rows: Sequence[Values]) -> list[Verdict]:
    """アンケート回答."""
    questions = questions_of(row.cells["調査"] for row in rows)

    def make(row: Values) -> questionnaires.AnswerRow | Fault:
        question = questions.get((row.cells["調査"], row.cells["設問"]))
        if question is None:
            return unknown("設問", row.cells["設問"], rules.QUESTIONS.name)
        chosen = _options(question, row.cells["回答"])
        return _misfit(question, chosen) or questionnaires.AnswerRow(
            number=row.cells["回答番号"],
            question_id=question.id,
            questionnaire_id=question.questionnaire_id,
            chosen=chosen,
            notes=row.notes,
        )

    return _take(context, questionnaires.take_in_answers, rows, make, {"chosen": "回答"})


def _options(question: Question, chosen: Sequence[str]) -> list[str]:
    """The options as the question writes them, where only width or blanks differ."""
    known = {rules.folded(option): option for option in question.options}
    return [known.get(rules.folded(option), option) for option in chosen]


def _misfit(question: Question, chosen: Sequence[str]) -> Fault | None:
    accepted = "、".join(question.options)
    if others := [option for option in chosen if option not in question.options]:
        problem = Words("「%(others)s」は選択肢にありません", others=";".join(others))
        return Fault("回答", ";".join(chosen), problem, accepted)
    if question.form == Question.Form.SINGLE and len(chosen) > 1:
        one = Words("次のうち一つ：%(options)s", options=accepted)
        return Fault("回答", ";".join(chosen), "一つだけ選ぶ設問に、答えが二つ以上あります", one)
    return None


TAKERS: Mapping[str, Callable[[Context, Sequence[Values]], list[Verdict]]] = {
    rules.CASES.name: take_cases,
    rules.STATES.name: take_states,
    rules.CONTACTS.name: take_contacts,
    rules.STAGES.name: take_stages,
    rules.CONFERENCES.name: take_conferences,
    rules.ITEMS.name: take_items,
    rules.QUESTIONS.name: take_questions,
    rules.ANSWERS.name: take_answers,
}
