"""Erasing reaches people and households by every way that a case ever led to them, and nobody who lives on."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps

from engawa.kernel import clock
from engawa.kernel.fiscal import Period
from engawa.office.access.actors import KEEPER, STATISTICS
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import close_case, open_case
from engawa.office.casework.cases.models import Case, CaseState
from engawa.office.casework.households.actions import past_of_secrets
from engawa.office.casework.households.models import LifeEvent, LifeEventKind, Need, Relation, Secret
from engawa.office.casework.identity.actions import merge_with, take_name_back
from engawa.office.casework.intake.actions.people import index
from engawa.office.casework.maps.actions.family import add_member, remove_member
from engawa.office.casework.maps.actions.household import describe_household, join_household
from engawa.office.casework.maps.actions.secrets import correct_secret, keep_secret
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.casework.models import Destruction, DestructionItem
from engawa.office.casework.people.actions import keep_marks
from engawa.office.casework.people.models import Mark, OtherName, Person
from engawa.office.casework.people.rules import COUNTED
from engawa.office.casework.retention.actions import keeping
from engawa.office.statistics.queries import fill
from engawa.office.statistics.rules import TOTAL, Scope
from engawa.office.statistics.tables import PEOPLE_ONCE

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(2019, 5, 10)
AGREED = {"agreed_by": "self", "how": "phone"}


def opened(house: Any, **facts: Any) -> Case:
    return open_case(by=house.actor, desk=house.desk, requester="self", received_on=LONG_AGO, **facts)


def erase(case: Case) -> None:
    """Close the case and let the classes of its records that are due be erased, as an approved list would."""
    with acting_as(KEEPER):
        close_case(by=KEEPER, case=case, on=LONG_AGO, reason="moved")
        day = clock.now()
        who, of = {"made_by": Staff.objects.earliest("pk"), "made_at": day}, case.organisation
        made = Destruction.objects.create(organisation=of, given_up_at=day, **who)
        given = {"destruction": made, "case": case, "number": case.number, "record_class_id": "case"}
        item = DestructionItem.objects.create(**given, closed_on=LONG_AGO, due_on=LONG_AGO)
        keeping._settle(KEEPER, item)  # type: ignore[arg-type]
        assert item.outcome == DestructionItem.Outcome.ERASED


def name_of(person: Any) -> str:
    with acting_as(KEEPER):
        return Person.objects.get(pk=person).name


def test_a_name_that_was_taken_back_goes_with_the_case(here: Any) -> None:
    with acting_as(here.actor):
        case = opened(here, name="甲 太郎")
        gone = case.person_id
        OtherName.objects.create(person=case.person, kind="common", name="甲ちゃん")
        take_name_back(by=here.actor, case=case, **AGREED)
    erase(case)
    assert name_of(gone) == ""
    with acting_as(KEEPER):
        assert not OtherName.objects.filter(person=gone).exists()


def test_a_name_taken_back_that_another_case_can_still_give_again_is_kept_with_it(here: Any) -> None:
    with acting_as(here.actor):
        case = opened(here, name="甲 太郎")
        other = opened(here, person=case.person)
        for one in (case, other):
            take_name_back(by=here.actor, case=one, **AGREED)
        with acting_as(KEEPER):
            taken = Case.objects.get(pk=other.pk).steps.get(kind="name_taken_back").person_id
    erase(case)
    assert name_of(taken) == "甲 太郎"
    erase(other)
    assert name_of(taken) == ""


def test_a_name_taken_back_and_later_found_to_be_somebody_with_a_case_is_kept_with_them(here: Any) -> None:
    with acting_as(here.actor):
        case, other, living = (opened(here, name="甲 太郎"), opened(here), opened(here, name="甲 太郎"))
        gone, kept = case.person_id, living.person_id
        Case.objects.filter(pk=other.pk).update(person=gone)
        take_name_back(by=here.actor, case=case, **AGREED)
        merge_with(by=here.actor, case=other, other=living, reason="同じ人")
    with acting_as(KEEPER):
        names = set(Person.objects.filter(pk__in=[gone, kept]).values_list("name", flat=True))
    erase(case)
    erase(other)
    with acting_as(KEEPER):
        assert set(Person.objects.filter(pk__in=[gone, kept]).values_list("name", flat=True)) == names == {"甲 太郎"}
    erase(living)
    with acting_as(KEEPER):
        assert set(Person.objects.filter(pk__in=[gone, kept]).values_list("name", flat=True)) == {""}


def test_whoever_came_to_two_organisations_counts_once_also_after_their_records_were_erased(
    here: Any, there: Any
) -> None:
    """000-09: before, between and after; a namesake born on another day stays somebody else."""

    def people() -> object:
        scope = Scope(Period(dt.date(2019, 4, 1), dt.date(2020, 3, 31)), as_of=clock.today())
        with acting_as(STATISTICS):
            return fill(PEOPLE_ONCE, scope)[TOTAL, TOTAL]

    name, kana, born = {"name": "山田 花子"}, {"reading": "やまだ はなこ"}, {"birth_date": dt.date(1985, 4, 1)}
    cases = []
    for house, facts in ((here, name), (there, name | kana), (here, kana)):
        with acting_as(house.actor):
            cases.append(opened(house, **facts, **born))
    with acting_as(here.actor):
        opened(here, **name, birth_date=dt.date(1986, 4, 1))
    counts = [people()]
    erase(cases[1])  # whose facts alone told that all three are one
    counts.append(people())
    with acting_as(KEEPER):
        keep_marks(Person.objects.get(pk=cases[2].person_id))
        index([cases[0]])
    counts.append(people())
    erase(cases[0])
    erase(cases[2])
    assert [*counts, people()] == [2, 2, 2, 2]
    with acting_as(KEEPER):
        left = Mark.objects.filter(person__in=[case.person_id for case in cases]).values_list("mark", flat=True)
    assert not [mark for mark in left if not mark.startswith(COUNTED)]


PASTS = ("member", "relation", "need", "lifeevent", "household")


def past_texts() -> str:
    with acting_as(KEEPER):
        rows = [row for name in PASTS for row in apps.get_model("casework", f"{name}past").objects.values()]
    return str(rows)


def test_what_was_written_in_a_household_that_was_left_goes_with_the_one_that_was_joined(here: Any) -> None:
    with acting_as(here.actor):
        case, other = (opened(here, name="甲 太郎"), opened(here, name="乙 次郎"))
        mother = add_member(by=here.actor, case=case, as_="mother", name="秘密 よし", note="秘密の持病")
        gone = add_member(by=here.actor, case=case, as_="father", name="秘密 きち")
        about = {"household": case.household, "words": "秘密のことば"}
        need = Need.objects.create(noted_on=LONG_AGO, **about)
        event = LifeEvent.objects.create(kind=LifeEventKind.objects.earliest("position"), on=LONG_AGO, **about)
        relation = Relation.objects.get(one=mother)
        for one in (need, event, relation):
            for words in ("また秘密", ""):
                type(one).objects.filter(pk=one.pk).update(words=words or "おわり")
        for note in ("秘密のようす", ""):
            describe_household(by=here.actor, case=case, name="", note=note)
        remove_member(by=here.actor, case=case, member=gone)
        join_household(by=here.actor, case=case, other=other, member=None)
    assert past_texts().count("秘密") > len(PASTS)
    erase(case)
    assert "秘密" in past_texts()  # the household lives on with the other case
    erase(other)
    assert "秘密" not in past_texts()


def test_names_of_places_go_and_only_the_class_that_is_counted_stays(here: Any) -> None:
    with acting_as(here.actor):
        case = opened(here, name="甲 太郎", route="秘密医院の紹介")
        clinic = Agency.objects.create(case=case, name="秘密医院", since=LONG_AGO)
        house = Agency.objects.create(case=case, organisation=here.organisation, since=LONG_AGO)
        ties = [Tie.objects.create(case=case, name="秘密の喫茶店"), Tie.objects.create(case=case, agency=clinic)]
        Tie.objects.filter(pk=ties[0].pk).update(name="秘密の図書館")
        for place in ("秘密北保健福祉センター", "秘密医院"):
            CaseState.objects.create(case=case, effective_on=LONG_AGO, state="handed_over", destination=place)
    erase(case)
    with acting_as(KEEPER):
        rows = [list(model.objects.values()) for model in (Case, CaseState, Agency, Tie)]
        rows += [list(apps.get_model("casework", name).objects.values()) for name in ("casepast", "tiepast")]
        assert "秘密" not in str(rows)
        assert set(CaseState.objects.exclude(state="closed").values_list("destination", flat=True)) == {
            "保健福祉センター",
            "",
        }
        assert Agency.objects.get(pk=house.pk).name == Tie.objects.get(pk=ties[1].pk).name == ""


def test_what_was_secret_in_the_household_goes_with_its_last_case(here: Any) -> None:
    """Also what a secret said before, and that of a member who was taken out since."""
    with acting_as(here.actor):
        case = opened(here, name="甲 太郎")
        mother = add_member(by=here.actor, case=case, as_="mother")
        gone = add_member(by=here.actor, case=case, as_="father")
        secret = keep_secret(by=here.actor, case=case, member=mother, kind="whereabouts", words="丹後市1")
        correct_secret(by=here.actor, case=case, secret=secret, words="宮津市2")
        keep_secret(by=here.actor, case=case, member=gone, kind="name", words="隠れ 名")
        remove_member(by=here.actor, case=case, member=gone)
    erase(case)
    with acting_as(KEEPER):
        assert not Secret.objects.exists()
        assert not past_of_secrets().exists()
