"""What people answered in surveys is read by what counts it and by imports, and by nobody one by one."""

from django.db import migrations

from engawa.office.access.walls import wall


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0002_released_versions_stay"), ("access", "0002_walls")]

    operations = [wall("questionnaires_response", "false"), wall("questionnaires_answer", "false")]
