"""Walls around households, teams and ties; kinds of needs and of events of life."""

from django.db import migrations

from engawa.office.access.parts import Part
from engawa.office.access.walls import case_wall, wall

# The sub-query is itself behind the wall of cases; of one of them the part "family" must be seen.
CASES = "EXISTS (SELECT 1 FROM casework_case c WHERE c.household_id = {column} AND engawa_sees_part(c.id, 'family'))"
OF_HOUSEHOLDS = ("member", "relation", "need", "lifeevent")

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
COMMON = "世帯の暮らしが変わる出来事として、相談支援の記録に共通するもの"
EVENTS = [
    ("hospitalised", "入院", "", MINISTRY),
    ("discharged", "退院", "", MINISTRY),
    ("ill", "病気・けが", "", MINISTRY),
    ("care_begins", "介護のはじまり", "", COMMON),
    ("care_home", "施設への入所", "left", COMMON),
    ("died", "死亡", "died", COMMON),
    ("moved", "転居", "", COMMON),
    ("moved_in", "同居のはじまり", "joined", COMMON),
    ("moved_out", "家を出た", "left", COMMON),
    ("married", "結婚", "", COMMON),
    ("divorced", "離婚", "", COMMON),
    ("born", "誕生", "", COMMON),
    ("school", "入学・卒業・退学", "", COMMON),
    ("work_begins", "就職", "", COMMON),
    ("work_ends", "退職・失業", "", COMMON),
    ("money", "家計の大きな変化", "", COMMON),
    ("disaster", "災害・事故", "", COMMON),
    ("other", "その他", "", COMMON),
]


def fill_kinds(apps, _editor):
    need, event = apps.get_model("casework", "NeedKind"), apps.get_model("casework", "LifeEventKind")
    needs = [(code, label, INTAKE) for code, label in NEEDS] + NEEDS_OF_HOUSEHOLDS
    need.objects.bulk_create(
        need(code=code, label=label, source=source, position=place) for place, (code, label, source) in enumerate(needs)
    )
    event.objects.bulk_create(
        event(code=code, label=label, effect=effect, source=source, position=place)
        for place, (code, label, effect, source) in enumerate(EVENTS)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0008_households_and_support_maps"),
        ("access", "0008_grants_carry_parts"),
    ]

    operations = [
        wall("casework_household", CASES.format(column="casework_household.id")),
        wall("casework_householdpast", CASES.format(column="casework_householdpast.pgh_obj_id")),
        *(
            wall(f"casework_{table}{past}", CASES.format(column=f"casework_{table}{past}.household_id"))
            for table in OF_HOUSEHOLDS
            for past in ("", "past")
        ),
        # Who is in the team is known to whoever sees anything of the case; how it is tied, with the family.
        *(case_wall(f"casework_agency{past}") for past in ("", "past")),
        *(case_wall(f"casework_tie{past}", part=Part.FAMILY) for past in ("", "past")),
        migrations.RunPython(fill_kinds, migrations.RunPython.noop),
    ]
