"""An alert shows to the one it was made for."""

from django.db import migrations

from engawa.office.access.walls import wall


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial"), ("access", "0002_walls")]

    operations = [wall("alerts_alert", "staff_id = (SELECT engawa_actor())")]
