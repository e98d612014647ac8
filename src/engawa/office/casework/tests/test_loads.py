"""Guarding the workers: loads weighed by intensity, hints, reviews, and a whole load passed on at once."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.office.access.actions import break_glass
from engawa.office.access.actors import COMMAND, KEEPER, Actor, NotAllowed
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.queries import grants_in_force
from engawa.office.access.upstairs import case_called
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.actions import close_case, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible, Overtaken
from engawa.office.casework.load import actions, jobs, queries
from engawa.office.casework.load.models import Level, Limit, Passing, Weight
from engawa.office.casework.load.rules import Carried, Dated, hints_for, points_on
from engawa.office.casework.maps.actions.team import join_team
from engawa.office.casework.plans.actions.writing import (
    Content,
    GoalSaid,
    StepSaid,
    begin_plan,
    draft_plan,
    revise_plan,
    rewrite_plan,
)
from engawa.office.casework.plans.models.plans import Plan, PlanStep
from engawa.office.casework.plans.queries.plans import version_of
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.desk.models import Appointment
from engawa.office.directory.models import Desk
from engawa.office.home.queries import today_of

pytestmark = pytest.mark.django_db
Actors = Callable[[Staff], Actor]
Clients = Callable[[Staff], Client]
DAY = dt.timedelta(days=1)


@pytest.fixture
def led(ward: Organisation, companion: Staff, coordinator: Staff) -> list[Case]:
    """Three cases of the ward that the companion leads."""
    with acting_as(COMMAND):
        desk = Desk.objects.create(name="窓口", organisation=ward)
        day = clock.today() - 60 * DAY
        said = {"desk": desk, "requester": "family", "lead": companion, "received_on": day}
        return [open_case(by=COMMAND, handle=f"ケースの人{place}", **said) for place in range(3)]


def load_of(staff: Staff, by: Actor, organisation: Organisation) -> queries.Load:
    with acting_as(by):
        return next(load for load in queries.loads_of(organisation) if load.staff == staff)


def weigh(case: Case, code: str, by: Actor, on: dt.date) -> None:
    with acting_as(by):
        actions.set_intensity(by=by, case=case, level=Level.objects.get(code=code), on=on)


def test_a_load_is_weighed_by_intensity_and_counts_the_usual_where_nobody_said_anything(
    led: list[Case], companion: Staff, coordinator: Staff, ward: Organisation, actor_of: Actors
) -> None:
    """002-05."""
    weigh(led[0], "intense", actor_of(companion), clock.today() - DAY)
    weigh(led[1], "watching", actor_of(companion), clock.today())
    load = load_of(companion, actor_of(coordinator), ward)
    assert load.carried == Carried(cases=3, points=Decimal("4.5"), alone=3)


def test_intensity_is_dated_and_a_past_day_can_be_asked_again(
    led: list[Case], companion: Staff, coordinator: Staff, ward: Organisation, actor_of: Actors
) -> None:
    by, month_ago = actor_of(companion), clock.today() - 30 * DAY
    weigh(led[0], "intense", by, month_ago)
    weigh(led[0], "watching", by, clock.today())
    with acting_as(actor_of(coordinator)):
        points = [queries.loads_of(ward, day)[0].carried.points for day in (month_ago - DAY, month_ago, clock.today())]
    assert points == [Decimal(3), Decimal(5), Decimal("2.5")]


def test_weights_and_limits_are_dated_data() -> None:
    """What a level weighs may change from a day on; the days before keep theirs."""
    rows = [Dated(dt.date(2020, 4, 1), Decimal(1)), Dated(dt.date(2027, 4, 1), Decimal(2))]
    days = (dt.date(2019, 1, 1), dt.date(2027, 3, 31), dt.date(2027, 4, 1))
    assert [points_on(rows, day) for day in days] == [None, Decimal(1), Decimal(2)]
    assert Weight.objects.exclude(source="").count() == 4
    assert Limit.objects.get().points == 40


@pytest.mark.parametrize(
    ("points", "alone", "hints"),
    [(40, 0, []), (Decimal("40.5"), 0, ["heavy"]), (1, 1, ["alone"]), (41, 2, ["heavy", "alone"])],
)
def test_the_house_hints_at_one_who_carries_much_or_carries_alone(
    points: Decimal, alone: int, hints: list[str]
) -> None:
    """002-05: warn when one worker holds too much or has no other agency in the team."""
    assert hints_for(Carried(9, Decimal(points), alone), Decimal(40)) == hints
    assert "heavy" not in hints_for(Carried(9, Decimal(points), alone), None)


def test_another_agency_in_the_team_ends_the_hint(
    led: list[Case], companion: Staff, coordinator: Staff, ward: Organisation, actor_of: Actors, client_of: Clients
) -> None:
    """002-05: the sole handler is seen on the case's own page, too."""
    words = "支援チームに、ほかの機関がいません"
    assert words in client_of(companion).get(f"/cases/{led[0].number}/").content.decode()
    with acting_as(actor_of(companion)):
        join_team(by=actor_of(companion), case=led[0], name="地域包括支援センター", since=clock.today())
    assert load_of(companion, actor_of(coordinator), ward).carried.alone == 2
    assert words not in client_of(companion).get(f"/cases/{led[0].number}/").content.decode()


