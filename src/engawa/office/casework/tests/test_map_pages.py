"""The pages 家族 and 支援の輪, as staff meet them."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import edit_facts
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import LifeEvent, Member, Need, Relation
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.maps.models import Agency, Tie

pytestmark = pytest.mark.django_db
MOTHER = {"as_": "mother", "sex": "0", "age": "78", "lives_here": "on"}


@pytest.fixture
def client(here: Any, client_of: Any) -> Any:
    return client_of(here.staff)


@pytest.fixture
def family(case: Case) -> str:
    return f"/cases/{case.number}/family/"


@pytest.fixture
def support(case: Case) -> str:
    return f"/cases/{case.number}/support/"


def the(here: Any, model: Any) -> Any:
    with acting_as(here.actor):
        return model.objects.latest("id")


def test_an_empty_case_draws_its_nameless_person_and_offers_to_begin(client: Any, family: str, support: str) -> None:
    """002-26."""
    page = client.get(family).content.decode()
    assert "まだ書かれていません" in page
    assert 'aria-label="本人：同居。"' in page
    assert "ほかの機関がいません" in client.get(support).content.decode()


def test_a_mother_is_added_changed_and_taken_out_and_every_symbol_leads_to_its_form(
    client: Any, here: Any, family: str
) -> None:
    key = client.get(f"{family}members/new/").context["panel"].form["key"].value()
    assert client.post(f"{family}members/new/", MOTHER | {"key": key}).url == family
    client.post(f"{family}members/new/", MOTHER | {"key": key})
    with acting_as(here.actor):
        mother = Member.objects.get(called="母")
    url = f"{family}members/{mother.pk}/"
    page = client.get(family).content.decode()
    assert f'href="{url}" aria-label="母：女、78歳、同居。"' in page
    form = client.get(url).context["panel"].form
    late = {"called": "母", "name": "春代", "sex": "2", "age": "80代", "seen": form["seen"].value()}
    assert client.post(url, late).url == family
    assert "春代：母、女、80代、別居。" in client.get(family).content.decode()
    refused = client.post(url, late | {"name": "秋代"})
    assert refused.status_code == 422
    assert "先に直しました" in refused.content.decode()
    assert "秋代" in refused.content.decode()
    assert client.post(url, {"strike": "1"}).url == family
    assert "春代" not in client.get(family).content.decode()


def test_htmx_gets_the_form_that_a_reload_shows(client: Any, family: str) -> None:
    client.post(f"{family}members/new/", MOTHER)
    url = f"{family}needs/new/"
    whole, part = client.get(url), client.get(url, headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith('<section id="panel"')
    assert 'name="words"' in part.content.decode()
    assert 'name="words"' in whole.content.decode()


def test_the_person_of_the_case_has_no_button_that_takes_them_out(client: Any, here: Any, family: str) -> None:
    client.post(f"{family}members/new/", MOTHER)
    with acting_as(here.actor):
        case = Case.objects.get()
    url = f"{family}members/{case.member_id}/"
    assert 'name="strike"' not in client.get(url).content.decode()
    refused = client.post(url, {"strike": "1"})
    assert refused.status_code == 422
    assert "本人は、世帯から消せません" in refused.content.decode()


def test_a_relation_is_written_refused_and_corrected(client: Any, here: Any, family: str) -> None:
    client.post(f"{family}members/new/", MOTHER)
    client.post(f"{family}members/new/", MOTHER | {"as_": "father"})
    with acting_as(here.actor):
        who = {member.called: str(member.pk) for member in Member.objects.all()}
    couple = {"one": who["父"], "other": who["母"], "kind": "married", "since_year": "1970"}
    assert client.post(f"{family}relations/new/", couple).url == family
    again = client.post(f"{family}relations/new/", couple)
    assert "もう書かれています" in again.content.decode()
    relation = the(here, Relation)
    url = f"{family}relations/{relation.pk}/"
    assert client.post(url, {"kind": "married", "ending": "divorced", "until_year": "1999"}).url == family
    assert "いまは離婚・離別。" in client.get(family).content.decode()
    wrong = client.post(url, {"kind": "married", "since_year": "2000", "until_year": "1999"})
    assert "はじまりの年より前" in wrong.content.decode()
    assert client.post(url, {"strike": "1"}).url == family


def test_the_list_of_relations_calls_the_person_what_the_map_calls_them() -> None:
    member, other = Member(id=uuid7()), Member(id=uuid7(), called="母")
    case = Case(member=member, handle="われもこう")
    said = {
        who: render_to_string("casework/family/called.html", {"member": who, "case": case})
        for who in (member, other, Member(id=uuid7()))
    }
    assert list(said.values()) == ["われもこう", "母", "本人"]


def test_needs_and_events_are_written_for_a_member(client: Any, here: Any, family: str) -> None:
    """003-25, 003-27."""
    client.post(f"{family}members/new/", MOTHER)
    mother = str(the(here, Member).pk)
    need = {"member": mother, "kind": "care", "words": "風呂がこわい", "noted_on": "2026-05-01"}
    assert client.get(f"{family}needs/new/?member={mother}").context["panel"].form["member"].value() == mother
    assert client.post(f"{family}needs/new/", need).url == family
    assert "介護・看護" in client.get(family).content.decode()
    url = f"{family}needs/{the(here, Need).pk}/"
    assert "気づいた日より前" in client.post(url, need | {"settled_on": "2026-04-01"}).content.decode()
    assert client.post(url, need | {"settled_on": "2026-05-02"}).url == family
    assert client.post(url, {"strike": "1"}).url == family
    event = {"member": mother, "kind": "hospitalised", "on": clock.today().isoformat(), "words": "転んで"}
    assert client.post(f"{family}events/new/", event).url == family
    story = client.get(family.removesuffix("family/")).content.decode()
    assert "母：入院" in story
    url = f"{family}events/{the(here, LifeEvent).pk}/"
    future = client.post(url, event | {"on": "2999-01-01"})
    assert "先の日付" in future.content.decode()
    assert "転んで" in future.content.decode()
    assert client.post(url, event | {"about": "on"}).url == family
    assert client.post(url, {"strike": "1"}).url == family
    assert "転んで" not in client.get(family).content.decode()


def test_the_household_is_described_and_joined_by_number_only_where_the_other_case_may_be_seen(
    client: Any, here: Any, there: Any, family: str, client_of: Any
) -> None:
    from_there = client_of(there.staff)
    opened = {"requester": "self", "received_on": "2026-05-01"}
    foreign = from_there.post("/cases/new/", opened | {"desk": there.desk.pk}).url.split("/")[2]
    mine = client.post("/cases/new/", opened | {"desk": here.desk.pk}).url.split("/")[2]
    assert client.post(f"{family}household/", {"name": "北の家", "note": "静か"}).url == family
    client.post(f"{family}members/new/", MOTHER | {"as_": "younger_brother"})
    assert "北の家" in client.get(family).content.decode()
    other = f"/cases/{mine}/family/join/"
    number = family.split("/")[2]
    assert "見つかりません" in client.post(other, {"number": foreign}).content.decode()
    assert "「兄」は見つかりません" in client.post(other, {"number": number, "called": "兄"}).content.decode()
    assert client.post(other, {"number": number, "called": "弟"}).url == f"/cases/{mine}/family/"
    assert mine in client.get(family).content.decode()
    assert "もう同じ世帯" in client.post(other, {"number": number}).content.decode()


def test_the_team_is_written_and_its_ties_are_drawn(client: Any, here: Any, there: Any, support: str) -> None:
    """002-05: the page says when no other agency is in the team."""
    today = clock.today().isoformat()
    agency = {"organisation": there.organisation.pk, "role": "cooperating", "contact_person": "佐藤", "since": today}
    assert "名称を書いて" in client.post(f"{support}agencies/new/", {"role": "lead", "since": today}).content.decode()
    assert client.post(f"{support}agencies/new/", agency).url == support
    page = client.get(support).content.decode()
    assert "ほかの機関がいません" not in page
    assert "左京保健福祉センター：協力、担当は佐藤。" in page
    tie = {"agency": the(here, Agency).pk, "strength": "strong", "flow": "both"}
    assert "どれかひとつ" in client.post(f"{support}ties/new/", tie | {"name": "友人"}).content.decode()
    assert client.post(f"{support}ties/new/", tie).url == support
    assert "のつながりは強い、互いに力が行き来している。" in client.get(support).content.decode()
    url = f"{support}ties/{the(here, Tie).pk}/"
    assert client.post(url, tie | {"strength": "cut"}).url == support
    assert "切れている" in client.get(support).content.decode()
    assert client.post(url, {"strike": "1"}).url == support
    team = f"{support}agencies/{the(here, Agency).pk}/"
    assert client.post(team, agency | {"until": today}).url == support
    assert client.post(team, {"strike": "1"}).url == support
    assert "ほかの機関がいません" in client.get(support).content.decode()


def test_a_row_of_another_household_is_missing(client: Any, there: Any, client_of: Any, family: str) -> None:
    from_there = client_of(there.staff)
    opened = {"requester": "self", "received_on": "2026-05-01", "desk": there.desk.pk}
    number = from_there.post("/cases/new/", opened).url.split("/")[2]
    with acting_as(there.actor):
        mother = add_member(by=there.actor, case=Case.objects.get(number=number), as_="mother")
    assert client.get(f"{family}members/{mother.pk}/").status_code == 404


@pytest.mark.slow
def test_the_map_of_a_large_household_costs_the_same_number_of_queries(
    client: Any, here: Any, family: str, django_assert_max_num_queries: Any
) -> None:
    with acting_as(here.actor):
        case = Case.objects.get()
        for _n in range(12):
            add_member(by=here.actor, case=case, as_="younger_sister")
    client.get(family)
    with django_assert_max_num_queries(36):
        client.get(family)


def told_apart(client: Any, url: str, first: dict[str, str], second: dict[str, str]) -> None:
    """Two open the same form; the second to save is shown both versions, and may then save."""
    seen = client.get(url).context["panel"].form["seen"].value()
    assert client.post(url, first | {"seen": seen}).status_code == 302
    late = client.post(url, second | {"seen": seen})
    page = late.content.decode()
    assert late.status_code == 422
    assert "ほかの人が先に直しました" in page
    assert "今の内容と、あなたの書いたもの" in page
    assert "先の人" in page
    assert "後の人" in page
    again = late.context["panel"].form["seen"].value()
    assert client.post(url, second | {"seen": again}).status_code == 302


@pytest.mark.parametrize(
    ("what", "said", "words"),
    [
        ("needs", {"kind": "illness", "noted_on": "2026-05-01"}, "words"),
        ("events", {"kind": "hospitalised", "on": "2026-05-01"}, "words"),
    ],
)
def test_of_two_who_change_a_need_or_an_event_the_second_sees_both_versions(  # who, where, what
    client: Any, here: Any, case: Case, family: str, what: str, said: dict[str, str], words: str
) -> None:
    client.post(f"{family}{what}/new/", said | {words: "はじめ"})
    with acting_as(here.actor):
        row = (Need if what == "needs" else LifeEvent).objects.get()
    told_apart(client, f"{family}{what}/{row.pk}/", said | {words: "先の人"}, said | {words: "後の人"})


def test_of_two_who_change_a_relation_or_the_household_the_second_sees_both_versions(
    client: Any, here: Any, family: str
) -> None:
    client.post(f"{family}members/new/", MOTHER)
    with acting_as(here.actor):
        relation = Relation.objects.get()
    kin = {"kind": "relative"}
    told_apart(client, f"{family}relations/{relation.pk}/", kin | {"words": "先の人"}, kin | {"words": "後の人"})
    told_apart(client, f"{family}household/", {"name": "先の人"}, {"name": "後の人"})


def test_of_two_who_write_about_the_household_for_the_first_time_the_second_sees_both_versions(
    client: Any, family: str
) -> None:
    told_apart(client, f"{family}household/", {"name": "先の人"}, {"name": "後の人"})


def test_of_two_who_change_a_tie_or_an_agency_the_second_sees_both_versions(client: Any, here: Any, case: Case) -> None:
    support = f"/cases/{case.number}/support/"
    clinic = {"name": "診療所", "role": "cooperating", "since": "2026-05-01"}
    friend = {"name": "釣り仲間", "strength": "plain", "flow": "none"}
    assert client.post(f"{support}agencies/new/", clinic).status_code == 302
    assert client.post(f"{support}ties/new/", friend).status_code == 302
    with acting_as(here.actor):
        agency, tie = Agency.objects.get(), Tie.objects.get()
    for url, said in ((f"{support}agencies/{agency.pk}/", clinic), (f"{support}ties/{tie.pk}/", friend)):
        told_apart(client, url, said | {"note": "先の人"}, said | {"note": "後の人"})


@pytest.mark.parametrize(
    ("path", "new", "model", "changed"),
    [
        ("family/members/", MOTHER, Member, {"called": "母", "sex": "2", "name": "春代"}),
        ("family/needs/", {"kind": "care", "noted_on": "2026-05-01"}, Need, {"kind": "care", "noted_on": "2026-05-02"}),
        (
            "family/events/",
            {"kind": "work_begins", "on": "2026-05-01"},
            LifeEvent,
            {"kind": "work_begins", "on": "2026-05-02"},
        ),
        (
            "support/agencies/",
            {"name": "甲", "role": "cooperating", "since": "2026-05-01"},
            Agency,
            {"name": "乙", "role": "cooperating", "since": "2026-05-01"},
        ),
        (
            "support/ties/",
            {"name": "友人", "strength": "plain", "flow": "none"},
            Tie,
            {"name": "友人", "strength": "cut", "flow": "none"},
        ),
    ],
)
def test_what_somebody_else_has_changed_is_not_struck_out_unseen(
    client: Any, here: Any, family: str, path: str, new: dict[str, str], model: Any, changed: dict[str, str]
) -> None:
    base = family.removesuffix("family/") + path
    assert client.post(f"{base}new/", new).status_code == 302
    row = the(here, model)
    url = f"{base}{row.pk}/"
    seen = client.get(url).context["panel"].form["seen"].value()
    assert client.post(url, changed | {"seen": seen}).status_code == 302
    refused = client.post(url, changed | {"strike": "1", "seen": seen})
    assert refused.status_code == 422
    assert "先に直しました" in refused.content.decode()
    assert the(here, model).pk == row.pk
    again = refused.context["panel"].form["seen"].value()
    assert client.post(url, changed | {"strike": "1", "seen": again}).status_code == 302
    with acting_as(here.actor):
        assert not model.objects.filter(pk=row.pk).exists()


def test_a_relation_that_somebody_else_has_changed_is_not_struck_out_unseen(
    client: Any, here: Any, family: str
) -> None:
    client.post(f"{family}members/new/", MOTHER)
    url = f"{family}relations/{the(here, Relation).pk}/"
    seen = client.get(url).context["panel"].form["seen"].value()
    assert client.post(url, {"kind": "step", "seen": seen}).status_code == 302
    assert client.post(url, {"kind": "parent", "strike": "1", "seen": seen}).status_code == 422
    assert the(here, Relation).kind == "step"


def test_the_lists_beside_the_maps_call_everybody_as_the_maps_do(
    client: Any, here: Any, family: str, support: str, case: Case
) -> None:
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, handle="ねこやなぎ")
    client.post(f"{family}members/new/", MOTHER)
    with acting_as(here.actor):
        own = str(Case.objects.get(pk=case.pk).member_id)
    client.post(f"{family}events/new/", {"member": own, "kind": "work_begins", "on": "2026-05-01"})
    client.post(f"{support}ties/new/", {"member": own, "name": "友人", "strength": "strong", "flow": "both"})
    page = client.get(family).content.decode()
    assert "母 — ねこやなぎ：親子（実子）" in page
    assert "ねこやなぎ：就職" in page.split('id="events"')[1]
    assert "ねこやなぎ — 友人：強い" in client.get(support).content.decode()
