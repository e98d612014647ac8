"""Who reads the audit log, and which roles open the wall around cases at all."""

from django.db import migrations

# Roles that carry CASEWORK_CASE_VIEW; a test keeps the two lists in step. An administrator, auditor, manager or
# supporter of the same organisation sees no case, whatever the application forgets to ask.
ORGANISATIONS = """
CREATE OR REPLACE FUNCTION engawa_organisations() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT m.organisation_id), '{}')
    FROM access_membership m JOIN access_staff s ON s.id = m.staff_id AND s.is_active
    WHERE m.staff_id = engawa_actor()
      AND m.role IN ('counsellor', 'supervisor', 'coordinator', 'companion', 'partner')
      AND (now() AT TIME ZONE 'Asia/Tokyo')::date BETWEEN m.starts_on AND coalesce(m.ends_on, 'infinity')
$$;

CREATE FUNCTION engawa_has_role(the_role text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_membership m JOIN access_staff s ON s.id = m.staff_id AND s.is_active
        WHERE m.staff_id = engawa_actor() AND m.role = the_role
          AND (now() AT TIME ZONE 'Asia/Tokyo')::date BETWEEN m.starts_on AND coalesce(m.ends_on, 'infinity'))
$$;
"""

UNDO = """
DROP FUNCTION engawa_has_role(text);
CREATE OR REPLACE FUNCTION engawa_organisations() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT m.organisation_id), '{}')
    FROM access_membership m JOIN access_staff s ON s.id = m.staff_id AND s.is_active
    WHERE m.staff_id = engawa_actor()
      AND (now() AT TIME ZONE 'Asia/Tokyo')::date BETWEEN m.starts_on AND coalesce(m.ends_on, 'infinity')
$$;
"""

# Anybody may add an entry; it is read by auditors, by systems, and by each about themselves.
AUDIT_WALL = """
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY engawa_wall ON audit_entry FOR SELECT USING (
    (SELECT engawa_is_system()) OR (SELECT engawa_has_role('auditor'))
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
        migrations.RunSQL(ORGANISATIONS, UNDO),
        migrations.RunSQL(AUDIT_WALL, AUDIT_UNDO),
    ]
