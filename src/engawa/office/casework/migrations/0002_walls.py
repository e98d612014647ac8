"""Walls around everything that carries a case."""

from django.db import migrations

from engawa.office.access.walls import case_wall, wall


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("access", "0002_walls")]

    operations = [
        case_wall("casework_case", "id"),
        *(
            case_wall(f"casework_{table}")
            for table in ("casesearch", "casestate", "casetalk", "handover", "contact")
        ),
        # The sub-query is itself behind the wall of cases.
        wall("casework_person", "EXISTS (SELECT 1 FROM casework_case c WHERE c.person_id = casework_person.id)"),
    ]
