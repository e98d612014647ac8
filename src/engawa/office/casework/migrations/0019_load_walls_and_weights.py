"""Walls around intensities, reviews and passings; the levels, what each weighs, and when the house hints."""

import datetime as dt
from decimal import Decimal

from django.db import migrations

from engawa.office.access.parts import Part
from engawa.office.access.walls import case_wall

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


def fill(apps, _editor):
    level, weight = apps.get_model("casework", "Level"), apps.get_model("casework", "Weight")
    for position, (code, label, points, usual) in enumerate(LEVELS):
        made = level.objects.create(code=code, label=label, source=OURS, position=position, usual=usual)
        weight.objects.create(level=made, points=Decimal(points), starts_on=START, source=OURS)
    apps.get_model("casework", "Limit").objects.create(points=Decimal(LIMIT), starts_on=START, source=OURS)


class Migration(migrations.Migration):
    dependencies = [("casework", "0018_loads_and_reviews"), ("access", "0008_grants_carry_parts")]

    operations = [
        *(case_wall(f"casework_{table}", part=Part.COURSE) for table in ("intensity", "review", "passing")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
