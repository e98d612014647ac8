"""Likely duplicates with their why, merging two records of one person, and splitting them again."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.queries import find_cases
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.identity.actions import keep_name, merge_with, split
from engawa.office.casework.identity.models import Merge
from engawa.office.casework.identity.queries import likely_people, shown_of
from engawa.office.casework.people.models import Mark, Person
from engawa.office.casework.people.rules import Known

pytestmark = pytest.mark.django_db
BORN = dt.date(1984, 5, 1)


def opened(house: Any, **facts: Any) -> Case:
    with acting_as(house.actor):
        return open_case(by=house.actor, desk=house.desk, requester="family", **facts)


def reread(case: Case) -> Case:
    return Case.objects.select_related("person", "organisation").get(pk=case.pk)


@pytest.fixture
def first(here: Any) -> Case:
    facts = {"name": "髙橋 健一", "reading": "たかはし けんいち", "birth_date": BORN, "address": "左京区"}
    return opened(here, received_on=dt.date(2021, 5, 1), **facts)


@pytest.fixture
def second(here: Any) -> Case:
    facts = {"name": "高橋健一", "phone": "075-123-4567", "handle": "ねこ"}
    return opened(here, received_on=dt.date(2026, 5, 1), **facts)


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (Known(reading="タカハシケンイチ", birth_date=BORN), "よみが同じ（たかはし けんいち）"),
        (Known(name="高橋 健一", birth_date=BORN), "名前のちがいは漢字や書き方だけ（高橋 健一／髙橋 健一）"),
        (Known(name="髙橋 健一"), "名前が同じ（髙橋 健一）"),
        (Known(name="鈴木", others=("たかはし けんいち",), birth_date=BORN), "生年月日が同じ（1984-05-01）"),
    ],
)
def test_who_may_be_the_same_is_shown_with_why_and_with_their_cases(
    here: Any, first: Case, known: Known, why: str
) -> None:
    """X-04: likely duplicates on entry."""
    with acting_as(here.actor):
        (alike,) = likely_people(here.actor, known)
        assert why in [reason.words for reason in alike.likeness.reasons]
        assert alike.cases == [first]


def test_nobody_is_alike_to_the_nameless_or_across_the_wall(here: Any, there: Any, first: Case) -> None:
    with acting_as(here.actor):
        assert likely_people(here.actor, Known(birth_date=BORN)) == []
        assert likely_people(here.actor, first.person.known(), beside=first.person) == []
    with acting_as(there.actor):
        assert likely_people(there.actor, Known(name="髙橋 健一", birth_date=BORN)) == []


def test_looking_for_duplicates_asks_the_same_number_of_questions_however_many_there_are(here: Any) -> None:
    known = Known(name="山田 花子", reading="やまだ はなこ", birth_date=BORN)

    def questions(more: int) -> int:
        for _place in range(more):
            opened(here, name="山田 花子", reading="やまだ はなこ", birth_date=BORN)
        with acting_as(here.actor), CaptureQueriesContext(connection) as counted:
            assert likely_people(here.actor, known)
        return len(counted)

    assert questions(1) == questions(8) <= 20


def test_a_merge_moves_the_cases_fills_what_was_missing_and_loses_nothing(here: Any, first: Case, second: Case) -> None:
    """X-04: later merge with audit; X-02: one person, two cases over the years."""
    with acting_as(here.actor):
        keep_name(by=here.actor, case=second, kind="former", name="渡辺 健一")
        merge = merge_with(by=here.actor, case=first, other=second, reason="母親に確かめた")
        kept, gone = reread(first).person, Person.objects.get(pk=merge.gone_id)
        assert kept == reread(second).person
        assert (kept.name, kept.phone, kept.birth_date) == ("髙橋 健一", "075-123-4567", BORN)
        assert (gone.name, gone.merged_into) == ("高橋健一", kept)
        assert (merge.by, merge.reason, merge.filled) == (here.staff, "母親に確かめた", ["phone"])
        assert "名前のちがいは漢字や書き方だけ（髙橋 健一／高橋健一）" in merge.why
        assert set(find_cases(here.actor, "渡辺")) == {first, second}
        assert shown_of(here.actor, reread(first), BORN).others == [second]
    with acting_as(KEEPER):
        assert Mark.objects.filter(person=kept).exists()
        assert not Mark.objects.filter(person=gone).exists()
        assert Entry.objects.filter(deed="casework.merge", case_id=first.pk).count() == 1


def test_a_split_gives_back_cases_and_facts_and_remembers_who_when_and_why(
    here: Any, first: Case, second: Case
) -> None:
    """X-04: split again with full history."""
    with acting_as(here.actor):
        merge = merge_with(by=here.actor, case=first, other=second, reason="同じ名前")
        later = open_case(by=here.actor, desk=here.desk, requester="self", person=reread(first).person)
        split(by=here.actor, case=first, merge=merge, reason="生年月日がちがった")
        one, other = reread(first).person, reread(second).person
        assert one != other
        assert (one.name, one.phone, one.birth_date) == ("髙橋 健一", "", BORN)
        assert (other.name, other.phone, other.merged_into) == ("高橋健一", "075-123-4567", None)
        assert reread(later).person == one
        row = Merge.objects.get()
        assert (row.split_by, row.split_reason, bool(row.split_at)) == (here.staff, "生年月日がちがった", True)
        assert find_cases(here.actor, "ねこ") == [second]
        with pytest.raises(NotPossible, match="すでに分けられて"):
            split(by=here.actor, case=first, merge=merge, reason="もう一度")
    with acting_as(KEEPER):
        assert Mark.objects.filter(person=other).exists()


def test_records_merged_one_after_the_other_come_apart_in_any_order(here: Any) -> None:
    cases = [opened(here, name=name) for name in ("山田 一", "山田 二", "山田 三")]
    with acting_as(here.actor):
        inner = merge_with(by=here.actor, case=cases[1], other=cases[0], reason="同じ")
        outer = merge_with(by=here.actor, case=cases[2], other=cases[1], reason="同じ")
        assert len({reread(case).person_id for case in cases}) == 1
        split(by=here.actor, case=cases[2], merge=inner, reason="ちがった")
        assert [reread(case).person.name for case in cases] == ["山田 一", "山田 三", "山田 三"]
        split(by=here.actor, case=cases[2], merge=outer, reason="ちがった")
        assert [reread(case).person.name for case in cases] == ["山田 一", "山田 二", "山田 三"]
        again = merge_with(by=here.actor, case=cases[0], other=cases[1], reason="やはり同じ")
        last = merge_with(by=here.actor, case=cases[2], other=cases[0], reason="やはり同じ")
        split(by=here.actor, case=cases[2], merge=last, reason="ちがった")
        assert [reread(case).person_id for case in cases] == [again.kept_id, again.kept_id, outer.kept_id]


def test_two_nameless_cases_can_be_said_to_be_one_person(here: Any) -> None:
    """000-06, X-04: the person stays nameless and is one all the same."""
    one, other = opened(here, handle="ねこ"), opened(here, handle="ねこやなぎ")
    with acting_as(here.actor):
        merge_with(by=here.actor, case=one, other=other, reason="話し方と事情が同じ")
        assert reread(one).person == reread(other).person
        assert reread(one).person.name == ""


def test_what_somebody_changed_after_the_merge_is_not_taken_back_by_the_split(
    here: Any, first: Case, second: Case
) -> None:
    with acting_as(here.actor):
        merge = merge_with(by=here.actor, case=first, other=second, reason="同じ")
        Person.objects.filter(pk=merge.kept_id).update(phone="090-1111-2222")
        split(by=here.actor, case=first, merge=merge, reason="ちがった")
        assert reread(first).person.phone == "090-1111-2222"


def test_a_merge_needs_a_reason_two_records_and_hands_off_the_cases_of_others(
    here: Any, there: Any, first: Case, second: Case
) -> None:
    """X-01: nobody moves a case that another organisation holds."""
    foreign = opened(there, name="髙橋 健一")
    with acting_as(here.actor):
        with pytest.raises(NotPossible, match="理由"):
            merge_with(by=here.actor, case=first, other=second, reason=" ")
        with pytest.raises(NotPossible, match="すでに同じ人"):
            merge_with(by=here.actor, case=first, other=first, reason="同じ")
    with acting_as(KEEPER):
        shared = open_case(by=KEEPER, desk=here.desk, requester="self", person=foreign.person)
        foreign_again = open_case(by=KEEPER, desk=there.desk, requester="self", person=first.person)
    with acting_as(here.actor), pytest.raises(NotPossible, match="担当していないケース"):
        merge_with(by=here.actor, case=first, other=shared, reason="同じ")
    with acting_as(KEEPER):
        assert Case.objects.get(pk=foreign_again.pk).person == first.person
