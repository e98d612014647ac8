"""Steps towards a name, and questions to other organisations, belong to the course of a case."""

from django.db import migrations

from engawa.office.access.parts import Part
from engawa.office.access.walls import narrow_wall


class Migration(migrations.Migration):
    dependencies = [("casework", "0022_retention_walls_and_terms")]

    operations = [narrow_wall(f"casework_{table}", Part.COURSE) for table in ("step", "inquiry", "received")]
