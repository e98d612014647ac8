"""What is wrong with a house, and the one line that mends it."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connections

from engawa.engine.databases import OFFICE, Zone, doubts_about_role
from engawa.engine.home import Home
from engawa.engine.migrating import pending
from engawa.engine.opening import aliases, embedded_zones
from engawa.engine.postgres.binaries import Binaries
from engawa.engine.proxies import refuse_an_unnamed_proxy
from engawa.engine.trouble import Trouble
from engawa.engine.zones import chosen_zones
from engawa.office.access.actors import COMMAND, KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.audit.queries import broken_links
from engawa.office.letterbox.queries import count_aside

_LITTLE_SPACE = 2_000_000_000

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
_CLOSED_TABLES = """
SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  AND NOT has_table_privilege(current_user, c.oid, 'SELECT') ORDER BY 1
"""
_MAY_CHANGE_THE_LOG = """
SELECT 1 WHERE has_table_privilege(current_user, 'audit_entry', 'UPDATE')
            OR has_table_privilege(current_user, 'audit_entry', 'DELETE')
"""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``mend`` is the one line to type where it is not well."""

    about: str
    well: bool
    words: str
    mend: str = ""


Check = Callable[[], Iterator[Finding]]


def looked_at(check: Check, about: str) -> list[Finding]:
    """The findings of a check; a check that cannot even be made is a finding."""
    try:
        return list(check())
    except Trouble as trouble:
        return [Finding(about, well=False, words=trouble.what, mend=trouble.mend)]
    except Exception as error:  # noqa: BLE001 (whatever is wrong, the other checks go on)
        return [
            Finding(about, well=False, words=f"{type(error).__name__}: {error}", mend="./engawa serve (and see above)")
        ]


def check_folder(home: Home) -> Iterator[Finding]:
    """Rights, keys and space of the data folder."""
    yield Finding("PostgreSQL's programs", Binaries.embedded().present, str(Binaries.embedded().folder), "rm -rf .venv")
    if not home.path.exists():
        yield Finding("data folder", well=True, words=f"{home.path} is not made yet; the first command makes it")
        return
    loose = [path for path in (home.path, home.keys, *home.keys.glob("*")) if path.exists() and _is_open(path.stat())]
    names = " ".join(str(path) for path in loose)
    yield Finding(
        "data folder", not loose, f"private: {home.path}" if not loose else f"open: {names}", f"chmod -R go-rwx {names}"
    )
    free = shutil.disk_usage(home.path).free
    yield Finding(
        "disk", free > _LITTLE_SPACE, f"{free / 1e9:.1f} GB free", "free some space: PostgreSQL stops on a full disk"
    )


def _is_open(status: Any) -> bool:
    """Whether others may read or list it; passing through (0710) is what PostgreSQL's own user needs."""
    return bool(stat.S_IMODE(status.st_mode) & 0o067)


def check_proxies() -> Iterator[Finding]:
    """What stands in front of the pages."""
    refuse_an_unnamed_proxy()
    yield Finding("proxies", well=True, words="known" if os.environ.get("ENGAWA_PROXIES") else "none in front")


def check_database(alias: str, zone: Zone) -> Iterator[Finding]:
    """Version, migrations, rights and role of one zone's database."""
    about = f"{zone.name} database"
    with connections[alias].cursor() as cursor:
        version = connections[alias].connection.info.server_version // 10_000
        yield Finding(about, version >= 15, f"PostgreSQL {version}", "use PostgreSQL 15 or newer")
        lacking = pending(alias)
        yield Finding(
            about, not lacking, f"{lacking} migrations are missing" if lacking else "in shape", "./engawa migrate"
        )
        doubts = doubts_about_role(connections[alias].connection)
        yield Finding(
            about,
            not doubts,
            "; ".join(doubts) or "the serving role is in its bounds",
            "docs/operations.md, “Another PostgreSQL”",
        )
        closed = _names(cursor, _CLOSED_TABLES)
        yield Finding(
            about,
            not closed,
            f"no right to read {', '.join(closed)}" if closed else "rights are given",
            "./engawa migrate",
        )


def check_walls() -> Iterator[Finding]:
    """The second wall, and the log that nobody can change."""
    with connections["default"].cursor() as cursor:
        gaps = sorted({*_names(cursor, _UNWALLED), *_names(cursor, _HALF_WALLS)})
        yield Finding(
            "second wall",
            not gaps,
            f"stands nowhere around {', '.join(gaps)}" if gaps else "stands around every table with a case",
            "./engawa migrate; and if that does not help, restore a backup and tell us",
        )
        mutable = _names(cursor, _MAY_CHANGE_THE_LOG)
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


def checks_of_databases(zones: Sequence[Zone]) -> Iterator[tuple[str, Check]]:
    """What can be looked at once the databases of these zones answer."""
    for alias, zone in aliases():
        if zone not in zones:
            continue
        yield f"{zone.name} database", partial(check_database, alias, zone)
        if zone is OFFICE:
            yield "second wall", check_walls
            yield "letters", check_letters


def made_zones(home: Home) -> list[Zone]:
    """The zones of this machine that have a database to look at: elsewhere, or here once somebody has worked here."""
    zones = chosen_zones()
    unmade = [] if home.cluster.exists() else embedded_zones(zones)
    return [zone for zone in zones if zone not in unmade]


def _names(cursor: Any, query: str) -> list[str]:
    cursor.execute(query)
    return [str(row[0]) for row in cursor.fetchall()]
