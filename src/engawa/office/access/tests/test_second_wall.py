"""PostgreSQL hides what the actor may not see, even from raw SQL."""

import datetime as dt

import pytest
from django.db import ProgrammingError, connection

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COMMAND, Actor
from engawa.office.access.models import Grant, Membership, Organisation, Staff
from engawa.office.access.permissions import Role
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case
from engawa.office.directory.models import Desk

pytestmark = pytest.mark.django_db


def counted_as(actor: Actor) -> int:
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_case")
        row = cursor.fetchone()
    assert row
    return int(row[0])


def test_a_stranger_sees_no_case_even_in_raw_sql() -> None:
    home = Organisation.objects.create(name="相談センター")
    other = Organisation.objects.create(name="別の区")
    counsellor = Staff.objects.create(email="a@example.org", name="相談員")
    stranger = Staff.objects.create(email="b@example.org", name="他区の人")
    for staff, organisation in ((counsellor, home), (stranger, other)):
        Membership.objects.create(
            staff=staff, organisation=organisation, role=Role.COUNSELLOR, starts_on=dt.date(2020, 4, 1)
        )
    desk = Desk.objects.create(name="窓口", organisation=home)
    with acting_as(COMMAND):
        case = Case.objects.create(
            number="E-1", organisation=home, desk=desk, received_on=dt.date(2026, 4, 1), requester="self"
        )
        Grant.objects.create(case_id=case.id, organisation=home, basis="own", starts_at=clock.now())
    assert counted_as(Actor(counsellor.id, "相談員")) == 1
    assert counted_as(Actor(stranger.id, "他区の人")) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_case")
        assert cursor.fetchone() == (0,)


def test_nobody_writes_a_right_for_themselves_even_in_raw_sql(ward: Organisation) -> None:
    staff = Staff.objects.create(email="c@example.org", name="相談員")
    case_id = uuid7()
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(Actor(staff.id, "相談員")):
        Grant.objects.create(case_id=case_id, organisation=ward, basis="own", starts_at=clock.now())


def test_nobody_gives_themselves_a_role_even_in_raw_sql(ward: Organisation, counsellor: Staff) -> None:
    """A role would open the wall around every case of the organisation."""
    actor = Actor(counsellor.id, "相談員")
    own = Membership.objects.get(staff=counsellor)
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(actor):
        Membership.objects.create(staff=counsellor, organisation=ward, role=own.role, starts_on=own.starts_on)
    with acting_as(actor):
        assert Membership.objects.filter(pk=own.pk).exists()
        assert Membership.objects.filter(pk=own.pk).update(organisation=ward) == 0
        assert Membership.objects.filter(pk=own.pk).delete()[0] == 0


def test_nobody_lengthens_a_right_of_their_own_even_in_raw_sql(ward: Organisation) -> None:
    staff = Staff.objects.create(email="d@example.org", name="相談員")
    end = clock.now() + dt.timedelta(minutes=5)
    with acting_as(COMMAND):
        grant = Grant.objects.create(
            case_id=uuid7(), organisation=ward, staff=staff, basis="urgent", starts_at=clock.now(), ends_at=end
        )
    with acting_as(Actor(staff.id, "相談員")):
        assert Grant.objects.filter(pk=grant.pk).exists()
        assert Grant.objects.filter(pk=grant.pk).update(ends_at=end + dt.timedelta(days=365)) == 0
