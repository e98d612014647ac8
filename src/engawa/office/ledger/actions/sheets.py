"""How each sheet's rows are handed to the package that owns them, and what may be wrong with them there."""

import uuid
from collections.abc import Callable, Mapping, Sequence

from engawa.kernel.words import Words
from engawa.office.access.models import Organisation
from engawa.office.audit.actions import record
from engawa.office.casework.cases.models import Case
from engawa.office.casework.intake import actions as casework
from engawa.office.casework.intake.queries.cases import case_ids, stage_codes
from engawa.office.casework.intake.rules import not_listed
from engawa.office.conferences import actions as conferences
from engawa.office.conferences.queries import conference_ids
from engawa.office.directory.models import Desk
from engawa.office.ledger import rules
from engawa.office.ledger.actions.contacts import take_contacts
from engawa.office.ledger.actions.context import OUT_OF_REACH, Context, Verdict, unknown
from engawa.office.ledger.actions.handing import hand_over
from engawa.office.ledger.rules import Fault, Values
from engawa.office.questionnaires import actions as questionnaires
from engawa.office.questionnaires.models import Question
from engawa.office.questionnaires.queries import questions_of


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
    return hand_over(context, casework.take_in_cases, rows, make, columns)


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
    return hand_over(context, casework.take_in_states, rows, make, columns)


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
        return casework.StageRow(
            cases[number], row.cells["日付"], codes[rules.folded(stage)], note, row.cells["記録者"]
        )

    return hand_over(context, casework.take_in_stages, rows, make, {"note": "ようす", "writer": "記録者"})


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
    return hand_over(context, conferences.take_in_conferences, rows, make, columns)


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
    return hand_over(context, conferences.take_in_items, rows, make, columns)


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

    return hand_over(context, questionnaires.take_in_questions, rows, make, {"form": "形式", "options": "選択肢"})


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
            answered_on=row.cells["回答日"],
            notes=row.notes,
        )

    return hand_over(context, questionnaires.take_in_answers, rows, make, {"chosen": "回答", "answered_on": "回答日"})


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
