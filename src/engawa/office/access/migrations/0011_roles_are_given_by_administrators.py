"""Roles open the walls around cases: whoever else acts reads who works where, and changes none of it.

Without an actor nobody is signed in yet: signing in, and the tests' own houses.
"""

from django.db import migrations

from engawa.office.access.permissions import Permission
from engawa.office.access.walls import organisations_with

GIVES_ROLES = (
    "(SELECT engawa_is_system()) OR (SELECT coalesce(current_setting('engawa.actor', true), '')) = ''"
    f" OR cardinality({organisations_with(Permission.ACCESS_STAFF_MANAGE)}) > 0"
)
WALL = f"""
ALTER TABLE access_membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_membership FORCE ROW LEVEL SECURITY;
CREATE POLICY engawa_readers ON access_membership FOR SELECT USING (true);
CREATE POLICY engawa_gives ON access_membership FOR INSERT WITH CHECK ({GIVES_ROLES});
CREATE POLICY engawa_changes ON access_membership FOR UPDATE USING ({GIVES_ROLES});
CREATE POLICY engawa_ends ON access_membership FOR DELETE USING ({GIVES_ROLES});
"""
NO_WALL = """
DROP POLICY engawa_ends ON access_membership; DROP POLICY engawa_changes ON access_membership;
DROP POLICY engawa_gives ON access_membership; DROP POLICY engawa_readers ON access_membership;
ALTER TABLE access_membership NO FORCE ROW LEVEL SECURITY;
ALTER TABLE access_membership DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0010_the_role_of_professionals")]

    operations = [migrations.RunSQL(WALL, NO_WALL)]
