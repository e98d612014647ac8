"""An appointment shows to whoever may see the course of its case; without a case, to the desk that promised."""

from django.db import migrations

from engawa.office.access.permissions import Permission
from engawa.office.access.walls import organisations_with, wall


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_appointments"), ("access", "0008_grants_carry_parts")]

    operations = [
        wall(
            "desk_appointment",
            f"CASE WHEN case_id IS NULL THEN organisation_id = ANY ({organisations_with(Permission.DESK_TALK_READ)})"
            " ELSE engawa_sees_part(case_id, 'course') END",
        )
    ]
