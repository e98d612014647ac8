"""Two organisations with a desk and their people, and a case."""

import datetime as dt
from dataclasses import dataclass

import pytest

from engawa.office.access.actors import COMMAND, Actor
from engawa.office.access.models import Membership, Organisation, Staff
from engawa.office.access.permissions import PERMISSIONS_OF, Role
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.directory.models import Desk


@dataclass
class House:
    """An organisation, its desk, and a member of staff of it."""

    organisation: Organisation
    desk: Desk
    staff: Staff
    actor: Actor


def actor_of(staff: Staff, organisation: Organisation, role: Role) -> Actor:
    Membership.objects.get_or_create(staff=staff, organisation=organisation, role=role, starts_on=dt.date(2020, 4, 1))
    return Actor(staff.id, staff.name, {organisation.id: PERMISSIONS_OF[role]})


def house(name: str, person: str, role: Role = Role.COUNSELLOR) -> House:
    organisation = Organisation.objects.create(name=name)
    desk = Desk.objects.create(name=f"{name}の窓口", organisation=organisation)
    staff = Staff.objects.create(email=f"{desk.pk}@example.org", name=person)
    return House(organisation, desk, staff, actor_of(staff, organisation, role))


@pytest.fixture
def here(db: None) -> House:
    return house("よりそい相談センター", "相談 花子")


@pytest.fixture
def there(db: None) -> House:
    return house("左京保健福祉センター", "支援 太郎", Role.COORDINATOR)


@pytest.fixture
def case(here: House) -> Case:
    with acting_as(here.actor):
        return open_case(by=here.actor, desk=here.desk, requester="family", received_on=dt.date(2026, 5, 1))


@pytest.fixture
def another_pair(here: House) -> Actor:
    """A colleague at the same desk."""
    staff = Staff.objects.create(email="colleague@example.org", name="同僚 一郎")
    return actor_of(staff, here.organisation, Role.COUNSELLOR)


@pytest.fixture
def held(desk_organisation: Organisation, counsellor: Staff) -> Case:
    """A case that the desk holds and the counsellor leads."""
    with acting_as(COMMAND):
        desk = Desk.objects.create(name="窓口", organisation=desk_organisation)
        return open_case(by=COMMAND, desk=desk, requester="family", handle="秘密さん", lead=counsellor)
