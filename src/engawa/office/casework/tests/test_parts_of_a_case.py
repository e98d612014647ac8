"""A right to see a case may be limited to parts of it: on every page, in the timeline, and in raw SQL."""

import datetime as dt
from collections.abc import Callable, Iterable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from psycopg import sql

from engawa.kernel import clock
from engawa.office.access import actions as rights
from engawa.office.access.actors import COMMAND, KEEPER, Actor, AnyActor, NotAllowed
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.parts import WHOLE, Part
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import acting_as
from engawa.office.casework.access import case_for, may, parts_of
from engawa.office.casework.cases import tabs
from engawa.office.casework.cases.actions import edit_facts, offer_handover, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.load.models import Passing
from engawa.office.casework.timeline import sources
from engawa.office.casework.timeline.actions import correct_contact, record_contact
from engawa.office.directory.models import Desk

pytestmark = pytest.mark.django_db
Actors = Callable[[Staff], Actor]
Clients = Callable[[Staff], Client]
COURSE_TABLES = ("casework_contact", "casework_contactpast", "casework_casetalk", "casework_handover")


@pytest.fixture
def shared(desk_organisation: Organisation, counsellor: Staff, ward: Organisation, actor_of: Actors) -> Case:
    """A case with a course: contacts, a correction, and an offer to a ward."""
    with acting_as(COMMAND):
        desk = Desk.objects.create(name="窓口", organisation=desk_organisation)
        case = open_case(by=COMMAND, desk=desk, requester="family", handle="秘密さん", lead=counsellor)
        said = {"on": clock.today(), "method": "phone", "counterpart": "family"}
        contact = record_contact(by=COMMAND, case=case, content="秘密の経過", **said)
        correct_contact(by=COMMAND, contact=contact, reason="聞きちがい", content="秘密の経過（直した）")
        offer_handover(by=actor_of(counsellor), case=case, taker=ward, package="秘密の引継ぎ")
    return case


def share(case: Case, organisation: Organisation, parts: Iterable[Part] | None, basis: str = "consent") -> Grant:
    until = clock.now() + dt.timedelta(days=30)
    return rights.grant(
        by=COMMAND, case_id=case.pk, basis=basis, organisation=organisation, reason="同意", ends_at=until, parts=parts
    )


def rows(table: str, actor: AnyActor) -> int:
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        return int((cursor.fetchone() or (0,))[0])


def test_whoever_shares_the_plans_alone_finds_neither_course_nor_other_pages(
    shared: Case, partner: Staff, partner_agency: Organisation, client_of: Clients
) -> None:
    """000-14: an outside institution sees the chosen parts and nothing else."""
    share(shared, partner_agency, [Part.PLANS])
    browser = client_of(partner)
    page = browser.get(f"/cases/{shared.number}/")
    assert page.status_code == 200
    words = page.content.decode()
    assert "共有されている範囲：基本、計画" in words
    assert "秘密の経過" not in words
    assert "秘密の引継ぎ" not in words
    assert "秘密の経過" not in browser.get(f"/cases/{shared.number}/", headers={"HX-Request": "true"}).content.decode()
    handover = shared.handovers.model.objects
    with acting_as(COMMAND):
        offer = handover.get(case=shared)
    assert browser.get(f"/cases/handovers/{offer.pk}/").status_code == 404


def test_whoever_shares_the_course_reads_it(
    shared: Case, partner: Staff, partner_agency: Organisation, client_of: Clients
) -> None:
    """The test before would pass on an empty page."""
    share(shared, partner_agency, [Part.COURSE])
    assert "秘密の経過（直した）" in client_of(partner).get(f"/cases/{shared.number}/").content.decode()


@pytest.mark.parametrize("table", COURSE_TABLES)
def test_raw_sql_shows_no_row_of_a_part_that_is_not_shared(
    table: str, shared: Case, partner: Staff, partner_agency: Organisation, actor_of: Actors
) -> None:
    """000-14: the second wall knows the parts, too."""
    share(shared, partner_agency, [Part.PLANS])
    assert rows("casework_case", actor_of(partner)) == 1
    assert rows(table, actor_of(partner)) == 0


def test_raw_sql_shows_the_rows_of_a_part_that_is_shared(
    shared: Case, partner: Staff, partner_agency: Organisation, actor_of: Actors
) -> None:
    share(shared, partner_agency, [Part.COURSE])
    shown = {table: rows(table, actor_of(partner)) for table in COURSE_TABLES if table != "casework_casetalk"}
    assert shown == {"casework_contact": 1, "casework_contactpast": 1, "casework_handover": 1}


def test_whoever_shares_a_part_sees_nobody_else_s_rights_to_the_case(
    shared: Case, partner: Staff, partner_agency: Organisation, actor_of: Actors
) -> None:
    share(shared, partner_agency, [Part.PLANS])
    assert rows("access_grant", actor_of(partner)) == 1


def test_the_parts_of_several_rights_add_up(
    shared: Case, partner: Staff, partner_agency: Organisation, actor_of: Actors
) -> None:
    share(shared, partner_agency, [Part.PLANS])
    share(shared, partner_agency, [Part.FAMILY], basis="urgent")
    with acting_as(actor_of(partner)):
        assert parts_of(actor_of(partner), shared) == {Part.BASICS, Part.PLANS, Part.FAMILY}
    share(shared, partner_agency, None, basis="urgent")
    with acting_as(actor_of(partner)):
        assert parts_of(actor_of(partner), shared) == WHOLE


