"""Supervisors see who broke the glass among their people; what somebody has typed is theirs alone."""

from django.db import migrations

from engawa.office.access.walls import wall

SUPERVISES = """
-- Whether the actor supervises an organisation in which this person has a role today.
CREATE FUNCTION engawa_supervises(the_staff uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_membership mine
        JOIN access_staff s ON s.id = mine.staff_id AND s.is_active
        JOIN access_membership theirs ON theirs.organisation_id = mine.organisation_id
        WHERE mine.staff_id = engawa_actor() AND mine.role = 'supervisor' AND theirs.staff_id = the_staff
          AND (now() AT TIME ZONE 'Asia/Tokyo')::date BETWEEN mine.starts_on AND coalesce(mine.ends_on, 'infinity')
          AND (now() AT TIME ZONE 'Asia/Tokyo')::date
              BETWEEN theirs.starts_on AND coalesce(theirs.ends_on, 'infinity'))
$$;
"""

OWN = "staff_id = (SELECT engawa_actor())"


class Migration(migrations.Migration):
    dependencies = [("access", "0004_kept_posts")]

    operations = [
        migrations.RunSQL(SUPERVISES, "DROP FUNCTION engawa_supervises(uuid)"),
        migrations.RunSQL(
            "DROP POLICY engawa_wall ON access_grant;"
            "CREATE POLICY engawa_wall ON access_grant USING ((SELECT engawa_is_system())"
            " OR staff_id = (SELECT engawa_actor())"
            " OR staff_id IS NULL AND organisation_id = ANY ((SELECT engawa_organisations())::uuid[])"
            " OR engawa_sees_case(case_id)"
            " OR (basis = 'break_glass' AND engawa_supervises(staff_id)))",
            "DROP POLICY engawa_wall ON access_grant;"
            "CREATE POLICY engawa_wall ON access_grant USING ("
            "(SELECT engawa_is_system()) OR (engawa_sees_case(case_id)))",
        ),
        wall("access_draft", OWN),
        wall("access_keptpost", OWN),
    ]
