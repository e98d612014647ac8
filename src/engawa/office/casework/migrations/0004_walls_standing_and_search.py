"""Walls around the past of rows, a case's present state kept by PostgreSQL, the search, and reasons to end."""

from django.db import migrations

from engawa.office.access.walls import case_wall, wall

STANDING = """
CREATE FUNCTION casework_keep_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE casework_case c SET state = coalesce((
        SELECT CASE s.state WHEN 'reopened' THEN 'continuing' ELSE s.state END
        FROM casework_casestate s WHERE s.case_id = c.id
        ORDER BY s.effective_on DESC, s.recorded_at DESC, s.id DESC LIMIT 1), 'continuing')
    WHERE c.id IN (SELECT case_id FROM touched);
    RETURN NULL;
END
$$;
CREATE TRIGGER keep_state_in AFTER INSERT ON casework_casestate
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_state();
CREATE TRIGGER keep_state_up AFTER UPDATE ON casework_casestate
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_state();
CREATE TRIGGER keep_state_out AFTER DELETE ON casework_casestate
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_state();

-- New contacts can only make the last day later: no look at the older ones, so that large imports stay fast.
CREATE FUNCTION casework_later_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE casework_case c SET last_contact_on = t.latest
    FROM (SELECT case_id, max("on") AS latest FROM touched GROUP BY case_id) t
    WHERE c.id = t.case_id AND (c.last_contact_on IS NULL OR c.last_contact_on < t.latest);
    RETURN NULL;
END
$$;
CREATE FUNCTION casework_keep_last_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE casework_case c SET last_contact_on = (SELECT max("on") FROM casework_contact k WHERE k.case_id = c.id)
    WHERE c.id IN (SELECT case_id FROM touched);
    RETURN NULL;
END
$$;
CREATE TRIGGER keep_last_contact_in AFTER INSERT ON casework_contact
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION casework_later_contact();
CREATE TRIGGER keep_last_contact_up AFTER UPDATE ON casework_contact
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_last_contact();
CREATE TRIGGER keep_last_contact_out AFTER DELETE ON casework_contact
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_last_contact();
"""

NO_STANDING = """
DROP TRIGGER keep_state_in ON casework_casestate; DROP TRIGGER keep_state_up ON casework_casestate;
DROP TRIGGER keep_state_out ON casework_casestate; DROP FUNCTION casework_keep_state();
DROP TRIGGER keep_last_contact_in ON casework_contact; DROP TRIGGER keep_last_contact_up ON casework_contact;
DROP TRIGGER keep_last_contact_out ON casework_contact;
DROP FUNCTION casework_later_contact(); DROP FUNCTION casework_keep_last_contact();
"""

# PostgreSQL uses no index for an operator that could leak (@> on arrays) below a row-level policy: the look-up runs
# as the owner of the table and asks the same question as the policy for each hit.
SEARCH = """
CREATE POLICY engawa_owner_reads ON casework_casesearch FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION casework_find(keys text[], wanted text[], most integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.case_id FROM casework_casesearch s
    WHERE s.pieces @> wanted
      AND NOT EXISTS (SELECT 1 FROM unnest(keys) AS key WHERE strpos(s.text, key) = 0)
      AND ((SELECT engawa_is_system()) OR engawa_sees_case(s.case_id))
    LIMIT most
$$;
"""

NO_SEARCH = """
DROP FUNCTION casework_find(text[], text[], integer);
DROP POLICY engawa_owner_reads ON casework_casesearch;
"""

KYOTO = "京都市「ひきこもり支援の検証」相談結果の区分"
COMMON = "各自治体の終結理由に共通するもの"
REASONS = [
    ("introduced", "相談先・支援団体の紹介", KYOTO),
    ("advice", "接し方に関する助言", KYOTO),
    ("other_need", "ひきこもり以外の課題への対応", KYOTO),
    ("settled", "本人・家族の望む暮らしに近づいた", COMMON),
    ("wish", "本人・家族の希望", COMMON),
    ("moved", "転居", COMMON),
    ("died", "死亡", COMMON),
    ("other", "その他", COMMON),
]


def fill_reasons(apps, _editor):
    reason = apps.get_model("casework", "EndReason")
    reason.objects.bulk_create(
        reason(code=code, label=label, source=source, position=position)
        for position, (code, label, source) in enumerate(REASONS)
    )


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_history_numbers_and_reasons"), ("access", "0002_walls")]

    operations = [
        case_wall("casework_casepast", "pgh_obj_id"),
        case_wall("casework_contactpast"),
        wall(
            "casework_personpast",
            "EXISTS (SELECT 1 FROM casework_case c WHERE c.person_id = casework_personpast.pgh_obj_id)",
        ),
        migrations.RunSQL(STANDING, NO_STANDING),
        migrations.RunSQL(SEARCH, NO_SEARCH),
        migrations.RunPython(fill_reasons, migrations.RunPython.noop),
    ]
