"""Beginning a talk and going on with it: nothing asked but the words, nothing typed is lost, nothing kept readable."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from engawa.porch.entrances import web
from engawa.porch.mailbox.models import Envelope, SeatLetter
from engawa.porch.noticeboard.models import OfficeKey
from engawa.porch.pages.rules import TERMS_VERSION
from engawa.porch.pages.views import talks as views
from engawa.porch.seats import actions as seats_actions
from engawa.porch.seats.actions import DoorCrowded
from engawa.porch.seats.models import Seat
from engawa.porch.seats.rules import TRIES_PER_HOUR
from engawa.post.keys import KeyRing
from engawa.post.letters import Letter, SeatOpened, TalkOpened, VisitorTyping, WordSaid, decode
from engawa.post.sealing import Cover

pytestmark = pytest.mark.django_db(databases=["default", "porch"])
START = "/talk/"
WORDS = "夜しか起きていられなくて。"


@pytest.fixture
def arrived(ring: KeyRing) -> Callable[[], list[Letter]]:
    """What the office would read, in order."""

    def read() -> list[Letter]:
        rows = Envelope.objects.order_by("number")
        return [decode(ring.open(bytes(row.sealed), Cover(row.id, row.seat_id), row.key_id)) for row in rows]

    return read


def begin(visitor: Client, **typed: str) -> Any:
    page = visitor.get(START)
    form = {"token": str(page.context["form"]["token"].value()), "words": WORDS, "agree": "on"}
    return visitor.post(START, form | typed)


def talk_of(visitor: Client) -> str:
    """Begin a talk, keep the passphrase, and name the talk's address."""
    begin(visitor)
    return str(visitor.post(reverse("pages:passphrase")).headers["Location"])


