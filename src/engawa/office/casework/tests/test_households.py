"""Households: who belongs to them, how they are related, what troubles them, what happens in them."""

import datetime as dt
from typing import Any

import pytest

from engawa.kernel import clock
from engawa.office.access.actions import grant
from engawa.office.access.actors import COMMAND, KEEPER, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.casework.cases.actions import edit_facts, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.queries import find_cases
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.households.models import Household, LifeEventKind, Member, NeedKind, Relation
from engawa.office.casework.households.privacy import NEED
from engawa.office.casework.maps.actions.family import (
    add_member,
    correct_member,
    correct_relation,
    relate,
    remove_member,
    unrelate,
)
from engawa.office.casework.maps.actions.household import describe_household, join_household
from engawa.office.casework.maps.actions.life import correct_event, note_need, record_event
from engawa.office.casework.maps.actions.ties import draw_tie
from engawa.office.casework.maps.drawings import family_map, support_map
from engawa.office.casework.maps.people import people_of
from engawa.office.casework.maps.queries import household_of, other_cases, relations_of, version_of
from engawa.office.casework.timeline.sources import Wish, timeline_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 1)


@pytest.fixture
def acting(here: Any) -> Any:
    with acting_as(here.actor):
        yield here.actor


def give_right(to: Any, case: Case, *parts: str) -> None:
    with acting_as(KEEPER):
        said = {"basis": "consent", "reason": "本人の同意", "ends_at": clock.now() + dt.timedelta(days=30)}
        grant(by=COMMAND, case_id=case.pk, organisation=to.organisation, parts=[Part(one) for one in parts], **said)


def links(case: Case) -> set[tuple[str, str, str]]:
    """Relations as (who, kind, whom) by what they are called; the 本人 is called nothing."""
    case.refresh_from_db()
    return {(one.one.called, one.kind, one.other.called) for one in relations_of(case)}


def test_a_mother_alone_begins_a_household_with_the_nameless_person(acting: Any, case: Case) -> None:
    """002-26: a family-only case whose 本人 has no name is a full case, with its family map."""
    add_member(by=acting, case=case, as_="mother", lives_here=True)
    assert links(case) == {("母", "parent", "")}
    mother, own = sorted(household_of(acting, case), key=lambda one: one.own)
    assert (mother.sex, own.member.pk, own.name) == ("2", case.member_id, "")
    drawing = family_map(acting, case, day=DAY)
    assert drawing.sentences == [
        "本人：同居。",
        "母：女、同居。",
        "本人は母の子（実子）。",
        "いっしょに暮らしているのは本人、母。",
    ]


def test_whoever_is_added_for_somebody_becomes_their_kin(acting: Any, case: Case) -> None:
    father = add_member(by=acting, case=case, as_="father")
    grandmother = add_member(by=acting, case=case, as_="mother", of=father, called="祖母")
    wife = add_member(by=acting, case=case, as_="wife", of=father, called="母")
    brother = add_member(by=acting, case=case, as_="older_brother")
    add_member(by=acting, case=case, as_="daughter", of=brother, called="姪")
    add_member(by=acting, case=case, called="民生委員の近所の人")
    assert links(case) == {
        *[("父", "parent", ""), ("父", "parent", "兄"), ("祖母", "parent", "父"), ("父", "married", "母")],
        ("兄", "parent", "姪"),
    }
    assert {grandmother.household_id, wife.household_id} == {case.household_id}


def test_siblings_share_their_parents_who_may_be_known_by_nothing_and_stand_by_birth(acting: Any, case: Case) -> None:
    add_member(by=acting, case=case, as_="younger_sister")
    add_member(by=acting, case=case, as_="older_brother")
    assert links(case) == {(parent, "parent", child) for parent in ("父", "母") for child in ("", "妹", "兄")}
    children = Member.objects.filter(birth_order__isnull=False).order_by("birth_order")
    assert [child.called for child in children] == ["兄", "", "妹"]
    assert "きょうだいは、年の順に兄、本人、妹。" in family_map(acting, case, day=DAY).sentences


