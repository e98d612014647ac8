"""終結, 再開 and 引継ぎ: who may, from which day, and what everybody sees afterwards."""

import datetime as dt
from typing import Any

import pytest

from engawa.kernel import clock
from engawa.office.access.actors import NotAllowed
from engawa.office.access.models import Grant
from engawa.office.access.walls import acting_as
from engawa.office.casework.access import case_for, visible_cases
from engawa.office.casework.cases.actions import (
    answer_handover,
    close_case,
    edit_facts,
    offer_handover,
    open_case,
    reopen_case,
    withdraw_handover,
)
from engawa.office.casework.cases.models import Case, CaseState
from engawa.office.casework.cases.queries import end_reasons, state_on
from engawa.office.casework.cases.rules import NotPossible

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY, AUGUST = (dt.date(2026, month, 10) for month in (5, 6, 7, 8))


def test_any_past_day_can_be_asked_for_its_state(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        close_case(by=here.actor, case=case, on=JUNE, reason="introduced")
        reopen_case(by=here.actor, case=case, on=AUGUST, note="母からまた電話")
        days = [MAY, JUNE, JULY, AUGUST]
        assert [state_on(case, day) for day in days] == ["continuing", "closed", "closed", "continuing"]
        assert Case.objects.get().state == "continuing"


def test_the_reason_to_end_is_a_code_with_its_words_and_source(here: Any, case: Case) -> None:
    """002-19: ended includes introduction, advice on attitude, and other problems solved."""
    with acting_as(here.actor):
        close_case(by=here.actor, case=case, on=JUNE, reason="advice")
        state = CaseState.objects.get()
        assert (state.reason_code, state.reason) == ("advice", "接し方に関する助言")
        codes = {reason.code: reason.source for reason in end_reasons(JUNE)}
    assert {"introduced", "advice", "other_need"} <= set(codes)
    assert all(codes.values())
    assert not [code for code in codes if "silence" in code or "contact" in code]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"on": dt.date(2026, 4, 30)}, "受付日"),
        ({"on": clock.today() + dt.timedelta(days=1)}, "先の日付"),
        ({"reason": "silence"}, "理由を選んで"),
        ({"reason": "other", "note": "  "}, "メモに"),
    ],
)
def test_an_impossible_end_is_refused_in_words_and_changes_nothing(
    here: Any, case: Case, change: Any, message: str
) -> None:
    with acting_as(here.actor):
        with pytest.raises(NotPossible, match=message):
            close_case(by=here.actor, case=case, **{"on": JUNE, "reason": "moved", **change})
        assert not CaseState.objects.exists()


