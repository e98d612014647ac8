"""Pages to read: honest about who is there, findable, and without any cookie."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engawa.kernel.hours import Weekly
from engawa.post.letters import ClosedDay, Wording

pytestmark = pytest.mark.django_db(databases=["default", "porch"])
READING = ["home", "look", "desks", "about", "privacy", "accessibility", "deleted", "start", "come_back"]
LANGUAGES = ["ja", "ja-easy", "en"]


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize("prefix", ["", "/ja-easy", "/en"])
def test_every_page_opens_in_three_languages(visitor: Client, name: str, prefix: str) -> None:
    page = visitor.get(prefix + reverse(f"pages:{name}"))
    assert page.status_code == 200
    assert "すぐ閉じる" in page.text or "Leave" in page.text or "とじる" in page.text


@pytest.mark.parametrize("group", ["self", "family", "agency", "company"])
def test_four_kinds_of_people_find_their_own_first_page(visitor: Client, group: str) -> None:
    """000-03: the person, family, an agency, a company can each open a consultation."""
    page = visitor.get(reverse("pages:first", args=[group])).text
    assert f"?who={group}" in page
    start = visitor.get(reverse("pages:start") + f"?who={group}").text
    assert f'value="{group}" id=' in start or f'value="{group}"' in start


def test_an_unknown_group_is_not_found(visitor: Client) -> None:
    assert visitor.get("/first/police/").status_code == 404


@pytest.mark.parametrize("name", ["home", "look", "desks", "about", "privacy", "accessibility", "calendar"])
def test_reading_sets_no_cookie(visitor: Client, name: str) -> None:
    """One session cookie only, and only when it is needed."""
    assert not visitor.get(reverse(f"pages:{name}")).cookies


def test_no_page_asks_anything_of_a_third_party(visitor: Client) -> None:
    for name in READING:
        page = visitor.get(reverse(f"pages:{name}")).text
        assert "//" not in page.replace("http://www.w3.org", "").replace("https://www.w3.org", "")


class TestWelcome:
    def test_opens_three_doors_and_makes_four_promises(self, visitor: Client) -> None:
        home = visitor.get("/").text
        doors = home.split('class="doors"')[1].split("</section>")[0]
        assert [reverse(f"pages:{name}") for name in ("start", "look", "desks")] == re.findall(r'href="([^"]+)"', doors)
        assert all(name in doors for name in ("話してみる", "のぞいてみる", "窓口をさがす"))
        promises = re.findall(r"<h2>([^<]+)</h2>", home.split('class="promise"')[1].split("</section>")[0])
        assert promises == ["名前は聞きません", "外からは読めません", "せかしません", "命が危ないときだけ"]

    def test_says_who_is_there_until_when_and_how_long_an_answer_takes(
        self, visitor: Client, desk_published: Callable[..., Any], expectation_published: Callable[..., None]
    ) -> None:
        """001-12: the measured time to a first answer and the queue are shown."""
        expectation_published(desk_published(), present=2, waiting=3, minutes=13)
        home = visitor.get("/").text
        assert "いま相談員がいます" in home
        assert "待っている人は 3人" in home
        assert "返事の目安は 15分ほど" in home

    def test_claims_nothing_beyond_the_hours_when_nothing_fresh_is_known(
        self, visitor: Client, desk_published: Callable[..., Any]
    ) -> None:
        desk_published()
        home = visitor.get("/").text
        assert "受付の時間です" in home
        assert "いま相談員がいます" not in home
        assert "返事の目安" not in home

    def test_says_when_everybody_has_stepped_out(
        self, visitor: Client, desk_published: Callable[..., Any], expectation_published: Callable[..., None]
    ) -> None:
        expectation_published(desk_published(), present=0)
        assert "いまは席をはずしています" in visitor.get("/").text

    def test_names_the_next_opening_out_of_hours_and_invites_to_write(
        self, visitor: Client, desk_published: Callable[..., Any]
    ) -> None:
        """001-11: no loss outside hours."""
        yesterday = dt.date.today() - dt.timedelta(days=1)  # noqa: DTZ011 - any weekday but the present one
        desk_published(hours=(Weekly(yesterday.isoweekday(), dt.time(3), dt.time(3, 1)),))
        assert "いまは時間外です。次は" in visitor.get("/").text

    def test_an_empty_board_still_invites(self, visitor: Client) -> None:
        assert "いつでも書いておけます" in visitor.get("/").text


class TestDesks:
    @pytest.mark.parametrize("asked", ["北区", "中町", "よりそい", "ヨリソイ", "YORISOI", "どなた 北区"])
    def test_are_found_by_area_place_name_and_word(
        self, visitor: Client, desk_published: Callable[..., Any], asked: str
    ) -> None:
        desk_published()
        prefix = "/en" if asked.isascii() else ""
        assert visitor.get(f"{prefix}/desks/", {"q": asked}).context["desks"]

    def test_nothing_found_offers_to_talk_instead(self, visitor: Client, desk_published: Callable[..., Any]) -> None:
        desk_published()
        page = visitor.get(reverse("pages:desks"), {"q": "火星"})
        assert page.context["desks"] == []
        assert reverse("pages:start") in page.text

    def test_a_hostile_word_is_shown_as_text(self, visitor: Client) -> None:
        page = visitor.get(reverse("pages:desks"), {"q": '"><script>x</script>'}).text
        assert "<script>x" not in page

    def test_a_desk_shows_its_week_with_closed_days_and_their_reason(
        self, visitor: Client, desk_published: Callable[..., Any]
    ) -> None:
        tomorrow = dt.date.today() + dt.timedelta(days=2)  # noqa: DTZ011 - within the week, whatever the zone
        desk = desk_published(closed_days=(ClosedDay(tomorrow, "施設点検"),))
        page = visitor.get(reverse("pages:desk", args=[desk.desk_id])).text
        assert "お休み（施設点検）" in page
        assert "0:00–24:00" in page

    def test_a_telephone_number_with_an_extension_can_be_tapped(
        self, visitor: Client, desk_published: Callable[..., Any]
    ) -> None:
        """X-08: extension numbers."""
        desk = desk_published()
        assert 'href="tel:075-000-0000' not in visitor.get("/").text
        assert "tel:0750000000" in visitor.get(reverse("pages:desk", args=[desk.desk_id])).text

    def test_speak_the_language_of_the_page(self, visitor: Client, desk_published: Callable[..., Any]) -> None:
        desk_published(name=Wording("窓口", "まどぐち", "The desk"))
        assert "The desk" in visitor.get("/en/desks/").text
        assert "まどぐち" in visitor.get("/ja-easy/desks/").text

    def test_a_desk_that_is_not_published_is_not_found(self, visitor: Client) -> None:
        assert visitor.get(reverse("pages:desk", args=[uuid.uuid4()])).status_code == 404


class TestLooking:
    def test_shows_what_is_published_and_asks_for_nothing(
        self, visitor: Client, resource_published: Callable[..., Any]
    ) -> None:
        resource_published()
        page = visitor.get(reverse("pages:look")).text
        assert "月あかり" in page
        assert "<form" not in page

    def test_an_empty_shelf_is_not_shown_and_an_empty_room_says_so(self, visitor: Client) -> None:
        page = visitor.get(reverse("pages:look")).text
        assert "家族の会" not in page
        assert "いまは、ここに出ているものがありません" in page


class TestLanguages:
    def test_each_page_leads_to_itself_in_the_other_languages(self, visitor: Client) -> None:
        page = visitor.get("/en/first/family/").text
        assert 'href="/first/family/"' in page
        assert 'href="/ja-easy/first/family/"' in page

    def test_lines_of_easy_japanese_break_at_its_spaces_only(self, visitor: Client) -> None:
        assert '<html lang="ja" class="spaced">' in visitor.get("/ja-easy/").text
        assert '<html lang="ja">' in visitor.get("/").text

    def test_english_pages_link_to_english_pages(self, visitor: Client) -> None:
        assert 'href="/en/talk/"' in visitor.get("/en/").text

    def test_the_browsers_language_changes_nothing_by_itself(self, visitor: Client) -> None:
        assert 'lang="ja"' in visitor.get("/", headers={"Accept-Language": "en"}).text


class TestFurigana:
    def test_appears_on_request_and_goes_again(self, visitor: Client) -> None:
        assert "<ruby>" not in visitor.get("/").text
        switched = visitor.get(reverse("pages:ruby", args=["on"]), {"next": "/about/"})
        assert switched.headers["Location"] == "/about/"
        assert "<ruby>相談<rp>（</rp><rt>そうだん</rt>" in visitor.get("/about/").text
        visitor.get(reverse("pages:ruby", args=["off"]))
        assert "<ruby>" not in visitor.get("/about/").text

    def test_never_leads_to_another_site(self, visitor: Client) -> None:
        switched = visitor.get(reverse("pages:ruby", args=["on"]), {"next": "https://example.org//example.org/"})
        assert not switched.headers["Location"].startswith(("//", "http"))


class TestLeavingAtOnce:
    def test_shows_a_calendar_that_tells_nothing(self, visitor: Client) -> None:
        page = visitor.get(reverse("pages:close"), follow=True)
        assert page.redirect_chain[-1][0] == reverse("pages:calendar")
        assert not any(word in page.text for word in ("えんがわ", "相談", "ひきこもり"))

    @pytest.mark.parametrize("name", READING)
    def test_stands_on_every_page(self, visitor: Client, name: str) -> None:
        assert f'href="{reverse("pages:close")}"' in visitor.get(reverse(f"pages:{name}")).text


def test_urgent_numbers_stand_on_every_page(visitor: Client) -> None:
    for name in READING:
        assert "0120-279-338" in visitor.get(reverse(f"pages:{name}")).text


def test_no_page_speaks_of_cure_escape_or_incidents(visitor: Client) -> None:
    """003-33: public words never speak of cure or escape, never link incidents with hikikomori."""
    pages = [reverse(f"pages:{name}") for name in READING]
    pages += [reverse("pages:first", args=[group]) for group in ("self", "family", "agency", "company")]
    for url in pages:
        text = visitor.get(url).text
        assert not [
            word
            for word in (
                "治す",
                "治る",
                "治療",
                "脱ひきこもり",
                "脱出",
                "克服",
                "更生",
                "社会復帰",
                "事件",
                "犯罪",
                "問題行動",
                "正常",
            )
            if word in text
        ]


def test_no_page_hurries(visitor: Client) -> None:
    """X-06: night, reversed days and months of silence are normal states."""
    home, own = visitor.get("/").text, visitor.get(reverse("pages:first", args=["self"])).text
    assert not [word for word in ("今すぐ登録", "お早めに", "期限", "残り時間", "久しく") if word in home + own]
    assert "昼と夜が逆でも、何か月ぶりでも、ふつうのことです。" in own


@pytest.mark.parametrize("path", ["/nowhere/", "/en/nowhere/", "/ja-easy/nowhere/"])
def test_a_page_that_does_not_exist_still_lets_one_leave_and_go_home(visitor: Client, path: str) -> None:
    page = visitor.get(path)
    assert page.status_code == 404
    assert "data-leave" in page.text
    assert f'href="{path.removesuffix("nowhere/")}"' in page.text
