"""Agenda items belong to the course of a case."""

from django.db import migrations

from engawa.office.access.parts import Part
from engawa.office.access.walls import narrow_wall


class Migration(migrations.Migration):
    dependencies = [("conferences", "0002_walls"), ("access", "0008_grants_carry_parts")]

    operations = [narrow_wall("conferences_agendaitem", Part.COURSE)]
