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
        ('casework', '0009_maps'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Plan',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('worker_name', models.TextField(blank=True, verbose_name='担当者（台帳の名）')),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='casework.case')),
                        ('whose', models.TextField(blank=True, verbose_name='だれの計画か（続柄で）')),
                        ('number', models.SmallIntegerField(default=1, verbose_name='プラン回数')),
                        ('revision', models.SmallIntegerField(default=0, verbose_name='改訂')),
                        ('revision_reason', models.TextField(blank=True, verbose_name='改訂の理由')),
                        ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='casework.plan')),
                        ('state', models.TextField(choices=[('draft', '作成中'), ('running', '実施中'), ('replaced', '改訂前'), ('ended', '評価ずみ')], default='draft', verbose_name='状態')),
                        ('made_on', models.DateField(verbose_name='作成日')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作成者')),
                        ('worker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='担当者')),
                        ('concern', models.TextField(blank=True, verbose_name='解決したい課題')),
                        ('hope', models.TextField(blank=True, verbose_name='本人の目標（目指す姿）')),
                        ('aim', models.TextField(blank=True, verbose_name='本プランの達成目標')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='はじめ')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='おわり')),
                        ('work_support', models.BooleanField(default=False, verbose_name='就労支援対象者')),
                        ('written_at', models.DateTimeField()),
                        ('began_on', models.DateField(blank=True, null=True, verbose_name='実施をはじめた日')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='評価した日')),
                        ('agreed_on', models.DateField(blank=True, null=True, verbose_name='同意の日')),
                        ('agreed_how', models.TextField(blank=True, choices=[('signed', '署名'), ('spoken', '口頭'), ('written', 'メール・手紙・チャット'), ('family', '家族を通して'), ('other', 'その他')], verbose_name='同意の方法')),
                        ('agreement_asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='同意を聞いた人')),
                        ('agreement_note', models.TextField(blank=True, verbose_name='同意についてのメモ')),
                        ('conference_on', models.DateField(blank=True, null=True, verbose_name='支援調整会議の日')),
                        ('conference_note', models.TextField(blank=True, verbose_name='支援調整会議の結果')),
                        ('decision', models.TextField(blank=True, choices=[('', 'まだ'), ('decided', '支援決定'), ('confirmed', '確認'), ('not_required', '不要')], default='', verbose_name='支援決定')),
                        ('decided_on', models.DateField(blank=True, null=True, verbose_name='支援決定の日')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation', verbose_name='決定した自治体')),
                    ],
                    options={
                        'ordering': ['-number', '-revision'],
                        'constraints': [models.UniqueConstraint(fields=('case', 'whose', 'number', 'revision'), name='plan_once'), models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('case', 'whose'), name='plan_in_force_once'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('case', 'whose'), name='plan_draft_once'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='plan_period'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='plan_decision_has_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Evaluation',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('plan', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='evaluation', to='casework.plan')),
                        ('on', models.DateField(verbose_name='評価日')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='評価した人')),
                        ('changes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None, verbose_name='見られた変化')),
                        ('other_change', models.TextField(blank=True, verbose_name='その他の変化')),
                        ('remaining', models.TextField(blank=True, verbose_name='残された課題')),
                        ('wish', models.TextField(blank=True, verbose_name='本人の希望')),
                        ('view', models.TextField(blank=True, verbose_name='支援者の見立て')),
                        ('result', models.TextField(choices=[('closed', '終結'), ('again', '再プランして継続'), ('stopped', '中断')], verbose_name='結果')),
                        ('reason', models.TextField(blank=True, verbose_name='結果の理由')),
                        ('follow_up', models.TextField(blank=True, verbose_name='フォローアップの予定')),
                        ('conference_on', models.DateField(blank=True, null=True, verbose_name='支援調整会議の日')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Goal',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='casework.plan')),
                        ('position', models.SmallIntegerField()),
                        ('words', models.TextField(verbose_name='本人のことば')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='いつごろまでに')),
                    ],
                    options={
                        'ordering': ['position'],
                    },
                ),
                migrations.CreateModel(
                    name='GoalOutcome',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='casework.evaluation')),
                        ('goal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='outcome', to='casework.goal')),
                        ('reached', models.TextField(choices=[('reached', 'とどいた'), ('closer', '近づいた'), ('ahead', 'これから'), ('changed', '望みが変わった')], verbose_name='目標の達成')),
                        ('words', models.TextField(blank=True, verbose_name='本人のことば')),
                    ],
                    options={
                        'ordering': ['goal__position'],
                    },
                ),
                migrations.CreateModel(
                    name='NoticedChange',
                    fields=[
                        ('code', models.TextField(primary_key=True, serialize=False)),
                        ('label', models.TextField(unique=True, verbose_name='名称')),
                        ('source', models.TextField(blank=True, verbose_name='出典')),
                        ('position', models.SmallIntegerField(default=0)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('group', models.TextField(verbose_name='区分')),
                        ('begins_work', models.BooleanField(default=False, verbose_name='就労の開始')),
                    ],
                    options={
                        'ordering': ['position', 'code'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='WorkMenu',
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
                    name='PlanPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.plan')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('worker_name', models.TextField(blank=True, verbose_name='担当者（台帳の名）')),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.case')),
                        ('whose', models.TextField(blank=True, verbose_name='だれの計画か（続柄で）')),
                        ('number', models.SmallIntegerField(default=1, verbose_name='プラン回数')),
                        ('revision', models.SmallIntegerField(default=0, verbose_name='改訂')),
                        ('revision_reason', models.TextField(blank=True, verbose_name='改訂の理由')),
                        ('follows', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.plan')),
                        ('state', models.TextField(choices=[('draft', '作成中'), ('running', '実施中'), ('replaced', '改訂前'), ('ended', '評価ずみ')], default='draft', verbose_name='状態')),
                        ('made_on', models.DateField(verbose_name='作成日')),
                        ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作成者')),
                        ('worker', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='担当者')),
                        ('concern', models.TextField(blank=True, verbose_name='解決したい課題')),
                        ('hope', models.TextField(blank=True, verbose_name='本人の目標（目指す姿）')),
                        ('aim', models.TextField(blank=True, verbose_name='本プランの達成目標')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='はじめ')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='おわり')),
                        ('work_support', models.BooleanField(default=False, verbose_name='就労支援対象者')),
                        ('written_at', models.DateTimeField()),
                        ('began_on', models.DateField(blank=True, null=True, verbose_name='実施をはじめた日')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='評価した日')),
                        ('agreed_on', models.DateField(blank=True, null=True, verbose_name='同意の日')),
                        ('agreed_how', models.TextField(blank=True, choices=[('signed', '署名'), ('spoken', '口頭'), ('written', 'メール・手紙・チャット'), ('family', '家族を通して'), ('other', 'その他')], verbose_name='同意の方法')),
                        ('agreement_asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='同意を聞いた人')),
                        ('agreement_note', models.TextField(blank=True, verbose_name='同意についてのメモ')),
                        ('conference_on', models.DateField(blank=True, null=True, verbose_name='支援調整会議の日')),
                        ('conference_note', models.TextField(blank=True, verbose_name='支援調整会議の結果')),
                        ('decision', models.TextField(blank=True, choices=[('', 'まだ'), ('decided', '支援決定'), ('confirmed', '確認'), ('not_required', '不要')], default='', verbose_name='支援決定')),
                        ('decided_on', models.DateField(blank=True, null=True, verbose_name='支援決定の日')),
                        ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_for', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.organisation', verbose_name='決定した自治体')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PlanReview',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='casework.plan')),
                        ('due_on', models.DateField(verbose_name='モニタリングの予定日')),
                        ('held_on', models.DateField(blank=True, null=True, verbose_name='行った日')),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('note', models.TextField(blank=True, verbose_name='ようす')),
                        ('reminded_on', models.DateField(editable=False, null=True)),
                    ],
                    options={
                        'ordering': ['due_on'],
                        'indexes': [models.Index(condition=models.Q(('held_on__isnull', True)), fields=['due_on'], name='plan_review_due')],
                    },
                ),
                migrations.CreateModel(
                    name='PlanService',
                    fields=[
                        ('code', models.TextField(primary_key=True, serialize=False)),
                        ('label', models.TextField(unique=True, verbose_name='名称')),
                        ('source', models.TextField(blank=True, verbose_name='出典')),
                        ('position', models.SmallIntegerField(default=0)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('group', models.TextField(verbose_name='区分')),
                        ('legal', models.BooleanField()),
                        ('most_months', models.SmallIntegerField(blank=True, null=True)),
                        ('pause_days', models.SmallIntegerField(default=31, verbose_name='続きとみなす間（日）')),
                    ],
                    options={
                        'ordering': ['position', 'code'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PlanStep',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='casework.goal')),
                        ('position', models.SmallIntegerField()),
                        ('level', models.TextField(blank=True, choices=[('daily', '日常生活'), ('social', '社会生活'), ('work', '就労')], verbose_name='段階')),
                        ('what', models.TextField(verbose_name='すること')),
                        ('who_kind', models.TextField(blank=True, choices=[('staff', '職員'), ('agency', '関係機関'), ('self', '本人'), ('family', '家族・親族'), ('other', 'その他')], verbose_name='だれが')),
                        ('who', models.TextField(blank=True, verbose_name='名前')),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('often', models.TextField(blank=True, verbose_name='頻度')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                    ],
                    options={
                        'ordering': ['position'],
                    },
                ),
                migrations.CreateModel(
                    name='Staying',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stayings', to='casework.case')),
                        ('since', models.DateField(verbose_name='はじめた日')),
                        ('words', models.TextField(verbose_name='望まれているつながり方')),
                        ('care', models.TextField(blank=True, verbose_name='気をつけること')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('written_at', models.DateTimeField()),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='おわりにした日')),
                        ('end_reason', models.TextField(blank=True, verbose_name='おわりにした理由')),
                    ],
                    options={
                        'ordering': ['-since'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('case',), name='staying_once')],
                    },
                ),
                migrations.CreateModel(
                    name='QuietContact',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('staying', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quiet_contacts', to='casework.staying')),
                        ('way', models.TextField(choices=[('letter', '手紙'), ('note', 'ひとことのたより'), ('flyer', 'チラシ・お知らせ'), ('visit', '会わない訪問'), ('mail', 'メール'), ('sns', 'SNS'), ('other', 'その他')], verbose_name='方法')),
                        ('rhythm', models.TextField(choices=[('weekly', '毎週'), ('fortnightly', '2週に1度'), ('monthly', '毎月'), ('bimonthly', '2か月に1度'), ('quarterly', '3か月に1度'), ('half_yearly', '半年に1度'), ('yearly', '1年に1度')], verbose_name='どのくらいごと')),
                        ('words', models.TextField(blank=True, verbose_name='届けること')),
                        ('next_on', models.DateField(verbose_name='次のめやす')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                        ('last_on', models.DateField(blank=True, null=True, verbose_name='前に届けた日')),
                        ('waiting', models.TextField(blank=True, verbose_name='待っているわけ')),
                        ('reminded_on', models.DateField(editable=False, null=True)),
                        ('stopped_on', models.DateField(blank=True, null=True, verbose_name='やめた日')),
                    ],
                    options={
                        'ordering': ['next_on'],
                        'indexes': [models.Index(condition=models.Q(('stopped_on__isnull', True)), fields=['next_on'], name='quiet_contact_due')],
                    },
                ),
                migrations.CreateModel(
                    name='ServiceUse',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='casework.plan')),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.planservice', verbose_name='事業')),
                        ('agency', models.TextField(blank=True, verbose_name='実施するところ')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='利用のはじめ')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='利用のおわり')),
                        ('reason', models.TextField(blank=True, verbose_name='延長の理由')),
                    ],
                    options={
                        'ordering': ['service__position'],
                    },
                ),
                migrations.CreateModel(
                    name='StayingPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.staying')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.case')),
                        ('since', models.DateField(verbose_name='はじめた日')),
                        ('words', models.TextField(verbose_name='望まれているつながり方')),
                        ('care', models.TextField(blank=True, verbose_name='気をつけること')),
                        ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('written_at', models.DateTimeField()),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='おわりにした日')),
                        ('end_reason', models.TextField(blank=True, verbose_name='おわりにした理由')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='plan',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_planpast" ("agreed_how", "agreed_on", "agreement_asked_by_id", "agreement_note", "aim", "began_on", "by_id", "case_id", "concern", "conference_note", "conference_on", "decided_by_id", "decided_for_id", "decided_on", "decision", "ended_on", "ends_on", "follows_id", "hope", "id", "made_on", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "revision_reason", "starts_on", "state", "whose", "work_support", "worker_id", "worker_name", "writer", "written_at") VALUES (OLD."agreed_how", OLD."agreed_on", OLD."agreement_asked_by_id", OLD."agreement_note", OLD."aim", OLD."began_on", OLD."by_id", OLD."case_id", OLD."concern", OLD."conference_note", OLD."conference_on", OLD."decided_by_id", OLD."decided_for_id", OLD."decided_on", OLD."decision", OLD."ended_on", OLD."ends_on", OLD."follows_id", OLD."hope", OLD."id", OLD."made_on", OLD."number", NOW(), \'update\', OLD."id", OLD."revision", OLD."revision_reason", OLD."starts_on", OLD."state", OLD."whose", OLD."work_support", OLD."worker_id", OLD."worker_name", OLD."writer", OLD."written_at"); RETURN NULL;', hash='e4d03858c971fc9844745e639bccec9d7386c9e3', operation='UPDATE', pgid='pgtrigger_update_update_d5dfe', table='casework_plan', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='staying',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_stayingpast" ("by_id", "care", "case_id", "end_reason", "ended_on", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "words", "writer", "written_at") VALUES (OLD."by_id", OLD."care", OLD."case_id", OLD."end_reason", OLD."ended_on", OLD."id", NOW(), \'update\', OLD."id", OLD."since", OLD."words", OLD."writer", OLD."written_at"); RETURN NULL;', hash='fd97f330cf20a45d2baa7c28e63ecfb14d7a17b7', operation='UPDATE', pgid='pgtrigger_update_update_3e49a', table='casework_staying', when='AFTER')),
                ),
            ]
        ),
    ]
