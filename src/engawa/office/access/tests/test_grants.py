"""Rights to see a case: given on a legal basis, with an end, by those who see it; and breaking the glass."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access import actions
from engawa.office.access.actors import COMMAND, KEEPER, Actor, NotAllowed
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.permissions import PERMISSIONS_OF, Permission, Role
from engawa.office.access.queries import grants_for, grants_in_force, sees_case
from engawa.office.access.rules import Giver, Refused, may_grant
from engawa.office.access.upstairs import NamedCase
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.audit.models import Entry

pytestmark = pytest.mark.django_db
Actors = Callable[[Staff], Actor]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def case_id(desk_organisation: Organisation) -> UUID:
    """A case that the desk's organisation holds."""
    new = uuid7()
    actions.grant(by=COMMAND, case_id=new, basis="own", organisation=desk_organisation)
    return new


def deeds() -> list[str]:
    with acting_as(KEEPER):
        return list(Entry.objects.values_list("deed", flat=True))


def test_a_supervisor_shares_a_case_with_consent_until_a_day(
    supervisor: Staff, partner: Staff, case_id: UUID, actor_of: Actors, partner_agency: Organisation
) -> None:
    assert not sees_case(actor_of(partner), case_id)
    actions.grant(
        by=actor_of(supervisor),
        case_id=case_id,
        basis="consent",
        organisation=partner_agency,
        reason="本人が見学を望んだ",
        ends_at=clock.now() + HOUR,
    )
    assert sees_case(actor_of(partner), case_id)
    assert "access.grant" in deeds()


def test_a_right_ends_by_itself(case_id: UUID, companion: Staff, actor_of: Actors) -> None:
    with acting_as(KEEPER):
        past = clock.now() - HOUR
        Grant.objects.create(
            case_id=case_id, organisation=companion.memberships.get().organisation, staff=companion, basis="consent",
            reason="r", starts_at=past - HOUR, ends_at=past,
        )  # fmt: skip
    assert not sees_case(actor_of(companion), case_id)


def test_a_role_that_ended_opens_nothing(case_id: UUID, counsellor: Staff, actor_of: Actors) -> None:
    assert sees_case(actor_of(counsellor), case_id)
    counsellor.memberships.update(ends_on=clock.today() - dt.timedelta(days=1))
    assert not sees_case(actor_of(counsellor), case_id)


@pytest.mark.parametrize("who", ["supporter", "administrator", "auditor", "manager", "prefecture", "stranger"])
def test_whoever_does_not_work_with_cases_sees_none_even_in_the_organisation_that_holds_it(
    who: str, case_id: UUID, desk_organisation: Organisation, actor_of: Actors, request: pytest.FixtureRequest
) -> None:
    staff = request.getfixturevalue(who)
    if who != "stranger":
        staff.memberships.update(organisation=desk_organisation)
    assert not sees_case(actor_of(staff), case_id)


def organisations_with(permission: str, actor: Actor) -> list[UUID]:
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT engawa_organisations_with(%s)", [permission])
        return list((cursor.fetchone() or ([],))[0])


@pytest.mark.parametrize("role", Role)
def test_the_second_wall_knows_the_same_roles_as_the_permissions(role: Role, ward: Organisation) -> None:
    staff = Staff.objects.create(email="one@example.org", name="ひとり")
    staff.memberships.create(organisation=ward, role=role, starts_on=dt.date(2020, 4, 1))
    actor = Actor(staff.id, staff.name)
    carried = {permission for permission in Permission if organisations_with(permission, actor) == [ward.pk]}
    assert carried == PERMISSIONS_OF[role] & ASKED_BY_WALLS
    assert organisations_with("no:such:thing", actor) == []


# Permissions that walls ask for by themselves.
ASKED_BY_WALLS = {
    Permission.CASEWORK_CASE_VIEW,
    Permission.CASEWORK_RETENTION_VIEW,
    Permission.CASEWORK_AXES_WRITE,
    Permission.DESK_TALK_READ,
    Permission.LEDGER_FILE_IMPORT,
    Permission.ACCESS_STAFF_MANAGE,
    Permission.AUDIT_LOG_READ,
}


def personal_right(case_id: UUID, staff: Staff) -> Grant:
    post, until = staff.memberships.earliest("starts_on").organisation, clock.now() + 300 * HOUR
    said = {"basis": "urgent", "reason": "応援"}
    return actions.grant(by=COMMAND, case_id=case_id, organisation=post, staff=staff, ends_at=until, **said)


