"""Code lists of cases, households, contacts, documents and consents, each with its source, as dated data."""

from django.db import migrations

KYOTO_RESULTS = "京都市「ひきこもり支援の検証」相談結果の区分"
AT_THE_END = "各自治体の終結理由に共通するもの"
REASONS = [
    ("introduced", "相談先・支援団体の紹介", KYOTO_RESULTS),
    ("advice", "接し方に関する助言", KYOTO_RESULTS),
    ("other_need", "ひきこもり以外の課題への対応", KYOTO_RESULTS),
    ("settled", "本人・家族の望む暮らしに近づいた", AT_THE_END),
    ("wish", "本人・家族の希望", AT_THE_END),
    ("moved", "転居", AT_THE_END),
    ("died", "死亡", AT_THE_END),
    ("other", "その他", AT_THE_END),
]

INTAKE = "自立相談支援機関の帳票「インテーク・アセスメントシート」課題と特性（公開資料からの再構成）"
NEEDS = [
    ("illness", "病気"),
    ("injury", "けが"),
    ("disability", "障害（手帳あり）"),
    ("disability_maybe", "障害（疑い）"),
    ("suicide", "自死企図"),
    ("mental_health", "その他のメンタルヘルス"),
    ("housing", "住まいが不安定"),
    ("homeless", "ホームレス"),
    ("poverty", "経済的な困窮"),
    ("debt", "債務"),
    ("budget", "家計管理"),
    ("finding_work", "就職活動"),
    ("keeping_work", "仕事を続けること"),
    ("daily_rhythm", "生活習慣"),
    ("isolation", "社会的孤立（ひきこもりなどを含む）"),
    ("family", "家族関係・家族の問題"),
    ("school", "不登校"),
    ("delinquency", "非行"),
    ("education", "中卒・高校中退"),
    ("single_parent", "ひとり親"),
    ("violence", "DV・虐待"),
    ("foreign", "外国籍"),
    ("after_prison", "刑を終えた人"),
    ("communication", "コミュニケーションが苦手"),
    ("ability", "本人の能力"),
    ("disaster", "被災"),
]
CARE = "同居家族の介護・看護（社会福祉法第106条の3の包括的な支援体制、世帯の課題）"
NEEDS_OF_HOUSEHOLDS = [("care", "介護・看護", CARE), ("other", "その他", INTAKE)]

MINISTRY = "厚生労働省「ひきこもり支援施策の方向性と地域共生社会の実現に向けて」（令和2年2月）の支援事例"
OF_LIVES = "世帯の暮らしが変わる出来事として、相談支援の記録に共通するもの"
EVENTS = [
    ("hospitalised", "入院", "", MINISTRY),
    ("discharged", "退院", "", MINISTRY),
    ("ill", "病気・けが", "", MINISTRY),
    ("care_begins", "介護のはじまり", "", OF_LIVES),
    ("care_home", "施設への入所", "left", OF_LIVES),
    ("died", "死亡", "died", OF_LIVES),
    ("moved", "転居", "", OF_LIVES),
    ("moved_in", "同居のはじまり", "joined", OF_LIVES),
    ("moved_out", "家を出た", "left", OF_LIVES),
    ("married", "結婚", "", OF_LIVES),
    ("divorced", "離婚", "", OF_LIVES),
    ("born", "誕生", "", OF_LIVES),
    ("school", "入学・卒業・退学", "", OF_LIVES),
    ("work_begins", "就職", "", OF_LIVES),
    ("work_ends", "退職・失業", "", OF_LIVES),
    ("money", "家計の大きな変化", "", OF_LIVES),
    ("disaster", "災害・事故", "", OF_LIVES),
    ("other", "その他", "", OF_LIVES),
]

