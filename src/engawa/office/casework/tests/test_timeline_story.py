"""The timeline as a story: what was seen, heard and thought apart, own words marked, silence told calmly."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engawa.kernel import clock
from engawa.office.access.actors import COMMAND, KEEPER, Actor
from engawa.office.access.models import Membership, Staff
from engawa.office.access.permissions import Role
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.casework.cases.actions import edit_facts
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Household, Member
from engawa.office.casework.load.queries import steps_due
from engawa.office.casework.papers.queries.lists import course_paper
from engawa.office.casework.timeline import rules
from engawa.office.casework.timeline.actions import correct_contact, record_contact, tell_untaken
from engawa.office.casework.timeline.models import Contact, ContactCode, Method
from engawa.office.casework.timeline.rules import NotRecordable, Passage, Piece

MAY = dt.date(2026, 5, 10)
CALL = {"on": MAY, "method": "phone", "counterpart": "family", "content": "母から電話。"}
POST = {"on": "2026-05-10", "method": "visit", "counterpart": "self", "content": "玄関で五分。"}


@pytest.fixture
def client(here: Any, client_of: Any) -> Any:
    return client_of(here.staff)


@pytest.fixture
def supervisor_here(here: Any) -> Staff:
    staff = Staff.objects.create(email="supervisor@example.org", name="見守 係長")
    day = dt.date(2020, 4, 1)
    Membership.objects.create(staff=staff, organisation=here.organisation, role=Role.SUPERVISOR, starts_on=day)
    return staff


def told(staff: Staff) -> list[str]:
    with acting_as(actor_of(staff)):
        return list(Alert.objects.filter(staff=staff).values_list("title", flat=True))


def test_a_dictated_text_is_told_apart_by_the_words_that_begin_its_paragraphs() -> None:
    text = (
        "玄関で五分。\n伝聞：父は週に一度帰ると母から。\n見立て\n眠れていないようだ。\n\nまた来週。\nことば：「川へ」"
    )
    assert rules.told_apart(text) == {
        "content": "玄関で五分。\n\nまた来週。",
        "hearsay": "父は週に一度帰ると母から。",
        "opinion": "眠れていないようだ。",
        "own_words": "「川へ」",
    }


@pytest.mark.parametrize("text", ["", "見立ては変わらない。", "  空白も\n\nそのまま ", "母「伝聞：と言っていた」"])
def test_a_text_without_marks_stays_exactly_as_it_was_written(text: str) -> None:
    assert rules.told_apart(text) == {"content": text}


def test_a_line_that_is_a_quotation_is_told_with_its_speaker() -> None:
    told = list(rules.facts_of("玄関で話す。\n母「眠れているようです」\n「うん」\nそれだけ。"))
    assert told == [
        Passage("facts", "玄関で話す。"),
        Passage("quote", "眠れているようです", "母"),
        Passage("quote", "うん"),
        Passage("facts", "それだけ。"),
    ]
    assert list(rules.quotes_of("川まで行った\n\n本人「夜なら」")) == [
        Passage("quote", "川まで行った"),
        Passage("quote", "夜なら", "本人"),
    ]


def test_months_of_silence_are_told_as_quiet_time() -> None:
    """X-06: a gap between two contacts is part of the story, not an error."""
    days = [dt.date(2026, 8, 3), dt.date(2026, 8, 1), dt.date(2026, 2, 1), dt.date(2026, 1, 31)]
    moments = [Contact(on=day) for day in days]
    chapters = rules.chapters(moments)
    assert [(c.month.month, c.quiet, c.season, len(c.moments)) for c in chapters] == [
        (8, 0, "夏", 2),
        (2, 5, "冬", 1),
        (1, 0, "冬", 1),
    ]
    assert rules.chapters([]) == []


def test_a_comparison_shows_what_was_taken_out_and_put_in_and_loses_nothing() -> None:
    pieces = rules.compare("母から電話。二十分。", "父から電話。二十分と少し。")
    assert Piece("out", "母") in pieces
    assert Piece("put", "父") in pieces
    assert "".join(p.text for p in pieces if p.fate != "put") == "母から電話。二十分。"
    assert "".join(p.text for p in pieces if p.fate != "out") == "父から電話。二十分と少し。"


@pytest.mark.django_db
def test_the_codes_of_what_was_done_are_dated_data_with_a_source_and_one_contact_has_several(
    client: Any, here: Any, case: Case
) -> None:
    """002-24: listening, approach, accompanying, procedures, study and work; letters and newsletters are a channel.

    002-26: what is done for families, their courses and meetings and their will to go on, is counted as well.
    """
    shown = client.get(f"/cases/{case.number}/contact/").content.decode()
    for label in (
        "自宅（又はご希望の場所）での傾聴",
        "手紙、メール、電話での傾聴",
        "本人へのアプローチ",
        "就学・就労に向けた支援",
    ):
        assert label in shown
    said = POST | {"method": "newsletter", "codes": ["approach", "newsletter"]}
    assert client.post(f"/cases/{case.number}/contact/", said).status_code == 302
    with acting_as(here.actor):
        contact = Contact.objects.get()
        assert (contact.codes, contact.get_method_display()) == (["approach", "newsletter"], "おたより")
    page = client.get(f"/cases/{case.number}/").content.decode()
    assert "本人へのアプローチ" in page
    assert "おたより・本人" in page
    for of_families in ("家族教室・研修会", "家族会・家族交流会", "家族が相談を続けられるように"):
        assert of_families in shown, of_families
    assert all(ContactCode.objects.values_list("source", flat=True))
    assert Method.LETTER in Method


@pytest.mark.django_db
def test_a_code_that_is_not_in_force_on_the_day_is_refused_in_words(here: Any, case: Case) -> None:
    ContactCode.objects.filter(code="approach").update(ends_on=dt.date(2025, 3, 31))
    with acting_as(here.actor):
        record_contact(by=here.actor, case=case, **CALL | {"on": dt.date(2025, 3, 31), "codes": ["approach"]})
        with pytest.raises(NotRecordable, match="approach"):
            record_contact(by=here.actor, case=case, **CALL | {"codes": ["approach"]})


@pytest.mark.django_db
def test_facts_hearsay_opinion_and_own_words_stand_apart_on_the_page(client: Any, case: Case) -> None:
    said = POST | {
        "content": "玄関で五分。\n伝聞：父は単身赴任と母から。",
        "opinion": "眠れていない。",
        "own_words": "本人「夜なら」",
    }
    client.post(f"/cases/{case.number}/contact/", said | {"place": "自宅の玄関", "also_with": ["family", "other"]})
    page = client.get(f"/cases/{case.number}/").content.decode()
    for words in (
        '<blockquote class="said">「夜なら」<cite>本人</cite>',
        '<span class="kind">伝聞</span>父は単身赴任と母から。',
        '<span class="kind">見立て</span>眠れていない。',
        "訪問・本人・家族・親族・その他",
        "自宅の玄関",
        "2026年5月",
    ):
        assert words in page, words


@pytest.mark.django_db
def test_the_timeline_is_narrowed_to_a_counterpart_who_was_there_and_to_a_last_day(
    client: Any, here: Any, case: Case
) -> None:
    with acting_as(here.actor):
        record_contact(by=here.actor, case=case, **CALL | {"content": "母だけ"})
        record_contact(by=here.actor, case=case, **CALL | {"content": "三人で", "also_with": ["self"]})
        record_contact(by=here.actor, case=case, **CALL | {"content": "六月", "on": dt.date(2026, 6, 1)})
    url = f"/cases/{case.number}/"
    narrowed = client.get(f"{url}?counterpart=self").content.decode()
    assert "三人で" in narrowed
    assert "母だけ" not in narrowed
    assert "相談を受けた" not in narrowed
    early = client.get(f"{url}?until=2026-05-31").content.decode()
    assert "母だけ" in early
    assert "六月" not in early


def test_the_filters_come_when_somebody_asks_for_them_and_stay_while_they_narrow(client: Any, case: Case) -> None:
    url, filters = f"/cases/{case.number}/", '<select name="counterpart"'
    story = client.get(url).content.decode()
    assert filters not in story
    assert 'href="?narrow=1#narrow"' in story
    assert filters in client.get(f"{url}?narrow=1").content.decode()
    assert filters in client.get(f"{url}?kind=&method=&until=").content.decode()


@pytest.mark.slow
@pytest.mark.django_db
def test_a_long_story_is_read_to_its_beginning_in_pages_that_stay_short(client: Any, here: Any, case: Case) -> None:
    with acting_as(here.actor):
        for back in range(200):
            on = clock.today() - dt.timedelta(days=back)
            Contact.objects.create(case=case, on=on, method="phone", counterpart="self", content=f"記録{back:03d}。")
    url, seen, query = f"/cases/{case.number}/", set(), ""
    for _turn in range(12):
        page = client.get(f"{url}?{query}")
        moments = [moment for chapter in page.context["chapters"] for moment in chapter.moments]
        assert len(moments) <= 120
        seen |= {passage.text for moment in moments for passage in moment.passages}
        query = page.context["more"]
        if not query:
            break
    assert len(seen) == 200
    assert not query


@pytest.mark.slow
@pytest.mark.django_db
def test_the_case_page_asks_the_same_number_of_questions_however_long_its_story_is(
    client: Any, here: Any, case: Case
) -> None:
    def queries_with(more: int) -> int:
        with acting_as(here.actor):
            for place in range(more):
                said = CALL | {"content": f"「{place}」", "codes": ["family"], "next_step": "電話"}
                contact = record_contact(by=here.actor, case=case, **said)
                correct_contact(by=here.actor, contact=contact, reason="足した", place="自宅")
        with CaptureQueriesContext(connection) as counted:
            client.get(f"/cases/{case.number}/")
        return len(counted)

    client.get(f"/cases/{case.number}/")
    assert queries_with(1) == queries_with(40) <= 46


@pytest.mark.django_db
def test_each_correction_is_compared_with_what_stood_before_with_its_reason(client: Any, here: Any, case: Case) -> None:
    with acting_as(here.actor):
        contact = record_contact(by=here.actor, case=case, **CALL | {"codes": ["family"]})
        correct_contact(by=here.actor, contact=contact, reason="聞き違い", content="父から電話。")
        correct_contact(by=here.actor, contact=contact, reason="区分を足した", codes=["family", "approach"])
    story = client.get(f"/cases/{case.number}/").content.decode()
    url = f"/cases/{case.number}/contact/{contact.pk}/versions/"
    assert url in story
    page = client.get(url).content.decode()
    assert page.index("区分を足した") < page.index("聞き違い")
    assert "<del>母</del><ins>父</ins>から電話。" in page
    assert "<ins>、本人へのアプローチ</ins>" in page


@pytest.mark.django_db
def test_a_next_step_waits_on_the_case_and_with_its_worker_until_it_is_ticked_off(
    client: Any, here: Any, case: Case
) -> None:
    said = POST | {"next_step": "母に電話", "next_on": "2026-06-01"}
    assert "書いてください" in client.post(f"/cases/{case.number}/contact/", said | {"next_step": ""}).content.decode()
    client.post(f"/cases/{case.number}/contact/", said)
    with acting_as(here.actor):
        contact = Contact.objects.get()
        assert list(steps_due(here.actor, dt.date(2026, 6, 1))) == [contact]
        assert not steps_due(here.actor, dt.date(2026, 5, 31))
    url = f"/cases/{case.number}/contact/{contact.pk}/done/"
    assert url in client.get(f"/cases/{case.number}/").content.decode()
    for _twice in range(2):
        assert client.post(url).status_code == 302
    assert url not in client.get(f"/cases/{case.number}/").content.decode()
    with acting_as(here.actor):
        assert not steps_due(here.actor, dt.date(2026, 6, 1))
        assert not Contact.objects.get().events.exists()  # ticking off corrects nothing


@pytest.mark.django_db
def test_an_urgent_contact_reaches_humans_with_a_clock_until_one_takes_it(
    client: Any, here: Any, case: Case, supervisor_here: Staff, another_pair: Actor
) -> None:
    """X-07: whatever the channel, an urgent word is told at once, told wider when nobody takes it, and then taken."""
    with acting_as(here.actor):
        edit_facts(by=here.actor, case=case, lead=here.staff)
    client.post(f"/cases/{case.number}/contact/", POST | {"urgent": "on"})
    at_once = [f"ケース {case.number} に至急の対応があります"]
    colleague = Staff.objects.get(pk=another_pair.id)
    assert told(here.staff) == told(supervisor_here) == at_once
    assert told(colleague) == []
    page = client.get(f"/cases/{case.number}/").content.decode()
    assert "まだ誰も受けていません" in page
    with acting_as(KEEPER):
        assert tell_untaken() == 0
        with clock.standing_at(clock.now() + rules.TAKEN_WITHIN + dt.timedelta(minutes=1)):
            assert tell_untaken() == 1
            assert tell_untaken() == 0
    assert told(colleague) == [f"ケース {case.number} の至急の対応を、15分たっても誰も受けていません"]
    with acting_as(here.actor):
        contact = Contact.objects.get()
    for _twice in range(2):
        assert client.post(f"/cases/{case.number}/contact/{contact.pk}/take/").status_code == 302
    assert "まだ誰も受けていません" not in client.get(f"/cases/{case.number}/").content.decode()
    with acting_as(here.actor):
        assert Contact.objects.get().urgent_seen_by == here.staff


@pytest.mark.django_db
@pytest.mark.parametrize("method", Method)
def test_an_urgent_word_is_told_at_once_by_whatever_way_it_came(
    client: Any, case: Case, supervisor_here: Staff, method: Method
) -> None:
    """X-07: phone, visit, chat, letter: every channel can carry it."""
    client.post(f"/cases/{case.number}/contact/", POST | {"method": method, "urgent": "on"})
    assert told(supervisor_here) == [f"ケース {case.number} に至急の対応があります"]


@pytest.mark.django_db
def test_an_urgent_contact_that_was_taken_in_time_is_told_to_nobody_else(client: Any, here: Any, case: Case) -> None:
    client.post(f"/cases/{case.number}/contact/", POST | {"urgent": "on"})
    with acting_as(here.actor):
        contact = Contact.objects.get()
    client.post(f"/cases/{case.number}/contact/{contact.pk}/take/")
    with acting_as(KEEPER), clock.standing_at(clock.now() + dt.timedelta(hours=1)):
        assert tell_untaken() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    ["葛󠄀城 薫さん 𠮷野家 ㍿ ﾊﾝｶｸ", "△３ － ＠１２３", "内線（１２３）令和８年五月", "\ufa19田 \ufa26子 か\u3099田"],
)
def test_japanese_details_are_kept_and_shown_as_written(client: Any, here: Any, case: Case, words: str) -> None:
    """X-08: rare characters, full-width forms and signs survive every field of a contact and its comparison."""
    said = dict.fromkeys(("content", "own_words", "hearsay", "opinion", "place", "next_step"), words)
    client.post(f"/cases/{case.number}/contact/", POST | said)
    with acting_as(here.actor):
        contact = Contact.objects.get()
        assert {getattr(contact, name) for name in said} == {words}
    client.post(f"/cases/{case.number}/contact/{contact.pk}/", POST | said | {"place": "玄関", "reason": words})
    assert f"<del>{words}</del>" in client.get(f"/cases/{case.number}/contact/{contact.pk}/versions/").content.decode()


@pytest.mark.django_db
def test_the_timeline_is_narrowed_to_a_member_of_the_household(client: Any, here: Any, case: Case) -> None:
    """003-24: one story for everybody of the household, and each of them in it."""
    with acting_as(COMMAND):
        case.household = Household.objects.create()
        case.save()
    with acting_as(here.actor):
        mother, brother = (Member.objects.create(household=case.household, called=called) for called in ("母", "兄"))
        for member, content in ((mother, "庭で話した"), (brother, "電話で聞いた")):
            record_contact(by=here.actor, case=case, **CALL | {"content": content, "members": [member.pk]})
        with pytest.raises(NotRecordable, match="世帯"):
            record_contact(by=here.actor, case=case, **CALL | {"members": [case.pk]})
    assert "会った世帯員" in client.get(f"/cases/{case.number}/contact/").content.decode()
    page = client.get(f"/cases/{case.number}/?member={mother.pk}").content.decode()
    assert "庭で話した" in page
    assert "電話で聞いた" not in page
    assert '<span class="tag">母</span>' in page


@pytest.mark.django_db
def test_whom_the_case_is_about_is_met_by_the_name_the_case_goes_by(client: Any, here: Any, case: Case) -> None:
    with acting_as(COMMAND):
        case.household = Household.objects.create()
        case.member = Member.objects.create(household=case.household)
        case.handle = "Aさん"
        case.save()
    with acting_as(here.actor):
        record_contact(by=here.actor, case=case, **CALL | {"content": "庭で話した", "members": [case.member.pk]})
    assert re.search(r'name="members"[^>]*>\s*Aさん', client.get(f"/cases/{case.number}/contact/").content.decode())
    assert '<span class="tag">Aさん</span>' in client.get(f"/cases/{case.number}/").content.decode()


@pytest.mark.django_db
def test_a_very_long_note_is_folded_and_nothing_of_it_is_left_out(client: Any, here: Any, case: Case) -> None:
    """The story stays short to read; the whole note opens in its place, and is printed whole."""
    note = "縁側で本を読んだ。" * 200
    with acting_as(here.actor):
        record_contact(by=here.actor, case=case, **CALL | {"content": note})
        record_contact(by=here.actor, case=case, **CALL | {"content": "短い。"})
    page = client.get(f"/cases/{case.number}/").content.decode()
    assert page.count('<details class="long">') == 1
    assert note in page
    assert '<p class="words">短い。</p>' in page


def test_a_writer_whom_only_an_earlier_record_names_is_marked_wherever_people_read(
    here: Any, case: Case, client: Any
) -> None:
    """A name without an account is not mistaken for a colleague who happens to be called the same."""
    said = {"on": MAY, "method": "phone", "counterpart": "family", "next_step": "手紙を書く", "next_on": MAY}
    with acting_as(COMMAND):
        old = Contact.objects.create(case=case, writer=here.staff.name, **said)
        paper = str(course_paper(case))
    pages = [f"/cases/{case.number}/", f"/cases/{case.number}/contact/{old.pk}/versions/"]
    marked = f"{here.staff.name}（台帳）"
    found = [client.get(page).content.decode() for page in pages]
    assert [text.count(marked) for text in found] == [2, 1]
    assert marked in paper
    assert old.written_by == here.staff.name, "what is compared and given out stays as it was"
    with acting_as(here.actor):
        ours = record_contact(by=here.actor, case=case, **CALL)
    assert ours.shown_writer == here.staff.name
