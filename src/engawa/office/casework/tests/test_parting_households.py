"""Two households that were found to be one are two again, each as it was (X-04)."""

import datetime as dt
from typing import Any

import pytest

from engawa.office.access.actors import COMMAND, KEEPER, NotAllowed
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case, CaseSearch
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.households.models import Household, LifeEventKind, Member, Need, Relation, Secret
from engawa.office.casework.maps.actions.family import add_member, correct_member, relate, unrelate
from engawa.office.casework.maps.actions.household import describe_household, join_household
from engawa.office.casework.maps.actions.life import note_need, record_event
from engawa.office.casework.maps.actions.parting import part_household
from engawa.office.casework.maps.actions.secrets import keep_secret
from engawa.office.casework.maps.actions.ties import draw_tie
from engawa.office.casework.maps.models import Joining, Tie
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.casework.timeline.models import Contact

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 10)


@pytest.fixture
def second(here: Any) -> Case:
    """A case with a family, of whom all sorts of things are known."""
    with acting_as(here.actor):
        made = open_case(by=here.actor, desk=here.desk, requester="self", name="弟の名")
        told: Any = {"by": here.actor, "case": made}
        describe_household(**told, name="南の家", note="夜ふかし")
        mother = add_member(**told, as_="mother", name="南 みどり")
        own = made.member
        correct_member(**told, member=own, occupation="新聞配達")
        note_need(**told, member=own, words="眠れない")
        note_need(**told, member=None, words="家賃")
        moved = LifeEventKind.objects.get(code="hospitalised")
        record_event(**told, member=mother, kind=moved, on=DAY, words="骨折")
        keep_secret(**told, member=own, kind="whereabouts", words="駅の北の友人宅")
        draw_tie(**told, member=own, name="新聞店", strength="strong", flow="both")
        record_contact(**told, on=DAY, method="visit", counterpart="self", members=[own.pk, mother.pk])
        return Case.objects.get(pk=made.pk)


@pytest.fixture
def brother(here: Any, case: Case) -> Member:
    """The same man as the other family knows him."""
    with acting_as(here.actor):
        describe_household(by=here.actor, case=case, name="", note="持ち家")
        return add_member(by=here.actor, case=case, as_="younger_brother", called="弟")


def standing() -> dict[str, list[dict[str, Any]]]:
    """Every row of every household, and what names a member."""
    with acting_as(KEEPER):
        models: tuple[Any, ...] = (Household, Member, Relation, Need, Secret, Tie)
        found = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
        found["Household"] = [row | {"begun_at": None} for row in found["Household"]]
        found["contacts"] = list(Contact.objects.order_by("pk").values("case", "members"))
        found["cases"] = list(Case.objects.order_by("pk").values("household", "member", "person"))
        found["search"] = list(CaseSearch.objects.order_by("pk").values("text", "family"))
        return found


def the_joining() -> Joining:
    with acting_as(KEEPER):
        return Joining.objects.get()


@pytest.mark.parametrize("known", [True, False])
def test_both_households_are_as_they_were_when_they_are_parted(
    here: Any, case: Case, second: Case, brother: Member, client_of: Any, *, known: bool
) -> None:
    before, left = standing(), second.household_id
    with acting_as(here.actor):
        join_household(by=here.actor, case=second, other=case, member=brother if known else None)
    assert standing() != before
    browser, base = client_of(here.staff), f"/cases/{second.number}/family/"
    url = f"{base}joinings/{the_joining().pk}/part/"
    assert url in browser.get(base).content.decode()
    assert url not in browser.get(f"/cases/{case.number}/family/").content.decode(), "whoever moved goes back"
    assert browser.post(url, {"reason": " "}).status_code == 422
    assert browser.post(url, {"reason": "同じ名字の別の家"}).status_code == 302
    after = standing()
    for what, rows in before.items():
        changed = [(row, now) for row, now in zip(rows, after[what], strict=True) if row != now]
        assert [{key: (row[key], now[key]) for key in row if row[key] != now[key]} for row, now in changed] == [], what
    page = browser.get(base).content.decode()
    assert ("同じ名字の別の家" in page, "南の家" in page, url in page) == (True, True, False)
    assert "すでに分けられています" in browser.post(url, {"reason": "もう一度"}).content.decode()
    with acting_as(KEEPER):
        assert Entry.objects.get(deed="casework.part_household").case_id == second.pk
        past = Member.objects.get(cases=second).events.values_list("household", flat=True)
        assert set(past) == {left}


def test_what_was_written_since_stays_and_what_is_about_both_sides_stops_the_parting(
    here: Any, there: Any, case: Case, second: Case, brother: Member
) -> None:
    with acting_as(here.actor):
        join_household(by=here.actor, case=second, other=case, member=brother)
        told: Any = {"by": here.actor, "case": second}
        aunt = add_member(**told, called="おば")
        south = Member.objects.get(name="南 みどり")
        bond = relate(**told, one=aunt, other=south, kind="relative", words="姉妹")
        note_need(by=here.actor, case=case, member=south, words="介護")
    with acting_as(here.actor):
        with pytest.raises(NotPossible, match="両方にかかわる"):
            part_household(**told, joining=the_joining(), reason="別の家")
        unrelate(**told, relation=bond)
        part_household(**told, joining=the_joining(), reason="別の家")
        for one in (case, second):
            one.refresh_from_db()
        assert Member.objects.get(pk=aunt.pk).household_id == case.household_id
        assert Need.objects.get(words="介護").household_id == second.household_id
        join_household(by=here.actor, case=second, other=case, member=brother)
        assert Joining.objects.count() == 2, "once more is always possible"


def test_who_does_not_hold_the_case_parts_nothing(here: Any, there: Any, case: Case, second: Case) -> None:
    with acting_as(COMMAND):
        theirs = open_case(by=COMMAND, desk=there.desk, requester="self", name="別の人")
        join_household(by=COMMAND, case=second, other=theirs, member=None)
        joining = Joining.objects.get()
    with acting_as(there.actor):
        assert Joining.objects.get() == joining, "their household, too"
        with pytest.raises(NotAllowed):
            part_household(by=there.actor, case=second, joining=joining, reason="別の家")
        with pytest.raises(NotAllowed):
            part_household(by=there.actor, case=theirs, joining=joining, reason="別の家")
    with acting_as(here.actor):
        part_household(by=here.actor, case=second, joining=joining, reason="別の家")