KYOTO_SUPPORT = "京都市「ひきこもり支援の検証」表6 よりそい支援員から受けた支援"
KYOTO_FAMILIES = "京都市「ひきこもり支援の検証」表5 あるとよい支援、(5)イ 家族支援の必要性"
OF_COMPANIONS = "よりそい支援員の業務に共通するもの"
CODES = [
    ("listening_there", "自宅（又はご希望の場所）での傾聴", KYOTO_SUPPORT),
    ("listening_afar", "手紙、メール、電話での傾聴", KYOTO_SUPPORT),
    ("approach", "本人へのアプローチ", KYOTO_SUPPORT),
    ("accompanying", "支援団体などへの同行", KYOTO_SUPPORT),
    ("procedures", "行政サービス利用などの手続きに関する支援", KYOTO_SUPPORT),
    ("study_work", "就学・就労に向けた支援", KYOTO_SUPPORT),
    ("newsletter", "おたより・チラシを届ける", OF_COMPANIONS),
    ("family", "家族の相談を聞く", OF_COMPANIONS),
    ("family_course", "家族教室・研修会への案内、同席", KYOTO_FAMILIES),
    ("family_meeting", "家族会・家族交流会への案内、同席", KYOTO_FAMILIES),
    ("family_motivation", "家族が相談を続けられるように支える", KYOTO_FAMILIES),
    ("agencies", "関係機関との相談・連絡", OF_COMPANIONS),
    ("other", "その他", KYOTO_SUPPORT),
]

NATIONAL = "自立相談支援機関 使用標準様式"
OF_PAPERS = "相談支援の現場で受け取る書類に共通するもの"
DOCUMENTS = [
    ("consent", "同意書", NATIONAL),
    ("application", "申込票・申請書", NATIONAL),
    ("plan", "プラン・評価の写し", NATIONAL),
    ("letter", "本人・家族からの手紙", OF_PAPERS),
    ("opinion", "診断書・意見書", OF_PAPERS),
    ("referral", "紹介状・情報提供書", OF_PAPERS),
    ("conference", "会議の資料・記録", OF_PAPERS),
    ("picture", "写真・絵", OF_PAPERS),
    ("other", "その他", OF_PAPERS),
]

SCREENING = "自立相談支援機関 使用標準様式「スクリーニング結果」他制度・他機関へつなぐ（公開資料からの再構成）"
OF_REFERRALS = "相談支援の現場で行われることに共通するもの"
REFERRALS = [
    ("introduced", "紹介", SCREENING),
    ("accompanied", "同行", OF_REFERRALS),
    ("letter", "紹介状・情報提供書", OF_REFERRALS),
    ("told", "窓口の案内・情報提供のみ", SCREENING),
    ("invited", "先方に来てもらった", OF_REFERRALS),
    ("other", "その他", OF_REFERRALS),
]

LAW = "個人情報の保護に関する法律（利用目的の特定、目的外の利用・提供の制限）"
PURPOSES = [
    ("coordination", "支援の相談・調整", LAW),
    ("introduction", "つなぎ・同行（見学、受診、手続きなど）", LAW),
    ("conference", "支援調整会議での話し合い", LAW),
    ("family", "家族への支援", LAW),
    ("watching", "見守り・訪問", LAW),
]


def _fill(apps, model, rows):
    row = apps.get_model("casework", model)
    row.objects.bulk_create(row(position=place, **one) for place, one in enumerate(rows))


def fill(apps, _editor):
    needs = [(code, label, INTAKE) for code, label in NEEDS] + NEEDS_OF_HOUSEHOLDS
    lists = {"EndReason": REASONS, "NeedKind": needs, "ContactCode": CODES, "DocumentKind": DOCUMENTS, "Purpose": PURPOSES}
    lists["ReferralKind"] = REFERRALS
    for model, rows in lists.items():
        _fill(apps, model, [{"code": code, "label": label, "source": source} for code, label, source in rows])
    events = [dict(zip(("code", "label", "effect", "source"), event, strict=True)) for event in EVENTS]
    _fill(apps, "LifeEventKind", events)


class Migration(migrations.Migration):
    dependencies = [("casework", "0014_standing_and_search")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
