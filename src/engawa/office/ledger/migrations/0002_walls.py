"""An import, its files and what was set aside show to those who import for the organisation that made it."""

from django.db import migrations

from engawa.office.access.walls import wall

OF_AN_IMPORTER = (
    "EXISTS (SELECT 1 FROM access_membership m"
    " WHERE m.staff_id = (SELECT engawa_actor()) AND m.organisation_id = ledger_import.organisation_id"
    " AND m.role = 'manager'"
    " AND (now() AT TIME ZONE 'Asia/Tokyo')::date BETWEEN m.starts_on AND coalesce(m.ends_on, 'infinity'))"
)
OF_A_SEEN_IMPORT = "EXISTS (SELECT 1 FROM ledger_import i WHERE i.id = belongs_to_id)"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("access", "0005_own_walls")]

    operations = [
        wall("ledger_import", OF_AN_IMPORTER),
        wall("ledger_upload", OF_A_SEEN_IMPORT),
        wall("ledger_setasiderow", OF_A_SEEN_IMPORT),
    ]
