"""Needs that nobody carries, kind by kind: where a city lacks somewhere to turn to."""

import datetime as dt
from typing import Any

import pytest

from engawa.office.access.models import Membership
from engawa.office.access.permissions import Role
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import close_case, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import NeedKind
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.maps.actions.life import note_need
from engawa.office.casework.maps.actions.ties import draw_tie
from engawa.office.casework.maps.gaps import Gap, gaps_of

pytestmark = pytest.mark.django_db


def family(here: Any, *needs: str) -> Case:
    """A family-only case whose mother has these needs."""
    case = open_case(by=here.actor, desk=here.desk, requester="family")
    mother = add_member(by=here.actor, case=case, as_="mother")
    for code in needs:
        note_need(by=here.actor, case=case, member=mother, kind=NeedKind.objects.get(code=code))
    return case


def counted(gap: Gap) -> tuple[str, int, int, int, int]:
    return gap.kind, gap.needs, gap.bare, gap.family, gap.family_bare


def test_needs_that_no_tie_carries_are_counted_and_those_of_families_apart(here: Any) -> None:
    """002-26: families ask for years, and there are few places to send them to: the report says which are missing."""
    with acting_as(here.actor):
        alone, held = family(here, "care", "family"), family(here, "care")
        mother = held.household.members.get(called="母")
        note_need(by=here.actor, case=held, member=held.member, kind=NeedKind.objects.get(code="isolation"))
        draw_tie(by=here.actor, case=held, member=mother, name="家族会", strength="strong", flow="in")
        draw_tie(by=here.actor, case=held, member=held.member, name="前の職場", strength="cut", flow="none")
        found = gaps_of(here.organisation)
        assert {counted(gap) for gap in found} == {
            ("介護・看護", 2, 1, 2, 1),
            ("家族関係・家族の問題", 1, 1, 1, 1),
            ("社会的孤立（ひきこもりなどを含む）", 1, 1, 0, 0),
        }
        assert [gap.cases for gap in found if gap.kind == "介護・看護"] == [[alone]]
        draw_tie(by=here.actor, case=alone, name="地域の見守り", strength="plain", flow="both")
        assert sum(gap.bare for gap in gaps_of(here.organisation)) == 1


def test_what_has_settled_and_what_is_closed_lacks_nothing(here: Any) -> None:
    with acting_as(here.actor):
        case = family(here, "care")
        settled = dt.date(2026, 5, 1)
        note_need(by=here.actor, case=case, words="家計", noted_on=settled, settled_on=settled)
        assert [counted(gap) for gap in gaps_of(here.organisation)] == [("介護・看護", 1, 1, 1, 1)]
        close_case(by=here.actor, case=case, on=case.received_on, reason="wish")
        assert gaps_of(here.organisation) == []


def test_the_page_shows_figure_table_and_the_cases_to_those_who_coordinate(here: Any, client_of: Any) -> None:
    """002-26."""
    page = "/cases/gaps/"
    assert client_of(here.staff).get(page).status_code == 404
    Membership.objects.create(
        staff=here.staff, organisation=here.organisation, role=Role.COORDINATOR, starts_on=dt.date(2020, 4, 1)
    )
    client = client_of(here.staff)
    assert "まだ書かれていません" in client.get(page).content.decode()
    with acting_as(here.actor):
        case = family(here, "care")
    shown = client.get(page).content.decode()
    for words in ("介護・看護：つなぎ先がない 1件", case.number, "<svg", "うち家族"):
        assert words in shown, words
