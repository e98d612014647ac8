"""Talks show to the organisation of their desk, and to whoever may see the case they belong to."""

from django.db import migrations

from engawa.office.access.walls import wall


class Migration(migrations.Migration):
    dependencies = [("talks", "0001_initial"), ("access", "0002_walls")]

    operations = [
        wall(
            "talks_talk",
            "organisation_id = ANY ((SELECT engawa_organisations())::uuid[])"
            " OR (case_id IS NOT NULL AND engawa_sees_case(case_id))",
        ),
        # The sub-query is itself behind the wall of talks.
        wall("talks_message", "EXISTS (SELECT 1 FROM talks_talk t WHERE t.id = talk_id)"),
    ]
