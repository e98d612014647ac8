"""What PostgreSQL itself keeps true: a case's present state, its last contact, and the search behind the wall."""

from django.db import migrations

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
# as the owner of the table and asks the same question as the policy for each hit. The index knows who was ever given
# a right to a case, so that a common name stays quick: ``holders`` may only be too many (rights end).
SEARCH = """
CREATE POLICY engawa_owner_reads ON casework_casesearch FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY engawa_owner_keeps ON casework_casesearch FOR UPDATE TO CURRENT_USER USING (true);

CREATE FUNCTION casework_fill_holders() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    NEW.holders := coalesce((
        SELECT array_agg(DISTINCT coalesce(g.staff_id, g.organisation_id))
        FROM access_grant g WHERE g.case_id = NEW.case_id), '{}');
    RETURN NEW;
END
$$;
CREATE TRIGGER fill_holders BEFORE INSERT OR UPDATE ON casework_casesearch
    FOR EACH ROW EXECUTE FUNCTION casework_fill_holders();

CREATE FUNCTION casework_new_holder() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE casework_casesearch SET holders = '{}' WHERE case_id = NEW.case_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER casework_new_holder AFTER INSERT ON access_grant
    FOR EACH ROW EXECUTE FUNCTION casework_new_holder();

-- Rights to the cases of others are few beside one's own: the list of shared cases starts from them.
CREATE INDEX grant_of_others ON access_grant (organisation_id, case_id) WHERE NOT (basis = 'own');

CREATE FUNCTION casework_find(keys text[], wanted text[], most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mine uuid[] := engawa_organisations() || engawa_actor();
BEGIN
    RETURN QUERY SELECT s.case_id FROM casework_casesearch s
    WHERE NOT engawa_is_system() AND s.pieces @> wanted AND s.holders && mine
      AND NOT EXISTS (SELECT 1 FROM unnest(keys) AS key
                      WHERE strpos(s.text, key) = 0 AND NOT (
                          strpos(s.family, key) > 0 AND engawa_sees_part(s.case_id, 'family')))
      AND engawa_sees_case(s.case_id)
    LIMIT most;
    RETURN QUERY SELECT s.case_id FROM casework_casesearch s
    WHERE engawa_is_system() AND s.pieces @> wanted
      AND NOT EXISTS (SELECT 1 FROM unnest(keys) AS key WHERE strpos(s.text, key) = 0 AND strpos(s.family, key) = 0)
    LIMIT most;
END
$$;
"""

NO_SEARCH = """
DROP FUNCTION casework_find(text[], text[], integer);
DROP INDEX grant_of_others;
DROP TRIGGER casework_new_holder ON access_grant; DROP FUNCTION casework_new_holder();
DROP TRIGGER fill_holders ON casework_casesearch; DROP FUNCTION casework_fill_holders();
DROP POLICY engawa_owner_keeps ON casework_casesearch;
DROP POLICY engawa_owner_reads ON casework_casesearch;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0013_walls")]

    operations = [migrations.RunSQL(STANDING, NO_STANDING), migrations.RunSQL(SEARCH, NO_SEARCH)]
