"""What visitors meet when something goes wrong, in each language of the porch, before and after they sat down."""

import io
import re
import uuid

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "porch"])
WORDS = "夜の川は<きれい>でした。"
GIVEN_BACK = "夜の川は&lt;きれい&gt;でした。"
FORM = "application/x-www-form-urlencoded"
WAYS = ["", "/ja-easy", "/en"]
_OFFICIAL = re.compile("[一-龥]{2}")  # easy words hardly need kanji, and English words none


def sit_down(visitor: Client) -> str:
    """Begin a talk, and name its address."""
    visitor.post("/talk/", {"token": str(uuid.uuid4()), "words": "はじめまして", "agree": "on"})
    return str(visitor.post("/seat/passphrase/").headers["Location"])


@pytest.fixture(params=["at no seat", "at a seat"])
def somebody(request: pytest.FixtureRequest, visitor: Client) -> Client:
    visitor.get("/talk/")
    if request.param == "at a seat":
        sit_down(visitor)
    visitor.raise_request_exception = False
    visitor.handler.enforce_csrf_checks = True
    return visitor


def told(way: str, page: str) -> str:
    """The page's own words, which must be those of its language."""
    main = page.partition("<main")[2].partition("</main>")[0]
    words = re.sub(r"<[^>]+>|\{[^}]*\}", " ", main)
    if way:
        assert not _OFFICIAL.search(words), words
    return words


@pytest.mark.parametrize("way", WAYS)
class TestEachRefusal:
    def test_of_an_address_that_is_not_there(self, somebody: Client, way: str) -> None:
        answer = somebody.get(f"{way}/nowhere/")
        assert answer.status_code == 404
        assert told(way, answer.content.decode())

    def test_of_an_address_that_only_takes_what_a_button_sends(self, somebody: Client, way: str) -> None:
        answer = somebody.get(f"{way}/seat/stand-up/")
        page = answer.content.decode()
        assert answer.status_code == 405
        assert told(way, page)
        assert f'href="{way}/"' in page
        assert f'href="{way}/close/"' in page

    def test_of_more_than_the_porch_takes_at_once(self, somebody: Client, way: str) -> None:
        answer = somebody.generic("POST", f"{way}/talk/", b"words=" + b"a" * 3_000_000, FORM)
        page = answer.content.decode()
        assert answer.status_code == 413
        assert told(way, page)
        assert f'href="{way}/close/"' in page

    def test_of_pieces_that_nobody_can_read(self, somebody: Client, way: str) -> None:
        answer = somebody.generic("POST", f"{way}/talk/", b"--x", "multipart/form-data; boundary=")
        assert answer.status_code == 400
        assert told(way, answer.content.decode())

    def test_of_a_form_that_is_too_old_says_that_nothing_has_changed_and_what_to_do(
        self, somebody: Client, way: str
    ) -> None:
        answer = somebody.post(f"{way}/seat/delete/")
        assert answer.status_code == 403
        assert told(way, answer.content.decode())
        assert len(re.findall("<p>", answer.content.decode().partition("<main")[2])) >= 3


def test_words_for_a_talk_of_another_seat_are_given_back_to_copy(visitor: Client) -> None:
    """Two tabs: in one of them the visitor has sat down at a new seat meanwhile."""
    old = sit_down(visitor)
    visitor.post("/seat/stand-up/")
    sit_down(visitor)
    answer = visitor.post(old.partition("?")[0], {"token": str(uuid.uuid4()), "words": WORDS})
    assert answer.status_code == 404
    assert GIVEN_BACK in answer.content.decode()
    assert "まだ送っていません" in answer.content.decode()


def test_words_of_an_old_page_for_a_talk_of_another_seat_stand_in_the_box_of_the_present_one(visitor: Client) -> None:
    """The same two tabs, where the form of the first has become too old as well: nothing is lost."""
    old = sit_down(visitor)
    visitor.post("/seat/stand-up/")
    sit_down(visitor)
    visitor.handler.enforce_csrf_checks = True
    page = visitor.post(old.partition("?")[0], {"token": str(uuid.uuid4()), "words": WORDS}).content.decode()
    assert GIVEN_BACK in page.partition("<textarea")[2].partition("</textarea>")[0]


def test_words_from_another_origin_are_not_shown_even_where_a_browser_says_nothing_else(visitor: Client) -> None:
    visitor.handler.enforce_csrf_checks = True
    answer = visitor.post("/talk/", {"words": WORDS}, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert GIVEN_BACK not in answer.content.decode()


def test_a_file_is_read_past_and_never_written(visitor: Client) -> None:
    """Whoever sends gigabytes must not fill the disk of the porch; what stands beside them arrives."""
    large = io.BytesIO(bytes(settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1))
    form = {"token": str(uuid.uuid4()), "words": "はじめまして", "agree": "on", "paper": large}
    answer = visitor.post("/talk/", form)
    assert answer.status_code == 302
    assert (dict(answer.wsgi_request.FILES), answer.wsgi_request.POST["words"]) == ({}, "はじめまして")
