"""The page of whom a case is about, and opening a case for somebody who may be known."""

import datetime as dt
from typing import Any

import pytest

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER
from engawa.office.access.models import Grant
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.identity.models import Merge
from engawa.office.casework.people.models import OtherAddress, OtherName, OtherReach, Person

pytestmark = pytest.mark.django_db
NEW = {"complaint": "部屋から出ない", "requester": "family", "received_on": "2026-05-01"}
KEN = {
    "name": "高橋健一",
    "reading": "タカハシケンイチ",
    "birth_date": "S59.5.1",
    "agreed_by": "family",
    "how": "phone",
}
DAY = dt.timedelta(days=1)
ASKED = {"agreed_by": "self", "how": "interview", "on": "2026-06-01", "note": "面談で"}


@pytest.fixture
def client(here: Any, client_of: Any) -> Any:
    return client_of(here.staff)


@pytest.fixture
def known(here: Any) -> Case:
    with acting_as(here.actor):
        facts = {"name": "髙橋 健一", "reading": "たかはし けんいち", "birth_date": dt.date(1984, 5, 1)}
        return open_case(by=here.actor, desk=here.desk, requester="self", received_on=dt.date(2022, 5, 1), **facts)


def people(here: Any) -> set[Any]:
    with acting_as(here.actor):
        return set(Case.objects.values_list("person", flat=True))


def test_opening_a_case_for_somebody_known_asks_once_with_the_why_and_keeps_what_was_typed(
    client: Any, here: Any, known: Case
) -> None:
    """X-04: likely duplicates on entry; X-02: one person, several cases."""
    form = NEW | KEN | {"desk": here.desk.pk}
    answer = client.post("/cases/new/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "同じ人かもしれない記録があります",
        "漢字や書き方だけ",
        "生年月日が同じ",
        known.number,
        "部屋から出ない",
    ):
        assert words in page, words
    assert client.post("/cases/new/", form | {"same": str(known.person_id)}).status_code == 302
    assert people(here) == {known.person_id}
    with acting_as(here.actor):
        assert Person.objects.get().name == "髙橋 健一"


def test_a_new_person_stays_a_new_person_when_that_is_chosen(client: Any, here: Any, known: Case) -> None:
    assert client.post("/cases/new/", NEW | KEN | {"desk": here.desk.pk, "same": "new"}).status_code == 302
    assert len(people(here)) == 2
    page = client.get(f"/cases/{known.number}/person/").content.decode()
    assert "同じ人の可能性が高い" in page


@pytest.mark.parametrize("same", ["x", "00000000-0000-7000-8000-000000000000", "foreign"])
def test_nobody_becomes_the_same_as_somebody_whom_one_does_not_see(
    client: Any, here: Any, there: Any, known: Case, same: str
) -> None:
    with acting_as(there.actor):
        foreign = open_case(by=there.actor, desk=there.desk, requester="self", name="外の 人")
    chosen = str(foreign.person_id) if same == "foreign" else same
    assert client.post("/cases/new/", NEW | KEN | {"desk": here.desk.pk, "same": chosen}).status_code == 422
    assert people(here) == {known.person_id}


def test_while_opening_one_learns_only_that_another_organisation_may_know_them(
    client: Any, here: Any, there: Any, client_of: Any
) -> None:
    """000-14, X-04: duplicates across organisations are detectable without showing contents."""
    with acting_as(there.actor):
        facts = {"name": "髙橋 健一", "birth_date": dt.date(1984, 5, 1), "complaint": "秘密の主訴"}
        theirs = open_case(by=there.actor, desk=there.desk, requester="self", **facts)
    page = client.post("/cases/new/", NEW | KEN | {"desk": here.desk.pk}, follow=True).content.decode()
    assert "別の機関に、同じ人かもしれない記録があります" in page
    for secret in (theirs.number, "秘密の主訴", "左京保健福祉センター", "髙橋"):
        assert secret not in page, secret


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"agreed_by": ""}, "だれが同意したか"),
        ({"how": ""}, "どうやって確かめたか"),
        ({"birth_date": "昭和64年5月1日"}, "昭和にはない日"),
        ({"birth_date": "むかし"}, "日付として読めません"),
    ],
)
def test_a_name_comes_with_who_agreed_and_a_birth_date_as_people_say_it(
    client: Any, here: Any, wrong: dict[str, str], told: str
) -> None:
    """000-06, X-08."""
    answer = client.post("/cases/new/", NEW | KEN | {"desk": here.desk.pk} | wrong)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert people(here) == set()


