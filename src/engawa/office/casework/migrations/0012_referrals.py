import django.contrib.postgres.fields
import django.db.models.deletion
import engawa.kernel.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from engawa.kernel.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0012_timeline'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='ReferralKind',
                    fields=[
                        ('code', models.TextField(primary_key=True, serialize=False)),
                        ('label', models.TextField(unique=True, verbose_name='名称')),
                        ('source', models.TextField(blank=True, verbose_name='出典')),
                        ('position', models.SmallIntegerField(default=0)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['position', 'code'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Referral',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('member', models.UUIDField(blank=True, null=True, verbose_name='だれを')),
                        ('name', models.TextField(blank=True, verbose_name='つなぎ先の名称')),
                        ('contact_person', models.TextField(blank=True, verbose_name='先方の担当')),
                        ('on', models.DateField(verbose_name='つないだ日')),
                        ('wish', models.TextField(blank=True, verbose_name='本人・家族の望み、つないだわけ')),
                        ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(choices=[('basics', '基本'), ('course', '経過'), ('assessments', 'アセスメント'), ('plans', '計画'), ('family', '家族'), ('documents', '書類')]), default=list, size=None, verbose_name='伝えた範囲')),
                        ('handed', models.TextField(blank=True, verbose_name='伝えたこと・渡したもの')),
                        ('basis', models.TextField(blank=True, choices=[('own', '自機関のケース'), ('consent', '同意'), ('conference_9', '支援会議（生活困窮者自立支援法第9条）'), ('conference_106_6', '支援会議（社会福祉法第106条の6）'), ('handover', '引継ぎの打診'), ('urgent', '緊急'), ('break_glass', '緊急閲覧')], verbose_name='伝えた根拠')),
                        ('reason', models.TextField(blank=True, verbose_name='同意によらないわけ')),
                        ('check_on', models.DateField(blank=True, null=True, verbose_name='返事を確かめる日')),
                        ('reminded_on', models.DateField(editable=False, null=True)),
                        ('answer', models.TextField(choices=[('waiting', '返事待ち'), ('taken', '受けた'), ('declined', '受けられない'), ('needless', '返事はいらない')], default='waiting', verbose_name='返事')),
                        ('answered_on', models.DateField(blank=True, null=True, verbose_name='返事の日')),
                        ('answer_words', models.TextField(blank=True, verbose_name='返事のことば')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('introducer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation', verbose_name='つないだ機関')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='casework.case')),
                        ('consent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='casework.consent')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation', verbose_name='機関')),
                        ('resource', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.resource', verbose_name='社会資源')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.referralkind', verbose_name='つなぎ方')),
                    ],
                    options={
                        'ordering': ['-on', '-recorded_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('organisation__isnull', False), ('resource__isnull', True)), models.Q(('name', ''), ('organisation__isnull', True), ('resource__isnull', False)), models.Q(('organisation__isnull', True), ('resource__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='referral_leads_to_one'), models.CheckConstraint(condition=models.Q(('parts', []), models.Q(('basis', ''), _negated=True), _connector='OR'), name='referral_hands_on_with_basis'), models.CheckConstraint(condition=models.Q(models.Q(('parts', []), _negated=True), models.Q(('basis', ''), ('handed', ''), ('reason', '')), _connector='OR'), name='referral_hands_on_parts'), models.CheckConstraint(condition=models.Q(models.Q(('basis', 'consent'), ('consent__isnull', False)), models.Q(models.Q(('basis', 'consent'), _negated=True), ('consent__isnull', True)), _connector='OR'), name='referral_consent'), models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ['taken', 'declined']), ('answered_on__gte', models.F('on'))), models.Q(('answer__in', ['waiting', 'needless']), ('answered_on__isnull', True)), _connector='OR'), name='referral_answered_on'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'declined'), _negated=True), models.Q(('answer_words', ''), _negated=True), _connector='OR'), name='referral_declined_why')],
                        'indexes': [models.Index(condition=models.Q(('answer', 'waiting')), fields=['check_on'], name='referral_waiting')],
                    },
                ),
                migrations.CreateModel(
                    name='ReferralPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('member', models.UUIDField(blank=True, null=True, verbose_name='だれを')),
                        ('name', models.TextField(blank=True, verbose_name='つなぎ先の名称')),
                        ('contact_person', models.TextField(blank=True, verbose_name='先方の担当')),
                        ('on', models.DateField(verbose_name='つないだ日')),
                        ('wish', models.TextField(blank=True, verbose_name='本人・家族の望み、つないだわけ')),
                        ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(choices=[('basics', '基本'), ('course', '経過'), ('assessments', 'アセスメント'), ('plans', '計画'), ('family', '家族'), ('documents', '書類')]), default=list, size=None, verbose_name='伝えた範囲')),
                        ('handed', models.TextField(blank=True, verbose_name='伝えたこと・渡したもの')),
                        ('basis', models.TextField(blank=True, choices=[('own', '自機関のケース'), ('consent', '同意'), ('conference_9', '支援会議（生活困窮者自立支援法第9条）'), ('conference_106_6', '支援会議（社会福祉法第106条の6）'), ('handover', '引継ぎの打診'), ('urgent', '緊急'), ('break_glass', '緊急閲覧')], verbose_name='伝えた根拠')),
                        ('reason', models.TextField(blank=True, verbose_name='同意によらないわけ')),
                        ('check_on', models.DateField(blank=True, null=True, verbose_name='返事を確かめる日')),
                        ('reminded_on', models.DateField(editable=False, null=True)),
                        ('answer', models.TextField(choices=[('waiting', '返事待ち'), ('taken', '受けた'), ('declined', '受けられない'), ('needless', '返事はいらない')], default='waiting', verbose_name='返事')),
                        ('answered_on', models.DateField(blank=True, null=True, verbose_name='返事の日')),
                        ('answer_words', models.TextField(blank=True, verbose_name='返事のことば')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.case')),
                        ('consent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.consent')),
                        ('introducer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.organisation', verbose_name='つないだ機関')),
                        ('kind', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.referralkind', verbose_name='つなぎ方')),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.organisation', verbose_name='機関')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.referral')),
                        ('resource', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.resource', verbose_name='社会資源')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='referral',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_referralpast" ("answer", "answer_words", "answered_on", "basis", "by_id", "case_id", "check_on", "consent_id", "contact_person", "handed", "id", "introducer_id", "kind_id", "member", "name", "on", "organisation_id", "parts", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "reminded_on", "resource_id", "wish", "writer") VALUES (OLD."answer", OLD."answer_words", OLD."answered_on", OLD."basis", OLD."by_id", OLD."case_id", OLD."check_on", OLD."consent_id", OLD."contact_person", OLD."handed", OLD."id", OLD."introducer_id", OLD."kind_id", OLD."member", OLD."name", OLD."on", OLD."organisation_id", OLD."parts", NOW(), \'update\', OLD."id", OLD."reason", OLD."recorded_at", OLD."reminded_on", OLD."resource_id", OLD."wish", OLD."writer"); RETURN NULL;', hash='9c825e11a4e8d801b5c7a466278ae2568e15cb3a', operation='UPDATE', pgid='pgtrigger_update_update_4f0e9', table='casework_referral', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='referral',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_referralpast" ("answer", "answer_words", "answered_on", "basis", "by_id", "case_id", "check_on", "consent_id", "contact_person", "handed", "id", "introducer_id", "kind_id", "member", "name", "on", "organisation_id", "parts", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "reminded_on", "resource_id", "wish", "writer") VALUES (OLD."answer", OLD."answer_words", OLD."answered_on", OLD."basis", OLD."by_id", OLD."case_id", OLD."check_on", OLD."consent_id", OLD."contact_person", OLD."handed", OLD."id", OLD."introducer_id", OLD."kind_id", OLD."member", OLD."name", OLD."on", OLD."organisation_id", OLD."parts", NOW(), \'delete\', OLD."id", OLD."reason", OLD."recorded_at", OLD."reminded_on", OLD."resource_id", OLD."wish", OLD."writer"); RETURN NULL;', hash='1ad2c5e3912fd77e160b0a79c7bf165bc71e4168', operation='DELETE', pgid='pgtrigger_delete_delete_a4427', table='casework_referral', when='AFTER')),
                ),
            ]
        ),
    ]
