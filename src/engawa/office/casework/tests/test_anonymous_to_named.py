"""From a pseudonymous talk to a case to a name: each step is asked, dated and can be taken back."""

import datetime as dt
from typing import Any

import pytest

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actions import grant
from engawa.office.access.actors import COMMAND, KEEPER, NotAllowed
from engawa.office.access.walls import acting_as
from engawa.office.casework.access import case_for
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case, Requester
from engawa.office.casework.cases.queries import find_cases
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.identity.actions import (
    edit_person,
    give_name,
    give_name_again,
    join_talk,
    open_named,
    part_talk,
    take_name_back,
)
from engawa.office.casework.identity.models import Step
from engawa.office.casework.identity.queries import known_elsewhere
from engawa.office.casework.people.models import Person
from engawa.office.casework.people.rules import Known
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.casework.timeline.sources import Wish, timeline_of
from engawa.office.talks.models import Talk

pytestmark = pytest.mark.django_db
ASKED = {"agreed_by": "self", "how": "chat"}
BORN = dt.date(1984, 5, 1)


@pytest.fixture
def talk(here: Any) -> Talk:
    with acting_as(here.actor):
        now = clock.now()
        return Talk.objects.create(
            desk=here.desk, organisation=here.organisation, handle="ねこやなぎ", opened_at=now, last_word_at=now
        )


def reread(case: Case) -> Case:
    return Case.objects.select_related("person", "organisation").get(pk=case.pk)


def test_each_step_from_a_talk_to_a_name_says_who_agreed_how_and_when(here: Any, talk: Talk) -> None:
    """000-06: an anonymous start may stay anonymous, and be linked to a name later without losing history."""
    with acting_as(here.actor):
        case = open_case(by=here.actor, desk=here.desk, requester="self", handle=talk.handle)
        join_talk(by=here.actor, case=case, talk=talk, on=dt.date(2026, 4, 1), note="チャットでたずねた", **ASKED)
        record_contact(by=here.actor, case=case, on=dt.date(2026, 4, 2), method="chat", counterpart="self")
        called = {"name": "山田 花子", "reading": "やまだ はなこ"}
        give_name(by=here.actor, case=case, called=called, agreed_by="self", how="interview", on=dt.date(2026, 9, 1))
        steps = [(s.kind, s.agreed_by, s.how, s.on, s.by) for s in case.steps.all()]
        assert steps == [
            ("talk_joined", "self", "chat", dt.date(2026, 4, 1), here.staff),
            ("named", "self", "interview", dt.date(2026, 9, 1), here.staff),
        ]
        named = reread(case)
        assert (named.number, named.handle, named.contacts.count()) == (case.number, "ねこやなぎ", 1)
        assert find_cases(here.actor, "やまだ") == find_cases(here.actor, "ねこやなぎ") == [named]


def test_taking_the_name_back_leaves_the_case_anonymous_and_findable_by_its_handle_only(
    here: Any, there: Any, talk: Talk
) -> None:
    """000-06: reversible, with history."""
    with acting_as(here.actor):
        facts = {"name": "山田 花子", "birth_date": BORN, "handle": "ねこやなぎ"}
        case = open_named(by=here.actor, desk=here.desk, requester="self", **ASKED, **facts)
    with acting_as(there.actor):
        assert known_elsewhere(there.actor, Known(name="山田花子", birth_date=BORN))
    with acting_as(here.actor):
        take_name_back(by=here.actor, case=case, note="やはり名のらずにいたい", **ASKED)
        anonymous = reread(case)
        assert (anonymous.person, anonymous.called, anonymous.number) == (None, "ねこやなぎ", case.number)
        assert find_cases(here.actor, "山田") == []
        assert find_cases(here.actor, "ねこやなぎ") == [anonymous]
        assert not Person.objects.exists()
        assert [step.kind for step in case.steps.all()] == ["named", "name_taken_back"]
    with acting_as(there.actor):
        assert not known_elsewhere(there.actor, Known(name="山田花子", birth_date=BORN))
    with acting_as(KEEPER):
        assert Person.objects.get().name == "山田 花子"
    with acting_as(here.actor):
        give_name_again(by=here.actor, case=case, **ASKED)
        assert reread(case).called == "山田 花子"
        with pytest.raises(NotPossible, match="もどせる名前はありません"):
            give_name_again(by=here.actor, case=case, **ASKED)


def test_a_talk_is_taken_out_of_its_case_and_stays_whole_at_the_desk(here: Any, talk: Talk) -> None:
    """000-06."""
    with acting_as(here.actor):
        case = open_case(by=here.actor, desk=here.desk, requester="self")
        join_talk(by=here.actor, case=case, talk=talk)
        part_talk(by=here.actor, case=case, talk=talk, **ASKED)
        assert Talk.objects.get().case_id is None
        assert not case.talk_links.exists()
        assert [step.kind for step in case.steps.all()] == ["talk_joined", "talk_parted"]
        with pytest.raises(NotAllowed):
            part_talk(by=here.actor, case=case, talk=talk, **ASKED)
        join_talk(by=here.actor, case=case, talk=talk, **ASKED)
        assert Talk.objects.get().case_id == case.pk


