"""What is known of a person: names as written, other names and addresses, and what stays secret."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from engawa.office.access.actors import KEEPER, Actor, NotAllowed
from engawa.office.access.models import Grant
from engawa.office.access.permissions import PERMISSIONS_OF, Role
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case, CaseSearch
from engawa.office.casework.cases.queries import find_cases, version_of
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.identity.actions import (
    drop_other,
    edit_person,
    give_name,
    keep_address,
    keep_name,
    keep_reach,
    merge_with,
    open_named,
)
from engawa.office.casework.identity.queries import likely_people, shown_of
from engawa.office.casework.people.models import Mark, OtherAddress, OtherName, OtherReach, Person
from engawa.office.casework.people.rules import Known

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def named(here: Any) -> Case:
    with acting_as(here.actor):
        facts = {"name": "髙橋 美咲", "reading": "たかはし みさき", "birth_date": dt.date(1984, 5, 1)}
        return open_named(by=here.actor, desk=here.desk, requester="self", agreed_by="self", how="phone", **facts)


def share(case: Case, with_whom: Any, *parts: str) -> None:
    with acting_as(KEEPER):
        Grant.objects.create(
            case_id=case.pk,
            organisation=with_whom.organisation,
            basis="consent",
            reason="同意",
            starts_at=dt.datetime(2026, 4, 1, tzinfo=dt.UTC),
            ends_at=dt.datetime(2099, 4, 1, tzinfo=dt.UTC),
            parts=["basics", *parts] if parts else None,
        )


@pytest.mark.parametrize(
    "typed", ["渡邊", "わたなべ", "ﾜﾀﾅﾍﾞ ﾐｻｷ", "高橋", "たかはし　みさき", "たかは", "ミイちゃん", "斉藤", "さいとう"]
)
def test_somebody_is_found_by_reading_variant_part_nickname_and_by_former_and_common_names(
    here: Any, named: Case, typed: str
) -> None:
    """X-08: 髙橋 is found as 高橋, 齋藤 as 斉藤, in any width and script."""
    with acting_as(here.actor):
        edit_person(by=here.actor, case=named, nickname="みいちゃん")
        keep_name(by=here.actor, case=named, kind="former", name="渡邉 美咲", reading="わたなべ みさき")
        keep_name(by=here.actor, case=named, kind="common", name="齋藤", reading="さいとう")
        assert find_cases(here.actor, typed) == [named]


def test_a_secret_name_is_in_no_search_no_mark_and_no_likeness(here: Any, named: Case) -> None:
    with acting_as(here.actor):
        keep_name(by=here.actor, case=named, kind="secret", name="避難 花子", reading="ひなん はなこ")
        keep_address(by=here.actor, case=named, kind="secret", address="丹後市避難町1")
        keep_reach(by=here.actor, case=named, kind="secret", reach="090-9876-5432")
        assert find_cases(here.actor, "ひなん") == find_cases(here.actor, "避難") == []
        assert not CaseSearch.objects.exists()  # not even for who holds the case: only the search itself reads it
        assert not Mark.objects.exists()
        assert "避難 花子" not in Person.objects.get().known().names
    with acting_as(KEEPER):
        assert "ヒナン" not in CaseSearch.objects.get().text
        assert Mark.objects.exists()
        assert not Mark.objects.filter(mark__contains="ヒナン").exists()
        assert not Mark.objects.filter(mark__contains="09098765432").exists()


def test_secret_things_show_to_the_holders_who_may_write_and_to_nobody_else(here: Any, there: Any, named: Case) -> None:
    """X-01: role × organisation × case: sharing the case does not share what is secret."""
    share(named, there)
    reader = Actor(here.staff.id, "見るだけ", {here.organisation.id: PERMISSIONS_OF[Role.PARTNER]})
    with acting_as(here.actor):
        keep_name(by=here.actor, case=named, kind="secret", name="避難 花子")
        keep_name(by=here.actor, case=named, kind="former", name="渡邉 美咲")
        keep_address(by=here.actor, case=named, kind="secret", address="丹後市避難町1")
        shown = shown_of(here.actor, named, TODAY)
        assert {one.name for one in shown.names} == {"避難 花子", "渡邉 美咲"}
        assert [one.address for one in shown.addresses] == ["丹後市避難町1"]
        assert {one.name for one in shown_of(reader, named, TODAY).names} == {"渡邉 美咲"}
    with acting_as(there.actor):
        shared = Case.objects.select_related("person").get()
        shown = shown_of(there.actor, shared, TODAY)
        assert ([one.name for one in shown.names], shown.addresses) == (["渡邉 美咲"], [])
        with pytest.raises(NotAllowed):
            keep_name(by=there.actor, case=shared, kind="secret", name="別の秘密")


def test_with_the_first_wall_taken_away_postgresql_still_hides_secret_rows_and_their_past(
    here: Any, there: Any, named: Case
) -> None:
    share(named, there)
    with acting_as(here.actor):
        name = keep_name(by=here.actor, case=named, kind="secret", name="避難 花子")
        keep_name(by=here.actor, case=named, kind="secret", name="避難 はな子", old=name)
        address = keep_address(by=here.actor, case=named, kind="secret", address="丹後市")
        drop_other(by=here.actor, case=named, old=address)
        reach = keep_reach(by=here.actor, case=named, kind="secret", reach="090-1111-2222")
        keep_reach(by=here.actor, case=named, kind="secret", reach="090-3333-4444", old=reach)
    with acting_as(there.actor), connection.cursor() as cursor:
        for table in ("othername", "othernamepast", "otheraddress", "otheraddresspast", "otherreach", "otherreachpast"):
            cursor.execute(f"SELECT count(*) FROM casework_{table}")  # noqa: S608 - our own table names
            assert cursor.fetchone() == (0,), table
    with acting_as(here.actor):
        assert [past.name for past in OtherName.objects.get().events.all()] == ["避難 花子"]


@pytest.mark.parametrize(
    ("parts", "names", "addresses"),
    [(("plans",), {"みさき"}, set()), (("family",), {"みさき", "渡邉 美咲"}, {"奈良市"})],
)
def test_a_common_name_shows_with_any_part_and_former_names_and_other_addresses_with_the_family(
    here: Any, there: Any, named: Case, parts: tuple[str, ...], names: set[str], addresses: set[str]
) -> None:
    """X-01: on the page, and with the first wall taken away."""
    share(named, there, *parts)
    with acting_as(here.actor):
        for kind, name in (("common", "みさき"), ("former", "渡邉 美咲"), ("secret", "避難 花子")):
            keep_name(by=here.actor, case=named, kind=kind, name=name)
        for kind, address in (("registered", "奈良市"), ("secret", "丹後市")):
            keep_address(by=here.actor, case=named, kind=kind, address=address)
        for kind, reach in (("through", "090-1111-2222"), ("secret", "hidden@example.jp")):
            keep_reach(by=here.actor, case=named, kind=kind, reach=reach)
    with acting_as(there.actor):
        shown = shown_of(there.actor, Case.objects.select_related("person").get(), TODAY)
        assert {one.name for one in shown.names} == set(OtherName.objects.values_list("name", flat=True)) == names
        there_is = set(OtherAddress.objects.values_list("address", flat=True))
        assert {one.address for one in shown.addresses} == there_is == addresses
        reached = set(OtherReach.objects.values_list("reach", flat=True))
        assert {one.reach for one in shown.reaches} == reached == ({"090-1111-2222"} if addresses else set())


def test_whoever_edits_without_the_family_gives_a_name_and_keeps_no_other_names(
    here: Any, there: Any, case: Case
) -> None:
    """X-01: the step shows who agreed, to whoever sees the name."""
    share(case, there, "plans")
    with acting_as(there.actor):
        give_name(by=there.actor, case=case, called={"name": "山田"}, agreed_by="self", how="phone")
        assert [step.kind for step in case.steps.all()] == ["named"]
        with pytest.raises(NotAllowed):
            keep_name(by=there.actor, case=Case.objects.get(), kind="former", name="鈴木")


def test_a_caller_is_recognised_by_every_number_and_mail_address_that_is_no_secret(here: Any, named: Case) -> None:
    """X-04: also by one that is a mother's, and by one out of use; the secret one tells nobody anything."""
    with acting_as(here.actor):
        edit_person(by=here.actor, case=named, phone="075-123-4567")
        last = dt.date(2020, 3, 31)
        keep_reach(by=here.actor, case=named, kind="through", reach="０９０−１１１１−２２２２", note="母の携帯")
        keep_reach(by=here.actor, case=named, kind="mail", reach="Misaki@Example.JP", message="no", ends_on=last)
        keep_reach(by=here.actor, case=named, kind="secret", reach="080-5555-6666")
        for typed, why in (
            ("075 123 4567", "電話が同じ"),
            ("090-1111-2222", "電話が同じ"),
            ("misaki@example.jp", "メールアドレスが同じ"),
        ):
            (found,) = likely_people(here.actor, Known(phone=typed))
            assert found.person == named.person
            assert why in found.likeness.reasons[0].words
        assert likely_people(here.actor, Known(phone="080-5555-6666")) == []
        with pytest.raises(NotPossible, match="電話番号かメールアドレス"):
            keep_reach(by=here.actor, case=named, kind="mobile", reach=" ")