def test_a_child_of_a_couple_is_the_child_of_both(acting: Any, case: Case) -> None:
    wife = add_member(by=acting, case=case, as_="wife")
    add_member(by=acting, case=case, as_="son", of=wife)
    assert links(case) == {("", "married", "妻"), ("", "parent", "息子"), ("妻", "parent", "息子")}


@pytest.mark.parametrize(
    ("kind", "ends", "told"),
    [
        ("parent", ("息子", "母"), "もう書かれています"),
        ("parent", ("母", "母"), "同じ人"),
        ("parent", ("孫", "母"), "逆"),
        ("parent", ("他人", "息子"), "2人まで"),
    ],
)
def test_relations_that_cannot_be_are_refused_in_words(
    acting: Any, case: Case, kind: str, ends: tuple[str, str], told: str
) -> None:
    mother = add_member(by=acting, case=case, called="母")
    son = add_member(by=acting, case=case, as_="son", of=mother)
    add_member(by=acting, case=case, as_="father", of=son)
    add_member(by=acting, case=case, as_="child", of=son, called="孫")
    add_member(by=acting, case=case, called="他人")
    who = {member.called: member for member in Member.objects.all()}
    with pytest.raises(NotPossible, match=told):
        relate(by=acting, case=case, one=who[ends[0]], other=who[ends[1]], kind=kind)


def test_a_divorce_and_an_adoption_are_written_and_what_stood_before_is_kept(acting: Any, case: Case) -> None:
    mother = add_member(by=acting, case=case, as_="mother")
    father = add_member(by=acting, case=case, as_="father")
    couple = relate(by=acting, case=case, one=father, other=mother, kind="married", since_year=1970)
    correct_relation(by=acting, case=case, relation=couple, ending="divorced", until_year=1999)
    for wrong in ({"until_year": 1960}, {"since_year": 1600}, {"until_year": 2999}):
        with pytest.raises(NotPossible, match="年"):
            correct_relation(by=acting, case=case, relation=couple, **wrong)
    said = family_map(acting, case, day=DAY).sentences
    assert "父と母は夫婦（婚姻）（1970–1999）。いまは離婚・離別。" in said
    assert [past.ending for past in Relation.objects.get(pk=couple.pk).events.all()] == [""]
    unrelate(by=acting, case=case, relation=couple)
    assert not Relation.objects.filter(pk=couple.pk).exists()


def test_of_two_who_correct_a_member_at_once_the_second_is_told(acting: Any, case: Case) -> None:
    mother = add_member(by=acting, case=case, as_="mother")
    seen = version_of(mother)
    correct_member(by=acting, case=case, member=mother, seen=seen, name="花子")
    with pytest.raises(NotPossible, match="先に直しました"):
        correct_member(by=acting, case=case, member=mother, seen=seen, name="春子")
    assert [past.name for past in Member.objects.get(pk=mother.pk).events.all()] == [""]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"birth_date": dt.date(2999, 1, 1)}, "先の日付"),
        ({"died_on": dt.date(2999, 1, 1)}, "先の日付"),
        ({"birth_date": dt.date(2000, 1, 1), "died_on": dt.date(1999, 1, 1)}, "生まれた日より前"),
        ({"age_years": 121}, "0から120"),
    ],
)
def test_lives_that_cannot_be_are_refused_in_words(acting: Any, case: Case, facts: dict[str, Any], told: str) -> None:
    with pytest.raises(NotPossible, match=told):
        add_member(by=acting, case=case, as_="mother", **facts)


def test_the_person_of_a_case_cannot_be_taken_out_but_a_mistake_can(acting: Any, case: Case) -> None:
    aunt = add_member(by=acting, case=case, called="叔母")
    case.refresh_from_db()
    with pytest.raises(NotPossible, match="本人は、世帯から消せません"):
        remove_member(by=acting, case=case, member=case.member)  # type: ignore[arg-type] # the household has begun
    remove_member(by=acting, case=case, member=aunt)
    assert [one.own for one in household_of(acting, case)] == [True]


