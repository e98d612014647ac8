"""What statistics count: views without a name or a word, which show rows to the statistics actor alone.

See docs/decisions/0011-counting-through-views.md.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

# A meeting is a contact where the person or their family was in it; one among staff never is
# (docs/decisions/0021-when-a-meeting-is-a-contact.md).
WITH_SOMEBODY = (
    "method <> 'staff_meeting' AND (method NOT IN ('coordination', 'support_meeting', 'agency_meeting')"
    " OR counterpart <> 'other' OR also_with && '{self,family}'::text[])"
)
COUNTED = {
    "statistics_case": (
        "casework_case",
        "id, received_on, desk_id, requester, age_years, age_band, person_id, member_id",
    ),
    "statistics_person": ("casework_person", "id, birth_date"),
    # Whoever has the same name and birth date in two records is one person; the two are told as a digest only.
    "statistics_mark": ("casework_mark", "person_id, md5(mark) AS mark, starts_with(mark, '名生 ') AS two_facts"),
    "statistics_member": ("casework_member", "id, person_id"),
    "statistics_plan": ("casework_plan", "id, case_id, whose = '' AS own"),
    "statistics_evaluation": ("casework_evaluation", 'plan_id, "on", changes'),
    "statistics_contact": ("casework_contact", 'case_id, "on", method, counterpart', WITH_SOMEBODY),
    # Of a place it is only told whether two are the same, of a family which household it is.
    "statistics_gathering": ("casework_gathering", "id, kind, md5(nullif(place, '')) AS place"),
    "statistics_sitting": ("casework_sitting", 'id, gathering_id, "on", nameless'),
    "statistics_attendee": (
        "casework_attendee",
        "id, case_id IS NOT NULL AS known, coalesce((SELECT c.household_id FROM casework_case c"
        " WHERE c.id = casework_attendee.case_id), case_id, id) AS family",
    ),
    "statistics_attendance": ("casework_attendance", "sitting_id, attendee_id, present"),
    "statistics_state": (
        "casework_casestate",
        "id, case_id, effective_on, recorded_at, state, reason, destination",
    ),
}


# The cases and gatherings that some organisations hold now, for those who answer for them: engawa.counted names the
# organisations.
OF_SOME = """
CREATE VIEW statistics_{0}_of AS SELECT s.* FROM statistics_{0} s JOIN casework_{0} held ON held.id = s.id
WHERE held.organisation_id = ANY (
    (SELECT string_to_array(coalesce(current_setting('engawa.counted', true), ''), ',')::uuid[])::uuid[])
"""


def view(name: str, table: str, columns: str, only: str = "true") -> RunSQL:
    """A view reads its table as its owner, whom the wall of that table lets read; ``only`` leaves rows out."""
    return RunSQL(
        f"CREATE POLICY engawa_owner_counts ON {table} FOR SELECT TO CURRENT_USER USING (true);"
        f"CREATE VIEW {name} AS SELECT {columns} FROM {table}"
        f" WHERE current_setting('engawa.actor', true) = 'system:statistics' AND {only}",
        f"DROP VIEW {name}; DROP POLICY engawa_owner_counts ON {table}",
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = [("casework", "0013_walls")]

    operations = [
        *(view(name, *counted) for name, counted in COUNTED.items()),
        *(RunSQL(OF_SOME.format(name), f"DROP VIEW statistics_{name}_of") for name in ("case", "gathering")),
    ]
