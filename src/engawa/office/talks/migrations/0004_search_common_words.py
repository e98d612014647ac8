"""Search that stays quick for common words, too: instead of gathering every message that says them, walk back from
the talks with the newest words until enough are found."""

from django.db import migrations

SEARCH = """
DROP FUNCTION engawa_talks_that_say(text[], text, integer);
CREATE FUNCTION engawa_talks_that_say(the_pieces text[], the_words text, at_most integer)
RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    rare constant integer := 2000;
    found integer;
BEGIN
    SELECT count(*) INTO found FROM (
        SELECT 1 FROM talks_message m WHERE m.pieces @> the_pieces LIMIT rare + 1) first_ones;
    IF found <= rare THEN
        RETURN QUERY
        WITH hit AS MATERIALIZED (
            SELECT DISTINCT m.talk_id FROM talks_message m
            WHERE m.pieces @> the_pieces AND position(the_words IN m.folded) > 0)
        SELECT t.id FROM hit JOIN talks_talk t ON t.id = hit.talk_id
        ORDER BY t.last_word_at DESC LIMIT at_most;
    ELSE
        RETURN QUERY
        SELECT one.id FROM unnest(engawa_organisations_with('desk:talk:read')) AS mine (organisation), LATERAL (
            SELECT t.id, t.last_word_at FROM talks_talk t
            WHERE t.organisation_id = mine.organisation
              AND EXISTS (SELECT 1 FROM talks_message m WHERE m.talk_id = t.id AND position(the_words IN m.folded) > 0)
            ORDER BY t.last_word_at DESC LIMIT at_most) one
        ORDER BY one.last_word_at DESC LIMIT at_most;
    END IF;
END
$$;
"""

BACK = """
DROP FUNCTION engawa_talks_that_say(text[], text, integer);
CREATE FUNCTION engawa_talks_that_say(the_pieces text[], the_words text, at_most integer)
RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH hit AS MATERIALIZED (
        SELECT DISTINCT m.talk_id FROM talks_message m
        WHERE m.pieces @> the_pieces AND position(the_words IN m.folded) > 0
    )
    SELECT t.id FROM talks_talk t JOIN hit ON hit.talk_id = t.id
    ORDER BY t.last_word_at DESC LIMIT at_most
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("talks", "0003_search_behind_the_wall")]

    operations = [migrations.RunSQL(SEARCH, BACK)]
