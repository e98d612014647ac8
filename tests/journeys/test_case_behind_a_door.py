"""The third case story (seed 003, slide 59): an old father, a son behind his door, and a care manager who asks."""

from typing import Any

import pytest
from playwright.sync_api import expect

from browser import Axe, PageAt
from engawa.office.access.models import Organisation, Staff
from engawa.office.directory.models import Desk
from storyteller import Teller, ago, ahead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
LETTER = "季節のことと、こちらの曜日だけ。返事を求める文は書かない"


@pytest.fixture
def desk(ward: Organisation) -> Desk:
    return Desk.objects.create(name="北の総合相談", reading="きたのそうごうそうだん", organisation=ward)


def test_letters_at_a_door_are_answered_when_life_changes(
    office_server: str, page_at: PageAt, client_of: Any, coordinator: Staff, companion: Staff, desk: Desk, axe: Axe
) -> None:
    """003-26, 003-27: staying connected goes on without deadline beside a plan; letters and flyers are left without a
    meeting, and the father's hospital is the moment in which the son calls by himself."""
    told = Teller(page_at(staff_client=client_of(coordinator)), office_server)
    a_care_manager_worries_about_the_son(told)
    who_carries_father_and_son_is_drawn(told)
    how_to_stay_connected_is_written_down(told)
    at_the_door = Teller(page_at(360, light="dark", staff_client=client_of(companion)), office_server, told.number)
    letters_are_left_at_the_door(at_the_door)
    the_father_goes_to_hospital_and_the_son_calls(told)
    both_have_plans_and_nobody_ends_the_letters(told)

    page = told.page
    told.look("door-plan", "plans/")
    for said in ("働きたい。でも自信がない", "家に帰って、庭を見たい", "会わなくていい。手紙なら読むかもしれない"):
        expect(page.get_by_text(said)).to_be_visible()
    for way, days in (("手紙・毎月", 90), ("チラシ・お知らせ・3か月に1度", 150)):
        expect(page.locator(".quiet-contact", has=told.page.get_by_role("heading", name=way))).to_contain_text(
            f"前に届けたのは {ago(days)}"
        )
    told.look("door-support", "support/")
    expect(page.get_by_role("link", name="みどり病院：協力、担当は医療ソーシャルワーカー。")).to_be_visible()
    told.look("door-family", "family/")
    expect(page.get_by_role("region", name="世帯の出来事")).to_contain_text("父：入院")
    told.look("door-story", "")
    expect(page.get_by_text("「電話してもいいと、書いてあったので」")).to_be_visible()
    expect(page.get_by_text("手紙・本人").first).to_be_visible()
    expect(page.locator(".chapter").filter(has_text="つながり続けることにした")).not_to_contain_text("入院")
    axe(page)


def a_care_manager_worries_about_the_son(told: Teller) -> None:
    told.open_case(
        {
            "主訴": "父の担当をしているが、奥の部屋の息子さんのことが気になっている。",
            "相談者": "その他",
            "受付日": ago(300),
            "本人の年齢": "52",
            "性別": "男",
            "呼び名": "Aさん",
            "つながった経路": "地域包括支援センターのケアマネジャー",
        }
    )
    heard = {"伝聞": "ヘルパーから：夜、台所を使った跡がある。父の年金と家賃収入で、暮らしには困っていない"}
    told.contact(
        296, {"手法": "訪問", "対象": "家族・親族", "所要分": "40", "内容": "父と面接。本人は奥の部屋。"}, more=heard
    )
    told.go("family/")
    told.add("家族を加える", "家族に加えました", {"だれですか": "父", "年齢": "82", "しごと・学校": "年金・家賃収入"})


