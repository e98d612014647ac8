"""Inviting staff, giving and ending roles, and letting people go."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.tokens import default_token_generator

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access import actions
from engawa.office.access.actors import COMMAND, KEEPER, Actor, NotAllowed
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.permissions import Permission, Role
from engawa.office.access.rules import Refused
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.audit.models import Entry

pytestmark = pytest.mark.django_db
Actors = Callable[[Staff], Actor]


def token_of(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


def test_an_invitation_makes_staff_with_a_role_and_a_way_in_that_works_once(
    administrator: Staff, ward: Organisation, actor_of: Actors
) -> None:
    invitation = actions.invite_staff(
        by=actor_of(administrator), email=" New@Example.org ", name="新人", organisation=ward, role=Role.COMPANION
    )
    staff = Staff.objects.get(email="new@example.org")
    assert not staff.has_usable_password()
    assert actor_of(staff).organisations_with(Permission.CASEWORK_CASE_VIEW) == [ward.id]
    assert default_token_generator.check_token(staff, token_of(invitation.path))
    actions.accept_invitation(staff=staff, password="夜の川はきれいでした")
    assert not default_token_generator.check_token(staff, token_of(invitation.path))


@pytest.mark.parametrize("who", ["counsellor", "supervisor", "manager", "auditor", "partner"])
def test_only_an_administrator_manages_staff(
    who: str, ward: Organisation, actor_of: Actors, request: pytest.FixtureRequest
) -> None:
    actor = actor_of(request.getfixturevalue(who))
    with pytest.raises(NotAllowed):
        actions.invite_staff(by=actor, email="a@b.jp", name="x", organisation=ward, role=Role.COUNSELLOR)
    with pytest.raises(NotAllowed):
        actions.found_organisation(by=actor, name="新しい機関")


def test_an_administrator_cannot_give_themselves_a_role_that_sees_cases(
    administrator: Staff, ward: Organisation, actor_of: Actors
) -> None:
    with pytest.raises(Refused, match="自分の役割"):
        actions.set_role(by=actor_of(administrator), staff=administrator, organisation=ward, role=Role.COUNSELLOR)


def test_a_new_role_is_told_to_the_supervisors_of_the_organisation(
    administrator: Staff, companion: Staff, supervisor: Staff, desk_organisation: Organisation, actor_of: Actors
) -> None:
    actions.set_role(by=actor_of(administrator), staff=companion, organisation=desk_organisation, role=Role.COUNSELLOR)
    with acting_as(actor_of(supervisor)):
        assert Alert.objects.get().kind == "access.role_given"


def test_an_ended_role_holds_no_longer_and_stays_as_history(
    administrator: Staff, counsellor: Staff, actor_of: Actors
) -> None:
    membership = counsellor.memberships.get()
    actions.end_role(by=actor_of(administrator), membership=membership)
    assert not actor_of(counsellor).permissions
    assert counsellor.memberships.get().ends_on == clock.today() - dt.timedelta(days=1)


def right_of(staff: Staff) -> Grant:
    until, post = clock.now() + dt.timedelta(days=30), staff.memberships.earliest("starts_on").organisation
    said = {"basis": "urgent", "reason": "応援", "ends_at": until}
    return actions.grant(by=COMMAND, case_id=uuid7(), organisation=post, staff=staff, **said)


def is_over(right: Grant) -> bool:
    with acting_as(COMMAND):
        right.refresh_from_db()
    assert right.ends_at is not None
    return right.ends_at <= clock.now()


def test_rights_given_to_a_person_end_with_their_last_role_in_an_organisation(
    administrator: Staff, counsellor: Staff, desk_organisation: Organisation, actor_of: Actors
) -> None:
    """X-01: leaving the post ends what was opened for it; the log says so."""
    by, first = actor_of(administrator), counsellor.memberships.get()
    second = actions.set_role(by=by, staff=counsellor, organisation=desk_organisation, role=Role.COMPANION)
    right = right_of(counsellor)
    actions.end_role(by=by, membership=first)
    assert not is_over(right)
    actions.end_role(by=by, membership=second)
    assert is_over(right)
    with acting_as(KEEPER):
        assert Entry.objects.get(deed="access.revoke").case_id == right.case_id


def test_a_role_that_ends_later_takes_the_rights_along_on_that_day(
    administrator: Staff, counsellor: Staff, actor_of: Actors
) -> None:
    right, last_day = right_of(counsellor), clock.today() + dt.timedelta(days=3)
    actions.end_role(by=actor_of(administrator), membership=counsellor.memberships.get(), ends_on=last_day)
    assert not is_over(right)
    assert right.ends_at == dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), clock.JAPAN)


def test_rights_do_not_come_back_when_somebody_is_let_in_again(
    administrator: Staff, counsellor: Staff, actor_of: Actors
) -> None:
    right = right_of(counsellor)
    actions.deactivate(by=actor_of(administrator), staff=counsellor)
    actions.reactivate(by=actor_of(administrator), staff=counsellor)
    assert is_over(right)


def test_a_role_that_never_began_is_taken_away(
    administrator: Staff, counsellor: Staff, ward: Organisation, actor_of: Actors
) -> None:
    planned = actions.set_role(
        by=actor_of(administrator), staff=counsellor, organisation=ward, role=Role.COMPANION,
        starts_on=clock.today() + dt.timedelta(days=9),
    )  # fmt: skip
    actions.end_role(by=actor_of(administrator), membership=planned)
    assert counsellor.memberships.count() == 1


def test_a_renewed_way_in_is_told_to_the_other_administrators_and_not_to_the_one_who_did_it(
    administrator: Staff, counsellor: Staff, city: Organisation, actor_of: Actors
) -> None:
    other = Staff.objects.create(email="deputy@example.org", name="代わりの管理者")
    other.memberships.create(organisation=city, role=Role.ADMINISTRATOR, starts_on=dt.date(2020, 4, 1))
    actions.renew_invitation(by=actor_of(administrator), staff=counsellor)
    with acting_as(KEEPER):
        told = set(Alert.objects.filter(kind="access.way_in_renewed").values_list("staff", flat=True))
    assert told == {counsellor.pk, other.pk}


def test_the_last_administrator_stays(administrator: Staff, actor_of: Actors) -> None:
    with pytest.raises(Refused, match="最後"):
        actions.end_role(by=COMMAND, membership=administrator.memberships.get())
    with pytest.raises(Refused, match="最後"):
        actions.deactivate(by=COMMAND, staff=administrator)


def test_whoever_is_deactivated_is_out_at_once(
    administrator: Staff, counsellor: Staff, actor_of: Actors, client_of: Callable[..., object]
) -> None:
    actions.deactivate(by=actor_of(administrator), staff=counsellor)
    counsellor.refresh_from_db()
    assert not counsellor.is_active
    assert not actor_of(counsellor).permissions
    actions.reactivate(by=actor_of(administrator), staff=counsellor)
    assert actor_of(counsellor).permissions


def test_a_renewed_way_in_takes_password_and_factors_and_is_told_to_the_person(
    administrator: Staff, counsellor: Staff, actor_of: Actors
) -> None:
    actions.equip(by=COMMAND, staff=counsellor, password="古いことば12", totp_secret="JBSWY3DPEHPK3PXP")
    actions.renew_invitation(by=actor_of(administrator), staff=counsellor)
    counsellor.refresh_from_db()
    assert not counsellor.has_usable_password()
    assert not counsellor.authenticator_set.exists()
    with acting_as(actor_of(counsellor)):
        assert Alert.objects.get().kind == "access.way_in_renewed"


def test_the_first_administrator_comes_from_the_command_line_and_can_come_again(db: None) -> None:
    first = actions.first_administrator(by=COMMAND, email="a@city.jp", name="佐野", organisation="みやこ市")
    again = actions.first_administrator(by=COMMAND, email="a@city.jp", name="佐野", organisation="みやこ市")
    assert first.staff == again.staff
    assert first.staff.memberships.count() == 1
    assert not default_token_generator.check_token(first.staff, "x")


def test_every_change_is_in_the_log(administrator: Staff, ward: Organisation, actor_of: Actors) -> None:
    actor = actor_of(administrator)
    new = actions.found_organisation(by=actor, name="新しい機関", kind="partner")
    actions.describe_organisation(by=actor, organisation=new, name="よい機関")
    actions.close_organisation(by=actor, organisation=new)
    with acting_as(KEEPER):
        assert sorted(Entry.objects.values_list("deed", flat=True)) == [
            "access.close_organisation",
            "access.describe_organisation",
            "access.found_organisation",
        ]


def test_an_organisation_with_staff_cannot_close(
    administrator: Staff, counsellor: Staff, desk_organisation: Organisation, actor_of: Actors
) -> None:
    with pytest.raises(Refused, match="職員"):
        actions.close_organisation(by=actor_of(administrator), organisation=desk_organisation)


def test_one_describes_only_oneself(counsellor: Staff, colleague: Staff, actor_of: Actors) -> None:
    actions.describe_self(by=actor_of(counsellor), staff=counsellor, name="相田", reading="あいだ", persona="さくら")
    assert Staff.objects.get(pk=counsellor.pk).persona == "さくら"
    with pytest.raises(NotAllowed):
        actions.describe_self(by=actor_of(counsellor), staff=colleague, name="x", reading="x", persona="x")