def test_a_talk_can_be_taken_out_from_its_own_page_by_those_who_hold_the_case(
    here: Any, talk: Talk, client_of: Any
) -> None:
    """000-06."""
    with acting_as(here.actor):
        case = open_case(by=here.actor, desk=here.desk, requester="self")
        join_talk(by=here.actor, case=case, talk=talk)
    client, page = client_of(here.staff), f"/cases/{case.number}/talks/{talk.pk}/"
    assert f"{page}part/" in client.get(page).content.decode()
    client.post(f"{page}part/", ASKED | {"on": "2026-09-01"})
    with acting_as(here.actor):
        assert case.steps.get(on=dt.date(2026, 9, 1)).kind == "talk_parted"
        assert not case.talk_links.exists()


def test_the_story_tells_each_step_with_who_agreed_and_never_the_name(here: Any, talk: Talk, client_of: Any) -> None:
    """000-06: what was anonymous, and since when it is not, can be read in the timeline."""
    with acting_as(here.actor):
        case = open_case(by=here.actor, desk=here.desk, requester="self", handle=talk.handle)
        join_talk(by=here.actor, case=case, talk=talk, on=dt.date(2026, 4, 1))
        called = {"name": "山田 花子"}
        give_name(by=here.actor, case=case, called=called, on=dt.date(2026, 5, 1), note="面談で", **ASKED)
        take_name_back(by=here.actor, case=case, on=dt.date(2026, 6, 1), **ASKED)
        told = [
            (moment.on.month, moment.title, moment.tags, moment.body)
            for moment in timeline_of(here.actor, case, Wish(most=10, kind="step"))
        ]
        assert told == [
            (6, "名前を取り下げた", ("同意：本人（チャット）",), ""),
            (5, "名前を記録した", ("同意：本人（チャット）",), "面談で"),
            (4, "やりとりをケースに結んだ", ("同意：まだ聞いていない",), ""),
        ]
        assert timeline_of(here.actor, case, Wish(most=10, kind="step", worker=here.staff.pk))
        assert not timeline_of(here.actor, case, Wish(most=10, kind="step", worker=uuid7()))
    page = client_of(here.staff).get(f"/cases/{case.number}/?kind=step").content.decode()
    assert "名前を取り下げた" in page
    assert "山田" not in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"agreed_by": ""}, "だれが同意したか"),
        ({"agreed_by": "self", "how": ""}, "どうやって"),
        ({"agreed_by": "family", "how": "phone", "on": dt.date(2999, 1, 1)}, "先の日付"),
    ],
)
def test_a_step_that_does_not_say_who_agreed_and_how_is_refused_and_changes_nothing(
    here: Any, case: Case, asked: Any, told: str
) -> None:
    with acting_as(here.actor):
        with pytest.raises(NotPossible, match=told):
            give_name(by=here.actor, case=case, called={"name": "山田"}, **asked)
        with pytest.raises(NotPossible, match="どちらか"):
            give_name(by=here.actor, case=case, called={"name": " "}, **ASKED)
        assert not Step.objects.exists()
        assert reread(case).person is None


