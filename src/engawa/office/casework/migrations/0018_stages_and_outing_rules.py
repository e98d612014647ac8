"""Lines of stages, and the definitions of hikikomori by outing, as dated data."""

import datetime as dt

from django.db import migrations

GUIDELINE = "ひきこもりの評価・支援に関するガイドライン（2010年）"
STAGES = {
    "guideline": (
        GUIDELINE,
        [
            ("a", "A 家族支援の段階"),
            ("b", "B 個人的支援の段階"),
            ("c", "C 中間的・過渡的な集団との再会の段階"),
            ("d", "D 社会参加の試行の段階"),
        ],
    ),
    "path": (
        "ひきこもり支援の流れ（早期発見から自立まで）",
        [("found", "早期発見"), ("support", "早期支援"), ("training", "社会適応訓練"), ("independence", "自立")],
    ),
}

ILLNESS = ["身体の病気", "統合失調症", "妊娠", "介護・看護", "出産・育児", "自宅での仕事・自営業"]
HOUSEWORK = "主婦・主夫、家事手伝い"
SAME = {"semi": [5], "narrow": [6, 7, 8], "months": 6}
RULES = [
    {
        "code": "H27",
        "survey": "若者の生活に関する調査（平成27年度）",
        "youngest": 15,
        "oldest": 39,
        "excluded": [*ILLNESS, HOUSEWORK],
        "housework_needs_silence": False,
        "source": "内閣府、平成28年9月公表",
        "starts_on": dt.date(2015, 12, 11),
    },
    {
        "code": "H30",
        "survey": "生活状況に関する調査（平成30年度）",
        "youngest": 40,
        "oldest": 64,
        "excluded": ILLNESS,
        "housework_needs_silence": True,
        "source": "内閣府、平成31年3月公表。家事をする人は、家族以外とほとんど話さないときに数える",
        "starts_on": dt.date(2018, 12, 7),
    },
    {
        "code": "R4",
        "survey": "こども・若者の意識と生活に関する調査（令和4年度）",
        "youngest": 15,
        "oldest": 64,
        "excluded": ILLNESS,
        "housework_needs_silence": True,
        "source": "内閣府、令和5年3月公表",
        "starts_on": dt.date(2022, 11, 10),
    },
]


def fill(apps, _editor):
    stage, rule = (apps.get_model("casework", name) for name in ("Stage", "OutingRule"))
    for line, (source, stages) in STAGES.items():
        stage.objects.bulk_create(
            stage(code=code, line=line, label=label, position=position, source=source)
            for position, (code, label) in enumerate(stages, 1)
        )
    rule.objects.bulk_create(rule(**SAME, **one) for one in RULES)


class Migration(migrations.Migration):
    dependencies = [("casework", "0017_texts_of_consent")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
