"""Drafts behind the wall, and a search over words that stays both walled and fast.

PostgreSQL does not use an index for an operator that is not leakproof (``@>`` on arrays) before a row-level policy
has judged the row, so a plain query would read every message. This function finds candidates as the owner of the
tables, where the index may be used, and gives back only talks that the actor's own policy lets through.
"""

from django.db import migrations

from engawa.office.access.permissions import Permission
from engawa.office.access.walls import organisations_with, wall

# Words on the way to a visitor are the desk's, also where the talk itself is read for its case.
AT_THE_DESK = f"organisation_id = ANY ({organisations_with(Permission.DESK_TALK_READ)})"

SEARCH = """
CREATE FUNCTION engawa_talks_that_say(the_pieces text[], the_words text, at_most integer)
RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH hit AS MATERIALIZED (
        SELECT DISTINCT m.talk_id FROM talks_message m
        WHERE m.pieces @> the_pieces AND position(the_words IN m.folded) > 0
    )
    SELECT t.id FROM talks_talk t JOIN hit ON hit.talk_id = t.id
    ORDER BY t.last_word_at DESC LIMIT at_most
$$;
CREATE POLICY engawa_owner_reads ON talks_message FOR SELECT TO CURRENT_USER USING (true);
"""

UNDO = """
DROP POLICY engawa_owner_reads ON talks_message;
DROP FUNCTION engawa_talks_that_say(text[], text, integer);
"""


class Migration(migrations.Migration):
    dependencies = [("talks", "0002_walls")]

    operations = [
        wall("talks_replydraft", f"EXISTS (SELECT 1 FROM talks_talk t WHERE t.id = talk_id AND t.{AT_THE_DESK})"),
        migrations.RunSQL(SEARCH, UNDO),
    ]
