"""Every item of the national forms（standards §1）stands in a form of the house, under its key.

``set.key`` is a question of a shipped set, ``Model.field`` a field of a record. Nobody has compared the forms with
their originals yet (再現版・未確認): what is listed here is what is known of them.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps

from engawa.office.casework.plans.models.evaluations import Evaluation
from engawa.office.casework.plans.models.lists import NoticedChange, PlanService
from engawa.office.casework.timeline.models import Counterpart, Method
from engawa.office.questionnaires import shipped

ITEMS = {
    "1.2 相談受付・申込票": {
        "ID": "Case.number",
        "受付日": "Case.received_on",
        "受付者": "Assessment.begun_by",
        "ふりがな": "Person.reading",
        "氏名": "Person.name",
        "性別": "Person.sex",
        "生年月日": "Person.birth_date",
        "年齢": "Person.age_years",
        "住所": "Person.address",
        "電話": "Person.phone",
        "電話（自宅・携帯）、E-mail": "OtherReach.reach",
        "来談者": "reception.visitor",
        "来談者の氏名": "reception.visitor_name",
        "来談者の電話": "reception.visitor_phone",
        "来談者と本人との関係": "reception.visitor_kinship",
        "ご相談の内容": "reception.topics",
        "相談したいこと": "reception.words",
        "希望": "reception.wishes",
        "仕事": "reception.work",
        "住居": "reception.home",
        "健康保険": "reception.insurance",
        "年金": "reception.pension",
        "申込先の機関": "ConsentParty.organisation",
        "取扱規程への同意": "Consent.text",
        "関係機関との共有への同意": "Consent.purposes",
        "同意の日": "Consent.given_on",
        "署名": "Consent.paper",
    },
    "1.3 インテーク・アセスメントシート": {
        "相談経路": "intake.route",
        "紹介元の機関の区分": "intake.introducer_kind",
        "紹介元の名前": "intake.introducer",
        "同居者": "intake.living_together",
        "同居者の人数": "intake.living_together_count",
        "別居家族": "intake.family_apart",
        "婚姻": "intake.marriage",
        "子": "intake.children",
        "子の人数": "intake.children_count",
        "うち扶養": "intake.children_supported",
        "住居": "intake.home",
        "地域との関係": "intake.neighbourhood",
        "ジェノグラム": "Relation.kind",
        "健康状態": "intake.health",
        "通院先・服薬": "intake.clinic",
        "手帳": "intake.handbooks",
        "身体障害者手帳の級": "intake.handbook_body",
        "精神障害者保健福祉手帳の級": "intake.handbook_mind",
        "自立支援医療": "intake.medical_support",
        "健康保険の種別・未加入": "intake.insurance",
        "本人の月収": "intake.income_self",
        "世帯の月収": "intake.income_household",
        "課税状況": "intake.taxation",
        "滞納": "intake.arrears",
        "債務": "intake.debt",
        "公的給付": "intake.benefits",
        "生活保護": "intake.welfare",
        "就労の状況": "intake.work",
        "離職後の期間": "intake.since_leaving",
        "雇用形態": "intake.employment",
        "最終学歴": "intake.school",
        "資格・免許": "intake.licences",
        "課題と特性": "intake.issues",
        "背景要因": "intake.background",
        "本人の強み": "intake.strengths",
        "支援の方向性": "intake.direction",
        "スクリーニング結果": "intake.screening",
        "つなぐ先の機関": "intake.screening_agency",
        "スクリーニングの日": "intake.screening_on",
        "スクリーニングで決めた人": "intake.screening_by",
    },
    "1.4 支援経過記録シート（様式3）": {
        "日付": "Contact.on",
        "はじまり": "Contact.at",
        "おわり（はじまりと所要分から）": "Contact.minutes",
        "記録者": "Contact.by",
        "方法": "Contact.method",
        "相手": "Contact.counterpart",
        "ほかにいた人": "Contact.also_with",
        "場所": "Contact.place",
        "内容": "Contact.content",
        "次にすること": "Contact.next_step",
        "その期日": "Contact.next_on",
        "訂正の理由": "Contact.correction_reason",
        "訂正前の版": "ContactPast.content",
    },
    "1.4 支援ケース一覧（様式4）": {
        "ID": "Case.number",
        "氏名": "Person.name",
        "受付日": "Case.received_on",
        "経路": "Case.route",
        "主担当": "Case.lead",
        "状態": "Case.state",
        "最後の対応": "Case.last_contact_on",
        "次の予定": "PlanReview.due_on",
        "プラン回数": "Plan.number",
        "プランの期間": "Plan.starts_on",
        "評価予定": "Plan.ends_on",
    },
    "1.4 プラン兼事業等利用申込書（様式5）": {
        "作成日": "Plan.made_on",
        "プラン回数": "Plan.number",
        "担当者": "Plan.worker",
        "解決したい課題": "Plan.concern",
        "本人の目標（目指す姿）": "Plan.hope",
        "本プランの達成目標": "Plan.aim",
        "期間": "Plan.ends_on",
        "モニタリングの日": "PlanReview.due_on",
        "支援内容：だれが": "PlanStep.who",
        "支援内容：何を": "PlanStep.what",
        "支援内容：頻度": "PlanStep.often",
        "支援内容：機関": "PlanStep.who_kind",
        "事業": "ServiceUse.service",
        "事業を実施する機関": "ServiceUse.agency",
        "就労支援対象者": "Plan.work_support",
        "本人の同意の日": "Plan.agreed_on",
        "本人の同意の方法（署名）": "Plan.agreed_how",
        "支援調整会議の日": "Plan.conference_on",
        "支援調整会議の結果": "Plan.conference_note",
        "支援決定": "Plan.decision",
        "支援決定の日": "Plan.decided_on",
    },
    "1.4 評価シート（様式6）": {
        "評価日": "Evaluation.on",
        "目標の達成": "GoalOutcome.reached",
        "見られた変化": "Evaluation.changes",
        "その他の変化": "Evaluation.other_change",
        "残された課題": "Evaluation.remaining",
        "本人の希望": "Evaluation.wish",
        "支援者の見立て": "Evaluation.view",
        "結果": "Evaluation.result",
        "中断の理由": "Evaluation.reason",
        "支援調整会議の日": "Evaluation.conference_on",
        "フォローアップの予定": "Evaluation.follow_up",
    },
    "1.4 就労支援シート": {
        "職歴": "work.history",
        "希望する仕事": "work.job",
        "希望する場所": "work.place",
        "希望する時間": "work.hours",
        "希望する収入": "work.pay",
        "気がかり": "work.barriers",
        "適性": "work.aptitude",
        "利用中の支援": "work.supports",
        "応募": "work.applications",
        "定着": "work.settling",
    },
    "1.5 重層的支援体制整備事業": {
        "本人同意あり・なし": "Consent.given_on",
        "同意によらない根拠": "Grant.basis",
        "プランの事業": "ServiceUse.service",
    },
}
TOPICS = (
    *("病気や健康、障害", "住まい", "収入・生活費", "家賃やローンの支払い", "税金や公共料金等の支払い", "債務"),
    *("仕事探し、就職", "仕事上の不安やトラブル", "地域との関係", "家族との関係", "子育て", "介護"),
    *("ひきこもり・不登校", "DV・虐待", "食べるものがない", "その他"),
)
# §2.4, in the order in which the annual report prints them.
AGENCIES = (
    *("福祉事務所", "福祉事務所以外の市区町村窓口", "社会福祉協議会", "自立相談支援機関", "地域包括支援センター"),
    *("児童相談所", "児童家庭支援センター", "保健所・保健センター", "精神保健福祉センター", "発達障害者支援センター"),
    *("医療機関", "子ども・若者総合相談センター", "地域若者サポートステーション", "ハローワーク", "企業"),
    *("学校・教育委員会等", "民間支援団体（当事者団体・NPO等）", "障害者総合支援関連施設", "障害者雇用促進関連施設"),
    *("他のひきこもり地域支援センター", "その他"),
)
LEAVING = ("6か月未満", "6か月以上1年未満", "1年以上2年未満", "2年以上", "就労経験なし")
SCREENED = ("情報提供・相談対応のみで終了", "他制度・他機関へつなぐ", "継続支援（プラン策定へ）")
CHOICES = {
    "1.2": {
        "reception.visitor": ("本人", "家族", "その他"),
        "reception.topics": TOPICS,
        "reception.home": ("持家", "借家", "公営住宅", "会社寮・借上げ", "野宿", "その他"),
    },
    "1.3": {
        "intake.introducer_kind": AGENCIES,
        "intake.marriage": ("未婚", "既婚", "離別", "死別", "その他"),
        "intake.handbook_body": tuple(f"{level}級" for level in range(1, 7)),
        "intake.handbook_mind": tuple(f"{level}級" for level in range(1, 4)),
        "intake.welfare": ("受給中", "申請中", "過去に受給", "なし"),
        "intake.since_leaving": LEAVING,
        "intake.screening": (*SCREENED, "中断・終了（連絡不能・転居等）"),
    },
}
METHODS = (
    "電話",
    "面談",
    "訪問",
    "同行",
    "メール",
    "SNS",
    "所内会議",
    "支援調整会議",
    "支援会議",
    "他機関との会議",
    "その他",
)
SERVICES = (
    *(
        "自立相談支援（就労支援）",
        "住居確保給付金",
        "就労準備支援",
        "認定就労訓練（雇用型）",
        "認定就労訓練（非雇用型）",
    ),
    *("一時生活（居住）支援", "家計改善支援", "子どもの学習・生活支援"),
    *("包括的相談支援事業", "参加支援事業", "地域づくり事業", "アウトリーチ等を通じた継続的支援事業"),
    *("多機関協働事業", "支援プランの作成"),
)
CHANGES = (
    *("自立意欲の向上", "自尊感情の向上", "孤立の解消", "社会参加機会の増加", "対人・家族関係の改善", "精神の安定"),
    *("生活習慣の改善", "健康状態の改善・医療機関受診開始", "障害手帳取得", "住まいの確保・安定", "家計の改善"),
    *("債務の整理", "生活保護適用", "就職活動開始", "職業訓練・就学", "就労開始（中間的）", "就労開始（一般）"),
    *("就労収入増加", "職場定着", "その他の変化", "変化なし"),
)


def asked(file: str) -> dict[str, dict[str, Any]]:
    """The questions of a shipped set by their keys."""
    return {question["key"]: question for question in shipped.read(file)[1]}


def stands(where: str) -> bool:
    name, key = where.split(".")
    if name.islower():
        return key in asked(name)
    models = [model for model in apps.get_models() if model.__name__ == name]
    return any(key in {field.name for field in model._meta.get_fields()} for model in models)


def missing(wanted: Iterable[str], there: Iterable[str]) -> set[str]:
    return set(wanted) - set(there)


@pytest.mark.parametrize("form", ITEMS)
def test_every_item_of_a_national_form_stands_in_a_form_of_the_house(form: str) -> None:
    """Standards §1.2 to §1.5."""
    assert {item: where for item, where in ITEMS[form].items() if not stands(where)} == {}


@pytest.mark.parametrize(("section", "where"), [(one, where) for one, asked in CHOICES.items() for where in asked])
def test_choices_are_those_of_the_form_in_their_order(section: str, where: str) -> None:
    """Standards §1.2, §1.3 and the 21 kinds of agencies of §2.4."""
    file, key = where.split(".")
    assert tuple(asked(file)[key]["options"]) == CHOICES[section][where]


@pytest.mark.django_db
def test_lists_of_records_have_every_entry_of_the_forms() -> None:
    """Standards §1.4 and §1.5: methods, counterparts, services, changes, results."""
    assert missing(METHODS, (str(label) for label in Method.labels)) == set()
    assert {str(label) for label in Counterpart.labels} == {"本人", "家族・親族", "その他"}
    assert missing(SERVICES, PlanService.objects.values_list("label", flat=True)) == set()
    assert missing(CHANGES, NoticedChange.objects.values_list("label", flat=True)) == set()
    assert {str(label) for label in Evaluation.Result.labels} == {"終結", "再プランして継続", "中断"}
