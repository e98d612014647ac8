"""A right to see a case may be limited to parts of it; other rights to it show to those who see the whole."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import Q

from engawa.office.access.parts import Part

SEES_PART = """
-- Whether the actor sees this part of the case; without a part, whether they see the whole of it.
CREATE FUNCTION engawa_sees_part(the_case uuid, the_part text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM access_grant g
        WHERE g.case_id = the_case
          AND g.starts_at <= statement_timestamp()
          AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
          AND g.organisation_id = ANY (engawa_organisations())
          AND (g.staff_id IS NULL OR g.staff_id = engawa_actor())
          AND (g.parts IS NULL OR the_part = ANY (g.parts)));
END
$$;
"""

READERS = (
    "staff_id = (SELECT engawa_actor())"
    " OR staff_id IS NULL AND organisation_id = ANY ((SELECT engawa_organisations())::uuid[])"
    " OR {sees}"
    " OR (basis = 'break_glass' AND engawa_supervises(staff_id))"
)


def readers(sees: str) -> str:
    return f"ALTER POLICY engawa_readers ON access_grant USING ({READERS.format(sees=sees)});"


class Migration(migrations.Migration):
    dependencies = [("access", "0007_grants_are_written_by_the_keeper")]

    operations = [
        migrations.AddField(
            "grant",
            "parts",
            django.contrib.postgres.fields.ArrayField(
                models.TextField(choices=Part.choices), blank=True, null=True, size=None, verbose_name="共有する範囲"
            ),
        ),
        migrations.AddConstraint(
            "grant",
            models.CheckConstraint(
                condition=Q(parts__isnull=True) | Q(parts__contains=["basics"]) & ~Q(basis="own"),
                name="grant_parts_with_basics",
            ),
        ),
        migrations.RunSQL(
            SEES_PART + readers("engawa_sees_part(case_id, NULL)"),
            readers("engawa_sees_case(case_id)") + "DROP FUNCTION engawa_sees_part(uuid, text);",
        ),
    ]
