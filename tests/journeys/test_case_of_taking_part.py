"""The fourth case story (seed 003, slide 60): a daughter finds a room elsewhere, a mother work in small steps."""

from typing import Any

import pytest
from playwright.sync_api import expect

from browser import Axe, PageAt
from engawa.office.access.models import Organisation, Staff
from engawa.office.directory.models import Desk
from storyteller import Teller, ago, ahead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]


@pytest.fixture
def desk(desk_organisation: Organisation) -> Desk:
    return Desk.objects.create(name="なんでも相談窓口", reading="なんでもそうだん", organisation=desk_organisation)


def test_places_outside_any_system_are_found_for_a_daughter_and_a_mother(
    office_server: str, page_at: PageAt, client_of: Any, counsellor: Staff, desk: Desk, axe: Axe
) -> None:
    """003-24, 003-25: neither a diagnosis nor an entitlement is asked for; a shelter and a course outside the system
    are used with the consent of whom it concerns, and what came of it stands in the evaluation."""
    told = Teller(page_at(staff_client=client_of(counsellor)), office_server)
    a_father_tells_of_his_family_from_afar(told)
    the_daughter_agrees_and_finds_a_room_elsewhere(told)
    those_who_open_doors_are_drawn(told)
    the_mother_tries_work_in_small_steps(told)

    page = told.page
    told.look("part-plan", page.url.split(f"{told.number}/")[1])
    expect(page.get_by_text("就労開始（一般）")).to_be_visible()
    told.look("part-support", "support/")
    expect(page.get_by_role("link", name="民間シェルター「とまり木」：協力。")).to_be_visible()
    told.look("part-family", "family/")
    page.get_by_text("図をことばで読む").click()
    expect(page.locator(".map-words").get_by_text("娘：女、18歳、別居（とまり木）。")).to_be_visible()
    told.go("consents/")
    expect(page.get_by_text("家族・親族（娘）・口頭")).to_be_visible()
    told.look("part-story", "")
    expect(page.get_by_text("「怒られない部屋で、寝たい」")).to_be_visible()
    axe(page)


def a_father_tells_of_his_family_from_afar(told: Teller) -> None:
    told.open_case(
        {
            "主訴": "単身赴任で、週に一度しか帰れない。娘とは口もきかない。妻は落ち込んでいる。",
            "相談者": "本人",
            "受付日": ago(120),
            "本人の年齢": "35",
            "性別": "男",
            "呼び名": "お父さん",
            "つながった経路": "市の広報",
        }
    )
    told.go("family/")
    told.add(
        "家族を加える", "家族に加えました", {"だれですか": "妻", "年齢": "35", "しごと・学校": "仕事をさがしている"}
    )
    told.add("家族を加える", "家族に加えました", {"だれですか": "娘", "年齢": "18", "しごと・学校": "高校を中退"})
    told.page.get_by_role("link", name="お父さんを直す").click()
    told.write({"同居している": False, "いまいるところ": "単身赴任先"}, told.page.locator("#panel"))
    told.save("直しました")
    for who, need, words in (
        ("娘", "家族関係・家族の問題", "家にいると、息ができない"),
        ("妻", "障害（疑い）", "仕事をしても、続かない"),
        ("お父さん", "家族関係・家族の問題", "叱ってしまってから、口をきいていない"),
    ):
        told.add("課題を書く", "課題を書きました", {"だれの": who, "課題": need, "本人・家族のことば": words})


def the_daughter_agrees_and_finds_a_room_elsewhere(told: Teller) -> None:
    words = {"本人・家族のことば": "娘「怒られない部屋で、寝たい」", "会った世帯員": {"娘"}}
    told.contact(
        110, {"手法": "面談", "対象": "家族・親族", "所要分": "50", "内容": "娘と、駅前の喫茶店で。"}, more=words
    )
    told.go("consents/new/")
    told.write({"同意した人": "家族・親族", "名前・続柄": "娘", "方法": "口頭", "同意した日": ago(110)})
    told.write(
        {
            "何のために": {"支援の相談・調整"},
            "だれに（そのほかの機関）": "民間シェルター「とまり木」",
            "どの部分を": {"経過"},
        }
    )
    told.save("家族・親族（娘）・口頭", "記録する")
    told.go("family/")
    moved = {"出来事": "家を出た", "だれに": "娘", "日付": ago(100), "ようす": "しばらく、とまり木で暮らす"}
    told.add("出来事を記録", "出来事を記録しました", moved)
    told.page.get_by_role("link", name="娘を直す").click()
    told.write({"いまいるところ": "とまり木", "しごと・学校": ""}, told.page.locator("#panel"))
    told.save("直しました")


def those_who_open_doors_are_drawn(told: Teller) -> None:
    told.go("support/")
    for name, role in (
        ("NPO法人つなぎ手（参加支援）", "主担当"),
        ("民間シェルター「とまり木」", "協力"),
        ("就労準備支援事業所", "協力"),
        ("町工場のみなさん", "協力"),
    ):
        told.add("機関を加える", "支援チームに加えました", {"機関の名称": name, "役割": role, "いつから": ago(100)})
    told.tie("娘", "支援チームの機関", "民間シェルター「とまり木」", "強い", "相手から")
    told.tie("妻", "支援チームの機関", "就労準備支援事業所", "ふつう", "相手から")
    told.tie("妻", "支援チームの機関", "町工場のみなさん", "強い")
    told.tie("お父さん", "支援チームの機関", "NPO法人つなぎ手（参加支援）", "ふつう")


def the_mother_tries_work_in_small_steps(told: Teller) -> None:
    told.plan(
        {"だれの計画か": "妻", "期間のはじめ": ago(90), "期間のおわり": ahead(90)},
        {"本人のことばで": "わたしにも、できる仕事がしたい"},
        [
            {
                "すること": "短いあいだ、就労準備の場に通う",
                "段階": "社会生活",
                "だれが": "家族・親族",
                "名前・機関": "妻",
            },
            {
                "すること": "妻に合う職場を、一社ずつたずねる",
                "段階": "就労",
                "だれが": "関係機関",
                "名前・機関": "つなぎ手",
            },
        ],
        {"事業": "インフォーマルな支援", "実施するところ": "就労準備支援事業所を制度の外で", "利用のはじめ": ago(85)},
        {"同意を聞いた日": ago(90), "どうやって": "口頭"},
    )
    told.press("評価する")
    told.write(
        {"「わたしにも、できる仕事がしたい」": "とどいた", "見られた変化": {"就労開始（一般）", "自尊感情の向上"}}
    )
    told.write({"その他の変化": "町工場が、ほかの人も受け入れてみたいと言ってくれた", "結果": "終結"})
    told.save("ケースはそのまま続いています", "評価を保存する")
