"""Walls around names, addresses, marks, merges, steps and inquiries; secret ones stand behind a second one.

Also fills the marks by which people are recognised from what is known of them already.
"""

from django.db import migrations

from engawa.office.access.walls import case_wall, wall
from engawa.office.casework.people.rules import Known, marks

# Whether an organisation of the actor holds a case of this person, or of the one that carries on for them.
HOLDS = """
CREATE FUNCTION casework_holds(the_person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM casework_case c
        WHERE c.person_id IN (the_person, (SELECT p.merged_into_id FROM casework_person p WHERE p.id = the_person))
          AND c.organisation_id = ANY (engawa_organisations()))
$$;
"""
# A merged record has no case any more: it is seen by whoever sees the record that carries on.
MERGED = """
CREATE POLICY engawa_merged ON casework_person USING (merged_into_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM casework_case c WHERE c.person_id = casework_person.merged_into_id));
CREATE POLICY engawa_merged ON casework_personpast USING (EXISTS (
    SELECT 1 FROM casework_person p WHERE p.id = pgh_obj_id AND p.merged_into_id IS NOT NULL));
"""
NOT_MERGED = "DROP POLICY engawa_merged ON casework_person; DROP POLICY engawa_merged ON casework_personpast;"
SEEN = "EXISTS (SELECT 1 FROM casework_person p WHERE p.id = {0}.{1})"
OPEN = " AND ({0}.kind <> 'secret' OR casework_holds({0}.person_id))"


def _person_wall(table, column="person_id", also=""):
    return wall(table, (SEEN + also).format(table, column))


def fill_marks(apps, _editor):
    mark = apps.get_model("casework", "Mark")
    facts = ("name", "reading", "birth_date", "phone")
    people = apps.get_model("casework", "Person").objects.only("id", *facts).iterator()
    mark.objects.bulk_create(
        (
            mark(person_id=person.pk, mark=text)
            for person in people
            for text in marks(Known(**{name: getattr(person, name) for name in facts}))
        ),
        batch_size=5_000,
    )


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_people_and_identity"), ("access", "0005_own_walls")]

    operations = [
        migrations.RunPython(fill_marks, migrations.RunPython.noop),
        migrations.RunSQL(HOLDS, "DROP FUNCTION casework_holds(uuid)"),
        migrations.RunSQL(MERGED, NOT_MERGED),
        _person_wall("casework_mark"),
        *(
            _person_wall(f"casework_{table}", also=OPEN)
            for table in ("othername", "othernamepast", "otheraddress", "otheraddresspast")
        ),
        _person_wall("casework_merge", "kept_id"),
        *(case_wall(f"casework_{table}") for table in ("step", "inquiry", "received")),
        wall("casework_reply", "EXISTS (SELECT 1 FROM casework_inquiry i WHERE i.id = casework_reply.inquiry_id)"),
    ]
