"""Reads of the audit log. The wall decides which entries show: all to auditors and to the keeper."""

from dataclasses import dataclass

from django.db import connection

_BROKEN = """
WITH link AS (
    SELECT s.lane, s.number, s.digest, s.entry_id,
           lag(s.digest, 1, ''::bytea) OVER lane AS before, lag(s.number, 1, 0::bigint) OVER lane AS number_before
    FROM audit_seal s WINDOW lane AS (PARTITION BY s.lane ORDER BY s.number)
)
SELECT l.lane, l.number, e.id IS NULL, l.number <> l.number_before + 1
FROM link l LEFT JOIN audit_entry e ON e.id = l.entry_id
WHERE e.id IS NULL OR l.number <> l.number_before + 1 OR l.digest <> sha256(l.before || audit_words(e))
UNION ALL
SELECT NULL, NULL, false, false FROM audit_entry e
WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry_id = e.id)
ORDER BY 1, 2
LIMIT %s
"""


@dataclass(frozen=True)
class BrokenLink:
    """A place where the chain does not hold. ``lane`` and ``number`` are empty for an entry without seal."""

    lane: int | None
    number: int | None
    problem: str


def broken_links(limit: int = 100) -> list[BrokenLink]:
    """Where the log was changed behind our back, at most ``limit`` places. Reads everything: run it as the keeper."""
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN, [limit])
        return [
            BrokenLink(lane, number, _problem(lane, gone=gone, gap=gap))
            for lane, number, gone, gap in cursor.fetchall()
        ]


def _problem(lane: int | None, *, gone: bool, gap: bool) -> str:
    if lane is None:
        return "entry without seal"
    if gone:
        return "entry gone"
    return "seal missing before" if gap else "entry changed"