def test_a_stranger_reaches_nobody_of_a_household(here: Any, there: Any, case: Case) -> None:
    with acting_as(here.actor):
        mother = add_member(by=here.actor, case=case, as_="mother")
    with acting_as(there.actor):
        own = open_case(by=there.actor, desk=there.desk, requester="family")
        add_member(by=there.actor, case=own, as_="mother")
        with pytest.raises(NotAllowed):
            add_member(by=there.actor, case=case, as_="father")
        with pytest.raises(NotAllowed):
            correct_member(by=there.actor, case=own, member=mother, name="盗み見")
        with pytest.raises(NotAllowed):
            draw_tie(by=there.actor, case=own, member=mother, name="よそ")


def test_a_household_has_several_members_each_with_needs_and_supporters(acting: Any, case: Case) -> None:
    """003-25: one household, several members, each with what troubles them and who carries them."""
    mother = add_member(by=acting, case=case, as_="mother")
    case.refresh_from_db()
    care, money = (NeedKind.objects.get(code=code) for code in ("care", "poverty"))
    note_need(by=acting, case=case, member=mother, kind=care, words="ひとりでは風呂がこわい")
    note_need(by=acting, case=case, member=case.member, words="夜ねむれない")
    note_need(by=acting, case=case, kind=money)
    draw_tie(by=acting, case=case, member=mother, name="ケアマネジャー", strength="strong", flow="in")
    draw_tie(by=acting, case=case, member=case.member, name="猫", strength="strong", flow="both")
    draw_tie(by=acting, case=case, name="自治会", strength="cut")
    draw_tie(by=acting, case=case, member=mother, name="隣の家", strength="strained")
    draw_tie(by=acting, case=case, member=mother, name="パチンコ", strength="strong", flow="out")
    people = people_of(acting, case, clock.today())
    told = {(one.called, str(one.needs[0].kind or one.needs[0].words), tuple(one.supporters)) for one in people}
    assert {(called, supporters) for called, _need, supporters in told} == {
        *[("本人", ("猫",)), ("母", ("ケアマネジャー",)), ("", ())],
    }
    with pytest.raises(NotPossible, match="ことばで書いて"):
        note_need(by=acting, case=case, member=mother)


def siblings_case(house: Any, name: str) -> Case:
    with acting_as(house.actor):
        return open_case(by=house.actor, desk=house.desk, requester="self", name=name, lead=house.staff)


def test_cases_share_a_household_and_each_finds_the_other_only_where_it_may_be_seen(
    here: Any, there: Any, case: Case
) -> None:
    """003-25, X-02: one coordination for the household; the walls between cases stay."""
    second, third = siblings_case(here, "弟の名"), siblings_case(there, "妹の名")
    with acting_as(here.actor):
        brother = add_member(by=here.actor, case=case, as_="younger_brother")
        describe_household(by=here.actor, case=second, name="", note="夜ふかし")
        join_household(by=here.actor, case=second, other=case, member=brother)
    with acting_as(COMMAND):
        join_household(by=COMMAND, case=third, other=case, member=None)
        assert Household.objects.count() == 1
    with acting_as(here.actor):
        case.refresh_from_db()
        second.refresh_from_db()
        assert [one.number for one in other_cases(here.actor, case)] == [second.number]
        assert second.member == brother
        assert case.household is not None
        assert case.household.note == "夜ふかし"
        own = {one.name for one in household_of(here.actor, second) if one.own}
        assert own == {"", "弟の名"}
        with pytest.raises(NotPossible, match="もう同じ世帯"):
            join_household(by=here.actor, case=second, other=case, member=None)
    with acting_as(there.actor):
        third.refresh_from_db()
        assert not other_cases(there.actor, third).exists()
        names = {one.name for one in household_of(there.actor, third)}
        assert names == {"妹の名", ""}, "the brother's own name stays behind the wall of his case"