def who_carries_father_and_son_is_drawn(told: Teller) -> None:
    told.go("support/")
    for name, role, person, days in (
        ("地域包括支援センター", "協力", "ケアマネジャー", 300),
        ("自立相談支援機関", "主担当", "", 280),
        ("ヘルパー事業所", "見守り", "", 300),
        ("みどり病院", "協力", "医療ソーシャルワーカー", 40),
    ):
        agency = {"機関の名称": name, "役割": role, "担当の人": person, "いつから": ago(days)}
        told.add("機関を加える", "支援チームに加えました", agency)
    told.tie("父", "支援チームの機関", "地域包括支援センター", "強い")
    told.tie("父", "支援チームの機関", "ヘルパー事業所", "ふつう", "相手から")
    told.tie("父", "支援チームの機関", "みどり病院", "ふつう", "相手から")
    told.tie("Aさん", "支援チームの機関", "自立相談支援機関", "弱い", "相手から")
    told.tie("Aさん", "ほかの相手", "むかしの同僚", "切れている", "わからない")


def how_to_stay_connected_is_written_down(told: Teller) -> None:
    told.go("plans/")
    told.press("書きとめる")
    told.write({"望まれているつながり方": "会わなくていい。手紙なら読むかもしれない（父から）"})
    told.write({"気をつけること": "呼び鈴は鳴らさない。部屋の前に置いて帰る", "いつから": ago(280)})
    told.save("書きとめました")
    for way, words, rhythm in (("手紙", LETTER, "毎月"), ("チラシ・お知らせ", "居場所の催し", "3か月に1度")):
        told.press("静かな便りを予定する")
        told.write({"方法": way, "届けること": words, "どのくらいごと": rhythm})
        told.save("静かな便りを予定しました", "予定する")


def letters_are_left_at_the_door(told: Teller) -> None:
    for way, days, content in (
        ("手紙", 240, "部屋の前に置いた。"),
        ("チラシ・お知らせ", 150, "畑の見学会のチラシを、手紙にはさんだ。"),
        ("手紙", 90, "前の手紙が、なくなっていた。"),
    ):
        told.go("plans/")
        told.page.locator(".quiet-contact", has_text=way).get_by_role("link", name="届けた").click()
        told.write({"届けた日": ago(days), "内容": content})
        told.save("届けたことを、経過に記録しました", "記録する")


def the_father_goes_to_hospital_and_the_son_calls(told: Teller) -> None:
    told.go("family/")
    event = {"出来事": "入院", "だれに": "父", "日付": ago(40), "ようす": "朝、廊下で動けなくなった"}
    told.add("出来事を記録", "出来事を記録しました", event)
    words = {
        "本人・家族のことば": "Aさん「電話してもいいと、書いてあったので」",
        "次にすること": "面談の部屋をとる",
        "いつまでに": ahead(3),
    }
    told.contact(
        35, {"手法": "電話", "対象": "本人", "所要分": "15", "内容": "Aさんから、はじめての電話。"}, more=words
    )
    told.go("assessments/stage/")
    told.write({"段階": "B 個人的支援の段階", "日付": ago(35), "ようす": "本人から電話。会って話せた"})
    told.save("段階を記録しました", "記録する")


def both_have_plans_and_nobody_ends_the_letters(told: Teller) -> None:
    period, spoken = (
        {"期間のはじめ": ago(20), "期間のおわり": ahead(160)},
        {"同意を聞いた日": ago(20), "どうやって": "口頭"},
    )
    told.plan(
        period | {"本人の目標（目指す姿）": "いつか、働きたい"},
        {"本人のことばで": "働きたい。でも自信がない"},
        [
            {"すること": "朝に起きて、新聞をとる", "段階": "日常生活", "だれが": "本人", "頻度": "毎日"},
            {"すること": "週に一度、電車に乗る", "段階": "社会生活", "だれが": "関係機関"},
        ],
        {
            "事業": "就労準備支援",
            "実施するところ": "自立相談支援機関",
            "利用のはじめ": ago(14),
            "利用のおわり": ahead(300),
        },
        spoken,
    )
    told.plan(
        period | {"だれの計画か": "父", "本人の目標（目指す姿）": "家で暮らしつづけたい"},
        {"本人のことばで": "家に帰って、庭を見たい"},
        [
            {
                "すること": "退院の前に、家の段差とヘルパーの時間を決める",
                "だれが": "関係機関",
                "名前・機関": "みどり病院",
            }
        ],
        None,
        spoken,
    )