def test_several_addresses_have_their_periods(here: Any, named: Case) -> None:
    with acting_as(here.actor):
        edit_person(by=here.actor, case=named, address="みやこ市左京区1")
        first, last = dt.date(2010, 4, 1), dt.date(2020, 3, 31)
        keep_address(by=here.actor, case=named, kind="former", address="大阪市", starts_on=first, ends_on=last)
        keep_address(by=here.actor, case=named, kind="registered", address="奈良市")
        with pytest.raises(NotPossible, match="始まりの日より前"):
            keep_address(by=here.actor, case=named, kind="former", address="津市", starts_on=last, ends_on=first)
        assert OtherAddress.objects.count() == 2


@pytest.mark.parametrize("name", ["𠮷田 葛󠄀", "ᜀ😀", "Đặng Thị", "\ufa19田 \ufa26子", "か\u3099田"])
def test_other_names_are_kept_exactly_as_written(here: Any, named: Case, name: str) -> None:
    """X-08: rare characters, compatibility ideographs and loose marks are never normalised."""
    with acting_as(here.actor):
        keep_name(by=here.actor, case=named, kind="common", name=name)
        assert OtherName.objects.get().name == name


def test_nothing_is_kept_without_a_name_a_person_or_the_right_to(
    here: Any, there: Any, named: Case, case: Case
) -> None:
    with acting_as(here.actor):
        with pytest.raises(NotPossible, match="どちらか"):
            keep_name(by=here.actor, case=named, kind="former", name=" ")
        with pytest.raises(NotPossible, match="匿名のまま"):
            keep_name(by=here.actor, case=case, kind="former", name="山田")
        name = keep_name(by=here.actor, case=named, kind="former", name="山田")
        give_name(by=here.actor, case=case, called={"name": "別の 人"}, agreed_by="self", how="phone")
        case.refresh_from_db()
        with pytest.raises(NotAllowed):
            keep_name(by=here.actor, case=case, kind="former", name="山田", old=name)
    with acting_as(there.actor), pytest.raises(NotAllowed):
        edit_person(by=there.actor, case=named, name="書きかえ")


