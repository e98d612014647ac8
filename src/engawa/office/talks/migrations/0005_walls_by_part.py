"""A talk shows to its desk, and to whoever may see the course of the case it belongs to."""

from django.db import migrations

from engawa.office.access.permissions import Permission
from engawa.office.access.walls import organisations_with

AT_THE_DESK = f"organisation_id = ANY ({organisations_with(Permission.DESK_TALK_READ)})"
WALL = (
    f"ALTER POLICY engawa_wall ON talks_talk USING ((SELECT engawa_is_system()) OR {AT_THE_DESK}"
    " OR (case_id IS NOT NULL AND {sees}))"
)


class Migration(migrations.Migration):
    dependencies = [("talks", "0004_search_common_words"), ("access", "0008_grants_carry_parts")]

    operations = [
        migrations.RunSQL(
            WALL.format(sees="engawa_sees_part(case_id, 'course')"), WALL.format(sees="engawa_sees_case(case_id)")
        ),
    ]
