"""Pages of cases, as the cast meets them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engawa.kernel import clock
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import close_case, edit_facts, link_talk, offer_handover, open_case
from engawa.office.casework.cases.models import Case, CaseState
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.casework.timeline.models import Contact
from engawa.office.talks.models import Message, Talk

pytestmark = pytest.mark.django_db
CALL = {"method": "phone", "counterpart": "family", "minutes": "20", "content": "母から。", "on": "2026-05-10"}
FACTS = {"complaint": "部屋から出ない", "requester": "family", "received_on": "2026-05-01"}


@pytest.fixture
def client(here: Any, client_of: Any) -> Any:
    return client_of(here.staff)


@pytest.fixture
def elsewhere(there: Any, client_of: Any) -> Any:
    return client_of(there.staff)


def test_the_list_shows_my_organisations_cases_and_a_stranger_sees_none(
    client: Any, elsewhere: Any, case: Case
) -> None:
    assert case.number in client.get("/cases/").content.decode()
    page = elsewhere.get("/cases/").content.decode()
    assert case.number not in page
    assert "あてはまるケースはありません" in page


def test_every_page_of_a_case_is_missing_for_a_stranger(elsewhere: Any, here: Any, case: Case) -> None:
    with acting_as(here.actor):
        contact = record_contact(by=here.actor, case=case, **CALL | {"on": case.received_on, "minutes": 1})
    for tail in ("", "facts/", "contact/", f"contact/{contact.pk}/", "close/", "reopen/", "handover/"):
        for ask in (elsewhere.get, elsewhere.post):
            if tail or ask == elsewhere.get:
                assert ask(f"/cases/{case.number}/{tail}").status_code == 404, tail
    assert elsewhere.get("/cases/E-2026-99999/").status_code == 404


def test_the_list_stays_at_the_same_number_of_queries_however_long_it_is(client: Any, here: Any) -> None:
    def queries_with(more: int) -> int:
        with acting_as(here.actor):
            for _place in range(more):
                open_case(by=here.actor, desk=here.desk, requester="self", name="山田", lead=here.staff)
        with CaptureQueriesContext(connection) as counted:
            client.get("/cases/")
        return len(counted)

    client.get("/cases/")
    assert queries_with(1) == queries_with(20) <= 25


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"E-2026-00001", "E-2026-00002"}),
        ("state=closed", {"E-2026-00002"}),
        ("state=continuing", {"E-2026-00001"}),
        ("quiet=30", {"E-2026-00001"}),
        ("scope=mine", {"E-2026-00002"}),
        ("scope=shared", set()),
        ("received_from=2026-06-01", {"E-2026-00002"}),
        ("received_to=2026-06-01", {"E-2026-00001"}),
        ("sort=number", {"E-2026-00001", "E-2026-00002"}),
        ("state=nonsense&sort=nonsense&page=x", {"E-2026-00001", "E-2026-00002"}),
    ],
)
def test_the_list_is_narrowed_by_what_is_asked(client: Any, here: Any, case: Case, query: str, shown: set[str]) -> None:
    day = dt.date(2026, 7, 1)
    with acting_as(here.actor):
        second = open_case(by=here.actor, desk=here.desk, requester="self", received_on=day, lead=here.staff)
        close_case(by=here.actor, case=second, on=day, reason="moved")
    page = client.get(f"/cases/?{query}").content.decode()
    assert {number for number in ("E-2026-00001", "E-2026-00002") if number in page} == shown


def test_a_case_page_says_who_it_is_in_their_own_words_why_i_may_see_it_and_what_happened(
    client: Any, here: Any, case: Case
) -> None:
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, complaint="息子が部屋から出ません", handle="ねこやなぎ", age_band="40代")
        record_contact(by=here.actor, case=case, **CALL | {"on": case.received_on, "minutes": 20})
    page = client.get(f"/cases/{case.number}/").content.decode()
    for words in (
        "息子が部屋から出ません",
        "ねこやなぎ",
        "40代",
        "自機関のケース",
        "引継ぎまで",
        "電話・家族・親族",
        "20分",
    ):
        assert words in page, words


def test_the_timeline_is_narrowed_and_grows_and_htmx_gets_the_same_as_a_reload(
    client: Any, here: Any, case: Case
) -> None:
    with acting_as(here.actor):
        for day in range(1, 32):
            said = {"on": dt.date(2026, 5, day), "content": f"記録{day:02d}。"}
            record_contact(by=here.actor, case=case, **CALL | {"minutes": 5} | said)
    url = f"/cases/{case.number}/"
    first, more = client.get(url).content.decode(), client.get(f"{url}?most=60").content.decode()
    assert "記録02。" in first
    assert "記録01。" not in first
    assert "most=60" in first
    assert "記録01。" in more
    assert "相談を受けた" not in client.get(f"{url}?kind=contact&most=60").content.decode()
    assert "記録31。" not in client.get(f"{url}?method=visit").content.decode()
    assert "記録31。" in client.get(f"{url}?worker={here.staff.pk}").content.decode()
    fragment = client.get(f"{url}?most=60", headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip() in more


def test_a_case_is_opened_with_nothing_but_who_asked(client: Any, here: Any) -> None:
    """X-05, 002-01: no name, no age."""
    answer = client.post("/cases/new/", {"requester": "family", "received_on": "2026-05-01", "desk": here.desk.pk})
    assert answer.status_code == 302
    assert "名のらない人" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("typed", "shown"), [("23", "23歳"), ("２３歳", "23歳"), ("40代", "40代"), ("不明", "不明"), ("", "不明")]
)
def test_an_age_may_be_a_number_a_band_or_unknown(client: Any, here: Any, typed: str, shown: str) -> None:
    """X-05."""
    answer = client.post("/cases/new/", FACTS | {"desk": here.desk.pk, "age": typed})
    assert f"<dd>{shown}" in client.get(answer.url).content.decode()


def test_an_age_that_is_none_is_refused_in_words_and_nothing_typed_is_lost(client: Any, here: Any) -> None:
    answer = client.post("/cases/new/", FACTS | {"desk": here.desk.pk, "age": "だいたい"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "年齢として読めません" in page
    assert "部屋から出ない" in page
    assert "だいたい" in page


def test_submitting_a_new_case_or_a_contact_twice_makes_one(client: Any, here: Any, case: Case) -> None:
    form = client.get("/cases/new/").context["form"]
    data = FACTS | {"desk": here.desk.pk, "key": form["key"].value()}
    assert client.post("/cases/new/", data).url == client.post("/cases/new/", data).url
    url = f"/cases/{case.number}/contact/"
    contact = CALL | {"key": client.get(url).context["form"]["key"].value()}
    client.post(url, contact)
    client.post(url, contact)
    with acting_as(here.actor):
        assert Case.objects.count() == 2
        assert Contact.objects.count() == 1


def test_a_contact_is_recorded_and_a_correction_keeps_the_words_before(client: Any, here: Any, case: Case) -> None:
    url = f"/cases/{case.number}/contact/"
    assert client.post(url, CALL).status_code == 302
    with acting_as(here.actor):
        contact = Contact.objects.get()
    page = client.get(f"{url}{contact.pk}/")
    seen = page.context["form"]["seen"].value() or ""
    wrong = client.post(f"{url}{contact.pk}/", CALL | {"minutes": "45", "seen": seen})
    assert wrong.status_code == 422
    right = CALL | {"minutes": "45", "reason": "聞き違い", "seen": seen}
    assert client.post(f"{url}{contact.pk}/", right).status_code == 302
    again = client.get(f"{url}{contact.pk}/").content.decode()
    assert "<del>20</del><ins>45</ins>" in again
    assert "聞き違い" in again


def test_of_two_who_correct_the_same_contact_the_second_sees_both_versions(client: Any, here: Any, case: Case) -> None:
    url = f"/cases/{case.number}/contact/"
    client.post(url, CALL)
    with acting_as(here.actor):
        contact = Contact.objects.get()
    first = CALL | {"content": "先の人", "reason": "足した"}
    client.post(f"{url}{contact.pk}/", first)
    seen = client.get(f"{url}{contact.pk}/").context["form"]["seen"].value()
    client.post(f"{url}{contact.pk}/", first | {"content": "間の人", "seen": seen})
    late = client.post(f"{url}{contact.pk}/", first | {"content": "後の人", "seen": seen})
    page = late.content.decode()
    assert late.status_code == 422
    assert "ほかの人が先に直しました" in page
    assert "間の人" in page
    assert "後の人" in page


def test_of_two_who_edit_the_facts_at_once_the_second_is_told(client: Any, case: Case) -> None:
    url = f"/cases/{case.number}/facts/"
    seen = client.get(url).context["form"]["seen"].value()
    assert client.post(url, FACTS | {"seen": seen, "complaint": "先"}).status_code == 302
    late = client.post(url, FACTS | {"seen": seen, "complaint": "後"})
    assert late.status_code == 422
    assert "先に直しました" in late.content.decode()
    again = late.context["form"]["seen"].value()
    assert client.post(url, FACTS | {"seen": again, "complaint": "後"}).status_code == 302


def test_of_two_who_correct_a_contact_for_the_first_time_the_second_is_told(client: Any, here: Any, case: Case) -> None:
    client.post(f"/cases/{case.number}/contact/", CALL)
    with acting_as(here.actor):
        url = f"/cases/{case.number}/contact/{Contact.objects.get().pk}/"
    said = CALL | {"reason": "足した", "seen": client.get(url).context["form"]["seen"].value()}
    assert client.post(url, said | {"content": "先の人"}).status_code == 302
    late = client.post(url, said | {"content": "後の人"})
    assert late.status_code == 422
    beside = late.content.decode().partition("今の内容と、あなたの書いたもの")[2].partition("</table>")[0]
    assert "先の人" in beside
    assert "後の人" in beside
    assert (
        client.post(url, said | {"content": "後の人", "seen": late.context["form"]["seen"].value()}).status_code == 302
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"content": "声\x07"}, "2文字目"),
        ({"content": "声\x00"}, "2文字目"),
        ({"on": "2999-01-01"}, "先の日付"),
        ({"minutes": "1441"}, "1440"),
        ({"minutes": "many"}, "数字だけ"),
        ({"method": ""}, "必須"),
        ({"on": "あした"}, "日付"),
        ({"content": "あ" * 50_001}, "50000"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_in_words_with_all_that_was_typed(
    client: Any, here: Any, case: Case, wrong: dict[str, str], told: str
) -> None:
    answer = client.post(f"/cases/{case.number}/contact/", CALL | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "書いたものは残っています" in page
    with acting_as(here.actor):
        assert not Contact.objects.exists()


@pytest.mark.parametrize("content", ["あ" * 20_000, "葛󠄀城さん😀", "一\r\n二"])
def test_hostile_words_are_kept_and_shown(client: Any, here: Any, case: Case, content: str) -> None:
    client.post(f"/cases/{case.number}/contact/", CALL | {"content": content})
    with acting_as(here.actor):
        assert Contact.objects.get().content == content.replace("\r\n", "\n")


def test_markup_in_words_is_shown_as_words(client: Any, case: Case) -> None:
    client.post(f"/cases/{case.number}/contact/", CALL | {"content": "<script>alert(1)</script>"})
    page = client.get(f"/cases/{case.number}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_case_is_closed_with_a_reason_and_taken_up_again(client: Any, here: Any, case: Case) -> None:
    """002-19."""
    close, today = f"/cases/{case.number}/close/", clock.today().isoformat()
    assert "理由" in client.post(close, {"on": today}).content.decode()
    assert client.post(close, {"on": today, "reason": "introduced"}).status_code == 302
    page = client.get(f"/cases/{case.number}/").content.decode()
    assert "相談先・支援団体の紹介" in page
    assert "すでに終結" in client.post(close, {"on": today, "reason": "advice"}).content.decode()
    assert client.post(f"/cases/{case.number}/reopen/", {"on": today, "note": "また電話"}).status_code == 302
    with acting_as(here.actor):
        assert Case.objects.get().state == "continuing"
        assert CaseState.objects.count() == 2


def test_a_handover_goes_through_the_pages_of_both_organisations(
    client: Any, elsewhere: Any, here: Any, there: Any, case: Case
) -> None:
    """002-03."""
    offer = {"taker": there.organisation.pk, "package": "母と週1回電話。夜がよい。"}
    assert client.post(f"/cases/{case.number}/handover/", offer).status_code == 302
    inbox = elsewhere.get("/cases/handovers/").content.decode()
    assert case.number in inbox
    with acting_as(there.actor):
        url = f"/cases/handovers/{case.handovers.get().pk}/"
    assert "夜がよい" in elsewhere.get(url).content.decode()
    assert elsewhere.get(f"/cases/{case.number}/contact/").status_code == 404
    assert elsewhere.post(url, {"choice": "nonsense"}).status_code == 422
    assert ["引継ぎの日" in who.get(url).content.decode() for who in (elsewhere, client)] == [True, False]
    accepted = {"choice": "accept", "answer": "受けます", "on": "2999-01-01"}
    refused = elsewhere.post(url, accepted)
    assert (refused.status_code, "受けます" in refused.content.decode()) == (422, True)
    assert elsewhere.post(url, accepted | {"on": case.received_on}).url == f"/cases/{case.number}/"
    with acting_as(there.actor):
        assert CaseState.objects.get().effective_on == case.received_on
    assert elsewhere.get(f"/cases/{case.number}/contact/").status_code == 200
    given = client.get(f"/cases/{case.number}/").content.decode()
    assert "引継ぎ後の確認" in given
    assert "対応を記録" not in given
    assert "すでに返事" in elsewhere.post(url, {"choice": "decline"}).content.decode()


def test_an_offer_is_declined_or_taken_back(client: Any, elsewhere: Any, here: Any, there: Any, case: Case) -> None:
    for who, choice in ((elsewhere, "decline"), (client, "withdraw")):
        with acting_as(here.actor):
            offer = offer_handover(by=here.actor, case=case, taker=there.organisation, package="x")
        assert who.post(f"/cases/handovers/{offer.pk}/", {"choice": choice, "answer": "区域外"}).status_code == 302
        assert elsewhere.get(f"/cases/handovers/{offer.pk}/").status_code == 404
    assert "区域外" in client.get("/cases/handovers/").content.decode()


def test_a_linked_talk_is_read_on_the_case_with_all_that_was_said(client: Any, here: Any, case: Case) -> None:
    """000-06: an anonymous start is linked to a case later, and nothing said is lost."""
    with acting_as(here.actor):
        now = clock.now()
        talk = Talk.objects.create(
            desk=here.desk, organisation=here.organisation, handle="こもれび", opened_at=now, last_word_at=now
        )
        Message.objects.create(id=talk.pk, talk=talk, direction="in", body="夜の川はきれいでした", said_at=now)
        link_talk(by=here.actor, case=case, talk=talk)
    page = client.get(f"/cases/{case.number}/").content.decode()
    assert "こもれび とのやりとり" in page
    assert "夜の川は" in client.get(f"/cases/{case.number}/talks/{talk.pk}/").content.decode()
    assert client.get(f"/cases/{case.number}/talks/{case.pk}/").status_code == 404


def test_an_administrator_sees_no_case_and_no_page_of_cases(administrator: Staff, client_of: Any, case: Case) -> None:
    client = client_of(administrator)
    assert client.get("/cases/").status_code == 404
    assert client.get(f"/cases/{case.number}/").status_code == 404
