"""Letters that wait hold words: the courier alone looks into the box."""

from django.db import migrations

from engawa.office.access.walls import wall


class Migration(migrations.Migration):
    dependencies = [("letterbox", "0001_initial"), ("access", "0002_walls")]

    operations = [wall("letterbox_outgoingletter", "false")]
