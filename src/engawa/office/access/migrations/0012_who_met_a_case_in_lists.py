"""Who met a case in lists and searches: an entry of the log names many cases, and is found by each of them."""

from django.db import migrations

# PostgreSQL uses no index for an operator that could leak (@> on JSON) below a row-level policy: the look-up runs as
# the owner of the table, and answers systems only. Days are those of Japan. Every reading is written into the index at
# once (fastupdate): gathered, one page in some thousands would pay for all of them (benchmarks/README.md, Readings).
LISTINGS = """
CREATE INDEX audit_entry_by_named_case ON audit_entry USING gin ((detail -> 'cases') jsonb_path_ops)
    WITH (fastupdate = off) WHERE reading AND detail ? 'cases';
CREATE POLICY engawa_owner_reads ON audit_entry FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION audit_listings(the_number text, earlier timestamptz, most integer)
RETURNS TABLE (actor_name text, deeds text[], times bigint, latest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT max(e.actor_name), array_agg(DISTINCT e.deed), count(*), max(e.at)
    FROM audit_entry e
    WHERE engawa_is_system() AND e.reading AND e.detail ? 'cases'
      AND e.detail -> 'cases' @> jsonb_build_array(the_number)
    GROUP BY e.actor, (e.at AT TIME ZONE 'Asia/Tokyo')::date
    HAVING earlier IS NULL OR max(e.at) < earlier
    ORDER BY 4 DESC LIMIT most
$$;
"""

UNDO = """
DROP FUNCTION audit_listings(text, timestamptz, integer);
DROP POLICY engawa_owner_reads ON audit_entry;
DROP INDEX audit_entry_by_named_case;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0011_roles_are_given_by_administrators"), ("audit", "0002_chain")]

    operations = [migrations.RunSQL(LISTINGS, UNDO)]
