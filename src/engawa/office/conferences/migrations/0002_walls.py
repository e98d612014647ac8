"""An agenda item shows to whoever may see its case."""

from django.db import migrations

from engawa.office.access.walls import case_wall


class Migration(migrations.Migration):
    dependencies = [("conferences", "0001_initial"), ("access", "0002_walls")]

    operations = [case_wall("conferences_agendaitem")]
