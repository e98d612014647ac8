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
        ('casework', '0011_retention'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Contact',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='casework.case')),
                        ('number', models.TextField(blank=True, verbose_name='対応番号')),
                        ('on', models.DateField(verbose_name='対応日')),
                        ('at', models.TimeField(blank=True, null=True, verbose_name='時刻')),
                        ('method', models.TextField(choices=[('phone', '電話'), ('interview', '面談'), ('mail', 'メール'), ('visit', '訪問'), ('chat', 'チャット'), ('sns', 'SNS'), ('video', 'オンライン面談'), ('letter', '手紙'), ('newsletter', 'おたより'), ('accompaniment', '同行'), ('staff_meeting', '所内会議'), ('coordination', '支援調整会議'), ('support_meeting', '支援会議'), ('agency_meeting', '他機関との会議'), ('other', 'その他')], verbose_name='手法')),
                        ('counterpart', models.TextField(choices=[('self', '本人'), ('family', '家族・親族'), ('other', 'その他')], verbose_name='対象')),
                        ('minutes', models.SmallIntegerField(blank=True, null=True, verbose_name='所要分')),
                        ('content', models.TextField(blank=True, verbose_name='内容')),
                        ('own_words', models.TextField(blank=True, verbose_name='本人・家族のことば')),
                        ('hearsay', models.TextField(blank=True, verbose_name='伝聞')),
                        ('opinion', models.TextField(blank=True, verbose_name='見立て')),
                        ('also_with', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(choices=[('self', '本人'), ('family', '家族・親族'), ('other', 'その他')]), blank=True, default=list, size=None, verbose_name='ほかにいた人')),
                        ('members', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None, verbose_name='会った世帯員')),
                        ('place', models.TextField(blank=True, verbose_name='場所')),
                        ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='内容の区分')),
                        ('next_step', models.TextField(blank=True, verbose_name='次にすること')),
                        ('next_on', models.DateField(blank=True, null=True, verbose_name='いつまでに')),
                        ('next_done_on', models.DateField(blank=True, null=True, verbose_name='済んだ日')),
                        ('urgent', models.BooleanField(default=False, verbose_name='至急')),
                        ('urgent_seen_at', models.DateTimeField(blank=True, null=True)),
                        ('urgent_seen_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('urgent_told_at', models.DateTimeField(blank=True, null=True, verbose_name='もう一度知らせたとき')),
                        ('by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('correction_reason', models.TextField(blank=True, verbose_name='直した理由')),
                        ('corrected_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('corrected_at', models.DateTimeField(blank=True, null=True)),
                        ('import_id', models.UUIDField(editable=False, null=True)),
                    ],
                    options={
                        'ordering': ['on', 'at', 'recorded_at'],
                        'indexes': [models.Index(fields=['case', '-on'], name='contact_by_case'), models.Index(fields=['on'], name='contact_by_day'), models.Index(condition=models.Q(models.Q(('next_step', ''), _negated=True), ('next_done_on__isnull', True)), fields=['by', 'next_on'], name='contact_next'), models.Index(condition=models.Q(('urgent', True), ('urgent_seen_at__isnull', True)), fields=['case'], name='contact_urgent')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('minutes__isnull', True), ('minutes__range', (0, 1440)), _connector='OR'), name='contact_minutes'), models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='contact_number')],
                    },
                ),
                migrations.CreateModel(
                    name='ContactCode',
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
                    name='ContactPast',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='casework.contact')),
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, serialize=False)),
                        ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.case')),
                        ('number', models.TextField(blank=True, verbose_name='対応番号')),
                        ('on', models.DateField(verbose_name='対応日')),
                        ('at', models.TimeField(blank=True, null=True, verbose_name='時刻')),
                        ('method', models.TextField(choices=[('phone', '電話'), ('interview', '面談'), ('mail', 'メール'), ('visit', '訪問'), ('chat', 'チャット'), ('sns', 'SNS'), ('video', 'オンライン面談'), ('letter', '手紙'), ('newsletter', 'おたより'), ('accompaniment', '同行'), ('staff_meeting', '所内会議'), ('coordination', '支援調整会議'), ('support_meeting', '支援会議'), ('agency_meeting', '他機関との会議'), ('other', 'その他')], verbose_name='手法')),
                        ('counterpart', models.TextField(choices=[('self', '本人'), ('family', '家族・親族'), ('other', 'その他')], verbose_name='対象')),
                        ('minutes', models.SmallIntegerField(blank=True, null=True, verbose_name='所要分')),
                        ('content', models.TextField(blank=True, verbose_name='内容')),
                        ('own_words', models.TextField(blank=True, verbose_name='本人・家族のことば')),
                        ('hearsay', models.TextField(blank=True, verbose_name='伝聞')),
                        ('opinion', models.TextField(blank=True, verbose_name='見立て')),
                        ('also_with', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(choices=[('self', '本人'), ('family', '家族・親族'), ('other', 'その他')]), blank=True, default=list, size=None, verbose_name='ほかにいた人')),
                        ('members', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None, verbose_name='会った世帯員')),
                        ('place', models.TextField(blank=True, verbose_name='場所')),
                        ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='内容の区分')),
                        ('next_step', models.TextField(blank=True, verbose_name='次にすること')),
                        ('next_on', models.DateField(blank=True, null=True, verbose_name='いつまでに')),
                        ('next_done_on', models.DateField(blank=True, null=True, verbose_name='済んだ日')),
                        ('urgent', models.BooleanField(default=False, verbose_name='至急')),
                        ('urgent_seen_at', models.DateTimeField(blank=True, null=True)),
                        ('urgent_seen_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('urgent_told_at', models.DateTimeField(blank=True, null=True, verbose_name='もう一度知らせたとき')),
                        ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('correction_reason', models.TextField(blank=True, verbose_name='直した理由')),
                        ('corrected_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('corrected_at', models.DateTimeField(blank=True, null=True)),
                        ('import_id', models.UUIDField(editable=False, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='contact',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."also_with" IS DISTINCT FROM (NEW."also_with") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."codes" IS DISTINCT FROM (NEW."codes") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."corrected_at" IS DISTINCT FROM (NEW."corrected_at") OR OLD."corrected_by_id" IS DISTINCT FROM (NEW."corrected_by_id") OR OLD."correction_reason" IS DISTINCT FROM (NEW."correction_reason") OR OLD."counterpart" IS DISTINCT FROM (NEW."counterpart") OR OLD."hearsay" IS DISTINCT FROM (NEW."hearsay") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."import_id" IS DISTINCT FROM (NEW."import_id") OR OLD."members" IS DISTINCT FROM (NEW."members") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."next_on" IS DISTINCT FROM (NEW."next_on") OR OLD."next_step" IS DISTINCT FROM (NEW."next_step") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."opinion" IS DISTINCT FROM (NEW."opinion") OR OLD."own_words" IS DISTINCT FROM (NEW."own_words") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."urgent" IS DISTINCT FROM (NEW."urgent") OR OLD."writer" IS DISTINCT FROM (NEW."writer"))', func='INSERT INTO "casework_contactpast" ("also_with", "at", "by_id", "case_id", "codes", "content", "corrected_at", "corrected_by_id", "correction_reason", "counterpart", "hearsay", "id", "import_id", "members", "method", "minutes", "next_done_on", "next_on", "next_step", "number", "on", "opinion", "own_words", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recorded_at", "urgent", "urgent_seen_at", "urgent_seen_by_id", "urgent_told_at", "writer") VALUES (OLD."also_with", OLD."at", OLD."by_id", OLD."case_id", OLD."codes", OLD."content", OLD."corrected_at", OLD."corrected_by_id", OLD."correction_reason", OLD."counterpart", OLD."hearsay", OLD."id", OLD."import_id", OLD."members", OLD."method", OLD."minutes", OLD."next_done_on", OLD."next_on", OLD."next_step", OLD."number", OLD."on", OLD."opinion", OLD."own_words", NOW(), \'update\', OLD."id", OLD."place", OLD."recorded_at", OLD."urgent", OLD."urgent_seen_at", OLD."urgent_seen_by_id", OLD."urgent_told_at", OLD."writer"); RETURN NULL;', hash='63354cf2fb9ad01e51012c450a18e54c8a4f400a', operation='UPDATE', pgid='pgtrigger_update_update_7b6a9', table='casework_contact', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='contact',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."import_id" IS NULL)', func='INSERT INTO "casework_contactpast" ("also_with", "at", "by_id", "case_id", "codes", "content", "corrected_at", "corrected_by_id", "correction_reason", "counterpart", "hearsay", "id", "import_id", "members", "method", "minutes", "next_done_on", "next_on", "next_step", "number", "on", "opinion", "own_words", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recorded_at", "urgent", "urgent_seen_at", "urgent_seen_by_id", "urgent_told_at", "writer") VALUES (OLD."also_with", OLD."at", OLD."by_id", OLD."case_id", OLD."codes", OLD."content", OLD."corrected_at", OLD."corrected_by_id", OLD."correction_reason", OLD."counterpart", OLD."hearsay", OLD."id", OLD."import_id", OLD."members", OLD."method", OLD."minutes", OLD."next_done_on", OLD."next_on", OLD."next_step", OLD."number", OLD."on", OLD."opinion", OLD."own_words", NOW(), \'delete\', OLD."id", OLD."place", OLD."recorded_at", OLD."urgent", OLD."urgent_seen_at", OLD."urgent_seen_by_id", OLD."urgent_told_at", OLD."writer"); RETURN NULL;', hash='1594474b230d4bd8c99073bbc0daf71fccfdf1cf', operation='DELETE', pgid='pgtrigger_delete_delete_2a70f', table='casework_contact', when='AFTER')),
                ),
            ]
        ),
    ]
