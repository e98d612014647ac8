"""Code lists of the national standard forms for plans and evaluations, as dated data."""

from django.db import migrations

FORM_5 = "自立相談支援機関使用標準様式「プラン兼事業等利用申込書」（再構成。原本との照合前）"
FORM_6 = "自立相談支援機関使用標準様式「評価シート」見られた変化（再構成。原本との照合前）"
ACT = "生活困窮者自立支援法"
AT_HOME = "京都府「Lコネクト」の実績報告（在宅就労を含む就労）"
YEAR = f"{ACT}。利用は1年まで、段階的な支援が必要な人は例外的に1年を超えて利用できる（厚生労働省の明確化）"
LEGAL, OUTSIDE = "法に基づく事業", "法に基づかない事業・支援"
MULTILAYERED = "重層的支援体制整備事業"
SIX = "社会福祉法第106条の4第2項（多機関協働事業「プラン兼利用申込書」の確認項目。再構成。原本との照合前）"

SERVICES = [
    ("employment", "自立相談支援（就労支援）", LEGAL, f"{FORM_5}・{ACT}", None),
    ("housing_benefit", "住居確保給付金", LEGAL, f"{FORM_5}・{ACT}", None),
    ("work_preparation", "就労準備支援", LEGAL, f"{FORM_5}・{YEAR}", 12),
    ("training_employed", "認定就労訓練（雇用型）", LEGAL, f"{FORM_5}・{ACT}", None),
    ("training_unemployed", "認定就労訓練（非雇用型）", LEGAL, f"{FORM_5}・{ACT}", None),
    ("shelter", "一時生活（居住）支援", LEGAL, f"{FORM_5}・{ACT}", None),
    ("household_budget", "家計改善支援", LEGAL, f"{FORM_5}・{ACT}", None),
    ("learning", "子どもの学習・生活支援", LEGAL, f"{FORM_5}・{ACT}", None),
    ("comprehensive", "包括的相談支援事業", MULTILAYERED, SIX, None),
    ("participation", "参加支援事業", MULTILAYERED, SIX, None),
    ("community", "地域づくり事業", MULTILAYERED, SIX, None),
    ("outreach", "アウトリーチ等を通じた継続的支援事業", MULTILAYERED, SIX, None),
    ("multi_agency", "多機関協働事業", MULTILAYERED, SIX, None),
    ("support_plan", "支援プランの作成", MULTILAYERED, SIX, None),
    ("welfare_fund", "生活福祉資金による貸付", OUTSIDE, FORM_5, None),
    ("hello_work", "ハローワークとの一体的支援（就労自立促進事業）", OUTSIDE, FORM_5, None),
    ("other_public", "その他の公的事業・支援", OUTSIDE, FORM_5, None),
    ("informal", "インフォーマルな支援", OUTSIDE, FORM_5, None),
]
RELATIONS, MONEY, WORK, OTHER = "意欲・関係・参加", "経済", "就労", "その他"
CHANGES = [
    ("will", "自立意欲の向上", RELATIONS),
    ("self_esteem", "自尊感情の向上", RELATIONS),
    ("less_isolated", "孤立の解消", RELATIONS),
    ("participation", "社会参加機会の増加", RELATIONS),
    ("relations", "対人・家族関係の改善", RELATIONS),
    ("mind", "精神の安定", RELATIONS),
    ("habits", "生活習慣の改善", RELATIONS),
    ("health", "健康状態の改善・医療機関受診開始", RELATIONS),
    ("disability_certificate", "障害手帳取得", RELATIONS),
    ("housing", "住まいの確保・安定", MONEY),
    ("budget", "家計の改善", MONEY),
    ("debts", "債務の整理", MONEY),
    ("public_assistance", "生活保護適用", MONEY),
    ("job_search", "就職活動開始", WORK),
    ("training", "職業訓練・就学", WORK),
    ("work_intermediate", "就労開始（中間的）", WORK),
    ("work_open", "就労開始（一般）", WORK),
    ("work_at_home", "就労開始（在宅）", WORK),
    ("income", "就労収入増加", WORK),
    ("staying_at_work", "職場定着", WORK),
    ("other", "その他の変化", OTHER),
    ("none", "変化なし", OTHER),
]

MINISTRY = "厚生労働省資料「就労準備支援事業」（多様な支援メニューの例。日常生活・社会生活・就労の3つの自立段階を想定）"
FARMS = "厚生労働省資料「農業分野等との連携強化モデル事業」"
MENUS = [
    ("commuting", "通所（決まった曜日に通う）", MINISTRY),
    ("camp", "合宿（泊まりがけの生活・就労準備）", MINISTRY),
    ("workshop", "ワークショップ", MINISTRY),
    ("seminar", "セミナー", MINISTRY),
    ("group_work", "グループワーク", MINISTRY),
    ("workplace_visit", "職場見学", MINISTRY),
    ("work_experience", "就労体験", MINISTRY),
    ("mock_interview", "模擬面接", MINISTRY),
    ("application", "応募書類の作成", MINISTRY),
    ("career", "キャリアコンサルティング", MINISTRY),
    ("volunteering", "ボランティア活動への参加", MINISTRY),
    ("farm_training", "就農訓練", MINISTRY),
    ("farm_experience", "農業体験", FARMS),
    ("welfare_professional", "福祉専門職との連携支援", MINISTRY),
]


def fill_lists(apps, _editor):
    service, change = apps.get_model("casework", "PlanService"), apps.get_model("casework", "NoticedChange")
    menu = apps.get_model("casework", "WorkMenu")
    menu.objects.bulk_create(
        menu(code=code, label=label, source=source, position=place)
        for place, (code, label, source) in enumerate(MENUS)
    )
    service.objects.bulk_create(
        service(
            code=code, label=label, group=group, source=source, position=place, legal=group != OUTSIDE, most_months=most
        )
        for place, (code, label, group, source, most) in enumerate(SERVICES)
    )
    change.objects.bulk_create(
        change(
            code=code,
            label=label,
            group=group,
            source=AT_HOME if code == "work_at_home" else FORM_6,
            position=place,
            begins_work=code.startswith("work_"),
        )
        for place, (code, label, group) in enumerate(CHANGES)
    )


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_code_lists")]

    operations = [migrations.RunPython(fill_lists, migrations.RunPython.noop)]
