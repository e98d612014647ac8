"""Talks show to those who read talks in the organisation of their desk, and to whoever may see their case."""

from django.db import migrations

from engawa.office.access.permissions import Permission
from engawa.office.access.walls import organisations_with, wall

AT_THE_DESK = f"organisation_id = ANY ({organisations_with(Permission.DESK_TALK_READ)})"


class Migration(migrations.Migration):
    dependencies = [("talks", "0001_initial"), ("access", "0002_walls")]

    operations = [
        wall(
            "talks_talk",
            f"{AT_THE_DESK} OR (case_id IS NOT NULL AND engawa_sees_case(case_id))",
        ),
        # The sub-query is itself behind the wall of talks. Notes and whispers stay among those who work the desk.
        wall(
            "talks_message",
            "EXISTS (SELECT 1 FROM talks_talk t WHERE t.id = talk_id"
            f" AND (direction NOT IN ('note', 'whisper') OR t.{AT_THE_DESK}))",
        ),
    ]
