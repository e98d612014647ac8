import django.contrib.postgres.fields
import django.db.models.deletion
import engawa.kernel.ids
from django.conf import settings
from django.db import migrations, models

from engawa.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0004_assessments'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='ConsentText',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('code', models.TextField()),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                        ('version', models.SmallIntegerField(default=1, verbose_name='版')),
                        ('title', models.TextField(verbose_name='題')),
                        ('body', models.TextField(verbose_name='文面')),
                        ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('written_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ['code', '-version'],
                        'constraints': [models.UniqueConstraint(fields=('code', 'organisation', 'version'), name='consent_text_version', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('writer', models.TextField(blank=True, verbose_name='記録した人')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='casework.case')),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.consenttext')),
                        ('giver', models.TextField(choices=[('self', '本人'), ('family', '家族・親族'), ('guardian', '法定代理人')], verbose_name='同意した人')),
                        ('giver_name', models.TextField(blank=True, verbose_name='同意した人の名前・続柄')),
                        ('way', models.TextField(choices=[('word', '口頭'), ('paper', '書面'), ('chat', 'チャット・メール')], verbose_name='方法')),
                        ('given_on', models.DateField(verbose_name='同意した日')),
                        ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None, verbose_name='目的')),
                        ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(choices=[('basics', '基本'), ('course', '経過'), ('assessments', 'アセスメント'), ('plans', '計画'), ('family', '家族'), ('documents', '書類')]), size=None, verbose_name='共有する範囲')),
                        ('ends_on', models.DateField(verbose_name='いつまで')),
                        ('note', models.TextField(blank=True, verbose_name='本人・家族のことば、条件')),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='取りやめた日')),
                        ('withdrawn_way', models.TextField(blank=True, choices=[('word', '口頭'), ('paper', '書面'), ('chat', 'チャット・メール')], verbose_name='取りやめの方法')),
                        ('withdrawal_note', models.TextField(blank=True, verbose_name='取りやめのことば')),
                        ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-given_on', '-recorded_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('given_on'))), name='consent_period'), models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('given_on')), _connector='OR'), name='consent_withdrawal')],
                    },
                ),
                migrations.CreateModel(
                    name='Share',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='casework.case')),
                        ('grant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.grant')),
                        ('consent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='casework.consent')),
                    ],
                    options={
                        'ordering': ['-id'],
                    },
                ),
                migrations.CreateModel(
                    name='AccessRequest',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_requests', to='casework.case')),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('reason', models.TextField(verbose_name='見たい理由')),
                        ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(choices=[('basics', '基本'), ('course', '経過'), ('assessments', 'アセスメント'), ('plans', '計画'), ('family', '家族'), ('documents', '書類')]), size=None, verbose_name='見たい範囲')),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('share', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='casework.share')),
                        ('answer', models.TextField(blank=True, verbose_name='返事')),
                    ],
                    options={
                        'ordering': ['-asked_at'],
                        'indexes': [models.Index(fields=['asked_by', '-asked_at'], name='access_request_by_asker')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('case', 'asked_by'), name='one_open_access_request')],
                    },
                ),
                migrations.CreateModel(
                    name='ConsentParty',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('consent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='casework.consent')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                        ('agency', models.TextField(blank=True, verbose_name='機関')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency', ''), ('organisation__isnull', False)), models.Q(('organisation__isnull', True), models.Q(('agency', ''), _negated=True)), _connector='OR'), name='consent_party_named')],
                    },
                ),
                migrations.CreateModel(
                    name='Purpose',
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
            ]
        ),
    ]
