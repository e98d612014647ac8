"""Attendance is not access: a sitting shows only the items whose case the reader may see."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COMMAND, KEEPER
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.erasures import all_erasures
from engawa.office.casework.intake.actions import CaseRow, take_in_cases
from engawa.office.casework.intake.queries.cases import case_ids
from engawa.office.conferences.actions import ConferenceRow, ItemRow, take_in_conferences, take_in_items
from engawa.office.conferences.models import AgendaItem
from engawa.office.conferences.privacy import CONFERENCE, ITEM
from engawa.office.conferences.queries import conference_ids
from engawa.office.conferences.rules import OTHER_WORDS, ROUTES
from engawa.office.directory.models import Desk

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 9, 5)
ClientOf = Callable[[Staff], Client]


@pytest.fixture
def sitting(ward: Organisation, other_ward: Organisation) -> None:
    """One sitting with a case of each ward."""
    made_by = {"by": COMMAND, "import_id": uuid7()}
    with acting_as(COMMAND):
        for number, organisation in (("W-0001", ward), ("W-0002", other_ward)):
            desk = Desk.objects.create(name=organisation.name, organisation=organisation, group="ward_centre")
            take_in_cases(rows=[CaseRow(number, DAY, desk.id, "self")], **made_by)
        take_in_conferences(rows=[ConferenceRow("M1", DAY, "北", "生活困窮者自立支援法第9条", ["家族会"])], **made_by)
        cases, sitting_id = case_ids(["W-0001", "W-0002"]), conference_ids(["M1"])["M1"]
        take_in_items(
            rows=[ItemRow(sitting_id, case, "new", "", "よりそい支援員") for case in cases.values()], **made_by
        )


def test_the_list_leads_to_the_sitting(sitting: None, client_of: ClientOf, coordinator: Staff) -> None:
    assert "M1" in client_of(coordinator).get("/conferences/").content.decode()


def test_only_items_of_cases_that_may_be_seen_are_shown_and_noted(
    sitting: None, client_of: ClientOf, coordinator: Staff
) -> None:
    """002-10: attendance ≠ access to every item."""
    page = client_of(coordinator).get("/conferences/M1/").content.decode()
    assert "W-0001" in page
    assert "W-0002" not in page
    with acting_as(COMMAND):
        assert [entry.subject for entry in Entry.objects.filter(deed="conferences.read_item")] == ["W-0001"]


def test_an_outsider_sees_no_item_and_learns_of_none(sitting: None, client_of: ClientOf, partner: Staff) -> None:
    page = client_of(partner).get("/conferences/M1/").content.decode()
    assert "あなたが見られる会議案件はありません" in page
    assert "W-0001" not in page


def test_erasing_a_case_leaves_of_its_items_what_figures_know_and_nothing_that_somebody_typed(sitting: None) -> None:
    """Figures of a year stay the same; a name among them does not stay."""
    with acting_as(KEEPER):
        typed, known = AgendaItem.objects.order_by("case__number")
        AgendaItem.objects.filter(pk=typed.pk).update(route="母方のおば 山田花子", lead="山田係長", notes={"備考": "x"})
        AgendaItem.objects.filter(pk=known.pk).update(route=ROUTES[0])
        (erasure,) = (one for one in all_erasures() if one.keeping.model is AgendaItem)
        for _ in range(2):
            erasure.erase([typed.case_id, known.case_id])
        left = AgendaItem.objects.order_by("case__number").values_list("route", "lead", "notes", "kind")
        assert list(left) == [(OTHER_WORDS, OTHER_WORDS, {}, "new"), (ROUTES[0], "よりそい支援員", {}, "new")]


def test_no_field_of_a_conference_is_forgotten() -> None:
    for keeping in (CONFERENCE, ITEM):
        assert keeping.unnamed() == set()


def test_without_the_permission_there_are_no_sittings(sitting: None, client_of: ClientOf, manager: Staff) -> None:
    assert client_of(manager).get("/conferences/").status_code == 404
    assert client_of(manager).get("/conferences/M1/").status_code == 404