def test_a_name_is_recorded_taken_back_and_given_again_through_the_pages(client: Any, here: Any, case: Case) -> None:
    """000-06: asked, dated and reversible."""
    url = f"/cases/{case.number}/person/"
    assert client.post(f"{url}steps/name/", ASKED | {"name": "", "reading": ""}).status_code == 422
    page = client.post(f"{url}steps/name/", ASKED | {"name": "山田 花子"}, follow=True).content.decode()
    assert "名前を記録しました" in page
    assert "同意：本人" in page
    page = client.post(f"{url}steps/take-back/", ASKED, follow=True).content.decode()
    assert "山田 花子" not in page
    assert "取り下げた名前をもどす" in page
    assert "山田 花子" in client.post(f"{url}steps/again/", ASKED, follow=True).content.decode()
    assert "同意を書きとめました" in client.post(f"{url}steps/agreed/", ASKED, follow=True).content.decode()
    assert client.get(f"{url}steps/nonsense/").status_code == 404


def test_facts_other_names_and_addresses_are_written_changed_and_taken_away(
    client: Any, here: Any, known: Case
) -> None:
    """X-05, X-08: an age on a day, a birth date as people say it, names as written."""
    url = f"/cases/{known.number}/person/"
    seen = client.get(f"{url}edit/").context["form"]["seen"].value()
    facts = {"name": "髙橋 健一", "birth_date": "昭和59年5月2日", "phone": "０７５ー１", "seen": seen}
    assert client.post(f"{url}edit/", facts).status_code == 302
    late = client.post(f"{url}edit/", facts | {"phone": "後の人"})
    assert late.status_code == 422
    assert "先に直しました" in late.content.decode()
    assert "０７５ー１" in late.content.decode()
    former = {"kind": "former", "name": "渡邉 健一", "starts_on": "S59.5.1", "ends_on": "2010-03-31"}
    assert client.post(f"{url}names/", former).status_code == 302
    secret = {"kind": "secret", "address": "避難先の町"}
    assert client.post(f"{url}addresses/", secret).status_code == 302
    mail = {"kind": "mail", "reach": "ken@example.jp", "message": "no", "note": "母も見ます"}
    assert client.post(f"{url}reaches/", mail).status_code == 302
    page = client.get(url).content.decode()
    for words in ("ken@example.jp", "メールアドレス", "伝言しない", "母も見ます"):
        assert words in page, words
    for words in ("1984-05-02", "渡邉 健一", "1984-05-01〜2010-03-31", "避難先の町", "秘匿の住所"):
        assert words in page, words
    with acting_as(here.actor):
        name, address = OtherName.objects.get(), OtherAddress.objects.get()
    assert client.post(f"{url}names/{name.pk}/", former | {"name": "渡辺 健一"}).status_code == 302
    assert client.post(f"{url}addresses/{address.pk}/", {"strike": "1"}).status_code == 302
    page = client.get(url).content.decode()
    assert "渡辺 健一" in page
    assert "避難先の町" not in page


@pytest.mark.parametrize(
    ("path", "said", "field"),
    [
        ("names", {"kind": "former", "name": "渡邉"}, "name"),
        ("addresses", {"kind": "home", "address": "津市1"}, "address"),
        ("reaches", {"kind": "mobile", "reach": "090-1111-2222"}, "reach"),
    ],
)
def test_two_who_change_another_name_address_or_number_at_once_see_each_other_s_words(
    client: Any, here: Any, known: Case, path: str, said: dict[str, str], field: str
) -> None:
    """Nobody overwrites, or takes away, what somebody else has corrected meanwhile."""
    url = f"/cases/{known.number}/person/{path}/"
    assert client.post(url, said).status_code == 302
    with acting_as(here.actor):
        models: dict[str, Any] = {"names": OtherName, "addresses": OtherAddress, "reaches": OtherReach}
        row: Any = models[path].objects.get()
    url = f"{url}{row.pk}/"
    seen = client.get(url).context["form"]["seen"].value()
    assert client.post(url, said | {field: "先に書いた", "seen": seen}).status_code == 302
    for late in (said | {field: "あとから", "seen": seen}, {"strike": "1", "seen": seen}):
        refused = client.post(url, late)
        assert refused.status_code == 422
        assert "先に書いた" in refused.content.decode()
    late = client.post(url, said | {field: "あとから", "seen": seen})
    assert "あとから" in late.content.decode()
    now = late.context["form"]["seen"].value()
    assert client.post(url, said | {field: "あとから", "seen": now}).status_code == 302
    with acting_as(here.actor):
        row.refresh_from_db()
    assert getattr(row, field) == "あとから"