def test_a_second_end_and_a_needless_reopening_are_refused(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        with pytest.raises(NotPossible, match="必要はありません"):
            reopen_case(by=here.actor, case=case, on=JUNE)
        close_case(by=here.actor, case=case, on=JUNE, reason="moved")
        with pytest.raises(NotPossible, match="すでに終結"):
            close_case(by=here.actor, case=case, on=JULY, reason="moved")
        with pytest.raises(NotPossible, match="前の状態の日"):
            reopen_case(by=here.actor, case=case, on=MAY)


def test_a_stranger_can_do_nothing_to_a_case_whose_number_they_know(here: Any, there: Any, case: Case) -> None:
    with acting_as(there.actor):
        for attempt in (
            lambda: close_case(by=there.actor, case=case, on=JUNE, reason="moved"),
            lambda: edit_facts(by=there.actor, case=case, complaint="x"),
            lambda: offer_handover(by=there.actor, case=case, taker=there.organisation, package="x"),
        ):
            with pytest.raises(NotAllowed):
                attempt()


def test_a_case_moves_only_when_the_other_organisation_accepts(here: Any, there: Any, case: Case) -> None:
    """002-03: the desk gathers, then hands over with a package and an acceptance."""
    with acting_as(here.actor):
        handover = offer_handover(by=here.actor, case=case, taker=there.organisation, package="母と週1回電話")
        assert state_on(case, clock.today()) == "continuing"
    with acting_as(there.actor):
        seen = case_for(there.actor, case.number)
        assert seen.handovers.get().package == "母と週1回電話"
        with pytest.raises(NotAllowed):
            edit_facts(by=there.actor, case=seen, complaint="まだ書けない")
        answer_handover(by=there.actor, handover=handover, accepted=True, answer="受けます")
        taken = case_for(there.actor, case.number)
        assert taken.organisation == there.organisation
        assert state_on(taken, clock.today()) == "handed_over"
        edit_facts(by=there.actor, case=taken, complaint="今は書ける")
        grants = {(g.organisation_id, g.basis): g.ends_at for g in Grant.objects.filter(ends_at__gt=clock.now())}
        assert set(grants) == {(here.organisation.pk, "handover")}
    with acting_as(here.actor):
        given = case_for(here.actor, case.number)
        with pytest.raises(NotAllowed):
            edit_facts(by=here.actor, case=given, complaint="もう書けない")


def test_a_case_moves_from_the_day_that_was_agreed(here: Any, there: Any, case: Case) -> None:
    with acting_as(here.actor):
        handover = offer_handover(by=here.actor, case=case, taker=there.organisation, package="x")
    with acting_as(there.actor):
        for day, message in ((clock.today() + dt.timedelta(days=1), "先の日付"), (dt.date(2026, 4, 30), "受付日")):
            with pytest.raises(NotPossible, match=message):
                answer_handover(by=there.actor, handover=handover, accepted=True, on=day)
        answer_handover(by=there.actor, handover=handover, accepted=True, on=JULY)
        before = JULY - dt.timedelta(days=1)
        assert [state_on(case, day) for day in (before, JULY)] == ["continuing", "handed_over"]
        assert case_for(there.actor, case.number).organisation == there.organisation


def test_a_refused_or_withdrawn_offer_leaves_the_case_where_it_was_and_shuts_the_door(
    here: Any, there: Any, case: Case
) -> None:
    with acting_as(here.actor):
        handover = offer_handover(by=here.actor, case=case, taker=there.organisation, package="x")
    with acting_as(there.actor):
        answer_handover(by=there.actor, handover=handover, accepted=False, answer="区域外です")
        assert not visible_cases(there.actor).exists()
    with acting_as(here.actor):
        again = offer_handover(by=here.actor, case=case, taker=there.organisation, package="y")
        with pytest.raises(NotPossible, match="返事を待っている"):
            offer_handover(by=here.actor, case=case, taker=there.organisation, package="z")
        withdraw_handover(by=here.actor, handover=again)
        assert Case.objects.get().organisation == here.organisation
    with acting_as(there.actor):
        assert not visible_cases(there.actor).exists()
        with pytest.raises(NotAllowed):
            answer_handover(by=there.actor, handover=again, accepted=True)


def test_only_the_asked_organisation_answers(here: Any, there: Any, case: Case) -> None:
    with acting_as(here.actor):
        handover = offer_handover(by=here.actor, case=case, taker=there.organisation, package="x")
        with pytest.raises(NotAllowed):
            answer_handover(by=here.actor, handover=handover, accepted=True)
        withdraw_handover(by=here.actor, handover=handover)
        with pytest.raises(NotPossible, match="いまの担当機関"):
            offer_handover(by=here.actor, case=case, taker=here.organisation, package="x")


def test_closing_takes_back_an_open_offer_and_a_closed_case_is_not_offered(here: Any, there: Any, case: Case) -> None:
    with acting_as(here.actor):
        handover = offer_handover(by=here.actor, case=case, taker=there.organisation, package="x")
        close_case(by=here.actor, case=case, on=JUNE, reason="moved")
        handover.refresh_from_db()
        assert handover.accepted is False
        with pytest.raises(NotPossible, match="先に再開"):
            offer_handover(by=here.actor, case=case, taker=there.organisation, package="x")


def test_one_person_may_have_several_cases_over_the_years(here: Any, case: Case) -> None:
    """X-02: person and case are separate."""
    with acting_as(here.actor):
        person = edit_facts(by=here.actor, case=case, name="山田 太郎").person
        second = open_case(by=here.actor, desk=here.desk, requester="self", person=person)
        assert list(person.cases.order_by("received_on")) == [case, second]
