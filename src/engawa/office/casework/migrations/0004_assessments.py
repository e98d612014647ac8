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
        ('casework', '0003_cases'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Assessment',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='casework.case')),
                        ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaire', verbose_name='質問票')),
                        ('on', models.DateField(verbose_name='アセスメントの日')),
                        ('based_on', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='casework.assessment')),
                        ('begun_at', models.DateTimeField(auto_now_add=True)),
                        ('begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('finished_at', models.DateTimeField(null=True, verbose_name='確定した日時')),
                        ('finished_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-on', '-begun_at'],
                        'indexes': [models.Index(fields=['case', '-on'], name='assessment_by_case')],
                    },
                ),
                migrations.CreateModel(
                    name='AssessmentAnswer',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('question', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.question')),
                        ('kind', models.TextField(choices=[('given', '答え'), ('unknown', '不明'), ('refused', '答えたくない')], default='given', verbose_name='答えの種類')),
                        ('chosen', models.JSONField(default=list, verbose_name='回答')),
                        ('primary', models.TextField(blank=True, verbose_name='最も困っていること')),
                        ('note', models.TextField(blank=True, verbose_name='補足')),
                        ('source', models.TextField(blank=True, choices=[('self', '本人'), ('family', '家族・親族'), ('agency', '関係機関'), ('judgement', '見立て')], verbose_name='出どころ')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.case')),
                        ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='casework.assessment')),
                        ('professional', models.BooleanField(default=False, verbose_name='専門職だけ')),
                        ('version', models.SmallIntegerField(default=1, verbose_name='版')),
                        ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('said_at', models.DateTimeField(verbose_name='書いた日時')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('assessment', 'question'), name='assessment_answer_once')],
                    },
                ),
                migrations.CreateModel(
                    name='AssessmentAnswerPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.assessmentanswer')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('question', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='questionnaires.question')),
                        ('kind', models.TextField(choices=[('given', '答え'), ('unknown', '不明'), ('refused', '答えたくない')], default='given', verbose_name='答えの種類')),
                        ('chosen', models.JSONField(default=list, verbose_name='回答')),
                        ('primary', models.TextField(blank=True, verbose_name='最も困っていること')),
                        ('note', models.TextField(blank=True, verbose_name='補足')),
                        ('source', models.TextField(blank=True, choices=[('self', '本人'), ('family', '家族・親族'), ('agency', '関係機関'), ('judgement', '見立て')], verbose_name='出どころ')),
                        ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.case')),
                        ('assessment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.assessment')),
                        ('professional', models.BooleanField(default=False, verbose_name='専門職だけ')),
                        ('version', models.SmallIntegerField(default=1, verbose_name='版')),
                        ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('said_at', models.DateTimeField(verbose_name='書いた日時')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='OutingRule',
                    fields=[
                        ('code', models.TextField(primary_key=True, serialize=False)),
                        ('survey', models.TextField(verbose_name='調査')),
                        ('youngest', models.SmallIntegerField(verbose_name='対象年齢（下）')),
                        ('oldest', models.SmallIntegerField(verbose_name='対象年齢（上）')),
                        ('semi', models.JSONField(verbose_name='準ひきこもりの選択肢')),
                        ('narrow', models.JSONField(verbose_name='狭義のひきこもりの選択肢')),
                        ('months', models.SmallIntegerField(verbose_name='期間（か月以上）')),
                        ('excluded', models.JSONField(verbose_name='除く理由')),
                        ('housework_needs_silence', models.BooleanField(default=False, verbose_name='家事の扱い')),
                        ('source', models.TextField(verbose_name='出典')),
                        ('starts_on', models.DateField(verbose_name='調査の年月日')),
                    ],
                    options={
                        'ordering': ['starts_on'],
                    },
                ),
                migrations.CreateModel(
                    name='Stage',
                    fields=[
                        ('code', models.TextField(primary_key=True, serialize=False)),
                        ('line', models.TextField(choices=[('guideline', 'ガイドラインの支援段階'), ('path', '支援の流れ')], verbose_name='線')),
                        ('label', models.TextField(verbose_name='段階')),
                        ('position', models.SmallIntegerField()),
                        ('source', models.TextField(blank=True, verbose_name='出典')),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['line', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('line', 'position'), name='stage_position')],
                    },
                ),
                migrations.CreateModel(
                    name='StageStep',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stage_steps', to='casework.case')),
                        ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.stage', verbose_name='段階')),
                        ('on', models.DateField(verbose_name='日付')),
                        ('note', models.TextField(blank=True, verbose_name='ようす')),
                        ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('import_id', models.UUIDField(editable=False, null=True)),
                    ],
                    options={
                        'ordering': ['on', 'recorded_at'],
                        'indexes': [models.Index(fields=['case', 'on'], name='stage_step_by_case')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='assessmentanswer',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_assessmentanswerpast" ("assessment_id", "by_id", "case_id", "chosen", "id", "kind", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary", "professional", "question_id", "said_at", "source", "version") VALUES (OLD."assessment_id", OLD."by_id", OLD."case_id", OLD."chosen", OLD."id", OLD."kind", OLD."note", NOW(), \'update\', OLD."id", OLD."primary", OLD."professional", OLD."question_id", OLD."said_at", OLD."source", OLD."version"); RETURN NULL;', hash='f7fd423cf50352a1616e117f429a1f16e515af35', operation='UPDATE', pgid='pgtrigger_update_update_99e83', table='casework_assessmentanswer', when='AFTER')),
                ),
            ]
        ),
    ]