def test_closed_cases_weigh_nothing(
    led: list[Case], companion: Staff, coordinator: Staff, ward: Organisation, actor_of: Actors
) -> None:
    with acting_as(actor_of(companion)):
        close_case(by=actor_of(companion), case=led[0], on=clock.today(), reason="moved")
    assert load_of(companion, actor_of(coordinator), ward).carried.cases == 2


def test_a_coordinator_without_a_second_is_seen(
    led: list[Case], coordinator: Staff, ward: Organisation, client_of: Clients
) -> None:
    """002-05: the coordinator must not be isolated."""
    words = "相談しあえる二人目を決めてください"
    assert words in client_of(coordinator).get("/cases/loads/").content.decode()
    second = Staff.objects.create(email="second@example.org", name="二人目")
    second.memberships.create(organisation=ward, role="supervisor", starts_on=clock.today())
    assert words not in client_of(coordinator).get("/cases/loads/").content.decode()


@pytest.mark.parametrize("who", ["companion", "counsellor", "manager", "administrator", "partner"])
def test_loads_are_for_those_alone_who_coordinate_or_supervise(
    who: str, request: pytest.FixtureRequest, client_of: Clients
) -> None:
    assert client_of(request.getfixturevalue(who)).get("/cases/loads/").status_code == 404


def test_a_supervisor_of_another_organisation_sees_no_load_of_the_ward(
    led: list[Case], companion: Staff, supervisor: Staff, client_of: Clients
) -> None:
    assert companion.name not in client_of(supervisor).get("/cases/loads/").content.decode()
    assert client_of(supervisor).get(f"/cases/loads/{companion.pk}/pass-on/").status_code == 404


def test_a_review_is_planned_reminded_of_and_written_down(
    led: list[Case], companion: Staff, client_of: Clients, actor_of: Actors
) -> None:
    browser, url, today = client_of(companion), f"/cases/{led[0].number}/review/", clock.today()
    late = browser.post(f"{url}write/", {"plan": "1", "due_on": today - DAY})
    assert late.status_code == 422
    assert "見直す日が過ぎています" in late.content.decode()
    assert (
        "先に見直す日を決めてください" in browser.post(f"{url}write/", {"finish": "1", "note": "ない"}).content.decode()
    )
    assert browser.post(f"{url}write/", {"plan": "1", "due_on": today + 3 * DAY}).status_code == 302
    assert browser.post(f"{url}write/", {"plan": "1", "due_on": today}).status_code == 302  # another day instead
    with acting_as(actor_of(companion)):
        assert [review.case.number for review in today_of(actor_of(companion)).reviews] == [led[0].number]
    assert "見直すケース" in browser.get("/").content.decode()
    assert [jobs.keep_house(), jobs.keep_house()] == [1, 0]  # told once
    with acting_as(KEEPER):
        assert Alert.objects.get(staff=companion).kind == "casework.review_due"
    done = {"finish": "1", "note": "距離を置くことにした", "next_on": today + 90 * DAY}
    assert browser.post(f"{url}write/", done).status_code == 302
    page = browser.get(url).content.decode()
    assert "距離を置くことにした" in page
    assert f"{today + 90 * DAY:%Y-%m-%d}" in page
    with acting_as(actor_of(companion)):
        assert today_of(actor_of(companion)).reviews == []


