"""The second wall around every table of a case, its people and its household; each part of a case has its own."""

from django.db import migrations

from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.access.walls import case_wall, organisations_with, wall

# Shown to whoever sees anything of the case: that it exists, who leads it, since when and by whose word it has a name,
# and who is in the team. Whoever helps with any part must know who else helps: otherwise two work against each other,
# and the hint that nobody else is there would be wrong. What an agency is to whom (ties) is of the family.
BASICS = ("casestate", "agency", "agencypast", "step")
# What each part of a case（見せる範囲）covers.
PARTS = {
    Part.COURSE: (
        *("contact", "contactpast", "casetalk", "handover", "referral", "referralpast"),
        *("inquiry", "received"),
        *("intensity", "review", "passing"),
    ),
    Part.FAMILY: ("tie", "tiepast"),
    Part.ASSESSMENTS: ("assessment", "assessmentanswer", "assessmentanswerpast", "stagestep"),
    Part.PLANS: ("plan", "planpast", "staying", "stayingpast"),
    Part.DOCUMENTS: ("document", "documentversion"),
}
# Each sub-query below is itself behind the wall of the table that it asks.
THROUGH = [
    ("goal", "plan", "plan_id"),
    ("serviceuse", "plan", "plan_id"),
    ("planreview", "plan", "plan_id"),
    ("evaluation", "plan", "plan_id"),
    ("planstep", "goal", "goal_id"),
    ("goaloutcome", "evaluation", "evaluation_id"),
    ("quietcontact", "staying", "staying_id"),
    ("sitting", "gathering", "gathering_id"),
    ("sittingpast", "gathering", "gathering_id"),
    ("attendance", "attendee", "attendee_id"),
    ("consentparty", "consent", "consent_id"),
    ("reply", "inquiry", "inquiry_id"),
    ("destructionitem", "destruction", "destruction_id"),
]
OF_PERSON = "EXISTS (SELECT 1 FROM casework_case c WHERE c.person_id = {0})"
# Of one of the household's cases the part "family" must be seen.
OF_HOUSEHOLD = "EXISTS (SELECT 1 FROM casework_case c WHERE c.household_id = {0} AND engawa_sees_part(c.id, 'family'))"
# Consents and holds tell who else helps: they show to those who see the whole case.
WHOLE = "engawa_sees_part(case_id, NULL)"
OURS = "organisation_id = ANY ((SELECT engawa_organisations())::uuid[])"
# Who takes part in a gathering shows where it is held; with a case, to those alone who see the case's course.
ATTENDEE = (
    "EXISTS (SELECT 1 FROM casework_gathering g WHERE g.id = casework_attendee.gathering_id)"
    " AND (case_id IS NULL OR engawa_sees_part(case_id, 'course'))"
)

# A merged record has no case any more: it is seen by whoever sees the record that carries on.
MERGED = """
CREATE POLICY engawa_merged ON casework_person USING (merged_into_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM casework_case c WHERE c.person_id = casework_person.merged_into_id));
CREATE POLICY engawa_merged ON casework_personpast USING (EXISTS (
    SELECT 1 FROM casework_person p WHERE p.id = pgh_obj_id AND p.merged_into_id IS NOT NULL));
"""
NOT_MERGED = "DROP POLICY engawa_merged ON casework_person; DROP POLICY engawa_merged ON casework_personpast;"
SEEN = "EXISTS (SELECT 1 FROM casework_person p WHERE p.id = casework_{0}.{1})"
# The name that somebody uses（通称）is needed to speak of them. Former names, other addresses and numbers tell of marriages,
# moves and kin: they show with the part "family". Secret ones (DV) show where they were written: to hold a case of the
# person, which one can bring about oneself by opening one for them, is not enough.
SEES_FAMILY = """
CREATE FUNCTION casework_sees_family(the_person uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (
        SELECT 1 FROM casework_case c
        WHERE c.person_id IN (the_person, (SELECT p.merged_into_id FROM casework_person p WHERE p.id = the_person))
          AND engawa_sees_part(c.id, 'family'))
$$;
"""
OPEN = (
    " AND (casework_{0}.kind = 'common' OR casework_sees_family(casework_{0}.person_id))"
    f" AND (casework_{{0}}.kind <> 'secret' OR casework_{{0}}.{OURS})"
)

