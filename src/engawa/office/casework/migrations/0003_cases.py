import django.contrib.postgres.fields
import django.contrib.postgres.indexes
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
        ('casework', '0002_households'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Case',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('number', models.TextField(unique=True, verbose_name='ケース番号')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='access.organisation', verbose_name='担当機関')),
                        ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='directory.desk', verbose_name='受付窓口')),
                        ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_cases', to=settings.AUTH_USER_MODEL, verbose_name='主担当')),
                        ('received_on', models.DateField(verbose_name='受付日')),
                        ('requester', models.TextField(choices=[('self', '本人'), ('family', '家族・親族'), ('agency', '支援する人・機関'), ('company', '会社・お店・農家'), ('other', 'その他')], verbose_name='相談者')),
                        ('route', models.TextField(blank=True, verbose_name='相談経路')),
                        ('complaint', models.TextField(blank=True, verbose_name='主訴')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='casework.person', verbose_name='本人')),
                        ('household', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='casework.household')),
                        ('member', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='casework.member')),
                        ('handle', models.TextField(blank=True, verbose_name='呼び名')),
                        ('age_years', models.SmallIntegerField(blank=True, null=True, verbose_name='受付時の年齢')),
                        ('age_band', models.TextField(blank=True, verbose_name='受付時の年代')),
                        ('sex', models.TextField(choices=[('0', '不明'), ('1', '男'), ('2', '女'), ('9', 'その他')], default='0', verbose_name='性別')),
                        ('notes', models.JSONField(blank=True, default=dict, verbose_name='台帳の他の列')),
                        ('import_id', models.UUIDField(editable=False, null=True)),
                        ('opened_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.TextField(choices=[('continuing', '継続対応中'), ('closed', '終結'), ('handed_over', '引継ぎ')], default='continuing', editable=False, verbose_name='状態')),
                        ('last_contact_on', models.DateField(editable=False, null=True, verbose_name='最後の対応日')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['received_on', 'desk'], name='case_by_day'), models.Index(fields=['organisation', '-received_on'], name='case_by_organisation'), models.Index(fields=['organisation', 'last_contact_on'], name='case_by_last_contact'), models.Index(fields=['organisation', 'number'], name='case_by_organisation_number'), models.Index(condition=models.Q(('lead__isnull', False)), fields=['lead'], name='case_by_lead'), models.Index(condition=models.Q(('person__isnull', False)), fields=['person'], name='case_by_person'), models.Index(condition=models.Q(('household__isnull', False)), fields=['household'], name='case_by_household'), models.Index(condition=models.Q(('member__isnull', False)), fields=['member'], name='case_by_member')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('member__isnull', True), ('household__isnull', False), _connector='OR'), name='case_member_has_household')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseCounter',
                    fields=[
                        ('fiscal_year', models.SmallIntegerField(primary_key=True, serialize=False)),
                        ('last', models.IntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='CasePast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.case')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('number', models.TextField(verbose_name='ケース番号')),
                        ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.organisation', verbose_name='担当機関')),
                        ('desk', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.desk', verbose_name='受付窓口')),
                        ('lead', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='主担当')),
                        ('received_on', models.DateField(verbose_name='受付日')),
                        ('requester', models.TextField(choices=[('self', '本人'), ('family', '家族・親族'), ('agency', '支援する人・機関'), ('company', '会社・お店・農家'), ('other', 'その他')], verbose_name='相談者')),
                        ('route', models.TextField(blank=True, verbose_name='相談経路')),
                        ('complaint', models.TextField(blank=True, verbose_name='主訴')),
                        ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.person', verbose_name='本人')),
                        ('household', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.household')),
                        ('member', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.member')),
                        ('handle', models.TextField(blank=True, verbose_name='呼び名')),
                        ('age_years', models.SmallIntegerField(blank=True, null=True, verbose_name='受付時の年齢')),
                        ('age_band', models.TextField(blank=True, verbose_name='受付時の年代')),
                        ('sex', models.TextField(choices=[('0', '不明'), ('1', '男'), ('2', '女'), ('9', 'その他')], default='0', verbose_name='性別')),
                        ('notes', models.JSONField(blank=True, default=dict, verbose_name='台帳の他の列')),
                        ('import_id', models.UUIDField(editable=False, null=True)),
                        ('opened_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.TextField(choices=[('continuing', '継続対応中'), ('closed', '終結'), ('handed_over', '引継ぎ')], default='continuing', editable=False, verbose_name='状態')),
                        ('last_contact_on', models.DateField(editable=False, null=True, verbose_name='最後の対応日')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CaseSearch',
                    fields=[
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search', serialize=False, to='casework.case')),
                        ('text', models.TextField()),
                        ('family', models.TextField(blank=True, default='')),
                        ('pieces', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                        ('holders', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['pieces', 'holders'], name='case_search_pieces')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseState',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='casework.case')),
                        ('effective_on', models.DateField(verbose_name='日付')),
                        ('state', models.TextField(choices=[('closed', '終結'), ('handed_over', '引継ぎ'), ('reopened', '再開')], verbose_name='状態')),
                        ('reason', models.TextField(blank=True, verbose_name='理由')),
                        ('reason_code', models.TextField(blank=True)),
                        ('destination', models.TextField(blank=True, verbose_name='引継ぎ先')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('import_id', models.UUIDField(editable=False, null=True)),
                    ],
                    options={
                        'ordering': ['effective_on', 'recorded_at'],
                        'indexes': [models.Index(fields=['case', 'effective_on', 'recorded_at', 'id'], name='state_by_day')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseTalk',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talk_links', to='casework.case')),
                        ('talk', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case_link', to='talks.talk')),
                        ('linked_at', models.DateTimeField(auto_now_add=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='EndReason',
                    fields=[
                        ('code', models.TextField(primary_key=True, serialize=False)),
                        ('label', models.TextField(unique=True, verbose_name='理由')),
                        ('source', models.TextField(blank=True, verbose_name='出典')),
                        ('position', models.SmallIntegerField(default=0)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['position', 'code'],
                    },
                ),
                migrations.CreateModel(
                    name='Handover',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='casework.case')),
                        ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers_given', to='access.organisation')),
                        ('taker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers_taken', to='access.organisation')),
                        ('package', models.TextField(verbose_name='引き継ぐこと')),
                        ('offered_at', models.DateTimeField()),
                        ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('accepted', models.BooleanField(null=True)),
                        ('answer', models.TextField(blank=True, verbose_name='返答')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('case',), name='one_open_handover')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='case',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."age_band" IS DISTINCT FROM (NEW."age_band") OR OLD."age_years" IS DISTINCT FROM (NEW."age_years") OR OLD."complaint" IS DISTINCT FROM (NEW."complaint") OR OLD."desk_id" IS DISTINCT FROM (NEW."desk_id") OR OLD."handle" IS DISTINCT FROM (NEW."handle") OR OLD."household_id" IS DISTINCT FROM (NEW."household_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."import_id" IS DISTINCT FROM (NEW."import_id") OR OLD."lead_id" IS DISTINCT FROM (NEW."lead_id") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."requester" IS DISTINCT FROM (NEW."requester") OR OLD."route" IS DISTINCT FROM (NEW."route") OR OLD."sex" IS DISTINCT FROM (NEW."sex"))', func='INSERT INTO "casework_casepast" ("age_band", "age_years", "complaint", "desk_id", "handle", "household_id", "id", "import_id", "last_contact_on", "lead_id", "member_id", "notes", "number", "opened_at", "organisation_id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "requester", "route", "sex", "state") VALUES (OLD."age_band", OLD."age_years", OLD."complaint", OLD."desk_id", OLD."handle", OLD."household_id", OLD."id", OLD."import_id", OLD."last_contact_on", OLD."lead_id", OLD."member_id", OLD."notes", OLD."number", OLD."opened_at", OLD."organisation_id", OLD."person_id", NOW(), \'update\', OLD."id", OLD."received_on", OLD."requester", OLD."route", OLD."sex", OLD."state"); RETURN NULL;', hash='fbd952baff678ee27cdd3cb34894fb7f6bbae264', operation='UPDATE', pgid='pgtrigger_update_update_6bba9', table='casework_case', when='AFTER')),
                ),
            ]
        ),
    ]