def test_intensity_is_recorded_on_its_page(led: list[Case], companion: Staff, client_of: Clients) -> None:
    browser, url = client_of(companion), f"/cases/{led[0].number}/intensity/"
    assert browser.post(url, {"level": "close", "on": clock.today() + DAY}).status_code == 422
    assert browser.post(url, {"level": "close", "on": clock.today(), "note": "入院があった"}).status_code == 302
    assert "入院があった" in browser.get(f"/cases/{led[0].number}/review/").content.decode()
    assert "手厚く" in browser.get(f"/cases/{led[0].number}/").content.decode()


@pytest.fixture
def receiver(ward: Organisation) -> Staff:
    staff = Staff.objects.create(email="receiver@example.org", name="受ける人")
    staff.memberships.create(organisation=ward, role="companion", starts_on=dt.date(2020, 4, 1))
    return staff


def test_a_whole_load_passes_at_once_with_a_note_and_the_old_lead_loses_personal_rights(
    led: list[Case], companion: Staff, coordinator: Staff, receiver: Staff, client_of: Clients, actor_of: Actors
) -> None:
    with acting_as(KEEPER):
        personal = Grant.objects.create(
            case_id=led[0].pk, organisation=led[0].organisation, staff=companion, basis="consent", reason="同行",
            starts_at=clock.now(), ends_at=clock.now() + 9 * DAY,
        )  # fmt: skip
    browser, url = client_of(coordinator), f"/cases/loads/{companion.pk}/pass-on/"
    empty = browser.post(url, {"note": "異動のため"})
    assert empty.status_code == 422
    assert "異動のため" in empty.content.decode()
    said = {"note": "異動のため", "everything": str(receiver.pk), f"case-{led[2].pk}": str(coordinator.pk)}
    assert browser.post(url, said).status_code == 302
    with acting_as(COMMAND):
        leads = [Case.objects.get(pk=case.pk).lead for case in led]
        assert leads == [receiver, receiver, coordinator]
        assert not grants_in_force().filter(pk=personal.pk).exists()
        assert set(Passing.objects.values_list("note", flat=True)) == {"異動のため"}
        assert Entry.objects.filter(deed="casework.pass_on").count() == 3
        titles = list(Alert.objects.filter(staff=receiver).values_list("title", flat=True))
    assert titles == [f"{companion.name}さんの担当ケースを2件引き継ぎました"]
    assert "異動のため" in client_of(receiver).get(f"/cases/{led[0].number}/review/").content.decode()


def test_what_was_still_to_be_done_and_promised_goes_along_with_the_cases(
    led: list[Case], companion: Staff, receiver: Staff, coordinator: Staff, ward: Organisation, actor_of: Actors
) -> None:
    """002-05: when staff move, nothing that they wrote down to do stays on the page of somebody who is gone."""
    giver, by, taker = actor_of(companion), actor_of(coordinator), actor_of(receiver)
    today = clock.today()
    with acting_as(giver):
        for case in led[:2]:
            said = {"on": today - DAY, "method": "phone", "counterpart": "family", "next_on": today}
            record_contact(by=giver, case=case, next_step=f"{case.handle}に書類を届ける", **said)
            Appointment.objects.create(
                organisation=ward, case=case, ends_at=clock.now() - DAY, promised_at=clock.now() - 2 * DAY,
                promised_by=companion, claimed_by=companion, claimed_at=clock.now() - DAY,
            )  # fmt: skip
    with acting_as(by):
        actions.pass_on(by=by, giver=companion, organisation=ward, receivers={led[0].pk: receiver}, note="異動")
    for actor, mine in ((taker, led[0]), (giver, led[1])):
        with acting_as(actor):
            today_s = today_of(actor)
            assert [step.case for step in today_s.steps] == [mine]
            assert [one.case for one in today_s.appointments] == [mine]
    with acting_as(giver):
        later = {"on": today, "method": "phone", "counterpart": "family", "next_on": today}
        record_contact(by=giver, case=led[0], next_step="手伝いで写しを送る", **later)
        assert [step.next_step for step in today_of(giver).steps][1:] == ["手伝いで写しを送る"]


