"""The passphrase, coming back, the seat, and leaving it."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from engawa.kernel import clock
from engawa.kernel.live import opened
from engawa.porch.mailbox.actions import lay_letters
from engawa.porch.mailbox.models import Envelope, SeatLetter
from engawa.porch.seats.cookie import who_sits
from engawa.porch.seats.models import Seat
from engawa.porch.seats.queries import public_key_of_seat
from engawa.post.letters import Letter, TalkClosed, TalkTaken, WordAnswered, encode
from engawa.post.parcels import SealedLetter
from engawa.post.sealing import Cover, seal

pytestmark = pytest.mark.django_db(databases=["default", "porch"])
START = "/talk/"
WORDS = "夜しか起きていられなくて。"


@pytest.fixture
def words(visitor: Client) -> list[str]:
    """The passphrase of a visitor who has begun a talk and still sees it."""
    form = {"token": str(visitor.get(START).context["form"]["token"].value()), "words": WORDS, "agree": "on"}
    visitor.post(START, form)
    return list(visitor.get(reverse("pages:passphrase")).context["words"])


@pytest.fixture
def talk_url(visitor: Client, words: list[str]) -> str:
    return str(visitor.post(reverse("pages:passphrase")).headers["Location"])


@pytest.fixture
def answered(visitor: Client, talk_url: str) -> Callable[..., None]:
    """Lays letters of the office at the visitor's seat."""

    def lay(make: Callable[[uuid.UUID, dt.datetime], Letter]) -> None:
        sitting = who_sits(visitor.session)
        assert sitting
        letter_id = uuid.uuid4()
        letter = make(uuid.UUID(talk_url.split("/")[-2]), clock.now())
        public_key = public_key_of_seat(sitting.seat_id)
        assert public_key
        sealed = seal(encode(letter), Cover(letter_id, sitting.seat_id), public_key)
        lay_letters(letters=[SealedLetter(letter_id, sitting.seat_id, sealed, event="answer", ref="")])

    return lay


class TestThePassphrase:
    def test_is_six_words_to_copy_print_or_keep_as_a_picture(self, visitor: Client, words: list[str]) -> None:
        assert len(words) == 6
        page = visitor.get(reverse("pages:passphrase")).text
        assert all(word in page for word in words)
        for way in ("data-copy", "data-picture", "data-print"):
            assert way in page

    def test_is_shown_until_the_visitor_has_it_and_never_again(self, visitor: Client, words: list[str]) -> None:
        assert visitor.get(reverse("pages:passphrase")).status_code == 200
        visitor.post(reverse("pages:passphrase"))
        again = visitor.get(reverse("pages:passphrase"))
        assert again.headers["Location"] == reverse("pages:seat")


class TestComingBack:
    def test_works_in_any_kana_and_spacing_after_months_of_silence(self, visitor: Client, words: list[str]) -> None:
        """X-06: months of silence are normal."""
        Seat.objects.update(last_here_on=clock.today() - dt.timedelta(days=400))
        typed = "　".join(words).translate({code: code + 0x60 for code in range(0x3041, 0x3097)})
        other = Client()
        assert other.post(reverse("pages:come_back"), {"passphrase": typed}).headers["Location"] == "/seat/"
        assert WORDS in other.get(reverse("pages:transcript")).text

    def test_a_near_miss_is_helped_by_the_word_list_alone(self, visitor: Client, words: list[str]) -> None:
        typed = [*words[:5], words[5] + "んん"]
        page = Client().post(reverse("pages:come_back"), {"passphrase": " ".join(typed)})
        assert page.status_code == 200
        assert words[5] in page.text
        assert "合言葉に使わないことばがあります" in page.text

    def test_a_wrong_passphrase_looks_the_same_whether_a_seat_is_near_or_not(
        self, visitor: Client, words: list[str]
    ) -> None:
        def answer(typed: list[str]) -> str:
            page = Client().post(reverse("pages:come_back"), {"passphrase": " ".join(typed)})
            assert page.status_code == 200
            return str(page.text.split("callout")[1].split("</div>")[0])

        near, far = [*words[:5], words[0]], ["あいこくしん"] * 6
        assert answer(near) == answer(far)

    def test_too_few_words_are_counted(self, visitor: Client) -> None:
        page = visitor.post(reverse("pages:come_back"), {"passphrase": "あいこくしん あいさつ"})
        assert "いま、2つ入っています" in page.text

    def test_nothing_typed_says_so(self, visitor: Client) -> None:
        assert "合言葉を入れてください" in visitor.post(reverse("pages:come_back"), {"passphrase": ""}).text

    def test_trying_on_and_on_is_slowed_down_without_blame(self, visitor: Client) -> None:
        for _number in range(30):
            visitor.post(reverse("pages:come_back"), {"passphrase": "あいこくしん"})
        page = visitor.post(reverse("pages:come_back"), {"passphrase": "あいこくしん"})
        assert page.status_code == 429
        assert "席はそのまま残っています" in page.text

    def test_half_written_words_go_on_where_they_belong(self, visitor: Client, words: list[str]) -> None:
        other = Client()
        page = other.post(reverse("pages:come_back"), {"passphrase": " ".join(words), "words": "書きかけ"})
        assert "書きかけ" in page.text
        assert "おかえりなさい" in page.text
        assert WORDS in page.text


