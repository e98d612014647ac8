import django.db.models.deletion
import engawa.kernel.ids
from django.conf import settings
from django.db import migrations, models

from engawa.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0005_consents'),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name='DocumentKind',
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
                    name='Document',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='casework.case')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.documentkind', verbose_name='種類')),
                        ('title', models.TextField(verbose_name='題名')),
                        ('dated_on', models.DateField(blank=True, null=True, verbose_name='書類の日付')),
                        ('note', models.TextField(blank=True, verbose_name='メモ')),
                        ('member', models.UUIDField(blank=True, null=True, verbose_name='だれについて')),
                        ('sealed_key', models.BinaryField()),
                        ('key_id', models.TextField()),
                        ('added_at', models.DateTimeField(auto_now_add=True)),
                        ('shredded_at', models.DateTimeField(blank=True, null=True, verbose_name='消去した日時')),
                    ],
                    options={
                        'ordering': ['-added_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('shredded_at__isnull', True), ('sealed_key', b''), _connector='OR'), name='shredded_has_no_key')],
                    },
                ),
                migrations.CreateModel(
                    name='DocumentVersion',
                    fields=[
                        ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='casework.document')),
                        ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.case')),
                        ('number', models.SmallIntegerField(verbose_name='版')),
                        ('name', models.TextField(verbose_name='ファイル名')),
                        ('media_type', models.TextField(verbose_name='形式')),
                        ('size', models.IntegerField(verbose_name='大きさ')),
                        ('pages', models.SmallIntegerField(blank=True, null=True, verbose_name='ページ数')),
                        ('cleaned', models.BooleanField(default=False, verbose_name='撮影情報を取り除いた')),
                        ('reason', models.TextField(blank=True, verbose_name='新しい版の理由')),
                        ('content', models.BinaryField()),
                        ('preview', models.BinaryField(blank=True)),
                        ('added_at', models.DateTimeField(auto_now_add=True)),
                        ('by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-number'],
                        'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='document_version_once')],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name='consent',
            name='paper',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='consents', to='casework.document', verbose_name='署名した書面'),
        ),
    ]
