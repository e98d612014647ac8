"""Whoever may read a grant may not write one: only the system's own actors do, after an action has decided.

A policy without a command applies to writing as well as to reading, so the one before would have let an actor
add a right for themselves, had an action forgotten to ask.
"""

from django.db import migrations

READERS = (
    "staff_id = (SELECT engawa_actor())"
    " OR staff_id IS NULL AND organisation_id = ANY ((SELECT engawa_organisations())::uuid[])"
    " OR engawa_sees_case(case_id)"
    " OR (basis = 'break_glass' AND engawa_supervises(staff_id))"
)


class Migration(migrations.Migration):
    dependencies = [("access", "0006_index_broken_glass")]

    operations = [
        migrations.RunSQL(
            "DROP POLICY engawa_wall ON access_grant;"
            "CREATE POLICY engawa_wall ON access_grant USING ((SELECT engawa_is_system()));"
            f"CREATE POLICY engawa_readers ON access_grant FOR SELECT USING ({READERS})",
            "DROP POLICY engawa_readers ON access_grant;"
            "DROP POLICY engawa_wall ON access_grant;"
            f"CREATE POLICY engawa_wall ON access_grant USING ((SELECT engawa_is_system()) OR {READERS})",
        ),
    ]
