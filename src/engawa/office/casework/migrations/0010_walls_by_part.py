"""The course of a case（経過）shows to those alone who may see that part of it."""

from django.db import migrations

from engawa.office.access.parts import Part
from engawa.office.access.walls import narrow_wall


class Migration(migrations.Migration):
    dependencies = [("casework", "0009_household_walls_and_kinds"), ("access", "0008_grants_carry_parts")]

    operations = [
        narrow_wall(f"casework_{table}", Part.COURSE) for table in ("contact", "contactpast", "casetalk", "handover")
    ]
