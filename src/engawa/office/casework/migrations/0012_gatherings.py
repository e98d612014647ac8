import django.db.models.deletion
import engawa.kernel.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from engawa.kernel.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0012_referrals'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Gathering',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.TextField(choices=[('course', '家族教室'), ('meeting', '家族会・家族交流会')], verbose_name='種類')),
                        ('name', models.TextField(verbose_name='名称')),
                        ('place', models.TextField(blank=True, verbose_name='場所')),
                        ('leader', models.TextField(blank=True, verbose_name='すすめる人')),
                        ('about', models.TextField(blank=True, verbose_name='どんな集まりか')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='おわった日')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Attendee',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('member', models.UUIDField(blank=True, null=True, verbose_name='だれ')),
                        ('called', models.TextField(blank=True, verbose_name='呼び名')),
                        ('since', models.DateField(verbose_name='いつから')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                        ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attendees', to='casework.case')),
                        ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendees', to='casework.gathering')),
                    ],
                    options={
                        'ordering': ['since', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('case__isnull', False), models.Q(('called', ''), _negated=True), _connector='OR'), name='attendee_is_somebody'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='attendee_period'), models.UniqueConstraint(condition=models.Q(('case__isnull', False), ('until__isnull', True)), fields=('gathering', 'case', 'member'), name='attendee_once', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='GatheringPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('kind', models.TextField(choices=[('course', '家族教室'), ('meeting', '家族会・家族交流会')], verbose_name='種類')),
                        ('name', models.TextField(verbose_name='名称')),
                        ('place', models.TextField(blank=True, verbose_name='場所')),
                        ('leader', models.TextField(blank=True, verbose_name='すすめる人')),
                        ('about', models.TextField(blank=True, verbose_name='どんな集まりか')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='おわった日')),
                        ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.organisation')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.gathering')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Sitting',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('on', models.DateField(verbose_name='開いた日')),
                        ('minutes', models.SmallIntegerField(blank=True, null=True, verbose_name='分')),
                        ('theme', models.TextField(blank=True, verbose_name='テーマ')),
                        ('nameless', models.SmallIntegerField(default=0, verbose_name='名のらずに来た人')),
                        ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sittings', to='casework.gathering')),
                    ],
                    options={
                        'ordering': ['-on', '-id'],
                        'constraints': [models.UniqueConstraint(fields=('gathering', 'on'), name='sitting_once_a_day'), models.CheckConstraint(condition=models.Q(('nameless__gte', 0)), name='sitting_nameless')],
                    },
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('present', models.BooleanField(default=True, verbose_name='来た')),
                        ('attendee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='casework.attendee')),
                        ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='casework.sitting')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('sitting', 'attendee'), name='attendance_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SittingPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('on', models.DateField(verbose_name='開いた日')),
                        ('minutes', models.SmallIntegerField(blank=True, null=True, verbose_name='分')),
                        ('theme', models.TextField(blank=True, verbose_name='テーマ')),
                        ('nameless', models.SmallIntegerField(default=0, verbose_name='名のらずに来た人')),
                        ('gathering', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.gathering')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.sitting')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='gathering',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_gatheringpast" ("about", "ended_on", "id", "kind", "leader", "name", "organisation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") VALUES (OLD."about", OLD."ended_on", OLD."id", OLD."kind", OLD."leader", OLD."name", OLD."organisation_id", NOW(), \'update\', OLD."id", OLD."place"); RETURN NULL;', hash='2146049ef12cffb1c76d123056c2042ec5b13dad', operation='UPDATE', pgid='pgtrigger_update_update_53606', table='casework_gathering', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sitting',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_sittingpast" ("gathering_id", "id", "minutes", "nameless", "on", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme") VALUES (OLD."gathering_id", OLD."id", OLD."minutes", OLD."nameless", OLD."on", NOW(), \'update\', OLD."id", OLD."theme"); RETURN NULL;', hash='3d2dd81564a5f0a32d5cc92d3f70ebce956468d9', operation='UPDATE', pgid='pgtrigger_update_update_6631e', table='casework_sitting', when='AFTER')),
                ),
            ]
        ),
    ]