def test_a_page_or_tab_that_names_no_part_is_for_those_who_see_the_whole_case(
    shared: Case, partner: Staff, partner_agency: Organisation, counsellor: Staff, actor_of: Actors,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    offered = [tabs.Tab("全部", "casework:offer"), tabs.Tab("計画", "casework:case", part=Part.PLANS)]
    monkeypatch.setattr(tabs, "_tabs", offered)
    share(shared, partner_agency, [Part.PLANS])
    actor = actor_of(partner)
    with acting_as(actor):
        assert case_for(actor, shared.number, part=Part.PLANS) == shared
        for part in (None, Part.COURSE, Part.FAMILY):
            with pytest.raises(NotAllowed):
                case_for(actor, shared.number, part=part)
        assert sources.kinds(actor, shared) == []
        assert [tab.label for tab in tabs.tabs_of(actor, shared, "/")] == ["計画"]
    with acting_as(actor_of(counsellor)):
        assert case_for(actor_of(counsellor), shared.number) == shared
        assert [tab.label for tab in tabs.tabs_of(actor_of(counsellor), shared, "/")] == ["全部", "計画"]
        assert {kind.key for kind in sources.kinds(actor_of(counsellor), shared)} >= {"contact", "handover"}


def test_a_page_beneath_a_tab_marks_it_as_here(shared: Case, counsellor: Staff, actor_of: Actors) -> None:
    """静かな便り belongs to 計画, sharing to 同意・共有, though their addresses begin otherwise."""
    actor = actor_of(counsellor)
    for page, label in [("casework:staying", "計画"), ("casework:share", "同意・共有"), ("casework:case", "経過")]:
        path = reverse(page, args=[shared.number])
        with acting_as(actor):
            assert [tab.label for tab in tabs.tabs_of(actor, shared, path) if tab.here] == [label]


def test_permission_is_role_by_organisation_by_case_by_purpose(
    shared: Case, stranger: Staff, other_ward: Organisation, partner: Staff, partner_agency: Organisation,
    actor_of: Actors,
) -> None:  # fmt: skip
    """X-01: what one may do follows from role, organisation, case and what the right was given for, together."""
    edit, course = Permission.CASEWORK_CASE_EDIT, Part.COURSE
    with acting_as(actor_of(stranger)):
        assert not may(actor_of(stranger), edit, shared, course)  # the role is there, the case is not
    share(shared, other_ward, [Part.COURSE])
    share(shared, partner_agency, [Part.COURSE])
    with acting_as(actor_of(stranger)):
        assert may(actor_of(stranger), edit, shared, course)
        with pytest.raises(NotAllowed):  # the course was shared, not the facts
            edit_facts(by=actor_of(stranger), case=shared, complaint="書きかえ")
    with acting_as(actor_of(partner)):  # the same right, another role
        assert may(actor_of(partner), Permission.CASEWORK_CASE_VIEW, shared, course)
        assert not may(actor_of(partner), edit, shared, course)


def test_whoever_got_a_right_cannot_pass_it_on_nor_end_another_s(
    shared: Case, coordinator: Staff, ward: Organisation, partner_agency: Organisation, actor_of: Actors
) -> None:
    """000-14: sharing stays with those whose own case it is."""
    given = share(shared, partner_agency, [Part.PLANS])
    until = clock.now() + dt.timedelta(days=1)
    with pytest.raises(NotAllowed):
        rights.grant(
            by=actor_of(coordinator), case_id=shared.pk, basis="consent", organisation=partner_agency, reason="r",
            ends_at=until,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        rights.revoke(by=actor_of(coordinator), grant_id=given.pk)


def test_the_lead_of_a_case_shares_it_and_a_colleague_does_not(
    shared: Case, counsellor: Staff, colleague: Staff, partner_agency: Organisation, actor_of: Actors
) -> None:
    until = clock.now() + dt.timedelta(days=1)
    said = {"case_id": shared.pk, "basis": "consent", "organisation": partner_agency, "reason": "r", "ends_at": until}
    with pytest.raises(NotAllowed):
        rights.grant(by=actor_of(colleague), **said)
    assert rights.grant(by=actor_of(counsellor), parts=[Part.PLANS], **said).parts == ["basics", "plans"]


def test_a_right_to_no_part_cannot_be(shared: Case, partner_agency: Organisation) -> None:
    with acting_as(KEEPER), pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            case_id=shared.pk, organisation=partner_agency, basis="consent", reason="r", starts_at=clock.now(),
            ends_at=clock.now(), parts=[],
        )  # fmt: skip


@pytest.mark.parametrize(("parts", "told"), [([Part.COURSE], False), ([Part.COURSE, Part.PLANS], True)])
def test_how_many_plans_passed_along_is_told_to_those_alone_who_see_plans(
    shared: Case,
    partner: Staff,
    partner_agency: Organisation,
    counsellor: Staff,
    colleague: Staff,
    client_of: Clients,
    parts: list[Part],
    told: bool,  # noqa: FBT001 # a parameter of the test
) -> None:
    share(shared, partner_agency, parts)
    with acting_as(COMMAND):
        said = {"case": shared, "giver": counsellor, "receiver": colleague, "plans": 2, "steps": 3}
        Passing.objects.create(at=clock.now(), **said)
    browser = client_of(partner)
    for url in (f"/cases/{shared.number}/", f"/cases/{shared.number}/review/"):
        page = browser.get(url).content.decode()
        assert colleague.name in page
        assert ("計画2件、ステップ3件" in page) is told
