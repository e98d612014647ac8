"""Search by holder: the index knows who was ever given a right to a case, so that a common name stays quick.

``holders`` may only be too many (rights end); each hit is judged as the second wall judges it.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

HOLDERS = """
CREATE POLICY engawa_owner_keeps ON casework_casesearch FOR UPDATE TO CURRENT_USER USING (true);

CREATE FUNCTION casework_fill_holders() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    NEW.holders := coalesce((
        SELECT array_agg(DISTINCT coalesce(g.organisation_id, g.staff_id))
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

UPDATE casework_casesearch SET holders = '{}';

CREATE OR REPLACE FUNCTION casework_find(keys text[], wanted text[], most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mine uuid[] := engawa_organisations() || engawa_actor();
BEGIN
    RETURN QUERY SELECT s.case_id FROM casework_casesearch s
    WHERE NOT engawa_is_system() AND s.pieces @> wanted AND s.holders && mine
      AND NOT EXISTS (SELECT 1 FROM unnest(keys) AS key WHERE strpos(s.text, key) = 0)
      AND engawa_sees_case(s.case_id)
    LIMIT most;
    RETURN QUERY SELECT s.case_id FROM casework_casesearch s
    WHERE engawa_is_system() AND s.pieces @> wanted
      AND NOT EXISTS (SELECT 1 FROM unnest(keys) AS key WHERE strpos(s.text, key) = 0)
    LIMIT most;
END
$$;
"""

NO_HOLDERS = """
DROP INDEX grant_of_others;
DROP TRIGGER casework_new_holder ON access_grant; DROP FUNCTION casework_new_holder();
DROP TRIGGER fill_holders ON casework_casesearch; DROP FUNCTION casework_fill_holders();
DROP POLICY engawa_owner_keeps ON casework_casesearch;
CREATE OR REPLACE FUNCTION casework_find(keys text[], wanted text[], most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT s.case_id FROM casework_casesearch s
    WHERE s.pieces @> wanted
      AND NOT EXISTS (SELECT 1 FROM unnest(keys) AS key WHERE strpos(s.text, key) = 0)
      AND ((SELECT engawa_is_system()) OR engawa_sees_case(s.case_id))
    LIMIT most;
END
$$;
"""


class Migration(migrations.Migration):
    # Its rows are changed before its index is made: PostgreSQL wants that in two transactions.
    atomic = False
    dependencies = [("casework", "0005_list_indexes"), ("access", "0005_own_walls")]

    operations = [
        migrations.AddField(
            "casesearch",
            "holders",
            django.contrib.postgres.fields.ArrayField(models.UUIDField(), default=list, editable=False, size=None),
        ),
        migrations.RemoveIndex("casesearch", "case_search_pieces"),
        migrations.RunSQL(HOLDERS, NO_HOLDERS),
        migrations.AddIndex(
            "casesearch",
            django.contrib.postgres.indexes.GinIndex(fields=["pieces", "holders"], name="case_search_pieces"),
        ),
    ]
