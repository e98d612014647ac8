"""Forms that are filled from records, and what comparing them with their originals came to."""

import django.db.models.deletion
import engawa.kernel.ids
from django.conf import settings
from django.db import migrations, models


FORMS = [
    ("course", 3, "支援経過記録シート（経過一覧）", "支援経過記録シート"),
    ("cases", 4, "支援ケース一覧", "支援ケース一覧"),
    ("plan", 5, "プラン兼事業等利用申込書", "プラン兼事業等利用申込書"),
    ("evaluation", 6, "評価シート", "評価シート"),
]


def list_forms(apps, _editor):
    form = apps.get_model("questionnaires", "NationalForm")
    for code, number, name, original in FORMS:
        form.objects.create(code=code, number=number, name=name, source=f"自立相談支援機関 使用標準様式「{original}」")


class Migration(migrations.Migration):

    dependencies = [
        ('questionnaires', '0005_wall'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NationalForm',
            fields=[
                ('code', models.TextField(primary_key=True, serialize=False)),
                ('number', models.SmallIntegerField(verbose_name='様式の番号')),
                ('name', models.TextField(verbose_name='帳票')),
                ('source', models.TextField(verbose_name='出典')),
                ('edition', models.SmallIntegerField(default=1, verbose_name='帳票の版')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddField(
            model_name='questionnaire',
            name='checked_against',
            field=models.TextField(blank=True, verbose_name='照らした原本'),
        ),
        migrations.AddField(
            model_name='questionnaire',
            name='checked_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='FormCheck',
            fields=[
                ('id', models.UUIDField(default=engawa.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('edition', models.SmallIntegerField(verbose_name='帳票の版')),
                ('on', models.DateField(verbose_name='照らした日')),
                ('against', models.TextField(verbose_name='照らした原本')),
                ('fits', models.BooleanField(verbose_name='原本と合っていた')),
                ('note', models.TextField(blank=True, verbose_name='ちがっていたところ')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='questionnaires.nationalform')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.RunPython(list_forms, migrations.RunPython.noop),
    ]
