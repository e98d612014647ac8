import django.contrib.postgres.fields
import django.db.models.deletion
import engawa.kernel.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from engawa.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0008_load'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Agency',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agencies', to='casework.case')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation', verbose_name='機関')),
                        ('name', models.TextField(blank=True, verbose_name='名称')),
                        ('role', models.TextField(choices=[('lead', '主担当'), ('cooperating', '協力'), ('informing', '情報提供'), ('watching', '見守り'), ('advising', '助言'), ('other', 'その他')], default='cooperating', verbose_name='役割')),
                        ('contact_person', models.TextField(blank=True, verbose_name='担当の人')),
                        ('phone', models.TextField(blank=True, verbose_name='連絡先')),
                        ('since', models.DateField(verbose_name='いつから')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                    ],
                    options={
                        'ordering': ['since', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('organisation__isnull', False)), models.Q(('organisation__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='agency_is_somebody'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='agency_period')],
                    },
                ),
                migrations.CreateModel(
                    name='AgencyPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.agency')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.case')),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.organisation', verbose_name='機関')),
                        ('name', models.TextField(blank=True, verbose_name='名称')),
                        ('role', models.TextField(choices=[('lead', '主担当'), ('cooperating', '協力'), ('informing', '情報提供'), ('watching', '見守り'), ('advising', '助言'), ('other', 'その他')], default='cooperating', verbose_name='役割')),
                        ('contact_person', models.TextField(blank=True, verbose_name='担当の人')),
                        ('phone', models.TextField(blank=True, verbose_name='連絡先')),
                        ('since', models.DateField(verbose_name='いつから')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Joining',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('left', models.UUIDField()),
                        ('left_name', models.TextField(blank=True, verbose_name='前の世帯の呼び名')),
                        ('left_note', models.TextField(blank=True, verbose_name='前の世帯のようす')),
                        ('own', models.UUIDField(null=True)),
                        ('member', models.UUIDField(null=True)),
                        ('moved', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                        ('turned', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                        ('filled', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                        ('joined_at', models.DateTimeField()),
                        ('parted_at', models.DateTimeField(null=True)),
                        ('parted_reason', models.TextField(blank=True, verbose_name='分ける理由')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to='casework.case')),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to='casework.household')),
                        ('parted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['joined_at'],
                    },
                ),
                migrations.CreateModel(
                    name='Tie',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='casework.case')),
                        ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='casework.member')),
                        ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='casework.agency')),
                        ('resource', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.resource')),
                        ('name', models.TextField(blank=True, verbose_name='相手')),
                        ('strength', models.TextField(choices=[('strong', '強い'), ('plain', 'ふつう'), ('weak', '弱い'), ('strained', 'ぎくしゃくしている'), ('cut', '切れている')], default='plain', verbose_name='つながり')),
                        ('flow', models.TextField(choices=[('both', '互いに'), ('in', '相手から'), ('out', 'こちらから'), ('none', 'わからない')], default='none', verbose_name='向き')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('drawn_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ['drawn_at', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('name', ''), ('resource__isnull', True)), models.Q(('agency__isnull', True), ('name', ''), ('resource__isnull', False)), models.Q(('agency__isnull', True), ('resource__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='tie_leads_to_one')],
                    },
                ),
                migrations.CreateModel(
                    name='TiePast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.tie')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.case')),
                        ('member', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.member')),
                        ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.agency')),
                        ('resource', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.resource')),
                        ('name', models.TextField(blank=True, verbose_name='相手')),
                        ('strength', models.TextField(choices=[('strong', '強い'), ('plain', 'ふつう'), ('weak', '弱い'), ('strained', 'ぎくしゃくしている'), ('cut', '切れている')], default='plain', verbose_name='つながり')),
                        ('flow', models.TextField(choices=[('both', '互いに'), ('in', '相手から'), ('out', 'こちらから'), ('none', 'わからない')], default='none', verbose_name='向き')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('drawn_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agency',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_agencypast" ("case_id", "contact_person", "id", "name", "note", "organisation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "since", "until") VALUES (OLD."case_id", OLD."contact_person", OLD."id", OLD."name", OLD."note", OLD."organisation_id", NOW(), \'update\', OLD."id", OLD."phone", OLD."role", OLD."since", OLD."until"); RETURN NULL;', hash='71041df6691fec85b53631210364b926598b422c', operation='UPDATE', pgid='pgtrigger_update_update_6edd4', table='casework_agency', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agency',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_agencypast" ("case_id", "contact_person", "id", "name", "note", "organisation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "since", "until") VALUES (OLD."case_id", OLD."contact_person", OLD."id", OLD."name", OLD."note", OLD."organisation_id", NOW(), \'delete\', OLD."id", OLD."phone", OLD."role", OLD."since", OLD."until"); RETURN NULL;', hash='f2ef6e05b181f72142394f90ac576bebb3e1612e', operation='DELETE', pgid='pgtrigger_delete_delete_801f6', table='casework_agency', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='tie',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_tiepast" ("agency_id", "case_id", "drawn_at", "flow", "id", "member_id", "name", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "strength") VALUES (OLD."agency_id", OLD."case_id", OLD."drawn_at", OLD."flow", OLD."id", OLD."member_id", OLD."name", OLD."note", NOW(), \'update\', OLD."id", OLD."resource_id", OLD."strength"); RETURN NULL;', hash='a3987d6ba093ffb0cfa363ed53669e5576aa5a2e', operation='UPDATE', pgid='pgtrigger_update_update_f92a3', table='casework_tie', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='tie',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_tiepast" ("agency_id", "case_id", "drawn_at", "flow", "id", "member_id", "name", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "strength") VALUES (OLD."agency_id", OLD."case_id", OLD."drawn_at", OLD."flow", OLD."id", OLD."member_id", OLD."name", OLD."note", NOW(), \'delete\', OLD."id", OLD."resource_id", OLD."strength"); RETURN NULL;', hash='f34c710b8c1f9c5e8f6fe4800a2aef594182a506', operation='DELETE', pgid='pgtrigger_delete_delete_2156e', table='casework_tie', when='AFTER')),
                ),
            ]
        ),
    ]
