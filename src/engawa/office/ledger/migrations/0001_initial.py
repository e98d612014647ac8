import django.db.models.deletion
import engawa.kernel.ids
import engawa.kernel.kept_words
from django.conf import settings
from django.db import migrations, models

from engawa.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0010_the_role_of_professionals'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='Import',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('file_name', models.TextField()),
                        ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('by_name', models.TextField()),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('stage', models.TextField(choices=[('received', '受付済み'), ('checking', '確認中'), ('previewed', '確認待ち'), ('taking', '取り込み中'), ('done', '取り込み済み'), ('refused', '読み込めません'), ('given_up', '取りやめ'), ('undone', '取り消し済み')], default='received')),
                        ('refusal', engawa.kernel.kept_words.WordsField(blank=True, default=str)),
                        ('counts', models.JSONField(default=dict)),
                        ('counts_before', models.JSONField(default=dict)),
                        ('remarks', engawa.kernel.kept_words.WordsField(default=list)),
                        ('founded', models.JSONField(default=dict)),
                        ('rows_read', models.IntegerField(default=0)),
                        ('rows_in_all', models.IntegerField(default=0)),
                        ('taken_at', models.DateTimeField(null=True)),
                        ('taken_by_name', models.TextField(blank=True)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('undone_by_name', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['-made_at'],
                    },
                ),
                migrations.CreateModel(
                    name='SetAsideRow',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('belongs_to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='set_aside', to='ledger.import')),
                        ('position', models.IntegerField(default=0)),
                        ('sheet', models.TextField()),
                        ('row', models.IntegerField()),
                        ('column', models.TextField()),
                        ('value', models.TextField()),
                        ('problem', engawa.kernel.kept_words.WordsField()),
                        ('accepted', engawa.kernel.kept_words.WordsField()),
                        ('cells', models.JSONField(default=dict)),
                    ],
                    options={
                        'ordering': ['position'],
                    },
                ),
                migrations.CreateModel(
                    name='Upload',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('belongs_to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='ledger.import')),
                        ('name', models.TextField()),
                        ('content', models.BinaryField()),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
            ]
        ),
    ]
