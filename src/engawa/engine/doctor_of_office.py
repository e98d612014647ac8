"""What is wrong with the office's part of a house."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
from django.conf import settings
from django.db import connections

from engawa.courier.introductions import NotIntroduced
from engawa.courier.remote import LinkTrouble, far_porch
from engawa.engine.databases import PORCH
from engawa.engine.doctor import Check, Finding, names
from engawa.engine.zones import chosen_zones
from engawa.office.access.actors import COMMAND, KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.audit.queries import broken_links
from engawa.office.letterbox.queries import count_aside

# Tables that name a case and need no wall of their own: the grants, which the walls ask, and the log, walled apart.
_UNWALLED = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'case_id'
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity) AND c.relname <> 'access_grant' ORDER BY 1
"""
_HALF_WALLS = """
SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1
"""
_MAY_CHANGE_THE_LOG = """
SELECT 1 WHERE has_table_privilege(current_user, 'audit_entry', 'UPDATE')
            OR has_table_privilege(current_user, 'audit_entry', 'DELETE')
"""


def checks() -> Iterator[tuple[str, Check]]:
    """What can be looked at once the office's database answers."""
    yield "second wall", check_walls
    yield "letters", check_letters
    if PORCH in chosen_zones():
        yield "the two zones", check_separation
    if settings.PORCH_URL:
        yield "way to the porch", check_way_to_porch


def check_walls() -> Iterator[Finding]:
    """The second wall, and the log that nobody can change."""
    with connections["default"].cursor() as cursor:
        gaps = sorted({*names(cursor, _UNWALLED), *names(cursor, _HALF_WALLS)})
        yield Finding(
            "second wall",
            not gaps,
            f"stands nowhere around {', '.join(gaps)}" if gaps else "stands around every table with a case",
            "./engawa migrate; and if that does not help, restore a backup and tell us",
        )
        mutable = names(cursor, _MAY_CHANGE_THE_LOG)
        yield Finding(
            "audit log",
            not mutable,
            "the serving role may change it" if mutable else "can only be added to",
            "./engawa migrate",
        )
    with acting_as(KEEPER):
        broken = broken_links()
    words = "; ".join(f"{link.problem} (lane {link.lane}, number {link.number})" for link in broken[:3])
    yield Finding(
        "audit log",
        not broken,
        f"the chain is broken: {words}" if broken else "the chain holds",
        "keep the data folder as it is, and compare with a backup: somebody changed the log",
    )


def check_letters() -> Iterator[Finding]:
    """Letters that nobody could read or deliver."""
    with acting_as(COMMAND):
        aside = count_aside(COMMAND)  # type: ignore[arg-type] # a system actor answers the same questions
    yield Finding(
        "letters", not aside, f"{aside} set aside" if aside else "none set aside", "office pages, 管理 > 届かない便り"
    )


def check_separation() -> Iterator[Finding]:
    """What of the office somebody reaches who takes over a process of the porch, where both are on this machine.

    The way to the office's database is tried as they would: with what every process of this user finds, no password.
    """
    known = connections["default"].get_connection_params() | {"cursor_factory": None}
    try:
        psycopg.connect(**{name: value for name, value in known.items() if name != "password"}).close()
        reached = "the office's database and its keys"
    except psycopg.OperationalError:
        reached = "the office's keys"
    words = f"one user runs both here: whoever takes over the porch reaches {reached}"
    where = "docs/operations.md, “What one machine does not separate”"
    yield Finding("the two zones", well=True, words=f"{words} ({where})")


def check_way_to_porch() -> Iterator[Finding]:
    """Whether the courier gets through to a porch elsewhere: its address, its certificate, and both keys."""
    about = "way to the porch"
    try:
        with closing(far_porch()) as porch:
            porch.knock()
        yield Finding(about, well=True, words=f"open to {settings.PORCH_URL}")
    except (NotIntroduced, LinkTrouble) as error:
        yield Finding(about, well=False, words=str(error), mend="docs/operations.md, “Two machines”")
