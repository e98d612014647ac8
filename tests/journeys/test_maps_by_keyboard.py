"""The family map in a real browser: by keyboard, in place, and without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser import PageAt
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import LifeEventKind
from engawa.office.casework.maps.actions.family import add_member, relate
from engawa.office.casework.maps.actions.household import describe_household
from engawa.office.casework.maps.actions.life import note_need, record_event
from engawa.office.casework.maps.actions.team import join_team
from engawa.office.casework.maps.actions.ties import draw_tie
from engawa.office.directory.models import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]


@pytest.fixture
def case(counsellor: Staff, desk_organisation: Organisation, actor_of: Any) -> Case:
    """A mother who is afraid of the bath, her withdrawn son, and a brother who lives apart."""
    actor = actor_of(counsellor)
    with acting_as(actor):
        desk = Desk.objects.create(name="窓口", organisation=desk_organisation)
        case = open_case(by=actor, desk=desk, requester="family", handle="ねこやなぎ", sex="1", age_years=52)
        told: Any = {"by": actor, "case": case}
        mother = add_member(**told, as_="mother", age_years=81, occupation="年金")
        father = add_member(**told, as_="father", name="鈴木 権左衛門", age_years=84, whereabouts="みどり病院")
        relate(**told, one=father, other=mother, kind="married", since_year=1968)
        brother = add_member(**told, as_="older_brother", lives_here=False, whereabouts="大阪")
        wife = add_member(**told, of=brother, as_="wife", called="兄の前の妻", lives_here=False)
        couple = wife.relations_back.get()
        type(couple).objects.filter(pk=couple.pk).update(ending="divorced", since_year=2001, until_year=2015)
        add_member(**told, of=brother, as_="daughter", called="姪", age_years=19, lives_here=False)
        describe_household(**told, name="北の鈴木さん宅", note="持ち家。母が一階、本人は二階。夜に台所で会う。")
        note_need(**told, member=mother, words="ひとりでは風呂がこわい")
        hospital = LifeEventKind.objects.get(code="hospitalised")
        record_event(**told, member=father, kind=hospital, on=case.received_on, words="転んで骨を折った")
        team: Any = {"since": case.received_on}
        care = join_team(**told, **team, name="左京区地域包括支援センター", role="lead", contact_person="田中")
        clinic = join_team(**told, **team, name="みどり病院", role="informing")
        draw_tie(**told, member=mother, agency=care, strength="strong", flow="in")
        draw_tie(**told, member=father, agency=clinic, strength="plain", flow="both")
        draw_tie(**told, member=case.member, name="高校の同級生", strength="cut")
        draw_tie(**told, member=case.member, name="猫のタマ", strength="strong", flow="both")
        draw_tie(**told, name="隣の家", strength="strained", flow="both")
    return case


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there."""
    for _tabs in range(40):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()


def test_a_symbol_is_reached_by_tab_and_its_form_opens_beside_it_with_the_focus(
    office_server: str, page_at: PageAt, client_of: Any, counsellor: Staff, case: Case
) -> None:
    page: Page = page_at(staff_client=client_of(counsellor))
    page.goto(f"{office_server}/cases/{case.number}/family/")
    mother = page.get_by_role("link", name="母：女、81歳、年金、同居。")
    page.get_by_role("link", name="世帯について").focus()
    for _tabs in range(4):
        page.keyboard.press("Tab")
        if mother.evaluate("link => link === document.activeElement"):
            break
    expect(mother).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("続柄・呼び名")).to_be_focused()
    page.get_by_label("氏名").fill("鈴木 はな")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("link", name="鈴木 はな：母、女、81歳、年金、同居。")).to_be_visible()
    page.get_by_text("図をことばで読む").click()
    expect(page.get_by_text("鈴木 権左衛門と鈴木 はなは夫婦（婚姻）（1968–）。")).to_be_visible()
    page.get_by_role("link", name="関係を書く").focus()
    page.keyboard.press("Enter")
    expect(page.locator("select[name=one]")).to_be_focused()
    reach(page, page.locator("select[name=other]"))
    page.keyboard.press("End")
    reach(page, page.locator("select[name=kind]"))
    page.keyboard.press("End")
    reach(page, page.get_by_label("どんな親族か"))
    page.keyboard.insert_text("名づけ親")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="関係").get_by_text("名づけ親")).to_be_visible()
    add_and_take_out_a_sister(page)
    page.goto(f"{office_server}/cases/{case.number}/support/")
    draw_a_tie(page)
    cat = page.get_by_role("link", name="猫のタマ", exact=True)
    page.get_by_role("link", name="つながりを描く", exact=True).focus()
    reach(page, cat)
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("radio", name="強い"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("ねこやなぎ — 猫のタマ：ふつう・互いに")).to_be_visible()
    page.get_by_role("link", name="つながりを描く", exact=True).focus()
    reach(page, cat)
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("button", name="まちがいなので消す"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("つながりを消しました")).to_be_visible()
    expect(cat).to_have_count(0)


def add_and_take_out_a_sister(page: Page) -> None:
    """A member comes and, being a mistake, goes again by keys alone."""
    page.get_by_role("link", name="家族を加える").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="母", exact=True)).to_be_focused()
    sister = page.get_by_role("radio", name="妹", exact=True)
    for _kinds in range(30):
        if sister.is_checked():
            break
        page.keyboard.press("ArrowDown")
    reach(page, page.get_by_label("氏名"))
    page.keyboard.insert_text("鈴木 ふゆ")
    page.keyboard.press("Control+Enter")
    drawn = page.get_by_role("link", name="鈴木 ふゆ：妹")
    expect(drawn).to_be_visible()
    page.get_by_role("link", name="世帯について").focus()
    reach(page, drawn)
    page.keyboard.press("Enter")
    expect(page.get_by_label("続柄・呼び名")).to_be_focused()
    reach(page, page.get_by_role("button", name="まちがいなので消す"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("家族図から消しました")).to_be_visible()
    expect(drawn).to_have_count(0)


def draw_a_tie(page: Page) -> None:
    """A new tie with its kind, by keys alone."""
    page.get_by_role("link", name="つながりを描く", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("select[name=member]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    reach(page, page.get_by_label("ほかの相手"))
    page.keyboard.insert_text("川の釣り場")
    reach(page, page.get_by_role("radio", name="ふつう"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("link", name="川の釣り場", exact=True)).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="川の釣り場：弱い")).to_be_visible()


def test_the_same_form_has_a_page_of_its_own_without_scripts(
    office_server: str, page_at: PageAt, client_of: Any, counsellor: Staff, case: Case
) -> None:
    page: Page = page_at(360, javascript=False, staff_client=client_of(counsellor))
    page.goto(f"{office_server}/cases/{case.number}/support/")
    page.get_by_role("link", name="猫のタマ", exact=True).click()
    page.get_by_role("radio", name="弱い").check()
    page.get_by_role("button", name="保存する").click()
    page.get_by_text("図をことばで読む").click()
    expect(page.get_by_text("ねこやなぎと猫のタマのつながりは弱い、互いに力が行き来している。")).to_be_visible()