@pytest.mark.parametrize(
    ("path", "wrong", "told"),
    [
        ("names/", {"kind": "former"}, "どちらか"),
        ("names/", {"kind": "nickname", "name": "あ"}, "いまの選択肢にないもの"),
        ("addresses/", {"kind": "former", "address": ""}, "必須"),
        ("addresses/", {"kind": "former", "address": "津市", "starts_on": "いつか"}, "日付として読めません"),
        ("reaches/", {"kind": "mobile", "reach": ""}, "必須"),
        ("reaches/", {"kind": "fax", "reach": "075-1"}, "いまの選択肢にないもの"),
        ("edit/", {"age": "だいたい"}, "年齢として読めません"),
        ("edit/", {"name": "山田\x07"}, "3文字目"),
    ],
)
def test_what_cannot_be_kept_of_a_person_comes_back_in_words_with_what_was_typed(
    client: Any, known: Case, path: str, wrong: dict[str, str], told: str
) -> None:
    answer = client.post(f"/cases/{known.number}/person/{path}", wrong)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_two_cases_are_compared_merged_and_split_through_the_pages(client: Any, here: Any, known: Case) -> None:
    """X-04."""
    client.post("/cases/new/", NEW | KEN | {"desk": here.desk.pk, "same": "new"})
    with acting_as(here.actor):
        other = Case.objects.exclude(pk=known.pk).get()
    url = f"/cases/{known.number}/person/"
    assert "見つかりません" in client.get(f"{url}merge/?with=E-1999-1").content.decode()
    page = client.get(f"{url}merge/?with={other.number.lower()}").content.decode()
    for words in ("髙橋 健一", "高橋健一", "漢字や書き方だけ"):
        assert words in page, words
    assert client.post(f"{url}merge/?with={other.number}", {"reason": ""}).status_code == 422
    page = client.post(f"{url}merge/?with={other.number}", {"reason": "本人に確かめた"}, follow=True).content.decode()
    assert "本人に確かめた" in page
    assert other.number in page
    with acting_as(here.actor):
        merge = Merge.objects.get()
    split = f"{url}merges/{merge.pk}/split/"
    asked = client.post(split, {"reason": ""})
    assert asked.status_code == 422
    assert f"もどるケース：{other.number}" in asked.content.decode()
    assert "別の人だった" in client.post(split, {"reason": "別の人だった"}, follow=True).content.decode()
    assert len(people(here)) == 2


def test_what_was_known_before_can_be_read_with_when_and_who_by_those_who_may_see_it(
    client: Any, here: Any, there: Any, client_of: Any, known: Case
) -> None:
    """X-04: merging and splitting keep the full history of what was known, and secret things stay with their house."""
    url = f"/cases/{known.number}/person/"
    assert "まだ書きかえられたことはありません" in client.get(f"{url}history/").content.decode()
    facts = {"name": "髙橋 健一", "reading": "たかはし けんいち", "birth_date": "S59.5.1"}
    for phone in ("075-111-2222", "075-333-4444"):
        client.post(f"{url}edit/", facts | {"phone": phone})
    for kind, name in (("former", "渡邉 健一"), ("secret", "避難 健一")):
        client.post(f"{url}names/", {"kind": kind, "name": name})
        with acting_as(here.actor):
            row = OtherName.objects.get(kind=kind)
        client.post(f"{url}names/{row.pk}/", {"kind": kind, "name": f"{name}（直し）"})
        client.post(f"{url}names/{row.pk}/", {"strike": "1"})
    with acting_as(here.actor):
        other = open_case(by=here.actor, desk=here.desk, requester="self", name="高橋 健一", address="みやこ市1")
    client.post(f"{url}merge/?with={other.number}", {"reason": "本人に確かめた"})
    page = client.get(f"{url}history/").content.decode()
    for words in ("075-111-2222", "075-333-4444", "渡邉 健一（直し）", "避難 健一", "みやこ市1", here.staff.name):
        assert words in page, words
    with acting_as(KEEPER):
        said = {"basis": "consent", "reason": "同意", "starts_at": clock.now(), "ends_at": clock.now() + DAY}
        Grant.objects.create(case_id=known.pk, organisation=there.organisation, parts=["basics", "family"], **said)
    page = client_of(there.staff).get(f"{url}history/").content.decode()
    assert "渡邉 健一" in page
    assert "避難" not in page


def test_pages_of_a_person_are_missing_for_a_stranger(client_of: Any, there: Any, known: Case) -> None:
    """X-01."""
    stranger = client_of(there.staff)
    for tail in ("", "edit/", "history/", "steps/name/", "names/", "addresses/", "merge/"):
        assert stranger.get(f"/cases/{known.number}/person/{tail}").status_code == 404, tail


def test_the_page_is_read_with_a_note_in_the_audit_log(client: Any, known: Case) -> None:
    client.get(f"/cases/{known.number}/person/")
    with acting_as(KEEPER):
        assert Entry.objects.filter(deed="casework.read_person", case_id=known.pk, reading=True).count() == 1
