"""The hash chain, and the refusal to change what was written."""

from django.db import migrations

CHAIN = """
-- What a seal vouches for: every field, in an encoding that depends on no session setting.
CREATE FUNCTION audit_words(e audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT convert_to(jsonb_build_array(e.id, extract(epoch FROM e.at), e.actor, e.actor_name, e.reading,
                                        e.deed, e.subject, e.case_id, e.detail)::text, 'UTF8')
$$;

-- Runs when the transaction commits, so that a lane is held for the length of a commit only. One transaction
-- keeps to one lane: two transactions can wait for each other, but never in a circle.
CREATE FUNCTION audit_seal_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    the_lane smallint := (pg_current_xact_id()::text::numeric % 16)::smallint;
    the_number bigint;
    before bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('engawa.audit'), the_lane);
    SELECT number, digest INTO the_number, before
    FROM audit_seal WHERE lane = the_lane ORDER BY number DESC LIMIT 1;
    INSERT INTO audit_seal (entry_id, lane, number, digest)
    VALUES (NEW.id, the_lane, coalesce(the_number, 0) + 1, sha256(coalesce(before, ''::bytea) || audit_words(NEW)));
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER audit_entry_sealed AFTER INSERT ON audit_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_seal_entry();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_seal_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

UNDO = """
DROP TRIGGER audit_seal_stays ON audit_seal;
DROP TRIGGER audit_entry_stays ON audit_entry;
DROP TRIGGER audit_entry_sealed ON audit_entry;
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_seal_entry();
DROP FUNCTION audit_words(audit_entry);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(CHAIN, UNDO)]