def test_a_case_whose_household_others_share_is_not_torn_out_of_it(here: Any, case: Case) -> None:
    second, third = siblings_case(here, "二"), siblings_case(here, "三")
    with acting_as(here.actor):
        join_household(by=here.actor, case=second, other=case, member=None)
        with pytest.raises(NotPossible, match="ほかのケースがあります"):
            join_household(by=here.actor, case=second, other=third, member=None)
        case.refresh_from_db()
        with pytest.raises(NotPossible, match="ほかのケースの本人"):
            join_household(by=here.actor, case=third, other=case, member=case.member)


def test_whoever_reads_a_case_for_a_time_does_not_make_that_last_by_joining_households(
    here: Any, there: Any, case: Case
) -> None:
    """X-01: joining lets both houses see both families for good, so both cases must be one's own."""
    theirs = siblings_case(there, "避難 花子")
    with acting_as(there.actor):
        add_member(by=there.actor, case=theirs, as_="mother", name="避難 よし", whereabouts="シェルター")
        until = clock.now() + dt.timedelta(days=1)
        said = {"basis": "urgent", "organisation": here.organisation, "reason": "支援会議", "ends_at": until}
        grant(by=COMMAND, case_id=theirs.pk, **said)
    with acting_as(here.actor):
        seen = Case.objects.get(pk=theirs.pk)
        for moving, staying in ((case, seen), (seen, case)):
            with pytest.raises(NotAllowed):
                join_household(by=here.actor, case=moving, other=staying, member=None)


def kind(code: str) -> LifeEventKind:
    return LifeEventKind.objects.get(code=code)


def alerts_of(staff: Any) -> list[str]:
    with acting_as(KEEPER):
        return list(Alert.objects.filter(staff=staff, kind="casework.life_event").values_list("title", flat=True))


def test_the_lead_is_told_when_the_parent_is_taken_to_hospital(
    here: Any, there: Any, another_pair: Any, case: Case
) -> None:
    """003-27: an event of life is the moment to be in touch, and the lead of each case of the household hears of it."""
    third = siblings_case(there, "妹")
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, lead=here.staff)
    with acting_as(COMMAND):
        join_household(by=COMMAND, case=third, other=case, member=None)
    with acting_as(another_pair):
        mother = add_member(by=another_pair, case=case, as_="mother")
        said = {"member": mother, "kind": kind("hospitalised"), "on": clock.today()}
        record_event(by=another_pair, case=case, key=mother.pk, **said)
        record_event(by=another_pair, case=case, key=mother.pk, **said)
    assert alerts_of(here.staff) == [
        f"ケース {case.number} の世帯に出来事がありました（入院）。声をかける時機かもしれません"
    ]
    assert [third.number in title for title in alerts_of(there.staff)] == [True]
    with acting_as(here.actor):
        record_event(by=here.actor, case=case, **said)
    assert len(alerts_of(here.staff)) == 1, "who writes it down need not be told"
    assert len(alerts_of(there.staff)) == 2


def test_a_death_changes_the_map_and_the_timeline_tells_it(acting: Any, case: Case) -> None:
    mother = add_member(by=acting, case=case, as_="mother", birth_date=dt.date(1940, 1, 1))
    died = record_event(by=acting, case=case, member=mother, kind=kind("died"), on=dt.date(2026, 1, 3), words="静かに")
    mother.refresh_from_db()
    assert (mother.deceased, mother.died_on, mother.lives_here) == (True, dt.date(2026, 1, 3), False)
    assert "母：女、86歳、2026年に亡くなった。" in family_map(acting, case, day=DAY).sentences
    story = timeline_of(acting, case, Wish(most=10, kind="life"))
    assert [(moment.title, moment.body) for moment in story] == [("母：死亡", "静かに")]
    correct_event(by=acting, case=case, event=died, on=dt.date(2026, 1, 4))
    mother.refresh_from_db()
    assert mother.died_on == dt.date(2026, 1, 4)


def test_who_moves_out_and_back_is_drawn_so(acting: Any, case: Case) -> None:
    father = add_member(by=acting, case=case, as_="father")
    for code, home in (("moved_out", False), ("moved_in", True), ("ill", True)):
        record_event(by=acting, case=case, member=father, kind=kind(code), on=DAY)
        father.refresh_from_db()
        assert father.lives_here is home, code


