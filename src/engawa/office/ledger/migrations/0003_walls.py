"""An import, its files and what was set aside show to the organisation that made it."""

from django.db import migrations

from engawa.office.access.walls import wall

OF_A_SEEN_IMPORT = "EXISTS (SELECT 1 FROM ledger_import i WHERE i.id = belongs_to_id)"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_stages_and_uploads"), ("access", "0002_walls")]

    operations = [
        wall("ledger_import", "organisation_id = ANY ((SELECT engawa_organisations())::uuid[])"),
        wall("ledger_upload", OF_A_SEEN_IMPORT),
        wall("ledger_setasiderow", OF_A_SEEN_IMPORT),
    ]
