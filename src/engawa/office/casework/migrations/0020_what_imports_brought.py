"""What imports brought beside cases and contacts: of no interest to anybody but the imports themselves."""

import django.db.models.deletion
import engawa.kernel.ids
from django.db import migrations, models

from engawa.kernel.together import Together
from engawa.office.access.walls import wall


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0019_weights_and_terms'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Brought',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('import_id', models.UUIDField(editable=False)),
                        ('kind', models.TextField(choices=[('person', '本人'), ('case', 'ケース'), ('other_name', '別の名'), ('other_address', '別の住所'), ('other_reach', '別の連絡先'), ('name_step', '名前の歩み'), ('household', '世帯'), ('member', '世帯員'), ('relation', '世帯の関係'), ('need', '世帯の課題'), ('life_event', '世帯の出来事'), ('agency', '支援チーム'), ('tie', 'つながり'), ('assessment', 'アセスメント'), ('answer', 'アセスメントの回答'), ('plan', '計画'), ('goal', '計画の目標'), ('step', '計画の取組'), ('service', '計画の事業'), ('review', '計画のモニタリング'), ('evaluation', '計画の評価'), ('outcome', '目標の評価'), ('staying', 'つながり続ける'), ('consent', '同意'), ('referral', 'つなぎ'), ('gathering', '家族教室・家族会'), ('sitting', '家族教室・家族会の回'), ('attendee', '家族教室・家族会の参加者'), ('attendance', '家族教室・家族会の出席'), ('quiet_contact', '静かな便り')])),
                        ('row_id', models.UUIDField()),
                        ('number', models.TextField(blank=True)),
                        ('said', models.JSONField(default=dict)),
                        ('case', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.case')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['import_id', 'kind'], name='brought_by_import'), models.Index(fields=['case'], name='brought_by_case')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'case'), _negated=True), fields=('kind', 'row_id'), name='brought_once')],
                    },
                ),
            ]
        ),
        wall("casework_brought", "false"),
    ]