class TestTheFirstWord:
    def test_needs_nothing_but_words_and_agreement(self, visitor: Client, arrived: Callable[[], list[Letter]]) -> None:
        """000-02, 001-12, X-05: from the first word on without name, age, voice or registration."""
        assert begin(visitor).headers["Location"] == reverse("pages:passphrase")
        opened, talk = arrived()
        assert isinstance(opened, SeatOpened)
        assert isinstance(talk, TalkOpened)
        assert (talk.words, talk.handle, talk.age_band, talk.area, talk.requester) == (WORDS, "", "", "", "")
        assert talk.answer_needed

    def test_keeps_what_was_agreed_to_by_version(self, visitor: Client, arrived: Callable[[], list[Letter]]) -> None:
        begin(visitor)
        talk = arrived()[1]
        assert isinstance(talk, TalkOpened)
        assert talk.terms_version == TERMS_VERSION

    def test_carries_what_was_told_besides(self, visitor: Client, arrived: Callable[[], list[Letter]]) -> None:
        told = {"handle": "ねこ", "requester": "family", "age_band": "70代以上", "area": "北区", "topic": "家族のこと"}
        begin(visitor, **told, route="広報・ちらし", no_answer="on")
        talk = arrived()[1]
        assert isinstance(talk, TalkOpened)
        assert {name: getattr(talk, name) for name in told} == told
        assert not talk.answer_needed

    def test_names_the_language_of_the_page(self, visitor: Client, arrived: Callable[[], list[Letter]]) -> None:
        form = {"token": str(uuid.uuid4()), "words": "Hello", "agree": "on"}
        visitor.get("/en/talk/")
        visitor.post("/en/talk/", form)
        talk = arrived()[1]
        assert isinstance(talk, TalkOpened)
        assert talk.language == "en"

    def test_shows_the_exception_for_danger_to_life_before_anything_is_typed(self, visitor: Client) -> None:
        page = visitor.get(START).text
        assert page.index("命に危険がある") < page.index("<textarea")

    def test_sent_twice_is_one_talk_at_one_seat_with_the_same_passphrase(self, visitor: Client) -> None:
        """A double submit makes one word: the second answer is the one the browser shows."""
        page = visitor.get(START)
        form = {"token": str(page.context["form"]["token"].value()), "words": WORDS, "agree": "on"}
        before = visitor.cookies.copy()
        visitor.post(START, form)
        first = visitor.get(reverse("pages:passphrase")).context["words"]
        visitor.cookies = before
        visitor.post(START, form)
        assert visitor.get(reverse("pages:passphrase")).context["words"] == first
        assert (Seat.objects.count(), SeatLetter.objects.count(), Envelope.objects.count()) == (1, 1, 2)

    @pytest.mark.parametrize("words", ["", "   \n\t ", "\x00\x07\x1b", "\u3000"])
    def test_nothing_written_is_gently_said(self, visitor: Client, words: str) -> None:
        page = begin(visitor, words=words)
        assert page.status_code == 200
        assert "ひとことでも、だいじょうぶです" in page.text
        assert not Seat.objects.exists()

    def test_without_the_agreement_the_words_stay(self, visitor: Client) -> None:
        page = begin(visitor, agree="")
        assert WORDS in page.text
        assert "書いたことばは残っています" in page.text

    def test_too_many_words_stay_and_are_counted(self, visitor: Client) -> None:
        page = begin(visitor, words="あ" * 20_001)
        assert "20,001" in page.text
        assert "あ" * 20_001 in page.text

    @pytest.mark.parametrize(
        "words",
        ["あ" * 20_000, "👨‍👩‍👧‍👦 🏳️‍🌈", "葛󠄀城の辻󠄀さん 𠮷野家 﨑 ①㈱", "一行目\n\n三行目", "＝1+1 <b>&amp;</b>"],
        ids=["twenty-thousand", "emoji", "variation-selectors", "lines", "markup"],
    )
    def test_arrives_as_it_was_typed(self, visitor: Client, arrived: Callable[[], list[Letter]], words: str) -> None:
        """X-08: rare characters; emoji, joiners and variation selectors stay as they are."""
        begin(visitor, words=words.replace("\n", "\r\n"))
        talk = arrived()[1]
        assert isinstance(talk, TalkOpened)
        assert talk.words == words

    def test_twenty_thousand_characters_in_many_lines_fit(self, visitor: Client) -> None:
        """A browser sends each line end as two characters; they count as one."""
        assert begin(visitor, words="\r\n".join(["あ"] * 10_000)).status_code == 302

    def test_waits_with_the_words_kept_when_the_office_is_not_ready(self, visitor: Client) -> None:
        OfficeKey.objects.all().delete()
        page = begin(visitor)
        assert page.status_code == 503
        assert WORDS in page.text
        assert "いまは送れません" in page.text

    def test_is_slowed_down_where_seats_are_opened_in_bulk_and_the_words_stay(self, visitor: Client) -> None:
        for _number in range(30):
            begin(Client())
        page = begin(visitor)
        assert page.status_code == 429
        assert WORDS in page.text

    def test_a_further_talk_from_a_seat_that_opened_many_waits_with_the_words_kept(
        self, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(TRIES_PER_HOUR, "talk", 1)
        begin(visitor)
        page = begin(visitor, words="もうひとつの話です")
        assert page.status_code == 429
        assert "もうひとつの話です" in page.text
        assert "いま書いたことばも消えません" in page.text

    def test_a_desk_may_be_chosen_and_a_broken_one_is_no_trap(
        self, visitor: Client, arrived: Callable[[], list[Letter]], desk_published: Callable[..., Any]
    ) -> None:
        desk = desk_published()
        assert str(desk.desk_id) in visitor.get(START, {"desk": str(desk.desk_id)}).text
        begin(visitor, desk=str(desk.desk_id))
        talk = arrived()[1]
        assert isinstance(talk, TalkOpened)
        assert talk.desk_id == desk.desk_id
        assert visitor.get(START, {"desk": "x' OR 1=1"}).status_code == 200


class TestTheTalk:
    def test_shows_own_words_and_takes_more(self, visitor: Client, arrived: Callable[[], list[Letter]]) -> None:
        url = talk_of(visitor)
        token = str(uuid.uuid4())
        said = visitor.post(url, {"token": token, "words": "もうひとこと", "no_answer": "on"})
        assert said.headers["Location"] == f"{url}?said=1#newest"
        page = visitor.get(said.headers["Location"]).text
        assert WORDS in page
        assert "もうひとこと" in page
        word = arrived()[2]
        assert isinstance(word, WordSaid)
        assert not word.answer_needed

    def test_the_same_word_sent_twice_is_said_once(self, visitor: Client) -> None:
        url, form = talk_of(visitor), {"token": str(uuid.uuid4()), "words": "もうひとこと"}
        visitor.post(url, form)
        visitor.post(url, form)
        assert visitor.get(url).text.count("もうひとこと") == 1

    def test_one_word_too_many_within_the_hour_waits_with_the_words_kept(
        self, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(TRIES_PER_HOUR, "say", 0)
        page = visitor.post(talk_of(visitor), {"token": str(uuid.uuid4()), "words": "もうひとこと"})
        assert page.status_code == 429
        assert "もうひとこと" in page.text
        assert "いま書いたことばも消えません" in page.text

    def test_at_a_full_seat_the_words_stay_and_the_way_on_is_named(
        self, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = talk_of(visitor)
        monkeypatch.setattr(web, "MOST_LETTERS", 1)
        for page in (visitor.post(url, {"token": str(uuid.uuid4()), "words": WORDS}), begin(visitor)):
            assert page.status_code == 409
            assert WORDS in page.text
            assert "この席は、ことばでいっぱいです" in page.text
        assert (SeatLetter.objects.count(), Envelope.objects.count()) == (1, 2)

    def test_an_empty_word_keeps_the_page_and_says_so(self, visitor: Client) -> None:
        page = visitor.post(talk_of(visitor), {"token": str(uuid.uuid4()), "words": " "})
        assert "ひとことでも、だいじょうぶです" in page.text
        assert WORDS in page.text

    def test_is_never_kept_by_a_browser_or_a_proxy(self, visitor: Client) -> None:
        url = talk_of(visitor)
        for path in (url, f"{url}stream/", reverse("pages:seat"), reverse("pages:transcript"), START):
            assert "no-store" in visitor.get(path).headers["Cache-Control"]

    def test_what_the_open_page_fetches_equals_what_reloading_shows(
        self, visitor: Client, desk_published: Callable[..., Any]
    ) -> None:
        desk_published()
        url = talk_of(visitor)
        welcome, _start, stream = visitor.get(f"{url}stream/").text.partition("<ol")
        page = visitor.get(url).text
        assert welcome.strip() in page
        assert stream.strip() in page

    def test_of_another_seat_does_not_exist(self, visitor: Client, zone: None) -> None:
        url, other = talk_of(visitor), Client()
        talk_of(other)
        assert other.get(url).status_code == 404
        assert other.post(url, {"token": str(uuid.uuid4()), "words": "x"}).status_code == 404
        assert other.get(f"{url}stream/").status_code == 404

    def test_without_a_seat_leads_to_coming_back(self, visitor: Client) -> None:
        url = f"/talk/{uuid.uuid4()}/"
        assert visitor.get(url).headers["Location"] == reverse("pages:come_back")
        assert visitor.get(f"{url}stream/").status_code == 404

    def test_typing_passes_and_is_never_stored(self, visitor: Client) -> None:
        url = talk_of(visitor)
        heard: list[str] = []
        connection = connections["porch"]
        before = Envelope.objects.count()
        with connection.execute_wrapper(
            lambda execute, sql, params, many, context: (
                heard.append(str(params)),
                execute(sql, params, many, context),
            )[1]
        ):
            assert visitor.post(f"{url}typing/").status_code == 204
        assert any(VisitorTyping.kind in call for call in heard)
        assert Envelope.objects.count() == before
        assert visitor.get(f"{url}typing/").status_code == 405

    def test_typing_is_let_pass_no_faster_than_anybody_types(
        self, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = talk_of(visitor)
        monkeypatch.setitem(TRIES_PER_HOUR, "typing", 2)
        heard: list[object] = []
        monkeypatch.setattr(web.mailbox, "let_pass", lambda **passed: heard.append(passed))
        assert {visitor.post(f"{url}typing/").status_code for _ in range(5)} == {204}
        assert len(heard) == 2

    def test_saying_and_typing_open_nothing_that_lies_at_the_seat(
        self, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = talk_of(visitor)
        monkeypatch.setattr(views, "talks_of", lambda _sitting: pytest.fail("the whole seat was opened"))
        assert visitor.post(f"{url}typing/").status_code == 204
        said = visitor.post(url, {"token": str(uuid.uuid4()), "words": "もうひとつ"})
        assert said.status_code == 302

    def test_a_talk_from_before_ids_carried_a_mark_goes_on(
        self, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = talk_of(visitor)
        monkeypatch.setattr(web, "is_talk_of", lambda *_: False)
        said = visitor.post(url, {"token": str(uuid.uuid4()), "words": "もうひとつ"})
        assert said.status_code == 302
        elsewhere = reverse("pages:talk", args=[uuid.uuid4()])
        assert visitor.post(elsewhere, {"token": str(uuid.uuid4()), "words": "どこへ"}).status_code == 404


def test_a_crowd_at_the_door_is_named_and_the_words_stay(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def crowded(_words: tuple[str, ...]) -> None:
        raise DoorCrowded

    monkeypatch.setattr(seats_actions, "_opening", crowded)
    page = begin(visitor, words="夜になると")
    assert page.status_code == 503
    assert "混み合って" in page.text
    assert "夜になると" in page.text
    back = visitor.post(reverse("pages:come_back"), {"passphrase": "あいさつ", "words": "書きかけ"})
    assert back.status_code == 503
    assert "席はそのまま残っています" in back.text
    assert "書きかけ" in back.text


def test_whoever_asked_for_furigana_keeps_them_at_the_seat(visitor: Client) -> None:
    visitor.get(reverse("pages:ruby", args=["on"]))
    begin(visitor)
    assert "<ruby>" in visitor.get(reverse("pages:passphrase")).text


def test_what_people_said_gets_no_furigana(visitor: Client) -> None:
    visitor.get(reverse("pages:ruby", args=["on"]))
    url = talk_of(visitor)
    visitor.post(url, {"token": str(uuid.uuid4()), "words": "相談したい <家族>"})
    page = visitor.get(url).text
    assert "相談したい &lt;家族&gt;" in page
    assert "<ruby>返事" in page


class TestAnExpiredForm:
    def test_keeps_every_word_and_choice_of_a_first_word(self, strict_visitor: Client) -> None:
        token = str(uuid.uuid4())
        page = strict_visitor.post(
            START, {"token": token, "words": WORDS, "handle": "ねこ", "requester": "family", "agree": "on"}
        )
        assert "もういちど「送る」を押してください" in page.text
        for kept in (token, WORDS, "ねこ"):
            assert kept in page.text
        again = {"csrfmiddlewaretoken": page.context["csrf_token"], "token": token, "words": WORDS, "agree": "on"}
        assert strict_visitor.post(START, again).status_code == 302

    def test_keeps_the_word_of_a_talk(self, strict_visitor: Client) -> None:
        page = strict_visitor.get(START)
        form = {"csrfmiddlewaretoken": page.context["csrf_token"], "token": str(uuid.uuid4()), "agree": "on"}
        strict_visitor.post(START, form | {"words": WORDS})
        talk = strict_visitor.session["shown"]["talk"]
        page = strict_visitor.post(f"/talk/{talk}/", {"token": str(uuid.uuid4()), "words": "つづきのことば"})
        assert "つづきのことば" in page.text
        assert "そのまま残っています" in page.text

    def test_after_the_browser_was_closed_the_words_wait_for_the_passphrase(self, strict_visitor: Client) -> None:
        page = strict_visitor.post(f"/talk/{uuid.uuid4()}/", {"token": str(uuid.uuid4()), "words": "つづきのことば"})
        assert "つづきのことば" in page.text
        assert reverse("pages:come_back") in page.text

    def test_words_put_into_a_visitors_hand_by_another_site_are_not_shown(self, strict_visitor: Client) -> None:
        headers = {"Sec-Fetch-Site": "cross-site"}
        page = strict_visitor.post(START, {"token": str(uuid.uuid4()), "words": "わるだくみ"}, headers=headers)
        assert page.status_code == 403
        assert "わるだくみ" not in page.text


def test_the_porch_keeps_nothing_readable_and_no_address(visitor: Client) -> None:
    """C: neither a sentence, nor the passphrase, nor the visitor's address stands in the database."""
    page = visitor.get(START)
    form = {"token": str(page.context["form"]["token"].value()), "words": WORDS, "agree": "on"}
    visitor.post(START, form, REMOTE_ADDR="203.0.113.77")
    words = visitor.get(reverse("pages:passphrase")).context["words"]
    with connections["porch"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        everything = ""
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM \"{table}\" t")  # noqa: S608
            everything += str(cursor.fetchone())
    for secret in (WORDS, WORDS.encode().hex(), "203.0.113.77", *words, *(word.encode().hex() for word in words)):
        assert secret not in everything
