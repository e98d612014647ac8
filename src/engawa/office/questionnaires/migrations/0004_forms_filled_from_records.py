"""The forms that are filled from records."""

from django.db import migrations

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
    dependencies = [("questionnaires", "0003_wall")]

    operations = [migrations.RunPython(list_forms, migrations.RunPython.noop)]
