import django.db.models.deletion
import engawa.kernel.ids
from django.conf import settings
from django.db import migrations, models

from engawa.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0007_identity'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Level',
                    fields=[
                        ('code', models.TextField(primary_key=True, serialize=False)),
                        ('label', models.TextField(unique=True, verbose_name='名称')),
                        ('source', models.TextField(blank=True, verbose_name='出典')),
                        ('position', models.SmallIntegerField(default=0)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('usual', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['position', 'code'],
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(condition=models.Q(('usual', True)), fields=('usual',), name='one_usual_level')],
                    },
                ),
                migrations.CreateModel(
                    name='Intensity',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='intensities', to='casework.case')),
                        ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.level')),
                        ('effective_on', models.DateField(verbose_name='いつから')),
                        ('note', models.TextField(blank=True, verbose_name='理由')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'ordering': ['-effective_on', '-recorded_at'],
                        'indexes': [models.Index(fields=['case', '-effective_on', '-recorded_at'], name='intensity_by_case')],
                    },
                ),
                migrations.CreateModel(
                    name='Limit',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('points', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='重さの合計')),
                        ('starts_on', models.DateField(unique=True, verbose_name='いつから')),
                        ('source', models.TextField(blank=True, verbose_name='出典')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Passing',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passings', to='casework.case')),
                        ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('note', models.TextField(blank=True, verbose_name='申し送り')),
                        ('plans', models.SmallIntegerField(default=0, verbose_name='替わった計画')),
                        ('steps', models.SmallIntegerField(default=0, verbose_name='替わったステップ')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='passing_to_another')],
                    },
                ),
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='casework.case')),
                        ('due_on', models.DateField(verbose_name='見直す日')),
                        ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('told_on', models.DateField(null=True)),
                        ('done_on', models.DateField(null=True, verbose_name='見直した日')),
                        ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('note', models.TextField(blank=True, verbose_name='見直したこと')),
                    ],
                    options={
                        'ordering': ['-due_on'],
                        'indexes': [models.Index(condition=models.Q(('done_on', None)), fields=['due_on'], name='review_open_by_day')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('done_on', None)), fields=('case',), name='one_open_review')],
                    },
                ),
                migrations.CreateModel(
                    name='Weight',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='weights', to='casework.level')),
                        ('points', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='重さ')),
                        ('starts_on', models.DateField(verbose_name='いつから')),
                        ('source', models.TextField(blank=True, verbose_name='出典')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('level', 'starts_on'), name='weight_by_day'), models.CheckConstraint(condition=models.Q(('points__gte', 0)), name='weight_not_negative')],
                    },
                ),
            ]
        ),
    ]
