"""Who reads the audit log."""

from django.db import migrations

# Anybody may add an entry; it is read by auditors, by systems, and by each about themselves.
AUDIT_WALL = """
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY engawa_wall ON audit_entry FOR SELECT USING (
    (SELECT engawa_is_system()) OR (SELECT engawa_organisations_with('audit:log:read') <> '{}')
    OR actor = (SELECT current_setting('engawa.actor', true)));
CREATE POLICY engawa_writes ON audit_entry FOR INSERT WITH CHECK (true);
"""

AUDIT_UNDO = """
DROP POLICY engawa_writes ON audit_entry;
DROP POLICY engawa_wall ON audit_entry;
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_walls"), ("audit", "0002_chain")]

    operations = [
        migrations.RunSQL(AUDIT_WALL, AUDIT_UNDO),
    ]