@pytest.mark.parametrize(
    ("code", "on", "told"), [("hospitalised", dt.date(2999, 1, 1), "先の日付"), ("died", DAY, "だれのこと")]
)
def test_events_that_cannot_be_are_refused_in_words(acting: Any, case: Case, code: str, on: dt.date, told: str) -> None:
    with pytest.raises(NotPossible, match=told):
        record_event(by=acting, case=case, kind=kind(code), on=on)


def test_both_maps_are_drawn_for_paper_without_links_or_inks_of_the_page(acting: Any, case: Case) -> None:
    mother = add_member(by=acting, case=case, as_="mother", name="<b>山田</b>")
    draw_tie(by=acting, case=case, member=mother, name="釣り仲間", strength="strained", flow="in")
    case.refresh_from_db()
    for drawing in (family_map(acting, case, paper=True), support_map(acting, case, paper=True)):
        assert drawing.svg.startswith("<svg")
        assert "var(" not in drawing.svg
        assert "<a " not in drawing.svg
        assert "&lt;b&gt;山田" in drawing.svg
        assert "<b>" not in drawing.svg
    assert "<b>山田</b>と釣り仲間のつながりはぎくしゃくしている、力は相手から。" in support_map(acting, case).sentences


def test_a_need_that_had_words_alone_can_be_stored_without_them(acting: Any, case: Case) -> None:
    need = note_need(by=acting, case=case, words="夜ねむれない")
    NEED.scrub(need)
    need.save()
    need.refresh_from_db()
    assert need.words == "－"


@pytest.mark.parametrize("typed", ["山田花子", "やまだ はなこ", "はなこ"])
def test_a_family_only_case_is_found_by_the_name_of_the_mother_who_calls(acting: Any, case: Case, typed: str) -> None:
    """002-26: whoever asks for somebody nameless is found by their own name, and no longer when they are taken out."""
    mother = add_member(by=acting, case=case, as_="mother", name="山田 花子", reading="やまだ はなこ")
    assert find_cases(acting, typed) == [case]
    correct_member(by=acting, case=case, member=mother, name="林 花", reading="はやし はな")
    assert (find_cases(acting, typed), find_cases(acting, "はやし")) == ([], [case])
    remove_member(by=acting, case=case, member=mother)
    assert find_cases(acting, "はやし") == []


def test_names_of_the_household_find_every_case_of_it_for_those_who_see_its_family(
    here: Any, there: Any, case: Case
) -> None:
    """X-01: a case that is shared without its family is not found by the names in it."""
    with acting_as(here.actor):
        sister = open_case(by=here.actor, desk=here.desk, requester="family")
        add_member(by=here.actor, case=case, as_="mother", name="山田 花子")
        join_household(by=here.actor, case=sister, other=case, member=None)
        assert set(find_cases(here.actor, "山田")) == {case, sister}
    give_right(there, case, "plans")
    give_right(there, sister, "family")
    with acting_as(there.actor):
        assert find_cases(there.actor, "山田") == [sister]
        assert set(find_cases(there.actor, "よりそい")) == {case, sister}


def test_nobody_stands_in_a_joined_household_twice(here: Any, acting: Any, case: Case) -> None:
    """Whoever is there already becomes one with the 本人 that they are, or is refused in words."""
    brother = add_member(by=acting, case=case, as_="younger_brother")
    second = open_case(by=acting, desk=here.desk, requester="self", name="弟の名")
    add_member(by=acting, case=second, as_="mother")
    Member.objects.filter(pk=brother.pk).update(person=second.person)
    with pytest.raises(NotPossible, match="その世帯での本人の呼び名"):
        join_household(by=acting, case=second, other=case, member=None)
    brother.refresh_from_db()
    join_household(by=acting, case=second, other=case, member=brother)
    assert (second.member, second.household) == (brother, case.household)
    assert Member.objects.filter(person=second.person).count() == 1
