"""The desk's pages: what shows, what works without JavaScript, what is kept when something stands in the way."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COURIER, Actor
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.directory.models import Desk, Resource
from engawa.office.talks.actions import answers, holding
from engawa.office.talks.models import Message, Talk, Template

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def talk(open_talk: Callable[..., Talk]) -> Talk:
    return open_talk("夜の川はきれいでした", said_at=clock.now() - dt.timedelta(minutes=2))


@pytest.fixture
def at_the_desk(counsellor: Staff, client_of: Callable[[Staff], Client]) -> Client:
    return client_of(counsellor)


def url(talk: Talk, rest: str = "") -> str:
    return f"/desk/talks/{talk.pk}/{rest}"


def reread(talk: Talk) -> Talk:
    with acting_as(COURIER):
        return Talk.objects.get(pk=talk.pk)


def said(talk: Talk, direction: str) -> list[str]:
    with acting_as(COURIER):
        return list(Message.objects.filter(talk=talk, direction=direction).values_list("body", flat=True))


def test_the_inbox_shows_who_waits_and_for_how_long(at_the_desk: Client, talk: Talk) -> None:
    page = at_the_desk.get("/desk/").content.decode()
    assert "こもれび さん" in page
    assert "2分 待ち" in page
    assert "本人・30代" in page
    assert "夜の川はきれいでした" in page


@pytest.mark.parametrize(
    "query", ["?tab=mine", "?tab=left", "?tab=all", "?tab=nonsense", "?q=川", "?q=%00", "?before=x", "?open=x"]
)
def test_every_tab_and_any_query_gives_a_page(at_the_desk: Client, talk: Talk, query: str) -> None:
    assert at_the_desk.get(f"/desk/{query}").status_code == 200


def test_a_search_finds_a_talk_by_its_words_and_leaves_out_the_others(
    at_the_desk: Client, talk: Talk, open_talk: Callable[..., Talk]
) -> None:
    open_talk("山の話です", handle="やまびこ")
    page = at_the_desk.get("/desk/?tab=all&q=夜の川").content.decode()
    assert ("こもれび さん" in page, "やまびこ さん" in page) == (True, False)


def test_a_live_inbox_fetches_the_same_list_that_a_reload_shows(at_the_desk: Client, talk: Talk) -> None:
    whole = at_the_desk.get("/desk/?tab=all").content.decode()
    fragment = at_the_desk.get("/desk/?tab=all", **HTMX).content.decode()
    assert fragment.strip() in whole


def test_the_number_of_queries_does_not_grow_with_the_inbox(
    at_the_desk: Client, open_talk: Callable[..., Talk], django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(30):
        open_talk(f"ことば {number}", handle=f"人{number}")
    with django_assert_max_num_queries(25):  # three of them note that the inbox was read
        page = at_the_desk.get("/desk/").content.decode()
    assert page.count('class="row"') == 30


def test_the_number_of_queries_of_a_talk_does_not_grow_with_its_words(
    at_the_desk: Client, talk: Talk, say: Callable[..., None], django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(30):
        say(talk, f"ことば {number}")
    with django_assert_max_num_queries(36):
        at_the_desk.get(url(talk))


def test_a_talk_shows_what_is_known_and_what_could_help(at_the_desk: Client, talk: Talk) -> None:
    Resource.objects.create(kind="place", name="月あかり", times="木 20–22時", online=True, published=True)
    page = at_the_desk.get(url(talk)).content.decode()
    for shown in ("みやこ市", "30代", "匿名のまま", "月あかり", "席ができた", "送る"):
        assert shown in page


def test_reading_a_talk_is_audited(at_the_desk: Client, talk: Talk) -> None:
    at_the_desk.get(url(talk))
    with acting_as(COURIER):
        assert Entry.objects.filter(deed="talks.read", reading=True, subject=str(talk.pk)).exists()


def test_who_holds_a_talk_and_who_writes_are_looked_up_without_filling_the_log(at_the_desk: Client, talk: Talk) -> None:
    at_the_desk.get(url(talk, "head/"))
    at_the_desk.get(url(talk, "beside/"))
    with acting_as(COURIER):
        assert not Entry.objects.filter(deed="talks.read").exists()
    at_the_desk.get(url(talk, "words/"))
    with acting_as(COURIER):
        assert Entry.objects.filter(deed="talks.read").count() == 1


def test_words_of_visitors_are_shown_as_text_never_as_markup(
    at_the_desk: Client, open_talk: Callable[..., Talk]
) -> None:
    evil = open_talk("<script>alert(1)</script>", handle="<b>x</b>", area='"><img src=x>')
    page = at_the_desk.get(url(evil)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x>" not in page
    assert "<b>x</b>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_answer_without_javascript_is_sent_and_shown(at_the_desk: Client, talk: Talk) -> None:
    answer = at_the_desk.post(url(talk, "reply/"), {"words": "どんな川でしたか", "form_id": str(uuid7())}, follow=True)
    assert "どんな川でしたか" in answer.content.decode()
    assert said(talk, "out") == ["どんな川でしたか"]
    assert reread(talk).waiting_since is None


def test_an_answer_with_htmx_brings_the_pane_with_an_empty_box(at_the_desk: Client, talk: Talk) -> None:
    answer = at_the_desk.post(url(talk, "reply/"), {"words": "どんな川でしたか", "form_id": str(uuid7())}, **HTMX)
    assert answer.status_code == 200
    assert 'id="talk"' in answer.content.decode()
    assert "</textarea>" in answer.content.decode()
    assert ">どんな川でしたか</textarea>" not in answer.content.decode()


def test_the_back_button_and_a_second_click_say_it_once(at_the_desk: Client, talk: Talk) -> None:
    form = {"words": "はい", "form_id": str(uuid7())}
    at_the_desk.post(url(talk, "reply/"), form)
    at_the_desk.post(url(talk, "reply/"), form)
    assert said(talk, "out") == ["はい"]


@pytest.mark.parametrize("words", ["", "　\n", "あ" * 20_001], ids=["empty", "blank", "long"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_words_that_cannot_be_sent_stay_in_the_box(
    at_the_desk: Client, talk: Talk, words: str, headers: dict[str, str]
) -> None:
    answer = at_the_desk.post(url(talk, "reply/"), {"words": words, "form_id": str(uuid7())}, **headers)
    assert answer.status_code == (200 if headers else 409)
    assert f">{words}</textarea>" in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    assert said(talk, "out") == []


@pytest.mark.parametrize(
    "words", ["葛\U000e0100城さん", "👩‍👩‍👧‍👦", "<b>'\"&", "１\u00002"], ids=["selector", "emoji", "markup", "nul"]
)
def test_rare_characters_reach_the_visitor_as_typed(at_the_desk: Client, talk: Talk, words: str) -> None:
    at_the_desk.post(url(talk, "reply/"), {"words": words, "form_id": "no-uuid"})
    assert said(talk, "out") == [words.replace("\x00", "")]


def test_a_collision_tells_who_was_first_and_loses_nothing(
    at_the_desk: Client, talk: Talk, colleague: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    first = actor_of(colleague)
    with acting_as(first):
        holding.claim(by=first, talk_id=talk.pk)
    form = {"words": "わたしが返事を", "form_id": str(uuid7())}
    page = at_the_desk.post(url(talk, "reply/"), form).content.decode()
    assert f"先に {colleague.name} さんが受け持ちました" in page
    assert ">わたしが返事を</textarea>" in page
    assert "それでも送る" in page
    assert said(talk, "out") == []
    at_the_desk.post(url(talk, "reply/"), form | {"beside": "1"})
    assert said(talk, "out") == ["わたしが返事を"]


def test_a_collision_at_the_claim_keeps_what_is_in_the_box(
    at_the_desk: Client, talk: Talk, colleague: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    first = actor_of(colleague)
    with acting_as(first):
        holding.claim(by=first, talk_id=talk.pk)
    page = at_the_desk.post(url(talk, "do/wait/"), {"words": "書きかけ"}).content.decode()
    assert colleague.name in page
    assert ">書きかけ</textarea>" in page


def test_each_deed_works_by_plain_post_and_keeps_the_half_written_answer(at_the_desk: Client, talk: Talk) -> None:
    for deed in ("claim", "wait", "no-answer", "release", "close", "reopen", "say-read", "mark-read"):
        page = at_the_desk.post(url(talk, f"do/{deed}/"), {"words": "書きかけ"}, follow=True)
        assert page.status_code == 200
        assert ">書きかけ</textarea>" in page.content.decode()


def test_an_unknown_deed_is_not_found(at_the_desk: Client, talk: Talk) -> None:
    assert at_the_desk.post(url(talk, "do/delete/"), {"words": ""}).status_code == 404


def test_a_note_takes_the_words_of_the_box_and_never_leaves(
    at_the_desk: Client, talk: Talk, outgoing: Callable[[], list[object]]
) -> None:
    page = at_the_desk.post(url(talk, "do/note/"), {"words": "川の話が好き"}, follow=True).content.decode()
    assert "川の話が好き" in page
    assert ">川の話が好き</textarea>" not in page
    assert outgoing() == []


def test_a_supervisor_whispers_to_the_counsellor(
    talk: Talk, supervisor: Staff, at_the_desk: Client, client_of: Callable[[Staff], Client]
) -> None:
    client_of(supervisor).post(url(talk, "do/whisper/"), {"words": "川の話をもう少し"})
    assert "スーパーバイザー 上田 けやき から" in at_the_desk.get(url(talk)).content.decode()
    assert at_the_desk.post(url(talk, "do/whisper/"), {"words": "まねごと"}).status_code == 404


def test_a_talk_that_worries_somebody_stands_first_with_why_until_somebody_says_what_was_found(
    open_talk: Callable[..., Talk],
    talk: Talk,
    at_the_desk: Client,
    supervisor: Staff,
    client_of: Callable[[Staff], Client],
    outgoing: Callable[[], list[object]],
) -> None:
    newer = open_talk("もういいかな、と思います", handle="つくし")
    assert at_the_desk.post(url(newer, "do/worry/"), {"words": " "}).status_code == 409
    at_the_desk.post(url(newer, "do/worry/"), {"words": "家に一人。今夜、眠れていない"})
    answered = {"words": "聞いています", "form_id": str(uuid7())}
    at_the_desk.post(url(newer, "reply/"), answered)  # an answer takes no worry off
    above = client_of(supervisor)
    rows = re.findall(r'id="row-([0-9a-f-]{36})"', above.get("/desk/").text)
    assert rows == [str(newer.pk), str(talk.pk)]
    assert above.get("/desk/next/").headers["Location"].endswith(f"{talk.pk}/")  # the other has somebody
    assert "家に一人。今夜、眠れていない" in above.get(url(newer)).text.partition('class="worry"')[2]
    assert "やりとりを気がかりにしました" in above.get("/alerts/").text
    assert not [letter for letter in outgoing() if "眠れていない" in repr(letter)]

    assert 'formaction="/desk/talks/' + f'{talk.pk}/do/ease/"' not in above.get(url(talk)).text
    assert above.post(url(newer, "do/ease/"), {"words": ""}).status_code == 409
    above.post(url(newer, "do/ease/"), {"words": "電話で話した。母が帰っている"})
    page = at_the_desk.get(url(newer)).text
    assert 'class="worry"' not in page
    assert "電話で話した。母が帰っている" in page
    assert str(newer.pk) not in re.findall(r'id="row-([0-9a-f-]{36})"', at_the_desk.get("/desk/").text)


def test_a_template_is_put_below_what_stands_in_the_box(at_the_desk: Client, talk: Talk, desk: Desk) -> None:
    ready = Template.objects.create(desk=desk, title="はじめに", body="来てくれて、ありがとう。")
    page = at_the_desk.post(url(talk, "draft/"), {"words": "こんばんは。", "template": str(ready.pk)}, follow=True)
    assert ">こんばんは。\n来てくれて、ありがとう。</textarea>" in page.content.decode()


def test_what_is_being_written_is_kept_and_seen_by_colleagues(
    at_the_desk: Client, talk: Talk, colleague: Staff, client_of: Callable[[Staff], Client]
) -> None:
    assert at_the_desk.post(url(talk, "draft/"), {"words": "笑わないですよ"}).status_code == 204
    assert ">笑わないですよ</textarea>" in at_the_desk.get(url(talk)).content.decode()
    beside = client_of(colleague).get(url(talk, "beside/")).content.decode()
    assert "相田 さくら さんが書いています" in beside
    assert "笑わないですよ" in beside


def test_seen_words_are_marked_by_a_request_of_its_own(at_the_desk: Client, talk: Talk) -> None:
    assert "data-unseen" in at_the_desk.get(url(talk)).content.decode()
    assert at_the_desk.post(url(talk, "seen/")).status_code == 204
    assert "data-unseen" not in at_the_desk.get(url(talk)).content.decode()


def test_next_leads_to_who_has_waited_longest(at_the_desk: Client, talk: Talk, open_talk: Callable[..., Talk]) -> None:
    open_talk("いま来ました")
    assert at_the_desk.get("/desk/next/").headers["Location"] == url(talk)


def test_next_says_when_nobody_waits(at_the_desk: Client, desk: Desk) -> None:
    assert "待っている人はいません" in at_the_desk.get("/desk/next/", follow=True).content.decode()


def test_an_open_inbox_is_a_presence(at_the_desk: Client, counsellor: Staff, talk: Talk) -> None:
    assert at_the_desk.post("/desk/presence/").status_code == 204
    assert counsellor.name in at_the_desk.get("/desk/").content.decode()


@pytest.mark.parametrize(
    "who", ["stranger", "partner", "supporter", "manager", "administrator", "auditor", "coordinator"]
)
@pytest.mark.parametrize("rest", ["", "words/", "head/", "beside/"])
def test_whoever_does_not_work_the_desk_finds_no_talk(
    talk: Talk, who: str, rest: str, request: pytest.FixtureRequest, client_of: Callable[[Staff], Client]
) -> None:
    assert client_of(request.getfixturevalue(who)).get(url(talk, rest)).status_code == 404


def test_nobody_comes_in_without_signing_in(client: Client, talk: Talk) -> None:
    assert client.get(url(talk)).status_code == 302
    assert client.post(url(talk, "reply/"), {"words": "はい"}).status_code == 302
    assert said(talk, "out") == []


def test_a_left_seat_says_that_no_answer_arrives(at_the_desk: Client, talk: Talk) -> None:
    with acting_as(COURIER):
        talk.seat.__class__.objects.filter(pk=talk.seat_id).update(left_at=clock.now())
    page = at_the_desk.get(url(talk)).content.decode()
    assert "返事は届きません" in page
    assert "<textarea" not in page.split('id="side"')[0]


def test_a_persona_is_shown_to_who_holds_the_talk(
    at_the_desk: Client, talk: Talk, counsellor: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    Staff.objects.filter(pk=counsellor.pk).update(persona="さくら")
    by = actor_of(counsellor)
    with acting_as(by):
        answers.reply(by=by, talk_id=talk.pk, words="はい", message_id=uuid7())
    assert "相談員は「さくら」と名のっています" in at_the_desk.get(url(talk)).content.decode()


def test_templates_are_written_by_those_who_may(
    desk: Desk, supervisor: Staff, at_the_desk: Client, client_of: Callable[[Staff], Client]
) -> None:
    chief = client_of(supervisor)
    new = f"/desk/templates/{desk.pk}/new/"
    assert chief.post(new, {"title": "", "body": "文"}).status_code == 422
    assert chief.post(new, {"title": "はじめに", "body": "来てくれて、ありがとう。"}).status_code == 302
    kept = Template.objects.get()
    assert "来てくれて" in chief.get("/desk/templates/").content.decode()
    one = f"/desk/templates/{desk.pk}/{kept.pk}/"
    chief.post(one, {"title": "はじめに", "body": "書いてくれて、ありがとう。"})
    assert Template.objects.get().body == "書いてくれて、ありがとう。"
    assert at_the_desk.get("/desk/templates/").status_code == 404
    assert at_the_desk.post(f"{one}drop/").status_code == 404
    chief.post(f"{one}drop/")
    assert not Template.objects.exists()


def test_drafts_are_not_shown_back_to_their_writer_as_a_colleagues(at_the_desk: Client, talk: Talk) -> None:
    at_the_desk.post(url(talk, "draft/"), {"words": "笑わない"})
    assert "さんが書いています" not in at_the_desk.get(url(talk, "beside/")).content.decode()
