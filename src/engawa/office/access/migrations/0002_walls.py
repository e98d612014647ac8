"""The functions behind the second wall, and the wall around grants themselves."""

from django.db import migrations

from engawa.office.access.walls import wall

# PostgreSQL counts a report on all processors at once only where every function that a wall asks allows it, also those
# whose answer it then does without.
FUNCTIONS = """
CREATE FUNCTION engawa_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN current_setting('engawa.actor', true) ~ '^[0-9a-f-]{36}$'
                THEN current_setting('engawa.actor', true)::uuid END
$$;

-- Parts of the system that act by themselves (courier, statistics, keeper, command).
CREATE FUNCTION engawa_is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(current_setting('engawa.actor', true), '') LIKE 'system:%'
$$;

-- Organisations in which one of the actor's roles carries the permission today (Japanese calendar day); a test keeps
-- the roles in step with access.permissions. A permission that no wall asks for is nobody's.
CREATE FUNCTION engawa_organisations_with(the_permission text) RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT m.organisation_id), '{}')
    FROM access_membership m JOIN access_staff s ON s.id = m.staff_id AND s.is_active
    WHERE m.staff_id = engawa_actor()
      AND m.role = ANY (CASE the_permission
          WHEN 'casework:case:view'
              THEN ARRAY['counsellor', 'supervisor', 'coordinator', 'companion', 'partner']
          WHEN 'casework:retention:view' THEN ARRAY['supervisor', 'coordinator', 'manager']
          WHEN 'casework:axes:write' THEN ARRAY['professional']
          WHEN 'desk:talk:read' THEN ARRAY['counsellor', 'supervisor']
          WHEN 'ledger:file:import' THEN ARRAY['manager']
          WHEN 'access:staff:manage' THEN ARRAY['administrator']
          WHEN 'audit:log:read' THEN ARRAY['auditor']
          END)
      AND (now() AT TIME ZONE 'Asia/Tokyo')::date BETWEEN m.starts_on AND coalesce(m.ends_on, 'infinity')
$$;

-- Those in which the actor works with cases: an administrator, auditor, manager or supporter of the same organisation
-- sees none, whatever the application forgets to ask.
CREATE FUNCTION engawa_organisations() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT engawa_organisations_with('casework:case:view')
$$;

CREATE FUNCTION engawa_sees_case(the_case uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM access_grant g
        WHERE g.case_id = the_case
          AND g.starts_at <= statement_timestamp()
          AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
          AND g.organisation_id = ANY (engawa_organisations())
          AND (g.staff_id IS NULL OR g.staff_id = engawa_actor()));
END
$$;
"""

UNDO = """
DROP FUNCTION engawa_sees_case(uuid); DROP FUNCTION engawa_organisations();
DROP FUNCTION engawa_organisations_with(text);
DROP FUNCTION engawa_is_system(); DROP FUNCTION engawa_actor();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        # Others' tables first: each of their changes draws whatever is tied to staff, and that is little as yet.
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, UNDO),
        wall("access_grant", "engawa_sees_case(case_id)"),
        # The functions above run as the owner of the tables: they must be able to read the grants they judge by.
        migrations.RunSQL(
            "CREATE POLICY engawa_owner_reads ON access_grant FOR SELECT TO CURRENT_USER USING (true)",
            "DROP POLICY engawa_owner_reads ON access_grant",
        ),
    ]
