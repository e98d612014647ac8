"""Staying connected（つながり続ける）: beside problem solving, without goal or deadline; silence is normal."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import Q
from procrastinate.contrib.django import app

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER, NotAllowed
from engawa.office.access.models import Membership, Staff
from engawa.office.access.permissions import Role
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.casework.cases.models import Case, CaseState, EndReason
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.plans import rules
from engawa.office.casework.plans.actions.staying import (
    begin_staying,
    change_staying,
    end_staying,
    let_wait,
    make_quiet_contact,
    plan_quiet_contact,
    remind_workers,
    stop_quiet_contact,
    think_of,
)
from engawa.office.casework.plans.actions.writing import Content, GoalSaid, begin_plan, draft_plan
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.casework.plans.models.staying import QuietContact, Staying
from engawa.office.casework.plans.queries.staying import quiet_contacts_due, version_of
from engawa.office.casework.tests.conftest import House, actor_of
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.casework.timeline.models import Contact

pytestmark = pytest.mark.django_db
TODAY = clock.today()
MONTHLY = {"way": "letter", "rhythm": "monthly", "words": "季節のこと。返事は求めない", "next_on": TODAY, "until": None}


def morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(7, 40), clock.JAPAN)


@pytest.fixture
def quiet(here: House, case: Case) -> QuietContact:
    """A letter a month, in a case that ``here.staff`` leads."""
    with acting_as(here.actor):
        Case.objects.filter(pk=case.pk).update(lead=here.staff)
        staying = begin_staying(
            by=here.actor, case=case, words="手紙だけなら、もらってもいい", care="呼び鈴は鳴らさない"
        )
        return plan_quiet_contact(by=here.actor, staying=staying, **MONTHLY)


def reminders() -> dict[str, str]:
    """Who was told what."""
    with acting_as(KEEPER):
        return {alert.staff.name: alert.title for alert in Alert.objects.select_related("staff")}


def test_two_approaches_stand_side_by_side_on_one_case(here: House, case: Case, quiet: QuietContact) -> None:
    """003-26: problem solving has goals and an end; staying connected has no column for one."""
    with acting_as(here.actor):
        period = {"starts_on": TODAY, "ends_on": TODAY + dt.timedelta(days=180)}
        plan = draft_plan(by=here.actor, case=case, content=Content([GoalSaid("庭に出たい")]), **period)
        begin_plan(by=here.actor, plan=plan)
        assert (Plan.objects.get().state, Staying.objects.get().ended_on) == ("running", None)
    fields = {field.name for field in Staying._meta.concrete_fields}
    assert fields == {"id", "case", "since", "words", "care", "by", "writer", "written_at", "ended_on", "end_reason"}


def test_years_of_silence_neither_close_nor_mark_a_case_whatever_runs_by_the_clock(
    here: House, case: Case, quiet: QuietContact
) -> None:
    """X-06, 003-26: silence is normal. Every periodic job of the office runs, month after month; nothing changes."""
    jobs = [periodic.task for periodic in app.periodic_registry.periodic_tasks.values()]
    assert "casework.remind_workers" in {job.name for job in jobs}
    with acting_as(KEEPER):
        before, pasts = Case.objects.values().get(), Case.objects.get().events.count()
    for month in range(1, 37, 5):
        with clock.standing_at(morning(rules.add_months(TODAY, month))):
            for job in jobs:
                job.func(0)
    with acting_as(KEEPER):
        assert Case.objects.values().get() == before
        assert before["state"] == "continuing"
        assert not CaseState.objects.exists()
        assert quiet.staying.case.events.count() == pasts
        assert not EndReason.objects.filter(Q(label__contains="連絡") | Q(label__contains="音信")).exists()
        assert Staying.objects.get().ended_on is None
        assert QuietContact.objects.get().stopped_on is None


def test_a_reminder_goes_to_the_lead_once_in_gentle_words(here: House, case: Case, quiet: QuietContact) -> None:
    """003-27: letters at the door; a reminder, not a reproach."""
    with acting_as(KEEPER):
        assert remind_workers() == 1
        assert remind_workers() == 0
    told = reminders()
    assert told == {here.staff.name: f"ケース {case.number}：そろそろ「手紙」のころです。無理のない日にどうぞ"}
    assert not [word for word in ("未対応", "期限", "遅れ", "超過", "至急") if word in told[here.staff.name]]


def test_when_the_lead_has_left_the_reminder_goes_to_whoever_coordinates(
    here: House, case: Case, quiet: QuietContact, another_pair: Any
) -> None:
    """003-27."""
    boss = Staff.objects.create(email="boss@example.org", name="主任 やなぎ")
    actor_of(boss, here.organisation, Role.SUPERVISOR)
    Membership.objects.filter(staff=here.staff).update(ends_on=TODAY - dt.timedelta(days=1))
    with acting_as(KEEPER):
        remind_workers()
    assert set(reminders()) == {"主任 やなぎ"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, 1),
        ({"next_on": TODAY + dt.timedelta(days=1)}, 0),
        ({"until": TODAY}, 1),
        ({"stopped_on": TODAY}, 0),
    ],
)
def test_only_what_has_come_round_is_reminded_of(quiet: QuietContact, change: Any, told: int) -> None:
    with acting_as(KEEPER):
        QuietContact.objects.filter(pk=quiet.pk).update(**change)
        assert remind_workers() == told


def test_a_closed_case_is_left_in_peace(here: House, case: Case, quiet: QuietContact) -> None:
    with acting_as(KEEPER):
        CaseState.objects.create(case=case, effective_on=TODAY, state="closed")
        assert remind_workers() == 0


def test_a_delivered_letter_is_a_contact_and_comes_round_a_month_later(
    here: House, case: Case, quiet: QuietContact
) -> None:
    """003-27: recording the contact resets the reminder."""
    with acting_as(here.actor):
        assert quiet_contacts_due(here.actor, clock.today(), 8) == [quiet]
        contact = make_quiet_contact(by=here.actor, quiet=quiet, on=TODAY, content="紫陽花の絵はがき")
        assert (contact.method, contact.counterpart, contact.content) == ("letter", "self", "紫陽花の絵はがき")
        now = QuietContact.objects.get()
        assert (now.last_on, now.next_on) == (TODAY, rules.add_months(TODAY, 1))
        assert quiet_contacts_due(here.actor, clock.today(), 8) == []
        assert Case.objects.get().last_contact_on == TODAY


@pytest.mark.parametrize(
    ("way", "method", "resets"),
    [
        *[("letter", "letter", True), ("letter", "newsletter", False), ("letter", "phone", False)],
        *[("note", "newsletter", True), ("note", "letter", False), ("note", "phone", False)],
    ],
)
def test_a_letter_or_a_monthly_note_recorded_anywhere_resets_it_too(
    here: House, case: Case, quiet: QuietContact, way: str, method: str, *, resets: bool
) -> None:
    """003-27: letters, monthly notes（おたより）."""
    with acting_as(here.actor):
        QuietContact.objects.filter(pk=quiet.pk).update(way=way)
        record_contact(by=here.actor, case=case, on=TODAY, method=method, counterpart="self", content="")
        assert (QuietContact.objects.get().next_on > TODAY) is resets


def test_a_letter_is_no_flyer_though_both_are_left_at_the_door(here: House, case: Case, quiet: QuietContact) -> None:
    """003-27: each has its own turn; a contact that may have been either moves neither on."""
    with acting_as(here.actor):
        flyer = plan_quiet_contact(by=here.actor, staying=quiet.staying, **MONTHLY | {"way": "flyer"})
        make_quiet_contact(by=here.actor, quiet=quiet, on=TODAY)
        record_contact(by=here.actor, case=case, on=TODAY, method="letter", counterpart="self", content="")
        assert QuietContact.objects.get(pk=quiet.pk).last_on == TODAY
        assert QuietContact.objects.get(pk=flyer.pk).last_on is None


def test_a_visit_without_meeting_counts_and_an_older_one_changes_nothing(here: House, quiet: QuietContact) -> None:
    """003-27: contact without meeting."""
    with acting_as(here.actor):
        visit = plan_quiet_contact(
            by=here.actor, staying=quiet.staying, **MONTHLY | {"way": "visit", "rhythm": "weekly"}
        )
        make_quiet_contact(by=here.actor, quiet=visit, on=TODAY, content="ポストに、ひとこと")
        make_quiet_contact(by=here.actor, quiet=visit, on=TODAY - dt.timedelta(days=30))
        assert QuietContact.objects.get(pk=visit.pk).next_on == TODAY + dt.timedelta(days=7)
        assert Contact.objects.filter(method="visit").count() == 2


def test_it_may_wait_with_a_word_and_no_longer_than_said(here: House, quiet: QuietContact) -> None:
    later = TODAY + dt.timedelta(days=10)
    with acting_as(here.actor):
        for until, word, message in ((TODAY, "入院中", "明日よりあと"), (later, " ", "ひとこと")):
            with pytest.raises(NotPossible, match=message):
                let_wait(by=here.actor, quiet=quiet, until=until, word=word)
        assert let_wait(by=here.actor, quiet=quiet, until=later, word="お母さんが入院中").waiting == "お母さんが入院中"
    with acting_as(KEEPER):
        assert remind_workers() == 0
        with clock.standing_at(morning(later)):
            assert remind_workers() == 1


def test_an_event_in_the_family_reminds_of_them(here: House, case: Case, quiet: QuietContact) -> None:
    """003-27: the hospitalisation of a parent as a trigger."""
    with acting_as(here.actor):
        think_of(Case.objects.get(), "家族の入院")
    assert "家族の入院" in reminders()[here.staff.name]


def test_it_is_ended_by_somebody_who_says_why_and_the_case_goes_on(
    here: House, case: Case, quiet: QuietContact
) -> None:
    """003-26: silence never ends it; people do."""
    with acting_as(here.actor):
        with pytest.raises(NotPossible, match="理由"):
            end_staying(by=here.actor, staying=quiet.staying, reason="")
        end_staying(by=here.actor, staying=quiet.staying, reason="本人から、もう大丈夫との手紙")
        assert Case.objects.get().state == "continuing"
        assert quiet_contacts_due(here.actor, clock.today(), 8) == []
        with pytest.raises(NotPossible, match="もうおわり"):
            stop_quiet_contact(by=here.actor, quiet=quiet)
        begin_staying(by=here.actor, case=case, words="また手紙がほしい")


def test_what_is_written_changes_with_its_past_kept_and_not_over_somebody_elses(
    here: House, case: Case, quiet: QuietContact
) -> None:
    with acting_as(here.actor):
        staying = quiet.staying
        seen = version_of(staying)
        change_staying(by=here.actor, staying=staying, words="メールでもいい", seen=seen)
        with pytest.raises(NotPossible, match="ほかの人が先に"):
            change_staying(by=here.actor, staying=staying, words="電話でもいい", seen=seen)
        assert [past.words for past in Staying.objects.get().events.all()] == ["手紙だけなら、もらってもいい"]
        with pytest.raises(NotPossible, match="もう書かれて"):
            begin_staying(by=here.actor, case=case, words="x")


def test_what_has_gone_on_for_years_begins_on_its_own_day_and_not_in_the_future(here: House, case: Case) -> None:
    long_ago, tomorrow = TODAY - dt.timedelta(days=900), TODAY + dt.timedelta(days=1)
    with acting_as(here.actor):
        with pytest.raises(NotPossible, match="先の日付"):
            begin_staying(by=here.actor, case=case, words="手紙だけ", since=tomorrow)
        assert begin_staying(by=here.actor, case=case, words="手紙だけ", since=long_ago).since == long_ago


def test_a_stranger_finds_nothing_and_changes_nothing(there: House, case: Case, quiet: QuietContact) -> None:
    with acting_as(there.actor):
        assert not Staying.objects.exists()
        assert not QuietContact.objects.exists()
        for attempt in (
            lambda: begin_staying(by=there.actor, case=case, words="x"),
            lambda: make_quiet_contact(by=there.actor, quiet=quiet, on=TODAY),
            lambda: let_wait(by=there.actor, quiet=quiet, until=TODAY, word="x"),
        ):
            with pytest.raises(NotAllowed):
                attempt()


@pytest.mark.parametrize(
    ("rhythm", "then"),
    [
        ("weekly", dt.date(2026, 2, 7)),
        ("fortnightly", dt.date(2026, 2, 14)),
        ("monthly", dt.date(2026, 2, 28)),
        ("bimonthly", dt.date(2026, 3, 31)),
        ("quarterly", dt.date(2026, 4, 30)),
        ("half_yearly", dt.date(2026, 7, 31)),
        ("yearly", dt.date(2027, 1, 31)),
    ],
)
def test_each_rhythm_comes_round_in_its_time(rhythm: str, then: dt.date) -> None:
    assert rules.Rhythm(rhythm).after(dt.date(2026, 1, 31)) == then
