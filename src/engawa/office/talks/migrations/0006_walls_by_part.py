"""A talk shows to its desk's organisation, and to whoever may see the course of the case it belongs to."""

from django.db import migrations

WALL = (
    "ALTER POLICY engawa_wall ON talks_talk USING ((SELECT engawa_is_system())"
    " OR organisation_id = ANY ((SELECT engawa_organisations())::uuid[])"
    " OR (case_id IS NOT NULL AND {sees}))"
)


class Migration(migrations.Migration):
    dependencies = [("talks", "0005_search_common_words"), ("access", "0008_grants_carry_parts")]

    operations = [
        migrations.RunSQL(
            WALL.format(sees="engawa_sees_part(case_id, 'course')"), WALL.format(sees="engawa_sees_case(case_id)")
        )
    ]