def test_a_person_s_right_is_that_person_s_alone(
    case_id: UUID, companion: Staff, coordinator: Staff, actor_of: Actors
) -> None:
    right = personal_right(case_id, companion)
    assert sees_case(actor_of(companion), case_id)
    assert not sees_case(actor_of(coordinator), case_id)
    with acting_as(actor_of(coordinator)):
        assert not Grant.objects.exists()
        assert not grants_for(actor_of(coordinator), Permission.CASEWORK_CASE_VIEW).exists()
    with pytest.raises(NotAllowed):
        actions.revoke(by=actor_of(coordinator), grant_id=right.pk)


def test_a_person_s_right_rests_while_they_have_no_post_where_it_was_given(
    case_id: UUID, companion: Staff, other_ward: Organisation, actor_of: Actors
) -> None:
    """X-01: also where the post ends by its own date, and with a post elsewhere."""
    personal_right(case_id, companion)
    with acting_as(COMMAND):
        assert grants_in_force().filter(staff=companion).exists()
    companion.memberships.update(ends_on=clock.today() - dt.timedelta(days=1))
    companion.memberships.create(organisation=other_ward, role=Role.COUNSELLOR, starts_on=dt.date(2020, 4, 1))
    actor = actor_of(companion)
    assert not sees_case(actor, case_id)
    with acting_as(actor):
        assert not grants_for(actor, Permission.CASEWORK_CASE_VIEW).exists()
    with acting_as(COMMAND):
        assert not grants_in_force().filter(staff=companion).exists()


def test_a_person_s_right_rests_while_their_role_there_opens_no_case(
    case_id: UUID, companion: Staff, actor_of: Actors
) -> None:
    personal_right(case_id, companion)
    companion.memberships.update(role=Role.SUPPORTER)
    assert not sees_case(actor_of(companion), case_id)
    with acting_as(COMMAND):
        assert not grants_in_force().filter(staff=companion).exists()


def test_a_person_is_given_no_right_through_an_organisation_where_they_see_no_case(
    case_id: UUID, companion: Staff, other_ward: Organisation
) -> None:
    with pytest.raises(Refused, match="役割"):
        actions.grant(
            by=COMMAND, case_id=case_id, organisation=other_ward, staff=companion, basis="urgent", reason="応援",
            ends_at=clock.now() + HOUR,
        )  # fmt: skip


def test_a_stranger_cannot_make_a_case_their_own(
    stranger: Staff, case_id: UUID, other_ward: Organisation, actor_of: Actors
) -> None:
    with pytest.raises(NotAllowed):
        actions.grant(by=actor_of(stranger), case_id=case_id, basis="own", organisation=other_ward)


def test_a_counsellor_cannot_share_a_case_but_a_supervisor_can(
    counsellor: Staff, companion: Staff, ward: Organisation, case_id: UUID, actor_of: Actors
) -> None:
    with pytest.raises(NotAllowed):
        actions.grant(
            by=actor_of(counsellor),
            case_id=case_id,
            basis="consent",
            organisation=ward,
            staff=companion,
            reason="r",
            ends_at=clock.now() + HOUR,
        )


@pytest.mark.parametrize(
    ("reason", "ends_in", "message"),
    [("同意", None, "終わりの日時"), ("同意", -HOUR, "過ぎて"), (" ", HOUR, "理由")],
)
def test_a_right_without_reason_or_end_is_refused_in_plain_words(
    reason: str, ends_in: dt.timedelta | None, message: str, supervisor: Staff, companion: Staff, case_id: UUID,
    ward: Organisation, actor_of: Actors,
) -> None:  # fmt: skip
    with pytest.raises(Refused, match=message):
        actions.grant(
            by=actor_of(supervisor),
            case_id=case_id,
            basis="consent",
            organisation=ward,
            staff=companion,
            reason=reason,
            ends_at=clock.now() + ends_in if ends_in else None,
        )


def test_revoking_ends_the_right_and_keeps_its_history(
    supervisor: Staff, companion: Staff, ward: Organisation, case_id: UUID, actor_of: Actors
) -> None:
    given = actions.grant(
        by=actor_of(supervisor),
        case_id=case_id,
        basis="consent",
        organisation=ward,
        staff=companion,
        reason="同意",
        ends_at=clock.now() + HOUR,
    )
    actions.revoke(by=actor_of(supervisor), grant_id=given.id)
    assert not sees_case(actor_of(companion), case_id)
    with acting_as(KEEPER):
        assert Grant.objects.filter(pk=given.pk).exists()


def test_the_last_holder_of_a_case_cannot_be_shut_out(supervisor: Staff, case_id: UUID, actor_of: Actors) -> None:
    with acting_as(KEEPER):
        own = Grant.objects.get(case_id=case_id)
    with pytest.raises(Refused, match="引継ぎ"):
        actions.revoke(by=actor_of(supervisor), grant_id=own.id)