class TestTheSeat:
    def test_shows_answers_who_reads_and_where_a_talk_paused(
        self, visitor: Client, talk_url: str, answered: Callable[..., None]
    ) -> None:
        answered(lambda talk, at: TalkTaken(talk_id=talk, persona="さくら", at=at))
        assert "さくらが読んでいます" in visitor.get(talk_url).text
        assert "さくらが話を聞いています" in visitor.get("/seat/").text
        answered(
            lambda talk, at: WordAnswered(
                talk_id=talk,
                message_id=uuid.uuid4(),
                words="<b>読みました</b>",
                persona="さくら",
                said_at=at,
                automatic=False,
            )
        )
        assert "&lt;b&gt;読みました&lt;/b&gt;" in visitor.get(f"{talk_url}stream/").text
        answered(lambda talk, at: TalkClosed(talk_id=talk, at=at))
        assert "また書けば、続きから話せます" in visitor.get(talk_url).text

    def test_an_automatic_text_stands_apart_from_a_persons_words(
        self, visitor: Client, talk_url: str, answered: Callable[..., None]
    ) -> None:
        """001-11: automatic text outside hours."""
        answered(
            lambda talk, at: WordAnswered(
                talk_id=talk, message_id=uuid.uuid4(), words="次は月曜です", persona="", said_at=at, automatic=True
            )
        )
        assert '<li class="aside"><p class="said prewrap">次は月曜です' in visitor.get(talk_url).text

    def test_own_words_can_be_read_again_and_printed(self, visitor: Client, talk_url: str) -> None:
        """001-12: a transcript on request; seeing one's own words helps."""
        page = visitor.get(reverse("pages:transcript")).text
        assert WORDS in page
        assert "data-print" in page

    def test_says_until_when_it_is_kept(self, visitor: Client, talk_url: str) -> None:
        until = clock.today() + dt.timedelta(days=730)
        assert f"{until:%Y年%-m月%-d日}まで" in visitor.get("/seat/").text

    @pytest.mark.parametrize("name", ["seat", "transcript", "delete", "passphrase"])
    def test_without_sitting_every_way_leads_to_coming_back(self, visitor: Client, name: str) -> None:
        page = visitor.get(reverse(f"pages:{name}"), follow=True)
        assert page.redirect_chain[-1][0] == reverse("pages:come_back")


class TestLeaving:
    def test_standing_up_keeps_the_seat(self, visitor: Client, words: list[str], talk_url: str) -> None:
        visitor.post(reverse("pages:stand_up"))
        assert visitor.get("/seat/").status_code == 302
        visitor.post(reverse("pages:come_back"), {"passphrase": " ".join(words)})
        assert visitor.get("/seat/").status_code == 200

    def test_the_open_talk_goes_on_listening_only_while_its_visitor_sits_there(
        self, visitor: Client, talk_url: str
    ) -> None:
        sitting = who_sits(visitor.session)
        assert sitting
        assert f'data-live-renew-url="{reverse("pages:renew_ticket")}"' in visitor.get(talk_url).text
        ticket = visitor.get(reverse("pages:renew_ticket")).json()["ticket"]
        assert opened(ticket).topics == ["porch:desks", f"seat:{sitting.seat_id}"]
        visitor.post(reverse("pages:stand_up"))
        assert visitor.get(reverse("pages:renew_ticket")).status_code == 404

    def test_leaving_at_once_stands_up_too(self, visitor: Client, talk_url: str) -> None:
        visitor.get(reverse("pages:close"))
        assert visitor.get(talk_url).status_code == 302

    def test_deleting_takes_two_taps_and_takes_all_that_lies_there(
        self, visitor: Client, words: list[str], talk_url: str
    ) -> None:
        visitor.get(reverse("pages:delete"))
        assert Seat.objects.count() == 1
        gone = visitor.post(reverse("pages:delete"), follow=True)
        assert "席を消しました" in gone.text
        assert (Seat.objects.count(), SeatLetter.objects.count()) == (0, 0)
        assert Envelope.objects.count() == 3  # the seat, the word and the news that it was deleted still travel
        assert "見つかりませんでした" in visitor.post("/come-back/", {"passphrase": " ".join(words)}).text

    def test_a_seat_deleted_elsewhere_keeps_what_is_being_written_here(
        self, visitor: Client, words: list[str], talk_url: str
    ) -> None:
        other = Client()
        other.post(reverse("pages:come_back"), {"passphrase": " ".join(words)})
        other.post(reverse("pages:delete"))
        page = visitor.post(talk_url, {"token": str(uuid.uuid4()), "words": "まだいます"})
        assert "まだいます" in page.text
        assert reverse("pages:start") in page.text


def test_two_tabs_are_one_seat_and_two_talks(visitor: Client) -> None:
    first, second = (visitor.get(START).context["form"]["token"].value() for _tab in range(2))
    for token in (first, second):
        visitor.post(START, {"token": str(token), "words": f"{token}", "agree": "on"})
    assert Seat.objects.count() == 1
    assert len(visitor.get("/seat/").context["talks"]) == 2
