"""Family courses and family meetings: who takes part, who came, and what that writes into the cases."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COMMAND, STATISTICS, NotAllowed
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.gatherings.actions import (
    begin_gathering,
    correct_sitting,
    describe_gathering,
    hold_sitting,
    leave_gathering,
    take_part,
    take_part_again,
)
from engawa.office.casework.gatherings.models import Attendance, Attendee, Gathering, Sitting
from engawa.office.casework.gatherings.queries import families_of, sittings_of, version_of
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.timeline.actions import take_back_contact
from engawa.office.casework.timeline.models import Contact
from engawa.office.casework.timeline.rules import NotRecordable
from engawa.office.casework.timeline.sources import Wish, timeline_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 6)


@pytest.fixture
def course(here: Any) -> Gathering:
    with acting_as(here.actor):
        about = {"kind": "course", "name": "春の家族教室", "place": "二階の和室", "leader": "相談 花子"}
        return begin_gathering(by=here.actor, organisation=here.organisation, **about)


@pytest.fixture
def mother(here: Any, case: Case, course: Gathering) -> Attendee:
    """The mother of a case takes part."""
    with acting_as(here.actor):
        mother = add_member(by=here.actor, case=case, as_="mother")
        return take_part(by=here.actor, gathering=course, case=case, member=mother.pk, since=DAY)


def contacts(here: Any) -> list[tuple[str, int | None, list[str]]]:
    with acting_as(here.actor):
        return [(one.content, one.minutes, one.codes) for one in Contact.objects.order_by("on")]


def test_a_course_goes_through_its_pages_from_the_first_family_to_the_timeline_of_their_case(
    here: Any, case: Case, client_of: Any
) -> None:
    """002-26: written once, the attendance stands in the case of each family as a contact; the nameless are counted."""
    browser = client_of(here.staff)
    with acting_as(here.actor):
        add_member(by=here.actor, case=case, as_="mother")
    assert "まだありません" in browser.get("/cases/gatherings/").content.decode()
    form = browser.get("/cases/gatherings/new/").context["form"]
    sent = {"organisation": here.organisation.pk, "kind": "course", "name": "春の家族教室", "key": form["key"].value()}
    url = browser.post("/cases/gatherings/new/", sent).url
    assert browser.post("/cases/gatherings/new/", sent).url == url, "sent twice, made once"
    with acting_as(here.actor):
        assert url == f"/cases/gatherings/{Gathering.objects.get().pk}/"
    assert "まだ開いていません" in browser.get(url).content.decode()
    family = {"number": case.number, "who": "母", "since": DAY}
    assert browser.post(f"{url}families/new/", family).url == url
    assert "もう参加しています" in browser.post(f"{url}families/new/", family).content.decode()
    assert browser.post(f"{url}families/new/", {"called": "青い帽子の母", "since": DAY}).url == url
    page = browser.get(f"{url}days/new/")
    choices = page.context["form"].fields["present"].choices
    assert [name for _key, name in choices] == [f"{case.number} 母", "青い帽子の母"]
    day = {"on": DAY, "theme": "聴くこと", "minutes": 90, "nameless": 3, "present": [key for key, _name in choices]}
    day |= {"key": page.context["form"]["key"].value()}
    assert browser.post(f"{url}days/new/", day).url == url
    assert browser.post(f"{url}days/new/", day).url == url, "sent twice, written once"
    assert "もう書かれています" in browser.post(f"{url}days/new/", day | {"key": uuid7()}).content.decode()
    said = browser.get(url).content.decode()
    for column, count in {"参加する家族": 2, "名のらずに": 3, "合わせて": 5}.items():
        assert f'data-label="{column}" class="num">{count}</td>' in said
    story = browser.get(f"/cases/{case.number}/").content.decode()
    assert "春の家族教室：聴くこと" in story
    assert "家族教室・研修会への案内、同席" in story
    assert contacts(here) == [("春の家族教室：聴くこと", 90, ["family_course"])]
    assert "春の家族教室" in browser.get(f"/cases/{case.number}/family/").content.decode()


def test_an_attendance_that_was_a_mistake_is_taken_back_in_the_case_and_told_with_its_reason(
    here: Any, case: Case, course: Gathering, mother: Attendee, client_of: Any
) -> None:
    """002-26: it counts as a contact no longer, neither in the case nor in statistics; the story keeps it."""
    by = {"by": here.actor}
    with acting_as(here.actor):
        day = hold_sitting(**by, gathering=course, present=[mother], on=DAY, minutes=60, theme="聴くこと")
        assert (counted(), last_contact_of(case)) == (1, DAY)
        correct_sitting(**by, sitting=day, present=[])
        assert (counted(), last_contact_of(case)) == (0, None)
        assert [held.total for held in sittings_of(course)] == [0]
        (told,) = timeline_of(here.actor, case, Wish(most=9, kind="contact"))
        assert timeline_of(here.actor, case, Wish(most=9, kind="contact", method="phone")) == []
    assert contacts(here) == []
    assert told.title == "取り消した対応：その他・家族・親族（60分）"
    assert told.note == "春の家族教室：聴くことに出席と書いたのはまちがいで、欠席でした"
    story = client_of(here.staff).get(f"/cases/{case.number}/").content.decode()
    assert [text in story for text in (told.title, told.note, "春の家族教室：聴くこと")] == [True] * 3
    with acting_as(here.actor):
        correct_sitting(**by, sitting=day, present=[mother], theme="二度目")
        assert (counted(), last_contact_of(case)) == (1, DAY)
        (told,) = timeline_of(here.actor, case, Wish(most=9, kind="contact"))
    assert contacts(here) == [("春の家族教室：二度目", 60, ["family_course"])]
    assert told.title == "その他・家族・親族（60分）", "who came after all is told once"


def counted() -> int:
    """How many contacts statistics see."""
    with acting_as(STATISTICS), connection.cursor() as cursor:
        count: int = cursor.execute("SELECT count(*) FROM statistics_contact").fetchone()[0]
        return count


def last_contact_of(case: Case) -> dt.date | None:
    return Case.objects.get(pk=case.pk).last_contact_on


def test_a_contact_is_taken_back_only_with_a_reason_and_by_those_who_write_the_course(
    here: Any, there: Any, case: Case, course: Gathering, mother: Attendee
) -> None:
    with acting_as(here.actor):
        hold_sitting(by=here.actor, gathering=course, present=[mother], on=DAY)
        contact = Contact.objects.get()
        with pytest.raises(NotRecordable, match="直した理由"):
            take_back_contact(by=here.actor, contact=contact, reason=" ")
    with acting_as(there.actor), pytest.raises(NotAllowed):
        take_back_contact(by=there.actor, contact=contact, reason="まちがい")


def test_a_day_that_changes_nothing_leaves_the_contacts_as_they_are(
    here: Any, course: Gathering, mother: Attendee
) -> None:
    with acting_as(here.actor):
        day = hold_sitting(by=here.actor, gathering=course, present=[mother], on=DAY)
        correct_sitting(by=here.actor, sitting=day, present=[mother], nameless=4)
        assert Contact.objects.get().correction_reason == ""
        assert [held.total for held in sittings_of(course)] == [5]


def test_another_organisation_sees_no_gathering_and_nobody_in_it(
    here: Any, there: Any, course: Gathering, mother: Attendee, client_of: Any
) -> None:
    """X-01: both walls; nobody takes part in the gathering of another organisation with a case of theirs."""
    with acting_as(here.actor):
        hold_sitting(by=here.actor, gathering=course, present=[mother], on=DAY)
    browser = client_of(there.staff)
    assert "春の家族教室" not in browser.get("/cases/gatherings/").content.decode()
    assert browser.get(f"/cases/gatherings/{course.pk}/").status_code == 404
    with acting_as(there.actor):
        assert [model.objects.count() for model in (Gathering, Sitting, Attendee, Attendance)] == [0] * 4
        with pytest.raises(NotAllowed):
            take_part(by=there.actor, gathering=course, called="よその人")


def test_who_may_not_see_a_case_sees_no_family_of_it_in_the_list_but_the_number_of_all(
    here: Any, there: Any, course: Gathering, mother: Attendee
) -> None:
    with acting_as(COMMAND):
        theirs = open_case(by=COMMAND, desk=there.desk, requester="family")
        hidden = take_part(by=COMMAND, gathering=course, case=theirs, since=DAY)
        hold_sitting(by=COMMAND, gathering=course, present=[mother, hidden], on=DAY)
    with acting_as(here.actor):
        assert [family.attendee.pk for family in families_of(course)] == [mother.pk]
        assert [held.named for held in sittings_of(course)] == [2]
        hold_sitting(by=here.actor, gathering=course, present=[], on=DAY + dt.timedelta(days=7))
        assert [held.named for held in sittings_of(course)] == [0, 2], "the newest first"
        day = Sitting.objects.get(on=DAY)
        correct_sitting(by=here.actor, sitting=day, present=[mother], nameless=1)
        assert [held.total for held in sittings_of(course)] == [0, 3], "nobody strikes whom they do not see"


def test_a_family_that_leaves_is_no_longer_asked_for_but_stays_where_it_came(
    here: Any, course: Gathering, mother: Attendee, client_of: Any
) -> None:
    with acting_as(here.actor):
        hold_sitting(by=here.actor, gathering=course, present=[mother], on=DAY)
    browser, url = client_of(here.staff), f"/cases/gatherings/{course.pk}/"
    assert browser.post(f"{url}families/{mother.pk}/leave/").url == url
    assert browser.post(f"{url}families/{mother.pk}/leave/").url == url
    assert browser.post(f"{url}families/{uuid7()}/leave/").status_code == 404
    assert browser.get(f"{url}days/new/").context["form"].fields["present"].choices == []
    assert "参加をおえた家族" in browser.get(url).content.decode()
    for _twice in range(2):
        assert browser.post(f"{url}families/{mother.pk}/again/").url == url
    assert len(browser.get(f"{url}days/new/").context["form"].fields["present"].choices) == 1, "nothing is lost"
    assert browser.post(f"{url}families/{uuid7()}/again/").status_code == 404
    with acting_as(here.actor):
        day = Sitting.objects.get()
        leave_gathering(by=here.actor, attendee=mother)
        take_part(by=here.actor, gathering=course, case=mother.case, member=mother.member, since=DAY)
        with pytest.raises(NotPossible, match="もう参加しています"):
            take_part_again(by=here.actor, attendee=mother)
    form = browser.get(f"{url}days/{day.pk}/").context["form"]
    assert form["present"].value() == [str(mother.pk)]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "呼び名だけでもかまいません"),
        ({"number": "E-1999-00001"}, "この番号のケースは見つかりません"),
    ],
)
def test_a_family_that_cannot_be_found_is_asked_for_again_in_words(
    here: Any, course: Gathering, client_of: Any, sent: dict[str, str], told: str
) -> None:
    refused = client_of(here.staff).post(f"/cases/gatherings/{course.pk}/families/new/", sent | {"since": DAY})
    assert (refused.status_code, told in refused.content.decode()) == (422, True)


def test_a_member_whom_nobody_drew_is_asked_for_again(here: Any, case: Case, course: Gathering, client_of: Any) -> None:
    sent = {"number": case.number, "who": "叔母", "since": DAY}
    refused = client_of(here.staff).post(f"/cases/gatherings/{course.pk}/families/new/", sent)
    assert "その世帯に「叔母」は見つかりません。家族図に加えるか" in refused.content.decode()
    with acting_as(COMMAND):
        add_member(by=COMMAND, case=case, as_="mother", called="母")
    refused = client_of(here.staff).post(f"/cases/gatherings/{course.pk}/families/new/", sent)
    assert re.search("家族図にいるのは、.*母.*です", refused.content.decode())


def test_days_and_gatherings_that_cannot_be_are_refused_in_words(here: Any, course: Gathering) -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    with acting_as(here.actor):
        for day, told in (({"on": tomorrow}, "先の日付"), ({"on": DAY, "nameless": -1}, "0以上")):
            with pytest.raises(NotPossible, match=told):
                hold_sitting(by=here.actor, gathering=course, present=[], **day)
        with pytest.raises(NotPossible, match="名称"):
            describe_gathering(by=here.actor, gathering=course, name=" ")


def test_two_who_change_a_gathering_or_a_day_at_once_see_each_other_s_words(
    here: Any, course: Gathering, client_of: Any
) -> None:
    with acting_as(here.actor):
        day = hold_sitting(by=here.actor, gathering=course, present=[], on=DAY)
        before = version_of(course), version_of(day)
        describe_gathering(by=here.actor, gathering=course, place="先に書いた場所")
        correct_sitting(by=here.actor, sitting=day, present=[], theme="先に書いたテーマ")
    browser, url = client_of(here.staff), f"/cases/gatherings/{course.pk}/"
    sent = {"kind": "course", "name": "春の家族教室", "place": "あとの場所", "seen": before[0]}
    late = browser.post(f"{url}describe/", sent)
    assert late.status_code == 422
    assert "先に書いた場所" in late.content.decode()
    late = browser.post(f"{url}days/{day.pk}/", {"on": DAY, "theme": "あとのテーマ", "seen": before[1]})
    assert late.status_code == 422
    assert "先に書いたテーマ" in late.content.decode()
    now = late.context["form"]["seen"].value()
    assert browser.post(f"{url}days/{day.pk}/", {"on": DAY, "theme": "あと", "seen": now}).url == url
    ended = {"kind": "course", "name": "春の家族教室", "ended_on": DAY}
    assert browser.post(f"{url}describe/", ended).url == url
    assert "おわりました" in browser.get("/cases/gatherings/").content.decode()