def test_open_plans_and_steps_name_the_new_worker_and_those_that_are_over_stay(
    led: list[Case], companion: Staff, receiver: Staff, coordinator: Staff, ward: Organisation, actor_of: Actors,
    client_of: Clients,
) -> None:  # fmt: skip
    """002-05: a plan does not go on naming somebody who has moved away; who carried what is over stays told."""
    by, giver, today = actor_of(coordinator), actor_of(companion), clock.today()
    mine = {"who_kind": "staff", "staff": companion}
    steps = [
        StepSaid("続ける", **mine),
        StepSaid("済んだ", until=today - DAY, **mine),
        StepSaid("頼む", staff=coordinator),
    ]
    content, head = Content([GoalSaid("外に出る", steps=steps)]), {"starts_on": today, "ends_on": today, "hope": "会う"}
    with acting_as(giver):
        plan = draft_plan(by=giver, case=led[0], content=content, worker=companion, **head)
        begin_plan(by=giver, plan=plan)
        draft = revise_plan(by=giver, plan=plan, reason="見直し")
        over = draft_plan(by=giver, case=led[0], whose="母", content=content, worker=companion, **head)
        Plan.objects.filter(pk=over.pk).update(state="ended")
        seen = version_of(draft)
    with acting_as(by):
        actions.pass_on(by=by, giver=companion, organisation=ward, receivers={led[0].pk: receiver}, note="異動")
        workers = dict(Plan.objects.values_list("pk", "worker__name"))
        named = list(PlanStep.objects.filter(goal__plan=plan).values_list("staff__name", flat=True))
        assert PlanStep.objects.filter(goal__plan=over, staff=receiver).count() == 0
    assert workers == {plan.pk: receiver.name, draft.pk: receiver.name, over.pk: companion.name}
    assert named == [receiver.name, companion.name, coordinator.name]
    with acting_as(actor_of(receiver)), pytest.raises(Overtaken):
        rewrite_plan(by=actor_of(receiver), plan=draft, content=content, seen=seen)
    for page in (f"/cases/{led[0].number}/", f"/cases/{led[0].number}/review/"):
        assert "計画2件、ステップ2件の担当も替わりました" in client_of(receiver).get(page).content.decode()
    with acting_as(KEEPER):
        detail = Entry.objects.get(deed="casework.pass_on").detail
    assert (detail["plans"], detail["steps"]) == (2, 2)


def test_nothing_passes_when_one_case_has_another_lead_by_now(
    led: list[Case], companion: Staff, coordinator: Staff, receiver: Staff, ward: Organisation, actor_of: Actors
) -> None:
    by = actor_of(coordinator)
    with acting_as(COMMAND):
        Case.objects.filter(pk=led[2].pk).update(lead=coordinator)
    with acting_as(by), pytest.raises(NotPossible, match="ほかの人が先に"):
        actions.pass_on(
            by=by, giver=companion, organisation=ward, receivers=dict.fromkeys([case.pk for case in led], receiver),
            note="",
        )  # fmt: skip
    with acting_as(COMMAND):
        assert Case.objects.get(pk=led[0].pk).lead == companion


def test_a_load_passes_neither_to_strangers_nor_by_those_who_do_not_answer_for_it(
    led: list[Case], companion: Staff, coordinator: Staff, stranger: Staff, receiver: Staff, ward: Organisation,
    actor_of: Actors,
) -> None:  # fmt: skip
    for by, taker in ((coordinator, stranger), (companion, receiver), (coordinator, companion)):
        with acting_as(actor_of(by)), pytest.raises(NotAllowed):
            actions.pass_on(by=actor_of(by), giver=companion, organisation=ward, receivers={led[0].pk: taker}, note="")


def test_broken_glass_is_no_way_to_weigh_a_case(led: list[Case], counsellor: Staff, actor_of: Actors) -> None:
    named = case_called(led[0].number)
    assert named is not None
    by = actor_of(counsellor)
    with acting_as(by):
        break_glass(by=by, case=named, reason="命の危険がある", minutes=5)
        with pytest.raises(NotAllowed):
            actions.set_intensity(by=by, case=led[0], level=Level.objects.get(code="usual"), on=clock.today())