def test_of_two_who_change_a_person_at_once_the_second_is_told_and_the_past_is_kept(here: Any, named: Case) -> None:
    with acting_as(here.actor):
        seen = version_of(named)
        edit_person(by=here.actor, case=named, seen=seen, phone="075-111-2222")
        with pytest.raises(NotPossible, match="先に直しました"):
            edit_person(by=here.actor, case=named, seen=seen, phone="075-333-4444")
        assert [past.phone for past in Person.objects.get().events.all()] == [""]


def test_a_change_of_name_is_found_on_every_case_of_the_person(here: Any, named: Case) -> None:
    """X-02: a person may have several cases over years."""
    with acting_as(here.actor):
        later = open_named(by=here.actor, desk=here.desk, requester="family", person=named.person)
        edit_person(by=here.actor, case=named, name="林 美咲")
        assert set(find_cases(here.actor, "林美咲")) == {named, later}


def test_an_age_may_be_a_birth_date_an_age_on_a_day_a_band_or_unknown(here: Any, named: Case) -> None:
    """X-05: no forced birth date."""
    with acting_as(here.actor):
        ages = []
        heard = dt.date(2024, 5, 1)
        for facts in (
            {},
            {"birth_date": None, "age_years": 41, "age_on": heard},
            {"age_years": None, "age_band": "40代"},
            {"age_band": "", "age_on": None},
        ):
            edit_person(by=here.actor, case=named, **facts)
            ages.append(Person.objects.get().age_on_day(TODAY))
        assert ages == ["42歳", "43〜44歳（2024-05-01に41歳と聞いた）", "40代（2024-05-01に聞いた）", "不明"]
        with pytest.raises(NotPossible, match="先の日付"):
            edit_person(by=here.actor, case=named, birth_date=dt.date(2999, 1, 1))


def test_a_record_merged_away_keeps_its_secrets_for_the_holders_alone(here: Any, there: Any, named: Case) -> None:
    with acting_as(here.actor):
        other = open_named(by=here.actor, desk=here.desk, requester="self", name="", reading="たかはし みさき")
        keep_name(by=here.actor, case=other, kind="secret", name="避難 花子")
        merge_with(by=here.actor, case=named, other=other, reason="本人に確かめた")
    share(named, there)
    with acting_as(here.actor):
        assert OtherName.objects.count() == 1
    with acting_as(there.actor):
        assert Person.objects.count() == 2
        assert OtherName.objects.count() == 0
