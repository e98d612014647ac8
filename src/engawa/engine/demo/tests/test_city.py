"""The demo city stands: built through the actions that people use, seats and letters included."""

import pytest

from engawa.engine.demo import build, city
from engawa.engine.demo.lives import COURSE, LIVES
from engawa.office.access.actors import STATISTICS
from engawa.office.access.models import Staff
from engawa.office.access.permissions import Role
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.gatherings.models import Attendance
from engawa.office.casework.maps.drawings import support_map
from engawa.office.casework.plans.models.plans import Plan
from engawa.office.casework.referrals.models import Referral
from engawa.office.directory.models import Desk
from engawa.office.home.queries import today_of
from engawa.office.talks.models import Talk
from engawa.porch.noticeboard.models import DeskNotice, ResourceNotice
from engawa.porch.seats.actions import find_seat

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed")]


@pytest.fixture
def builder(committed: None) -> build.Builder:
    builder = build.Builder()
    for _, step in builder.steps:
        step()
    return builder


def test_the_city_has_staff_of_every_role_talks_cases_and_a_past(builder: build.Builder) -> None:
    """000-06: the visitors of the demo are anonymous and can come back by their six words."""
    assert {person.role for person in city.STAFF} | {role for _, _, role in city.FURTHER_ROLES} == set(Role)
    assert Staff.objects.count() == len(city.STAFF)
    with acting_as(STATISTICS):
        assert Case.objects.filter(import_id__isnull=False).count() == 760
        assert Case.objects.filter(import_id__isnull=True).count() == len(city.STORIES)
        assert Talk.objects.count() == len(city.VISITS)
    with acting_as(actor_of(builder.staff["sakura"])):
        waiting = Talk.objects.filter(waiting_since__isnull=False, answer_needed=True)
        assert {talk.handle for talk in waiting} == {"こもれび", "ねこやなぎ"}
    with acting_as(STATISTICS):
        assert Case.objects.exclude(household=None).count() == len(LIVES)
        assert Plan.objects.filter(state=Plan.State.RUNNING).count() == sum(life.goal is not None for life in LIVES)
        assert Consent.objects.count() == sum(bool(life.shared_with) for life in LIVES)
        assert set(Referral.objects.values_list("answer", flat=True)) == set(Referral.Answer.values)
        assert Attendance.objects.count() == sum(len(came) for *_day, came in COURSE.days)
    with acting_as(tsubaki := actor_of(builder.staff["tsubaki"])):
        today = today_of(tsubaki)
        assert all((today.appointments, today.reviews, today.letters, today.plan_reviews))
        case = Case.objects.get(lead=builder.staff["tsubaki"])
        assert "夜の居場所「月あかり」のつながりは弱い" in " ".join(support_map(tsubaki, case).sentences)
    assert DeskNotice.objects.count() == len(city.WINDOWS)
    staffed = {window.name: sorted({day for day, *_ in window.hours}) for window in city.WINDOWS}
    desks = Desk.objects.filter(name__in=staffed)
    open_days = {desk.name: sorted({one.weekday for one in desk.weekly()}) for desk in desks}
    assert open_days == staffed
    assert all(open_days.values())
    assert ResourceNotice.objects.count() == len(city.PLACES)
    for passphrase in builder.passphrases.values():
        assert find_seat(typed=" ".join(passphrase), address="")
