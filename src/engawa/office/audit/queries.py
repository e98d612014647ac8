"""Reads of the audit log. The wall decides which entries show: all to auditors and to the keeper."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from engawa.kernel import clock
from engawa.office.audit.models import Entry

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


PAGE, LISTINGS = 100, 60


@dataclass(frozen=True)
class Listing:
    """What lists told one person of a case on one day: in which lists it stood, how often, and last when."""

    actor_name: str
    deeds: list[str]
    times: int
    latest: dt.datetime


def listings_of(number: str, *, before: dt.datetime | None = None) -> list[Listing]:
    """Who met the case with this number in lists and searches, folded by person and day, the newest first.

    At most ``LISTINGS``, older than ``before`` if given. The look-up (``audit_listings``) answers systems only.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_listings(%s, %s, %s)", [number, before, LISTINGS])
        return [Listing(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Search:
    """What an auditor looks for; empty fields do not narrow. ``before`` is the last entry of the page before."""

    who: str = ""
    about: str = ""
    case_id: UUID | None = None
    deed: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    before: UUID | None = None


def entries(search: Search) -> list[Entry]:
    """The newest entries that match, at most ``PAGE``."""
    wanted = Q()
    if search.who:
        wanted &= Q(actor_name__icontains=search.who) | Q(actor=search.who)
    if search.about:
        wanted &= Q(subject=search.about) | Q(case_id=search.case_id) if search.case_id else Q(subject=search.about)
    if search.deed:
        wanted &= Q(deed=search.deed)
    if search.before:
        wanted &= Q(id__lt=search.before)
    return list(Entry.objects.filter(wanted & _period(search)).order_by("-id")[:PAGE])


def _period(search: Search) -> Q:
    wanted = Q()
    if search.since:
        wanted &= Q(at__gte=_midnight(search.since))
    if search.until:
        wanted &= Q(at__lt=_midnight(search.until + dt.timedelta(days=1)))
    return wanted


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), clock.JAPAN)


def fingerprint() -> str:
    """One short value for the whole log as it is now, to be written down elsewhere: sixteen newest seals in one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(encode(sha256(string_agg(digest, ''::bytea ORDER BY lane)), 'hex'), '') FROM ("
            "SELECT DISTINCT ON (lane) lane, digest FROM audit_seal ORDER BY lane, number DESC) AS newest"
        )
        row = cursor.fetchone()
    return str(row[0])[:32] if row else ""
