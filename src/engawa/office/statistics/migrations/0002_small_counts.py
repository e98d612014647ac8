"""The rule of small counts, with its sources, and the releases of reports."""

import datetime as dt

import django.db.models.deletion
import engawa.kernel.ids
from django.conf import settings
from django.db import migrations, models

from engawa.kernel.together import Together


FIRST_RULE = {
    "starts_on": dt.date(2020, 4, 1),
    "least": 3,
    "least_when_short": 10,
    "short_below": 3,
    "source": "経済センサス‐活動調査「利用上の注意」：1又は2の客体に係る数値の秘匿",
    "source_when_short": "厚生労働省「匿名医療保険等関連情報データベースの利用に関するガイドライン」：最小集計単位の原則",
}


def seed(apps, _schema_editor):
    """The first rule."""
    apps.get_model("statistics", "SmallCounts").objects.create(**FIRST_RULE)


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0001_views_for_counting'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='SmallCounts',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('starts_on', models.DateField(unique=True)),
                        ('least', models.PositiveSmallIntegerField()),
                        ('least_when_short', models.PositiveSmallIntegerField()),
                        ('short_below', models.PositiveSmallIntegerField()),
                        ('source', models.TextField()),
                        ('source_when_short', models.TextField()),
                    ],
                    options={
                        'ordering': ['-starts_on'],
                    },
                ),
                migrations.CreateModel(
                    name='Release',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('first', models.DateField()),
                        ('last', models.DateField()),
                        ('first_before', models.DateField(null=True)),
                        ('last_before', models.DateField(null=True)),
                        ('as_of', models.DateField()),
                        ('at', models.DateTimeField(auto_now_add=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-at'],
                        'constraints': [models.UniqueConstraint(fields=('first', 'last', 'first_before', 'last_before', 'as_of'), name='statistics_release_once', nulls_distinct=False)],
                    },
                ),
            ]
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
