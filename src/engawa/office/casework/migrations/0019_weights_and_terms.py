"""What a case weighs, when the house hints at a heavy load, and how many years each class of records is kept."""

import datetime as dt
from decimal import Decimal

from django.db import migrations

OURS = "縁側の初めの値。自治体や機関の実情に合わせて、日付つきで足していく"
START = dt.date(2000, 4, 1)
LEVELS = [
    ("watching", "見守り", "0.5", False),
    ("usual", "ふつう", "1", True),
    ("close", "手厚く", "2", False),
    ("intense", "集中して", "3", False),
]
# A coordinator or companion can carry forty households of the usual kind.
LIMIT = "40"


def fill_weights(apps, _editor):
    level, weight = apps.get_model("casework", "Level"), apps.get_model("casework", "Weight")
    for position, (code, label, points, usual) in enumerate(LEVELS):
        made = level.objects.create(code=code, label=label, source=OURS, position=position, usual=usual)
        weight.objects.create(level=made, points=Decimal(points), starts_on=START, source=OURS)
    apps.get_model("casework", "Limit").objects.create(points=Decimal(LIMIT), starts_on=START, source=OURS)


OFFICE_RULES = "市町村の文書管理規程に多い区分（相談記録は完結の翌年度から5年とするものが多い）。自治体の規程に合わせて足していく"
CLASSES = [
    ("case", "相談・支援の記録", 5),
    ("talk", "やりとりのことば", 5),
    ("document", "書類", 5),
    ("consent", "同意と共有の記録", 5),
]


def fill_terms(apps, _editor):
    record_class, term = apps.get_model("casework", "RecordClass"), apps.get_model("casework", "Term")
    for position, (code, label, years) in enumerate(CLASSES):
        made = record_class.objects.create(code=code, label=label, source=OFFICE_RULES, position=position)
        term.objects.create(record_class=made, years=years, starts_on=dt.date(1990, 4, 1), source=OFFICE_RULES)


class Migration(migrations.Migration):
    dependencies = [("casework", "0018_stages_and_outing_rules")]

    operations = [migrations.RunPython(fill_weights, migrations.RunPython.noop), migrations.RunPython(fill_terms, migrations.RunPython.noop)]
