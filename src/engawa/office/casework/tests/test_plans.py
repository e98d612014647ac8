"""Plans: goals in the person's own words, versions that stay, the municipality's decision, evaluation and re-plan."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from engawa.kernel import clock
from engawa.office.access.actions import grant
from engawa.office.access.actors import COMMAND, NotAllowed
from engawa.office.access.models import Grant, Organisation
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case, CaseState
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.plans import rules
from engawa.office.casework.plans.actions.following import (
    decide,
    evaluate,
    hold_review,
    note_agreement,
    note_conference,
)
from engawa.office.casework.plans.actions.writing import (
    Content,
    GoalSaid,
    StepSaid,
    UseSaid,
    begin_plan,
    draft_plan,
    drop_plan,
    extend_plan,
    plan_again,
    revise_plan,
    rewrite_plan,
)
from engawa.office.casework.plans.models.lists import NoticedChange, PlanService
from engawa.office.casework.plans.models.plans import Goal, Plan, PlanStep, ServiceUse
from engawa.office.casework.plans.queries.plans import plan_in, plan_reviews_due, version_of
from engawa.office.casework.tests.conftest import House
from engawa.office.casework.timeline.sources import Wish, timeline_of

pytestmark = pytest.mark.django_db
TODAY = clock.today()
HALF_A_YEAR = TODAY + dt.timedelta(days=182)
OWN_WORDS = "家で、だれかと話しながら、できる仕事がしたい"


def content(**other: Any) -> Content:
    steps = [
        StepSaid("昼までに一度起きてみる", level="daily", who_kind="self", often="週3回"),
        StepSaid("オンラインの居場所をのぞく", level="social", who_kind="agency", who="月あかり"),
        StepSaid("データ入力の体験", level="work", who_kind="staff", until=HALF_A_YEAR),
    ]
    return Content(**{"goals": [GoalSaid(OWN_WORDS, steps=steps)], "reviews": [TODAY, HALF_A_YEAR]} | other)


def written(by: Any, case: Case, said: Content | None = None, **head: Any) -> Plan:
    period = {"starts_on": TODAY, "ends_on": HALF_A_YEAR}
    return draft_plan(by=by, case=case, content=said or content(), **period | head)


@pytest.fixture
def running(here: House, case: Case) -> Plan:
    with acting_as(here.actor):
        return begin_plan(by=here.actor, plan=written(here.actor, case))


def test_a_goal_is_what_the_person_says_and_nothing_asks_for_an_end_of_withdrawal(here: House, case: Case) -> None:
    """000-07: work from home is a goal as it is said; staying connected may be the whole plan."""
    with acting_as(here.actor):
        for words in (OWN_WORDS, "月に一度、手紙をもらえたらそれでいい"):
            plan = written(here.actor, case, Content([GoalSaid(words)]))
            assert begin_plan(by=here.actor, plan=plan).goals.get().words == words
            ended = evaluate(
                by=here.actor, plan=plan, on=TODAY, result="closed", outcomes={}, changes=["less_isolated"]
            )
            assert ended.changes == ["less_isolated"]
        labels = set(NoticedChange.objects.values_list("label", flat=True))
        assert {"孤立の解消", "精神の安定", "変化なし"} <= labels
        assert not [label for label in labels if "ひきこもり" in label or "脱" in label]


def test_steps_stand_at_the_three_levels_of_independence_with_who_does_what_until_when(
    here: House, running: Plan
) -> None:
    """003-10: daily life, social life, work."""
    with acting_as(here.actor):
        steps = list(PlanStep.objects.filter(goal__plan=running))
    assert [step.level for step in steps] == ["daily", "social", "work"]
    assert [step.doer for step in steps] == ["本人", "関係機関 月あかり", "職員"]
    assert steps[2].until == HALF_A_YEAR


@pytest.mark.parametrize(("months", "reason", "accepted"), [(12, "", True), (13, "", False), (13, "段階的に", True)])
def test_work_preparation_lasts_a_year_and_longer_only_with_a_reason(
    here: House, case: Case, months: int, reason: str, *, accepted: bool
) -> None:
    """003-10: up to one year, by exception longer."""
    with acting_as(here.actor):
        service = PlanService.objects.get(code="work_preparation")
        last = rules.add_months(TODAY, months) - dt.timedelta(days=1)
        said = content(uses=[UseSaid(service, "若者サポート", TODAY, last, reason)])
        if accepted:
            assert written(here.actor, case, said).uses.get().reason == reason
        else:
            with pytest.raises(NotPossible, match="12か月まで"):
                written(here.actor, case, said)
            assert not Plan.objects.exists()


def test_the_year_of_work_preparation_is_counted_from_its_first_day_over_plans(here: House, case: Case) -> None:
    """003-10: a second plan does not begin a second year."""
    with acting_as(here.actor):
        service = PlanService.objects.get(code="work_preparation")
        use = UseSaid(service, starts_on=TODAY, ends_on=HALF_A_YEAR)
        first = begin_plan(by=here.actor, plan=written(here.actor, case, content(uses=[use])))
        evaluate(by=here.actor, plan=first, on=TODAY, result="again", outcomes={})
        kept = list(first.uses.values_list("pk", flat=True))
        second = plan_again(by=here.actor, plan=first, goals=[], uses=kept)
        carried = second.uses.get()
        assert carried.starts_on == TODAY
        longer = UseSaid(service, starts_on=carried.starts_on, ends_on=rules.add_months(TODAY, 14))
        with pytest.raises(NotPossible, match="延長の理由"):
            rewrite_plan(by=here.actor, plan=second, content=content(uses=[longer]))


@pytest.mark.parametrize(("pause", "refused"), [(1, True), (31, True), (32, False)])
def test_work_preparation_that_is_written_anew_for_the_next_plan_goes_on_with_the_same_year(
    here: House, case: Case, pause: int, *, refused: bool
) -> None:
    """003-10: also where it is not carried along; after a real pause, for somebody else, a year begins."""
    with acting_as(here.actor):
        service = PlanService.objects.get(code="work_preparation")
        begins = HALF_A_YEAR + dt.timedelta(days=pause)
        anew = content(uses=[UseSaid(service, "B", begins, rules.add_months(begins, 11))])
        use = UseSaid(service, "A", TODAY, HALF_A_YEAR)
        first = begin_plan(by=here.actor, plan=written(here.actor, case, content(uses=[use])))
        evaluate(by=here.actor, plan=first, on=TODAY, result="again", outcomes={})
        assert written(here.actor, case, anew, whose="母").uses.get().starts_on == begins
        if not refused:
            assert written(here.actor, case, anew).uses.get().starts_on == begins
            return
        with pytest.raises(rules.UseRefused, match="12か月まで") as said:
            written(here.actor, case, anew)
        assert (said.value.place, said.value.field) == (0, "reason")
        reasoned = content(uses=[dataclasses.replace(anew.uses[0], reason="段階的に")])
        assert written(here.actor, case, reasoned).uses.get().reason == "段階的に"


def test_a_pause_is_as_long_as_the_municipality_says_and_what_was_copied_is_judged_when_it_comes_into_force(
    here: House, case: Case
) -> None:
    """003-10: the law names no pause; 31 days are our default for each service."""
    with acting_as(here.actor):
        service = PlanService.objects.get(code="work_preparation")
        use = UseSaid(service, starts_on=TODAY, ends_on=HALF_A_YEAR)
        first = begin_plan(by=here.actor, plan=written(here.actor, case, content(uses=[use])))
        copied = revise_plan(by=here.actor, plan=first, reason="目標をかえる")
        later = dataclasses.replace(use.judged, starts_on=HALF_A_YEAR + dt.timedelta(days=20))
        for pause, since in ((31, TODAY), (19, later.starts_on)):
            assert dataclasses.replace(later, pause_days=pause).since_first([use.judged]).starts_on == since
        assert use.judged.pause_days == 31
        PlanService.objects.filter(pk=service.pk).update(most_months=3)
        with pytest.raises(rules.UseRefused, match="3か月まで"):
            begin_plan(by=here.actor, plan=copied)


def test_two_lines_of_one_plan_are_one_year_of_work_preparation() -> None:
    """003-10."""
    half = [(dt.date(2026, 1, 1), dt.date(2026, 8, 31)), (dt.date(2026, 9, 1), dt.date(2027, 3, 31))]
    uses = [rules.Use("就労準備支援", since, until, 12) for since, until in half]
    with pytest.raises(rules.UseRefused) as said:
        rules.check_uses(uses)
    assert said.value.place == 1
    rules.check_uses([uses[0], dataclasses.replace(uses[1], name="家計改善支援")])


def test_services_and_changes_are_dated_data_with_their_source(here: House) -> None:
    with acting_as(here.actor):
        rows = [*PlanService.objects.all(), *NoticedChange.objects.all()]
        assert all(row.source for row in rows)
        assert (PlanService.objects.filter(legal=True).count(), PlanService.objects.filter(legal=False).count()) == (
            14,
            4,
        )


def test_a_plan_in_force_is_not_written_over(here: House, running: Plan) -> None:
    with acting_as(here.actor):
        for attempt in (
            lambda: rewrite_plan(by=here.actor, plan=running, content=content(goals=[])),
            lambda: drop_plan(by=here.actor, plan=running),
            lambda: begin_plan(by=here.actor, plan=running),
        ):
            with pytest.raises(NotPossible, match="書きかえません"):
                attempt()
        assert running.goals.get().words == OWN_WORDS


def test_a_revision_says_why_and_leaves_the_version_before_it_as_it_was(here: House, running: Plan) -> None:
    with acting_as(here.actor):
        note_agreement(by=here.actor, plan=running, on=TODAY, how="spoken")
        with pytest.raises(NotPossible, match="理由"):
            revise_plan(by=here.actor, plan=running, reason=" ")
        revision = revise_plan(by=here.actor, plan=running, reason="望みが変わった")
        assert (revision.name, revision.state, revision.follows) == ("初回（改訂1）", "draft", running)
        assert revision.agreed_on is None
        rewrite_plan(by=here.actor, plan=revision, content=content(goals=[GoalSaid("まずは庭に出たい")]))
        begin_plan(by=here.actor, plan=revision)
        states = dict(Plan.objects.values_list("revision", "state"))
        assert states == {0: "replaced", 1: "running"}
        words = dict(Goal.objects.values_list("plan__revision", "words"))
        assert words == {0: OWN_WORDS, 1: "まずは庭に出たい"}


def test_an_extension_is_a_version_with_a_reason_in_force_at_once(here: House, running: Plan) -> None:
    with acting_as(here.actor):
        later = HALF_A_YEAR + dt.timedelta(days=90)
        for until, reason, message in ((later, "", "理由"), (HALF_A_YEAR, "もう少し", "今のおわりの日より後")):
            with pytest.raises(NotPossible, match=message):
                extend_plan(by=here.actor, plan=running, until=until, reason=reason)
        longer = extend_plan(by=here.actor, plan=running, until=later, reason="庭に出られるようになってきた")
        assert (longer.state, longer.ends_on) == ("running", later)
        assert Plan.objects.get(pk=running.pk).ends_on == HALF_A_YEAR
        assert longer.goals.get().steps.count() == 3


@pytest.mark.parametrize(
    ("said", "head", "message"),
    [
        (Content(), {}, "目標を"),
        (None, {"ends_on": None}, "つながり続ける"),
    ],
)
def test_a_plan_without_goal_or_end_stays_a_draft(
    here: House, case: Case, said: Content | None, head: Any, message: str
) -> None:
    with acting_as(here.actor):
        plan = written(here.actor, case, said, **head)
        with pytest.raises(NotPossible, match=message):
            begin_plan(by=here.actor, plan=plan)
        assert Plan.objects.get().is_draft


def test_two_who_write_one_draft_do_not_overwrite_each_other(here: House, case: Case) -> None:
    with acting_as(here.actor):
        plan = written(here.actor, case)
        seen = version_of(plan)
        rewrite_plan(by=here.actor, plan=plan, content=content(), hope="先に書いた人", seen=seen)
        with pytest.raises(NotPossible, match="ほかの人が先に"):
            rewrite_plan(by=here.actor, plan=plan, content=content(), hope="あとから書いた人", seen=seen)
        assert Plan.objects.get().hope == "先に書いた人"


def test_where_an_entrusted_body_carries_the_case_the_municipality_decides(
    here: House, there: House, case: Case
) -> None:
    """003-09: assessment → plan → coordination; the municipality attends the conference and decides."""
    with acting_as(COMMAND):
        Organisation.objects.filter(pk=here.organisation.pk).update(kind="entrusted")
        Organisation.objects.filter(pk=there.organisation.pk).update(kind="ward_centre")
    with acting_as(here.actor):
        plan = written(here.actor, case)
        note_conference(by=here.actor, plan=plan, on=TODAY, note="この内容でよい")
        with pytest.raises(NotPossible, match="自治体が行います"):
            decide(by=here.actor, plan=plan, decision="decided", on=TODAY)
    with acting_as(there.actor), pytest.raises(NotAllowed):
        decide(by=there.actor, plan=plan, decision="decided", on=TODAY)
    with acting_as(COMMAND):
        grant(
            by=COMMAND,
            case_id=case.pk,
            organisation=there.organisation,
            basis=Grant.Basis.CONSENT,
            reason="支援調整会議",
            ends_at=clock.now() + dt.timedelta(days=1),
        )
    with acting_as(there.actor):
        decided = decide(by=there.actor, plan=plan, decision="decided", on=TODAY)
        assert (decided.decided_for, decided.decided_by_id) == (there.organisation, there.staff.pk)
        assert decided.conference_note == "この内容でよい"


def test_an_evaluation_ends_the_plan_and_not_the_case(here: House, running: Plan) -> None:
    with acting_as(here.actor):
        goal = running.goals.get()
        evaluation = evaluate(
            by=here.actor,
            plan=running,
            on=TODAY,
            result="closed",
            outcomes={goal.pk: ("changed", "今は外より家のことを")},
            changes=["none"],
        )
        assert evaluation.outcomes.get().words == "今は外より家のことを"
        assert Plan.objects.get().state == "ended"
        assert Case.objects.get().state == "continuing"
        assert not CaseState.objects.exists()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"changes": ["none", "mind"]}, "変化なし"),
        ({"result": "stopped"}, "理由を書いて"),
        ({"on": TODAY + dt.timedelta(days=1)}, "先の日付"),
    ],
)
def test_an_evaluation_that_cannot_be_is_refused_in_words(here: House, running: Plan, said: Any, message: str) -> None:
    with acting_as(here.actor):
        with pytest.raises(NotPossible, match=message):
            evaluate(by=here.actor, plan=running, **{"on": TODAY, "result": "again", "outcomes": {}} | said)
        assert Plan.objects.get().is_running


def test_the_next_plan_takes_along_what_goes_on_and_leaves_the_old_one_alone(here: House, case: Case) -> None:
    with acting_as(here.actor):
        two = content(goals=[*content().goals, GoalSaid("もう終わったこと")])
        first = begin_plan(by=here.actor, plan=written(here.actor, case, two))
        kept = first.goals.get(words=OWN_WORDS)
        second = plan_again(by=here.actor, plan=first, goals=[kept.pk], uses=[])
        assert (second.name, second.follows) == ("2回目", first)
        assert [goal.words for goal in second.goals.all()] == [OWN_WORDS]
        assert second.goals.get().steps.count() == 3
        rewrite_plan(by=here.actor, plan=second, content=content(), starts_on=TODAY, ends_on=HALF_A_YEAR)
        with pytest.raises(NotPossible, match="先にその評価"):
            begin_plan(by=here.actor, plan=second)
        evaluate(by=here.actor, plan=first, on=TODAY, result="again", outcomes={})
        begin_plan(by=here.actor, plan=second)
        assert first.goals.count() == 2


def test_a_review_is_held_and_the_next_one_set(here: House, case: Case, running: Plan) -> None:
    with acting_as(here.actor):
        Case.objects.filter(pk=case.pk).update(lead=here.staff)
        due = plan_reviews_due(here.actor, 8)
        assert [row.review.due_on for row in due] == [TODAY]
        later = TODAY + dt.timedelta(days=60)
        hold_review(by=here.actor, review=due[0].review, on=TODAY, note="よく眠れている", next_on=later)
        days = running.reviews.values_list("due_on", "note")
        assert list(days) == [(TODAY, "よく眠れている"), (later, ""), (HALF_A_YEAR, "")]
        assert plan_reviews_due(here.actor, 8) == []


def test_the_story_tells_of_plans_reviews_and_evaluations(here: House, case: Case, running: Plan) -> None:
    with acting_as(here.actor):
        hold_review(by=here.actor, review=running.reviews.all()[0], on=TODAY, note="よく眠れている")
        evaluate(by=here.actor, plan=running, on=TODAY, result="again", outcomes={}, changes=["mind"])
        moments = timeline_of(here.actor, case, Wish(most=50))
    told = {moment.title: moment.body for moment in moments if moment.kind in {"plan", "evaluation"}}
    assert told == {
        "計画をはじめた（初回）": f"「{OWN_WORDS}」",
        "モニタリング（初回）": "よく眠れている",
        "計画の評価（初回）：再プランして継続": "精神の安定",
    }


def test_a_stranger_finds_no_plan_and_changes_none(here: House, there: House, case: Case, running: Plan) -> None:
    with acting_as(there.actor):
        assert not any(model.objects.exists() for model in (Plan, Goal, PlanStep, ServiceUse))
        for attempt in (
            lambda: plan_in(case, running.pk),
            lambda: draft_plan(by=there.actor, case=case, content=content()),
            lambda: revise_plan(by=there.actor, plan=running, reason="x"),
            lambda: note_agreement(by=there.actor, plan=running, on=TODAY, how="spoken"),
        ):
            with pytest.raises(NotAllowed):
                attempt()


def test_each_member_of_a_household_may_have_a_plan_of_their_own(here: House, case: Case, running: Plan) -> None:
    """003-25: one case, several members, each with a plan."""
    with acting_as(here.actor):
        mothers = begin_plan(by=here.actor, plan=written(here.actor, case, whose="母"))
        assert (running.name, mothers.name) == ("初回", "母：初回")
        assert Plan.objects.filter(state="running").count() == 2


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2027, 12, 31), 2, dt.date(2028, 2, 29)),
        (dt.date(2026, 11, 30), 1, dt.date(2026, 12, 30)),
        (dt.date(2026, 12, 1), 12, dt.date(2027, 12, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day: dt.date, months: int, then: dt.date) -> None:
    assert rules.add_months(day, months) == then


def test_only_municipal_kinds_of_organisation_decide() -> None:
    for kind in ("city", "ward_centre", "prefecture"):
        rules.check_decider([kind, "entrusted"])
    for kinds in ([], ["entrusted"], ["partner"]):
        with pytest.raises(NotPossible):
            rules.check_decider(kinds)
