import django.db.models.deletion
import engawa.kernel.ids
from django.conf import settings
from django.db import migrations, models

from engawa.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0010_plans'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Destruction',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('approved_at', models.DateTimeField(null=True)),
                        ('given_up_at', models.DateTimeField(null=True)),
                        ('again_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-made_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('approved_at__isnull', True), ('given_up_at__isnull', True)), fields=('organisation',), name='one_open_destruction'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('made_by')), _negated=True), _connector='OR'), name='destruction_takes_two')],
                    },
                ),
                migrations.CreateModel(
                    name='Disclosure',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('asker', models.TextField(verbose_name='開示を求めた人')),
                        ('state', models.TextField(choices=[('preparing', '準備中'), ('waiting', '承認待ち'), ('approved', '承認済み'), ('given_up', '取りやめ')], default='preparing')),
                        ('begun_at', models.DateTimeField()),
                        ('choices', models.JSONField(default=dict)),
                        ('struck', models.JSONField(default=list)),
                        ('content', models.JSONField(default=dict)),
                        ('handed_in_at', models.DateTimeField(null=True)),
                        ('returned', models.TextField(blank=True, verbose_name='差しもどしのことば')),
                        ('approved_at', models.DateTimeField(null=True)),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disclosures', to='casework.case')),
                        ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-begun_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['preparing', 'waiting'])), fields=('case',), name='one_open_disclosure'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='disclosure_takes_two'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='disclosure_approved_by_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='RecordClass',
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
                    name='DestructionItem',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('destruction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='casework.destruction')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                        ('number', models.TextField(verbose_name='ケース番号')),
                        ('record_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.recordclass')),
                        ('closed_on', models.DateField(verbose_name='終結日')),
                        ('due_on', models.DateField(verbose_name='保存の終わり')),
                        ('outcome', models.TextField(choices=[('waiting', '承認待ち'), ('erased', '消去した'), ('spared', '消去しなかった（保全・再開など）')], default='waiting')),
                        ('rows', models.IntegerField(default=0, verbose_name='件数')),
                        ('settled_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['number', 'record_class'],
                        'constraints': [models.UniqueConstraint(fields=('destruction', 'case', 'record_class'), name='destruction_item_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Hold',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='casework.case')),
                        ('reason', models.TextField(verbose_name='理由')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='いつまで')),
                        ('placed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('placed_at', models.DateTimeField()),
                        ('lifted_at', models.DateTimeField(null=True)),
                        ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('lift_note', models.TextField(blank=True, verbose_name='解いた理由')),
                    ],
                    options={
                        'ordering': ['-placed_at'],
                    },
                ),
                migrations.CreateModel(
                    name='Term',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('record_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='casework.recordclass', verbose_name='文書の種類')),
                        ('years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='年数')),
                        ('starts_on', models.DateField(verbose_name='いつの終結から')),
                        ('source', models.TextField(blank=True, verbose_name='根拠')),
                    ],
                    options={
                        'ordering': ['record_class', '-starts_on'],
                        'constraints': [models.UniqueConstraint(fields=('record_class', 'starts_on'), name='term_by_day')],
                    },
                ),
            ]
        ),
    ]
