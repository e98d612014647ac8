"""Walls around holds and destruction lists; classes of records and their years."""

import datetime as dt

from django.db import migrations

from engawa.office.access.walls import wall

OURS = "organisation_id = ANY ((SELECT engawa_organisations())::uuid[])"

RULES = "市町村の文書管理規程に多い区分（相談記録は完結の翌年度から5年とするものが多い）。自治体の規程に合わせて足していく"
CLASSES = [
    ("case", "相談・支援の記録", 5),
    ("talk", "やりとりのことば", 5),
    ("document", "書類", 5),
    ("consent", "同意と共有の記録", 5),
]


def fill(apps, _editor):
    record_class, term = apps.get_model("casework", "RecordClass"), apps.get_model("casework", "Term")
    for position, (code, label, years) in enumerate(CLASSES):
        made = record_class.objects.create(code=code, label=label, source=RULES, position=position)
        term.objects.create(record_class=made, years=years, starts_on=dt.date(1990, 4, 1), source=RULES)


class Migration(migrations.Migration):
    dependencies = [("casework", "0021_retention"), ("access", "0008_grants_carry_parts")]

    operations = [
        wall("casework_hold", "engawa_sees_part(case_id, NULL)"),
        # Lists hold numbers and days; managers, who see no case, read them through the keeper.
        wall("casework_destruction", OURS),
        wall(
            "casework_destructionitem",
            "EXISTS (SELECT 1 FROM casework_destruction d WHERE d.id = destruction_id)",
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
