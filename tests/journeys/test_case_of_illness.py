"""The first case story (seed 003, slide 57): Aさん is ill, her husband is tired, her daughter is lonely."""

from typing import Any

import pytest
from playwright.sync_api import expect

from browser import Axe, PageAt
from engawa.office.access.models import Organisation, Staff
from engawa.office.directory.models import Desk, Resource
from storyteller import Teller, ago, ahead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
HOSPITAL, PARTICIPATION, STAY = "みどり病院", "NPO法人つなぎ手（参加支援）", "ひとやすみの家（一時生活支援）"
REST = "いちど、ゆっくり休みたい。家のことは忘れて"


@pytest.fixture
def desk(desk_organisation: Organisation, partner_agency: Organisation) -> Desk:
    """A desk for everybody, and the canteen that the neighbourhood has opened."""
    Resource.objects.create(
        organisation=partner_agency, kind=Resource.Kind.PLACE, name="あおば食堂", reading="あおばしょくどう"
    )
    return Desk.objects.create(name="なんでも相談窓口", reading="なんでもそうだん", organisation=desk_organisation)


def test_an_illness_is_carried_by_a_household_and_then_by_a_neighbourhood(
    office_server: str, page_at: PageAt, client_of: Any, counsellor: Staff, desk: Desk, axe: Axe
) -> None:
    """003-24: whoever comes is taken in, whatever the trouble; the supporters of the household are gathered, a stay
    outside the system is found, and its end can be read as maps, plan and timeline."""
    told = Teller(page_at(staff_client=client_of(counsellor)), office_server)
    she_comes_and_is_asked_for_no_condition(told)
    each_of_them_has_a_trouble_of_their_own(told)
    others_are_found_to_carry_it_along(told)
    her_words_become_a_plan(told, counsellor)
    a_canteen_opens_and_the_plan_is_looked_back_at(told)

    page = told.page
    told.look("illness-plan", page.url.split(f"{told.number}/")[1])
    expect(page.get_by_text("地域に、子どもが寄れる食堂ができた")).to_be_visible()
    told.look("illness-support", "support/")
    expect(page.get_by_role("link", name="あおば食堂")).to_be_visible()
    told.look("illness-family", "family/")
    page.get_by_text("図をことばで読む").click()
    expect(page.get_by_text("Aさんと夫は夫婦（婚姻）。")).to_be_visible()
    told.look("illness-story", "")
    for said in ("「こんなに話したのは、はじめてです」", "「カレーの日は、おかわりする」"):
        expect(page.get_by_text(said)).to_be_visible()
    axe(page)


def she_comes_and_is_asked_for_no_condition(told: Teller) -> None:
    told.open_case(
        {
            "主訴": "夫と娘に負担をかけていて、心苦しい。",
            "相談者": "本人",
            "受付日": ago(90),
            "性別": "女",
            "呼び名": "Aさん",
            "つながった経路": "病院のソーシャルワーカー",
        }
    )


def each_of_them_has_a_trouble_of_their_own(told: Teller) -> None:
    told.go("family/")
    for who, age, does in (("夫", "40", "会社員"), ("娘", "10", "小学4年生")):
        told.add("家族を加える", "家族に加えました", {"だれですか": who, "年齢": age, "しごと・学校": does})
    for who, need, words in (
        ("夫", "介護・看護", "看病も家のことも、ひとりで回している"),
        ("娘", "不登校", "おうちにだれもいないのが、さびしい"),
        ("Aさん", "病気", "つらいと言える人がいない"),
    ):
        told.add("課題を書く", "課題を書きました", {"だれの": who, "課題": need, "本人・家族のことば": words})
    told.contact(
        88,
        {"手法": "訪問", "対象": "本人", "所要分": "60", "内容": "自宅で。途切れながら話された。"},
        more={"本人・家族のことば": "Aさん「こんなに話したのは、はじめてです」", "会った世帯員": {"Aさん", "夫"}},
    )


def others_are_found_to_carry_it_along(told: Teller) -> None:
    told.go("support/")
    alone = told.page.get_by_text("ひとつの機関だけで抱えないよう")
    expect(alone).to_be_visible()
    for name, role, person in (
        (HOSPITAL, "協力", "医療ソーシャルワーカー"),
        (PARTICIPATION, "主担当", "参加支援員"),
        (STAY, "協力", ""),
    ):
        agency = {"機関の名称": name, "役割": role, "担当の人": person, "いつから": ago(80)}
        told.add("機関を加える", "支援チームに加えました", agency)
    for whose, where, to, how, flow in (
        ("Aさん", "支援チームの機関", HOSPITAL, "強い", "互いに"),
        ("Aさん", "支援チームの機関", STAY, "ふつう", "相手から"),
        ("世帯全体", "支援チームの機関", PARTICIPATION, "ふつう", "相手から"),
        ("娘", "社会資源", "あおば食堂", "強い", "互いに"),
        ("娘", "ほかの相手", "小学校の教室", "ぎくしゃくしている", "わからない"),
        ("世帯全体", "ほかの相手", "ご近所", "弱い", "互いに"),
    ):
        told.tie(whose, where, to, how, flow)
    expect(alone).to_have_count(0)
    asked = "すぐ入れる施設がないため、制度の外で使わせてもらえないか、参加支援の法人から頼んでもらう。"
    told.contact(80, {"手法": "電話", "対象": "その他", "内容": asked})


def her_words_become_a_plan(told: Teller, counsellor: Staff) -> None:
    concern = "夫の看病疲れ、娘のさびしさ、つらさを言えないこと"
    hope = {"本人の目標（目指す姿）": "三人で、笑って夕飯を食べたい", "解決したい課題": concern}
    told.plan(
        hope | {"期間のはじめ": ago(75), "期間のおわり": ahead(90)},
        {"本人のことばで": REST, "いつごろまでに": ago(40)},
        [{"すること": "二週間ほど、ひとやすみの家で過ごす", "段階": "日常生活", "だれが": "関係機関"}],
        {"事業": "インフォーマルな支援", "実施するところ": f"{STAY}を制度の外で", "利用のはじめ": ago(70)},
        {"同意を聞いた日": ago(75), "どうやって": "口頭"},
    )
    expect(told.page.locator(".plan-head")).to_contain_text(counsellor.name)
    expect(told.page.get_by_text(f"聞いた人：{counsellor.name}")).to_be_visible()


def a_canteen_opens_and_the_plan_is_looked_back_at(told: Teller) -> None:
    evening = "娘は放課後、食堂で宿題をするようになった。夫も先に帰れる日は寄るという。"
    words = {"本人・家族のことば": "娘「カレーの日は、おかわりする」"}
    told.contact(20, {"手法": "訪問", "対象": "家族・親族", "内容": evening}, more=words)
    told.go("plans/")
    told.page.get_by_role("link", name="計画（初回）").click()
    told.press("評価する")
    told.write(
        {
            f"「{REST}」": "とどいた",
            "見られた変化": {"孤立の解消", "精神の安定"},
            "その他の変化": "地域に、子どもが寄れる食堂ができた",
            "本人の希望": "近所の人と、少しずつ",
            "結果": "再プランして継続",
        }
    )
    told.save("ケースはそのまま続いています", "評価を保存する")