# Diagnoses and the six axes show only to those who hold the role for it today in an organisation that has itself a right
# to this part of the case; whoever looks by a broken glass, or is asked to take the case, does not read them either.
AXES = f"""
CREATE POLICY casework_axes ON casework_{{0}} AS RESTRICTIVE USING (
    NOT professional OR (SELECT engawa_is_system()) OR EXISTS (
        SELECT 1 FROM access_grant g WHERE g.case_id = casework_{{0}}.case_id
          AND g.organisation_id = ANY ({organisations_with(Permission.CASEWORK_AXES_WRITE)})
          AND (g.staff_id IS NULL OR g.staff_id = (SELECT engawa_actor()))
          AND g.starts_at <= statement_timestamp() AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
          AND g.basis NOT IN ('handover', 'break_glass')
          AND (g.parts IS NULL OR '{Part.ASSESSMENTS}' = ANY (g.parts))))
"""
NO_AXES = "DROP POLICY casework_axes ON casework_{0}"


def _of_household(table, column="household_id"):
    return wall(f"casework_{table}", OF_HOUSEHOLD.format(f"casework_{table}.{column}"))


def _with_past(*tables):
    return [table + past for table in tables for past in ("", "past")]


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_gatherings"), ("access", "0010_the_role_of_professionals")]

    operations = [
        case_wall("casework_case", "id"),
        case_wall("casework_casepast", "pgh_obj_id"),
        *(case_wall(f"casework_{table}") for table in BASICS),
        # Hold former names of the family, too: looked up by casework_find and the keeper alone, who give back ids.
        wall("casework_casesearch", "false"),
        wall("casework_mark", "false"),
        *(case_wall(f"casework_{table}", part=part) for part, tables in PARTS.items() for table in tables),
        wall("casework_person", OF_PERSON.format("casework_person.id")),
        wall("casework_personpast", OF_PERSON.format("casework_personpast.pgh_obj_id")),
        _of_household("household", "id"),
        _of_household("householdpast", "pgh_obj_id"),
        *(_of_household(table) for table in _with_past("member", "relation", "need", "lifeevent")),
        # Also for whoever saw only the case that moved, once it has gone back.
        wall(
            "casework_joining",
            f"{OF_HOUSEHOLD.format('casework_joining.household_id')}"
            " OR engawa_sees_part(casework_joining.case_id, 'family')",
        ),
        # As with the secret names of people: to hold a case of the household is not enough.
        *(
            wall(f"casework_{table}", f"{OF_HOUSEHOLD.format(f'casework_{table}.household_id')} AND casework_{table}.{OURS}")
            for table in _with_past("secret")
        ),
        migrations.RunSQL(SEES_FAMILY, "DROP FUNCTION casework_sees_family(uuid)"),
        migrations.RunSQL(MERGED, NOT_MERGED),
        wall("casework_merge", SEEN.format("merge", "kept_id")),
        *(
            wall(f"casework_{table}", (SEEN + OPEN).format(table, "person_id"))
            for table in _with_past("othername", "otheraddress", "otherreach")
        ),
        *(wall(f"casework_{table}", OURS) for table in _with_past("gathering")),
        wall("casework_attendee", ATTENDEE),
        wall("casework_consent", WHOLE),
        wall("casework_share", WHOLE),
        wall("casework_hold", WHOLE),
        wall("casework_disclosure", WHOLE),
        wall("casework_accessrequest", f"asked_by_id = (SELECT engawa_actor()) OR {WHOLE}"),
        # Lists hold numbers and days; the city's managers read those of other organisations through the keeper.
        wall("casework_destruction", f"organisation_id = ANY ({organisations_with(Permission.CASEWORK_RETENTION_VIEW)})"),
        *(
            wall(
                f"casework_{table}",
                f"EXISTS (SELECT 1 FROM casework_{upper} u WHERE u.id = casework_{table}.{column})",
            )
            for table, upper, column in THROUGH
        ),
        *(
            migrations.RunSQL(AXES.format(table), NO_AXES.format(table))
            for table in _with_past("assessmentanswer")
        ),
    ]