def test_a_stranger_cannot_revoke(stranger: Staff, case_id: UUID, actor_of: Actors) -> None:
    with acting_as(KEEPER):
        own = Grant.objects.get(case_id=case_id)
    with pytest.raises(NotAllowed):
        actions.revoke(by=actor_of(stranger), grant_id=own.id)


@pytest.mark.parametrize(
    ("basis", "giver", "allowed"),
    [
        ("own", Giver(sees=False, hands_over=False, gives=False, of_holder=True, case_is_new=True), True),
        ("own", Giver(sees=False, hands_over=True, gives=True, of_holder=True, case_is_new=False), False),
        ("own", Giver(sees=True, hands_over=True, gives=True, of_holder=False, case_is_new=False), False),
        ("handover", Giver(sees=True, hands_over=True, gives=False, of_holder=False, case_is_new=False), True),
        ("handover", Giver(sees=False, hands_over=True, gives=False, of_holder=False, case_is_new=False), False),
        ("urgent", Giver(sees=True, hands_over=True, gives=False, of_holder=False, case_is_new=False), False),
        ("break_glass", Giver(sees=True, hands_over=True, gives=True, of_holder=True, case_is_new=True), False),
    ],
)
def test_who_may_give_which_right(basis: str, giver: Giver, *, allowed: bool) -> None:
    assert may_grant(basis, giver) is allowed


def test_broken_glass_opens_for_minutes_is_logged_and_told_to_both_supervisors(
    stranger: Staff, supervisor: Staff, other_ward: Organisation, case_id: UUID, actor_of: Actors, coordinator: Staff
) -> None:
    own_supervisor = Staff.objects.create(email="s@example.org", name="南の上司")
    own_supervisor.memberships.create(organisation=other_ward, role="supervisor", starts_on=dt.date(2020, 4, 1))
    given = actions.break_glass(
        by=actor_of(stranger), case=NamedCase(case_id, "E-2026-00001"), reason="自殺をほのめかす電話", minutes=30
    )
    assert sees_case(actor_of(stranger), case_id)
    assert given.ends_at
    assert given.ends_at - timezone.now() <= dt.timedelta(minutes=30)
    assert "access.break_glass" in deeds()
    for person in (supervisor, own_supervisor):
        with acting_as(actor_of(person)):
            assert "E-2026-00001" in Alert.objects.get(kind="access.glass_broken").title
            assert Grant.objects.filter(pk=given.pk).exists()
    with acting_as(actor_of(coordinator)):
        assert not Alert.objects.exists()
        assert not Grant.objects.exists()


def test_where_nobody_supervises_the_auditors_are_told_of_broken_glass(
    stranger: Staff, auditor: Staff, ward: Organisation, actor_of: Actors
) -> None:
    case_id = uuid7()
    actions.grant(by=COMMAND, case_id=case_id, basis="own", organisation=ward)
    actions.break_glass(by=actor_of(stranger), case=NamedCase(case_id, "E-1"), reason="緊急の連絡", minutes=60)
    with acting_as(actor_of(auditor)):
        assert Alert.objects.get(kind="access.glass_broken").path == "/audit/?deed=access.break_glass"


def test_the_glass_can_be_closed_early_by_whoever_broke_it_only(
    stranger: Staff, counsellor: Staff, case_id: UUID, actor_of: Actors
) -> None:
    given = actions.break_glass(by=actor_of(stranger), case=NamedCase(case_id, "E-1"), reason="緊急の連絡", minutes=60)
    with pytest.raises(NotAllowed):
        actions.close_break_glass(by=actor_of(counsellor), grant_id=given.id)
    actions.close_break_glass(by=actor_of(stranger), grant_id=given.id)
    assert not sees_case(actor_of(stranger), case_id)


@pytest.mark.parametrize(("reason", "minutes"), [("", 30), ("  ", 30), ("緊急の連絡", 61), ("緊急の連絡", 0)])
def test_the_glass_is_not_broken_without_reason_or_for_longer_than_an_hour(
    reason: str, minutes: int, stranger: Staff, case_id: UUID, actor_of: Actors
) -> None:
    with pytest.raises(Refused):
        actions.break_glass(by=actor_of(stranger), case=NamedCase(case_id, "E-1"), reason=reason, minutes=minutes)


@pytest.mark.parametrize("who", ["administrator", "supporter", "prefecture", "manager", "auditor", "partner"])
def test_only_those_who_work_with_cases_may_break_the_glass(
    who: str, case_id: UUID, actor_of: Actors, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        actions.break_glass(
            by=actor_of(request.getfixturevalue(who)), case=NamedCase(case_id, "E-1"), reason="緊急の連絡", minutes=5
        )