def test_a_named_case_is_not_named_again_and_an_anonymous_one_has_no_name_to_take_back(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        with pytest.raises(NotPossible, match="取り下げる名前はありません"):
            take_name_back(by=here.actor, case=case, **ASKED)
        give_name(by=here.actor, case=case, called={"reading": "やまだ"}, agreed_by="not_asked")
        with pytest.raises(NotPossible, match="すでに名前"):
            give_name(by=here.actor, case=case, called={"name": "山田"}, **ASKED)


def test_a_name_is_given_again_by_the_holders_alone_and_only_after_asking(here: Any, there: Any, case: Case) -> None:
    """000-06, X-01: what was taken back is not brought to light by whoever reads or shares the case."""
    with acting_as(here.actor):
        give_name(by=here.actor, case=case, called={"name": "避難 花子"}, **ASKED)
        take_name_back(by=here.actor, case=case, **ASKED)
        until = clock.now() + dt.timedelta(days=1)
        said = {"basis": "urgent", "organisation": there.organisation, "reason": "支援会議", "ends_at": until}
        grant(by=COMMAND, case_id=case.pk, **said)
        with pytest.raises(NotPossible, match="同意をたしかめて"):
            give_name_again(by=here.actor, case=case, agreed_by="not_asked")
    with acting_as(there.actor), pytest.raises(NotAllowed):
        give_name_again(by=there.actor, case=Case.objects.get(pk=case.pk), **ASKED)
    with acting_as(here.actor):
        assert reread(case).person is None


def test_no_name_comes_or_goes_past_its_step(here: Any, case: Case) -> None:
    """000-06: facts are mended on their page; that there is a name at all is a step that somebody agrees to."""
    with acting_as(here.actor):
        for called in ({"name": "山田"}, {"reading": "やまだ"}):
            with pytest.raises(NotPossible, match="名前を記録する"):
                edit_person(by=here.actor, case=case, **called)
        give_name(by=here.actor, case=case, called={"name": "山田", "reading": "やまだ"}, **ASKED)
        edit_person(by=here.actor, case=case, name="", reading="ヤマダ")
        with pytest.raises(NotPossible, match="名前を取り下げる"):
            edit_person(by=here.actor, case=case, reading=" ")
        assert [step.kind for step in case.steps.all()] == ["named"]


def test_the_nameless_have_an_address_and_a_birth_date_and_keep_them_when_they_are_named(
    here: Any, client_of: Any, case: Case
) -> None:
    """X-04: letters reach a door whose name nobody knows; on the page as people use it."""
    client, page = client_of(here.staff), f"/cases/{case.number}/person/"
    assert b'name="name"' not in client.get(f"{page}edit/").content
    said = {"birth_date": "S59.5.1", "address": "みやこ市左京区1-2", "phone": "", "sex": "1", "nickname": "けんさん"}
    assert client.post(f"{page}edit/", said).status_code == 302
    words = client.get(page).content.decode()
    for one in ("1984-05-01", "みやこ市左京区1-2", "匿名のまま", "名前を記録する"):
        assert one in words, one
    assert "名前を取り下げる" not in words
    with acting_as(here.actor):
        give_name(by=here.actor, case=case, called={"name": "山田 健"}, **ASKED)
        person = Person.objects.get()
        assert (person.name, person.birth_date, person.address) == ("山田 健", BORN, "みやこ市左京区1-2")


def test_what_was_learnt_while_a_name_was_taken_back_is_kept_when_it_is_given_again(here: Any, case: Case) -> None:
    with acting_as(here.actor):
        give_name(by=here.actor, case=case, called={"name": "山田 健"}, **ASKED)
        take_name_back(by=here.actor, case=case, **ASKED)
        edit_person(by=here.actor, case=reread(case), address="みやこ市左京区1-2")
        with pytest.raises(NotPossible, match="匿名のまま"):
            take_name_back(by=here.actor, case=case, **ASKED)
        give_name_again(by=here.actor, case=case, **ASKED)
        person = reread(case).person
        assert person
        assert (person.name, person.address) == ("山田 健", "みやこ市左京区1-2")
        assert [one.address for one in person.merged.all()] == ["みやこ市左京区1-2"]


def test_a_stranger_takes_no_step(here: Any, there: Any, case: Case) -> None:
    """X-01."""
    with acting_as(there.actor):
        for deed in (take_name_back, give_name_again):
            with pytest.raises(NotAllowed):
                deed(by=there.actor, case=case, **ASKED)
        with pytest.raises(NotAllowed):
            give_name(by=there.actor, case=case, called={"name": "山田"}, **ASKED)


@pytest.mark.parametrize("requester", ["self", "family", "agency", "company"])
def test_four_kinds_of_clients_open_a_consultation(here: Any, client_of: Any, requester: str) -> None:
    """000-03: the person, the family, a welfare agency, a company."""
    assert requester in Requester.values
    form = {"requester": requester, "received_on": "2026-05-01", "desk": here.desk.pk}
    answer = client_of(here.staff).post("/cases/new/", form)
    assert answer.status_code == 302
    page = client_of(here.staff).get(f"{answer.url}contact/")
    assert page.context["form"]["counterpart"].value() == (requester if requester in {"self", "family"} else "other")


def test_a_family_only_case_with_a_nameless_person_runs_for_years_like_any_other(here: Any, client_of: Any) -> None:
    """002-26, X-04: nobody has to be named; silence and years change nothing."""
    first = dt.date(2021, 4, 1)
    with acting_as(here.actor):
        case = open_case(by=here.actor, desk=here.desk, requester="family", received_on=first, handle="息子さん")
        for year in range(6):
            on = first.replace(year=2021 + year)
            record_contact(by=here.actor, case=case, on=on, method="interview", counterpart="family", content="母と")
        again = case_for(here.actor, case.number)
        assert (again.person, again.state, again.contacts.count()) == (None, "continuing", 6)
    page = client_of(here.staff).get(f"/cases/{case.number}/person/").content.decode()
    assert "名前がなくても、支援も記録も、何年でも続けられます" in page
    assert "名前を記録する" in page
