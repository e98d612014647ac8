"""The second case story (seed 003, slide 58): a mother at the end of her strength, and each of them with a trouble."""

from typing import Any

import pytest
from playwright.sync_api import expect

from browser import Axe, PageAt
from engawa.office.access.models import Organisation, Staff
from engawa.office.directory.models import Desk
from storyteller import Teller, ago, ahead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]


@pytest.fixture
def desk(ward: Organisation) -> Desk:
    return Desk.objects.create(name="北の総合相談", reading="きたのそうごうそうだん", organisation=ward)


def test_a_family_with_many_troubles_is_sorted_out_person_by_person_in_one_case(
    office_server: str, page_at: PageAt, client_of: Any, coordinator: Staff, desk: Desk, axe: Axe
) -> None:
    """003-25: one household, several members, each with needs, supporters and a plan; one coordination of them all."""
    told = Teller(page_at(staff_client=client_of(coordinator)), office_server)
    a_teacher_calls_and_the_mother_talks_of_everybody(told)
    everybody_is_asked_what_troubles_them(told)
    agencies_take_their_parts(told)
    mother_and_daughter_have_plans_of_their_own(told)

    page = told.page
    told.look("family-plan", "plans/")
    for goal in ("お金のことを、いっしょに見てほしい", "給食だけでも、食べに行きたい"):
        expect(page.get_by_text(goal)).to_be_visible()
    told.look("family-support", "support/")
    expect(page.get_by_role("link", name="青空中学校：協力、担当は担任。")).to_be_visible()
    told.look("family-family", "family/")
    son = page.locator(".one", has=page.get_by_role("heading", name="息子"))
    for said in ("障害（疑い）", "どこへ行っても続かない", "ハローワーク"):
        expect(son.get_by_text(said)).to_be_visible()
    told.look("family-story", "")
    expect(page.get_by_text("「何から話したらいいのか、わからなくて」")).to_be_visible()
    axe(page)


def a_teacher_calls_and_the_mother_talks_of_everybody(told: Teller) -> None:
    told.open_case(
        {
            "主訴": "娘が夜に出歩き、学校を休みがち。夫のことも、息子のことも心配。",
            "相談者": "その他",
            "受付日": ago(60),
            "本人の年齢": "40代",
            "性別": "女",
            "呼び名": "お母さん",
            "つながった経路": "中学校の担任",
        }
    )
    talk = "担任の先生と来所。話は行きつ戻りつ。急がず、ひとつずつ紙に書いていく。"
    words = {
        "本人・家族のことば": "お母さん「何から話したらいいのか、わからなくて」",
        "次にすること": "家族それぞれに会う",
    }
    told.contact(58, {"手法": "面談", "対象": "本人", "所要分": "90", "内容": talk}, more=words)


def everybody_is_asked_what_troubles_them(told: Teller) -> None:
    told.go("family/")
    for who, age, does in (
        ("夫", "50代", "飲食店をたたんだ"),
        ("息子", "22", "転職をくりかえす"),
        ("娘", "14", "中学2年生"),
    ):
        told.add("家族を加える", "家族に加えました", {"だれですか": who, "年齢": age, "しごと・学校": does})
    for who, need, words in (
        ("お母さん", "家計管理", "滞納がいくつあるのか、数えるのがこわい"),
        ("夫", "生活習慣", "店がなくなって、朝起きる理由がない"),
        ("息子", "仕事を続けること", "どこへ行っても続かない"),
        ("息子", "障害（疑い）", ""),
        ("娘", "不登校", "お店のことを、からかわれる"),
        ("世帯全体", "社会的孤立（ひきこもりなどを含む）", "近所の人と、あいさつもしなくなった"),
    ):
        told.add("課題を書く", "課題を書きました", {"だれの": who, "課題": need, "本人・家族のことば": words})


def agencies_take_their_parts(told: Teller) -> None:
    told.go("support/")
    for name, role, person in (
        ("青空中学校", "協力", "担任"),
        ("ハローワーク", "協力", ""),
        ("自立相談支援機関", "主担当", "家計改善支援員"),
        ("民生委員", "見守り", ""),
    ):
        agency = {"機関の名称": name, "役割": role, "担当の人": person, "いつから": ago(40)}
        told.add("機関を加える", "支援チームに加えました", agency)
    told.tie("お母さん", "支援チームの機関", "自立相談支援機関", "強い")
    told.tie("娘", "支援チームの機関", "青空中学校", "弱い", "相手から")
    told.tie("息子", "支援チームの機関", "ハローワーク", "ふつう", "相手から")
    told.tie("夫", "ほかの相手", "パチンコ店", "強い", "こちらから")
    told.tie("世帯全体", "ほかの相手", "隣近所", "ぎくしゃくしている", "わからない")


def mother_and_daughter_have_plans_of_their_own(told: Teller) -> None:
    period = {"期間のはじめ": ago(30), "期間のおわり": ahead(150)}
    spoken = {"同意を聞いた日": ago(30), "どうやって": "口頭"}
    told.plan(
        period | {"本人の目標（目指す姿）": "けんかのない夜にしたい"},
        {"本人のことばで": "お金のことを、いっしょに見てほしい"},
        [
            {
                "すること": "届いた封筒を、月に二度いっしょに開ける",
                "段階": "日常生活",
                "だれが": "関係機関",
                "頻度": "月2回",
            }
        ],
        {"事業": "家計改善支援", "実施するところ": "自立相談支援機関", "利用のはじめ": ago(28)},
        spoken,
    )
    told.press("会議の結果を記録")
    told.write(
        {"支援調整会議の日": ago(25), "会議の結果": "学校・ハローワーク・自立相談支援機関・民生委員で役割を分けた。"}
    )
    told.save("学校・ハローワーク・自立相談支援機関・民生委員で役割を分けた。")
    told.plan(
        period | {"だれの計画か": "娘", "本人の目標（目指す姿）": "友だちに、ふつうに会いたい"},
        {"本人のことばで": "給食だけでも、食べに行きたい"},
        [
            {
                "すること": "相談室で給食を食べる日をつくる",
                "段階": "社会生活",
                "だれが": "関係機関",
                "名前・機関": "青空中学校",
            }
        ],
        None,
        spoken,
    )
