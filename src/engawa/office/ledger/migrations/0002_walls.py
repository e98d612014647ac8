"""An import, its files and what was set aside show to those who import for the organisation that made it."""

from django.db import migrations

from engawa.office.access.permissions import Permission
from engawa.office.access.walls import organisations_with, wall

OF_AN_IMPORTER = f"organisation_id = ANY ({organisations_with(Permission.LEDGER_FILE_IMPORT)})"
OF_A_SEEN_IMPORT = "EXISTS (SELECT 1 FROM ledger_import i WHERE i.id = belongs_to_id)"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("access", "0005_own_walls")]

    operations = [
        wall("ledger_import", OF_AN_IMPORTER),
        wall("ledger_upload", OF_A_SEEN_IMPORT),
        wall("ledger_setasiderow", OF_A_SEEN_IMPORT),
    ]
