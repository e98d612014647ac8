"""The support team of a case."""

import datetime as dt
from typing import Any

import pytest

from engawa.office.access.actors import NotAllowed
from engawa.office.access.models import Organisation
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.maps.actions.team import change_part, join_team, strike_agency
from engawa.office.casework.maps.models import Agency
from engawa.office.casework.maps.queries import other_agencies, team_of

pytestmark = pytest.mark.django_db
MAY, JUNE = dt.date(2026, 5, 1), dt.date(2026, 6, 1)


def test_only_agencies_other_than_the_holder_count_as_others_and_only_while_they_are_in(here: Any, case: Case) -> None:
    """002-05: whether a worker is alone with a case can be asked for any day."""
    with acting_as(here.actor):
        join_team(by=here.actor, case=case, organisation=here.organisation, role="lead", since=MAY)
        assert not other_agencies(case, JUNE).exists()
        clinic = join_team(by=here.actor, case=case, name="みどり診療所", since=JUNE, role="informing")
        assert [agency.called for agency in other_agencies(case, JUNE)] == ["みどり診療所"]
        assert not other_agencies(case, MAY).exists()
        change_part(by=here.actor, agency=clinic, until=JUNE)
        assert not other_agencies(case, JUNE + dt.timedelta(days=1)).exists()
        assert [agency.role for agency in team_of(case, JUNE)] == ["lead", "informing"]


def test_a_team_has_one_lead_at_a_time_and_nobody_twice(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        join_team(by=here.actor, case=case, name="甲", role="lead", since=MAY, until=JUNE)
        for wrong, told in (
            ({"name": "乙", "role": "lead", "since": JUNE}, "主担当は甲です"),
            ({"name": "甲", "since": MAY}, "すでに支援チームにいます"),
            ({"name": " ", "since": MAY}, "名称を書いてください"),
            ({"name": "丙", "since": JUNE, "until": MAY}, "はじまりの日より前"),
        ):
            with pytest.raises(NotPossible, match=told):
                join_team(by=here.actor, case=case, **wrong)
        join_team(by=here.actor, case=case, name="乙", role="lead", since=JUNE + dt.timedelta(days=1))
        assert Agency.objects.count() == 2


def test_what_an_agency_was_before_a_change_is_kept_also_when_it_was_a_mistake(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        agency = join_team(by=here.actor, case=case, name="甲", since=MAY)
        change_part(by=here.actor, agency=agency, role="watching")
        strike_agency(by=here.actor, agency=agency)
        past = Agency._meta.apps.get_model("casework", "AgencyPast").objects.order_by("pgh_id")
        assert [(row.pgh_label, row.role) for row in past] == [
            ("update", "cooperating"),
            ("delete", "watching"),
        ]


def test_a_stranger_sees_no_team_and_cannot_write_one(here: Any, there: Any, case: Case) -> None:
    with acting_as(here.actor):
        agency = join_team(by=here.actor, case=case, organisation=there.organisation, since=MAY)
    with acting_as(there.actor):
        assert not Agency.objects.exists()
        with pytest.raises(NotAllowed):
            join_team(by=there.actor, case=case, name="乙", since=MAY)
        with pytest.raises(NotAllowed):
            change_part(by=there.actor, agency=agency, role="lead")


def test_joining_twice_with_one_key_makes_one(here: Any, case: Case, ward: Organisation) -> None:
    with acting_as(here.actor):
        key = case.pk
        first = join_team(by=here.actor, case=case, key=key, organisation=ward, since=MAY)
        assert join_team(by=here.actor, case=case, key=key, organisation=ward, since=MAY) == first
